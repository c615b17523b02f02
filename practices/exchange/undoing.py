"""Taking an applied batch back, while nobody has touched what it wrote: all of it or nothing."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.comparison import compare
from practices.document import from_json, to_json
from practices.editorial.documents import build_document
from practices.editorial.history import record
from practices.editorial.recording import store_document
from practices.editorial.roles import require
from practices.editorial.workflow import written
from practices.models.batch import BatchState, ImportBatch, ImportRow
from practices.models.contact import Contact
from practices.models.history import Kind
from practices.models.practice import Practice, State
from practices.models.publication import Publication

from .batches import IMPORT, NotDone, Trouble, WrongBatchState
from .reports import report_of


@transaction.atomic
def undo(batch: ImportBatch, by: User | None = None) -> int:
    """Delete what the batch created and give back what it changed; returns how many records that were.

    Whoever may import may take an import back: nobody else has written or published anything in it. Words that it
    added to the catalogue (an author, a category) stay, since others may use them by now. Raises NotDone with the
    records that were touched, WrongBatchState, PermissionDenied.
    """
    require(IMPORT, by)
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.APPLIED:
        raise WrongBatchState
    # Rows that wrote something have their document; where its record is gone since, somebody deleted it.
    rows = list(locked.rows.filter(accepted=True, status__in=("new", "changed", "duplicate")))
    practices = Practice.objects.select_for_update().in_bulk([row.practice_id for row in rows if row.practice_id])
    troubles = [
        Trouble(row, why) for row in rows if (why := _touched(locked, row, practices.get(row.practice_id or 0)))
    ]
    if troubles:
        raise NotDone(troubles)
    for row in rows:
        _take_back(locked, row, practices[row.practice_id or 0], by)
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.UNDONE, undone_at=timezone.now())
    batch.refresh_from_db()
    return len(rows)


def _touched(batch: ImportBatch, row: ImportRow, practice: Practice | None) -> str:
    """What somebody did to the record since; "" where nothing."""
    if practice is None:
        return _("somebody deleted it since")
    if Publication.objects.filter(practice=practice, published_at__gte=batch.applied_at).exists():
        return _("it was published since")
    if to_json(build_document(practice)) != row.after:
        return _("somebody changed it since")
    created = not row.before
    if created and practice.state != State.DRAFT:
        return _("it was sent to review since")
    contacts = set(practice.contact_set.values_list("pk", flat=True))
    added = set(report_of(row.report).contacts)
    if not added <= contacts or (created and contacts != added):
        return _("its contacts were changed since")
    if created and practice.invitations.exists():
        return _("it was shown to its author since")
    return ""


def _take_back(batch: ImportBatch, row: ImportRow, practice: Practice, by: User | None) -> None:
    after = from_json(row.after)
    Contact.objects.filter(pk__in=report_of(row.report).contacts).delete()
    if row.before:
        before = from_json(row.before)
        restored = store_document(before, by=by)
        written(restored, after, by, Kind.UNDONE, batch.name)
        return
    gone = compare(after, type(after)(code=after.code, title="", author=""))
    record(practice, Kind.DELETED, by, batch.name, gone)
    practice.delete()
