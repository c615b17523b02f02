"""How a check tells what it found."""

from collections.abc import Iterator

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Warned

Findings = Iterator[CheckMessage]


def error(number: str, message: str, hint: str) -> CheckMessage:
    return Error(message, hint=hint, id=f"catalogue.E{number}")


def warning(number: str, message: str, hint: str) -> CheckMessage:
    return Warned(message, hint=hint, id=f"catalogue.W{number}")
