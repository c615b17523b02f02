"""Numbers, and words of which there are only a few."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage

from catalogue.watching.configuration import FORMATS, LEVELS

from .findings import Findings, error

AT_LEAST = {
    "MAX_ATTACHMENT_MB": 1,
    "MAX_RECORD_MB": 1,
    "DATABASE_POOL_SIZE": 1,
    "SLOW_QUERY_MS": 0,
    "READY_FREE_MB": 0,
    "LOGIN_FAILURES_PER_ACCOUNT": 1,
    "LOGIN_FAILURES_PER_ADDRESS": 1,
    "LOGIN_PAUSE": 1,
    "SESSION_IDLE_MINUTES": 1,
    "SESSION_LIMIT_HOURS": 1,
}
"""Settings that are numbers, and the smallest that means something."""


def check_amounts(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return [*_smallest(), *_files(), *_words()]


CHECKS = (check_amounts,)


def _smallest() -> Findings:
    for name, least in AT_LEAST.items():
        amount = getattr(settings, name, None)
        if isinstance(amount, int) and amount < least:
            yield error("040", f"{name} is {amount}.", f"Set {name} to {least} or more, or remove it.")


def _files() -> Findings:
    if 0 < settings.MAX_RECORD_MB < settings.MAX_ATTACHMENT_MB:
        yield error(
            "041",
            f"One file may have {settings.MAX_ATTACHMENT_MB} MB (MAX_ATTACHMENT_MB) but all files of a practice only "
            f"{settings.MAX_RECORD_MB} (MAX_RECORD_MB): the larger ones are refused when they have arrived.",
            "Set MAX_RECORD_MB to at least MAX_ATTACHMENT_MB, and let the proxy in front let through as much.",
        )


def _words() -> Findings:
    for number, name, value, known in (
        ("042", "LOG_FORMAT", settings.LOG_FORMAT, FORMATS),
        ("043", "LOG_LEVEL", settings.LOG_LEVEL, LEVELS),
    ):
        if value not in known:
            yield error(number, f"{name} is not known: {value}.", f"Set {name} to one of {', '.join(known)}.")
