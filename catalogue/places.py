"""Where on the disk this installation writes."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

IN_MEMORY = (":memory:", "file:")


def written_folders() -> list[Path]:
    """Those of files that are kept, of files that are passing, and SQLite's, which writes beside its file."""
    folders = [Path(settings.VAR_DIR), Path(os.environ.get("TMPDIR") or tempfile.gettempdir())]
    if Path(settings.MEDIA_ROOT).exists():
        folders.append(Path(settings.MEDIA_ROOT))
    file = sqlite_file()
    return [*folders, file.parent] if file else folders


def sqlite_file(database: Mapping[str, Any] | None = None) -> Path | None:
    """None where the database is another, or in memory."""
    described = settings.DATABASES[DEFAULT_DB_ALIAS] if database is None else database
    name = str(described.get("NAME") or "")
    is_file = str(described["ENGINE"]).endswith("sqlite3") and name and not name.startswith(IN_MEMORY)
    return Path(name) if is_file else None
