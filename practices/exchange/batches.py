"""Imports as staff make them: a file becomes a batch, its preview is looked at, then applied exactly or not at all."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

import msgspec
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import DatabaseError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.comparison import compare
from practices.document import from_json, to_json
from practices.editorial.codes import FormerCodes
from practices.editorial.gazetteer import gazetteer
from practices.editorial.roles import require
from practices.models.batch import BatchState, ImportBatch, ImportRow, RowStatus
from practices.models.files import StoredFile
from practices.models.limits import NAME
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries

from .agreeing import agree_on_authors, twins, under_present_code
from .importing import refuse_second
from .readers import NotAnImport, Reading, read_file
from .readers.reading import too_many
from .readers.values import Note
from .reports import NOT_YET, as_text, report_of
from .storing import notes_of, store
from .understood import kept, read_again, without_contacts

IMPORT = "practices.add_importbatch"
KINDS = ("docx", "docm", "xlsx", "xlsm", "csv", "tsv", "txt", "json", "zip")
MEGABYTE = 1024 * 1024
# What one request applies well within the thirty seconds that a proxy waits.
MOST_RECORDS = 1_000
WRITTEN = (RowStatus.NEW, RowStatus.DUPLICATE, RowStatus.CHANGED)


@dataclass(frozen=True)
class Trouble:
    """Why one record is in the way of the whole batch."""

    row: ImportRow
    message: str


class NotDone(ValueError):
    """Nothing was done, because of these records."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = list(troubles)
        super().__init__("; ".join(f"{trouble.row}: {trouble.message}" for trouble in self.troubles))


class Outdated(NotDone):
    """The catalogue is not as it was for the preview any more: the preview has to be made anew."""


class WrongBatchState(ValueError):
    """The step makes no sense for the batch as it is."""


def begin(upload: File, by: User | None) -> ImportBatch:
    """Read the file into a batch that waits for its preview. Raises NotAnImport, PermissionDenied."""
    require(IMPORT, by)
    name = PurePath(upload.name or "").name[-NAME:]
    readings = read_upload(upload, name)
    # What differs is only how the second is written: every record may then be looked at without the others.
    agree_on_authors(readings)
    seen: dict[str, int] = {}
    former = FormerCodes()
    for reading in readings:
        refuse_second(under_present_code(reading, former), seen)
    return _saved(upload, name, readings, getattr(readings, "notes", []), by)


def read_upload(upload: File, name: str) -> list[Reading]:
    """The records of an uploaded file. Raises NotAnImport."""
    _refuse_by_sight(upload, name)
    prefixes = list(CodeSeries.objects.values_list("prefix", flat=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"import{PurePath(name).suffix.lower()}"
        with path.open("wb") as copy:
            copy.writelines(upload.chunks())
        readings = read_file(path, name, gazetteer(), prefixes, MOST_RECORDS)
    if len(readings) > MOST_RECORDS:
        raise _not_taken(name, str(too_many(len(readings), MOST_RECORDS)))
    if not readings:
        raise _not_taken(name, _("there is no record in it"))
    return readings


def _refuse_by_sight(upload: File, name: str) -> None:
    """Raises NotAnImport for what is not even opened."""
    if PurePath(name).suffix.lower().lstrip(".") not in KINDS:
        raise _not_taken(name, _("files of this kind are not read. Use one of: %s.") % ", ".join(KINDS))
    if not upload.size:
        raise _not_taken(name, _("the file is empty"))
    if upload.size > settings.MAX_ATTACHMENT_MB * MEGABYTE:
        raise _not_taken(name, _("it is larger than %d MB") % settings.MAX_ATTACHMENT_MB)


def _not_taken(name: str, why: str) -> NotAnImport:
    return NotAnImport(f"{name}: {why}")


@transaction.atomic
def _saved(upload: File, name: str, readings: list[Reading], notes: Iterable[Note], by: User | None) -> ImportBatch:
    source = StoredFile.objects.store(upload)
    said = msgspec.json.encode(list(notes)).decode()
    batch = ImportBatch.objects.create(name=name, source=source, made_by=by, notes=said)
    alike = twins(readings)
    rows = [_row(batch, place, reading, alike.get(place, "")) for place, reading in enumerate(readings, 1)]
    ImportRow.objects.bulk_create(rows, batch_size=100)
    return batch


def _row(batch: ImportBatch, place: int, reading: Reading, twin: str) -> ImportRow:
    return ImportRow(
        batch=batch,
        place=place,
        where=reading.where[:NAME],
        code=reading.code[:60],
        title=str(reading.given.get("title") or "")[:NAME],
        status=RowStatus.NEW,
        reading=kept(reading, twin),
        report=NOT_YET,
    )


def notes_on(batch: ImportBatch) -> list[Note]:
    """What is said of the file as a whole: sheets left out, unknown columns."""
    return msgspec.json.decode(batch.notes, type=list[Note])


@transaction.atomic
def apply(batch: ImportBatch, by: User | None = None) -> int:
    """Write every accepted record of the preview, exactly as it was shown, or nothing; returns how many.

    Raises NotDone where accepted records have errors, Outdated where records changed since the preview,
    WrongBatchState, PermissionDenied. About twenty-five queries a record.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    rows = list(locked.rows.filter(accepted=True))
    if locked.state != BatchState.PREVIEWED or locked.rows.filter(report=NOT_YET).exists():
        raise WrongBatchState
    _require_what_it_does(rows, by)
    _refuse([Trouble(row, _("it has errors")) for row in rows if row.status == RowStatus.REFUSED], NotDone)
    former = FormerCodes()
    existing = _practices_of(rows, former)
    writing = [row for row in rows if row.status in WRITTEN]
    outdated = [Trouble(row, why) for row in writing if (why := _outdated(row, existing.get(former.today(row.code))))]
    _refuse(outdated, Outdated)
    _refuse([trouble for row in writing if (trouble := _apply_row(locked, row, by, former))], Outdated)
    ImportRow.objects.bulk_update(writing, ["practice", "before", "after", "report", "reading"], batch_size=50)
    _forget_contacts(locked.rows.exclude(pk__in=[row.pk for row in writing]))
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.APPLIED, applied_at=timezone.now())
    batch.refresh_from_db()
    return len(writing)


def _require_what_it_does(rows: Iterable[ImportRow], by: User | None) -> None:
    require(IMPORT, by)
    statuses = {row.status for row in rows}
    if statuses & {RowStatus.NEW, RowStatus.DUPLICATE}:
        require("practices.add_practice", by)
    if RowStatus.CHANGED in statuses:
        require("practices.change_practice", by)


def _refuse(troubles: list[Trouble], error: type[NotDone]) -> None:
    if troubles:
        raise error(troubles)


def _practices_of(rows: Iterable[ImportRow], former: FormerCodes) -> dict[str, Practice]:
    """The records as they are now, locked until all is written. One query."""
    codes = [former.today(row.code) for row in rows]
    return {practice.code: practice for practice in Practice.objects.select_for_update().filter(code__in=codes)}


def _outdated(row: ImportRow, practice: Practice | None) -> str:
    """Why the preview does not hold any more; "" while it does."""
    if practice is None:
        return "" if row.status != RowStatus.CHANGED else _("somebody deleted the record since the preview")
    if row.status != RowStatus.CHANGED:
        return _("somebody entered a record with this code since the preview")
    changed = practice.pk != row.practice_id or practice.revision != report_of(row.report).revision
    return _("somebody changed the record since the preview") if changed else ""


def _apply_row(batch: ImportBatch, row: ImportRow, by: User | None, former: FormerCodes) -> Trouble | None:
    """Write it; the trouble where that would not be what the preview showed."""
    reading, promised = under_present_code(read_again(row.reading), former), from_json(row.after)
    had = set(_contacts(row.practice_id))
    try:
        stored = store(reading, by, f"{batch.name} · {row.where}".strip(" ·"))
    except ValidationError as error:
        return Trouble(row, "; ".join(note.message for note in notes_of(error)))
    except OperationalError:
        # The database is away or full, which is no fault of the record.
        raise
    except DatabaseError as error:
        raise Outdated([Trouble(row, str(error))]) from error
    before = to_json(stored.before) if stored.before else ""
    if before != row.before or compare(promised, stored.after):
        return Trouble(row, _("what it uses of the catalogue changed since the preview"))
    report = report_of(row.report)
    report.contacts = [pk for pk in _contacts(stored.practice.pk) if pk not in had] if stored.contacts else []
    row.practice, row.before, row.after = stored.practice, before, to_json(stored.after)
    row.report, row.reading = as_text(report), without_contacts(row.reading)
    return None


def _contacts(practice_id: int | None) -> list[int]:
    if practice_id is None:
        return []
    return list(
        Practice.objects.filter(pk=practice_id, contact_set__isnull=False).values_list("contact_set", flat=True)
    )


def _forget_contacts(rows: QuerySet[ImportRow]) -> None:
    """What was left out leaves nobody's personal data behind."""
    forgotten = list(rows.only("pk", "reading"))
    for row in forgotten:
        row.reading = without_contacts(row.reading)
    ImportRow.objects.bulk_update(forgotten, ["reading"], batch_size=100)
