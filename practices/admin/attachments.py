"""The rows of attached files: what staff choose for them, and what they see of those there are."""

import re
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
from practices.models.files import MEDIA_TYPES, StoredFile
from practices.models.parts import Attachment

from .ordering import OrderedForm, OrderedFormSet
from .uploads import MEGABYTE, SEVERAL, TEXT, check, safe_name


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


class AttachmentFormSet(OrderedFormSet):
    """A record's files together are bounded, too: in number and in megabytes."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")]
        sizes = [size for form in kept if (size := _size(form))]
        # Those chosen all at once become rows as well.
        sizes += [upload.size or 0 for upload in self.files.getlist(SEVERAL)] if self.files else []
        if len(sizes) > settings.MAX_RECORD_FILES:
            raise ValidationError(
                _("A record holds %(limit)d files at most; these are %(count)d."),
                params={"limit": settings.MAX_RECORD_FILES, "count": len(sizes)},
            )
        if sum(sizes) > settings.MAX_RECORD_MB * MEGABYTE:
            raise ValidationError(
                _("The files of a record may have %(limit)d MB together; these have %(size)s."),
                params={"limit": settings.MAX_RECORD_MB, "size": filesizeformat(sum(sizes))},
            )


def _size(form: Any) -> int:
    """Bytes of the file that the row would hold after saving."""
    upload = form.cleaned_data.get("upload")
    if upload:
        return upload.size or 0
    return form.instance.stored_file.size if form.instance.pk else 0


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
