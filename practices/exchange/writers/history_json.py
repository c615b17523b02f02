"""The history of a practice as data: its versions, what changed between two of them, and what was withdrawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from practices.models.publication import Publication, Status

from .changes import FieldChange

Data = dict[str, Any]


class Listed(NamedTuple):
    """A version in the list; `before` is the number of the one that it can be compared with."""

    publication: Publication
    before: int | None


@dataclass(frozen=True)
class History:
    """Every version of a practice, the newest first."""

    current: Publication
    every: Sequence[Publication]

    @property
    def readable(self) -> list[int]:
        return [publication.number for publication in self.every if not publication.withdrawn_at]

    @property
    def listed(self) -> list[Listed]:
        earlier = dict(pairwise(self.readable))
        return [Listed(publication, earlier.get(publication.number)) for publication in self.every]


@dataclass(frozen=True)
class Comparison:
    """Two versions, and the fields in which they differ; `readable` are the numbers of all that can be compared.

    Without the stretches that were removed a text is what it is after; without those that were added, what it was
    before.
    """

    current: Publication
    before: Publication
    after: Publication
    readable: list[int]
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Addresses:
    """What makes full addresses: of a version, and of the comparison of two, from the number or numbers."""

    page: Callable[[int], str]
    data: Callable[[int], str]
    changes: Callable[[int, int], str]


def history_as_data(history: History, addresses: Addresses) -> Data:
    current = history.current
    return {
        **_practice(current),
        "version": current.number,
        "versions": [
            {
                **version_as_data(publication, addresses),
                "before": before,
                "changes": None if before is None else addresses.changes(before, publication.number),
            }
            for publication, before in history.listed
        ],
    }


def comparison_as_data(comparison: Comparison, addresses: Addresses) -> Data:
    return {
        **_practice(comparison.current),
        "before": version_as_data(comparison.before, addresses),
        "after": version_as_data(comparison.after, addresses),
        "readable": comparison.readable,
        "changes": [_change(change) for change in comparison.changes],
    }


def version_as_data(publication: Publication, addresses: Addresses) -> Data:
    """Without what it says, which is its own document: of one that was withdrawn there is none, nor an address."""
    withdrawn = publication.withdrawn_at
    return {
        "version": publication.number,
        "status": Status.WITHDRAWN.value if withdrawn else publication.status,
        "published": publication.published_at.isoformat(),
        "note": publication.note,
        "withdrawn": withdrawn.isoformat() if withdrawn else None,
        "reason": publication.withdrawal_reason,
        "url": None if withdrawn else addresses.page(publication.number),
        "data": None if withdrawn else addresses.data(publication.number),
    }


def withdrawal_as_data(publication: Publication, current: Publication | None = None) -> Data:
    """All that is said of what was withdrawn: a practice or, where another version is `current`, only this one."""
    withdrawn = publication.withdrawn_at
    return {
        "error": "withdrawn",
        "code": publication.code,
        "withdrawn": withdrawn.isoformat() if withdrawn else None,
        "reason": publication.withdrawal_reason,
        **({"version": publication.number, "current": current.number} if current else {}),
    }


def _practice(publication: Publication) -> Data:
    return {"code": publication.code, "title": publication.title}


def _change(change: FieldChange) -> Data:
    stretches = [{"fate": stretch.fate, "text": stretch.text} for stretch in change.stretches]
    return {"field": change.field, "name": str(change.name), "stretches": stretches}
