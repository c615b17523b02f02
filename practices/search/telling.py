"""The words that tell a text from most others, and who else has them: what similar practices are found by."""

import re
from collections.abc import Iterable, Sequence

from pyroaring import BitMap

from practices.language.words import stem, words
from practices.models.reading import database, one_of
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


def telling_words(each: Sequence[Sequence[str]], live: BitMap) -> list[dict[str, BitMap]]:
    """Of each of these groups of texts the rarest words, as written, each with the live publications that have it in
    title or summary.

    Only words that another has too. Two queries, for up to thirty groups: SQLite asks for no more than 500 terms at
    once. Nothing is kept, since rare words are seldom asked twice.
    """
    written = [_written(texts) for texts in each]
    totals = _totals(dict.fromkeys(word for one in written for word in one), len(live))
    rare = [_rarest(one, totals) for one in written]
    having = _having(dict.fromkeys(word for one in rare for word in one), live)
    return [{one[word]: having[word] for word in chosen} for one, chosen in zip(written, rare, strict=True)]


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


def _totals(stems: Iterable[str], count: int) -> dict[str, int]:
    """In how many publications those of the stems stand that tell something in a catalogue of so many. One query."""
    most, (listed, wanted) = max(FEW, count // RARE), one_of(list(stems))
    table = SearchWord._meta.db_table
    sql = f"SELECT stem, SUM(count) FROM {table} WHERE count > 0 AND stem {listed} GROUP BY stem"  # noqa: S608
    with database().cursor() as cursor:
        cursor.execute(sql, [wanted])
        return {stem: total for stem, total in cursor.fetchall() if 1 < total <= most}


def _rarest(stems: Iterable[str], totals: dict[str, int]) -> list[str]:
    return sorted((known for known in stems if known in totals), key=lambda known: (totals[known], known))[:MOST_KEPT]


def _having(stems: Iterable[str], live: BitMap) -> dict[str, BitMap]:
    wanted = list(stems)
    terms: list[Term] = [((column + word[:MAX_WORD],), False) for word in wanted for column in (TITLE, SUMMARY)]
    found = asked(terms) if terms else []
    return {word: (found[2 * place] | found[2 * place + 1]) & live for place, word in enumerate(wanted)}
