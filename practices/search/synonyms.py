"""What else a word or a phrase of a search may stand for: the groups that staff keep, and the names of authors."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from practices.language.organizations import organization_key
from practices.language.words import stem, words
from practices.models.reading import database, source
from practices.models.synonym import SynonymGroup, terms_in
from practices.models.vocabulary import Organization

from .query import Clause, Query
from .tokens import MAX_WORD

Phrase = tuple[str, ...]

# Each is asked in every column, in one query with the words themselves: a database takes 500 questions at once.
MOST_ALTERNATIVES = 60
LONGEST_PHRASE = 12


@dataclass(frozen=True)
class Synonyms:
    """Phrases of stems, each with the other phrases that mean the same."""

    version: int = 0
    others: dict[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)

    def widened(self, query: Query) -> Query:
        """The query with what would do as well beside each of its clauses."""
        alternatives = self.alternatives(query.clauses)
        clauses = [replace(c, others=tuple(others)) for c, others in zip(query.clauses, alternatives, strict=True)]
        return replace(query, clauses=tuple(clauses))

    def alternatives(self, clauses: Sequence[Clause]) -> list[list[Phrase]]:
        """For each clause, the phrases that would do as well: those of every run of plain words it is part of.

        Where each word of a run may be replaced by a phrase, either all of the words stand there or the phrase does.
        """
        found: list[list[Phrase]] = [[] for _clause in clauses]
        left = MOST_ALTERNATIVES
        for start, end, phrase in self._runs(clauses):
            others = self.others[phrase][:left]
            left -= len(others)
            for place in range(start, end):
                found[place] += [other for other in others if other not in found[place]]
        return found

    def _runs(self, clauses: Sequence[Clause]) -> Iterator[tuple[int, int, Phrase]]:
        plain = [_stemmed(clause.words)[0] if clause.is_word else "" for clause in clauses]
        for start in range(len(plain)):
            for end in range(start + 1, len(plain) + 1):
                if not plain[end - 1]:
                    break
                if (run := tuple(plain[start:end])) in self.others:
                    yield start, end, run


NONE = Synonyms()

_lock = threading.Lock()
_kept: dict[str, Synonyms] = {}


def synonyms(version: int, authors: Callable[[], Collection[str]]) -> Synonyms:
    """Those in force in that catalogue version; `authors` gives the slugs of those whom the public knows.

    Two queries after a change, else none.
    """
    if database().in_atomic_block:
        # What this transaction wrote may yet be rolled back: nothing of it is kept.
        return _read(version, authors())
    name = source()
    known = _kept.get(name)
    if known is None or known.version != version:
        known = _read(version, authors())
        with _lock:
            _kept[name] = known
    return known


def forget() -> None:
    """Drop what is kept: between tests, and when a database was replaced."""
    with _lock:
        _kept.clear()


def _read(version: int, authors: Collection[str]) -> Synonyms:
    groups = [terms_in(line) for line in SynonymGroup.objects.order_by("key").values_list("terms", flat=True)]
    named = Organization.objects.exclude(acronym="", aliases="").order_by("slug")
    for slug, name, acronym, aliases in named.values_list("slug", "name", "acronym", "aliases"):
        if slug in authors:
            groups.append([organization_key(name), name, acronym, *aliases.splitlines()])
    return Synonyms(version, _by_phrase(groups))


def _by_phrase(groups: Iterable[Sequence[str]]) -> dict[Phrase, tuple[Phrase, ...]]:
    found: dict[Phrase, dict[Phrase, None]] = {}
    for group in groups:
        phrases = list(dict.fromkeys(phrase for term in group if (phrase := _stemmed(words(term)))))
        for phrase in phrases:
            found.setdefault(phrase, {}).update(dict.fromkeys(other for other in phrases if other != phrase))
    return {phrase: tuple(others) for phrase, others in found.items() if others}


def _stemmed(of: Sequence[str]) -> Phrase:
    return tuple(stem(word)[:MAX_WORD] for word in of[:LONGEST_PHRASE])
