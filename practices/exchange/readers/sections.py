"""What stands under one label of a ficha, as values of its field or as notes of what was not read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from practices.language.texts import is_blank, shorten
from practices.language.words import squash

from .criteria import state_of
from .gathering import Gathered
from .grid import SHOWN
from .values import LONGEST, Note
from .word import Line

TITLES = frozenset(
    squash(title)
    for title in (
        *("Ficha de buena práctica", "Ficha buena práctica", "Buena práctica", "Buenas prácticas", "Ficha"),
        *("Ficha de buenas prácticas", "Ficha técnica", "Ficha técnica de buena práctica", "Formato", "Descripción"),
        *("Campo", "Valor", "Contenido", "Información", "Detalle"),
    )
)
MARKED = re.compile(r"\s*(?:[•▪■●·–—*-]|\d{1,3}[.)])\s")
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


def joined(lines: Sequence[Line]) -> str:
    """Paragraphs with an empty line between them, items of a list without."""
    text, before = "", False
    for line in lines:
        if not line.text.strip():
            continue
        item = line.listed or bool(MARKED.match(line.text))
        text += (_LINE if item and before else _PARAGRAPH if text else "") + line.text
        before = item
    return text


def gather_links(gathered: Gathered, section: Section) -> None:
    """Each link with its address; a line without one as it is written."""
    for line in section.lines:
        if not line.links:
            gathered.add("links", line.text)
        elif len(line.links) == 1:
            text, address = line.links[0]
            label = MARKED.sub("", line.text, count=1).replace(f" ({address})", "").strip()
            gathered.links.append(
                {"label": "" if label in {address, text} and text in address else label, "address": address}
            )
        else:
            gathered.links += [
                {"label": "" if text in address else text, "address": address} for text, address in line.links
            ]


def gather_hidden_links(gathered: Gathered, section: Section) -> None:
    """Files that the form links to are links of the practice."""
    if section.name == "attachments":
        gathered.links += [
            {"label": "" if text in address else text, "address": address}
            for line in section.lines
            for text, address in line.links
        ]


def gather_criteria(gathered: Gathered, section: Section) -> list[Note]:
    """Lines “Eficaz: cumple. Porque …”; another line is told."""
    notes = []
    for line in section.lines:
        name, _sign, rest = MARKED.sub("", line.text, count=1).partition(":")
        state = state_of(rest.strip())
        if rest.strip() and state:
            gathered.criteria.append((name.strip(), *state))
        elif not is_blank(line.text):
            notes.append(unread("criteria", section.label, line.text))
    return notes


def second(gathered: Gathered, section: Section, notes: list[Note], errors: list[Note]) -> None:
    """A label met again: the title repeated on the next page says nothing new; another value is told."""
    if is_blank(section.text) or squash(section.text) in map(squash, gathered.texts[section.name]):
        return
    if section.name == "code":
        message = _("a second code stands in the document: one ficha a file can be read")
        errors.append(Note("code", message, False, section.label[:SHOWN], section.text[:SHOWN]))
    else:
        notes.append(unread(section.name, section.label, section.text))


def unread(name: str, label: str, text: str) -> Note:
    return Note(name, _("not read: %s") % shorten(text, SHOWN), False, label[:SHOWN], text[:LONGEST])


def told_unknown(section: Section) -> list[Note]:
    label, text = " ".join(section.label.split()), section.text
    if not text and squash(label) in TITLES:
        return []
    message = _("unknown label, not read: %s") % (shorten(text, SHOWN) or "—")
    return [Note(label[:SHOWN], message, False, label[:SHOWN], text[:LONGEST])]


def told_before(lines: Sequence[Line]) -> list[Note]:
    said = [line.text for line in lines if squash(line.text) not in TITLES]
    return [
        Note("", _("before the ficha, not read: %s") % shorten(text, SHOWN), False, "", text[:LONGEST])
        for text in said
    ]
