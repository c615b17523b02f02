"""Codes of practices, BP-<convenio>-<entidad>-NNN-AAAA, in any spelling."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["CODE_PATTERN", "CodeParts", "code_key", "code_tokens", "join_code", "read_code", "split_code"]

# For a database CHECK on SQLite (Python's re) and PostgreSQL alike: \Z, because in Python "$" also
# matches before a last line break. Only one way to write a number: 002, 1002, never 0002.
CODE_PATTERN = r"^[A-Z]{2,10}(-[A-Z0-9]{1,20}){1,4}-([0-9]{3}|[1-9][0-9]{3,4})-[0-9]{4}\Z"

_CODE = re.compile(CODE_PATTERN)
# What people write before a code; never dropped from what is a code with it: REF-X-Y-001-2020.
_LEAD = re.compile(
    r"(?:[\W_]*(?:(?:VER|LA|EL|BUENAS?|PRACTICAS?|FICHAS?|REF(?:ERENCIA)?|COD(?:IGO|E)?)"
    r"(?:\s+DE(?: LA)?(?: BUENA)? PRACTICA)?(?![A-Z0-9])))+[\W_]*"
)
# "No. 903", "N.º 2", "Nro. 2", "núm. 2": the word for number, which is no part of the code.
_NUMBER_WORDS = frozenset({"N", "NO", "NR", "NRO", "NUM", "NUMERO"})
_ORDINAL_SIGNS = str.maketrans({"º": " ", "°": " ", "№": "No "})
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_GLUED_TAIL = re.compile(r"([0-9]{1,5})((?:19|20)[0-9]{2})")
_MAX_CHARS = 200


class CodeParts(NamedTuple):
    """A code taken apart: BP-ANDESCO-SSPD, 2, 2020."""

    prefix: str
    number: int
    year: int


def join_code(prefix: str, number: int, year: int) -> str:
    """The canonical code of its parts."""
    return f"{prefix}-{number:03d}-{year:04d}"


def split_code(code: str) -> CodeParts:
    """The parts of a canonical code; ValueError when it is not one."""
    if not _CODE.match(code):
        raise ValueError(f"Not a code: {code!r}")
    prefix, number, year = code.rsplit("-", 2)
    return CodeParts(prefix, int(number), int(year))


def read_code(text: str, prefixes: Iterable[str] = ()) -> str | None:
    """The canonical code that a text spells out, or None when the text is not one whole code.

    Known prefixes settle what the text alone cannot: where a code written in one word is to be cut.
    """
    if len(text) > _MAX_CHARS:
        return None
    capitals = _capitals(text.translate(_ORDINAL_SIGNS))
    known = _by_key(prefixes)
    found = _read_whole(capitals, known)
    if found is None:
        return _read_glued(_without_lead(capitals), known) or _read_glued(capitals, known)
    parts = split_code(found)
    same = known.get(code_key(parts.prefix), {parts.prefix})
    return join_code(min(same), parts.number, parts.year) if len(same) == 1 else found


def code_key(text: str) -> str:
    """Letters and digits only, in lower case: the same for spellings that differ in separators or case."""
    return re.sub(r"[\W_]+", "", _capitals(text)).casefold()


def code_tokens(code: str) -> list[str]:
    """What a code is found by: its parts, the parts with the bare number, every tail in one word.

    The two runs of parts are in order, so that a phrase ("sspd 2", "002-2020") finds them too.
    """
    parts = [part for part in re.split(r"[\W_]+", _capitals(code).lower()) if part]
    bare = [part.lstrip("0") or "0" for part in parts]
    runs = [parts] if bare == parts else [parts, bare]
    return [token for run in runs for token in (*run, *_tails(run))]


def _tails(parts: list[str]) -> list[str]:
    return ["".join(parts[start:]) for start in range(len(parts) - 1)]


def _by_key(prefixes: Iterable[str]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for prefix in prefixes:
        known.setdefault(code_key(prefix), set()).add(prefix)
    return known


def _capitals(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _UNSEEN.sub("", text))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).upper()


def _read_whole(capitals: str, known: dict[str, set[str]]) -> str | None:
    """The code whose parts are set apart; words that only lead to it or to its number are dropped."""
    bare = re.sub(r"^\W+|\W+\Z", "", capitals)
    as_written = _read_separated(_number_and_year_apart(re.split(r"[\W_]+", bare)))
    if as_written and (bare == as_written or code_key(split_code(as_written).prefix) in known):
        return as_written
    parts = _number_and_year_apart([part for part in re.split(r"[\W_]+", _without_lead(capitals)) if part])
    while len(parts) > 2 and (parts[-3] in _NUMBER_WORDS or parts[-4:-2] == ["N", "O"]):
        del parts[-3]
    found = _read_separated(parts)
    # BP is where our codes begin: before it stands a word that nobody knows.
    return None if found and "BP" in found.split("-")[1:] else found


def _without_lead(capitals: str) -> str:
    lead = _LEAD.match(capitals)
    return capitals[lead.end() :] if lead else capitals


def _number_and_year_apart(parts: list[str]) -> list[str]:
    if len(parts) > 2 and parts[-2] in {"DE", "DEL"}:
        return [*parts[:-2], parts[-1]]  # 002 de 2020
    if parts and re.fullmatch(r"[0-9]{7,9}", parts[-1]):
        return [*parts[:-1], parts[-1][:-4], parts[-1][-4:]]  # 0022020
    return parts


def _read_separated(parts: list[str]) -> str | None:
    if len(parts) < 4 or not re.fullmatch(r"[0-9]{1,5}", parts[-2]):
        return None
    code = "-".join([*parts[:-2], f"{int(parts[-2]):03d}", parts[-1]])
    return code if _CODE.match(code) else None


def _read_glued(capitals: str, known: dict[str, set[str]]) -> str | None:
    key = code_key(capitals)
    found: set[str] = set()
    for prefix_key, prefixes in known.items():
        tail = _GLUED_TAIL.fullmatch(key[len(prefix_key) :]) if key.startswith(prefix_key) else None
        if tail:
            found.update(join_code(prefix, int(tail[1]), int(tail[2])) for prefix in prefixes)
    # Two known prefixes that both fit: better no answer than the wrong practice.
    code = found.pop() if len(found) == 1 else None
    return code if code and _CODE.match(code) else None
