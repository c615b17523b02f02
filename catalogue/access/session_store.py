"""SESSION_ENGINE: sessions in the database that end after a time without use, and after a time in any case.

The public is never asked for a session, and staff's are looked at only where a page needs to know who asks: so the
limits are kept where a session is read, not in a middleware that would read it for every page.
"""

import logging
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.db import OperationalError

from ..patience import not_waiting

log = logging.getLogger(__name__)

BEGUN, SEEN = "begun", "seen"
# Whether who signed in has a second factor, and so has given it.
FACTOR = "factor"
# For whom has given a password and still looks for the code.
WAITING = 10 * 60


def idle_limit() -> int:
    return settings.SESSION_IDLE_MINUTES * 60


def whole_limit() -> int:
    return settings.SESSION_LIMIT_HOURS * 3600


def refresh_after() -> int:
    """How exactly it is known when somebody was last seen: each time costs a write."""
    return min(5 * 60, idle_limit() // 12)


def seconds_left(data: dict[str, Any], now: float) -> float:
    """Until the session with this content ends, if nobody uses it."""
    if SESSION_KEY not in data:
        return WAITING
    begun, seen = data.get(BEGUN), data.get(SEEN)
    if begun is None or seen is None:
        return 0
    return min(begun + whole_limit(), seen + idle_limit()) - now


class SessionStore(DatabaseSession):
    def load(self) -> dict[str, Any]:
        data = super().load()
        self._loaded = {**data}
        now = time()
        if SESSION_KEY not in data:
            return data
        if seconds_left(data, now) <= 0:
            self.delete(self.session_key)
            self._session_key = None
            return {}
        if now - data[SEEN] >= refresh_after():
            data[SEEN] = now
            self.modified = True
        return data

    def save(self, must_create: bool = False) -> None:
        """That somebody was seen is not worth a wait, nor an error: the next page tells it again."""
        if must_create or not self._is_only_seen():
            self._save(must_create)
            return
        try:
            with not_waiting():
                self._save(must_create)
        except OperationalError as error:
            log.info("a session is not noted as used: %s", type(error).__name__)

    def _is_only_seen(self) -> bool:
        loaded, now = getattr(self, "_loaded", None), self._session  # type: ignore[attr-defined]
        return loaded is not None and {**loaded, SEEN: None} == {**now, SEEN: None}

    def _save(self, must_create: bool) -> None:
        """Raises OperationalError where the database is not to be had: for Django, the session would be gone then."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from error
            raise

    def get_session_cookie_age(self) -> int:
        """What the database is told of the end: `clearsessions` goes by it. The cookie ends with the browser."""
        return max(1, int(seconds_left(self._session, time())))  # type: ignore[attr-defined]
