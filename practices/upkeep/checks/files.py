"""The stored files against their rows, both ways. It reads every byte that is kept."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import PurePosixPath

from django.core.files.storage import Storage
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models.files import StoredFile, digest
from practices.upkeep.finding import Finding, Kind

BATCH = 500
OURS = re.compile(r"[0-9a-f]{2}/([0-9a-f]{64}(_\w{7})?|\.[0-9a-f]{16}\.part)")
"""With those that somebody was writing when he was stopped (catalogue/disk.py)."""
ON_ITS_WAY = timedelta(hours=1)
"""A file is stored a moment before its row is: one that is younger may belong to a form that is being saved."""


def files() -> Iterator[Finding]:
    """Every file is there, as long as it was, with the content that its name says."""
    rows = StoredFile.objects.order_by("pk").values_list("sha256", "size", "content").iterator(chunk_size=BATCH)
    for sha256, size, name in rows:
        what = _fault(sha256, size, name)
        # It may have been removed, with its row, after the list of them was begun.
        if what and StoredFile.objects.filter(pk=sha256).exists():
            yield Finding(Kind.FILE, f"{name}: {what}")


def _fault(sha256: str, size: int, name: str) -> str:
    try:
        with storage().open(name, "rb") as content:
            found = digest(content)
    except FileNotFoundError:
        return _("it is missing")
    except OSError as error:
        return error.strerror or type(error).__name__
    return "" if found == (sha256, size) else _("its content is another one")


def orphans() -> Iterator[Finding]:
    """Files that no row names."""
    for name in _unnamed():
        young = _(" (of this hour: it may be on its way)") if not _is_old(name) else ""
        yield Finding(Kind.ORPHAN_FILE, f"{name}{young}")


def remove_orphans() -> int:
    """How many were removed: only what is called as files of the catalogue are, since the storage may be shared with
    others."""
    removed = 0
    for name in _unnamed():
        if OURS.fullmatch(name) and _is_old(name) and not StoredFile.objects.filter(content=name).exists():
            storage().delete(name)
            removed += 1
    return removed


def storage() -> Storage:
    return StoredFile._meta.get_field("content").storage


def _unnamed() -> Iterator[str]:
    names = _walked("")
    while batch := list(islice(names, BATCH)):
        known = set(StoredFile.objects.filter(content__in=batch).values_list("content", flat=True))
        yield from (name for name in batch if name not in known)


def _walked(folder: str) -> Iterator[str]:
    try:
        folders, names = storage().listdir(folder)
    except FileNotFoundError:
        return
    yield from (str(PurePosixPath(folder, name)) for name in sorted(names) if name)
    for below in sorted(folders):
        yield from _walked(str(PurePosixPath(folder, below)))


def _is_old(name: str) -> bool:
    try:
        return storage().get_modified_time(name) < timezone.now() - ON_ITS_WAY
    except FileNotFoundError:
        return False
