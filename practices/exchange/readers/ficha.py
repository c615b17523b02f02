"""One practice out of a Word document: the two-column form, tables of any other cut, or headings with paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from practices.exchange.columns import BY_FIELD
from practices.language.codes import read_code
from practices.language.coverage import Gazetteer
from practices.language.texts import is_blank, shorten
from practices.language.words import squash

from .criteria import state_of
from .gathering import Gathered, text_items
from .grid import SHOWN
from .labels import Label, label_of
from .reading import NotAnImport, Reading
from .record import read_record
from .values import LONGEST, Note
from .word import Block, Cell, Line, Table, read_word

FEWEST_FIELDS = 2
LINES = frozenset({"code", "title", "author", "implemented", "category", "call", "distinction"})
TITLES = frozenset(
    squash(title)
    for title in (
        *("Ficha de buena práctica", "Ficha buena práctica", "Buena práctica", "Buenas prácticas", "Ficha"),
        *("Ficha de buenas prácticas", "Ficha técnica", "Ficha técnica de buena práctica", "Formato", "Descripción"),
        *("Campo", "Valor", "Contenido", "Información", "Detalle"),
    )
)
_MARKED = re.compile(r"\s*(?:[•▪■●·–—*-]|\d{1,3}[.)])\s")
_LABELLED = re.compile(r"(?P<label>[^:\n]{2,100}):(?:[ \t]+|\n|$)(?P<value>.*)", re.DOTALL)
_FILE_WORDS = frozenset({"archivo", "nombre", "descripcion", "palabras", "tamano", "accion", "idioma", "formato"})
_HEADS = frozenset({"estado", "cumple", "valoracion", "evaluacion", "cumplimiento", "resultado", "calificacion"})
_PARAGRAPH, _LINE = "\n\n", "\n"


@dataclass
class Section:
    """What stands under one label; `name` is the field it means, "" for none that is known."""

    name: str
    label: str
    level: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return joined(self.lines)


def read_ficha(path: Path, name: str, gazetteer: Gazetteer, prefixes: Sequence[str] = ()) -> Reading:
    """The practice of a DOCX. Raises NotAnImport where no label of a ficha is found in it."""
    form = Form()
    form.read(read_word(path))
    known = {section.name for section in form.sections if section.name}
    if len(known) < FEWEST_FIELDS:
        raise NotAnImport(_("no ficha was found: hardly any label of one (Título, Código, Resumen …) stands in it"))
    gathered, notes, errors = form.gathered()
    record = {"code": "", **gathered.record(text_items)}
    if not record["code"]:
        record["code"], told = _code_beside(form, name, prefixes)
        notes += told
    reading = read_record(record, 1, gazetteer, prefixes)
    reading.notes += notes
    reading.errors += errors
    reading.notes = [note if note.column else _placed(note, form) for note in reading.notes]
    reading.errors = [note if note.column else _placed(note, form) for note in reading.errors]
    return reading


def joined(lines: Sequence[Line]) -> str:
    """Paragraphs with an empty line between them, items of a list without."""
    text, before = "", False
    for line in lines:
        if not line.text.strip():
            continue
        item = line.listed or bool(_MARKED.match(line.text))
        text += (_LINE if item and before else _PARAGRAPH if text else "") + line.text
        before = item
    return text


def _code_beside(form: "Form", name: str, prefixes: Sequence[str]) -> tuple[str, list[Note]]:
    """The code that stands before the form, or that the file is named after."""
    for text in [line.text for line in form.before] + [name.rpartition("/")[2].rpartition(".")[0]]:
        if code := read_code(text[:200], prefixes):
            return code, [Note("code", f"{text[:SHOWN]} → {code}")]
    return "", []


def _placed(note: Note, form: "Form") -> Note:
    label = next((section.label for section in form.sections if section.name == note.field), "")
    return Note(note.field, note.message, note.understood, label[:SHOWN], note.value)


@dataclass
class Form:
    """The sections of a document, filled block by block."""

    sections: list[Section] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    criteria: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def read(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._line(block)

    # Lines: a heading, a bold or capital line, or "Label: value" begins a section.

    def _line(self, line: Line) -> None:
        if not line.text.strip():
            return
        if begun := _section_of(line):
            self.sections.append(begun)
        elif self._strange_heading(line):
            self.sections.append(Section("", line.text, line.level))
        elif self.sections:
            self.sections[-1].lines.append(line)
        else:
            self.before.append(line)

    def _strange_heading(self, line: Line) -> bool:
        """A heading no deeper than those of the fields begins something that is not known."""
        levels = [section.level for section in self.sections if section.level]
        return bool(line.level and levels and line.level <= min(levels))

    # Tables

    def _table(self, table: Table) -> None:
        if self._criteria_table(table) or self._beneath(table):
            return
        rows = [row for row in table.rows if any(cell.blocks for cell in row)]
        while rows:
            row = rows.pop(0)
            if rows and _names_columns(row, rows[0]):
                for head, value in zip(row, rows.pop(0), strict=True):
                    self._pair(head, [value])
            else:
                self._row(row)

    def _row(self, row: Sequence[Cell]) -> None:
        told = [cell for cell in row if not cell.goes_on]
        if len(told) < len(row) and row[0].goes_on and self.sections:
            self._continue(told)
        elif len(told) == 1:
            self.read(told[0].blocks)
        elif told:
            self._cells(told)

    def _cells(self, row: Sequence[Cell]) -> None:
        """Label and value, once or several times in one row."""
        head, rest = row[0], list(row[1:])
        if not head.text.strip() and self.sections:
            self._continue(rest)
            return
        if stated := _assessment(row):
            self.criteria.append(stated)
            return
        while len(rest) > 2 or (len(rest) == 2 and not _label(rest[0])[1]):
            cut = next((n for n, cell in enumerate(rest[1:], 1) if _is_label(cell)), len(rest))
            self._pair(head, rest[:cut])
            if cut >= len(rest):
                return
            head, rest = rest[cut], rest[cut + 1 :]
        self._pair(head, rest)

    def _pair(self, head: Cell, values: Sequence[Cell]) -> None:
        text, label = _label(head)
        if label is None and squash(text) in TITLES and all(squash(cell.text) in TITLES for cell in values):
            return
        self.sections.append(Section(label.field if label else "", text))
        self._note_near(label, text)
        self._continue(values)

    def _note_near(self, label: Label | None, text: str) -> None:
        if label and not label.exact:
            self.notes.append(Note(label.field, f"{text} → {BY_FIELD[label.field].label}", column=text[:SHOWN]))

    def _continue(self, cells: Sequence[Cell]) -> None:
        """Add to the section that is open, whatever its lines look like."""
        section = self.sections[-1]
        for cell in cells:
            for block in cell.blocks:
                if isinstance(block, Line):
                    section.lines.append(block)
                elif not self._criteria_table(block):
                    section.lines += _as_lines(block, section.name)

    def _beneath(self, table: Table) -> bool:
        """Whether a table belongs to the section above it: no label in it, or it is the one of the files."""
        if not self.sections or not table.rows:
            return False
        labels = [label for row in table.rows for cell in row[:1] if (label := label_of(cell.text.split("\n")[0]))]
        files = self.sections[-1].name == "attachments" and _is_of_files(table)
        single = any(_section_of(line) for row in table.rows if len(row) == 1 for line in row[0].lines[:1])
        if (labels or single or not self.sections[-1].level) and not files:
            return False
        self.sections[-1].lines += _as_lines(table, self.sections[-1].name)
        return True

    def _criteria_table(self, table: Table) -> bool:
        """Criterion, state, reason: by its head, or because every row states one."""
        rows = [row for row in table.rows if any(cell.text.strip() for cell in row)]
        if not rows or len(rows[0]) < 2:
            return False
        headed = bool(set(squash(rows[0][0].text).split()) & {"criterio", "criterios"}) and bool(
            set(squash(rows[0][1].text).split()) & _HEADS
        )
        body = rows[1:] if headed else rows
        stated = [_assessment(row) for row in body]
        if not headed and (len(body) < 2 or not all(stated)):
            return False
        for row, found in zip(body, stated, strict=True):
            if found or any(not is_blank(cell.text) for cell in row[1:]):
                self.criteria.append(found or _unclear(row))
        return True

    # What all of it says

    def gathered(self) -> tuple[Gathered, list[Note], list[Note]]:
        """The texts by field, what was not understood, and what makes the record impossible to read."""
        gathered = Gathered(criteria=list(self.criteria))
        notes, errors = [*_told_before(self.before), *self.notes], list[Note]()
        for section in self.sections:
            if not section.name:
                notes += _told_unknown(section)
            elif section.name == "links":
                _gather_links(gathered, section)
            elif section.name == "criteria":
                notes += _gather_criteria(gathered, section)
            elif section.name in LINES and section.name in gathered.texts:
                _second(gathered, section, notes, errors)
            elif section.text not in gathered.texts.get(section.name, []):
                gathered.add(section.name, section.text)
                _gather_hidden_links(gathered, section)
        return gathered, notes, errors


def _section_of(line: Line) -> Section | None:
    """The section that a line begins: by its heading, in bold, in capitals, or as “Label: value”."""
    if line.listed or (_MARKED.match(line.text) and not line.level and not line.bold):
        return None
    text = line.text.strip()
    whole = line.bold.strip(" :") == text.strip(" :") or bool(line.level) or text.isupper()
    if whole and (label := label_of(text)):
        return Section(label.field, text, line.level or (1 if whole else 0))
    if (label := label_of(text)) and label.exact and len(text) < 60 and "\n" not in text:
        return Section(label.field, text, 1)
    found = _LABELLED.fullmatch(text)
    label = label_of(found["label"]) if found else None
    if found is None or label is None:
        return None
    plain = not found["label"].isupper() and not line.bold.strip().startswith(found["label"].strip())
    if plain and not label.exact:
        return None
    value = Line(found["value"].strip(), links=line.links)
    return Section(label.field, found["label"].strip(), 1, [value] if value.text else [])


def _names_columns(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether every cell is a label and the row below holds the values."""
    if len(row) < 2 or len(row) != len(below):
        return False
    return all(_is_label(cell) for cell in row) and not _is_label(below[0])


def _label(cell: Cell) -> tuple[str, Label | None]:
    """The label in a cell, which may have a hint below it."""
    text = cell.text.strip()
    if label := label_of(text):
        return text, label
    first = text.partition("\n")[0].strip()
    label = label_of(first)
    return (first, label) if label else (text, None)


def _is_label(cell: Cell) -> bool:
    label = _label(cell)[1]
    return bool(label and label.exact)


def _assessment(row: Sequence[Cell]) -> tuple[str, str, str] | None:
    if not 2 <= len(row) <= 4 or not row[0].text.strip():
        return None
    name, *rest = (" ".join(row[0].text.split()), *(joined(cell.lines) for cell in row[1:]))
    # "Validación | Sí, con los usuarios" is no criterion.
    label = label_of(name)
    if len(name) > 80 or (label and label.exact):
        return None
    state = state_of(rest[0])
    if state is None or (state[0] == "not_assessed" and is_blank(rest[0])):
        return None
    reasons = [text for text in (state[1], *rest[1:]) if text and not is_blank(text)]
    return name, state[0], _LINE.join(reasons)


def _unclear(row: Sequence[Cell]) -> tuple[str, str, str]:
    """A row of a criteria table whose state is in no known words: kept as the reason."""
    rest = [text for cell in row[1:] if (text := joined(cell.lines)) and not is_blank(text)]
    return " ".join(row[0].text.split())[:SHOWN], "not_assessed", _LINE.join(rest)


def _is_of_files(table: Table) -> bool:
    head = {squash(cell.text) for cell in table.rows[0]}
    return sum(any(word in _FILE_WORDS for word in text.split()) for text in head) >= 2


def _as_lines(table: Table, field_name: str) -> list[Line]:
    """A table within a section, a line for each row; of one of files the head and rows that say nothing are left."""
    rows = table.rows[1:] if field_name == "attachments" and table.rows and _is_of_files(table) else table.rows
    lines = []
    for row in rows:
        cells = [cell for cell in row if not cell.goes_on]
        told = [text for cell in cells if (text := _told(cell, field_name)) and not is_blank(text)]
        links = [link for cell in cells for line in cell.lines for link in line.links]
        if told:
            lines.append(Line(" | ".join(" ".join(text.split()) for text in told), links=links))
    return lines


def _told(cell: Cell, field_name: str) -> str:
    inner = [line.text for block in cell.blocks if isinstance(block, Table) for line in _as_lines(block, field_name)]
    return _LINE.join([text for text in (joined(cell.lines), *inner) if text])


def _gather_links(gathered: Gathered, section: Section) -> None:
    """Each link with its address; a line without one as it is written."""
    for line in section.lines:
        if not line.links:
            gathered.add("links", line.text)
        elif len(line.links) == 1:
            text, address = line.links[0]
            label = _MARKED.sub("", line.text, count=1).replace(f" ({address})", "").strip()
            gathered.links.append(
                {"label": "" if label in {address, text} and text in address else label, "address": address}
            )
        else:
            gathered.links += [
                {"label": "" if text in address else text, "address": address} for text, address in line.links
            ]


def _gather_hidden_links(gathered: Gathered, section: Section) -> None:
    """Files that the form links to are links of the practice."""
    if section.name == "attachments":
        gathered.links += [
            {"label": "" if text in address else text, "address": address}
            for line in section.lines
            for text, address in line.links
        ]


def _gather_criteria(gathered: Gathered, section: Section) -> list[Note]:
    """Lines “Eficaz: cumple. Porque …”; another line is told."""
    notes = []
    for line in section.lines:
        name, _sign, rest = _MARKED.sub("", line.text, count=1).partition(":")
        state = state_of(rest.strip())
        if rest.strip() and state:
            gathered.criteria.append((name.strip(), *state))
        elif not is_blank(line.text):
            notes.append(_unread("criteria", section.label, line.text))
    return notes


def _second(gathered: Gathered, section: Section, notes: list[Note], errors: list[Note]) -> None:
    """A label met again: the title repeated on the next page says nothing new; another value is told."""
    if is_blank(section.text) or squash(section.text) in map(squash, gathered.texts[section.name]):
        return
    if section.name == "code":
        message = _("a second code stands in the document: one ficha a file can be read")
        errors.append(Note("code", message, False, section.label[:SHOWN], section.text[:SHOWN]))
    else:
        notes.append(_unread(section.name, section.label, section.text))


def _unread(name: str, label: str, text: str) -> Note:
    return Note(name, _("not read: %s") % shorten(text, SHOWN), False, label[:SHOWN], text[:LONGEST])


def _told_unknown(section: Section) -> list[Note]:
    label, text = " ".join(section.label.split()), section.text
    if not text and squash(label) in TITLES:
        return []
    message = _("unknown label, not read: %s") % (shorten(text, SHOWN) or "—")
    return [Note(label[:SHOWN], message, False, label[:SHOWN], text[:LONGEST])]


def _told_before(lines: Sequence[Line]) -> list[Note]:
    said = [line.text for line in lines if squash(line.text) not in TITLES]
    return [
        Note("", _("before the ficha, not read: %s") % shorten(text, SHOWN), False, "", text[:LONGEST])
        for text in said
    ]
