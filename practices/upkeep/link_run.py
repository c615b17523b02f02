"""One run of the checker, for a daily timer: bounded in addresses and in time, safe beside another, safe to kill."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sites.models import Site
from django.utils import timezone

from practices.language.words import fold
from practices.models.identity import Identity
from practices.models.link_check import LinkCheck, Reason

from .links import lease, release, renew, to_check, written
from .outcomes import Outcome, Verdict
from .visiting import TOKEN, Resting, Visitor

LIMIT = 500
LASTS = timedelta(minutes=30)
ENOUGH_SILENCE = 3
"""Servers that say nothing while none says anything: then it is our own network that is away."""
OFFLINE = Outcome(Verdict.UNSURE, Reason.OFFLINE)
log = logging.getLogger(__name__)


def agent() -> str:
    """Who asks, and where one reads what this is."""
    identity = Identity.current()
    name = (identity and identity.site_name) or str(settings.SITE_NAME)
    scheme = "http" if settings.INSECURE_HTTP else "https"
    said = " ".join(re.findall("[a-z0-9]+", fold(name)))
    return f"{TOKEN}/1.0 ({said}; +{scheme}://{Site.objects.get_current().domain}/)"


@dataclass
class Run:
    """`clock` tells the time of each check."""

    visitor: Visitor
    limit: int | None = LIMIT
    lasts: timedelta | None = LASTS
    everything: bool = False
    clock: Callable[[], datetime] = timezone.now
    _held: list[tuple[LinkCheck, Outcome, datetime]] = field(default_factory=list)
    _is_online: bool = False

    def checks(self) -> Iterator[LinkCheck]:
        """Do it; yields each address that was checked, with what is known of it now."""
        renew()
        began = self.clock()
        done = 0
        for check in to_check(began, everything=self.everything):
            now = self.clock()
            if done == self.limit or (self.lasts and now - began >= self.lasts):
                break
            if lease(check, now):
                outcome = self._outcome(check)
                if outcome is not None:
                    done += 1
                    yield from self._taken(check, outcome)
        yield from self._remaining()

    def _outcome(self, check: LinkCheck) -> Outcome | None:
        """None where nothing was asked, or nothing is known for a reason that nobody foresaw."""
        try:
            return self.visitor.visit(check.address)
        except Resting:
            pass
        except Exception:
            log.exception("The check of a link failed (%s)", check.pk[:12])
        release(check)
        return None

    def _taken(self, check: LinkCheck, outcome: Outcome) -> Iterator[LinkCheck]:
        """A silence is held back until some server has spoken: it may be ours."""
        self._held.append((check, outcome, self.clock()))
        self._is_online = self._is_online or outcome.status is not None
        if self._is_online:
            yield from self._flushed()

    def _remaining(self) -> Iterator[LinkCheck]:
        silent = {urlsplit(check.address).hostname for check, outcome, _at in self._held if outcome.is_silence}
        if len(silent) >= ENOUGH_SILENCE:
            self._held = [(check, OFFLINE if told.is_silence else told, at) for check, told, at in self._held]
        yield from self._flushed()

    def _flushed(self) -> Iterator[LinkCheck]:
        held, self._held = self._held, []
        for check, outcome, at in held:
            after = written(check.pk, outcome, at)
            if after is not None:
                yield after
