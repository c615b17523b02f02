"""What a person may mean while still typing: the publications that the unfinished text finds best."""

from collections.abc import Iterator

from pyroaring import BitMap

from practices.language.codes import code_key

from .match import match
from .synonyms import NONE, Synonyms


def suggest(text: str, live: BitMap, upto: int, limit: int = 8, known: Synonyms = NONE) -> list[int]:
    """The ids of the best publications for a text whose last word is unfinished."""
    best: dict[int, None] = {}
    for pk in _found(text, live, upto, known):
        best[pk] = None
        if len(best) == limit:
            break
    return list(best)


def _found(text: str, live: BitMap, upto: int, known: Synonyms) -> Iterator[int]:
    found = match(text, live, upto, unfinished=True, known=known)
    yield from found.ranked(found.ids)
    if not found.ids and any(character.isdigit() for character in text):
        # A code broken off in the middle, “BP-ANDESCO-SSPD-00”: the beginning of one of its tails.
        code = match(code_key(text), live, upto, unfinished=True)
        yield from code.ranked(code.ids)
