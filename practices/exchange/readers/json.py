"""Practices from JSON: a list of objects, or one object."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from practices.language.coverage import Gazetteer

from .reading import NotAnImport, Readings, too_many
from .record import read_record


def read_json(path: Path, gazetteer: Gazetteer, prefixes: Sequence[str] = (), most: int | None = None) -> Readings:
    """The records of a JSON file: a list of objects, or one object. Raises NotAnImport.

    `prefixes` are the known series of codes; a code written in one word is read by them only. Of more than `most`
    records none is read: a million empty ones fit into a file of some megabytes.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        raise NotAnImport(
            _("line %(line)d, column %(column)d: %(why)s")
            % {"line": error.lineno, "column": error.colno, "why": error.msg}
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise NotAnImport(str(error)) from error
    records = content if isinstance(content, list) else [content]
    if not all(isinstance(record, dict) for record in records):
        raise NotAnImport(_("expected a list of objects, or one object"))
    if most is not None and len(records) > most:
        raise too_many(len(records), most)
    return Readings(read_record(record, place, gazetteer, prefixes) for place, record in enumerate(records, 1))


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        raise NotAnImport(_("the key “%s” stands twice in one object") % max(keys, key=keys.count)[:80])
    return found
