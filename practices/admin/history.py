"""The history as people read it: each event in words, with what was added and removed in each field marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from practices.comparison import Change
from practices.editorial.contact_history import ADDED, CHANGED, REMOVED
from practices.editorial.history import changes_of
from practices.exchange.writers.dates import long_date
from practices.language.differences import Stretch, differences
from practices.models.history import Event, Kind

from .field_names import field_name

EACH_PAGE = 25

REFUSALS: dict[str, str | Promise] = {
    "NotReady: ": _("something is missing: "),
    "PermissionDenied: practices.publish_practice": _("whoever set the time may no longer publish."),
    "PermissionDenied: practices.review_practice": _("it was not approved."),
    "NotPublished: ": _("it was not public: "),
    "Unchanged: ": _("nothing had changed since "),
}
"""What scheduling.py writes of a refusal, in words."""

OF_A_VERSION = (Kind.PUBLISHED, Kind.WITHDRAWN, Kind.RESTORED, Kind.RECODED)
"""Their notes begin with the number of the version."""

CONTACTS: dict[str, str | Promise] = {ADDED: _("is new"), REMOVED: _("was taken away"), CHANGED: _("was changed")}


@dataclass(frozen=True)
class FieldChange:
    """One field of an event or of two versions. `only` says what became of it where its texts are not told."""

    name: str
    stretches: list[Stretch]
    only: str | Promise = ""


@dataclass(frozen=True)
class Told:
    """An event in words. Reads nothing but the event itself and its user."""

    event: Event

    @property
    def what(self) -> str:
        if self.event.kind == Kind.CHANGED and not self.event.note and self.event.changes == "[]":
            return str(_("Taken back out of the review"))
        return capfirst(self.event.get_kind_display())

    @property
    def who(self) -> str:
        name = said_name(self.event.by) if self.event.by else ""
        return self.event.who or name or str(_("The system"))

    @property
    def note(self) -> str:
        return note_in_words(Kind(self.event.kind), self.event.note)

    @property
    def changes(self) -> list[FieldChange]:
        return list(field_changes(changes_of(self.event)))


def said_name(user: User) -> str:
    full = user.get_full_name()
    return f"{full} ({user.get_username()})" if full else user.get_username()


def field_changes(changes: Iterable[Change]) -> Iterator[FieldChange]:
    for change in changes:
        name = field_name(change.field)
        if change.field.startswith("contact ") and change.after in CONTACTS:
            yield FieldChange(name, [], CONTACTS[change.after])
        else:
            yield FieldChange(name, differences(change.before, change.after))


def note_in_words(kind: Kind, note: str) -> str:
    """The note, with the signs that editorial/ writes for versions, times and refusals said as people say them."""
    first, _space, rest = note.partition(" ")
    if kind in OF_A_VERSION and first.startswith("v") and first[1:].isdigit():
        return ". ".join(filter(None, (str(_("Version %s")) % first[1:], rest)))
    if kind == Kind.SCHEDULED and first in ("↑", "↓"):
        return _scheduled(first, rest)
    if kind == Kind.FAILED:
        for sign, words in REFUSALS.items():
            note = note.replace(sign, str(words))
    return note


def _scheduled(sign: str, rest: str) -> str:
    at, _space, text = rest.partition(" ")
    try:
        when = localtime(datetime.fromisoformat(at))
    except ValueError:
        return rest
    moment = f"{long_date(when)}, {time_format(when)}"
    said = str(_("Publication on %s") if sign == "↑" else _("Withdrawal on %s")) % moment
    return ". ".join(filter(None, (said, text)))


def page_of(events: QuerySet[Event], request: HttpRequest) -> dict[str, Any]:
    """The events of the page that the address asks for, and the pages there are. Two queries."""
    paginator = Paginator(events.select_related("by"), EACH_PAGE)
    page: Page[Event] = paginator.get_page(request.GET.get("p"))
    return {
        "page": page,
        "told": [Told(event) for event in page],
        "page_range": list(paginator.get_elided_page_range(page.number)),
    }
