"""What did not answer a moment ago: nobody waits for it twice.

While something is away, one at a time looks whether it is back, and all others go on without it.
"""

from threading import Lock
from time import monotonic


class Absences:
    """By name, for all threads of this worker. `pause`: seconds until somebody looks again; `look`: seconds until
    somebody else does, should the one who looks never come back."""

    def __init__(self, pause: float, look: float | None = None) -> None:
        self._pause, self._look = pause, pause if look is None else look
        self._lock = Lock()
        self._ask_again: dict[str, float] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._ask_again

    def is_worth_asking(self, name: str) -> bool:
        """False while it is away, but for the one who looks."""
        if name not in self._ask_again:
            return True
        with self._lock:
            if monotonic() < self._ask_again.get(name, 0):
                return False
            self._ask_again[name] = monotonic() + self._look
            return True

    def begins(self, name: str) -> bool:
        """Whether that is news."""
        with self._lock:
            is_news = name not in self._ask_again
            self._ask_again[name] = monotonic() + self._pause
        return is_news

    def ends(self, name: str) -> bool:
        """Whether that is news. Only who began to ask while it was away can tell: an answer that was on its way says
        nothing."""
        with self._lock:
            return self._ask_again.pop(name, None) is not None
