"""The institution's ficha, empty, in Word: two columns, the fields in its own order, a hint below each label."""

import io
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Cm, Pt, RGBColor

from practices.exchange.columns import BY_FIELD, COLUMNS, STATES
from practices.models.vocabulary import Criterion

from .vocabulary import help_of

TITLE = "Ficha de buena práctica"
GREY = RGBColor(0x55, 0x55, 0x55)
LEFT, RIGHT = Cm(5.5), Cm(11.5)
FILES = ("Nombre", "Descripción", "Palabras clave")
CRITERIA = ("Criterio", "Estado", "Razón")
CONTACT = ("contact.name", "contact.role", "contact.email", "contact.phone")


def ficha_template() -> bytes:
    """A DOCX that the reader of fichas takes back. One query."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = TITLE
    document.core_properties.language = "es-CO"
    document.add_heading(TITLE, 1)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for column in COLUMNS:
        if not column.field.startswith("contact."):
            cells = table.add_row().cells
            _label(cells[0], column.label, _hint(column.field))
            _room(cells[1], column.field)
            cells[0].width, cells[1].width = LEFT, RIGHT
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _label(cell: Any, label: str, hint: str) -> None:
    cell.paragraphs[0].add_run(label).bold = True
    if hint:
        run = cell.add_paragraph().add_run(hint)
        run.italic, run.font.size, run.font.color.rgb = True, Pt(8), GREY


def _hint(field: str) -> str:
    if field == "criteria":
        states = ", ".join(name for name, _more in STATES.values())
        return _("The state of each: %s. And the reason.") % states
    return help_of(field)


def _room(cell: Any, field: str) -> None:
    """Where to write: an empty paragraph, or the rows that the field is made of."""
    if field == "attachments":
        _inner(cell, FILES, [("", "", "")])
    elif field == "criteria":
        _inner(cell, CRITERIA, [(criterion.name, "", "") for criterion in Criterion.objects.all()])
    elif field == "contact":
        cell.paragraphs[0].text = f"{BY_FIELD[CONTACT[0]].label.partition(' ')[0]}: "
        for part in CONTACT[1:]:
            cell.add_paragraph(f"{BY_FIELD[part].label}: ")


def _inner(cell: Any, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = cell.add_table(rows=0, cols=len(head))
    table.style = "Table Grid"
    for number, texts in enumerate([head, *rows]):
        for place, text in zip(table.add_row().cells, texts, strict=True):
            place.paragraphs[0].add_run(text).bold = number == 0
    # Word asks for a paragraph after a table within a cell.
    cell.add_paragraph()
