"""Which addresses the checker may ask at all: pages of the public internet, and nothing else.

A record's link is a text that somebody typed, and a redirect one that a stranger's server sends; both may name a
machine that only this one reaches. So the name is resolved here, every address that it has must be public, and the
connection is made to one of just these (asking.py), not to the name, which could be another machine by then.
"""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

Resolve = Callable[[str, int], list[str]]
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
LONGEST_NAME = 253
LOOKUP_SECONDS = 5.0
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SAFE = "!#$%&'()*+,/:;=?@[]~"

# Python's own registry calls these global, or knows them in some of its versions only.
_NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside, and a relay before it
        "3fff::/20",  # documentation
    )
]
_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)


class Refused(ValueError):
    """The checker does not go there."""


class NoSuchName(LookupError):
    """The name does not exist."""


class NotLookedUp(LookupError):
    """The name servers gave no answer: nothing is known of the name."""


@dataclass(frozen=True)
class Target:
    """An address, read: `host` as it goes into a certificate, `path` with its query, both in ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def read_target(address: str, ports: Collection[int] = tuple(PORTS.values())) -> Target:
    """Raises Refused for anything but a plain address of a web page, without a name and password in it."""
    if re.search(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]", address):
        raise Refused("a sign that no address holds")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Refused(str(error)) from error
    if parts.scheme not in PORTS:
        raise Refused("neither http nor https")
    if "@" in parts.netloc:
        raise Refused("a name and password")
    target = Target(
        parts.scheme,
        _host(parts.hostname or "", is_bracketed=parts.netloc.startswith("[")),
        PORTS[parts.scheme] if port is None else port,
        _path(parts.path or "/", parts.query),
    )
    if target.port not in ports:
        raise Refused("a port that is not of the web")
    return target


def _path(path: str, query: str) -> str:
    written = quote(f"{path}?{query}" if query else path, safe=_SAFE, errors="replace")
    return written if written.startswith("/") else f"/{written}"


def _host(name: str, *, is_bracketed: bool) -> str:
    if is_bracketed:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError as error:
            raise Refused("not an IPv6 address") from error
    try:
        host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise Refused("not a name") from error
    labels = host.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        return _ipv4(host)
    if len(host) > LONGEST_NAME or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        raise Refused("not a name of the public internet")
    return host


def _ipv4(host: str) -> str:
    """Only in its usual spelling: others (127.1, 0x7f000001, 2130706433) are there to hide what they mean."""
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise Refused("an unusual spelling of an IPv4 address") from error


def is_public(address: str) -> bool:
    """Whether this IP address is one machine of the public internet, whatever it is wrapped in."""
    try:
        found: IPAddress = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        return _is_public_v6(found)
    return _is_public_v4(found)


def _is_public_v4(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and not _is_listed(address)


def _is_public_v6(address: ipaddress.IPv6Address) -> bool:
    if address.scope_id:
        return False
    inner = address.ipv4_mapped or (_last_32(address) if address in _NAT64 else None)
    if inner:
        return _is_public_v4(inner)
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP and not _is_public_v4(_last_32(address)):
        return False
    return address in _UNICAST and address.is_global and not _is_listed(address)


def _last_32(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _is_listed(address: IPAddress) -> bool:
    return any(address in network for network in _NOT_PUBLIC)


def addresses_of(
    target: Target, resolve: "Resolve | None" = None, is_allowed: Callable[[str], bool] = is_public
) -> list[str]:
    """The IP addresses to connect to, IPv4 first. Raises Refused where a single one is not allowed: a name that is
    public and private by turns is a trap. Raises NoSuchName and NotLookedUp, too."""
    found = _literal(target.host) or (resolve or look_up)(target.host, target.port)
    if not found:
        raise NoSuchName(target.host)
    if not all(map(is_allowed, found)):
        raise Refused("not a machine of the public internet")
    return sorted(dict.fromkeys(found), key=lambda address: ":" in address)


def _literal(host: str) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return []


def look_up(host: str, port: int) -> list[str]:
    """What the system's resolver says, in a few seconds. Raises NoSuchName, NotLookedUp."""
    answer: list[list[str] | OSError] = []
    # The C library waits as long as it likes: nobody waits for it here.
    worker = threading.Thread(target=_ask_resolver, args=(host, port, answer), daemon=True)
    worker.start()
    worker.join(LOOKUP_SECONDS)
    if not answer:
        raise NotLookedUp(host)
    if isinstance(answer[0], socket.gaierror) and answer[0].errno in (socket.EAI_NONAME, socket.EAI_NODATA):
        raise NoSuchName(host) from answer[0]
    if isinstance(answer[0], OSError):
        raise NotLookedUp(host) from answer[0]
    return answer[0]


def _ask_resolver(host: str, port: int, answer: list[list[str] | OSError]) -> None:
    try:
        # The stop at the end keeps the domains of this machine's own network out of it.
        found = socket.getaddrinfo(f"{host}.", port, type=socket.SOCK_STREAM)
        answer.append([str(address[0]) for *_kind, address in found])
    except (OSError, UnicodeError) as error:
        answer.append(error if isinstance(error, OSError) else OSError(str(error)))
