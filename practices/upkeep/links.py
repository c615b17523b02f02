"""The addresses that records lead to: which there are, which are to be checked, and what their checks have shown.

Every check is written by itself, in one transaction, by one function. A run that is killed leaves what it has written
and a lease that ends; what it has not written is done by the next.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from practices.document import links_from_json
from practices.models.limits import ADDRESS
from practices.models.link_check import APART, STRIKES, LinkCheck, key_of
from practices.models.parts import Link
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion

from .outcomes import Outcome, Verdict

LEASE = timedelta(minutes=5)
"""Longer than any visit takes, its pauses included."""
AT_ONCE = 500
MOST_STRIKES = 1000


def addresses_in_use() -> set[str]:
    """Those of working records, and of what the public reads. Reads the links of every publication in force."""
    rows = Link.objects.exclude(address="").order_by().values_list("address", flat=True)
    found = set(rows.distinct().iterator(AT_ONCE))
    documents = Publication.objects.current().order_by().values_list("document", flat=True)
    for document in documents.iterator(AT_ONCE):
        found.update(link.address for link in links_from_json(document))
    return {address for address in found if is_link(address)}


def is_link(address: str) -> bool:
    """Whether pages show it as a link at all."""
    return address.lower().startswith(("http://", "https://")) and len(address) <= ADDRESS


def renew() -> None:
    """A row for every address in use, and none for any other."""
    used = {key_of(address): address for address in addresses_in_use()}
    known = set(LinkCheck.objects.values_list("key", flat=True).iterator(AT_ONCE))
    new = [LinkCheck(key=key, address=used[key]) for key in used.keys() - known]
    LinkCheck.objects.bulk_create(new, AT_ONCE, ignore_conflicts=True)
    for keys in _portions(known - used.keys()):
        forget(keys)


@transaction.atomic
def forget(keys: list[str]) -> None:
    """Drop what is known of these addresses. The page of an earlier version may have told of one of them."""
    rows = LinkCheck.objects.filter(pk__in=keys)
    if rows.unavailable().exists():
        CatalogueVersion.raise_for_links()
    rows.delete()


def _portions(keys: Iterable[str]) -> Iterator[list[str]]:
    listed = sorted(keys)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))


def to_check(at: datetime, *, everything: bool = False) -> list[LinkCheck]:
    """What may be checked at that time, in the order in which it should be; with `everything`, however recently it
    was checked."""
    rows = LinkCheck.objects.waiting(at) if everything else LinkCheck.objects.due(at)
    return list(rows.only("address", "last_checked_at"))


def lease(check: LinkCheck, at: datetime) -> bool:
    """Whether this run may check it: nobody else does, or has since it was read."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    same = LinkCheck.objects.filter(free, pk=check.pk, last_checked_at=check.last_checked_at)
    if check.last_checked_at is None:
        same = LinkCheck.objects.filter(free, pk=check.pk, last_checked_at__isnull=True)
    return bool(same.update(leased_until=at + LEASE))


def release(check: LinkCheck) -> None:
    """It was not checked after all."""
    LinkCheck.objects.filter(pk=check.pk).update(leased_until=None)


@transaction.atomic
def written(key: str, outcome: Outcome, at: datetime) -> LinkCheck | None:
    """Write what a check at that time has shown; None where the address is no longer in use.

    Where the public is told something else from now on, the catalogue version rises in the same transaction.
    """
    check = LinkCheck.objects.select_for_update().filter(pk=key).first()
    if check is None:
        return None
    before = check.unavailable_since
    follow(check, outcome, at)
    if check.unavailable_since != before:
        CatalogueVersion.raise_for_links()
    check.save()
    return check


def follow(check: LinkCheck, outcome: Outcome, at: datetime) -> None:
    """What the row says after that."""
    check.last_checked_at, check.leased_until = at, None
    check.status, check.reason = outcome.status, outcome.reason or ""
    check.not_before = at + timedelta(seconds=outcome.wait) if outcome.wait else None
    if outcome.verdict is Verdict.ANSWERS:
        check.first_failed_on = check.struck_at = check.unavailable_since = None
        check.strikes = 0
        return
    check.first_failed_on = check.first_failed_on or localdate(at)
    if outcome.verdict is Verdict.FAILS and is_another_day(check.struck_at, at):
        check.strikes, check.struck_at = min(check.strikes + 1, MOST_STRIKES), at
    if check.strikes >= STRIKES and check.unavailable_since is None:
        check.unavailable_since = check.first_failed_on


def is_another_day(before: datetime | None, at: datetime) -> bool:
    return before is None or (at - before >= APART and localdate(at) != localdate(before))
