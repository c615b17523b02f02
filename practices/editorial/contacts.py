"""Contacts of the working record, as imports bring them."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.contrib.auth.models import User

from practices.models.contact import Contact
from practices.models.practice import Practice

from .consents import sign_given


class ContactValues(Protocol):
    """What an import knows of a contact; see exchange.readers.contacts. Frozen, so every field is read-only."""

    @property
    def as_written(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def consent_given_on(self) -> date | None: ...
    @property
    def consent_given_by(self) -> str: ...
    @property
    def consent_until(self) -> date | None: ...


IDENTITY = ("as_written", "name", "role", "email", "phone")
CONSENT = ("consent_given_on", "consent_given_by", "consent_until")


def add_contacts(practice: Practice, contacts: Iterable[ContactValues], by: User | None = None) -> int:
    """Add those the record does not have yet; returns how many. A contact that it has keeps its consent as it is:
    only people give and withdraw consents, a file read again does not."""
    known = {_identity(contact) for contact in practice.contact_set.all()}
    added: list[Contact] = []
    for contact in contacts:
        if _identity(contact) in known:
            continue
        row = Contact(practice=practice, **{name: getattr(contact, name) for name in (*IDENTITY, *CONSENT)})
        row.position = len(known) + 1
        # Its limits are those of its fields and of clean(); the database holds them, too.
        row.full_clean(exclude=["practice"], validate_constraints=False)
        row.save()
        known.add(_identity(contact))
        added.append(row)
    sign_given([row.pk for row in added if row.consent_given_on], by)
    return len(added)


def _identity(contact: ContactValues | Contact) -> tuple[str, ...]:
    return tuple(getattr(contact, name) for name in IDENTITY)
