"""Documents for paper: the ficha of a practice, and the compendium of a selection."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from practices.exchange.writers.dates import long_date

from .content import Values, practice_values
from .letterhead import Institution
from .press import Busy, TooLarge, compendia, fichas
from .words import sheet_words

__all__ = ["MOST_PRACTICES", "Busy", "Institution", "TooLarge", "compendium", "ficha", "practice_values"]

MOST_PRACTICES = 100
"""In one compendium."""


def ficha(institution: Institution, practice: Values, published: date) -> bytes:
    """The PDF of one practice; `practice` is what practice_values() made. Raises Busy and TooLarge."""
    title = f"{practice['title']} ({practice['code']})"
    data = _sheet(institution, title, published, practice["address"])
    data["description"] = practice["authors"]
    with fichas.place():
        return fichas.set({**data, "practice": practice})


def compendium(
    institution: Institution, sentence: str, address: str, today: date, practices: Iterable[Values]
) -> bytes:
    """The PDF of a selection: `sentence` says it in words, `address` leads to its list. Raises Busy and TooLarge.

    `practices` is only asked for its values once there is a place at the press.
    """
    data = _sheet(institution, sentence[:1].upper() + sentence[1:], today, sentence)
    data["description"] = data["words"]["compendium"]
    data |= {"address": address, "said_date": _made_on(today)}
    with compendia.place():
        return compendia.set({**data, "practices": list(practices)})


def _made_on(today: date) -> str:
    return gettext("Made on %(date)s.") % {"date": long_date(today)}


def _sheet(institution: Institution, title: str, day: date, foot: str) -> dict[str, Any]:
    """What every document says of itself."""
    language, _hyphen, region = (get_language() or "es-co").partition("-")
    return {
        "lang": language,
        "region": region.upper() or None,
        "title": title,
        "foot": foot,
        "date": [day.year, day.month, day.day],
        "words": sheet_words(),
        "institution": {
            "name": institution.name,
            "address": institution.address,
            "brand": institution.brand,
            "on_brand": institution.on_brand,
        },
    }
