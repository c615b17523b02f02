"""What a text may have meant: the reading of all its words together that needs the least to be put right.

Each word may stand as it is, be a slip for a known word, be two words written as one, or be one word with the next.
Of all readings that some publication fits, the one with the likeliest slips is meant. Where none fits all the words,
some of them are left as they are and the others are put right all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyroaring import BitMap

from practices.language.words import STOP_WORDS, stem

from .query import Clause, Query, neighbours, replaced
from .slips import SHORTEST, TWO_SLIPS_FROM, cost, known_words, one_slip, two_slips
from .tokens import MAX_WORD
from .words import as_written, live_ids

MOST_CORRECTED = 4
MOST_NEAR = 12
MOST_PARTED = 2
MOST_READINGS = 24
TWO_SLIPS_AMONG_OTHERS_FROM = 6
PARTED_FROM = 7
SHORTEST_PART = 3
RARE = 3
MUCH_MORE_USED = 5
"""A word that stands somewhere is a slip only where what it may mean stands so many times as often."""

WRONGLY_PARTED = 5
NAMED = 2
GUESSED = 5
LEFT_OUT = 1_000
EVERYWHERE = ""


@dataclass(frozen=True)
class Slot:
    """A clause and where it stands as it is; `named`, in title or author. `is_guess`: the word itself stands nowhere,
    only others that begin so or share its stem."""

    clause: Clause
    ids: BitMap
    named: BitMap
    is_fixed: bool
    is_guess: bool = False

    @property
    def word(self) -> str:
        return self.clause.words[0]

    @property
    def uses(self) -> int:
        """In how many publications the word itself stands."""
        return 0 if self.is_guess else len(self.ids)


@dataclass(frozen=True)
class _Option:
    cost: int
    ids: BitMap
    named: BitMap
    better: str = ""


@dataclass(frozen=True)
class _Reading:
    cost: int
    ids: BitMap
    named: BitMap
    better: tuple[tuple[str, str], ...] = ()

    @property
    def rank(self) -> tuple[int, int]:
        """The likelier, the lower. That all the words stand in title and author makes up for a little."""
        return self.cost - (NAMED if self.named else 0), -len(self.ids)

    def after(self, word: str, option: _Option) -> "_Reading":
        better = (*self.better, (word, option.better)) if option.better else self.better
        return _Reading(self.cost + option.cost, self.ids & option.ids, self.named & option.named, better)


_Choices = list[tuple[str, list[_Option]]]


class Correction(NamedTuple):
    """The text with its slips put right, "" where nothing is nearer than what was typed. `is_sure`: what was typed
    only guesses at something, and this names something."""

    text: str = ""
    is_sure: bool = False


def put_right(query: Query, slots: Sequence[Slot], within: BitMap, upto: int) -> Correction:
    """`within` is what it may find. Queries: three, and one for each word that nobody writes and that may have two
    slips; four at most."""
    here = within & BitMap.intersection(*(slot.ids for slot in slots))
    found = [reading for choices in _choices(query, slots, within, upto) if (reading := _best(choices, within, here))]
    best = min(found, key=lambda reading: reading.rank, default=None)
    if best is None:
        return Correction()
    is_sure = bool(best.named) and not here & BitMap.intersection(*(slot.named for slot in slots))
    is_sure = is_sure and any(slot.is_guess for slot in slots)
    if not is_sure and len(best.ids) <= MUCH_MORE_USED * len(here):
        return Correction()
    return Correction(_text(query.text, best), is_sure)


def _best(choices: _Choices, within: BitMap, here: BitMap) -> _Reading | None:
    """The likeliest reading that something fits, if anything in it is put right. `here` fits the text as
    it is: then another reading is looked for, and one that fits whole."""
    # A word alone is no evidence for another: of those, the most used is meant, wherever it stands.
    readings = [_Reading(0, within, within if len(choices) > 1 else BitMap())]
    for word, options in sorted(choices, key=lambda choice: (len(choice[1]), sum(len(o.ids) for o in choice[1]))):
        after = [reading.after(word, option) for reading in readings for option in options]
        readings = sorted((r for r in after if r.ids), key=lambda r: r.rank)[:MOST_READINGS]
    if here:
        return next((r for r in readings if r.better and r.cost < LEFT_OUT), None)
    most_left_out = (len(choices) // 2) * LEFT_OUT
    fits = bool(readings) and bool(readings[0].better) and readings[0].cost < most_left_out + LEFT_OUT
    return readings[0] if fits else None


def _choices(query: Query, slots: Sequence[Slot], within: BitMap, upto: int) -> Iterator[_Choices]:
    """What each word may be; then the same once more for each two words that may be one."""
    near, glued, ids = _near(query, slots, within, upto)
    choices = [(slot.word, list(_options(slot, near.get(slot.word, []), ids, len(slots)))) for slot in slots]
    yield choices
    fixed = {word for slot in slots if slot.is_fixed for word in slot.clause.words}
    for one, other in glued:
        if not fixed & {one, other}:
            rest = [choice for choice in choices if choice[0] not in (one, other)]
            yield [*rest, (f"{one} {other}", [_Option(WRONGLY_PARTED, *ids[one + other], one + other)])]


def _options(slot: Slot, near: Sequence[str], ids: dict[str, tuple[BitMap, BitMap]], count: int) -> Iterator[_Option]:
    if slot.ids:
        yield _Option(GUESSED if slot.is_guess else 0, slot.ids, slot.named)
    for other in near:
        one, _space, rest = other.partition(" ")
        # What stands for a word that is no search word, “del”, is everything.
        holding, named = ids.get(one, ids[EVERYWHERE])
        if rest:
            second = ids.get(rest, ids[EVERYWHERE])
            holding, named = holding & second[0], named & second[1]
        if len(holding) > MUCH_MORE_USED * slot.uses:
            yield _Option(WRONGLY_PARTED if rest else cost(slot.word, other), holding, named, other)
    if count > 1 and not slot.clause.is_phrase:
        yield _Option(LEFT_OUT, *ids[EVERYWHERE])


def _near(
    query: Query, slots: Sequence[Slot], within: BitMap, upto: int
) -> tuple[dict[str, list[str]], list[tuple[str, str]], dict[str, tuple[BitMap, BitMap]]]:
    """What each doubtful word may mean, the words that may be one with the next, and where all of those stand."""
    doubtful = _doubtful(slots)
    one = {word: set(one_slip(word)) for word in doubtful}
    parts = {word: _parts(word) for word in doubtful}
    pairs = [pair for pair in neighbours(query.text) if len("".join(pair)) <= MAX_WORD]
    wanted = {*(w for near in one.values() for w in near), *(w for of in parts.values() for p in of for w in p)}
    known = known_words({*wanted, *doubtful, *("".join(pair) for pair in pairs)})
    glued = [pair for pair in pairs if "".join(pair) in known][:MOST_PARTED]
    two_from = TWO_SLIPS_FROM if len(slots) == 1 else TWO_SLIPS_AMONG_OTHERS_FROM
    near = {}
    for word in doubtful:
        others = [other for other in known if other in one[word]]
        # What publications write is no slip of two letters: at most somebody else's slip of one.
        if len(word) >= two_from and word not in known:
            others += [other for other in two_slips(word, MOST_NEAR) if other not in one[word]]
        near[word] = _likeliest(word, others)
        near[word] += [" ".join(p) for p in parts[word] if all(w in known or w in STOP_WORDS for w in p)][:MOST_PARTED]
    asked = {w for others in near.values() for other in others for w in other.split()} - STOP_WORDS
    ids = live_ids([*sorted(asked), *("".join(pair) for pair in glued)], within, upto)
    return near, glued, {**ids, EVERYWHERE: (within, within)}


def _doubtful(slots: Sequence[Slot]) -> list[str]:
    """The words that may be slips, those that stand nowhere first."""
    shortest = SHORTEST if len(slots) == 1 else SHORTEST - 1
    words = {
        slot.word: slot.uses
        for slot in slots
        if not slot.is_fixed and slot.uses < RARE and slot.word.isalpha() and shortest <= len(slot.word) <= MAX_WORD
    }
    return sorted(words, key=lambda word: words[word])[:MOST_CORRECTED]


def _likeliest(word: str, others: Sequence[str]) -> list[str]:
    """Other words than this one and its own longer forms."""
    apart = [other for other in others if stem(other) != stem(word) and not other.startswith(word)]
    return sorted(apart, key=lambda other: cost(word, other))[:MOST_NEAR]


def _parts(word: str) -> list[tuple[str, str]]:
    if len(word) < PARTED_FROM:
        return []
    found = [(word[:place], word[place:]) for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
    return [parts for parts in found if not STOP_WORDS.issuperset(parts)]


def _text(text: str, reading: _Reading) -> str:
    accents = as_written([w for _word, better in reading.better for w in better.split()], reading.ids.max())
    better = {word: " ".join(accents.get(w, w) for w in found.split()) for word, found in reading.better}
    return replaced(text, better)
