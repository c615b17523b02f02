"""The changes of a selection as JSON Lines: frozen documents, tombstones, and a last line that says where to go on."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from practices.browse.changes import Changes

from .tombstones import tombstones_of


def changed_lines(changes: Changes, address_of: Callable[[str], str]) -> Iterator[str]:
    """The changes in their order. The last one says that it is the last: an answer without it was cut."""
    practices = tombstones = 0
    for change in changes:
        for tombstone in tombstones_of(change, address_of):
            tombstones += 1
            yield _line(tombstone)
        if not change.is_gone:
            practices += 1
            yield f"{change.publication.document}\n"
    counted = {"practices": practices, "tombstones": tombstones}
    yield _line({**said_of(changes), "next_since": str(changes.next_since), **counted})


def said_of(changes: Changes) -> dict[str, Any]:
    """From where the changes are told; null where `complete`, and what is told is all there is."""
    return {"since": None if changes.is_complete else str(changes.since), "complete": changes.is_complete}


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
