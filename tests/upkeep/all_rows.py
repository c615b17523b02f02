"""Every row of every table as plain values, to compare two databases by. `python -m tests.upkeep.all_rows` prints
those of DATABASE_URL. It knows nothing of how a backup is made."""

import json
import os
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

Rows = dict[str, list[dict[str, str]]]
ANEW = {"practices.SearchIndex", "practices.SearchWord", "practices.Drawn", "practices.CatalogueVersion"}
"""Written anew when a backup is restored."""
LEFT_BEHIND = {"sessions.Session"}


def all_rows() -> Rows:
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    wanted = [model for model in models if model._meta.label not in ANEW | LEFT_BEHIND]
    return {
        model._meta.label: [_plain(row) for row in model._base_manager.order_by("pk").values()] for model in wanted
    }


def _plain(row: dict[str, Any]) -> dict[str, str]:
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return repr(bytes(value) if isinstance(value, memoryview) else value)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django

    django.setup()
    json.dump(all_rows(), sys.stdout)
