"""What is known of each address that a record leads to: whether it answers, and since when it does not.

Nothing that a server said is kept but its status: no text, no header. `practices.upkeep.links` writes the rows.
"""

import hashlib
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .limits import ADDRESS, at_most, matches, one_of

STRIKES = 3
"""Failed checks, each on a day of its own, after which the public is told."""
APART = timedelta(hours=20)
"""Between two checks of one address: a daily timer is never quite on time."""
PATIENCE = timedelta(days=7)
"""What is no proof that a page is gone (a certificate, an error of the server) reaches the desk when it lasts."""


def key_of(address: str) -> str:
    """The address as a key of one length: an index holds no two thousand characters."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


class Reason(models.TextChoices):
    """Why an address did not answer as a page does."""

    NOT_FOUND = "not_found", _("the page is no longer there")
    NO_NAME = "no_name", _("the site no longer exists (no DNS)")
    UNREACHABLE = "unreachable", _("the server cannot be reached")
    TIMEOUT = "timeout", _("the server took too long")
    NO_ANSWER = "no_answer", _("the server hung up without an answer")
    CERTIFICATE = "certificate", _("the certificate of the site is not valid (TLS)")
    SERVER_ERROR = "server_error", _("the server has an error of its own")
    BUSY = "busy", _("the server asks to come back later")
    REDIRECTS = "redirects", _("it leads on and on without an end")
    ROBOTS = "robots", _("the site wants no programs there (robots.txt)")
    NAME_SERVER = "name_server", _("its name could not be looked up today")
    NOT_PUBLIC = "not_public", _("it is not an address of the public internet; it is not checked")
    OFFLINE = "offline", _("nothing could be reached from here that day")


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def unavailable(self) -> Self:
        """What the public is warned of."""
        return self.filter(unavailable_since__isnull=False)

    def in_trouble(self) -> Self:
        """Whatever did not answer well at its last check."""
        return self.filter(first_failed_on__isnull=False)

    def worth_a_look(self, at: datetime) -> Self:
        """What staff should see to: the unavailable, and what has been in trouble for a week."""
        lasting = Q(first_failed_on__lte=localdate(at - PATIENCE))
        return self.filter(lasting | Q(unavailable_since__isnull=False))

    def due(self, at: datetime) -> Self:
        """What may be checked now: first what is about to be found unavailable, then what was checked longest ago."""
        rested = Q(last_checked_at__isnull=True) | Q(last_checked_at__lte=at - APART)
        return self.waiting(at).filter(rested)

    def waiting(self, at: datetime) -> Self:
        """What nobody is checking, and no server has asked to leave alone, in the order in which it is checked."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
        allowed = Q(not_before__isnull=True) | Q(not_before__lte=at)
        is_pending = models.Case(models.When(strikes__range=(1, STRIKES - 1), then=0), default=1)
        return self.filter(free, allowed).order_by(is_pending, F("last_checked_at").asc(nulls_first=True), "key")


class LinkCheck(models.Model):
    key = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the address")
    address = models.CharField(max_length=ADDRESS)
    last_checked_at = models.DateTimeField(null=True, blank=True, db_index=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the last answer (HTTP), if any")
    reason = models.CharField(max_length=20, choices=Reason, blank=True, help_text="empty while it answers")
    first_failed_on = models.DateField(null=True, blank=True, db_index=True)
    strikes = models.PositiveSmallIntegerField(default=0, help_text="failed checks in a row, each on another day")
    struck_at = models.DateTimeField(null=True, blank=True)
    unavailable_since = models.DateField(
        null=True, blank=True, db_index=True, help_text="the day of the first failure; what the public is told"
    )
    not_before = models.DateTimeField(null=True, blank=True, help_text="the server asked to be left alone until then")
    leased_until = models.DateTimeField(null=True, blank=True, help_text="a run is checking it")

    objects: ClassVar[LinkCheckQuerySet] = LinkCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        default_permissions = ()
        constraints = [
            *matches("linkcheck", key=r"^[0-9a-f]{64}$"),
            *at_most("linkcheck", address=ADDRESS),
            *one_of("linkcheck", reason=["", *Reason.values]),
            models.CheckConstraint(
                condition=Q(unavailable_since__isnull=True) | Q(strikes__gte=STRIKES, first_failed_on__isnull=False),
                name="linkcheck_unavailable_after_strikes",
            ),
        ]

    def __str__(self) -> str:
        return self.address
