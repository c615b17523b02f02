"""Implementation dates as people write them in Colombian Spanish.

The text is kept as written. A start and an end are derived beside it only when every word is understood:
the words become one letter each (D day, M month, Y year …) and the letters must form one of a few known
sentences. One unknown word, and nothing is derived.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta

from practices.language.date_words import MONTH_NUMBERS, MONTHS_ES, WEEKDAYS, simplify

MAX_LENGTH = 200
FIRST_YEAR, LAST_YEAR = 1900, 2100
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PRECISIONS = ("day", "month", "quarter", "semester", "year")  # finest first


@dataclass(frozen=True)
class ImplementationDate:
    """A date as written, and what is sure about it in reduced-precision ISO 8601."""

    text: str
    start: str = ""  # "2020", "2020-04", "2020-04-15"; "" = unknown
    end: str = ""  # equal to start for a single date; "" = open ended or unknown
    precision: str = ""  # the coarser of both ends: day, month, quarter, semester, year

    @property
    def years(self) -> tuple[int, ...]:
        """Every year covered; only the starting year when open ended; none when unknown."""
        if not self.start:
            return ()
        return tuple(range(int(self.start[:4]), int((self.end or self.start)[:4]) + 1))


@dataclass(frozen=True)
class _Parts:
    """What a word, or one end of a date, says; 0 and "" where it is silent."""

    year: int = 0
    month: int = 0
    day: int = 0
    ordinal: int = 0
    unit: str = ""  # "semester" or "quarter"


_Token = tuple[str, _Parts]  # its letter in the sentence, and what it says
_UNKNOWN: _Token = ("?", _Parts())

_ORDINALS = ("i primer primera", "ii segundo segunda", "iii tercer tercero tercera", "iv cuarto cuarta")
_FILLERS = frozenset(f"de del el la los en durante ano anos vigencia vigencias mes meses {WEEKDAYS}".split())
# F "primero", a day or an ordinal · X vague part of a month or year · A up to · N until now
# B between · G since · C comma · S semester or quarter · O its ordinal · P a whole numeric date
_MARKS = {"a al hasta -": "A", "y": "&", "entre": "B", "desde": "G", ",": "C", "/": "/"} | {
    "mediados finales fines comienzos principios inicios": "X",
    "fecha actualidad presente hoy adelante ahora": "N",
}
_WORDS: dict[str, _Token] = (
    {word: (kind, _Parts()) for words, kind in _MARKS.items() for word in words.split()}
    | {word: ("M", _Parts(month=number)) for word, number in MONTH_NUMBERS.items()}
    | {word: ("O", _Parts(ordinal=n)) for n, words in enumerate(_ORDINALS, 1) for word in words.split()}
    | {word: ("S", _Parts(unit="semester")) for word in ("semestre", "mitad")}
    | {"trimestre": ("S", _Parts(unit="quarter")), "primero": ("F", _Parts(day=1, ordinal=1))}
)

_POINT = "(?:P|[DF]MC?Y|M[DF]C?Y|X?MC?Y|X?Y|[DFO]SC?Y|S[DFO]C?Y|YC?[DFO]S|YC?S[DFO])"
_PARTIAL = "(?:[DF]M|M[DF]|X?M|[DFO]S?)"
_SENTENCES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("single", f"(?P<first>{_POINT})"),
        ("open", f"G(?P<first>{_POINT})|G?(?P<since>{_POINT})C?&?A{{0,2}}N"),
        ("range", f"G?(?P<first>{_POINT}|{_PARTIAL})A(?P<second>{_POINT})"),
        ("range", f"B(?P<first>{_POINT}|{_PARTIAL})[&A](?P<second>{_POINT})"),
        ("range", "(?P<first>Y)/(?P<second>Y)"),
        ("pair", f"(?P<first>{_POINT}|{_PARTIAL})&(?P<second>{_POINT})"),
        ("years", "(?P<first>Y)(?:CY)*[C&](?P<second>Y)"),
        ("months", "(?P<first>M)(?:CM)+C?&(?P<second>MC?Y)"),
    )
)

_NUMERIC_POINTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<d>\d{1,2})([./-])(?P<m>\d{1,2})\2(?P<y>\d{4})",
        r"(?P<y>\d{4})([/-])(?P<m>\d{2})\2(?P<d>\d{2})",
        r"(?P<m>\d{2})[./-](?P<y>\d{4})",  # two digits: "1/2021" may be a semester
        r"(?P<y>\d{4})[/-](?P<m>\d{2})",
        r"(?P<y>\d{4})",
        r"(?P<d>\d{1,2})",
    )
)
_WORD = re.compile(
    r"(?P<ordinal>[1-4])\.?(?:°|(?:er|ero|ro|ra|do|da|to|ta|o|a)(?![a-z0-9]))"
    r"|(?P<number>[0-9](?:[0-9./-]*[0-9])?)|(?P<word>[a-z]+|\S)"
)


def read_implementation_date(text: str) -> ImplementationDate:
    """Keep a date as written, with the start and end it surely means ("" where it does not say)."""
    text = text.strip()
    tokens = list(_tokens(simplify(text))) if len(text) <= MAX_LENGTH else []
    kinds = "".join(kind for kind, _ in tokens)
    for name, sentence in _SENTENCES:
        match = sentence.fullmatch(kinds)
        if match:
            return replace(_date_of_sentence(name, match, tokens) or ImplementationDate(""), text=text)
    return ImplementationDate(text)


def _tokens(plain: str) -> Iterator[_Token]:
    for match in _WORD.finditer(plain):
        if match["ordinal"]:
            number = int(match["ordinal"])
            yield _WORDS["primero"] if number == 1 else ("O", _Parts(ordinal=number))
        elif match["number"]:
            yield from _number_tokens(match["number"])
        elif match["word"] not in _FILLERS:
            yield _WORDS.get(match["word"], _UNKNOWN)


def _number_tokens(chunk: str) -> Sequence[_Token]:
    """A run of digits and marks: one date, or two joined by a mark that neither uses inside."""
    point = _numeric_point(chunk)
    if point:
        return [point]
    for mark in "-/":
        first, _, second = chunk.partition(mark)
        start, end = _numeric_point(first), _numeric_point(second)
        # "15/16" may be two days or a day and a month.
        if start and end and mark not in second and not (mark == "/" and "D" in start[0] + end[0]):
            return [start, _WORDS["a"], end]
    return [_UNKNOWN]


def _numeric_point(chunk: str) -> _Token | None:
    for pattern in _NUMERIC_POINTS:
        match = pattern.fullmatch(chunk)
        if not match:
            continue
        found = {name: int(digits) for name, digits in match.groupdict().items()}
        year, month, day = (found.get(name, 0) for name in "ymd")
        # "2010-11" is November or a school year; "2020-04" can only be a month.
        two_years = re.fullmatch(r"\d{4}[/-]\d\d", chunk) and month > year % 100
        if two_years or 0 in found.values() or not FIRST_YEAR <= found.get("y", FIRST_YEAR) <= LAST_YEAR:
            return None
        if not year:
            return "D", _Parts(day=day, ordinal=day)
        return "P" if month else "Y", _Parts(year, month, day)
    return None


def _date_of_sentence(name: str, match: re.Match[str], tokens: Sequence[_Token]) -> ImplementationDate | None:
    ends = [_merge(tokens[slice(*match.span(group))]) for group, found in match.groupdict().items() if found]
    if len(ends) == 1:
        single = _date_of(ends[0])
        return replace(single, end="") if single and name == "open" else single
    years = [parts.year for kind, parts in tokens if kind == "Y"]
    months = [parts.month for kind, parts in tokens if kind == "M"]
    if (name == "years" and not _is_run(years)) or (name == "months" and not _is_run(months)):
        return None
    start, end = _date_of(_borrow(*ends)), _date_of(ends[1])
    if start is None or end is None or (name == "pair" and not _adjoin(start, end)):
        return None
    return _join(start, end)


def _is_run(numbers: Sequence[int]) -> bool:
    return list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))


def _merge(tokens: Sequence[_Token]) -> _Parts:
    """What the words of one end say together."""
    merged = _Parts(*map(max, zip(*(astuple(parts) for _, parts in tokens), strict=True)))
    # A bare number is an ordinal beside a semester and a day beside a month.
    if merged.unit:
        return replace(merged, day=0)
    return replace(merged, ordinal=0) if merged.month or merged.year else merged


def _borrow(first: _Parts, second: _Parts) -> _Parts:
    """Complete "16 de marzo" in "16 de marzo al 31 de mayo de 2020" with what the other end says."""
    if first.year:
        return first
    if first.ordinal and second.unit:
        return _Parts(second.year, ordinal=first.ordinal, unit=first.unit or second.unit)
    if first.month and second.month:
        return replace(first, year=second.year)
    if first.day and second.day and not first.unit:
        return _Parts(second.year, second.month, first.day)
    return _Parts()


def _date_of(parts: _Parts) -> ImplementationDate | None:
    """One end as a date of its own; `None` when incomplete or not in the calendar."""
    if not parts.year:
        return None
    if parts.unit:
        months = 6 if parts.unit == "semester" else 3
        last = parts.ordinal * months
        start, end = f"{parts.year}-{last - months + 1:02}", f"{parts.year}-{last:02}"
        return ImplementationDate("", start, end, parts.unit) if months <= last <= 12 else None
    if not parts.month:
        return ImplementationDate("", f"{parts.year}", f"{parts.year}", "year")
    try:
        value = date(parts.year, parts.month, parts.day or 1).isoformat()
    except ValueError:
        return None
    value, precision = (value, "day") if parts.day else (value[:7], "month")
    return ImplementationDate("", value, value, precision)


def _adjoin(start: ImplementationDate, end: ImplementationDate) -> bool:
    """Whether the second follows at once: "2019 y 2020" is one stretch of time, "2018 y 2020" are two."""
    year, month, day = (*map(int, start.end.split("-")), 0, 0)[:3]
    last = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    following = (last + timedelta(days=1)).isoformat()
    return start.precision == end.precision and (end.start + "-01-01")[:10] == following


def _join(start: ImplementationDate, end: ImplementationDate) -> ImplementationDate | None:
    """From the start of one to the end of the other, when they follow each other."""
    first, last = start.start, end.end
    nested = first != last and (first.startswith(last) or last.startswith(first))
    # "Primer semestre de 2021 - 2022" may be one semester of each year.
    uneven = start.precision != end.precision and {start.precision, end.precision} & {"semester", "quarter"}
    if first > last or nested or uneven:
        return None
    precision = max(start.precision, end.precision, key=_PRECISIONS.index)
    return ImplementationDate("", first, last, precision)


def format_partial_date(value: str, language: str) -> str:
    """Write "2020", "2020-04" or "2024-01-15" for readers of a language; anything else as it came."""
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-([0-9]{2}))?", value)
    if not match:
        return value
    spanish = language.casefold().startswith("es")
    month = (MONTHS_ES if spanish else MONTHS_EN)[int(match[2]) - 1]
    day = [str(int(match[3]))] if match[3] else []
    return (" de " if spanish else " ").join([*day, month, match[1]])
