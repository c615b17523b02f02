"""Where a practice applies: departments and municipalities read from a text, only when sure.

What it holds to:

- "Department – place, place" and "Department: …", "Department (…)" list places of that department; a place
  that is not in it stays unread.
- A name alone is the department of that name, or the only municipality of the country so called.
- "Place, Department" and "Place (Department)" settle which place; "Places …, Department" settle all of them.
- A name that is a department and also a municipality of the one beside it ("Caldas, Antioquia",
  "Antioquia – Caldas") is unread, unless brackets, a colon, a label or its neighbours tell which: in both
  readings Antioquia is right, so Antioquia is kept. Joined by "y", both are departments.
- "Colombia" is the whole country only when nothing else is named; beside a place it says which country.
- "Madrid, España", "Madrid (Getafe)": where an unknown name stands in the place of the department or the
  country, the name before it is unread; where another country is named, so is everything beside it.
- Veredas, corregimientos, barrios, rivers and whatever follows "excepto" are never looked up.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from practices.language.coverage_items import PLACE_LABELS, Item, leave, read_groups
from practices.language.gazetteer import BOGOTA, Gazetteer, Place, same_length_fold
from practices.language.texts import clean, is_blank

__all__ = ["CoverageReading", "Gazetteer", "Place", "read_coverage"]

_MAX_CHARS = 5_000
_EXCEPT = re.compile(r"\b(?:excepto|exceptuando|salvo|menos|excluyendo|sin incluir|(?:con|a) excepcion|no incluye)\b")
# Cartagena de Indias, D. T. y C.; Barranquilla, D.E.I.P.: the kind of district, not a place.
_DISTRICT = re.compile(
    r",?\s*\bD\.?\s?(?:T\.?,?\s?(?:[ye]\s?C\.?|C\.?,?\s?(?:[ye]\s?)?H\.?)|E\.?\s?I\.?\s?P\.?)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True)
class CoverageReading:
    """What a coverage text says: codes in the order of the text, and the pieces that were not read."""

    text: str
    national: bool = False
    departments: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_coverage(text: str, gazetteer: Gazetteer) -> CoverageReading:
    """The places that a text names for sure; everything else is listed as unread."""
    written = unicodedata.normalize("NFC", clean(text).strip())
    if is_blank(written):
        return CoverageReading(text)
    if len(written) > _MAX_CHARS:
        return CoverageReading(text, unread=(written,))
    exception = _EXCEPT.search(same_length_fold(written))
    said = written[: exception.start()] if exception else written
    said = _DISTRICT.sub("", said)
    groups = list(read_groups(said, gazetteer))
    for group in groups:
        _settle_plural(group)
        _leave_abroad(group)
        _resolve(group, gazetteer)
    items = [item for group in groups for item in group]
    _settle_country(items, gazetteer)
    left = [item.unread for item in items if item.unread]
    left += [written[exception.start() :]] if exception else []
    return _reading(text, items, left, gazetteer)


def _reading(text: str, items: list[Item], left: list[str], gazetteer: Gazetteer) -> CoverageReading:
    departments: dict[str, None] = {}
    places: dict[str, None] = {}
    for item in items:
        place = item.place
        if item.department == BOGOTA:
            place = place or gazetteer.capital_district()
        if place:
            places[place] = None
        code = item.department or (gazetteer.department_of(place) if place else "")
        if code:
            departments[code] = None
    national = any(item.national for item in items)
    return CoverageReading(text, national, tuple(departments), tuple(places), tuple(left))


def _settle_plural(group: list[Item]) -> None:
    """ "Municipios de Caldas" is the department; in a list of municipalities it is not."""
    listed = False
    for number, item in enumerate(group):
        begins = item.label == "municipalities"
        listed = begins or (listed and item.sign in {"comma", "and"})
        if not (listed and item.department and item.places):
            continue
        if len(group) == 1:
            item.places = frozenset()
        elif begins or item.sign == "and" or number + 1 < len(group):
            item.department = ""


def _settle_country(items: list[Item], gazetteer: Gazetteer) -> None:
    """ "Colombia" alone is the whole country; beside a place it only says which country."""
    countries = [item for item in items if item.country and not item.place and not item.unread]
    others = [item for item in items if not item.country and not item.national]
    if len(items) == 2 and countries == items[:1] and items[1].department and items[1].sign in {"comma", "open"}:
        # "Colombia, Huila" is a municipality and its department.
        items[0].place = next(iter(_within(items[0].places, items[1].department, gazetteer)), "")
    for item in countries:
        item.national = not others
        named = any(other.department or other.place for other in others)
        doubtful = any(_within(item.places, other.department, gazetteer) for other in others)
        if others and not item.place and (doubtful or not named or item.sign == "and"):
            leave(item)


def _leave_abroad(group: list[Item]) -> None:
    """Where another country is named, every name may be a namesake of ours."""
    if any(item.abroad for item in group):
        for item in group:
            item.country = item.national = False
            leave(item)


def _leave_beside_strangers(section: list[Item]) -> None:
    """ "Madrid y Getafe, Comunidad de Madrid": the unknown name stands where the department would."""
    for number, item in enumerate(section):
        if not item.stranger or item.sign not in {"comma", "open", "dash"}:
            continue
        while number and section[number - 1].places and not section[number - 1].department:
            number -= 1
            leave(section[number])
            if section[number].sign != "and":
                break


def _resolve(group: list[Item], gazetteer: Gazetteer) -> None:
    head, sign = "", ""
    section: list[Item] = []
    for number, item in enumerate(group):
        if item.sign == "close":
            _end_section(section, head, sign, gazetteer)
            section, head = [], ""
        if _heads(group, number, head, gazetteer):
            _end_section(section, head, sign, gazetteer)
            section, head, sign = [], item.department, group[number + 1].sign
            item.places = frozenset()
        else:
            section.append(item)
    _end_section(section, head, sign, gazetteer)


def _heads(group: list[Item], number: int, head: str, gazetteer: Gazetteer) -> bool:
    """Whether an item is the department that a list is written under."""
    item, following = group[number], group[number + 1 : number + 2]
    if not item.department or not following:
        return False
    after = following[0]
    labelled = after.label in PLACE_LABELS and after.sign in {"comma", "and", "dash"}
    if after.sign not in {"colon", "dash", "open"} and not labelled:
        return False
    inside = bool(_within(after.places, item.department, gazetteer))
    if head and _within(item.places, head, gazetteer) and _within(after.places, head, gazetteer):
        return False  # a list parted by dashes goes on
    if after.department and not inside:
        return False
    return inside or after.sign == "colon" or not _within(item.places, after.department, gazetteer)


def _within(places: Iterable[str], department: str, gazetteer: Gazetteer) -> list[str]:
    return [code for code in places if department and gazetteer.department_of(code) == department]


def _end_section(section: list[Item], head: str, sign: str, gazetteer: Gazetteer) -> None:
    if head:
        _resolve_under(section, head, sign, gazetteer)
    else:
        _resolve_flat(section, gazetteer)


def _resolve_under(section: list[Item], head: str, sign: str, gazetteer: Gazetteer) -> None:
    """The items of a list written under a department."""
    inside = {id(item): _within(item.places, head, gazetteer) for item in section}
    # Names that could also be another department, or the country.
    double = [item for item in section if inside[id(item)] and (item.department not in {"", head} or item.country)]
    certain = any(inside[id(item)] for item in section if item not in double)
    elsewhere = any(item.department and not inside[id(item)] for item in section)
    marked = sign in {"colon", "open"}
    for item in section:
        found = inside[id(item)]
        if not found:
            if item.places and not item.department:
                leave(item)
        elif item not in double:
            item.place, item.department = found[0], head
        elif item.department and elsewhere and not (marked or certain):
            pass  # Caldas – Risaralda – Quindío: departments
        elif elsewhere or not (marked or (certain and not item.country)) or (item.country and len(section) > 1):
            leave(item)
        else:
            item.place, item.department = found[0], head


def _resolve_flat(section: list[Item], gazetteer: Gazetteer) -> None:
    """Items that no department heads: departments, and places settled by the name that follows."""
    section = [item for item in section if not item.country]
    _leave_beside_strangers(section)
    if len(section) > 1 and section[0].unread and section[1].sign in {"open", "colon"}:
        del section[0]  # Eje Cafetero (Caldas, Risaralda y Quindío)
    _settle_by_brackets(section, gazetteer)
    _settle_by_runs(section, gazetteer)
    all_departments = len(section) > 2 and all(item.department for item in section)
    known = {gazetteer.department_of(item.place) for item in section if item.place}
    for number, item in enumerate(section):
        if item.place or item.unread or item.national:
            continue
        if item.department:
            if not all_departments and item.department not in known and _beside(section, number, gazetteer):
                leave(item)
        elif len(item.places) == 1:
            (item.place,) = item.places
            known.add(gazetteer.department_of(item.place))
        else:
            leave(item)


def _settle_by_brackets(section: list[Item], gazetteer: Gazetteer) -> None:
    for item, after in pairwise(section):
        if after.sign == "open" and after.department and item.places:
            found = _within(item.places, after.department, gazetteer)
            if found:
                item.place, item.department = found[0], after.department
            elif not item.department:
                leave(item)


def _settle_by_runs(section: list[Item], gazetteer: Gazetteer) -> None:
    """ "Albania, Santander"; "Albania y Oiba, Santander": only when every place is in what follows it."""
    runs: list[list[Item]] = [[]]
    for item in section:
        runs[-1].append(item)
        if item.department:
            runs.append([])
    if runs.pop() or not runs:
        return
    found: list[tuple[Item, str]] = []
    for *places, last in runs:
        pairs = [(item, _within(item.places, last.department, gazetteer)) for item in places]
        if not places or last.sign == "and" or any(len(codes) != 1 for _, codes in pairs):
            return
        found += [(item, codes[0]) for item, codes in pairs]
    for item, code in found:
        item.place = item.place or code


def _beside(section: list[Item], number: int, gazetteer: Gazetteer) -> bool:
    """Whether a department's name can also be a municipality of the department beside it."""
    item = section[number]
    before, after = section[number - 1 : number] if number else [], section[number + 1 : number + 2]
    beside = [other for other in before if item.sign in {"comma", "dash"}]
    beside += [other for other in after if other.sign in {"comma", "dash"}]
    return any(_within(item.places, other.department, gazetteer) for other in beside if other.department)
