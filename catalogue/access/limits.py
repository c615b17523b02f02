"""How often a sign-in may fail, for each account and for each address, before both have to wait.

django-axes counts. Kept of a failure are a digest of the name that was typed (people type their password there by
mistake) and the address, until the pause is over; nothing tells whether there is such an account.
"""

import hmac
import logging
import math
import unicodedata
from datetime import timedelta
from hashlib import sha256
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import F, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from ..client import customer

log = logging.getLogger(__name__)

# All whose address nobody knows share one: a proxy that is not trusted must not switch the limit off.
NOWHERE = "0.0.0.0"  # noqa: S104 - nothing is bound to it


def address_of(request: HttpRequest) -> str:
    """AXES_CLIENT_IP_CALLABLE."""
    return customer(request) or NOWHERE


def account_of(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """AXES_USERNAME_CALLABLE: the digest that stands for the name in `credentials`."""
    return digest(str((credentials or {}).get("username") or ""))


def digest(username: str) -> str:
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    return hmac.new(settings.SECRET_KEY.encode(), b"sign-in:" + name.encode(errors="replace"), sha256).hexdigest()


def pause() -> timedelta:
    return timedelta(minutes=settings.LOGIN_PAUSE)


def pause_left(account: str, address: str) -> timedelta | None:
    """How long this account, from this address, has still to wait."""
    now = timezone.now()
    recent = AccessAttempt.objects.filter(attempt_time__gt=now - pause())
    limits = (
        (recent.filter(username=account), settings.LOGIN_FAILURES_PER_ACCOUNT),
        (recent.filter(ip_address=address), settings.LOGIN_FAILURES_PER_ADDRESS),
    )
    left = []
    for failures, limit in limits:
        found = failures.aggregate(number=Sum("failures_since_start"), last=Max("attempt_time"))
        if (found["number"] or 0) >= limit:
            left.append(found["last"] + pause() - now)
    return max(left, default=None)


class SignInLimits(AxesDatabaseHandler):
    """AXES_HANDLER. The stock one has one limit for both, keeps what was sent and by which browser, and lets who has
    an account clear the count of his address with it."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        left = pause_left(account_of(request, credentials), address_of(request))
        request.sign_in_pause = left  # type: ignore[attr-defined]
        return left is not None

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        # What is refused unseen during a pause does not make it longer.
        if request is None or getattr(request, "axes_locked_out", False):
            return
        forget_old_attempts()
        self._count(account_of(request, credentials), address_of(request))
        if self.is_locked(request, credentials):
            log.warning("sign-in paused after repeated failures")
            request.axes_locked_out = True  # type: ignore[attr-defined]

    def _count(self, account: str, address: str) -> None:
        key = {"username": account, "ip_address": address, "user_agent": ""}
        with transaction.atomic():
            row, created = AccessAttempt.objects.get_or_create(**key, defaults={"failures_since_start": 1})
            if not created:
                again = {"failures_since_start": F("failures_since_start") + 1, "attempt_time": timezone.now()}
                AccessAttempt.objects.filter(pk=row.pk).update(**again)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
        forget_attempts(user.get_username())

    def user_logged_out(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Nothing was kept."""


def refused(request: HttpRequest, username: str) -> bool:
    """Whether this account has to wait, from here; the answer to the request will say so."""
    paused = not AxesProxyHandler.is_allowed(request, {"username": username})
    if paused:
        request.axes_locked_out = True  # type: ignore[attr-defined]
    return paused


def failed(request: HttpRequest, username: str) -> None:
    """A code was wrong: it counts as a wrong password does."""
    user_login_failed.send(__name__, credentials={"username": username}, request=request)


def make_wait(request: HttpRequest, left: timedelta) -> None:
    request.sign_in_pause = left  # type: ignore[attr-defined]
    request.axes_locked_out = True  # type: ignore[attr-defined]


def seconds_left(request: HttpRequest) -> int:
    """How long the answer to this request tells to wait; 0 where it was not refused."""
    if not getattr(request, "axes_locked_out", False):
        return 0
    left = getattr(request, "sign_in_pause", None) or pause()
    return max(1, math.ceil(left.total_seconds()))


def told(request: HttpRequest) -> str:
    """What a person reads who has to wait."""
    seconds = seconds_left(request)
    if seconds < 60:
        text = ngettext(
            "Too many failed attempts. Wait %(seconds)d second and try again.",
            "Too many failed attempts. Wait %(seconds)d seconds and try again.",
            seconds,
        )
        return text % {"seconds": seconds}
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "Too many failed attempts. Wait %(minutes)d minute and try again.",
        "Too many failed attempts. Wait %(minutes)d minutes and try again.",
        minutes,
    )
    return text % {"minutes": minutes}


def wait(request: HttpRequest, response: HttpResponse, credentials: Any = None) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE: the page that was asked for, with all that was typed in it, as a 429."""
    response.status_code = 429
    response.headers["Retry-After"] = str(seconds_left(request))
    return response


def forget_attempts(username: str) -> int:
    """Let this account sign in at once; the counts of the addresses keep what was tried on others."""
    return AccessAttempt.objects.filter(username=digest(username)).delete()[0]


def forget_old_attempts() -> int:
    """Delete what no limit counts any more. Every failure does it; a timer may, where there are none for days."""
    return AccessAttempt.objects.filter(attempt_time__lte=timezone.now() - pause()).delete()[0]
