"""The contract that both engines keep: the same ids for the same term."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db.backends.utils import CursorWrapper
from pyroaring import BitMap

Term = tuple[tuple[str, ...], bool]
"""Tokens that stand side by side, and whether the last is only the beginning of a word. Tokens are [a-z0-9]+."""

Entry = tuple[int, Sequence[str]]
"""The id of a publication and its tokens in order; "" keeps a place and is no token."""


class Engine(Protocol):
    def write(self, cursor: CursorWrapper, entries: Iterable[Entry]) -> None:
        """Write or rewrite these entries."""

    def prepare(self, cursor: CursorWrapper) -> None:
        """Before the first of many entries: let the index take them in large portions, in this transaction."""
        ...

    def settle(self, cursor: CursorWrapper) -> None:
        """After the last of many entries: put what was only queued where searches find it at once."""
        ...

    def remove(self, cursor: CursorWrapper, ids: Sequence[int]) -> None: ...

    def ids(self, cursor: CursorWrapper) -> BitMap:
        """Every publication that has an entry."""
        ...

    def differing(self, cursor: CursorWrapper, entries: Sequence[Entry]) -> set[int]:
        """The ids of those that are not in the index just so. One query."""
        ...

    def is_sound(self, cursor: CursorWrapper) -> bool:
        """Whether what can be found agrees with what is kept."""
        ...

    def clear(self, cursor: CursorWrapper) -> None: ...

    def postings(
        self, cursor: CursorWrapper, terms: Sequence[Term], after: int = 0, upto: int | None = None
    ) -> list[BitMap]:
        """For each term, the ids above `after` whose entry holds it. One query, however many terms.

        `upto` is the highest id that is wanted: a hint of how many there may be, not a limit.
        """
        ...
