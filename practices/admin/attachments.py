"""Uploading attachments: which files are taken, what they are called, and what staff see of those there are."""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from practices import search
from practices.extraction import extract
from practices.models.files import MEDIA_TYPES, StoredFile
from practices.models.limits import NAME
from practices.models.parts import Attachment

from .ordering import OrderedForm

MEGABYTE = 1024 * 1024
TEXT = "text_inside"


class AttachmentForm(OrderedForm):
    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=format_lazy(
            _("PDF, Word, Excel, PowerPoint, OpenDocument, CSV, text or picture; {limit} MB at most."),
            limit=settings.MAX_ATTACHMENT_MB,
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{extension}" for extension in MEDIA_TYPES)}),
    )

    class Meta:
        model = Attachment
        fields = ("position", "name", "description", "keywords", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].required = False
            self.fields["name"].help_text = _("What the public sees. Left empty, it is the name of the file.")
        if "upload" in self.fields and self.instance.pk:
            self.fields["upload"].label = _("Another file instead")

    def clean_upload(self) -> UploadedFile | None:
        upload = self.cleaned_data["upload"]
        if upload:
            check(upload)
        return upload

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        if language and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,6})?", language):
            raise ValidationError(_("Write the short code of the language: es, en, pt …"))
        return language

    def clean(self) -> dict[str, Any]:
        super().clean()
        upload = self.cleaned_data.get("upload")
        if not upload and not self.instance.pk and "upload" not in self.errors:
            self.add_error("upload", _("Choose the file."))
        if "name" in self.cleaned_data:
            self.cleaned_data["name"] = self._name(upload)
        return self.cleaned_data

    def _name(self, upload: UploadedFile | None) -> str:
        """The name typed, else the file's own, always with the ending of the file that it is."""
        given = upload.name if upload else self.initial.get("name", "")
        name = safe_name(self.cleaned_data["name"] or given or "")
        ending = PurePath(given or "").suffix
        if ending and PurePath(name).suffix.lower() != ending.lower():
            name += ending
        return name

    def save(self, commit: bool = True) -> Attachment:
        upload = self.cleaned_data.get("upload")
        if upload:
            self.instance.stored_file = stored = StoredFile.objects.store(upload)
            if isinstance(text := getattr(upload, TEXT, None), str):
                search.keep_text(stored, text)
        return super().save(commit=commit)


def read_ahead(uploads: Iterable[UploadedFile]) -> None:
    """Read the words inside the files that will be taken. Before the record is saved, since nothing may be locked
    meanwhile; each text waits beside its upload until the form knows that the file is kept."""
    for upload in uploads:
        with suppress(ValidationError, OSError):
            check(upload)
            setattr(upload, TEXT, extract(upload))


def check(upload: UploadedFile) -> None:
    """Raises ValidationError for a file that the catalogue does not take."""
    name = upload.name or ""
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in MEDIA_TYPES:
        raise ValidationError(
            _("Files of this kind are not taken (%(name)s). Use one of: %(known)s."),
            params={"name": name, "known": ", ".join(MEDIA_TYPES)},
        )
    if (upload.size or 0) > settings.MAX_ATTACHMENT_MB * MEGABYTE:
        raise ValidationError(
            _("%(name)s has %(size)s; %(limit)s MB at most are taken."),
            params={"name": name, "size": filesizeformat(upload.size or 0), "limit": settings.MAX_ATTACHMENT_MB},
        )


def safe_name(name: str) -> str:
    """A file name without folders, invisible characters and what some system forbids; "" when nothing is left."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    name = "".join(mark for mark in name if unicodedata.category(mark)[0] != "C")
    name = re.sub(r'[:*?"<>|]', "-", " ".join(name.split())).strip(". ")
    return name if len(name) <= NAME else shortened(name)


def shortened(name: str) -> str:
    ending = PurePath(name).suffix[:20]
    return name[: NAME - len(ending)] + ending


def summary_of(attachment: Attachment) -> SafeString | str:
    """Size, type and fingerprint of a stored attachment, with its download."""
    if not attachment.pk:
        return "–"
    stored = attachment.stored_file
    address = reverse("admin:practices_practice_file", args=[attachment.practice_id, attachment.pk])
    return format_html(
        '<a href="{}">{}</a> · {} · {} · <span title="{}">SHA-256 {}…</span>',
        address,
        _("Download"),
        filesizeformat(stored.size),
        stored.media_type,
        stored.sha256,
        stored.sha256[:8],
    )
