"""A folder that is there whole or not at all: written beside its place, and put there when it is done."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from django.utils.translation import gettext as _

from catalogue.disk import to_the_disk

MANIFEST = "manifest.json"


class NotReplaced(ValueError):
    """Something stands in the place of the folder that must not be touched; the message says what to do."""


def is_dump(folder: Path) -> bool:
    """Whether it holds what a manifest names and nothing else: only that may be thrown away."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        named = {MANIFEST, *(file["name"] for file in files)}
        return {entry.name for entry in folder.iterdir()} <= named
    except (OSError, ValueError, LookupError, TypeError):
        return False


@contextmanager
def whole_or_nothing(
    target: Path, *, replace: bool, is_ours: Callable[[Path], bool] = is_dump, mode: int = 0o777
) -> Iterator[Path]:
    """The folder to write into. Whatever goes wrong, nothing of it is left, and what stood there before still does.
    `is_ours` says of what stands there whether it may be replaced.

    Raises NotReplaced, OSError.
    """
    target = target.resolve()
    _refuse_occupied(target, replace, is_ours)
    beside = _beside(target)
    beside.mkdir(mode)
    try:
        yield beside
        to_the_disk(beside)
        _put_in_place(beside, target)
        to_the_disk(target.parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}-{token_hex(4)}")


def _refuse_occupied(target: Path, replace: bool, is_ours: Callable[[Path], bool]) -> None:
    if not target.exists():
        return
    if not replace:
        raise NotReplaced(_("%s exists already; --replace puts the new one in its place.") % target)
    if not is_ours(target):
        raise NotReplaced(_("%s is something else, or holds other files too: it is not replaced.") % target)


def _put_in_place(beside: Path, target: Path) -> None:
    if not target.exists():
        beside.rename(target)
        return
    old = _beside(target)
    target.rename(old)
    try:
        beside.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
