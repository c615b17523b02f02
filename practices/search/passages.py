"""Which passage shows why a practice of a list was found: one of its own texts, else one out of its files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from django.utils.functional import cached_property

from practices.document import PracticeDocument
from practices.language.words import stem
from practices.models.files import FileText

from .highlight import Marking, Piece, bounded, passage, spoken_in, texts_of
from .query import Query

# Only so many files are looked into for one list.
MOST_FILES = 60
# A file is long: only what stands so near to a word that may be the one is read closely.
NEAR = 500
MOST_PLACES = 10
# The letters of folded words, as they may be written.
_WRITTEN = {"a": "[aáàâä]", "e": "[eéèêë]", "i": "[iíìîï]", "o": "[oóòôö]", "u": "[uúùûü]", "n": "[nñ]", "c": "[cç]"}
# A stem of this length may end in another letter than the word: “existencia” has the stem “existent”.
LONG = 5


@dataclass(frozen=True)
class InFile:
    """A passage of an attached file."""

    name: str
    language: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Told:
    """What a publication says of itself, as a list of results shows it: `place` in one line, `texts` bounded and in
    the order of its page; `spoken` are the words of all of these; of each file its name, its SHA-256 and its
    language."""

    pk: int
    title: str
    author: str
    place: str
    texts: tuple[str, ...]
    spoken: str
    files: tuple[tuple[str, str, str], ...] = ()


def told_of(document: PracticeDocument, place: str) -> dict[str, Any]:
    """The same as plain values, to be kept; all but the id."""
    texts = list(bounded(texts_of(document)))
    return {
        "title": document.title,
        "author": document.author,
        "place": place,
        "texts": texts,
        "spoken": spoken_in([document.title, document.author, place, *texts]),
        "files": [(file.name, file.sha256, file.language or "es") for file in document.attachments],
    }


class Passages:
    """The passages of the publications of one page."""

    def __init__(self, told: Sequence[Told], query: Query) -> None:
        self.query = query
        self.told = told

    @cached_property
    def own(self) -> dict[int, list[Piece]]:
        """Of each publication's own prose; of those where it holds none of the words, nothing. No queries."""
        if not self.query.asked:
            return {}
        found = {told.pk: marking.passage(told.texts) for told in self.told if (marking := self.markings[told.pk])}
        return {pk: pieces for pk, pieces in found.items() if pieces}

    @cached_property
    def markings(self) -> dict[int, Marking]:
        """What marks the words in the texts of each publication."""
        return {told.pk: Marking(self.query, told.spoken) for told in self.told}

    @cached_property
    def in_files(self) -> dict[int, InFile]:
        """Of those whose own texts, title and author hold none of the words. One query, if there are any."""
        silent = [told for told in self.told if told.files and told.pk not in self.own and not self._is_named(told)]
        files = [(told.pk, file) for told in silent for file in told.files][:MOST_FILES]
        if not self.query.asked or not files:
            return {}
        texts = FileText.objects.filter(pk__in={sha256 for _pk, (_name, sha256, _language) in files}).exclude(text="")
        read = dict(texts.values_list("pk", "text"))
        found: dict[int, InFile] = {}
        for pk, (name, sha256, language) in files:
            if pk not in found and (pieces := passage(_near(read.get(sha256, ""), self.query), self.query)):
                found[pk] = InFile(name, language, pieces)
        return found

    def _is_named(self, told: Told) -> bool:
        marking = self.markings[told.pk]
        return any(piece.marked for text in (told.title, told.author) for piece in marking.highlight(text))


def _near(text: str, query: Query) -> Iterator[str]:
    """The stretches of the text around the first places where each word may stand that the query asks for."""
    words = [word for clause in query.asked for word in clause.words]
    words += [phrase[0] for clause in query.asked for phrase in clause.others]
    for word in dict.fromkeys(words) if text else ():
        for place in islice(re.finditer(_beginning(word), text), MOST_PLACES):
            start = text.rfind(" ", 0, max(0, place.start() - NEAR)) + 1
            yield text[start : place.start() + NEAR]


def _beginning(word: str) -> str:
    """A pattern of how every word with this stem begins."""
    common = [
        letter for letter, _same in takewhile(lambda pair: pair[0] == pair[1], zip(stem(word), word, strict=False))
    ]
    common = common[:-1] if len(common) >= LONG else common
    return r"(?i)(?<![^\W_])" + "".join(_WRITTEN.get(letter, letter) for letter in common)


__all__ = ["InFile", "Passages", "Told", "told_of"]
