"""JSON Schemas (draft 2020-12) made out of the classes that the data are made of, so that neither can be without the
other: the document of a practice, and the answers that `openapi/answers.py` declares."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext

from practices.document import SCHEMA, PracticeDocument

from .document_fields import FIELDS, TITLES

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DEFINITIONS = "#/$defs/{name}"
ROOT = PracticeDocument.__name__

EARLIER: Mapping[int, Callable[[], Schema]] = {}
"""From a schema version before today's to what gives its JSON Schema: whoever raises SCHEMA keeps here what is derived
today, because a publication keeps the schema that it was frozen with."""


def document_schema(number: int, address: str) -> Schema | None:
    """The schema of the documents of one version, known by that address; None for a version that never was. In the
    language in force."""
    if number in EARLIER:
        return {"$schema": DIALECT, "$id": address, **EARLIER[number]()}
    if number != SCHEMA:
        return None
    definitions = document_definitions(DEFINITIONS)
    root = definitions.pop(ROOT)
    return {"$schema": DIALECT, "$id": address, **root, "$defs": definitions}


def document_definitions(template: str) -> dict[str, Schema]:
    """The document and its parts by name; `template` is how one leads to another, with {name} in it."""
    found = definitions([PracticeDocument], template)
    for kind, fields in FIELDS.items():
        schema = found[kind.__name__]
        schema["title"] = str(TITLES[kind])
        schema["additionalProperties"] = False
        for name, told in fields.items():
            described = _merged(schema["properties"][name], told.limits)
            schema["properties"][name] = {"title": str(told.label), "description": str(told.meaning), **described}
    # The number is the one thing that tells which schema a document keeps to.
    found[ROOT]["properties"]["schema"]["const"] = SCHEMA
    found[ROOT]["required"] = [*found[ROOT]["required"], "schema"]
    return found


def definitions(types: Iterable[Any], template: str) -> dict[str, Schema]:
    """The schemas of these classes and of all that they are made of, by name. What a class says of itself is meant for
    who reads the code, so it is left out; what `says` declares is said in the language in force."""
    return {
        name: {key: _told(part) for key, part in schema.items() if key != "description"}
        for name, schema in _derived(tuple(types), template).items()
    }


@lru_cache(maxsize=8)
def _derived(types: tuple[Any, ...], template: str) -> dict[str, Schema]:
    """As msgspec tells them: not to be changed."""
    _leads, found = msgspec.json.schema_components(types, ref_template=template)
    return found


def _told(part: Any, key: str = "") -> Any:
    """Decimals are numbers here, as the documents write them; texts are those of the language."""
    if isinstance(part, dict):
        if part.get("format") == "decimal":
            return {**{name: value for name, value in part.items() if name != "format"}, "type": "number"}
        return {name: _told(value, name) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_told(value) for value in part]
    return gettext(part) if key == "description" and isinstance(part, str) else part


def _merged(schema: Schema, limits: Mapping[str, Any]) -> Schema:
    """With the limits, those of what it holds set beside what that says already."""
    merged = deepcopy(schema)
    for name, value in limits.items():
        held = merged.get(name)
        merged[name] = _merged(held, value) if isinstance(held, dict) else plain(value)
    return merged


def plain(value: Any) -> Any:
    """A copy in which texts that wait for a language have got it."""
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return str(value) if isinstance(value, Promise) else value
