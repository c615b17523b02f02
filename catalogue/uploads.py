"""How much of an upload is kept while it comes in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

MEGABYTE = 1024 * 1024


class UploadLimit(FileUploadHandler):
    """Lets a file through up to its limit and a little more, so that the form can say that it is too large.

    It stands before the handlers that keep what comes in, in memory or on the disk, and keeps nothing itself.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.MAX_ATTACHMENT_MB * MEGABYTE else None

    def file_complete(self, file_size: int) -> Any:
        return None


class OnDisk(TemporaryFileUploadHandler):
    """What comes in goes to a temporary file, which is gone at once where it cannot be written to its end: Django
    would leave it until memory is cleaned up, on a disk that is full. The rest of the request is heard out before that
    is told: whoever is still sending when the connection is closed sees no answer."""

    def handle_raw_input(self, input_data: Any, *about: Any, **more: Any) -> None:
        self._request = input_data

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._whole():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        with self._whole():
            return super().file_complete(file_size)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            with suppress(OSError):
                self.file.close()
            with suppress(OSError):
                while self._request.read(MEGABYTE):
                    pass
            raise
