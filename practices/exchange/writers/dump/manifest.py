"""What a dump holds and how to know that it arrived whole."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .files import Written, checksum
from .folder import MANIFEST


@dataclass(frozen=True)
class Manifest:
    """`version` is also what `?desde=` takes, to be told what changed since."""

    site: str
    address: str
    version: int
    changed_at: datetime | None
    made_at: datetime
    build: str
    counts: dict[str, int]
    files: Sequence[Written]

    def as_json(self) -> str:
        said = {
            "site": self.site,
            "address": self.address,
            "catalogue_version": self.version,
            "catalogue_changed_at": self.changed_at.isoformat() if self.changed_at else None,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "build": self.build,
            "counts": self.counts,
            "files": [_described(file) for file in self.files],
        }
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _described(file: Written) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "encoding": file.encoding or None,
        "bytes": file.size,
        "sha256": file.sha256,
        "records": file.records,
    }


def problems_of(folder: Path) -> list[str]:
    """What is wrong with a dump, in words; nothing where every file is what its manifest says.

    Raises OSError where the manifest cannot be read, ValueError where it is none.
    """
    named = _named(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    found = [problem for name, told in named.items() if (problem := _problem(folder / name, *told))]
    strange = sorted({entry.name for entry in folder.iterdir()} - {MANIFEST, *named})
    return found + [_("%s: the manifest does not name it") % name for name in strange]


def _named(manifest: Any) -> dict[str, tuple[int, str]]:
    """Of each file, its size and checksum. Raises ValueError."""
    try:
        named = {str(file["name"]): (int(file["bytes"]), str(file["sha256"])) for file in manifest["files"]}
    except (LookupError, TypeError) as error:
        raise ValueError(str(error)) from error
    if any(Path(name).name != name for name in named):
        raise ValueError("a name leads out of the folder")
    return named


def _problem(path: Path, size: int, sha256: str) -> str:
    try:
        actual = path.stat().st_size
        if actual != size:
            return _("%(name)s: %(actual)d bytes instead of %(size)d") % {
                "name": path.name,
                "actual": actual,
                "size": size,
            }
        return "" if checksum(path) == sha256 else _("%s: its content is another one") % path.name
    except FileNotFoundError:
        return _("%s: it is missing") % path.name
    except OSError as error:
        return f"{path.name}: {error.strerror}"
