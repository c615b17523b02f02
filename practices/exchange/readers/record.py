"""One record given as keys and values as people write them, or as a document that this catalogue wrote itself."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from practices.document import Assessment, Call, DocumentError, Metric, PracticeDocument, from_json
from practices.language.codes import read_code
from practices.language.coverage import Gazetteer
from practices.language.texts import shorten

from . import values
from .contacts import contacts_of, has_mail
from .grid import SHOWN
from .reading import Reading
from .values import Note, Unreadable

TEXTS = ("population", "summary", "validation", "replicability", "limitations", "conclusion")
LINES = ("title", "distinction")
KNOWN = (
    *("code", "author", "authors", "implemented", "category", "services", "call", "impact", "metrics"),
    *("success_factors", "coverage", "criteria", "links", "attachments", "contact", "contacts", "demonstration"),
    *TEXTS,
    *LINES,
)


def read_record(record: dict[str, Any], place: int, gazetteer: Gazetteer, prefixes: Sequence[str] = ()) -> Reading:
    """One object. What cannot be read at all is in the reading's errors, field by field."""
    reading = Reading(place, explicit=frozenset(KNOWN).intersection(record))
    if "schema" in record:
        _read_document(reading, record)
        return reading
    _read_code(reading, record.get("code"), prefixes)
    for name, read in _readers(gazetteer).items():
        if name not in record:
            continue
        try:
            read(reading, record[name])
        except Unreadable as error:
            reading.errors.append(Note(name, str(error), understood=False))
    if "metrics" not in record and "impact" in reading.given:
        metrics, notes = values.metrics_in(reading.given["impact"])
        reading.given["metrics"] = metrics
        reading.notes += notes
    reading.notes += values.unknown_keys(record, KNOWN)
    return reading


def _read_code(reading: Reading, value: Any, prefixes: Sequence[str]) -> None:
    written = value[:200] if isinstance(value, str) else ""
    reading.code = read_code(written, prefixes) or ""
    if reading.code and reading.code != written:
        reading.notes.append(Note("code", f"{written} → {reading.code}"))
    if not reading.code:
        message = _("“%s” is not a code like BP-ANDESCO-SSPD-002-2020") % written[:80]
        reading.errors.append(Note("code", message, understood=False))


def _read_document(reading: Reading, record: dict[str, Any]) -> None:
    """A document that the catalogue wrote: every field is given and nothing is to be understood."""
    contacts = record.get("contacts", [])
    try:
        document = from_json(json.dumps({key: value for key, value in record.items() if key != "contacts"}))
        reading.contacts = contacts_of(contacts)
    except (DocumentError, Unreadable) as error:
        reading.errors.append(Note("schema", str(error), understood=False))
        return
    reading.code = document.code
    reading.given = {name: getattr(document, name) for name in PracticeDocument.__dataclass_fields__ if name != "code"}


Reader = Callable[[Reading, Any], None]


def _readers(gazetteer: Gazetteer) -> dict[str, Reader]:
    """From a key to what reads its value into the reading."""

    def coverage(reading: Reading, value: Any) -> None:
        reading.given["coverage"], notes = values.coverage_of(value, gazetteer)
        reading.notes += notes

    texts = {name: _keeping(name, values.text_of) for name in TEXTS}
    lines = {name: _keeping(name, values.line_of) for name in LINES}
    return {
        **texts,
        **lines,
        # The list says who they are; the line, read after it, how the form writes them.
        "authors": _read_authors,
        "author": _read_author_line,
        "implemented": _read_implementation,
        "category": _keeping("category", values.category_of),
        "services": _keeping("services", values.services_of),
        "call": _keeping("call", _call_of),
        "impact": _keeping("impact", values.impact_of),
        "metrics": _keeping("metrics", _metrics_of),
        "success_factors": _keeping("success_factors", lambda value: tuple(values.items_of(value))),
        "coverage": coverage,
        "criteria": _keeping("criteria", _criteria_of),
        "links": _read_links,
        "attachments": _read_attachments,
        "contact": _read_contacts,
        "contacts": _read_contacts,
        "demonstration": _keeping("demonstration", _truth_of),
    }


def _keeping(name: str, read: Callable[[Any], Any]) -> Reader:
    def reader(reading: Reading, value: Any) -> None:
        reading.given[name] = read(value)

    return reader


def _read_authors(reading: Reading, value: Any) -> None:
    reading.given["author"], reading.given["authors"] = values.authors_of(value)


def _read_author_line(reading: Reading, value: Any) -> None:
    line, authors = values.authors_of(value)
    reading.given["author"] = line
    reading.given.setdefault("authors", authors)


def _read_implementation(reading: Reading, value: Any) -> None:
    reading.given["implemented"], notes = values.implementation_of(value)
    reading.notes += notes


def _read_links(reading: Reading, value: Any) -> None:
    entries = value if isinstance(value, list) else values.items_of(value)
    # A mail address is somebody's: it is a contact, and no link for everybody to read.
    reading.contacts += contacts_of([entry for entry in entries if has_mail(entry)])
    reading.given["links"], notes = values.links_of([entry for entry in entries if not has_mail(entry)])
    reading.notes += notes


def _read_attachments(reading: Reading, value: Any) -> None:
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        for name in filter(None, map(values.line_of, names)):
            message = _("the file is only named here, attach it by hand: %s") % shorten(name, SHOWN)
            reading.notes.append(Note("attachments", message, understood=False, value=name))
    elif value:
        message = _("files are not inside JSON: attach them by hand")
        reading.notes.append(Note("attachments", message, understood=False))


def _read_contacts(reading: Reading, value: Any) -> None:
    reading.contacts += contacts_of(value)


def _call_of(value: Any) -> Call | None:
    if isinstance(value, dict):
        return _converted(value, Call)
    name = values.line_of(value)
    return Call(slug="", name=name) if name else None


def _metrics_of(value: Any) -> tuple[Metric, ...]:
    return _converted(value or [], tuple[Metric, ...])


def _criteria_of(value: Any) -> tuple[Assessment, ...]:
    """`[{"criterion": slug, "state": …, "reason": …}]`; name and group are the vocabulary's."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise Unreadable(_("expected a list of objects, or one object"))
    filled = [{"name": "", "group": "minimum", **entry} for entry in value]
    return _converted(filled, tuple[Assessment, ...])


def _truth_of(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unreadable(_("expected true or false"))
    return value


def _converted(value: Any, shape: Any) -> Any:
    try:
        return msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        raise Unreadable(str(error)) from error
