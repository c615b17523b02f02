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
        yield Finding(
            Kind.NUMBERS, _("%(said)s has %(count)d versions, numbered from %(first)d to %(last)d") % row
        )


def in_force() -> Iterator[Finding]:
    """One of each practice at most is current or withdrawn; it is the last, and there is one where there is any."""
    live = Q(status=Status.SUPERSEDED)
    counted = Publication.objects.order_by("practice_id").values("practice_id")
    counted = counted.annotate(
        live=Count("pk", filter=~live), top=Max("number"), live_top=Max("number", filter=~live), said=Max("code")
    )
    for row in counted.exclude(live=1, top=F("live_top")):
        yield Finding(
            Kind.IN_FORCE, _("%(said)s has %(live)d versions in force, the last of %(top)d is not the only one") % row
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
    for practice in _misstanding():
        told = {"code": practice.code, "state": practice.state, "true": _true_state(practice.in_force, practice.state)}
        yield Finding(Kind.STANDING, _("%(code)s says “%(state)s” and is “%(true)s”, or has no changes to tell") % told)


def mend_standing() -> None:
    for practice in _misstanding():
        true = {"state": _true_state(practice.in_force, practice.state)}
        if practice.in_force != Status.CURRENT:
            true["differs"] = False
        Practice.objects.filter(pk=practice.pk).update(**true)


def _misstanding() -> Iterator[Practice]:
    in_force = Publication.objects.filter(practice=OuterRef("pk")).exclude(status=Status.SUPERSEDED)
    rows = Practice.objects.annotate(in_force=in_force.order_by("-number").values("status")[:1]).only(
        "code", "state", "differs"
    )
    wrong = (
        (Q(state=State.PUBLISHED) & ~_is(Status.CURRENT))
        | (Q(state=State.WITHDRAWN) & ~_is(Status.WITHDRAWN))
        | Q(state=State.DRAFT, in_force__isnull=False)
        | (Q(differs=True) & ~_is(Status.CURRENT))
    )
    return rows.filter(wrong).order_by("pk").iterator(chunk_size=500)


def _is(status: Status) -> Q:
    return Q(in_force__isnull=False, in_force=status)


def _true_state(in_force: str | None, state: str) -> str:
    """In the middle of a review it stays there."""
    if state not in (State.DRAFT, State.PUBLISHED, State.WITHDRAWN):
        return state
    return {Status.CURRENT: State.PUBLISHED, Status.WITHDRAWN: State.WITHDRAWN}.get(in_force or "", State.DRAFT)
