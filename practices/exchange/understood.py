"""What was understood of a record, as JSON: a preview keeps it, and applying it reads no file again."""

from typing import Any

import msgspec

from practices.document import from_json, to_json

from .readers.contacts import ContactReading
from .readers.reading import Reading
from .readers.values import Note


class _Kept(msgspec.Struct):
    place: int
    code: str
    where: str
    line: tuple[str, int] | None
    document: str
    given: list[str]
    explicit: list[str]
    contacts: list[ContactReading]
    notes: list[Note]
    errors: list[Note]
    twin: str = ""
    """The earlier record of the same file that may be this one, for people."""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Kept)


def kept(reading: Reading, twin: str = "") -> str:
    """The reading as JSON text; `twin` names an earlier record of the same file that may be the same."""
    return _encoder.encode(
        _Kept(
            place=reading.place,
            code=reading.code,
            where=reading.where,
            line=reading.line,
            document=to_json(reading.document),
            given=sorted(reading.given),
            explicit=sorted(reading.explicit),
            contacts=reading.contacts,
            notes=reading.notes,
            errors=reading.errors,
            twin=twin,
        )
    ).decode()


def read_again(text: str) -> Reading:
    """The reading of such a text, the same in every field. Raises msgspec.MsgspecError, DocumentError."""
    found = _decoder.decode(text)
    document = from_json(found.document)
    given: dict[str, Any] = {name: getattr(document, name) for name in found.given}
    return Reading(
        place=found.place,
        given=given,
        contacts=found.contacts,
        notes=found.notes,
        errors=found.errors,
        code=found.code,
        explicit=frozenset(found.explicit),
        where=found.where,
        line=found.line,
    )


def twin_of(text: str) -> str:
    return _decoder.decode(text).twin


def line_of(text: str) -> tuple[str, int] | None:
    """Sheet and row of a record that came out of a spreadsheet."""
    return _decoder.decode(text).line


def without_contacts(text: str) -> str:
    """The same without anybody's personal data: what is kept once the record has them."""
    found = _decoder.decode(text)
    found.contacts = []
    return _encoder.encode(found).decode()
