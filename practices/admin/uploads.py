"""Which uploads are taken, and what they are called."""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from practices.extraction import extract
from practices.extraction.kinds import Reason, Refused, require_kind
from practices.models.files import MEDIA_TYPES
from practices.models.limits import NAME

MEGABYTE = 1024 * 1024
TEXT = "text_inside"
SEVERAL = "more_files"
"""The field of the form in which several files are chosen at once."""

REFUSALS: dict[Reason, Any] = {
    "unknown": _("Files of this kind are not taken (%(name)s). Use one of: %(known)s."),
    "empty": _("%(name)s is empty."),
    "mismatch": _("%(name)s is not what the end of its name says. Save it again from its own program."),
    "macros": _("%(name)s holds macros, which could do harm to whoever opens it. Save it without them, or as PDF."),
    "locked": _("%(name)s is locked with a password. Take the password off and choose it again."),
    "broken": _("%(name)s is damaged: it cannot be opened. Save it again from its own program."),
    "bomb": _("%(name)s swells to a size that no document has. It is not taken."),
    "two_kinds": _("%(name)s hides a second file behind the first. Save it again from its own program."),
    "not_text": _("%(name)s is not a text. Save it again as CSV or as plain text."),
}


def read_ahead(uploads: Iterable[UploadedFile]) -> None:
    """Read the words inside the files that will be taken. Before the record is saved, since nothing may be locked
    meanwhile; each text waits beside its upload until the form knows that the file is kept."""
    for upload in uploads:
        with suppress(ValidationError, OSError):
            check(upload)
            setattr(upload, TEXT, extract(upload))


def check(upload: UploadedFile) -> None:
    """Raises ValidationError for a file that the catalogue does not take: by its name, its size, its content."""
    name = upload.name or ""
    if (upload.size or 0) > settings.MAX_ATTACHMENT_MB * MEGABYTE:
        raise ValidationError(
            _("%(name)s is too large: %(limit)s MB at most are taken."),
            params={"name": name, "limit": settings.MAX_ATTACHMENT_MB},
        )
    try:
        require_kind(upload, name)
    except Refused as refused:
        params = {"name": name, "known": ", ".join(MEDIA_TYPES)}
        raise ValidationError(REFUSALS[refused.reason], params=params) from refused


def safe_name(name: str) -> str:
    """A file name without folders, invisible characters and what some system forbids; "" when nothing is left."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    name = "".join(mark for mark in name if unicodedata.category(mark)[0] != "C")
    name = re.sub(r'[:*?"<>|]', "-", " ".join(name.split())).strip(". ")
    return name if len(name) <= NAME else shortened(name)


def shortened(name: str) -> str:
    ending = PurePath(name).suffix[:20]
    return name[: NAME - len(ending)] + ending
