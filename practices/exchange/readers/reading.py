"""What a reader makes of one record of a file, whatever kind of file it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from practices.document import PracticeDocument

from .contacts import ContactReading
from .values import Note


class NotAnImport(ValueError):
    """The file as a whole cannot be read; the message says where."""


def too_many(count: int, limit: int) -> NotAnImport:
    text = _("it has %(count)d records; an import takes %(limit)d at most. Divide the file.")
    return NotAnImport(text % {"count": count, "limit": limit})


@dataclass
class Reading:
    """One record of a file: what was understood of it, and what was not."""

    place: int
    given: dict[str, Any] = field(default_factory=dict)
    contacts: list[ContactReading] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    errors: list[Note] = field(default_factory=list)
    code: str = ""
    explicit: frozenset[str] = frozenset()
    """Fields that the record itself gives, not ones that were read out of another."""
    where: str = ""
    """For people: “informe.zip › ficha3.docx”, “hoja «Prácticas», fila 12”."""
    line: tuple[str, int] | None = None
    """Sheet and row, as report_spreadsheet() asks for them; a CSV file has one sheet, named ""."""

    @property
    def document(self) -> PracticeDocument:
        """Only what the record gave; `given` names those fields."""
        return PracticeDocument(code=self.code, **self.given)


class Readings(list[Reading]):
    """The readings of a file, and what is to be said of the file as a whole: sheets left out, unknown columns."""

    def __init__(self, readings: Iterable[Reading] = (), notes: Iterable[Note] = ()) -> None:
        super().__init__(readings)
        self.notes = list(notes)
