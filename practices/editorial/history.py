"""Writing history: one event for everything that happens to a practice, with what each field said before and after."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.contrib.auth.models import User
from django.utils import timezone

from practices.comparison import Change, compare
from practices.document import PracticeDocument
from practices.models.history import NOTE, Event, Kind
from practices.models.practice import Practice

_decoder = msgspec.json.Decoder(list[tuple[str, str, str]])


def record(
    practice: Practice,
    kind: Kind,
    by: User | None = None,
    note: str = "",
    changes: Sequence[Change] = (),
    who: str = "",
    at: datetime | None = None,
) -> Event:
    """Write one event, in the caller's transaction. `by` is None for the system itself; one query."""
    lines = [(change.field, change.before, change.after) for change in changes]
    return Event.objects.create(
        practice_id=practice.pk,
        code=practice.code,
        kind=kind,
        at=at or timezone.now(),
        by=by,
        who=who,
        note=note[:NOTE],
        changes=msgspec.json.encode(lines).decode(),
    )


def changes_of(event: Event) -> list[Change]:
    return [Change(*line) for line in _decoder.decode(event.changes)]


def record_writing(
    practice: Practice,
    before: PracticeDocument | None,
    after: PracticeDocument,
    by: User | None = None,
    kind: Kind | None = None,
    note: str = "",
) -> Event | None:
    """The event of a record that was written, or None where nothing in it changed and no kind of its own is given."""
    changes = compare(before, after)
    if before is None:
        return record(practice, kind or Kind.CREATED, by, note, changes)
    if not changes and kind is None:
        return None
    return record(practice, kind or Kind.CHANGED, by, note, changes)
