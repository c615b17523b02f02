"""A document as tokens, column by column. Both databases get these very tokens and only match them.

Every token begins with the letter of its column, so one term of the index is one word in one column, and asking
for a word in the title costs what that word costs and nothing else.
"""

from collections.abc import Iterator

from practices.document import PracticeDocument
from practices.language.codes import code_tokens
from practices.language.words import stem, words

# From the best column to the worst, with what a word found there is worth.
COLUMNS = {"c": 16, "t": 16, "a": 8, "s": 4, "r": 2, "f": 1}
CODE, TITLE, AUTHOR, SUMMARY, REST, FILES = COLUMNS
# Stands between two texts of a column, so that no phrase runs across them. No word begins with a digit nine times.
GAP = ""

MAX_WORD = 40


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
    return tokens


def vocabulary_of(columns: dict[str, list[str]]) -> set[str]:
    """The words that completions and corrections may offer."""
    found = set().union(*columns.values())
    return {word for word in found if 2 < len(word) <= MAX_WORD and word.isalpha()}


def _words(texts: list[str]) -> list[str]:
    """The words of all the texts, GAP after each."""
    found: list[str] = []
    for text in texts:
        if kept := words(text):
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
