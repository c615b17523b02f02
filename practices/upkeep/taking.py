"""The stored files of a backup, each copied once and checked by its SHA-256 on the way."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files.storage import Storage

from practices.exchange.writers.dump.files import BUFFER, Measured, checksum
from practices.models.files import CHUNK, StoredFile

from .manifest import FILES, File, Missing

BATCH = 500
GONE, OTHER = "missing", "damaged"


@contextmanager
def private_file(path: Path) -> Iterator[Measured]:
    """A new file that nobody else may read, on the disk when this ends. Raises OSError."""
    with open(path, "xb", buffering=BUFFER, opener=_private) as file:
        measured = Measured(file)
        yield measured
        file.flush()
        os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def name_of(sha256: str) -> str:
    """Of a stored file inside a backup."""
    return f"{FILES}/{sha256[:2]}/{sha256}"


class Taking:
    """Copies the stored files into a folder. What `earlier`, another backup on the same disk, holds is linked to it,
    not copied: a file never changes."""

    def __init__(self, folder: Path, earlier: Path | None = None) -> None:
        self._folder, self._earlier = folder, earlier
        self._lost: set[str] = set()

    def take_all(self) -> tuple[list[File], list[Missing]]:
        """Every file that the database names now and that is not here yet, and what could not be had.

        Raises OSError where the folder cannot be written.
        """
        taken, missing = [], []
        rows = StoredFile.objects.order_by("pk").values_list("sha256", "size", "content")
        for sha256, size, name in rows.iterator(chunk_size=BATCH):
            why = self._take(sha256, size, name)
            if why:
                missing.append(Missing(sha256, name, why))
            if (self._folder / name_of(sha256)).exists():
                taken.append(File(name_of(sha256), size, sha256))
        return taken, missing

    def leave_only(self, taken: list[File]) -> None:
        """Throw away what was copied and is not named any more."""
        named = {file.sha256 for file in taken}
        for path in list((self._folder / FILES).glob("*/*")):
            if path.name not in named:
                path.unlink()

    def _take(self, sha256: str, size: int, name: str) -> str:
        """Why the file cannot be had; "" where it is here. One that is no longer in the storage is still taken from
        the earlier backup, and told all the same."""
        target, storage = self._folder / name_of(sha256), _storage()
        if target.exists():
            return GONE if sha256 in self._lost else ""
        target.parent.mkdir(mode=0o700, exist_ok=True)
        why = "" if storage.exists(name) else GONE
        if self._linked(target, sha256):
            if why:
                self._lost.add(sha256)
            return why
        return why or _copied(storage, name, target, sha256, size)

    def _linked(self, target: Path, sha256: str) -> bool:
        """Whether the earlier backup has it, sound still, where a link can lead to it."""
        known = self._earlier / name_of(sha256) if self._earlier else None
        try:
            if known is None or checksum(known) != sha256:
                return False
            os.link(known, target)
        except OSError:
            return False
        return True


def _storage() -> Storage:
    return StoredFile._meta.get_field("content").storage


def _copied(storage: Storage, name: str, target: Path, sha256: str, size: int) -> str:
    try:
        source = storage.open(name, "rb")
    except OSError as error:
        return _said(error)
    with source, private_file(target) as written:
        why = _poured(source, written)
    if not why and (written.sha256, written.size) == (sha256, size):
        return ""
    target.unlink()
    return why or OTHER


def _poured(source: IO[bytes], written: Measured) -> str:
    """Why it cannot be read; "" where it was. Raises OSError where it cannot be written."""
    while True:
        try:
            chunk = source.read(CHUNK)
        except OSError as error:
            return _said(error)
        if not chunk:
            return ""
        written.write(chunk)


def _said(error: OSError) -> str:
    return GONE if isinstance(error, FileNotFoundError) else error.strerror or type(error).__name__


def sum_of(source: IO[bytes]) -> tuple[str, int]:
    """SHA-256 (hex) and size in bytes, a megabyte at a time."""
    found, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        found.update(chunk)
        size += len(chunk)
    return found.hexdigest(), size
