"""A document as tokens, column by column. Both databases get these very tokens and only match them.

Every token begins with the letter of its column, so one term of the index is one word in one column, and asking
for a word in the title costs what that word costs and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping

from practices.document import PracticeDocument
from practices.language.codes import code_tokens
from practices.language.words import form, stem, words

# From the best column to the worst, with what a word found there is worth.
COLUMNS = {"c": 16, "t": 16, "a": 8, "s": 4, "r": 2, "f": 1}
CODE, TITLE, AUTHOR, SUMMARY, REST, FILES = COLUMNS
# Not a column: the form in which a word stands somewhere, where it says more than the stem.
FORM = "x"
# Stands between two texts of a column, so that no phrase runs across them. No word begins with a digit nine times.
GAP = ""

MAX_WORD = 40

# Files are long, and a tsvector holds 1 MB: of the words after the first 8,000 (some twenty pages) each is kept once,
# apart from the others, as long as there is room for so many letters. So no phrase is found there, on any database.
PLACES = 8_000
ROOM = 300_000
COST = 6


def columns_of(document: PracticeDocument, file_texts: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """The words of each column in their order, not yet stemmed; GAP where one text ends and another begins.

    `file_texts` are the texts inside its files, by SHA-256.
    """
    texts = {
        CODE: [],
        TITLE: [document.title],
        AUTHOR: list(_author_texts(document)),
        SUMMARY: [document.summary],
        REST: list(_other_texts(document)),
    }
    inside = [text for file in document.attachments if (text := (file_texts or {}).get(file.sha256))]
    return {**{name: _words(column) for name, column in texts.items()}, FILES: _bounded(_words(inside))}


def tokens_of(document: PracticeDocument, columns: dict[str, list[str]], former: Iterable[str] = ()) -> list[str]:
    """The tokens of the index entry, in order; GAP keeps its place. `former` are the codes that it had before."""
    tokens = [CODE + token for token in code_tokens(document.code)]
    for code in former:
        tokens += [GAP, *(CODE + token for token in code_tokens(code))]
    for column, column_words in columns.items():
        tokens.append(GAP)
        tokens += [column + stem(word)[:MAX_WORD] if word else GAP for word in column_words]
    own = (column_words for name, column_words in columns.items() if name != FILES)
    return [*tokens, GAP, *forms_of(word for column_words in own for word in column_words)]


def forms_of(words: Iterable[str]) -> list[str]:
    """The forms of these words as tokens, each once, without those that their stem tells already."""
    forms = {form(word): stem(word) for word in words if word.isalpha()}
    return sorted(FORM + word[:MAX_WORD] for word, its_stem in forms.items() if word != its_stem)


def vocabulary_of(columns: dict[str, list[str]]) -> set[str]:
    """The words that completions and corrections may offer.

    Those that stand only in files are not offered: words cut in two, tables and names, far more than a record has.
    """
    found = set().union(*(column_words for name, column_words in columns.items() if name != FILES))
    return {word for word in found if 2 < len(word) <= MAX_WORD and word.isalpha()}


def _words(texts: list[str]) -> list[str]:
    """The words of all the texts, GAP after each."""
    found: list[str] = []
    for text in texts:
        if kept := words(text):
            found += [*kept, GAP]
    return found


def _bounded(found: list[str]) -> list[str]:
    """The words of files, all of them as far as there are places, then the new ones as far as there is room."""
    kept = found[:PLACES]
    known, room = set(kept), ROOM
    for word in found[PLACES:]:
        if word not in known and room > 0:
            known.add(word)
            kept += [GAP, word]
            room -= len(word) + COST
    return kept


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
