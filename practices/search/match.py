"""From what was typed to the publications that hold it, best first. The order is explained in docs/search.md."""

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pyroaring import BitMap

from practices.language.codes import read_code
from practices.language.words import stem
from practices.models.reading import database, source

from .corrections import Correction, Slot, put_right
from .engines.base import Term
from .near_codes import near_code
from .postings import postings
from .query import Clause, Query, read_query
from .synonyms import NONE, Synonyms
from .tokens import AUTHOR, CODE, COLUMNS, FILES, MAX_WORD, TITLE, forms_of
from .words import stems_beginning, unwritten

# Words side by side are worth half of what each is worth; asked only where it is cheap to ask.
PAIRS_UNDER = 5_000
# A form is told from the others of its stem where a page at most has it, one among ten that have the stem.
FEW_FORMS = 20
ONE_AMONG = 10
MOST_NEAREST = 100
# Of the words that stand nowhere, so many are looked for as the beginning of others.
MOST_BEGINNINGS = 4
# Of a file, words are found by their beginning from this length on.
SHORTEST_IN_FILES = 4
# The columns of what a record says itself.
OWN = tuple(column for column in COLUMNS if column != FILES)
MOST_CORRECTIONS = 1_000

_lock = threading.Lock()
_corrections: dict[tuple[str, int, str], Correction] = {}


@dataclass(frozen=True)
class Match:
    """The publications that a text finds within a set, in groups of falling score."""

    query: Query
    ids: BitMap = field(default_factory=BitMap)
    groups: tuple[BitMap, ...] = ()

    def __bool__(self) -> bool:
        """Whether the text asks for anything at all."""
        return bool(self.query.asked)

    def ranked(self, within: BitMap) -> Iterator[int]:
        """The ids that are in the set too, best first, newest first among equals."""
        for group in self.groups:
            yield from reversed(group & within)


def match(text: str, live: BitMap, upto: int, *, unfinished: bool = False, known: Synonyms = NONE) -> Match:
    """What the text finds among the live publications. `upto` is the highest id that may be among them.

    Queries: none where all its words were asked before; else one, and one more for pairs of words.
    """
    query = known.widened(read_query(text, unfinished))
    if not query.asked:
        return Match(query)
    exact = _exact(query, upto) & live
    if exact:
        return Match(query, exact, (exact,))
    # What is suggested while typing says by itself why; a word inside a file would not.
    readings = _readings(query.clauses, live, upto, OWN if unfinished else COLUMNS)
    ids = live.copy()
    for clause, reading in zip(query.clauses, readings, strict=True):
        if clause.excluded:
            ids -= reading.anywhere
        else:
            ids &= reading.anywhere
    asked = [r for clause, r in zip(query.clauses, readings, strict=True) if not clause.excluded]
    pairs = _pairs(query, asked, upto)
    exact = _in_that_form(query, ids, upto)
    return Match(query, ids, (*_groups(exact, asked, pairs), *_groups(ids - exact, asked, pairs)))


def union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *sets)


def _exact(query: Query, upto: int) -> BitMap:
    """The publication of that code, where the text is a whole code in any spelling."""
    if not read_code(query.text):
        return BitMap()
    term = _term(CODE, [query.code_key])
    return postings([term], upto)[term]


@dataclass(frozen=True)
class _Reading:
    """Where a clause stands: per column, the publications."""

    columns: dict[str, BitMap]
    is_beginning: bool = False
    """Whether the word stands nowhere as it is."""

    @property
    def anywhere(self) -> BitMap:
        return union(self.columns.values())


def _readings(
    clauses: Sequence[Clause], live: BitMap, upto: int, columns: Collection[str] = COLUMNS
) -> list[_Reading]:
    options = [_options(clause, columns) for clause in clauses]
    terms = dict.fromkeys(term for option in options for terms in option.values() for term in terms)
    found = postings(list(terms), upto)
    readings = [_read(option, found) for option in options]
    nowhere = [place for place in range(len(clauses)) if not readings[place].anywhere & live]
    for place in nowhere[:MOST_BEGINNINGS]:
        clause = clauses[place]
        if clause.is_phrase:
            readings[place] = _parts_of_a_code(clause, live, upto)
        else:
            readings[place] = _beginning(clause, upto, columns)
    return readings


def _read(option: dict[str, list[Term]], found: dict[Term, BitMap]) -> _Reading:
    return _Reading({column: union(found[term] for term in terms) for column, terms in option.items()})


def _options(clause: Clause, columns: Collection[str]) -> dict[str, list[Term]]:
    """Per column, the terms that each would do: the clause's own, and those of the phrases that may stand for it."""
    stems = [stem(word)[:MAX_WORD] for word in clause.words]
    options: dict[str, list[Term]] = {column: [] for column in COLUMNS}
    for column in columns:
        options[column] = [_term(column, phrase) for phrase in (stems, *clause.others)]
    options[CODE] = [_term(CODE, phrase) for phrase in (clause.words, *clause.others)]
    if len(stems) == 1 and not stems[0].isalpha():
        options[CODE].append(_term(CODE, stems, is_prefix=not stems[0].isdigit()))
    return options


def _term(column: str, stems: Iterable[str], *, is_prefix: bool = False) -> Term:
    return tuple(column + token for token in stems), is_prefix


def _parts_of_a_code(clause: Clause, live: BitMap, upto: int) -> _Reading:
    """Parts that do not stand side by side, in one code all the same: “andesco-002”; else with the last one broken
    off: “andesco-sspd-00”."""
    here = BitMap()
    for is_prefix in (False, True):
        terms = [_term(CODE, [word]) for word in clause.words[:-1]]
        terms.append(_term(CODE, clause.words[-1:], is_prefix=is_prefix))
        here = BitMap.intersection(*postings(terms, upto).values())
        if here & live:
            break
    return _Reading({**{column: BitMap() for column in COLUMNS}, CODE: here})


def _beginning(clause: Clause, upto: int, columns: Collection[str]) -> _Reading:
    """A word that stands nowhere as it is: as the beginning of others, “atenc”, “sostenibl”."""
    word = clause.words[0]
    stems = stems_beginning(word)
    options = {column: [_term(column, [token]) for token in stems] for column in COLUMNS}
    options[CODE] = [_term(CODE, [word], is_prefix=True)]
    # The words of files are in no table of words: those are found that begin so when they are stemmed.
    whole = FILES in columns and len(word) >= SHORTEST_IN_FILES
    options[FILES] = [_term(FILES, [word], is_prefix=True)] if whole else []
    found = postings([term for terms in options.values() for term in terms], upto)
    return replace(_read(options, found), is_beginning=True)


def _pairs(query: Query, readings: Sequence[_Reading], upto: int) -> list[_Reading]:
    """Words that stand side by side as they were typed."""
    plain = [clause.words[0] for clause in query.asked if len(clause.words) == 1]
    if len(plain) != len(query.asked) or min(len(r.anywhere) for r in readings) > PAIRS_UNDER:
        return []
    stems = [stem(word)[:MAX_WORD] for word in plain]
    options = [{c: [_term(c, pair)] for c in COLUMNS} for pair in pairwise(stems)]
    found = postings([term for option in options for terms in option.values() for term in terms], upto)
    return [_read(option, found) for option in options]


def _in_that_form(query: Query, ids: BitMap, upto: int) -> BitMap:
    """Those that have every word in the form that was typed, where they are few among many: electrificación, where
    most are of an Electrificadora."""
    if len(ids) < ONE_AMONG:
        return BitMap()
    forms = forms_of(clause.words[0] for clause in query.asked if clause.is_plain)
    found = postings([((token,), False) for token in forms], upto) if forms else {}
    exact = BitMap.intersection(ids, *found.values()) if found else BitMap()
    return exact if len(exact) <= min(FEW_FORMS, len(ids) // ONE_AMONG) else BitMap()


def _groups(
    ids: BitMap, readings: Sequence[_Reading], pairs: Sequence[_Reading], factors: Sequence[int] = ()
) -> Iterator[BitMap]:
    """The ids parted by score, the highest first: for each clause the worth of its best column."""
    scores = {0: ids} if ids else {}
    for reading, factor in zip(readings, factors or [2] * len(readings), strict=True):
        scores = _scored(scores, reading, factor)
    for pair in pairs:
        scores = _scored(scores, pair, 1)
    for score in sorted(scores, reverse=True):
        yield scores[score]


def _scored(scores: dict[int, BitMap], reading: _Reading, factor: int) -> dict[int, BitMap]:
    after: dict[int, BitMap] = {}
    for score, ids in scores.items():
        left = ids
        for column, worth in COLUMNS.items():
            here = left & reading.columns[column]
            if here:
                after[score + factor * worth] = after.get(score + factor * worth, BitMap()) | here
                left = left - here
        if left:
            after[score] = after.get(score, BitMap()) | left
    return after


def corrected(text: str, live: BitMap, upto: int, version: int = 0, known: Synonyms = NONE) -> str:
    """The text with each slip put right, or "" where there is nothing to put right."""
    return correction(text, live, upto, version, known).text


def correction(
    text: str, live: BitMap, upto: int, version: int = 0, known: Synonyms = NONE, *, is_enough: bool = False
) -> Correction:
    """What the text may have meant. `is_enough`: it finds enough as it is, so that only a sure correction is one.

    Words that something else stands for are known words. A worker keeps the answers of a catalogue version.
    """
    if database().in_atomic_block:
        return _corrected(text, live, upto, known, is_enough)
    key = (source(), version, text)
    better = _corrections.get(key)
    if better is None:
        better = _corrected(text, live, upto, known, is_enough)
        with _lock:
            while len(_corrections) >= MOST_CORRECTIONS:
                _corrections.pop(next(iter(_corrections)))
            _corrections[key] = better
    return better


def forget() -> None:
    """Drop what is kept: between tests, and when a database was replaced."""
    with _lock:
        _corrections.clear()


def _corrected(text: str, live: BitMap, upto: int, known: Synonyms, is_enough: bool) -> Correction:
    query = known.widened(read_query(text))
    if not query.asked:
        return Correction()
    if any(character.isdigit() for character in query.text) and (code := near_code(query.text, live, upto)):
        return Correction("" if is_enough else code)
    new = unwritten(clause.words[0] for clause in query.asked if clause.is_plain and clause.words[0].isalpha())
    if read_code(query.text) or (is_enough and not new):
        return Correction()
    within = _without_refused(query, live, upto)
    readings = _readings(query.asked, within, upto)
    slots = [
        Slot(
            clause,
            reading.anywhere & within,
            reading.columns[TITLE] | reading.columns[AUTHOR],
            is_fixed=not clause.is_plain or bool(clause.others),
            is_guess=not clause.others and (reading.is_beginning or clause.words[0] in new),
        )
        for clause, reading in zip(query.asked, readings, strict=True)
    ]
    found = put_right(query, slots, within, upto)
    return found if found.is_sure or not is_enough else Correction()


def _without_refused(query: Query, live: BitMap, upto: int) -> BitMap:
    refused = [clause for clause in query.clauses if clause.excluded]
    return live - union(reading.anywhere for reading in _readings(refused, live, upto))


def nearest(text: str, live: BitMap, upto: int, known: Synonyms = NONE) -> Match:
    """The hundred that come nearest to a text that nothing fits whole: the most words first, the rarest of them first.

    What stands in quotes or is refused holds all the same; fewer than half of the words are no match.
    """
    query = known.widened(read_query(text))
    within = _without_refused(query, live, upto)
    readings = _readings(query.asked, within, upto)
    asked = list(zip(query.asked, readings, strict=True))
    within = BitMap.intersection(within, *(r.anywhere for clause, r in asked if clause.is_phrase))
    loose = [reading for clause, reading in asked if not clause.is_phrase]
    if len(asked) < 2 or not within:
        return Match(query)
    rarity = [(len(live) // (1 + len(reading.anywhere & within))).bit_length() for reading in readings]
    pairs = _pairs(query, readings, upto)
    groups: list[BitMap] = []
    left = MOST_NEAREST
    for ids in _by_number(within, loose, (len(asked) + 1) // 2 - (len(asked) - len(loose))):
        for group in _groups(ids, readings, pairs, rarity):
            kept = BitMap(sorted(group, reverse=True)[:left])
            left -= len(kept)
            groups.append(kept)
            if not left:
                return Match(query, union(groups), tuple(groups))
    return Match(query, union(groups), tuple(groups))


def _by_number(within: BitMap, readings: Sequence[_Reading], fewest: int) -> Iterator[BitMap]:
    """Those that all of the readings find, then those that all but one find, and so on."""
    counted = [within, *(BitMap() for _reading in readings)]
    for reading in readings:
        here = reading.anywhere
        for number in range(len(readings), 0, -1):
            counted[number] = counted[number] | (counted[number - 1] & here)
    for number in range(len(readings), max(fewest, 0) - 1, -1):
        yield counted[number] - counted[number + 1] if number < len(readings) else counted[number]


__all__ = ["Match", "corrected", "correction", "forget", "match", "nearest"]
