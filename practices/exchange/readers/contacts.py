"""Contacts as people write them. They are personal data: read beside the document, never into it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .values import Unreadable, day_of, line_of, only_keys

MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
EDGES = " \t:;,–—-()"


@dataclass(frozen=True)
class ContactReading:
    as_written: str = ""
    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    consent_given_on: date | None = None
    consent_given_by: str = ""
    consent_until: date | None = None


def contacts_of(value: Any) -> list[ContactReading]:
    """One contact or several, each a text or an object. Raises Unreadable."""
    entries = value if isinstance(value, list | tuple) else [value]
    return [contact for entry in entries if (contact := contact_of(entry)) != ContactReading()]


def has_mail(value: Any) -> bool:
    """Whether a text holds a mail address and no web address."""
    return isinstance(value, str) and len(value) < 2_000 and "://" not in value and bool(MAIL.search(value))


def contact_of(value: Any) -> ContactReading:
    if isinstance(value, dict):
        return _from_object(value)
    text = line_of(value)
    mails = MAIL.findall(text)
    if len(mails) != 1:
        return ContactReading(as_written=text)
    # What stands beside the mail may be a person or a role; which one only a person can tell.
    return ContactReading(as_written=text, email=mails[0], role=text.replace(mails[0], "").strip(EDGES))


def _from_object(value: dict[str, Any]) -> ContactReading:
    only_keys(value, "as_written", "name", "role", "email", "phone", "note", "consent")
    consent = value.get("consent") or {}
    if not isinstance(consent, dict):
        raise Unreadable(_("expected a list of objects, or one object"))
    return ContactReading(
        as_written=line_of(value.get("as_written")),
        name=line_of(value.get("name")),
        role=line_of(value.get("role")),
        email=line_of(value.get("email")),
        phone=line_of(value.get("phone")),
        consent_given_on=day_of(consent.get("given_on")),
        consent_given_by=line_of(consent.get("given_by")),
        consent_until=day_of(consent.get("until")),
    )
