"""Words as the catalogue compares them: without case, accents or the many spellings of S.A. E.S.P."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

__all__ = ["STOP_WORDS", "fold", "form", "squash", "stem", "stems", "words"]

_STOP = """
a al ante como con contra cual cuando de del desde donde durante e el ella en entre era es esa ese eso esta
este esto fue ha han hasta la las le les lo los mas me mi mientras muy ni no nos o os para pero por porque que
quien se segun ser si sin sobre son su sus tambien te todo u un una uno y ya
"""
STOP_WORDS = frozenset(_STOP.split())

# The Unicode blocks of combining diacritical marks, and what nobody sees (soft hyphen, zero widths, BOM).
_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_UNSEEN = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_TOKEN = re.compile(r"[a-z0-9]+")
_START, _END = r"(?<![a-z0-9])", r"(?![a-z0-9])\.?"
# E.S.P., E. S. P., E S.P., ES.P.; "es p" stays, because "es" is a word.
_ESP = re.compile(rf"{_START}(?:e[.\s]\s?s[.\s]?\s?p|es\.p){_END}")
_GLUED = re.compile(rf"{_START}(sas?|eice|ltda)\.?(esp){_END}")
# Letters with stops are one word: S.A., D.C., and spaced out, S. A., D. C.
_ACRONYM = re.compile(rf"{_START}(?:(?:[a-z]\.)+[a-z]|(?:[a-z]\. )+[a-z]){_END}")
_LETTER_SPACES = re.compile(rf"{_START}s a( s)?(?= esp(?![a-z0-9]))")
_MAX_PASSES = 4
# Whatever is joined holds one of these: letters alone that E.S.P. and S.A. are made of, a letter with its stop.
_MAY_JOIN = re.compile(rf"{_START}(?:(?:s|p|sp)(?![a-z0-9])|[a-z]\.|es\.p|(?:sas?|eice|ltda)\.?esp)")

# Sectores, redes, meses; but nobles, padres and sobres only add an s.
_PLURAL_ES = re.compile(r"(?:[dnsj]|(?<![bcdfgpt])[lr])es\Z")

_local = threading.local()


def fold(text: str) -> str:
    """Lower case without accents, single spaces, acronyms joined: "S. A. E. S. P." -> "sa esp"."""
    text = " ".join(_bare(text).split())
    # Joining can put new neighbours side by side; a few passes settle every text met.
    for _ in range(_MAX_PASSES):
        joined = _join_acronyms(text)
        if joined == text:
            break
        text = joined
    return text


def _bare(text: str) -> str:
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", _UNSEEN.sub("", text)))
    text = text.casefold()
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text


def _join_acronyms(text: str) -> str:
    text = _ESP.sub(" esp ", text)
    if "esp" in text:
        text = _GLUED.sub(r" \1 \2 ", text)
    text = _ACRONYM.sub(lambda m: f" {re.sub('[. ]', '', m[0])} ", text)
    text = " ".join(text.split())
    return _LETTER_SPACES.sub(lambda m: m[0].replace(" ", ""), text) if "s a" in text and " esp" in text else text


def words(text: str) -> list[str]:
    """The folded words of a text, stop words left out."""
    found: list[str] = []
    for written in text.split():
        plain = _plain(written)
        if plain is None:
            return list(_joined(text))
        found += plain
    return found


@lru_cache(maxsize=200_000)
def _plain(written: str) -> tuple[str, ...] | None:
    """The words of what stands between two spaces; None where it may be part of an acronym, which is only seen in
    the whole text. Folding each of them once, not every text anew, halves the time to index a practice."""
    bare = _bare(written)
    return None if _MAY_JOIN.search(bare) else tuple(_kept(bare))


@lru_cache(maxsize=2_000)
def _joined(text: str) -> tuple[str, ...]:
    """The words of a text that may hold acronyms; most of these are names of authors, which come again."""
    return tuple(_kept(fold(text)))


def _kept(folded: str) -> Iterator[str]:
    return (word for word in _TOKEN.findall(folded) if word not in STOP_WORDS)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; numbers and words with digits stay as they are."""
    if not word.isalpha():
        return word
    word = _stemmer().stemWord(_singular(word))
    # Snowball leaves the plural on short words: usos.
    word = word[:-1] if len(word) > 3 and word.endswith("s") else word
    return word[:-1] + "c" if len(word) > 2 and word.endswith("z") else word  # luz, luces


def form(word: str) -> str:
    """The word less its plural: what tells apart words that share a stem, puerta and Puerto, legalizar and
    legalización."""
    word = _singular(word)
    return word[:-1] if len(word) > 3 and word[-1] in "oe" else word


def _singular(word: str) -> str:
    """A noun without its plural. Snowball takes reclamos, líneas and hogares for verbs and parts them from reclamo,
    línea and hogar; what is no plural only has to come out the same each time."""
    while len(word) > 4 and word[-1] == "s" and word[-2] in "aeiou":
        word = word[:-2] if len(word) > 5 and _PLURAL_ES.search(word) else word[:-1]
    return word


def stems(text: str) -> list[str]:
    """The stems of the words of a text."""
    return [stem(word) for word in words(text)]


def squash(text: str) -> str:
    """Only letters, digits and single spaces of the folded text: for comparing two ways of writing."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def _stemmer() -> "snowballstemmer.basestemmer.BaseStemmer":
    # A stemmer keeps the word it works on in itself, so two threads must not share one.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = snowballstemmer.stemmer("spanish")
    return _local.stemmer
