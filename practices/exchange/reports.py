"""What a preview found out about one record, as JSON beside it."""

from dataclasses import dataclass, field

import msgspec

from .readers.values import Note


@dataclass(frozen=True)
class Alike:
    """A record that may be the same: one of the catalogue, or an earlier one of the same file (`practice` is 0)."""

    practice: int
    title: str
    why: tuple[str, ...]


@dataclass
class Report:
    errors: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)
    revision: int = 0
    """Of the record when it was looked at; 0 where there was none."""
    completeness: int = 0
    contacts: list[int] = field(default_factory=list)
    """Keys of the contacts that applying it added."""


NOT_YET = "{}"
"""The report of a record that nobody has looked at."""

_decoder = msgspec.json.Decoder(Report)


def report_of(text: str) -> Report:
    return _decoder.decode(text)


def as_text(report: Report) -> str:
    return msgspec.json.encode(report).decode()
