"""The dry run of a batch: what each record would become, found out in a savepoint that is taken back.

It goes on in portions, so that no request waits for a thousand records, and may be begun anew at any time.
"""

import time

from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, transaction

from practices.document import PracticeDocument, to_json
from practices.editorial.checklist import checklist
from practices.editorial.codes import FormerCodes
from practices.editorial.duplicates import Codes, likely_duplicates
from practices.editorial.requirements import required_names
from practices.models.batch import BatchState, ImportBatch, ImportRow, RowStatus

from .agreeing import under_present_code
from .readers.reading import Reading
from .readers.values import Note
from .reports import NOT_YET, Alike, Report, as_text
from .storing import Stored, notes_of, write
from .understood import read_again, twin_of

PORTION_SECONDS = 2.0
MOST_AT_ONCE = 100
FIELDS = ("status", "accepted", "report", "practice", "before", "after")


@transaction.atomic
def preview_portion(batch: ImportBatch, seconds: float = PORTION_SECONDS) -> int:
    """Look at records for so long; returns how many are left. Two people who ask at once wait for each other."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    waiting = locked.rows.filter(report=NOT_YET)
    if locked.state != BatchState.PREVIEWED:
        return 0
    look = _Look()
    until, seen = time.monotonic() + seconds, []
    for row in waiting[:MOST_AT_ONCE]:
        look.at(row)
        seen.append(row)
        if time.monotonic() > until:
            break
    ImportRow.objects.bulk_update(seen, FIELDS, batch_size=50)
    return waiting.count()


def preview_again(batch: ImportBatch) -> None:
    """Forget what was found out. What people left out stays left out."""
    batch.rows.update(report=NOT_YET, practice=None, before="", after="")


class _Look:
    """What all records of a portion are looked at with: read once, not for each of them."""

    def __init__(self) -> None:
        self.codes = Codes()
        self.former = FormerCodes()
        self.required = required_names()

    def at(self, row: ImportRow) -> None:
        """Write into the row what it would become."""
        reading, was = under_present_code(read_again(row.reading), self.former), row.status
        report = Report(errors=list(reading.errors))
        row.status = RowStatus.REFUSED
        if not report.errors:
            try:
                with transaction.atomic():
                    self._try(row, reading, report)
                    transaction.set_rollback(True)
            except ValidationError as error:
                report.errors = notes_of(error)
            except OperationalError:
                # The database is away or full, which is no fault of the record.
                raise
            except DatabaseError as error:
                # What no field's own check sees: two headlines, a criterion assessed twice.
                report.errors = [Note("", str(error))]
        report.notes = reading.notes
        if row.status == RowStatus.DUPLICATE != was:
            row.accepted = False
        row.report = as_text(report)

    def _try(self, row: ImportRow, reading: Reading, report: Report) -> None:
        stored = write(reading)
        if stored.before is None:
            twin = twin_of(row.reading)
            report.alike = [Alike(0, twin, ("title",))] if twin else []
            report.alike += self._alike(stored)
        else:
            row.practice = stored.practice
            report.revision = stored.practice.revision
        row.before, row.after = _text(stored.before), to_json(stored.after)
        row.status = _status(stored, report)
        report.completeness = checklist(stored.after, self.required).completeness

    def _alike(self, stored: Stored) -> list[Alike]:
        found = likely_duplicates(stored.after, stored.practice.pk, self.codes)
        return [Alike(one.practice.pk, str(one.practice), one.why) for one in found]


def _status(stored: Stored, report: Report) -> RowStatus:
    if stored.unchanged:
        return RowStatus.SAME
    if stored.before is not None:
        return RowStatus.CHANGED
    return RowStatus.DUPLICATE if report.alike else RowStatus.NEW


def _text(document: PracticeDocument | None) -> str:
    return to_json(document) if document else ""
