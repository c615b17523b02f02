"""What a person typed, as clauses: words, phrases in quotes, exclusions. Bounded, and never an error."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from practices.language.codes import code_key, read_code
from practices.language.words import STOP_WORDS, fold

MAX_LENGTH = 200
MAX_CLAUSES = 12

_CLAUSE = re.compile(r'([-−–](?=["\w]))?(?:"([^"]*)"?|([^\s"]+))')
_LETTERS = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Clause:
    """Words that stand side by side; one word alone may also be the beginning of a longer one."""

    words: tuple[str, ...]
    is_phrase: bool = False
    excluded: bool = False
    unfinished: bool = False
    others: tuple[tuple[str, ...], ...] = ()
    """Phrases of stems that mean the same and would do as well (synonyms.py)."""

    @property
    def is_word(self) -> bool:
        """One word, neither quoted nor excluded: other words may stand for it."""
        return not self.is_phrase and not self.excluded

    @property
    def is_plain(self) -> bool:
        """Such a word, and whole: it may be put right."""
        return self.is_word and not self.unfinished


@dataclass(frozen=True)
class Query:
    text: str
    clauses: tuple[Clause, ...] = ()

    @property
    def code_key(self) -> str:
        """The text as the key of a code, for the exact hit."""
        return code_key(read_code(self.text) or self.text)

    @property
    def asked(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.excluded)


def read_query(text: str, unfinished: bool = False) -> Query:
    """The first 200 characters and 12 clauses. `unfinished`: the last word is still being typed."""
    text = text[:MAX_LENGTH]
    # Folding joins acronyms across the spaces between words, so it comes before anything is parted.
    found = list(_CLAUSE.finditer(_kept_quotes(text)))[:MAX_CLAUSES]
    clauses = [_clause(match, unfinished and match is found[-1]) for match in found]
    return Query(text, tuple(clause for clause in clauses if clause and clause.words))


def replaced(text: str, better: Mapping[str, str]) -> str:
    """The text with these (folded) words replaced where they stand plain: not in quotes, not excluded. Two words
    with a space between them are two neighbours that become one."""
    pieces = list(_pieces(_plain_quotes(text)))
    for place, piece in enumerate(pieces):
        if not piece.is_plain:
            continue
        after = pieces[place + 2] if place + 2 < len(pieces) else None
        if after and after.is_plain and (pair := f"{fold(piece.text)} {fold(after.text)}") in better:
            pieces[place : place + 3] = [_Piece(better[pair], True), _Piece(""), _Piece("")]
        else:
            pieces[place] = _Piece(better.get(fold(piece.text), piece.text), True)
    return "".join(piece.text for piece in pieces)


def neighbours(text: str) -> list[tuple[str, str]]:
    """Each two plain words (folded) that follow each other, stop words too."""
    pieces = list(_pieces(_plain_quotes(text[:MAX_LENGTH])))
    around = zip(pieces, pieces[2:], strict=False)
    return [(fold(one.text), fold(other.text)) for one, other in around if one.is_plain and other.is_plain]


@dataclass(frozen=True)
class _Piece:
    """A word, or what stands between two words, as typed."""

    text: str
    is_plain: bool = False


def _pieces(text: str) -> Iterator[_Piece]:
    """The text cut into words and what is between them; quoted and excluded words are never plain."""
    shut = [(m.start(), m.end()) for m in _CLAUSE.finditer(text) if m[1] or m[3] is None]
    last = 0
    for match in _LETTERS.finditer(text):
        if not any(start <= match.start() < end for start, end in shut):
            yield _Piece(text[last : match.start()])
            yield _Piece(match[0], True)
            last = match.end()
    yield _Piece(text[last:])


def _plain_quotes(text: str) -> str:
    return re.sub(r"[“”«»„]", '"', text)


def _kept_quotes(text: str) -> str:
    return fold(_plain_quotes(text))


def _clause(match: re.Match[str], unfinished: bool) -> Clause:
    minus, quoted, bare = match.groups()
    found = _TOKEN.findall(quoted if quoted is not None else bare)
    words = tuple(word for word in found if word not in STOP_WORDS or unfinished)
    return Clause(words, quoted is not None or len(words) > 1, bool(minus), unfinished)
