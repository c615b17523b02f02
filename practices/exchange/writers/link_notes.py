"""The line beside a link that does not answer. In a page that is drawn to be kept it is a slot: links come and go, and
what was published stays."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from practices.drawing.stencil import slot, slots_of
from practices.models.link_check import key_of

from .dates import long_date
from .stencils import fill

PREFIX = "link_"
TEMPLATE = "practices/partials/unavailable.html"


def note(since: date) -> SafeString:
    """In the language of today."""
    return fill(TEMPLATE, get_language() or settings.LANGUAGE_CODE, since=escape(long_date(since)))


def slot_of(address: str) -> SafeString:
    return mark_safe(slot(f"{PREFIX}{key_of(address)}"))


def notes_in(text: str, unavailable: Mapping[str, date]) -> dict[str, str]:
    """What goes into the slots of the links in a text that was drawn."""
    if not unavailable:
        return {}
    names = (name for name in slots_of(text) if name.startswith(PREFIX))
    return {name: note(since) for name in names if (since := unavailable.get(name.removeprefix(PREFIX)))}
