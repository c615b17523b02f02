"""What a visit tells of an address: that it answers, that it fails as a page does that is gone, or nothing sure.

| seen | told | why |
|---|---|---|
| 2xx; 401, 403 and other 4xx | answers | somebody is there, if not for a program |
| 404, 410; no such name; refused, silent, hung up | fails | a reader gets no page either |
| 429, 5xx; TLS; redirects without end; robots.txt; not a public address | unsure | it may be us, or pass |
"""

import ssl
from dataclasses import dataclass
from enum import Enum
from http.client import HTTPException

from practices.models.link_check import Reason

from .asking import Answer, TooMuch
from .targets import NoSuchName, NotLookedUp, Refused


class Verdict(Enum):
    ANSWERS = "answers"
    FAILS = "fails"
    """It counts as a strike."""
    UNSURE = "unsure"
    """No strike, and none is taken back; staff hear of it when it lasts."""


SILENCES = (Reason.NO_NAME, Reason.NAME_SERVER, Reason.UNREACHABLE, Reason.TIMEOUT, Reason.NO_ANSWER)
GONE = (404, 410)
BUSY = (429, 503)


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    reason: Reason | None = None
    status: int | None = None
    wait: float = 0.0
    """Seconds for which the server asks to be left alone."""

    @property
    def is_silence(self) -> bool:
        """Nothing came back: the fault may be with that server, or with our own network."""
        return self.reason in SILENCES


def of_answer(answer: Answer) -> Outcome:
    """Of an answer that leads nowhere else."""
    status = answer.status
    if status in GONE:
        return Outcome(Verdict.FAILS, Reason.NOT_FOUND, status)
    if status in BUSY:
        return Outcome(Verdict.UNSURE, Reason.BUSY, status, answer.retry_after or 0.0)
    if status >= 500:
        return Outcome(Verdict.UNSURE, Reason.SERVER_ERROR, status)
    return Outcome(Verdict.ANSWERS, None, status)


def of_error(error: Exception) -> Outcome:
    """Of what was raised where an answer was expected. Raises what nobody foresaw."""
    for kinds, outcome in OF_ERRORS:
        if isinstance(error, kinds):
            return outcome
    raise error


Kinds = type[Exception] | tuple[type[Exception], ...]
# The first that fits: some of these are kinds of others.
OF_ERRORS: tuple[tuple[Kinds, Outcome], ...] = (
    (Refused, Outcome(Verdict.UNSURE, Reason.NOT_PUBLIC)),
    (NoSuchName, Outcome(Verdict.FAILS, Reason.NO_NAME)),
    (NotLookedUp, Outcome(Verdict.UNSURE, Reason.NAME_SERVER)),
    # More was said than anybody needs to know that somebody is there.
    (TooMuch, Outcome(Verdict.ANSWERS)),
    (TimeoutError, Outcome(Verdict.FAILS, Reason.TIMEOUT)),
    # Many sites send half of their chain of certificates; browsers find the rest, and readers get there.
    (ssl.SSLError, Outcome(Verdict.UNSURE, Reason.CERTIFICATE)),
    ((HTTPException, ConnectionResetError, BrokenPipeError), Outcome(Verdict.FAILS, Reason.NO_ANSWER)),
    (OSError, Outcome(Verdict.FAILS, Reason.UNREACHABLE)),
)
