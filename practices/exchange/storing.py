"""One reading into the working record: what the command writes, a preview tries out, and a batch applies."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from practices.document import PracticeDocument, Service
from practices.editorial.contacts import add_contacts
from practices.editorial.documents import build_document
from practices.editorial.recording import known_service, store_document
from practices.editorial.workflow import written
from practices.language.words import squash
from practices.models.history import Kind
from practices.models.practice import Practice
from practices.models.vocabulary import Service as KnownService

from .readers.reading import Reading
from .readers.values import Note

# What is read out of a text is read again only when the text is another: staff may have put it right.
READ_FROM = {"metrics": "impact", "authors": "author"}
READ_WITHIN = ("implemented", "coverage")


@dataclass(frozen=True)
class Stored:
    """A record around its writing: the document it was (None: there was none) and the one it is."""

    practice: Practice
    before: PracticeDocument | None
    after: PracticeDocument
    contacts: int = 0
    """How many the record did not have yet."""

    @property
    def unchanged(self) -> bool:
        return self.before == self.after and not self.contacts


def store(reading: Reading, by: User | None = None, note: str = "") -> Stored:
    """Write the reading, with its event, in the caller's transaction. Raises ValidationError, DatabaseError."""
    stored = write(reading, by)
    if not stored.unchanged:
        written(stored.practice, stored.before, by, Kind.IMPORTED, note, after=stored.after)
    return stored


def write(reading: Reading, by: User | None = None) -> Stored:
    """The same without the event: what a preview does before it takes it back.

    Completes the reading's notes with what only the catalogue knows.
    """
    existing = Practice.objects.filter(code=reading.code).first()
    before = build_document(existing) if existing else None
    _know_services(reading)
    fields = _fields_to_write(reading, before)
    practice = store_document(reading.document, fields=fields, by=by, kept=before)
    added = add_contacts(practice, reading.contacts, by)
    stored = Stored(practice, before, build_document(practice), added)
    _note_authors(reading, stored.after)
    return stored


def notes_of(error: ValidationError) -> list[Note]:
    """A note for each message, under its field."""
    messages = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return [Note("" if name == NON_FIELD_ERRORS else name, text) for name, texts in messages.items() for text in texts]


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
    if not named:
        return
    rows = list(KnownService.objects.all())
    known = [(service, known_service(service, rows)) for service in named]
    reading.notes += [Note("services", service.name, understood=False) for service, row in known if row is None]
    found = [row for _service, row in known if row]
    reading.given["services"] = tuple(Service(row.slug, row.name) for row in dict.fromkeys(found))


def _note_authors(reading: Reading, document: PracticeDocument) -> None:
    """Tell which known organisation an author was taken for, where the names differ."""
    for author in document.authors:
        if squash(author.as_written) != squash(author.name):
            reading.notes.append(Note("authors", f"{author.as_written} → {author.name}"))
