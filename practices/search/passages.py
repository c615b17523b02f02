"""Which passage shows why a practice of a list was found: one of its own texts, else one out of its files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from practices.document import Attachment, PracticeDocument
from practices.language.words import stem
from practices.models.files import FileText
from practices.models.publication import Publication

from .highlight import Piece, highlight, passage, texts_of
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


class Passages:
    """The passages of the publications of one page."""

    def __init__(self, publications: Sequence[Publication], query: Query) -> None:
        self.query = query
        self.publications = publications

    @cached_property
    def own(self) -> dict[int, list[Piece]]:
        """Of each publication's own prose; of those where it holds none of the words, nothing. No queries."""
        if not self.query.asked:
            return {}
        found = {p.pk: passage(texts_of(p.content), self.query) for p in self.publications}
        return {pk: pieces for pk, pieces in found.items() if pieces}

    @cached_property
    def in_files(self) -> dict[int, InFile]:
        """Of those whose own texts, title and author hold none of the words. One query, if there are any."""
        silent = [p for p in self.publications if p.pk not in self.own and not self._is_named(p.content)]
        files = [(p.pk, file) for p in silent for file in p.content.attachments][:MOST_FILES]
        if not self.query.asked or not files:
            return {}
        texts = FileText.objects.filter(pk__in={file.sha256 for _pk, file in files}).exclude(text="")
        read = dict(texts.values_list("pk", "text"))
        found: dict[int, InFile] = {}
        for pk, file in files:
            if pk not in found and (pieces := passage(_near(read.get(file.sha256, ""), self.query), self.query)):
                found[pk] = InFile(file.name, _language(file), pieces)
        return found

    def _is_named(self, document: PracticeDocument) -> bool:
        named = (document.title, document.author)
        return any(piece.marked for text in named for piece in highlight(text, self.query))


def _language(file: Attachment) -> str:
    return file.language or "es"


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


__all__ = ["InFile", "Passages"]
