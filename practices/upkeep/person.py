"""One person as others write the name or the mail address: with or without accents and capitals."""

import re
import unicodedata
from functools import cached_property

HIDDEN = "***"
# Neither quotes nor brackets: what stands in two fields of a JSON text is not one name.
_BETWEEN = r"[\s.,;\-]{1,3}"
FEWEST = 5
"""Letters."""


class TooShort(ValueError):
    """What was given would fit many people."""


class Person:
    def __init__(self, given: str) -> None:
        """Raises TooShort unless it is a mail address or a name of two words."""
        self.given = " ".join(given.split())
        plain = _folded(self.given)[0]
        words = [re.escape(word) for word in re.split(r"[\s.,;\-]+", plain) if word]
        if "@" in plain:
            words = [re.escape(plain)]
        elif len(words) < 2:
            words = []
        if not words or len("".join(words)) < FEWEST:
            raise TooShort(given)
        self._pattern = re.compile(rf"(?<!\w){_BETWEEN.join(words)}(?!\w)")

    @cached_property
    def words(self) -> list[str]:
        return re.findall(r"[a-z]{2,}", _folded(self.given)[0])

    def is_in(self, *texts: str | None) -> bool:
        return any(self._pattern.search(_folded(text)[0]) for text in texts if text)

    def hidden_in(self, text: str) -> str:
        """The text without this person."""
        folded, places = _folded(text)
        for found in reversed(list(self._pattern.finditer(folded))):
            start, end = places[found.start()], places[found.end() - 1] + 1
            text = text[:start] + HIDDEN + text[end:]
        return text


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without accents and capitals, and for each of its letters the place it had."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(plain):
                letters.append(plain)
                places.append(place)
    return "".join(letters), places
