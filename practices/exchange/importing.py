"""Readings into the working record: record by record, each wholly or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from practices.document import PracticeDocument, Service
from practices.editorial.checklist import NotReady, checklist
from practices.editorial.contacts import add_contacts
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import known_service, store_document
from practices.editorial.workflow import written
from practices.language.words import squash
from practices.models.history import Kind
from practices.models.practice import Practice
from practices.models.publication import Publication

from .readers.reading import Reading
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
    seen: dict[str, int] = {}
    for reading in readings:
        if demonstration:
            reading.given["demonstration"] = True
        if reading.code in seen:
            message = _("the same code stands in record %d: only one of them can be right") % seen[reading.code]
            reading.errors.append(Note("code", message, understood=False))
        elif reading.code:
            seen[reading.code] = reading.place
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
    except DatabaseError as error:
        # What no field's own check sees: two headlines, a criterion assessed twice.
        return Outcome(reading, REFUSED, errors=[Note("", str(error))])
    return outcome


def _store(reading: Reading, publishing: bool, by: User | None) -> Outcome:
    existing = Practice.objects.filter(code=reading.code).first()
    before = build_document(existing) if existing else None
    _know_services(reading)
    practice = store_document(reading.document, fields=_fields_to_write(reading, before), by=by)
    _note_authors(reading, practice)
    added = add_contacts(practice, reading.contacts)
    after = build_document(practice)
    unchanged = before == after and not added
    if not unchanged:
        written(practice, before, by, Kind.IMPORTED)
    outcome = Outcome(reading, SAME if unchanged else CHANGED if before else NEW)
    outcome.completeness = checklist(after).completeness
    if publishing:
        _publish(outcome, practice, after, by)
    return outcome


# What is read out of a text is read again only when the text is another: staff may have put it right.
READ_FROM = {"metrics": "impact", "authors": "author"}
READ_WITHIN = ("implemented", "coverage")


def _fields_to_write(reading: Reading, before: PracticeDocument | None) -> set[str]:
    """The given fields, but those that were read out of a text that the record holds already."""
    fields = set(reading.given)
    if before is None:
        return fields
    given = reading.document
    for name, source in READ_FROM.items():
        if name not in reading.explicit and source in fields and getattr(given, source) == getattr(before, source):
            fields.discard(name)
    for name in READ_WITHIN:
        if name in fields and getattr(given, name).text == getattr(before, name).text:
            fields.discard(name)
    return fields


def _know_services(reading: Reading) -> None:
    """Only services that the catalogue knows; the others are told and left out."""
    named = reading.given.get("services", ())
    known = [(service, known_service(service)) for service in named]
    reading.notes += [Note("services", service.name, understood=False) for service, row in known if row is None]
    if named:
        rows = [row for _service, row in known if row]
        reading.given["services"] = tuple(Service(row.slug, row.name) for row in dict.fromkeys(rows))


def _note_authors(reading: Reading, practice: Practice) -> None:
    """Tell which known organisation an author was taken for, where the names differ."""
    for row in practice.authorship_set.select_related("organization"):
        if squash(row.as_written) != squash(row.organization.name):
            reading.notes.append(Note("authors", f"{row.as_written} → {row.organization.name}"))


def _publish(outcome: Outcome, practice: Practice, document: PracticeDocument, by: User | None) -> None:
    in_force = Publication.objects.filter(practice=practice).still_current().first()
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
