"""Which build of the project this is: what it is made of, as one short name."""

import hashlib
from pathlib import Path

FOLDERS = ("catalogue", "practices", "templates", "static", "locale")
DRAWING = {".py", ".html", ".css", ".js", ".mo", ".typ", ".json", ".txt"}


def build_of(root: Path) -> str:
    """The same on every server with the same files, another after any change of them. Reads them all: about 20 ms."""
    found = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in DRAWING:
                found.update(path.relative_to(root).as_posix().encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:16]
