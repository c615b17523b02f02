"""What Mozilla's HTTP Observatory would say of one answer: its published rules and points, for what an answer shows.

Left out is what needs a public host: certificates, preload lists, and where plain http leads, which
test_headers.py looks at by itself. A hundred points to begin with; points above are counted only where at least 90
are left without them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http.response import HttpResponseBase

BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*", "http://*.*", "https://*.*"}
SIX_MONTHS = 15_552_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
LEAKING = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}
ENOUGH_FOR_EXTRA = 90
GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (50, "C"), (0, "D or F"))


@dataclass
class Verdict:
    """Points of each test that gave or took some."""

    points: dict[str, int] = field(default_factory=dict)

    @property
    def score(self) -> int:
        without = 100 + sum(points for points in self.points.values() if points < 0)
        return 100 + sum(self.points.values()) if without >= ENOUGH_FOR_EXTRA else without

    @property
    def grade(self) -> str:
        return next(grade for least, grade in GRADES if max(self.score, 0) >= least)


def verdict(response: HttpResponseBase, *, is_secure: bool = True) -> Verdict:
    """Of an answer that came over https, or not."""
    tests = {
        "csp": _csp,
        "cookies": _cookies,
        "cors": _cors,
        "referrer": _referrer,
        "hsts": _hsts,
        "scripts": _scripts,
        "nosniff": _nosniff,
        "frames": _frames,
        "corp": _corp,
    }
    if not is_secure:
        del tests["hsts"]
    found = {name: test(response) for name, test in tests.items()}
    return Verdict({name: points for name, points in found.items() if points})


def policy(response: HttpResponseBase) -> dict[str, set[str]]:
    """The Content-Security-Policy: sources by directive. Raises ValueError where one stands twice."""
    found: dict[str, set[str]] = {}
    for rule in filter(None, (part.split() for part in response.get("Content-Security-Policy", "").split(";"))):
        name, *sources = (word.lower() for word in rule)
        if name in found:
            raise ValueError(f"{name} twice")
        found[name] = set(sources) or {"'none'"}
    return found


def _csp(response: HttpResponseBase) -> int:
    try:
        rules = policy(response)
    except ValueError:
        return -25
    if not rules:
        return -25
    default = rules.get("default-src", {"*"})
    scripts, styles, objects = (rules.get(f"{kind}-src", default) for kind in ("script", "style", "object"))
    if scripts & {*BROAD, "'unsafe-inline'", "data:"} or objects & BROAD:
        return -20
    passive = rules.get("img-src", default) | rules.get("media-src", default)
    active = set().union(*(sources for name, sources in rules.items() if name not in ("img-src", "media-src")))
    if _insecure(active):
        return -20
    if "'unsafe-eval'" in scripts | styles or _insecure(passive):
        return -10
    if styles & {*BROAD, "'unsafe-inline'", "data:"}:
        return 0
    return 10 if default == {"'none'"} else 5


def _insecure(sources: set[str]) -> bool:
    return any(source.startswith(("http:", "ftp:")) for source in sources)


def _cookies(response: HttpResponseBase) -> int:
    worst = 0
    for name, cookie in response.cookies.items():
        worst = min(worst, *_points_of_cookie(name.lower(), cookie))
    all_restricted = all(cookie["samesite"] for cookie in response.cookies.values())
    return 5 if response.cookies and not worst and all_restricted else worst


def _points_of_cookie(name: str, cookie: dict[str, str]) -> Iterator[int]:
    is_session = "sess" in name or "login" in name
    yield 0
    if cookie["samesite"].lower() not in ("lax", "strict", ""):
        yield -20
    if not cookie["secure"]:
        yield -10 if is_session else -5
    if "csrf" in name and not cookie["samesite"]:
        yield -20
    if is_session and not cookie["httponly"]:
        yield -30


def _cors(response: HttpResponseBase) -> int:
    """For everybody without credentials is no fault; for one origin with them would be."""
    origin = response.get("Access-Control-Allow-Origin", "")
    return -50 if origin not in ("", "*") and response.get("Access-Control-Allow-Credentials") == "true" else 0


def _referrer(response: HttpResponseBase) -> int:
    if not response.has_header("Referrer-Policy"):
        return 0
    known = [word.strip().lower() for word in response["Referrer-Policy"].split(",")]
    last = next((word for word in reversed(known) if word in PRIVATE | LEAKING), "")
    return 5 if last in PRIVATE else -5


def _hsts(response: HttpResponseBase) -> int:
    told = response.get("Strict-Transport-Security", "")
    age = re.search(r"max-age=(\d+)", told)
    if not age or "," in told:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def _scripts(response: HttpResponseBase) -> int:
    """Of other hosts there is none; of our own they need no integrity."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return 0
    sources = re.findall(r"<script[^>]*\ssrc=[\"']?([^\"'\s>]+)", response.content.decode())
    return -50 if any(re.match(r"(https?:)?//", source) for source in sources) else 0


def _nosniff(response: HttpResponseBase) -> int:
    return 0 if response.get("X-Content-Type-Options", "").strip().lower() == "nosniff" else -5


def _frames(response: HttpResponseBase) -> int:
    if "frame-ancestors" in response.get("Content-Security-Policy", ""):
        return 5
    return 0 if response.get("X-Frame-Options", "").strip().lower() in ("deny", "sameorigin") else -20


def _corp(response: HttpResponseBase) -> int:
    told = response.get("Cross-Origin-Resource-Policy", "")
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0, "": 0}.get(told, -5)
