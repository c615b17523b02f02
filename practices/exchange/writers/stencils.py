"""Templates as stencils: drawn once for each language, with slots where `{{ slots.name }}` stands."""

import re
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from practices.drawing.stencil import CLOSE, DEFAULT, OPEN, Stencil, slot

_BETWEEN_LINES = re.compile(r"[ \t]*\n\s*")


class Slots:
    """What a template sees as `slots`. `{{ slots.open_name }}` … `{{ slots.close }}` is a slot with its default."""

    def __getitem__(self, name: str) -> SafeString:
        if name == "close":
            return mark_safe(CLOSE)
        if name.startswith("open_"):
            return mark_safe(f"{OPEN}{name.removeprefix('open_')}{DEFAULT}")
        return mark_safe(slot(name))


def drawn(template: str, language: str, **context: Any) -> str:
    """The template with its slots, without the indentation of its lines."""
    with override(language):
        html = render_to_string(template, {"slots": Slots(), **context})
    return _BETWEEN_LINES.sub("\n", html).strip()


@lru_cache(maxsize=256)
def stencil(template: str, language: str) -> Stencil:
    """A template that depends on nothing but its language and its slots. Kept as long as the process lives."""
    return Stencil(drawn(template, language))


def fill(template: str, language: str, **values: str) -> SafeString:
    """Such a template, filled in. The values are HTML already."""
    return SafeString(stencil(template, language).fill(**values))
