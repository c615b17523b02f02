"""Where in a text the words of a query stand: pieces to mark, and the passage that holds most of them. Never HTML."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import cached_property

from practices.document import PracticeDocument
from practices.language import texts
from practices.language.words import STOP_WORDS, fold, stem

from .query import Query

WIDTH = 240
# Of a document longer than this, only the beginning is looked through for a passage.
MOST_CHARS = 50_000
# A word that stands nowhere as it is was found as the beginning of others (match.py): from this length on.
SHORTEST_BEGINNING = 4
# Letters at the end of a stem that may be other ones than the word's, and one to be sure (bozazacion, bozac).
CHANGED = 2
CUT = "…"
MARKS = ("\u0300", "\u036f")
"""The first and the last of the accents that stand by themselves after their letter."""

# E.S.P. is one word; so is an accented letter written as two characters.
_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_TOKEN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True)
class _Hit:
    """A stretch of a text that answers the word of that number."""

    start: int
    end: int
    word: int


def highlight(text: str, query: Query) -> list[Piece]:
    """The text in pieces, whole words of the query marked. Joined, the pieces are the text."""
    return _marked(text, _wanted(query), None)


def passage(passages: Iterable[str], query: Query, width: int = WIDTH) -> list[Piece]:
    """The stretch with most of the query's words, the first of equals; nothing where no word stands."""
    return _best(list(bounded(passages)), _wanted(query), None, width)


class Marking:
    """The same in texts whose words are known: nobody need look for words in them.

    `spoken` are the words of all the texts that will be asked about, as `spoken_in` tells them.
    """

    def __init__(self, query: Query, spoken: str) -> None:
        self._wanted = _wanted(query)
        self._answers = _answers_among(spoken, self._wanted)

    def __bool__(self) -> bool:
        """Whether anything may be marked."""
        return bool(self._answers or self._wanted.phrases)

    def highlight(self, text: str) -> list[Piece]:
        return _marked(text, self._wanted, self._answers)

    def passage(self, lines: Sequence[str], width: int = WIDTH) -> list[Piece]:
        """Of lines that are `bounded` already."""
        return _best(lines, self._wanted, self._answers, width)


def spoken_in(texts: Iterable[str]) -> str:
    """The words of these texts, a line each: what the index makes of it, after a space; a bar; and the word as it is
    written, where that is something else."""
    written = sorted({word for text in texts for word in _WORD.findall(text)})
    said = [(word, "".join([f" {token}" for token in _tokens(word)])) for word in written]
    return "".join([f"{tokens}|{'' if tokens == f' {word}' else word}\n" for word, tokens in said])


def texts_of(document: PracticeDocument) -> Iterator[str]:
    """What a document says of itself in prose, in the order of its page, a text at a time."""
    yield texts.plain(document.summary)
    yield texts.plain(document.impact)
    yield from (metric.text for metric in document.metrics)
    yield from document.success_factors
    rest = (document.population, document.validation, document.replicability, document.limitations)
    yield from (texts.plain(text) for text in (*rest, document.conclusion) if text)
    yield from (document.distinction, document.coverage.text)
    yield from (assessment.reason for assessment in document.criteria)
    yield from (f"{file.name} {file.description} {file.keywords}" for file in document.attachments)
    yield from (link.label for link in document.links)


_Answers = dict[str, tuple[int, bool]]
"""Written words, each with the number of the word of the query that it answers, and whether it does so as it is."""


@dataclass(frozen=True)
class _Wanted:
    """The words of a query: the number of each stem, and the beginnings that words may have."""

    stems: dict[str, int]
    typed: tuple[tuple[str, int], ...] = ()
    unfinished: tuple[tuple[str, int], ...] = ()
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()
    """Phrases of stems that mean the same as the word of that number."""
    known: dict[str, tuple[int, bool] | None] = field(default_factory=dict)
    """Written words met before, with their answers; as short-lived as the query among the last 16."""

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """A word with one of these stems begins with one of these: stemming changes the last letter of what it leaves,
        if any."""
        return tuple({one[: max(1, len(one) - CHANGED)] for one in self.stems})

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """A space and a beginning each: no word that the index makes can answer that begins otherwise."""
        typed = [word for word, _number in (*self.typed, *self.unfinished)]
        return tuple([f" {begun}" for begun in {*self.beginnings, *typed}])

    @cached_property
    def count(self) -> int:
        """How many words there are."""
        return len({*self.stems.values(), *(number for _phrase, number in self.phrases)})


@lru_cache(maxsize=16)
def _wanted(query: Query) -> _Wanted:
    stems: dict[str, int] = {}
    typed, unfinished, phrases = [], [], []
    for clause in query.asked:
        place = len(stems)
        for word in clause.words:
            number = stems.setdefault(stem(word), len(stems))
            if clause.unfinished and word == clause.words[-1] and len(word) > 1:
                unfinished.append((word, number))
            elif len(word) >= SHORTEST_BEGINNING:
                typed.append((word, number))
        for other in clause.others:
            if len(other) > 1:
                phrases.append((other, place))
            else:
                stems.setdefault(other[0], place)
    return _Wanted(stems, tuple(typed), tuple(unfinished), tuple(phrases))


def _marked(text: str, wanted: _Wanted, answers: _Answers | None) -> list[Piece]:
    hits, begun = _hits(text[:MOST_CHARS], wanted, answers)
    return _pieces(text, 0, len(text), _settled([hits], [begun])[0])


def _best(lines: Sequence[str], wanted: _Wanted, answers: _Answers | None, width: int) -> list[Piece]:
    found: list[tuple[list[_Hit], list[_Hit]]] = []
    for number, line in enumerate(lines):
        if number == 1 and answers is None:
            # Far sooner told of all lines together.
            answers = _answers_in("\n".join(lines[1:]), wanted)
            if not answers and not wanted.phrases:
                break
        hits, begun = _hits(line, wanted, answers)
        count, first, last = _densest(hits, width)
        if count and count == wanted.count:
            # Every word stands here: no line can hold more, and mere beginnings count nowhere.
            return _cut(line, hits, first, last, width)
        found.append((hits, begun))
    settled = _settled([hits for hits, _begun in found], [begun for _hits, begun in found])
    most, best = 0, None
    for line, hits in zip(lines, settled, strict=False):
        count, first, last = _densest(hits, width)
        if count > most:
            most, best = count, (line, hits, first, last)
    return _cut(*best, width) if best else []


@lru_cache(maxsize=100_000)
def _tokens(word: str) -> tuple[str, ...]:
    """The words that the index makes of a written one; most often one."""
    return tuple(_TOKEN.findall(fold(word)))


def _hits(text: str, wanted: _Wanted, answers: _Answers | None) -> tuple[list[_Hit], list[_Hit]]:
    """Where the words stand as they are (or unfinished), and where they are only the beginning of others. `answers`
    are those of a text that holds this one, where they are known."""
    hits: list[_Hit] = []
    begun: list[_Hit] = []
    if answers is None:
        answers = _answers_in(text, wanted)
    for match in _standing(text, answers):
        number, stands = answers[match[0]]
        (hits if stands else begun).append(_Hit(match.start(), match.end(), number))
    if wanted.phrases:
        taken = {hit.start for hit in hits}
        hits += [hit for hit in _phrase_hits(text, wanted.phrases) if hit.start not in taken]
    return hits, begun


def _standing(text: str, written: Iterable[str]) -> list[re.Match[str]]:
    """Where these written words stand in the text, in its order."""
    found = []
    for word in written:
        start = text.find(word)
        while start >= 0:
            before = text[start - 1 : start]
            if before == "." or (before and MARKS[0] <= before <= MARKS[1]):
                # It may be the end of a longer word: of an acronym, or of one whose accents stand by themselves.
                return [match for match in _WORD.finditer(text) if match[0] in written]
            if not before.isalnum() and (match := _WORD.match(text, start)) and match[0] == word:
                found.append(match)
            start = text.find(word, start + 1)
    return sorted(found, key=re.Match.start) if len(found) > 1 else found


def _phrase_hits(text: str, phrases: Iterable[tuple[tuple[str, ...], int]]) -> Iterator[_Hit]:
    """Each word of every phrase that stands there whole, the little words between its words passed over."""
    found = ((match, token) for match in _WORD.finditer(text) for token in _tokens(match[0]))
    words = [(match, stem(token)) for match, token in found if token not in STOP_WORDS]
    stems = [token_stem for _match, token_stem in words]
    marked = set()
    for phrase, number in phrases:
        for place in range(len(stems) - len(phrase) + 1):
            if stems[place] == phrase[0] and tuple(stems[place : place + len(phrase)]) == phrase:
                marked |= {(match.start(), match.end(), number) for match, _stem in words[place : place + len(phrase)]}
    yield from (_Hit(*hit) for hit in sorted(marked))


def _answers_in(text: str, wanted: _Wanted) -> _Answers:
    """Those of the words of a text that answer a word of the query."""
    if not wanted.stems:
        return {}
    known, written = wanted.known, set(_WORD.findall(text))
    for word in written.difference(known):
        known[word] = _answer(word, wanted)
    return {word: answer for word in written if (answer := known[word])}


def _answers_among(spoken: str, wanted: _Wanted) -> _Answers:
    """The same of words told by `spoken_in`."""
    known, answers = wanted.known, {}
    for begun in wanted.possible:
        place = spoken.find(begun)
        while place >= 0:
            bar = spoken.index("|", place)
            end = spoken.index("\n", bar)
            word = spoken[bar + 1 : end] or spoken[spoken.rfind(" ", 0, bar) + 1 : bar]
            if word not in known:
                known[word] = _answer(word, wanted)
            if answer := known[word]:
                answers[word] = answer
            place = spoken.find(begun, end)
    return answers


def _answer(written: str, wanted: _Wanted) -> tuple[int, bool] | None:
    """Which word of the query a written word answers, and whether it does so as it is."""
    for token in _tokens(written):
        # To stem a word that nobody met before takes longer than all the rest here.
        if token.startswith(wanted.beginnings) and (token_stem := stem(token)) in wanted.stems:
            return wanted.stems[token_stem], True
        if token not in STOP_WORDS:
            for beginnings, stands in ((wanted.unfinished, True), (wanted.typed, False)):
                for word, number in beginnings:
                    if token.startswith(word):
                        return number, stands
    return None


def _settled(hits: Sequence[list[_Hit]], begun: Sequence[list[_Hit]]) -> list[list[_Hit]]:
    """A word counts as a beginning only where it stands nowhere as it is."""
    standing = {hit.word for line in hits for hit in line}
    return [
        sorted((*line, *(hit for hit in more if hit.word not in standing)), key=lambda hit: hit.start)
        for line, more in zip(hits, begun, strict=True)
    ]


def bounded(passages: Iterable[str]) -> Iterator[str]:
    """Those that hold anything, each in one line; of very long ones only what is looked through."""
    left = MOST_CHARS
    for text in passages:
        line = " ".join(text[:left].split())
        left -= len(text)
        if line:
            yield line
        if left <= 0:
            return


def _densest(hits: Sequence[_Hit], width: int) -> tuple[int, int, int]:
    """How many different words the best stretch holds, and its first and last hit."""
    best = (0, 0, 0)
    inside: Counter[int] = Counter()
    first = 0
    for last, hit in enumerate(hits):
        inside[hit.word] += 1
        while first < last and hit.end - hits[first].start > width:
            inside[hits[first].word] -= 1
            if not inside[hits[first].word]:
                del inside[hits[first].word]
            first += 1
        if len(inside) > best[0]:
            best = (len(inside), first, last)
    return best


def _cut(line: str, hits: Sequence[_Hit], first: int, last: int, width: int) -> list[Piece]:
    """The line around those hits, cut where words end; what is left out is said by “…”."""
    held = hits[last].end - hits[first].start
    start = max(0, min(hits[first].start - max(0, width - held) // 3, len(line) - width))
    end = min(len(line), max(start + width, hits[first].end))
    if start:
        space = line.find(" ", start - 1, hits[first].start)
        start = space + 1 if space >= 0 else hits[first].start
    if end < len(line):
        space = line.rfind(" ", hits[last].end, end + 1)
        end = space if space >= 0 else max(end, hits[last].end)
    pieces = _pieces(line, start, end, hits)
    return [*([Piece(CUT)] if start else []), *pieces, *([Piece(CUT)] if end < len(line) else [])]


def _pieces(text: str, start: int, end: int, hits: Iterable[_Hit]) -> list[Piece]:
    pieces = []
    for hit in hits:
        if start <= hit.start and hit.end <= end:
            if hit.start > start:
                pieces.append(Piece(text[start : hit.start]))
            pieces.append(Piece(text[hit.start : hit.end], marked=True))
            start = hit.end
    if start < end:
        pieces.append(Piece(text[start:end]))
    return pieces


__all__ = ["Marking", "Piece", "bounded", "highlight", "passage", "spoken_in", "texts_of"]
