"""Several files chosen at once, each an attachment of the record."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from practices import search
from practices.models.files import MEDIA_TYPES, StoredFile
from practices.models.parts import Attachment
from practices.models.practice import Practice

from .uploads import TEXT, check, safe_name


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ",".join(f".{ending}" for ending in MEDIA_TYPES), **(attrs or {})})


class SeveralFilesField(forms.FileField):
    """A list of uploads, each of them checked; one that is not taken refuses all, by its name."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = [upload for upload in data or () if upload]
        errors = []
        for upload in uploads:
            try:
                super().clean(upload, initial)
                check(upload)
            except forms.ValidationError as error:
                errors.append(error)
        if errors:
            raise forms.ValidationError(errors)
        return uploads


def add_attachments(practice: Practice, uploads: Iterable[UploadedFile]) -> None:
    """Each upload as the last attachment of the record, in the order in which they were chosen."""
    last = practice.attachment_set.aggregate(last=Max("position"))["last"] or 0
    for position, upload in enumerate(uploads, last + 1):
        stored = StoredFile.objects.store(upload)
        if isinstance(text := getattr(upload, TEXT, None), str):
            search.keep_text(stored, text)
        name = safe_name(upload.name or "") or stored.sha256[:12]
        attachment = Attachment(practice=practice, stored_file=stored, name=name, position=position)
        attachment.full_clean(exclude=["practice"])
        attachment.save()
