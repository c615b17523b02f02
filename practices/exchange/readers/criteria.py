"""Criteria as forms state them: a name, a state in words, a reason. Which criteria there are the catalogue knows."""

import re
from collections.abc import Iterable

from django.utils.text import slugify

from practices.exchange.columns import STATES
from practices.language.texts import is_blank
from practices.language.words import squash

WORDINGS = {squash(wording): state for state, (label, more) in STATES.items() for wording in (label, *more)}
_PARTS = re.compile(r"\s*[:;.,\n–—(-]\s*")


def state_of(text: str) -> tuple[str, str] | None:
    """The state that a text begins with, and the reason that follows it: “Cumple. Se midió en 2020”."""
    if is_blank(text):
        return ("not_assessed", "") if text.strip() else None
    if state := WORDINGS.get(squash(text)):
        return state, ""
    head, sign, reason = _cut(text)
    # A bare "Sí" or "No" before a comma begins a sentence as often as it is a state.
    state = WORDINGS.get(squash(head)) if sign else None
    return (state, reason.strip(" )\n")) if state else None


def _cut(text: str) -> tuple[str, str, str]:
    found = _PARTS.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def assessments(stated: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Name, state and reason of each as a record gives them."""
    return [
        {"criterion": slugify(name), "name": name, "state": state, "reason": reason} for name, state, reason in stated
    ]
