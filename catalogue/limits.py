"""How often one visitor may ask for what is dear to answer, or try keys.

Each visitor's requests of a kind are counted in windows of the clock, in a cache of their own: the pages that a worker
keeps can neither be pushed out by counters nor push them out. A visitor is an IPv4 address, or the 64 bits of an IPv6
one that a household or a server gets whole. Where the counters cannot be reached nobody is refused: a catalogue that
answers too much is better than one that does not answer.
"""

import logging
import time
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache, wraps
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from .client import client_address, customer, is_direct
from .rates import Rate

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
CACHE = "limits"


class Kind(StrEnum):
    SEARCH = "search"
    SUGGESTION = "suggestion"
    EXPORT = "export"
    LINK = "link"
    WRONG_LINK = "wrong_link"


RATES = {
    Kind.SEARCH: "RATE_SEARCH",
    # As often again, counted apart: the box asks by itself while somebody types.
    Kind.SUGGESTION: "RATE_SEARCH",
    Kind.EXPORT: "RATE_EXPORT",
    Kind.LINK: "RATE_LINK",
    Kind.WRONG_LINK: "RATE_LINK_WRONG",
}
"""The setting of each kind."""
FOR_EVERYBODY = frozenset({Kind.LINK, Kind.WRONG_LINK})
"""Keys are tried from anywhere: RATE_EXEMPT does not hold for them."""


def limited(kind: Kind) -> Callable[[View], View]:
    """The view, or 429 for whoever asks too often."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return refused(request, kind) or view(request, *args, **kwargs)

        return answered

    return decorate


def refused(request: HttpRequest, kind: Kind) -> HttpResponse | None:
    """Count this request; 429 where it is one too many."""
    return _answer(request, kind, _added)


def refused_already(request: HttpRequest, kind: Kind) -> HttpResponse | None:
    """The same without counting: for what is counted only when it has gone wrong."""
    return _answer(request, kind, _read)


def count(request: HttpRequest, kind: Kind) -> None:
    refused(request, kind)


def _answer(request: HttpRequest, kind: Kind, tally: Callable[[str, int], int]) -> HttpResponse | None:
    rate: Rate | None = getattr(settings, RATES[kind])
    if rate is None or (kind not in FOR_EVERYBODY and _is_exempt(request)):
        return None
    window, passed = divmod(int(time.time()), rate.seconds)
    # What is only read stands at the limit when the next one would be over it.
    most = rate.most if tally is _added else rate.most - 1
    if _safely(tally, f"{kind}:{customer(request)}:{rate.seconds}:{window}", rate.seconds) <= most:
        return None
    return too_many(rate.seconds - passed)


def _added(key: str, seconds: int) -> int:
    cache = caches[CACHE]
    # Kept for longer than its window, so that it cannot end between the two steps.
    return 1 if cache.add(key, 1, timeout=2 * seconds) else int(cache.incr(key))


def _read(key: str, _seconds: int) -> int:
    return int(caches[CACHE].get(key, 0))


def _safely(tally: Callable[[str, int], int], key: str, seconds: int) -> int:
    try:
        return tally(key, seconds)
    except Exception:
        logger.warning("requests are not counted: the cache of the limits does not answer", exc_info=True)
        return 0


def too_many(seconds: int) -> HttpResponse:
    """429, with the seconds until the window ends."""
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("429.html", {"seconds": seconds}), status=429, headers=headers)


def _is_exempt(request: HttpRequest) -> bool:
    """Whether it comes from a program of ours on these machines: nobody stands between, so it is nobody's visitor."""
    if not is_direct(request):
        return False
    peer = client_address(request)
    return not peer or any(ip_address(peer) in network for network in _networks(tuple(settings.RATE_EXEMPT)))


@lru_cache(maxsize=8)
def _networks(named: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(name, strict=False) for name in named)
