"""How much of an upload is kept while it comes in."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

MEGABYTE = 1024 * 1024


class UploadLimit(FileUploadHandler):
    """Lets a file through up to its limit and a little more, so that the form can say that it is too large.

    It stands before the handlers that keep what comes in, in memory or on the disk, and keeps nothing itself.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.MAX_ATTACHMENT_MB * MEGABYTE else None

    def file_complete(self, file_size: int) -> Any:
        return None
