"""What a person typed, as clauses: words, phrases in quotes, exclusions. Bounded, and never an error."""

import re
from collections.abc import Mapping
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
    """The text with these (folded) words replaced where they stand plain: not in quotes, not excluded."""

    def in_clause(match: re.Match[str]) -> str:
        minus, _quoted, bare = match.groups()
        return match[0] if minus or bare is None else _LETTERS.sub(lambda m: better.get(fold(m[0]), m[0]), match[0])

    return _CLAUSE.sub(in_clause, _plain_quotes(text))


def _plain_quotes(text: str) -> str:
    return re.sub(r"[“”«»„]", '"', text)


def _kept_quotes(text: str) -> str:
    return fold(_plain_quotes(text))


def _clause(match: re.Match[str], unfinished: bool) -> Clause:
    minus, quoted, bare = match.groups()
    found = _TOKEN.findall(quoted if quoted is not None else bare)
    words = tuple(word for word in found if word not in STOP_WORDS or unfinished)
    return Clause(words, quoted is not None or len(words) > 1, bool(minus), unfinished)
