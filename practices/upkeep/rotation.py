"""A folder of backups, one for each night: the newest stay, the oldest go."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from .backup import PRIVATE, Say, make_backup
from .manifest import Manifest, is_backup

STAMP = "%Y%m%dT%H%M%SZ"
SHAPE = re.compile(r"\d{8}T\d{6}Z")


def make_dated(folder: Path, keep: int, *, say: Say = lambda *_: None) -> tuple[Path, Manifest]:
    """A backup named by the moment, beside the earlier ones; of those only as many stay as are to be kept.

    None goes while the newest misses a file: an older one may be the last that has it. Raises as `make_backup`.
    """
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    earlier = dated(folder)
    target = folder / datetime.now(UTC).strftime(STAMP)
    manifest = make_backup(target, earlier=earlier[-1] if earlier else None, say=say)
    for old in [] if manifest.missing else dated(folder)[:-keep]:
        shutil.rmtree(old)
    return target, manifest


def dated(folder: Path) -> list[Path]:
    """The backups in the folder, the oldest first. Anything else that lies there is none of ours."""
    return sorted(path for path in folder.iterdir() if SHAPE.fullmatch(path.name) and is_backup(path))
