"""Readings into the working record: record by record, each wholly or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from practices.document import PracticeDocument
from practices.editorial.checklist import NotReady, checklist
from practices.editorial.contacts import add_contacts
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from practices.models.practice import Practice
from practices.models.publication import Publication

from .readers.json import Reading
from .readers.values import Note

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
    for reading in readings:
        if demonstration:
            reading.given["demonstration"] = True
        yield _import_one(reading, publishing, dry_run, by)


def _import_one(reading: Reading, publishing: bool, dry_run: bool, by: User | None) -> Outcome:
    if reading.errors:
        return Outcome(reading, REFUSED, errors=reading.errors)
    try:
        with transaction.atomic():
            outcome = _store(reading, publishing, by)
            transaction.set_rollback(dry_run)
    except ValidationError as error:
        return Outcome(reading, REFUSED, errors=_notes_of(error))
    except IntegrityError as error:
        # What no field's own check sees: two headlines, a criterion assessed twice.
        return Outcome(reading, REFUSED, errors=[Note("", str(error))])
    return outcome


def _store(reading: Reading, publishing: bool, by: User | None) -> Outcome:
    existing = Practice.objects.filter(code=reading.code).first()
    before = build_document(existing) if existing else None
    practice = store_document(reading.document, fields=reading.given.keys(), by=by)
    added = add_contacts(practice, reading.contacts)
    after = build_document(practice)
    unchanged = before == after and not added
    outcome = Outcome(reading, SAME if unchanged else CHANGED if before else NEW)
    outcome.completeness = checklist(after).completeness
    if publishing:
        _publish(outcome, practice, after, by)
    return outcome


def _publish(outcome: Outcome, practice: Practice, document: PracticeDocument, by: User | None) -> None:
    in_force = Publication.objects.current().filter(practice=practice).first()
    if in_force and in_force.content == document:
        outcome.version = in_force.number
        return
    try:
        outcome.version = publish(practice, by=by).number
    except NotReady as error:
        outcome.unpublished = [Note(item.field, str(item.message)) for item in error.checklist.blocking]


def _notes_of(error: ValidationError) -> list[Note]:
    messages = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return [Note("" if name == NON_FIELD_ERRORS else name, text) for name, texts in messages.items() for text in texts]
