"""How near two words are, as hands and ears slip: what is lost, doubled, swapped, or written as it sounds."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from string import ascii_lowercase

from django.db.models import Q
from django.db.models.functions import Length, Substr

from practices.models.reading import database, one_of
from practices.models.search_index import SearchWord

SHORTEST = 4
TWO_SLIPS_FROM = 8
MOST_NEAR = 2_000
MOST_KNOWN = 500

# What a slip costs: the likelier, the less. Two slips cost at least 8.
LIKELY, WRONG, ADDED, FIRST = 4, 5, 6, 1
_SOUND_ALIKE = ("bv", "csz", "gj", "iy", "ckq", "mn")
_ALIKE = {(a, b) for group in _SOUND_ALIKE for a in group for b in group}
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE |= {pair for row in _KEYS for a, b in pairwise(row) for pair in ((a, b), (b, a))}


def slips(one: str, other: str) -> int:
    """How many letters were lost, added, changed or swapped with their neighbour."""
    return _distance(one, other, weighed=False)


def cost(typed: str, meant: str) -> int:
    """The same, each slip weighed by how likely it is."""
    return _distance(typed, meant, weighed=True)


def _distance(typed: str, meant: str, *, weighed: bool) -> int:
    lost = swapped = LIKELY if weighed else 1
    first = FIRST if weighed else 0
    before: list[int] = []
    row = [j * lost + (first if j else 0) for j in range(len(meant) + 1)]
    for i, letter in enumerate(typed, 1):
        added = _added(typed, i) if weighed else 1
        last, before, row = before, row, [row[0] + added + (first if i == 1 else 0)]
        for j, wanted in enumerate(meant, 1):
            extra = first if i == j == 1 else 0
            changed = 0 if letter == wanted else _changed(letter, wanted) + extra if weighed else 1
            found = min(before[j] + added, row[j - 1] + lost, before[j - 1] + changed)
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == wanted:
                found = min(found, last[j - 2] + swapped)
            row.append(found)
    return row[-1]


def _added(typed: str, place: int) -> int:
    """A letter typed twice is likelier than one out of nowhere."""
    return LIKELY if place > 1 and typed[place - 1] == typed[place - 2] else ADDED


def _changed(letter: str, wanted: str) -> int:
    return LIKELY if (letter, wanted) in _ALIKE else WRONG


def one_slip(word: str) -> Iterator[str]:
    """A letter lost, doubled, changed, or two that changed places."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            yield head + letter + tail[1:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]


def known_words(words: Iterable[str]) -> dict[str, None]:
    """Those that publications use, the most used first. One query."""
    listed, wanted = one_of(set(words))
    sql = f"SELECT word FROM {SearchWord._meta.db_table} WHERE word {listed} AND count > 0"  # noqa: S608
    with database().cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY count DESC, word LIMIT {MOST_KNOWN}", [wanted])
        return dict.fromkeys(word for (word,) in cursor.fetchall())


def two_slips(word: str, most: int) -> list[str]:
    """The words two slips away, the nearest first. One query over the words of about that length.

    Two slips leave one half of the word whole, or make one in each half.
    """
    middle = len(word) // 2
    head, tail = word[:middle], word[middle:]
    beginnings = {head, *one_slip(head), *one_slip(head[:-1] + tail[0])}
    shape = Q(word__endswith=tail)
    near = SearchWord.objects.annotate(size=Length("word"))
    for size in (middle - 1, middle, middle + 1):
        near = near.annotate(**{f"first_{size}": Substr("word", 1, size)})
        shape |= Q(**{f"first_{size}__in": [begin for begin in beginnings if len(begin) == size]})
    near = near.filter(shape, size__gte=len(word) - 2, size__lte=len(word) + 2, count__gt=0)
    letters = set(word)
    rows = near.order_by("-count", "word").values_list("word", flat=True)[:MOST_NEAR]
    found = [other for other in rows if len(letters ^ set(other)) <= 4 and slips(word, other) <= 2]
    return sorted(found, key=lambda other: cost(word, other))[:most]
