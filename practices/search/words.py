"""The words that publications use: what a beginning may become, and what a slip may have meant."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from django.db.models.functions import Length
from pyroaring import BitMap

from practices.language.words import fold, stem
from practices.models.publication import Publication
from practices.models.search_index import SearchWord

from .postings import postings
from .tokens import CODE, COLUMNS, MAX_WORD

MOST_STEMS = 50
SHORTEST = 4
TWO_SLIPS_FROM = 8
MOST_NEAR = 2_000
MOST_TRIED = 10
RARE = 3
MUCH_MORE_USED = 5
"""A word that stands somewhere is a slip only where what it may mean stands so many times as often."""
LAST = "z" * 40

_WORD = re.compile(r"[^\W\d_]+")


def stems_beginning(word: str) -> list[str]:
    """The stems of the words that begin so, the most used first. One query."""
    if not word.isalpha():
        return []
    begun = SearchWord.objects.filter(word__gte=word, word__lt=word + LAST, count__gt=0)
    return list(dict.fromkeys(begun.order_by("-count", "word").values_list("stem", flat=True)[:MOST_STEMS]))


def corrected_word(word: str, live: BitMap, upto: int) -> str:
    """The most used word one slip away, or two for words of eight letters and more; "" where nothing is near, or
    where the word itself is known. Six queries at most."""
    if not word.isalpha() or not SHORTEST <= len(word) <= MAX_WORD:
        return ""
    here = len(_live_ids([word], live, upto)[word])
    if here >= RARE or (not here and _begins_another(word, live, upto)):
        return ""
    wanted = MUCH_MORE_USED * here
    better = _best(_known(_one_slip(word)), word, live, upto, wanted)
    if not better and len(word) >= TWO_SLIPS_FROM:
        better = _best(_two_slips(word), word, live, upto, wanted)
    return better


def _best(candidates: list[str], word: str, live: BitMap, upto: int, wanted: int) -> str:
    """The first of the candidates that is another word and stands often enough, as a publication writes it."""
    others = [candidate for candidate in candidates if stem(candidate) != stem(word)][:MOST_TRIED]
    found = _live_ids(others, live, upto)
    return next((_as_written(other, found[other]) for other in others if len(found[other]) > wanted), "")


def _as_written(word: str, ids: BitMap) -> str:
    """The word with its accents, in small letters, as the newest publication that holds it writes it. One query."""
    text = Publication.objects.filter(pk=ids.max()).values_list("document", flat=True).first() or ""
    written = (found.lower() for found in _WORD.findall(re.sub(r"\\.", " ", text)))
    return next(iter(Counter(w for w in written if fold(w) == word).most_common(1)), (word,))[0]


def _begins_another(word: str, live: BitMap, upto: int) -> bool:
    stems = stems_beginning(word)[:MOST_TRIED]
    return any(_live_ids(stems, live, upto, stemmed=True).values())


def _live_ids(words: Iterable[str], live: BitMap, upto: int, *, stemmed: bool = False) -> dict[str, BitMap]:
    """Where each word stands, in whatever column. One query."""
    terms = {
        word: [((column + (word if stemmed or column == CODE else stem(word)),), False) for column in COLUMNS]
        for word in words
    }
    asked = list(dict.fromkeys(term for of_word in terms.values() for term in of_word))
    found = postings(asked, upto) if asked else {}
    return {word: live & BitMap.union(*(found[term] for term in of_word)) for word, of_word in terms.items()}


def _known(candidates: Iterable[str]) -> list[str]:
    rows = SearchWord.objects.filter(word__in=set(candidates), count__gt=0).order_by("-count", "word")
    return list(rows.values_list("word", flat=True)[: 2 * MOST_TRIED])


def _two_slips(word: str) -> list[str]:
    """The words that begin with the same two letters and are two slips away, the most used first."""
    near = SearchWord.objects.annotate(size=Length("word")).filter(
        word__gte=word[:2],
        word__lt=word[:2] + LAST,
        size__gte=len(word) - 2,
        size__lte=len(word) + 2,
        count__gt=0,
    )
    letters = set(word)
    known = near.order_by("-count", "word").values_list("word", flat=True)[:MOST_NEAR]
    return [other for other in known if len(letters ^ set(other)) <= 4 and slips(word, other) <= 2][: 2 * MOST_TRIED]


def slips(one: str, other: str) -> int:
    """How many letters were lost, added, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _one_slip(word: str) -> Iterator[str]:
    """A letter lost, doubled, changed, or two that changed places."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            yield head + letter + tail[1:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
