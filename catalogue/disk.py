"""Uploaded files on the disk: each is there whole or not at all, whatever stops us, and stays there when the power
goes."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from django.core.files import File
from django.core.files.storage import FileSystemStorage

PART = "part"


class Disk(FileSystemStorage):
    def _save(self, name: str, content: File) -> str:
        """Written beside its place, and put there when it is done. The upload is left where it is: the form that
        brought it may need it again. Raises OSError, and then nothing is left."""
        place = Path(self.path(name))
        place.parent.mkdir(mode=self.directory_permissions_mode or 0o777, parents=True, exist_ok=True)
        beside = place.with_name(f".{token_hex(8)}.{PART}")
        try:
            _write(beside, content)
            if self.file_permissions_mode is not None:
                beside.chmod(self.file_permissions_mode)
            name = self._put(beside, name)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()
        to_the_disk(place.parent)
        return name

    def _put(self, beside: Path, name: str) -> str:
        """Under that name or, where another came first, under one like it: nothing is ever written over."""
        while True:
            try:
                os.link(beside, self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


def _write(path: Path, content: File) -> None:
    content.seek(0)
    with path.open("xb") as file:
        for chunk in content.chunks():
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def to_the_disk(folder: Path) -> None:
    """The names in it: a file is on the disk only when its name is."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
