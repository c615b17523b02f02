"""Bytes of attachments, kept once per content and never changed.

A file is named by its SHA-256, so a publication that froze an attachment finds the very bytes it was published
with, whatever happens to the working record later.
"""

import hashlib
from pathlib import PurePath
from typing import ClassVar

from django.core.files import File
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from practices.extraction import MOST_CHARS

from .limits import NAME, at_most, matches

CHUNK = 1024 * 1024
UNKNOWN_TYPE = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
"""The kinds of files that the catalogue takes, by the ending of their names. The operating system's own table,
which `mimetypes` reads, differs from machine to machine."""


def content_path(instance: "StoredFile", filename: str) -> str:
    return f"{instance.sha256[:2]}/{instance.sha256}"


class StoredFileManager(models.Manager["StoredFile"]):
    def store(self, upload: File) -> "StoredFile":
        """The row for these bytes, written if they are new. Reads the upload twice, a megabyte at a time.

        Whoever stores the same bytes at the same moment gets the same row.
        """
        sha256, size = digest(upload)
        known = self.filter(sha256=sha256).first()
        if known:
            return known
        upload.seek(0)
        row = self.model(sha256=sha256, size=size, media_type=media_type_of(upload.name or ""))
        row.content.save(upload.name or sha256, upload, save=False)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            row.content.storage.delete(row.content.name or "")
            return self.get(sha256=sha256)
        return row


class StoredFile(models.Model):
    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type"), max_length=NAME)
    content = models.FileField(_("file"), upload_to=content_path, max_length=NAME)
    stored_at = models.DateTimeField(_("stored"), auto_now_add=True)

    objects: ClassVar[StoredFileManager] = StoredFileManager()

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            *matches("storedfile", sha256=r"^[0-9a-f]{64}$"),
            *at_most("storedfile", media_type=NAME),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class FileText(models.Model):
    """The words inside a stored file, read once and never changed; "" where there are none, or none can be read.

    In a table of its own, so that a row of StoredFile stays light.
    """

    stored_file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="text")
    text = models.TextField(max_length=MOST_CHARS, blank=True)

    class Meta:
        default_permissions = ()
        constraints = at_most("filetext", text=MOST_CHARS)

    def __str__(self) -> str:
        return str(self.stored_file_id)[:12]


def media_type_of(name: str) -> str:
    return MEDIA_TYPES.get(PurePath(name).suffix.lower().lstrip("."), UNKNOWN_TYPE)


def digest(upload: File) -> tuple[str, int]:
    """SHA-256 (hex) and size in bytes."""
    sha256, size = hashlib.sha256(), 0
    upload.seek(0)
    for chunk in upload.chunks(CHUNK):
        sha256.update(chunk)
        size += len(chunk)
    return sha256.hexdigest(), size
