"""Publishing and withdrawing at a time that was set before, by `manage.py run_scheduled`.

Safe to run twice and after an outage: what is due is done once, in the order in which it was due, each record in a
transaction of its own and under its lock. What cannot be done is told in the history and not tried again.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from practices.models.history import Kind
from practices.models.practice import Practice
from practices.models.publication import Publication

from .checklist import NotReady
from .history import record
from .publishing import NotPublished, Unchanged, publish, publishable, withdraw
from .roles import PUBLISH, require

EXPECTED = (NotReady, NotPublished, Unchanged, PermissionDenied)
log = logging.getLogger(__name__)


class PastTime(ValueError):
    """A time that has gone by cannot be set."""


@dataclass(frozen=True)
class Done:
    """What became of one thing that was due; `error` is "" where it was done."""

    practice: Practice
    kind: Kind
    error: str = ""


@transaction.atomic
def schedule_publication(practice: Practice, at: datetime, by: User | None = None, note: str = "") -> None:
    """Publish the record, as it will be then, at that time. Raises PastTime, PermissionDenied, NotReady."""
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    publishable(locked, by)
    _require_future(at)
    Practice.objects.filter(pk=practice.pk).update(publish_at=at, publish_note=note.strip(), scheduled_by=by)
    record(locked, Kind.SCHEDULED, by, f"↑ {_said(at)} {note}".strip())


@transaction.atomic
def schedule_withdrawal(practice: Practice, at: datetime, reason: str, by: User | None = None) -> None:
    """Withdraw it from the public at that time. Raises PastTime, PermissionDenied, ValueError without a reason."""
    require(PUBLISH, by)
    _require_future(at)
    if not reason.strip():
        raise ValueError("a withdrawal needs a public reason")
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    fields = {"withdraw_at": at, "withdraw_reason": reason.strip(), "scheduled_by": by}
    Practice.objects.filter(pk=practice.pk).update(**fields)
    record(locked, Kind.SCHEDULED, by, f"↓ {_said(at)} {reason}")


@transaction.atomic
def unschedule(practice: Practice, by: User | None = None) -> None:
    """Take back whatever was scheduled. Raises PermissionDenied."""
    require(PUBLISH, by)
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    if locked.publish_at or locked.withdraw_at:
        _forget(locked, "publish_at", "withdraw_at")
        record(locked, Kind.UNSCHEDULED, by)


def run_due(at: datetime | None = None) -> Iterator[Done]:
    """Do all that is due by that time (now where none is given), one record after the other.

    What fails in a way that nobody foresaw (a disk, a lock) stays due for the next run, and the others go on.
    """
    now = at or timezone.now()
    due = Practice.objects.filter(Q(publish_at__lte=now) | Q(withdraw_at__lte=now))
    for practice in list(due.order_by(Coalesce("publish_at", "withdraw_at"), "pk").only("code")):
        try:
            yield from _run(practice.pk, now)
        except Exception as error:
            log.exception("What was scheduled for %s failed", practice.code)
            yield Done(practice, Kind.FAILED, f"{type(error).__name__}: {error}")


@transaction.atomic
def _run(pk: int, now: datetime) -> list[Done]:
    practice = Practice.objects.select_for_update().filter(pk=pk).first()
    if practice is None:
        return []
    steps: list[tuple[datetime, str, Kind, Callable[[Practice], Publication]]] = []
    if practice.publish_at and practice.publish_at <= now:
        steps.append((practice.publish_at, "publish_at", Kind.PUBLISHED, _publish))
    if practice.withdraw_at and practice.withdraw_at <= now:
        steps.append((practice.withdraw_at, "withdraw_at", Kind.WITHDRAWN, _withdraw))
    return [_step(practice, *step[1:]) for step in sorted(steps, key=lambda step: step[0])]


def _step(practice: Practice, field: str, kind: Kind, do: Callable[[Practice], Publication]) -> Done:
    error = ""
    try:
        with transaction.atomic():
            do(practice)
    except EXPECTED as refused:
        error = f"{type(refused).__name__}: {refused}"
        record(practice, Kind.FAILED, practice.scheduled_by, f"{kind.label}: {error}")
    _forget(practice, field)
    return Done(practice, kind, error)


def _publish(practice: Practice) -> Publication:
    return publish(practice, by=practice.scheduled_by, note=practice.publish_note)


def _withdraw(practice: Practice) -> Publication:
    return withdraw(practice, practice.withdraw_reason, by=practice.scheduled_by)


def _forget(practice: Practice, *fields: str) -> None:
    texts = {"publish_at": "publish_note", "withdraw_at": "withdraw_reason"}
    cleared = dict.fromkeys(fields) | {texts[field]: "" for field in fields}
    Practice.objects.filter(pk=practice.pk).update(**cleared)


def _require_future(at: datetime) -> None:
    if at <= timezone.now():
        raise PastTime


def _said(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes")
