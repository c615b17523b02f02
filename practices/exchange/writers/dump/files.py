"""One file of a dump: written as it is read, with its size and checksum taken on the way to the disk."""

import gzip
import hashlib
import os
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

BUFFER = 1024 * 1024
GZIP = "gzip"


@dataclass(frozen=True)
class Written:
    """A file as it lies on the disk. `records` is None where it holds none; `encoding` is "gzip" or ""."""

    name: str
    media_type: str
    size: int
    sha256: str
    records: int | None = None
    encoding: str = ""


class Measured:
    """Bytes on their way to a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._sum.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


def write_file(path: Path, media_type: str, pieces: Iterable[str], *, packed: bool = False) -> Written:
    """The text as UTF-8, on the disk when this returns. Packed or not, the same text gives the same bytes.

    Raises OSError.
    """
    with path.open("xb", buffering=BUFFER) as file:
        measured = Measured(file)
        with _packing(measured) if packed else nullcontext(measured) as out:
            for piece in pieces:
                out.write(piece.encode())
        file.flush()
        os.fsync(file.fileno())
    return Written(path.name, media_type, measured.size, measured.sha256, encoding=GZIP if packed else "")


def _packing(measured: Measured) -> gzip.GzipFile:
    # Neither a name nor a moment inside: they would make other bytes of the same text.
    return gzip.GzipFile(filename="", mode="wb", fileobj=measured, mtime=0)


def checksum(path: Path) -> str:
    """Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
