"""Choosing the files of an import: several at once."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from practices.exchange.batches import KINDS

MOST_FILES = 20


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The files chosen, at least one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        # An empty file is told apart by whoever reads it, with its name.
        self.allow_empty_file = True
        cleaned = [super(SeveralFilesField, self).clean(file, initial) for file in files or [None]]
        if len(cleaned) > MOST_FILES:
            raise forms.ValidationError(_("Choose %d files at most at once.") % MOST_FILES)
        return cleaned


class ImportForm(forms.Form):
    chosen = SeveralFilesField(
        label=_("Files"),
        help_text=format_lazy(
            _("Word forms (DOCX), spreadsheets (XLSX, CSV), JSON, or a ZIP of them; {limit} MB at most each."),
            limit=settings.MAX_ATTACHMENT_MB,
        ),
        widget=SeveralFiles(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )
