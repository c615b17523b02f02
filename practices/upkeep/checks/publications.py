"""What publications are to their practices and to the catalogue version. A few queries, however many there are."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q
from django.utils.translation import gettext as _

from practices.models.code_alias import CodeAlias, key_of
from practices.models.practice import Practice, State
from practices.models.publication import Publication, Status
from practices.models.version import ROW, CatalogueVersion
from practices.upkeep.finding import Finding, Kind


def numbers() -> Iterator[Finding]:
    """1, 2, 3 … of each practice."""
    counted = Publication.objects.order_by("practice_id").values("practice_id")
    counted = counted.annotate(count=Count("pk"), first=Min("number"), last=Max("number"), said=Max("code"))
    for row in counted.exclude(first=1, last=F("count")):
        yield Finding(Kind.NUMBERS, _("%(said)s has %(count)d versions, numbered from %(first)d to %(last)d") % row)


def in_force() -> Iterator[Finding]:
    """One of each practice at most is current or withdrawn; it is the last, and there is one where there is any."""
    live = Q(status=Status.SUPERSEDED)
    counted = Publication.objects.order_by("practice_id").values("practice_id")
    counted = counted.annotate(
        live=Count("pk", filter=~live), top=Max("number"), live_top=Max("number", filter=~live), said=Max("code")
    )
    for row in counted.exclude(live=1, top=F("live_top")):
        yield Finding(
            Kind.IN_FORCE, _("%(said)s has %(live)d versions in force, and number %(top)d is its last") % row
        )


def aliases() -> Iterator[Finding]:
    """A former code is no present code of another practice."""
    others = Practice.objects.alias(plain=key_of("code")).exclude(pk=OuterRef("practice_id"))
    taken = CodeAlias.objects.filter(Exists(others.filter(plain=OuterRef("code_key"))))
    for code in taken.values_list("code", flat=True):
        yield Finding(Kind.CODE, _("%s leads to one practice and is the code of another") % code)


def version() -> Iterator[Finding]:
    """The catalogue version is past every change. Two queries."""
    last = _last_change()
    standing = CatalogueVersion.standing()
    if standing.number < max(last, standing.rebuilt_in):
        told = {"number": standing.number, "last": max(last, standing.rebuilt_in)}
        yield Finding(Kind.VERSION, _("it is %(number)d, and something changed in %(last)d") % told)


def raise_version() -> None:
    row, _made = CatalogueVersion.objects.get_or_create(pk=ROW)
    CatalogueVersion.objects.filter(pk=ROW).update(number=max(_last_change(), row.number, row.rebuilt_in))
    CatalogueVersion.raise_for_rebuilding()


def _last_change() -> int:
    return Publication.objects.aggregate(last=Max("changed_in"))["last"] or 0


def standing() -> Iterator[Finding]:
    """What a record says of itself agrees with its publications. One query."""
    for _pk, code, state, true, is_public in _misstanding():
        told = {"code": code, "state": state, "true": true}
        if state != true:
            yield Finding(Kind.STANDING, _("%(code)s says “%(state)s” and is “%(true)s”") % told)
        elif not is_public:
            yield Finding(Kind.STANDING, _("%(code)s says that it differs from what is public, and nothing is") % told)


def mend_standing() -> None:
    for pk, _code, _state, true, is_public in list(_misstanding()):
        Practice.objects.filter(pk=pk).update(state=true)
        if not is_public:
            Practice.objects.filter(pk=pk).update(differs=False)


def _misstanding() -> Iterator[tuple[int, str, str, str, bool]]:
    """Of each record that is told wrong: its id, code and state, the state that is true, whether the public reads
    it."""
    in_force = Publication.objects.filter(practice=OuterRef("pk")).exclude(status=Status.SUPERSEDED)
    rows = Practice.objects.annotate(in_force=in_force.order_by("-number").values("status")[:1])
    wrong = (
        (Q(state=State.PUBLISHED) & ~_is(Status.CURRENT))
        | (Q(state=State.WITHDRAWN) & ~_is(Status.WITHDRAWN))
        | Q(state=State.DRAFT, in_force__isnull=False)
        | (Q(differs=True) & ~_is(Status.CURRENT))
    )
    found = rows.filter(wrong).order_by("pk").values_list("pk", "code", "state", "in_force")
    for pk, code, state, status in found.iterator(chunk_size=2_000):
        yield pk, code, state, _true_state(state, status), status == Status.CURRENT


def _is(status: Status) -> Q:
    return Q(in_force__isnull=False, in_force=status)


def _true_state(state: str, in_force: str | None) -> str:
    """In the middle of a review it stays there."""
    if state not in (State.DRAFT, State.PUBLISHED, State.WITHDRAWN):
        return state
    known = {str(Status.CURRENT): State.PUBLISHED, str(Status.WITHDRAWN): State.WITHDRAWN}
    return known.get(in_force or "", State.DRAFT)
