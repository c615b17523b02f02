"""Files that people chose in a form which was not saved: kept for them, given back, and forgotten in time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.utils import timezone

from practices.models.batch import ImportBatch, ImportRow
from practices.models.files import StoredFile
from practices.models.limits import NAME
from practices.models.parts import Attachment
from practices.models.publication import Publication
from practices.models.staging import StagedFile

KEPT = timedelta(days=7)


def keep(upload: File, name: str, by: User) -> StagedFile:
    """Keep a file for the person who chose it. The caller has looked whether the catalogue takes such files."""
    stored = StoredFile.objects.store(upload)
    return StagedFile.objects.create(stored_file=stored, name=name[-NAME:], chosen_by=by)


def kept_for(by: User, keys: Iterable[str]) -> dict[str, StagedFile]:
    """What is kept for this person under these keys; somebody else's keys open nothing. One query."""
    return StagedFile.objects.filter(chosen_by=by).select_related("stored_file").in_bulk(list(keys))


def forget(by: User, keys: Iterable[str]) -> None:
    """What was saved, or is not wanted any more."""
    StagedFile.objects.filter(chosen_by=by, pk__in=list(keys)).delete()


def forget_old(at: datetime | None = None) -> tuple[int, int]:
    """Forget what nobody came back for in seven days, then remove the bytes that nothing needs.

    Returns how many kept files were forgotten and how many stored files removed. Safe to run at any time: a file
    that somebody attaches at this moment stays.
    """
    old = StagedFile.objects.filter(chosen_at__lt=(at or timezone.now()) - KEPT)
    forgotten, _by_model = old.delete()
    return forgotten, sum(_remove(stored) for stored in list(unneeded()) if not _is_frozen(stored))


def unneeded() -> QuerySet[StoredFile]:
    """The files that no row points at. A frozen document may still name them: see `_is_frozen`."""
    used = [
        Exists(Attachment.objects.filter(stored_file=OuterRef("pk"))),
        Exists(StagedFile.objects.filter(stored_file=OuterRef("pk"))),
        Exists(ImportBatch.objects.filter(source=OuterRef("pk"))),
    ]
    return StoredFile.objects.filter(*(~one for one in used))


def _is_frozen(stored: StoredFile) -> bool:
    """Whether a publication, or an import that may be undone, was written with this file. Reads their documents."""
    sha256 = stored.pk
    if Publication.objects.filter(document__contains=sha256).exists():
        return True
    named = Q(before__contains=sha256) | Q(after__contains=sha256) | Q(reading__contains=sha256)
    return ImportRow.objects.filter(named).exists()


def _remove(stored: StoredFile) -> bool:
    storage, path = stored.content.storage, stored.content.name or ""
    try:
        with transaction.atomic():
            stored.delete()
            transaction.on_commit(lambda: storage.delete(path))
    except (IntegrityError, ProtectedError):
        return False
    return True
