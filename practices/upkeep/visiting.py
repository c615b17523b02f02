"""A visit to an address, as a polite stranger pays it: says who it is, knocks softly, waits its turn, and stays out
where it is asked to."""

import ssl
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from practices.models.link_check import Reason

from .asking import MOST_BYTES, Answer, TooMuch, ask
from .outcomes import BUSY, Outcome, Verdict, of_answer, of_error
from .targets import PORTS, Refused, Resolve, Target, addresses_of, is_public, look_up, read_target

PAUSE = 2.0
LONGEST_PAUSE = 30.0
SECONDS = 15.0
"""For all that is asked of the network for one address."""
FIRST_SECONDS = 6.0
"""For a HEAD: some servers never answer one, and a GET needs time, too."""
MOST_REDIRECTS = 5
MOST_MACHINES = 2
TOKEN = "LinkCheck"  # noqa: S105
"""What a robots.txt may call it by."""


class Resting(Exception):
    """The server has asked to be left alone, earlier in this run."""


class Busy(Exception):
    """It asks to be left alone instead of telling its rules."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(answer.status)


@dataclass
class Visitor:
    """One run of the checker. It asks one thing at a time, whichever the server. What it learns of a server (when it
    was last asked, its robots.txt, that it wants rest) is good for the run."""

    agent: str
    pause: float = PAUSE
    resolve: Resolve = look_up
    is_allowed: Callable[[str], bool] = is_public
    ports: Collection[int] = tuple(PORTS.values())
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._asked: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._resting: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}
        self._left = SECONDS

    def visit(self, address: str) -> Outcome:
        """Raises Resting where nothing was asked."""
        self._left = SECONDS
        try:
            return self._followed(address)
        except Busy as busy:
            return of_answer(busy.answer)
        except (OSError, HTTPException, LookupError, ValueError) as error:
            return of_error(error)

    def _followed(self, address: str) -> Outcome:
        for _hop in range(MOST_REDIRECTS + 1):
            target = read_target(address, self.ports)
            if not self._is_welcome(target):
                return Outcome(Verdict.UNSURE, Reason.ROBOTS)
            answer = self._knock(target)
            if not _leads_on(answer):
                return of_answer(answer)
            address = _joined(target, answer.location)
        return Outcome(Verdict.UNSURE, Reason.REDIRECTS)

    def _knock(self, target: Target) -> Answer:
        """HEAD; GET where that is refused, or makes the server hang up or fall silent."""
        try:
            answer = self._ask(target, "HEAD", FIRST_SECONDS)
            if answer.status < 400 or (answer.status in BUSY and answer.retry_after is not None):
                return answer
        except (TimeoutError, ConnectionResetError, HTTPException):
            pass
        return self._ask(target, "GET", SECONDS)

    # --- One request ------------------------------------------------------------------------------------------------

    def _ask(self, target: Target, method: str, seconds: float, body: int = 0) -> Answer:
        """The answer of one of its machines. Raises what `addresses_of` and `ask` raise, and Resting."""
        with self._timed():
            machines = addresses_of(target, self.resolve, self.is_allowed)[:MOST_MACHINES]
        self._take_turn(target.host)
        for ip in machines:
            try:
                with self._timed():
                    answer = ask(
                        target,
                        ip,
                        method=method,
                        agent=self.agent,
                        seconds=min(seconds, self._left),
                        context=self.context,
                        body=body,
                    )
            except (ssl.SSLError, TooMuch):
                raise
            except OSError:
                # Of several machines one may be down.
                if ip == machines[-1]:
                    raise
            else:
                self._let_rest(target.host, answer)
                return answer
        raise AssertionError("a name has a machine")

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """What the network takes counts; waiting one's turn does not. Raises TimeoutError where no time is left."""
        if self._left <= 0:
            raise TimeoutError
        began = self.clock()
        try:
            yield
        finally:
            self._left -= self.clock() - began

    # --- Manners ----------------------------------------------------------------------------------------------------

    def _take_turn(self, host: str) -> None:
        """Wait until this server has had its pause. Raises Resting."""
        if self.clock() < self._resting.get(host, 0.0):
            raise Resting(host)
        if host in self._asked:
            pause = self._pauses.get(host, self.pause)
            waited = self.clock() - self._asked[host]
            if waited < pause:
                self.sleep(pause - waited)
        self._asked[host] = self.clock()

    def _let_rest(self, host: str, answer: Answer) -> None:
        if answer.status in BUSY and answer.retry_after:
            self._resting[host] = self.clock() + answer.retry_after

    def _is_welcome(self, target: Target) -> bool:
        """What its robots.txt says, asked for once a run. Raises what asking raises: who does not answer for that
        does not answer for the page."""
        origin = f"{target.scheme}://{target.authority}"
        if origin not in self._robots:
            rules = self._rules(target)
            self._robots[origin] = rules
            wanted = float(rules.crawl_delay(TOKEN) or 0)
            self._pauses[target.host] = max(self.pause, min(wanted, LONGEST_PAUSE))
        return self._robots[origin].can_fetch(TOKEN, target.address)

    def _rules(self, target: Target) -> RobotFileParser:
        """A site without a file, or with one that cannot be had, forbids nothing (RFC 9309, 2.3.1.3)."""
        rules = RobotFileParser()
        place = Target(target.scheme, target.host, target.port, "/robots.txt")
        try:
            answer = self._ask(place, "GET", FIRST_SECONDS, body=MOST_BYTES // 2)
        except (HTTPException, TooMuch):
            answer = Answer(404)
        if answer.status in BUSY:
            raise Busy(answer)
        text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
        rules.parse(text.splitlines())
        return rules


def _leads_on(answer: Answer) -> bool:
    return 300 <= answer.status < 400 and bool(answer.location)


def _joined(target: Target, location: str) -> str:
    """Where a redirect leads. Raises Refused."""
    with suppress(UnicodeError):
        # Headers come as Latin-1, and many servers send UTF-8 in them.
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(target.address, location.strip())
    except ValueError as error:
        raise Refused(str(error)) from error
