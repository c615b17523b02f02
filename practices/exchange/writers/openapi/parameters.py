"""What the addresses take: the public parameters as `browse` reads them, and what stands in a path."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from practices.browse import parameters as names
from practices.browse.facets import LABELS
from practices.browse.terms import NATIONAL
from practices.document import SCHEMA
from practices.exchange.writers.document_fields import SLUG
from practices.exchange.writers.panorama import TABLES

from .declarations import Parameter

TEXT = {"type": "string"}
SHORT_NAME = {**TEXT, "pattern": r"^[\w-]{1,80}$"}
NUMBER = {"type": "integer", "minimum": 1}
ANY_NUMBER = 7_000_007

SHAPES: Mapping[str, Mapping[str, Any]] = {
    names.DEPARTMENT: {**TEXT, "pattern": f"^([0-9]{{2}}|{NATIONAL})$", "examples": ["17"]},
    "municipio": {**TEXT, "pattern": "^[0-9]{5}$", "examples": ["17001"]},
    "anio": {**TEXT, "pattern": "^[0-9]{4}$", "examples": ["2020"]},
    "indicadores": {**TEXT, "enum": [names.YES]},
    "archivos": {**TEXT, "enum": [names.YES]},
}
"""Of the facets whose values have a shape of their own; those of the others are short names, which the facets of the
JSON list tell."""

TEXT_SOUGHT = Parameter(names.TEXT, _("Words, or a code"), TEXT)
SELECTION = (
    TEXT_SOUGHT,
    *(Parameter(name, LABELS[name], SHAPES.get(name, SHORT_NAME), repeats=True) for name in names.FACETS),
    Parameter(names.WITH_NATIONAL, _("National practices count in every department"), {**TEXT, "enum": [names.YES]}),
    Parameter(names.EXACT, _("The text is searched for just as it is typed"), {**TEXT, "enum": ["1"]}),
)
ORDER = Parameter(names.ORDER, _("Order of the results"), {**TEXT, "enum": list(names.ORDERS)})
SIZE = Parameter(
    names.SIZE,
    _("Practices of a page"),
    {"type": "integer", "enum": list(names.SIZES), "default": names.USUAL_SIZE},
)
PAGE = Parameter(names.PAGE, _("Number of the page"), {**NUMBER, "default": 1})
FORMAT = Parameter(
    names.FORMAT,
    _("With commas and decimal points, without the mark of UTF-8"),
    {**TEXT, "enum": [names.INTERNATIONAL]},
)
TABLE = Parameter("tabla", _("Which of the tables"), {**TEXT, "enum": list(TABLES), "default": next(iter(TABLES))})
COMPARED = Parameter(
    names.CODE,
    _("A practice to compare, in any spelling of its code; repeated for each, up to four"),
    TEXT,
    repeats=True,
)
FROM = Parameter("de", _("Number of the version before"), NUMBER)
TO = Parameter("a", _("Number of the version after"), NUMBER)
SINCE = Parameter(
    names.SINCE,
    _("What changed since then: 0, the next_since of an answer, a date, a moment with its offset"),
    {**TEXT, "examples": ["0", "2026-01-31", "2026-01-31T12:00:00-05:00"]},
)

PRACTICE = Parameter(
    "code",
    _("Code of the practice; another spelling of it is redirected"),
    {**TEXT, "maxLength": 100},
    "path",
    stand_in="code-7",
)
VERSION = Parameter("number", _("Number of the version"), NUMBER, "path", stand_in=ANY_NUMBER)
FILE = Parameter(
    "number", _("Place of the file in the document, from 1"), NUMBER, "path", stand_in=ANY_NUMBER, key="file-number"
)
FILE_OF_VERSION = Parameter(
    "file", _("Place of the file in the document, from 1"), NUMBER, "path", stand_in=ANY_NUMBER + 1
)
ORGANIZATION = Parameter("slug", _("Short name of the organisation"), {**TEXT, **SLUG}, "path", stand_in="slug-7")
SITE_PAGE = Parameter("slug", _("Short name of the page"), {**TEXT, **SLUG}, "path", stand_in="slug-7", key="page")
SCHEMA_NUMBER = Parameter(
    "number", _("Version of the schema"), {**NUMBER, "maximum": SCHEMA}, "path", stand_in=ANY_NUMBER, key="schema"
)
