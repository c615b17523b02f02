"""What waits for somebody: the lists of the desk, each of them practices, for one person at one time.

Writers find their own; whoever reviews or publishes finds what waits for that role, whoever wrote it. A list and the
link to all of it are the same condition, so that their numbers agree.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from practices.models.approval import Answer, Invitation
from practices.models.batch import BatchState, ImportBatch
from practices.models.contact import Contact
from practices.models.history import Event, Kind
from practices.models.identity import Identity
from practices.models.link_check import LinkCheck, key_of
from practices.models.missing_file import MissingFile
from practices.models.parts import Attachment, Link
from practices.models.practice import Practice, State
from practices.models.publication import Publication

from .roles import PUBLISH, REVIEW, WRITE, may

SHOWN = 5
RECENT = timedelta(days=30)
CONSENT_AHEAD = timedelta(days=60)
TOLD = (Kind.SENT, Kind.REOPENED, Kind.RETURNED, Kind.APPROVED, Kind.FAILED)
SETTLED = (Kind.SCHEDULED, Kind.UNSCHEDULED, Kind.PUBLISHED, Kind.WITHDRAWN)


@dataclass(frozen=True)
class Pile:
    """One list. With one of the permissions in `everybody` one finds all of it, else one's own."""

    slug: str
    condition: Callable[[datetime], Q]
    everybody: tuple[str, ...] = ()
    order: tuple[str, ...] = ("-changed_at", "-pk")


def in_state(state: State) -> Callable[[datetime], Q]:
    return lambda at: Q(state=state)


def failed(at: datetime) -> Q:
    """What could not be done as scheduled, and nobody has settled since."""
    settled = Event.objects.filter(practice=OuterRef("practice"), kind__in=SETTLED, at__gt=OuterRef("at"))
    events = Event.objects.filter(~Exists(settled), kind=Kind.FAILED, at__gte=at - RECENT)
    return Q(pk__in=events.values("practice_id"))


def with_author(at: datetime) -> Q:
    return Q(pk__in=told_to_authors(at).values("practice_id"))


def told_to_authors(at: datetime) -> QuerySet[Invitation]:
    """The links that wait for an answer, and the recent answers that no publication has followed."""
    published = Publication.objects.filter(practice=OuterRef("practice"), published_at__gt=OuterRef("answered_at"))
    waiting = Q(answer=Answer.NONE, revoked_at__isnull=True, expires_at__gt=at)
    answered = Q(~Exists(published), ~Q(answer=Answer.NONE), answered_at__gte=at - RECENT)
    return Invitation.objects.filter(waiting | answered)


def scheduled(at: datetime) -> Q:
    return Q(publish_at__isnull=False) | Q(withdraw_at__isnull=False)


def differing(at: datetime) -> Q:
    return Q(differs=True, state=State.PUBLISHED)


def with_ending_consent(at: datetime) -> Q:
    return Q(state=State.PUBLISHED, pk__in=ending_consents(at).values("practice_id"))


def ending_consents(at: datetime) -> QuerySet[Contact]:
    today = timezone.localdate(at)
    return Contact.objects.filter(consent_until__gte=today, consent_until__lte=today + CONSENT_AHEAD)


def with_silent_link(at: datetime) -> Q:
    """Of the record as it is now: who has mended the link has nothing left to do but to publish."""
    silent = LinkCheck.objects.worth_a_look(at).order_by().values("address")
    return Q(pk__in=Link.objects.filter(address__in=silent).values("practice_id"))


def with_missing_file(at: datetime) -> Q:
    return Q(pk__in=Attachment.objects.filter(stored_file__trouble__isnull=False).values("practice_id"))


PILES = {
    pile.slug: pile
    for pile in (
        Pile("failed", failed, (PUBLISH,)),
        Pile("files", with_missing_file, (REVIEW, PUBLISH)),
        Pile("returned", in_state(State.RETURNED)),
        Pile("in_review", in_state(State.IN_REVIEW), (REVIEW,), ("changed_at", "pk")),
        Pile("approved", in_state(State.APPROVED), (PUBLISH,), ("changed_at", "pk")),
        Pile("author", with_author, (REVIEW, PUBLISH)),
        Pile("draft", in_state(State.DRAFT)),
        Pile("scheduled", scheduled, (PUBLISH,), ("publish_at", "withdraw_at", "pk")),
        Pile("differs", differing, (REVIEW, PUBLISH)),
        Pile("consents", with_ending_consent, (PUBLISH,)),
        Pile("links", with_silent_link, (REVIEW, PUBLISH)),
    )
}


def waiting(slug: str, by: User, at: datetime | None = None) -> QuerySet[Practice]:
    """All of one list; nothing for somebody who may not write. Raises KeyError for a list that there is not."""
    pile = PILES[slug]
    if not may(WRITE, by):
        return Practice.objects.none()
    found = Practice.objects.filter(pile.condition(at or timezone.now()))
    if not any(may(permission, by) for permission in pile.everybody):
        found = found.filter(entered_by(by))
    return found.order_by(*pile.order)


def entered_by(user: User) -> Q:
    """One's own: what one entered; of what a command entered, what one changed last."""
    return Q(created_by=user) | Q(created_by__isnull=True, changed_by=user)


class HowMany(Subquery):
    """The number of rows of a queryset, told beside every row of another: one query less for each list."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def beginning(slug: str, by: User, at: datetime | None = None) -> list[Any]:
    """The first of a list, each with `total`, how many there are, and with what its line tells. One query; two more
    where there are silent links."""
    at = at or timezone.now()
    found = waiting(slug, by, at)
    fields = ("code", "title", "state", "changed_at", "publish_at", "withdraw_at", "changed_by__username")
    shown = found.only(*fields, "changed_by__first_name", "changed_by__last_name").select_related("changed_by")
    first = list(shown.annotate(total=HowMany(found.order_by().values("pk")), **told(slug, at))[:SHOWN])
    if slug == "links":
        tell_silent_links(first, at)
    return first


def told(slug: str, at: datetime) -> dict[str, Any]:
    """What the lines of a list tell beyond their practice."""
    if slug == "consents":
        ends = ending_consents(at).filter(practice=OuterRef("pk")).order_by().values("practice_id")
        return {"consent_until": Subquery(ends.annotate(first=Min("consent_until")).values("first"))}
    if slug == "author":
        newest = told_to_authors(at).filter(practice=OuterRef("pk")).order_by("-answered_at", "-pk")
        names = ("recipient", "answer", "answered_at", "expires_at")
        return {f"author_{name}": Subquery(newest.values(name)[:1]) for name in names}
    if slug == "files":
        files = Attachment.objects.filter(practice=OuterRef("pk"), stored_file__trouble__isnull=False)
        return {
            "file_name": Subquery(files.values("name")[:1]),
            "file_problem": Subquery(files.values("stored_file__trouble__problem")[:1]),
        }
    return {}


def tell_silent_links(practices: Iterable[Any], at: datetime) -> None:
    """Give each its `silent`: the link that has been without an answer longest. Two queries; none for no practices.

    Written into the query of the list, they would be looked for beside each practice of it, before the first five are
    taken: minutes, where a thousand links are silent.
    """
    by_pk = {practice.pk: practice for practice in practices}
    if not by_pk:
        return
    owners: dict[str, list[int]] = {}
    rows = Link.objects.filter(practice__in=by_pk).exclude(address="").order_by()
    for pk, address in rows.values_list("practice_id", "address"):
        owners.setdefault(key_of(address), []).append(pk)
    silent = LinkCheck.objects.worth_a_look(at).filter(pk__in=owners).order_by("-first_failed_on", "-key")
    for check in silent:
        for pk in owners[check.pk]:
            by_pk[pk].silent = check


def logo_trouble() -> MissingFile | None:
    """Of the institution's logo, which belongs to no practice. One query."""
    return MissingFile.objects.filter(stored_file__in=Identity.objects.values("logo")).first()


def last_words(practices: Iterable[Practice]) -> dict[tuple[int, str], Event]:
    """The newest event of each telling kind, by practice and kind. One query; none where there are no practices."""
    keys = {practice.pk for practice in practices}
    if not keys:
        return {}
    events = Event.objects.filter(practice_id__in=keys, kind__in=TOLD).select_related("by").defer("changes")
    return {(event.practice_id or 0, event.kind): event for event in events.order_by("at", "pk")}


def recent_imports(by: User, at: datetime | None = None) -> list[ImportBatch]:
    """One's own imports that wait to be applied, and those of the last days. One query."""
    since = (at or timezone.now()) - RECENT
    batches = ImportBatch.objects.filter(made_by=by, made_at__gte=since)
    return list(batches.exclude(state=BatchState.UNDONE)[:SHOWN])
