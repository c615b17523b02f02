"""The data dictionary: each column of the tables and each field of the document, what it is called, holds and means.

Made of the columns that are written and of the schema that documents keep to, so that it names just what there is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from practices.document import PracticeDocument

from .columns_out import COLUMNS
from .schemas import Schema, document_definitions

LANGUAGES = ("es", "en")
TABLE, DOCUMENT = "practicas.csv · practicas.xlsx", "practicas.jsonl · <código>.json"
LEAD = "#/$defs/"
HEADER = ("datos", "campo", "nombre_es", "nombre_en", "tipo_es", "tipo_en", "significado_es", "significado_en")


@dataclass(frozen=True)
class Entry:
    """A column or a field in one language; `name` is how the data themselves name it."""

    name: str
    label: str
    kind: str
    meaning: str


def columns() -> list[Entry]:
    """Of the tables, in their order. A table is headed by the labels of its language, which are its names."""
    return [
        Entry(str(column.label), str(column.label), capfirst(str(column.kind)), str(column.meaning))
        for column in COLUMNS
    ]


def fields() -> list[Entry]:
    """Of the document, each after the one that it is part of: authors, authors[].name."""
    found = document_definitions(f"{LEAD}{{name}}")
    return list(_fields(found[PracticeDocument.__name__], found, ""))


def _fields(schema: Schema, found: dict[str, Schema], before: str) -> Iterator[Entry]:
    for name, part in schema["properties"].items():
        path = f"{before}{name}"
        yield Entry(path, part["title"], capfirst(_kind(part)), part["description"])
        held, many = (part["items"], "[]") if "items" in part else (_without_null(part), "")
        if "$ref" in held:
            yield from _fields(found[held["$ref"].removeprefix(LEAD)], found, f"{path}{many}.")


def _without_null(part: Schema) -> Schema:
    return next((one for one in part.get("anyOf", ()) if one.get("type") != "null"), part)


def _kind(part: Schema) -> str:
    """The type in words: “text”, “list of objects”, “number, or null”."""
    if "anyOf" in part:
        return _("%(kind)s, or null") % {"kind": _kind(_without_null(part))}
    if "items" in part:
        return _("list of objects") if "$ref" in part["items"] else _("list of texts")
    if "enum" in part:
        values = ", ".join(value for value in part["enum"] if value)
        return _("one of: %(values)s") % {"values": values}
    if "$ref" in part:
        return _("object")
    kinds = {"string": _("text"), "integer": _("whole number"), "number": _("number"), "boolean": _("true or false")}
    return kinds[part["type"]]


def with_other_label(entries: Callable[[], list[Entry]]) -> list[tuple[Entry, str]]:
    """The entries in the language in force, each with its label in the other one."""
    own = entries()
    with override(other_language()):
        return list(zip(own, [entry.label for entry in entries()], strict=True))


def other_language() -> str:
    spanish, english = LANGUAGES
    return english if (get_language() or spanish).startswith(spanish) else spanish


def both_languages() -> list[tuple[str, ...]]:
    """The rows of a table with both languages side by side, its header first."""
    return [HEADER, *_side_by_side(TABLE, columns), *_side_by_side(DOCUMENT, fields)]


def _side_by_side(data: str, entries: Callable[[], list[Entry]]) -> Iterator[tuple[str, ...]]:
    told = []
    for language in LANGUAGES:
        with override(language):
            told.append(entries())
    for spanish, english in zip(*told, strict=True):
        pairs = ((spanish.label, english.label), (spanish.kind, english.kind), (spanish.meaning, english.meaning))
        yield (data, spanish.name, *(text for pair in pairs for text in pair))
