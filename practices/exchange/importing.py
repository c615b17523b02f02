"""Readings into the working record: record by record, each wholly or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from practices.document import PracticeDocument
from practices.editorial.checklist import NotReady, checklist
from practices.editorial.codes import FormerCodes
from practices.editorial.publishing import publish
from practices.models.practice import Practice
from practices.models.publication import Publication

from .agreeing import under_present_code
from .readers.reading import Reading
from .readers.values import Note
from .storing import notes_of, store

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass
class Outcome:
    """What became of one record."""

    reading: Reading
    status: str
    version: int | None = None
    completeness: int = 0
    errors: list[Note] = field(default_factory=list)
    unpublished: list[Note] = field(default_factory=list)


def import_readings(
    readings: Iterable[Reading],
    *,
    publishing: bool = False,
    dry_run: bool = False,
    demonstration: bool = False,
    by: User | None = None,
) -> Iterator[Outcome]:
    """Apply each reading in a transaction of its own; a dry run does the same and takes it back.

    A record that is refused leaves the others alone. The same code updates the same record; a publication is
    made only where the document differs from the one in force.
    """
    seen: dict[str, int] = {}
    former = FormerCodes()
    for reading in readings:
        under_present_code(reading, former)
        if demonstration:
            reading.given["demonstration"] = True
        refuse_second(reading, seen)
        yield _import_one(reading, publishing, dry_run, by)


def refuse_second(reading: Reading, seen: dict[str, int]) -> None:
    """An error of the reading whose code an earlier one of the same import has; `seen` says at which place."""
    if reading.code in seen:
        message = _("the same code stands in record %d: only one of them can be right") % seen[reading.code]
        reading.errors.append(Note("code", message, understood=False))
    elif reading.code:
        seen[reading.code] = reading.place


def _import_one(reading: Reading, publishing: bool, dry_run: bool, by: User | None) -> Outcome:
    if reading.errors:
        return Outcome(reading, REFUSED, errors=reading.errors)
    try:
        with transaction.atomic():
            outcome = _stored(reading, publishing, by)
            transaction.set_rollback(dry_run)
    except ValidationError as error:
        return Outcome(reading, REFUSED, errors=notes_of(error))
    except DatabaseError as error:
        # What no field's own check sees: two headlines, a criterion assessed twice.
        return Outcome(reading, REFUSED, errors=[Note("", str(error))])
    return outcome


def _stored(reading: Reading, publishing: bool, by: User | None) -> Outcome:
    stored = store(reading, by)
    outcome = Outcome(reading, SAME if stored.unchanged else CHANGED if stored.before else NEW)
    outcome.completeness = checklist(stored.after).completeness
    if publishing:
        _publish(outcome, stored.practice, stored.after, by)
    return outcome


def _publish(outcome: Outcome, practice: Practice, document: PracticeDocument, by: User | None) -> None:
    in_force = Publication.objects.filter(practice=practice).still_current().first()
    if in_force and in_force.content == document:
        outcome.version = in_force.number
        return
    try:
        outcome.version = publish(practice, by=by).number
    except NotReady as error:
        outcome.unpublished = [Note(item.field, str(item.message)) for item in error.checklist.blocking]
