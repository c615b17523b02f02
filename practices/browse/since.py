"""From when somebody wants to be told what changed: a catalogue version, a place in a walk, a date or a moment."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.db.models import Min, Q
from django.utils.timezone import get_default_timezone

from practices.models.publication import Publication, Status

LAST = 10**18
"""Above every id."""
NUMBER = re.compile(r"[0-9]{1,18}")
WALK = re.compile(r"([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 40
PLUS = re.compile(r"(T.*) (?=[0-9]{2}:?[0-9]{2}$)")
"""In an address a plus stands for a space: `2026-11-01T08:00:00+01:00`, typed as it is, arrives without it."""


class Place(NamedTuple):
    """Of a publication in the order of changes. It only grows: whoever changes moves to the end."""

    changed_in: int
    pk: int


@dataclass(frozen=True)
class Since:
    """What a copy holds: all that was selected in a catalogue version, as far as changes up to a place tell."""

    version: int
    told: Place
    held: int
    """What changed in this version or before and is not selected never was in the copy."""

    @classmethod
    def of_version(cls, number: int) -> "Since":
        """All of that version."""
        return cls(number, Place(number, LAST), number)

    @classmethod
    def empty(cls, version: int) -> "Since":
        """Nothing yet, on the way to that version."""
        return cls(version, Place(0, 0), version)

    def __str__(self) -> str:
        if self.told == Place(self.version, LAST):
            return str(self.version)
        return f"{self.told.changed_in}-{self.told.pk}-{self.version}-{self.held}"


def read_since(text: str, version: int) -> Since | None:
    """What the parameter says while the catalogue is in this version. A moment costs two queries.

    None for whatever cannot be relied on: nonsense, a moment without its offset, a version that is still to come.
    """
    if NUMBER.fullmatch(text):
        return Since.of_version(int(text)) if 0 < int(text) <= version else None
    if walk := WALK.fullmatch(text):
        changed_in, pk, begun, held = map(int, walk.groups())
        return Since(begun, Place(changed_in, pk), held) if max(changed_in, held) <= begun <= version else None
    moment = read_moment(text)
    return _since_moment(moment, version) if moment else None


def read_moment(text: str) -> datetime | None:
    """In UTC. A day begins at the earlier of its two midnights, in UTC and here: whoever counts his days in either
    zone is told some hours twice instead of losing them."""
    try:
        if DAY.fullmatch(text):
            midnight = datetime.combine(date.fromisoformat(text), time())
            return min(midnight.replace(tzinfo=zone).astimezone(UTC) for zone in (UTC, get_default_timezone()))
        moment = datetime.fromisoformat(PLUS.sub(r"\1+", text[:LONGEST]))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _since_moment(moment: datetime, version: int) -> Since:
    """The last version before every change from that moment on. Perhaps some earlier changes are told again: who
    waits for another to publish has an earlier moment in a later version."""
    # Ids grow with the versions, and the index by date holds them: so the first of 100,000 is found without a row.
    newer = Publication.objects.current().filter(published_at__gte=moment).order_by().aggregate(first=Min("pk"))
    changed = Q(status=Status.WITHDRAWN, withdrawn_at__gte=moment)
    if newer["first"]:
        changed |= Q(pk=newer["first"])
    first = Publication.objects.filter(changed).aggregate(first=Min("changed_in"))["first"]
    if first is None:
        return Since.of_version(version)
    return Since.of_version(first - 1) if first else Since(0, Place(0, 0), 0)
