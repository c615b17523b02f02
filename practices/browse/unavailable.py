"""Which links the public is warned of. Each worker keeps them until one is marked or cleared.

A site where no link ever failed pays nothing; any other one query in each worker after such a change, and none for
the other changes of the catalogue.
"""

import threading
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from practices.models.link_check import LinkCheck
from practices.models.reading import database, source
from practices.models.version import CatalogueVersion, Standing

Unavailable = Mapping[str, date]
"""Since when, by the key of the address (models.link_check.key_of)."""


class _Kept(NamedTuple):
    stamp: tuple[int, int]
    found: Unavailable


_lock = threading.Lock()
_kept: dict[str, _Kept] = {}


def unavailable() -> Unavailable:
    standing = CatalogueVersion.standing_of_request()
    if not standing.links_in:
        return {}
    name = source()
    known = _kept.get(name)
    if known and known.stamp == _stamp(standing):
        return known.found
    rows = LinkCheck.objects.unavailable().values_list("key", "unavailable_since")
    found = {key: since for key, since in rows if since}
    if not database().in_atomic_block:
        # What a transaction wrote may yet be rolled back: nothing of it is kept.
        with _lock:
            _kept[name] = _Kept(_stamp(standing), found)
    return found


def _stamp(standing: Standing) -> tuple[int, int]:
    # A backup that was restored may hold other links under the same number; it is told by the rebuilding.
    return standing.links_in, standing.rebuilt_in


def forget() -> None:
    """Drop what is kept: between tests, and when a database was replaced."""
    with _lock:
        _kept.clear()
