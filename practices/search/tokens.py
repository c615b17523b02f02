"""A document as tokens, column by column. Both databases get these very tokens and only match them.

Every token begins with the letter of its column, so one term of the index is one word in one column, and asking
for a word in the title costs what that word costs and nothing else.
"""

import re
from collections.abc import Iterable, Iterator

from practices.document import PracticeDocument
from practices.language.codes import code_tokens
from practices.language.words import STOP_WORDS, fold, form, stem

# From the best column to the worst, with what a word found there is worth.
COLUMNS = {"c": 16, "t": 16, "a": 8, "s": 4, "r": 2, "f": 1}
CODE, TITLE, AUTHOR, SUMMARY, REST, FILES = COLUMNS
# Not a column: the form in which a word stands somewhere, where it says more than the stem.
FORM = "x"
# Stands between two texts of a column, so that no phrase runs across them. No word begins with a digit nine times.
GAP = ""

# Private to this file, neither letter nor space: folding joins nothing across it.
APART = "\x01"

MAX_WORD = 40

_TOKEN = re.compile(r"[a-z0-9]+")


def columns_of(document: PracticeDocument) -> dict[str, list[str]]:
    """The words of each column in their order, not yet stemmed; GAP where one text ends and another begins."""
    texts = {
        CODE: [],
        TITLE: [document.title],
        AUTHOR: list(_author_texts(document)),
        SUMMARY: [document.summary],
        REST: list(_other_texts(document)),
        FILES: [],
    }
    return {name: _words(column) for name, column in texts.items()}


def tokens_of(document: PracticeDocument, columns: dict[str, list[str]]) -> list[str]:
    """The tokens of the index entry, in order; GAP keeps its place."""
    tokens = [CODE + token for token in code_tokens(document.code)]
    for column, column_words in columns.items():
        tokens.append(GAP)
        tokens += [column + stem(word)[:MAX_WORD] if word else GAP for word in column_words]
    return [*tokens, GAP, *forms_of(word for column_words in columns.values() for word in column_words)]


def forms_of(words: Iterable[str]) -> list[str]:
    """The forms of these words as tokens, each once, without those that their stem tells already."""
    forms = {form(word): stem(word) for word in words if word.isalpha()}
    return sorted(FORM + word[:MAX_WORD] for word, its_stem in forms.items() if word != its_stem)


def vocabulary_of(columns: dict[str, list[str]]) -> dict[str, str]:
    """Each word that completions and corrections may offer, with its stem."""
    found = {word for column_words in columns.values() for word in column_words}
    return {word: stem(word) for word in found if word.isalpha() and 2 < len(word) <= MAX_WORD}


def _words(texts: list[str]) -> list[str]:
    """The words of all the texts, GAP after each. Folding them as one costs half of folding them one by one."""
    found: list[str] = []
    for text in fold(APART.join(text.replace(APART, " ") for text in texts)).split(APART):
        if kept := [word for word in _TOKEN.findall(text) if word not in STOP_WORDS]:
            found += [*kept, GAP]
    return found


def _author_texts(document: PracticeDocument) -> Iterator[str]:
    yield document.author
    for author in document.authors:
        yield from (author.as_written, author.name, author.acronym)


def _other_texts(document: PracticeDocument) -> Iterator[str]:
    yield document.category.name if document.category else ""
    yield document.call.name if document.call else ""
    yield from (service.name for service in document.services)
    yield from (document.implemented.text, document.distinction, document.population, document.impact)
    yield from (f"{metric.text} {metric.label}" for metric in document.metrics)
    yield from document.success_factors
    yield document.coverage.text
    yield from (place.name for place in (*document.coverage.departments, *document.coverage.municipalities))
    yield from (document.validation, document.replicability, document.limitations, document.conclusion)
    yield from (assessment.reason for assessment in document.criteria)
    yield from (f"{file.name} {file.description} {file.keywords}" for file in document.attachments)
    yield from (link.label for link in document.links)
