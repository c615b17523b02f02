"""Contacts of the working record, as imports bring them."""

from collections.abc import Iterable
from typing import Any, Protocol

from practices.models.contact import Contact
from practices.models.practice import Practice


class ContactValues(Protocol):
    """What an import knows of a contact; see exchange.readers.contacts."""

    as_written: str
    name: str
    role: str
    email: str
    phone: str
    consent_given_on: Any
    consent_given_by: str
    consent_until: Any


IDENTITY = ("as_written", "name", "role", "email", "phone")
CONSENT = ("consent_given_on", "consent_given_by", "consent_until")


def add_contacts(practice: Practice, contacts: Iterable[ContactValues]) -> int:
    """Add those the record does not have yet; returns how many. A contact that it has keeps its consent as it is:
    only people give and withdraw consents, a file read again does not."""
    known = {_identity(contact) for contact in practice.contact_set.all()}
    added = 0
    for contact in contacts:
        if _identity(contact) in known:
            continue
        row = Contact(practice=practice, **{name: getattr(contact, name) for name in (*IDENTITY, *CONSENT)})
        row.position = len(known) + 1
        row.full_clean()
        row.save()
        known.add(_identity(contact))
        added += 1
    return added


def _identity(contact: ContactValues | Contact) -> tuple[str, ...]:
    return tuple(getattr(contact, name) for name in IDENTITY)
