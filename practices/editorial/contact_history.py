"""What the history tells of contacts: which one, what kind of change, since when and until when a consent holds.

Contacts are personal data: nothing that they say, not even who gave a consent, is copied into the history.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from practices.comparison import Change
from practices.models.contact import Contact
from practices.models.history import Kind
from practices.models.practice import Practice

from .consents import sign_ended, sign_given
from .history import record

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
CONTENT = ("as_written", "name", "role", "email", "phone", "consent_given_by")
CONTACT = "contact"


def contacts_of(practice: Practice) -> list[Contact]:
    """As they are stored now, in their order. One query."""
    return list(Contact.objects.filter(practice_id=practice.pk))


@transaction.atomic
def contacts_written(practice: Practice, before: Sequence[Contact], by: User | None = None) -> None:
    """What follows every writing of contacts, in its transaction; `before` are those that there were."""
    after = contacts_of(practice)
    content, consents = list(_contents(before, after)), list(_consents(before, after))
    if content:
        record(practice, Kind.CHANGED, by, changes=content)
    if consents:
        record(practice, Kind.CONSENT, by, changes=consents)
        _sign(before, after, by)
    if content or consents:
        Practice.objects.filter(pk=practice.pk).update(revision=F("revision") + 1)
        practice.refresh_from_db(fields=["revision"])


def _sign(before: Sequence[Contact], after: Sequence[Contact], by: User | None) -> None:
    """Put the person who did it beside what the register says by itself."""
    pairs = [(old, new) for _number, old, new in _pairs(before, after) if _consent(old) != _consent(new)]
    sign_ended([old.pk for old, _new in pairs if old and old.consent_given_on], by)
    sign_given([new.pk for old, new in pairs if new and _given(new) not in (None, _given(old))], by)


def _given(contact: Contact | None) -> date | None:
    return contact.consent_given_on if contact else None


def _contents(before: Sequence[Contact], after: Sequence[Contact]) -> Iterator[Change]:
    for number, old, new in _pairs(before, after):
        if old is None or new is None:
            yield Change(f"{CONTACT} {number}", "", REMOVED if new is None else ADDED)
        elif any(getattr(old, name) != getattr(new, name) for name in CONTENT):
            yield Change(f"{CONTACT} {number}", "", CHANGED)


def _consents(before: Sequence[Contact], after: Sequence[Contact]) -> Iterator[Change]:
    for number, old, new in _pairs(before, after):
        first, second = _consent(old), _consent(new)
        if first != second:
            yield Change(f"{CONTACT} {number}", first, second)


def _pairs(
    before: Sequence[Contact], after: Sequence[Contact]
) -> Iterator[tuple[int, Contact | None, Contact | None]]:
    """Each contact as it was and as it is, with its place in the list."""
    was, now = {row.pk: row for row in before}, {row.pk: row for row in after}
    for number, row in enumerate(after, 1):
        yield number, was.get(row.pk), row
    for number, row in enumerate(before, 1):
        if row.pk not in now:
            yield number, row, None


def _consent(contact: Contact | None) -> str:
    """“2024-01-31 – 2026-01-31”, “2024-01-31 – …”, or nothing."""
    if contact is None or contact.consent_given_on is None:
        return ""
    return f"{contact.consent_given_on.isoformat()} – {_day(contact.consent_until)}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "…"
