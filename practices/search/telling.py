"""The words that tell a text from most others, and who else has them: what similar practices are found by."""

import re
from collections.abc import Sequence

from django.db.models import Sum
from pyroaring import BitMap

from practices.language.words import stem, words
from practices.models.search_index import SearchWord

from .engines.base import Term
from .postings import asked
from .tokens import MAX_WORD, SUMMARY, TITLE

MOST_READ = 40
"""Different words of a text that are looked at."""
MOST_KEPT = 8
RARE = 20
"""A word tells something where no more than one practice in so many has it; five may have it in any case."""
FEW = 5
SHORTEST = 4

_WRITTEN = re.compile(r"[^\W\d_]+")


def telling_words(texts: Sequence[str], live: BitMap) -> dict[str, BitMap]:
    """The rarest words of the texts, as written, each with the live publications that have it in title or summary.

    Only words that another has too. Two queries; nothing is kept, since rare words are seldom asked twice.
    """
    written = _written(texts)
    rare = _rarest(list(written), len(live))
    terms: list[Term] = [((column + s[:MAX_WORD],), False) for s in rare for column in (TITLE, SUMMARY)]
    found = [ids & live for ids in asked(terms)] if terms else []
    return {written[s]: found[2 * place] | found[2 * place + 1] for place, s in enumerate(rare)}


def _written(texts: Sequence[str]) -> dict[str, str]:
    """By its stem, each word as it is first written, in small letters."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _WRITTEN.finditer(text):
            for word in words(match[0]):
                if len(word) >= SHORTEST:
                    found.setdefault(stem(word), match[0].lower())
            if len(found) >= MOST_READ:
                return found
    return found


def _rarest(stems: list[str], count: int) -> list[str]:
    most = max(FEW, count // RARE)
    counted = SearchWord.objects.filter(stem__in=stems, count__gt=0).values_list("stem").annotate(total=Sum("count"))
    rare = {known: total for known, total in counted.order_by() if 1 < total <= most}
    return sorted(rare, key=lambda known: (rare[known], known))[:MOST_KEPT]
