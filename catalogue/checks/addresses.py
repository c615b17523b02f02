"""Who may reach the site, under which names, and through what."""

from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage

from catalogue.client import UNIX

from .findings import Findings, error, warning

SHORTEST_KEY = 50
FEWEST_CHARACTERS = 10
WELL_KNOWN = ("django-insecure", "changeme", "change-me", "change_me", "secret-key", "secret_key", "cambi", "tests")
OF_NO_PUBLIC = ("localhost", "test", "local", "lan", "internal", "intranet", "localdomain", "invalid")


def check_addresses(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return [*_secret_key(), *_hosts(), *_plain_http(), *_proxies(), *_mail_names()]


CHECKS = (check_addresses,)


def is_public(host: str) -> bool:
    """Whether somebody else's machine could mean this one by it."""
    name = host.strip().strip(".").strip("[]").lower()
    try:
        address = ip_address(name)
    except ValueError:
        return name == "*" or ("." in name and name.rpartition(".")[2] not in OF_NO_PUBLIC)
    return not (address.is_private or address.is_loopback or address.is_link_local)


def public_hosts() -> list[str]:
    return [host for host in settings.ALLOWED_HOSTS if is_public(host)]


def _secret_key() -> Findings:
    key = settings.SECRET_KEY
    hint = "Set SECRET_KEY to what `python3 -c 'import secrets; print(secrets.token_urlsafe(64))'` prints."
    if settings.INSECURE_HTTP and not public_hosts():
        return
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        yield error("001", "SECRET_KEY is short: sessions and links that it signs can be forged.", hint)
    elif any(word in key[:30].lower() for word in WELL_KNOWN):
        yield error("002", "SECRET_KEY looks like one out of an example, which others know too.", hint)


def _hosts() -> Findings:
    if settings.INSECURE_HTTP:
        return
    if "*" in settings.ALLOWED_HOSTS:
        yield error(
            "003",
            'ALLOWED_HOSTS is "*": whoever asks chooses the host that links and feeds name.',
            "Set ALLOWED_HOSTS to the names of the site: ALLOWED_HOSTS=practicas.example.gov.co",
        )
    elif not public_hosts():
        yield warning(
            "004",
            "ALLOWED_HOSTS has only names of one's own network, and the site is not for trying (INSECURE_HTTP is 0).",
            "Add the name that the public types: ALLOWED_HOSTS=practicas.example.gov.co. To try it on one's own "
            "machine set INSECURE_HTTP=1.",
        )
    wrong = [host for host in settings.ALLOWED_HOSTS if "/" in host or " " in host or _has_port(host)]
    if wrong:
        yield error(
            "005",
            f"ALLOWED_HOSTS holds what no host is called: {', '.join(wrong)}.",
            "Write names alone, without https://, port or path, separated by commas.",
        )


def _has_port(host: str) -> bool:
    return ":" in host and not host.startswith("[")


def _plain_http() -> Findings:
    named = ", ".join(public_hosts())
    if settings.INSECURE_HTTP and named:
        yield error(
            "006",
            f"INSECURE_HTTP is 1 and the site answers under {named}: passwords travel in the clear.",
            "Remove INSECURE_HTTP, and set BEHIND_TLS_PROXY=1 if a proxy in front ends TLS.",
        )
    if settings.DEBUG and named:
        yield error(
            "007",
            f"DEBUG is 1 and the site answers under {named}: its errors show code, settings and what people sent.",
            "Remove DEBUG. What failed is in the log, and in the mail of ERROR_MAIL.",
        )


def _proxies() -> Findings:
    is_behind = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) is not None
    if is_behind and not settings.TRUSTED_PROXIES:
        yield warning(
            "008",
            "BEHIND_TLS_PROXY is 1 but no proxy is trusted: limits count all visitors as one.",
            "Set TRUSTED_PROXIES to the address the proxy asks from: TRUSTED_PROXIES=127.0.0.1, or unix for a socket.",
        )
    if settings.TRUSTED_PROXIES and not is_behind and not settings.INSECURE_HTTP:
        yield warning(
            "009",
            "TRUSTED_PROXIES is set but BEHIND_TLS_PROXY is not: every request through it is redirected for ever.",
            "Set BEHIND_TLS_PROXY=1, and let the proxy overwrite X-Forwarded-Proto.",
        )
    wrong = [proxy for proxy in settings.TRUSTED_PROXIES if not _is_network(proxy)]
    if wrong:
        yield error(
            "010",
            f"TRUSTED_PROXIES holds what is no address: {', '.join(wrong)}.",
            "Write addresses, networks (10.0.0.0/8) or unix, separated by commas.",
        )
    elif any(proxy != UNIX and ip_network(proxy, strict=False).prefixlen == 0 for proxy in settings.TRUSTED_PROXIES):
        yield error(
            "011",
            "TRUSTED_PROXIES holds every address there is: anybody may then say to be anybody.",
            "Name the proxy alone: TRUSTED_PROXIES=127.0.0.1",
        )


def _is_network(proxy: str) -> bool:
    try:
        return proxy == UNIX or bool(ip_network(proxy, strict=False))
    except ValueError:
        return False


def _mail_names() -> Findings:
    contact = settings.SECURITY_CONTACT
    if contact and not (contact.startswith(("https://", "mailto:", "tel:")) or "@" in contact):
        yield error(
            "012",
            "SECURITY_CONTACT is neither an address of mail nor one that begins with https://, mailto: or tel:.",
            "Set SECURITY_CONTACT=seguridad@example.gov.co, or remove it: then it is the e-mail of the institution.",
        )
