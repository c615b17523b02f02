"""The words inside attached files: read once for each content, kept beside it, and given to the index."""

import logging
from collections.abc import Iterable

from django.db.models import QuerySet

from practices.document import PracticeDocument
from practices.extraction import extract
from practices.models.files import FileText, StoredFile

log = logging.getLogger(__name__)


def texts_for(documents: Iterable[PracticeDocument]) -> dict[str, str]:
    """What stands in the files of these documents, by SHA-256. One query.

    Files never read are read now, with two queries more and one for each; who holds a lock calls `read_files` before.
    """
    wanted = {file.sha256 for document in documents for file in document.attachments}
    known = {name: row.text for name, row in FileText.objects.in_bulk(wanted).items()} if wanted else {}
    if len(known) < len(wanted):
        known |= {file.pk: read_file(file) for file in StoredFile.objects.in_bulk(wanted - known.keys()).values()}
    return known


def read_files(names: Iterable[str]) -> None:
    """Read those of the files, by SHA-256, that were never read. One query, and one for each that is read."""
    if wanted := list(names):
        for file in never_read().filter(pk__in=wanted):
            read_file(file)


def never_read() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(text__isnull=True)


def read_file(file: StoredFile) -> str:
    """The text inside the file. Where its bytes are not to be had now, "", and the next who asks tries again."""
    try:
        with file.content.open("rb") as content:
            return keep_text(file, extract(content))
    except OSError as error:
        log.warning("file %s could not be read: %s", file, type(error).__name__)
        return ""


def keep_text(file: StoredFile, text: str) -> str:
    """Keep what was read in the file, and give what is kept: what somebody else read in the meantime stays."""
    return FileText.objects.get_or_create(stored_file=file, defaults={"text": text})[0].text


__all__ = ["keep_text", "never_read", "read_file", "read_files", "texts_for"]
