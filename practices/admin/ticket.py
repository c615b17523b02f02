"""What a practice's form knows of itself when it comes back: whose it is, and what it was drawn from."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest

from practices.models.practice import Practice

FIELD = "form_ticket"
SALT = "practices.admin.ticket"


@dataclass(frozen=True)
class Ticket:
    """Signed, so that nobody can claim another person's form. `practice` and `revision` are None for a new record."""

    user: int
    practice: int | None = None
    revision: int | None = None
    # One for each form that is opened: sent twice, it makes one record.
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    # When it was opened, in seconds since 1970.
    opened: float = field(default_factory=time.time)

    def signed(self) -> str:
        told = [self.user, self.practice, self.revision, self.key.hex, self.opened]
        return signing.dumps(told, salt=SALT)

    @property
    def opened_at(self) -> datetime:
        return datetime.fromtimestamp(self.opened, UTC)


def ticket_for(request: HttpRequest, practice: Practice | None = None) -> Ticket:
    """A new one, for the form that is being drawn."""
    user = request.user.pk or 0
    return Ticket(user, practice.pk, practice.revision) if practice and practice.pk else Ticket(user)


def read_ticket(sent: Mapping[str, Any]) -> Ticket | None:
    """The ticket that came back with a form; None for none and for a forged one."""
    try:
        user, practice, revision, key, opened = signing.loads(str(sent.get(FIELD, "")), salt=SALT)
    except signing.BadSignature:
        return None
    return Ticket(user, practice, revision, uuid.UUID(key), opened)
