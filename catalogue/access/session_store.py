"""SESSION_ENGINE: sessions in the database that end after a time without use, and after a time in any case.

The public is never asked for a session, and staff's are looked at only where a page needs to know who asks: so the
limits are kept where a session is read, not in a middleware that would read it for every page.
"""

from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession

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

    def get_session_cookie_age(self) -> int:
        """What the database is told of the end: `clearsessions` goes by it. The cookie ends with the browser."""
        return max(1, int(seconds_left(self._session, time())))  # type: ignore[attr-defined]
