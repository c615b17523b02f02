"""The real ficha as the example of the empty spreadsheet: one text for each column."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from practices.exchange.columns import EXAMPLE

FICHA = Path("fixtures") / "records" / "BP-ANDESCO-SSPD-002-2020.json"


def example() -> dict[str, str]:
    """Texts by field; the code says that the row is an example, by which the reader leaves it out."""
    record = json.loads((Path(settings.BASE_DIR) / FICHA).read_text(encoding="utf-8"))
    texts = {field: _text(value) for field, value in record.items()}
    for contact in record.get("contacts", [])[:1]:
        texts |= {f"contact.{part}": contact.get(part, "") for part in ("name", "role", "email", "phone")}
    return {**texts, "code": f"{EXAMPLE}: {record['code']}"}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(entry).capitalize() if " " not in str(entry) else str(entry) for entry in value)
    return str(value) if value is not None else ""
