"""The words that publications use: what a beginning may become, and how they are written."""

import re
from collections import Counter
from collections.abc import Iterable

from pyroaring import BitMap

from practices.language.words import fold, form, stem
from practices.models.publication import Publication
from practices.models.search_index import SearchWord

from .postings import postings
from .tokens import AUTHOR, CODE, COLUMNS, TITLE

MOST_STEMS = 50
LAST = "z" * 40

_WORD = re.compile(r"[^\W\d_]+")


def stems_beginning(word: str) -> list[str]:
    """The stems of the words that begin so, the most used first. One query."""
    if not word.isalpha():
        return []
    begun = SearchWord.objects.filter(word__gte=word, word__lt=word + LAST, count__gt=0)
    return list(dict.fromkeys(begun.order_by("-count", "word").values_list("stem", flat=True)[:MOST_STEMS]))


def unwritten(words: Iterable[str]) -> set[str]:
    """Those that no publication writes, neither so nor in the other number or gender. One query."""
    spellings = {word: _numbers_and_genders(word) for word in words}
    wanted = set().union(*spellings.values())
    known = SearchWord.objects.filter(word__in=wanted, count__gt=0).values_list("word", flat=True) if wanted else ()
    return {word for word, spelt in spellings.items() if spelt.isdisjoint(known)}


def _numbers_and_genders(word: str) -> set[str]:
    """More than there are: luz, luces; operador, operadora, operadores."""
    bare = form(word).removesuffix("a")
    bases = (
        {bare, bare[:-1] + "c"} if bare.endswith("z") else {bare, bare[:-1] + "z"} if bare.endswith("c") else {bare}
    )
    ends = ("", "o", "a", "e", "s", "os", "as", "es")
    return {word, *(base + end for base in bases for end in ends)}


def as_written(words: Iterable[str], publication: int) -> dict[str, str]:
    """The words with their accents, in small letters, as this publication writes them. One query."""
    text = Publication.objects.filter(pk=publication).values_list("document", flat=True).first() or ""
    wanted = set(words)
    written: dict[str, Counter[str]] = {}
    for found in _WORD.findall(re.sub(r"\\.", " ", text).lower()):
        if (folded := fold(found)) in wanted:
            written.setdefault(folded, Counter())[found] += 1
    return {word: spellings.most_common(1)[0][0] for word, spellings in written.items()}


def live_ids(words: Iterable[str], live: BitMap, upto: int) -> dict[str, tuple[BitMap, BitMap]]:
    """Where each word stands, in whatever column, and in title or author. One query."""
    terms = {
        word: {column: ((column + (word if column == CODE else stem(word)),), False) for column in COLUMNS}
        for word in words
    }
    asked = list(dict.fromkeys(term for of_word in terms.values() for term in of_word.values()))
    found = postings(asked, upto) if asked else {}
    return {
        word: (
            live & BitMap.union(*(found[term] for term in of_word.values())),
            live & (found[of_word[TITLE]] | found[of_word[AUTHOR]]),
        )
        for word, of_word in terms.items()
    }
