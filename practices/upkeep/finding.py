"""What is not as it should be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    INDEX = "index"
    WORDS = "words"
    FACETS = "facets"
    DRAWN = "drawn"
    VERSION = "version"
    GUARDS = "guards"
    STANDING = "standing"
    FILE_TEXT = "file text"
    STAGED = "staged"
    ORPHAN_FILE = "orphan file"
    DOCUMENT = "document"
    NUMBERS = "numbers"
    IN_FORCE = "in force"
    CODE = "code"
    FILE = "file"
    ORPHAN_ROW = "orphan row"
    CONSENT = "consent"


DERIVED = frozenset(
    {
        *(Kind.INDEX, Kind.WORDS, Kind.FACETS, Kind.DRAWN, Kind.VERSION, Kind.GUARDS, Kind.STANDING),
        *(Kind.FILE_TEXT, Kind.STAGED, Kind.ORPHAN_FILE),
    }
)
"""What can be made again of what is there; everything else needs a person, or a backup."""


@dataclass(frozen=True)
class Finding:
    """`what` names rows by code and number, never a person."""

    kind: Kind
    what: str
    repaired: bool = False

    @property
    def derived(self) -> bool:
        """Whether --repair may mend it."""
        return self.kind in DERIVED

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


Check = Callable[[], Iterator[Finding]]
