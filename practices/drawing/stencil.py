"""Texts that are drawn once with slots in them, and filled in often.

A slot is written by marks that no text in the world may hold: Unicode keeps them for such a use inside programs. What
is put into a slot is already what it should be there, HTML in HTML.
"""

import re
from collections.abc import Mapping

OPEN, DEFAULT, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_SLOT = re.compile(f"{OPEN}([^{DEFAULT}]*){DEFAULT}([^{CLOSE}]*){CLOSE}")
_AWAY = str.maketrans(dict.fromkeys((OPEN, DEFAULT, CLOSE), "\N{REPLACEMENT CHARACTER}"))


def slot(name: str, default: str = "") -> str:
    """A place to fill in, with what stands there otherwise."""
    return f"{OPEN}{name}{DEFAULT}{default}{CLOSE}"


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with these values in its slots; a slot that is not named keeps its default."""
    get = values.get
    return _SLOT.sub(lambda found: get(found[1], found[2]), text)


def slots_of(text: str) -> list[str]:
    """The names of the slots in a text, in their order."""
    return [found[1] for found in _SLOT.finditer(text)]


def without_slots(text: str) -> str:
    """A text from outside, which must not open a slot of its own."""
    return text.translate(_AWAY) if OPEN in text or DEFAULT in text or CLOSE in text else text


class Stencil:
    """A text with slots that is filled in thousands of times: its slots are found once."""

    def __init__(self, text: str) -> None:
        self._defaults = dict(_SLOT.findall(text))
        self._format = _SLOT.sub(lambda found: f"%({found[1]})s", text.replace("%", "%%"))

    def fill(self, **values: str) -> str:
        """A slot that is not named keeps its default."""
        return self._format % (values if values.keys() >= self._defaults.keys() else self._defaults | values)
