"""Who is asking: the address of the visitor, also behind a proxy.

`X-Forwarded-For` is a header that anybody can write. It is believed only from the right, one step for each proxy that
TRUSTED_PROXIES names: the address that the last trusted proxy saw is the visitor's. (Reading the first address, as is
often done, lets every visitor choose his own.)
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What a server that listens on a Unix socket sees as the address of the proxy.
UNIX = "unix"
# Characters of X-Forwarded-For, from its end: what proxies wrote stands after what the visitor wrote.
LONGEST = 2000
CUSTOMER = 64
"""Bits of an IPv6 address that whoever has the network gets whole; the others he chooses as he likes."""


def client_address(request: HttpRequest) -> str:
    """The visitor's address as text, or "" where nobody knows it. An IPv4 address inside an IPv6 one is the former."""
    address = _canonical(request.META.get("REMOTE_ADDR", "")) or UNIX
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")[-LONGEST:].split(",")
    while forwarded and _is_trusted(address):
        if not (before := _canonical(forwarded.pop())):
            break
        address = before
    return "" if address == UNIX else address


def customer(request: HttpRequest) -> str:
    """Whom limits count: the visitor's IPv4 address, or the network of his IPv6 one; "" where nobody knows it."""
    address = client_address(request).partition("%")[0]
    if ":" not in address:
        return address
    return str(ip_network((address, CUSTOMER), strict=False).network_address)


def is_direct(request: HttpRequest) -> bool:
    """Whether nobody stands between: no proxy has written where the request comes from."""
    return "HTTP_X_FORWARDED_FOR" not in request.META


def is_from_trusted_proxy(request: HttpRequest) -> bool:
    """Whether what asks us directly is a proxy of ours, whose headers are believed."""
    return _is_trusted(_canonical(request.META.get("REMOTE_ADDR", "")) or UNIX)


@lru_cache(maxsize=1024)
def _canonical(text: str) -> str:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address)


def _is_trusted(address: str) -> bool:
    return _is_among(address, tuple(settings.TRUSTED_PROXIES))


@lru_cache(maxsize=1024)
def _is_among(address: str, proxies: Sequence[str]) -> bool:
    for proxy in proxies:
        if address == UNIX or proxy == UNIX:
            if address == proxy:
                return True
        elif ip_address(address) in ip_network(proxy, strict=False):
            return True
    return False
