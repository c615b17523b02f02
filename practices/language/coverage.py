"""Where a practice applies: departments and municipalities read from a text, only when sure.

What it holds to:

- "Department – place, place" and "Department: …", "Department (…)" list places of that department; a place
  that is not in it stays unread.
- A name alone is the department of that name, or the only municipality of the country so called.
- "Place, Department" and "Place (Department)" settle which place; "Places …, Department" settle all of them.
- A name that is a department and also a municipality of the one beside it ("Caldas, Antioquia",
  "Antioquia – Caldas") is unread, unless brackets, a colon, a label or its neighbours tell which: in both
  readings Antioquia is right, so Antioquia is kept. Joined by "y", both are departments.
- Veredas, corregimientos, barrios, rivers and whatever follows "excepto" are never looked up.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from practices.language.gazetteer import BOGOTA, Gazetteer, Place, phrase, same_length_fold
from practices.language.texts import clean, is_blank

__all__ = ["CoverageReading", "Gazetteer", "Place", "read_coverage"]

_MAX_CHARS = 5_000


@dataclass(frozen=True)
class CoverageReading:
    """What a coverage text says: codes in the order of the text, and the pieces that were not read."""

    text: str
    national: bool = False
    departments: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass
class _Item:
    """A piece between two separators, and the sign before it."""

    text: str
    sign: str
    department: str = ""
    places: frozenset[str] = frozenset()
    label: str = ""
    national: bool = False
    country: bool = False
    place: str = ""
    unread: str = ""
    head: str = field(default="")

    @property
    def dual(self) -> bool:
        return bool(self.department and self.places)


_SIGNS = re.compile(
    r"(?P<group>;|\.(?=\s|\Z))|(?P<line>\n)|(?P<colon>:)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)|"
    r"(?P<dash>\s+-\s*|\s*[–—]\s*|-\s+|(?<=\w)-(?=\w))|(?P<and>\s+(?:y|e|&)\s+|/|\+|[•·▪■●◦➢\uf0b7\uf0a7])"
)
_ABBREVIATION = re.compile(r"\b(dptos?|deptos?|mpios?|munic|nte|n|cgto|vda)\.(?=\s|[a-z])")
_LABEL_COLON = re.compile(
    r"\b(departamentos?|dptos?|deptos?|municipios?|mpios?|ciudad(?:es)?|cobertura|ubicacion|lugar)\b[^\w:]{0,3}:"
)
_EXCEPT = re.compile(
    r"\b(?:excepto|exceptuando|salvo|menos|excluyendo|sin incluir|(?:con|a) excepcion|no incluye)\b"
)
_NATIONAL = re.compile(
    r"(?:(?:en|a|de|por) )?(?:(?:nivel|orden|ambito|alcance|cobertura|caracter) )?(?:nacional|"
    r"(?:(?:en )?todo )?(?:el )?(?:pais|territorio(?: (?:nacional|colombiano))?)|toda colombia|"
    r"todo el territorio de colombia|todos los departamentos(?: del pais)?|republica de colombia)"
)
_COUNTRY = "colombia"
_SMALL = re.compile(
    r"(?:(?:en |de )?(?:la |el |las |los )?)(?:vereda|corregimiento|cgto|vda|barrio|comuna|localidad(?!es de)|sector|"
    r"inspeccion|centro poblado|resguardo|cuenca|rio|quebrada|parque|estacion|planta|embalse|oficina|sede|"
    r"urbanizacion|conjunto|calle|carrera|avenida|upz|caserio|isla|laguna|cienaga de la|subestacion)(?P<many>e?s)?\b"
)
_FILLER = re.compile(
    r"(?:en|para|con (?:enfasis|presencia|cobertura) en|especialmente en|principalmente en|todo|toda|cobertura|"
    r"(?:zonas?|areas?) (?:urbanas?|rural(?:es)?)|casco urbano|cabecera municipal|todos los municipios|"
    r"(?P<department>departamentos?|dptos?|deptos?)|(?P<municipality>municipios?|mpios?|munic|ciudad(?:es)?)|"
    r"el|la|los|las|de|del)\s+"
)
_PART_OF = re.compile(
    r"(?P<part>.*\b(?:municipios?|norte|sur|oriente|occidente|centro|nororiente|noroccidente|suroriente|"
    r"suroccidente|poblaciones|localidades|veredas|zonas?))\s+(?:del departamento\s+)?(?:de la|del|de|en)\s+(?P<name>.+)"
)


def read_coverage(text: str, gazetteer: Gazetteer) -> CoverageReading:
    """The places that a text names for sure; everything else is listed as unread."""
    written = clean(text).strip()
    if is_blank(written):
        return CoverageReading(text)
    if len(written) > _MAX_CHARS:
        return CoverageReading(text, unread=(written,))
    exception = _EXCEPT.search(same_length_fold(written))
    said = written[: exception.start()] if exception else written
    groups = list(_groups(said, gazetteer))
    for group in groups:
        _resolve(group, gazetteer)
    items = [item for group in groups for item in group]
    _settle_country(items)
    left = [item.unread for item in items if item.unread]
    left += [written[exception.start() :]] if exception else []
    return _reading(text, items, left, gazetteer)


def _reading(text: str, items: list[_Item], left: list[str], gazetteer: Gazetteer) -> CoverageReading:
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


def _settle_country(items: list[_Item]) -> None:
    """ "Colombia" alone is the whole country; after a place it only says which country."""
    for number, item in enumerate(items):
        if item.country and not item.place and not item.unread:
            item.national = number == 0


# From text to items.


def _groups(text: str, gazetteer: Gazetteer) -> Iterator[list[_Item]]:
    group: list[_Item] = []
    shadow = ""
    for piece, sign in _pieces(text, gazetteer):
        item = _item(piece, sign, gazetteer)
        follows_label = item.label == "municipality" and len(group) == 1 and bool(group[0].department)
        if sign == "line" and follows_label:
            item.sign = "comma"
        elif sign in {"group", "line"}:
            yield group
            group, shadow = [], ""
        shadow = "" if sign in {"close", "dash", "colon"} else shadow
        shadow = _apply_shadow(item, shadow)
        if item.label == "departments" or (group and group[-1].label == "departments" and item.department):
            item.label, item.places = "departments", frozenset()
        group.append(item)
    yield group


def _apply_shadow(item: _Item, shadow: str) -> str:
    """ "veredas A, B y C": none of them is looked up."""
    small = _SMALL.match(phrase(item.text))
    if small or shadow:
        item.department, item.places, item.unread, item.national, item.country = (
            "",
            frozenset(),
            item.text,
            False,
            False,
        )
    return "many" if shadow or (small and small["many"]) else ""


def _pieces(text: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """The pieces between signs, each with the sign before it; names that hold signs stay whole."""
    folded = _ABBREVIATION.sub(r"\1 ", same_length_fold(text))
    folded = _LABEL_COLON.sub(lambda m: m[0][:-1] + " ", folded)
    whole = [match.span() for match in gazetteer.compound.finditer(folded)]
    start, sign = 0, "group"
    for match in _SIGNS.finditer(folded):
        if any(begin <= match.start() < end for begin, end in whole):
            continue
        piece = text[start : match.start()].strip(" .,\t\n")
        if piece:
            yield piece, sign
            sign = ""
        start, sign = match.end(), _stronger(sign, match.lastgroup or "")
    piece = text[start:].strip(" .,\t\n")
    if piece:
        yield piece, sign


def _stronger(before: str, after: str) -> str:
    order = ("and", "comma", "close", "open", "dash", "colon", "line", "group")
    return after if not before or order.index(after) >= order.index(before) else before


def _item(piece: str, sign: str, gazetteer: Gazetteer) -> _Item:
    item = _Item(piece, sign)
    folded = phrase(_ABBREVIATION.sub(r"\1 ", same_length_fold(piece)))
    name = _look_up(item, folded, gazetteer)
    if name == _COUNTRY:
        item.country = True
    elif _NATIONAL.fullmatch(name) or _NATIONAL.fullmatch(folded):
        item.national = True
    elif not (item.department or item.places):
        _look_inside(item, folded, gazetteer)
    if item.label == "municipality":
        item.department = ""
    elif item.label.startswith("department") and item.department:
        item.places = frozenset()
    return item


def _look_up(item: _Item, name: str, gazetteer: Gazetteer) -> str:
    """Tries the piece as a name, then without what leads to it: "municipio de", "en el"."""
    while True:
        item.department, item.places = gazetteer.department(name), gazetteer.municipalities(name)
        filler = _FILLER.match(name)
        if item.department or item.places or not filler:
            return name
        if filler["department"]:
            item.label = "departments" if filler["department"].endswith("s") else "department"
        elif filler["municipality"]:
            item.label = "municipality"
        name = name[filler.end() :]


def _look_inside(item: _Item, folded: str, gazetteer: Gazetteer) -> None:
    """ "15 municipios de Antioquia" is in Antioquia; "Manizales Caldas" is Manizales."""
    part = _PART_OF.fullmatch(folded)
    if part and gazetteer.department(part["name"]):
        item.department, item.label = gazetteer.department(part["name"]), "department"
        item.unread = " ".join(item.text.split()[: len(part["part"].split())])
        return
    item.label = ""
    words = folded.split()
    for cut in range(1, len(words)):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        pairs = ((first, second), (second, first))
        found = {
            code
            for name, around in pairs
            for code in gazetteer.municipalities(name)
            if not gazetteer.department(name)
            and gazetteer.department_of(code) == gazetteer.department(around)
        }
        if len(found) == 1:
            item.places = frozenset(found)
            return
    item.unread = item.text


# From items to places.


def _resolve(group: list[_Item], gazetteer: Gazetteer) -> None:
    head, sign = "", ""
    section: list[_Item] = []
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


def _heads(group: list[_Item], number: int, head: str, gazetteer: Gazetteer) -> bool:
    """Whether an item is the department that a list is written under."""
    item, following = group[number], group[number + 1 : number + 2]
    if not item.department or not following:
        return False
    after = following[0]
    labelled = after.label == "municipality" and after.sign in {"comma", "and", "dash"}
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


def _end_section(section: list[_Item], head: str, sign: str, gazetteer: Gazetteer) -> None:
    if head:
        _resolve_under(section, head, sign, gazetteer)
    else:
        _resolve_flat(section, gazetteer)


def _resolve_under(section: list[_Item], head: str, sign: str, gazetteer: Gazetteer) -> None:
    """The items of a list written under a department."""
    inside = {id(item): _within(item.places, head, gazetteer) for item in section}
    also = [
        item for item in section if inside[id(item)] and (item.department not in {"", head} or item.country)
    ]
    certain = [item for item in section if inside[id(item)] and item not in also]
    elsewhere = [item for item in section if item.department and not inside[id(item)]]
    for item in section:
        found = inside[id(item)]
        if item in also and not (sign in {"colon", "open"} or certain) and elsewhere and not item.country:
            continue  # Caldas – Risaralda – Quindío: departments
        if item in also and (elsewhere or not (sign in {"colon", "open"} or certain) or item.country):
            _leave(item)
        elif found:
            item.place, item.department = found[0], head
        elif item.places and not item.department:
            _leave(item)


def _resolve_flat(section: list[_Item], gazetteer: Gazetteer) -> None:
    """Items that no department heads: departments, and places settled by the name that follows."""
    _settle_by_brackets(section, gazetteer)
    _settle_by_runs(section, gazetteer)
    all_departments = len(section) > 2 and all(item.department for item in section)
    known = {gazetteer.department_of(item.place) for item in section if item.place}
    for number, item in enumerate(section):
        if item.place or item.unread or item.national or item.country:
            continue
        if item.department:
            if not all_departments and item.department not in known and _beside(section, number, gazetteer):
                _leave(item)
        elif len(item.places) == 1:
            (item.place,) = item.places
            known.add(gazetteer.department_of(item.place))
        else:
            _leave(item)


def _settle_by_brackets(section: list[_Item], gazetteer: Gazetteer) -> None:
    for item, after in zip(section, section[1:], strict=False):
        if after.sign == "open" and after.department and item.places:
            found = _within(item.places, after.department, gazetteer)
            if found:
                item.place, item.department = found[0], after.department
            elif not item.department:
                _leave(item)


def _settle_by_runs(section: list[_Item], gazetteer: Gazetteer) -> None:
    """ "Albania, Santander"; "Albania y Oiba, Santander": only when every place is in what follows it."""
    runs: list[list[_Item]] = [[]]
    for item in section:
        runs[-1].append(item)
        if item.department:
            runs.append([])
    if runs.pop() or not runs:
        return
    found: list[tuple[_Item, str]] = []
    for *places, last in runs:
        pairs = [(item, _within(item.places, last.department, gazetteer)) for item in places]
        if not places or last.sign == "and" or any(len(codes) != 1 for _, codes in pairs):
            return
        found += [(item, codes[0]) for item, codes in pairs]
    for item, code in found:
        item.place = item.place or code


def _beside(section: list[_Item], number: int, gazetteer: Gazetteer) -> bool:
    """Whether a department's name can also be a municipality of the department beside it."""
    item = section[number]
    before, after = section[number - 1 : number] if number else [], section[number + 1 : number + 2]
    beside = [other for other in before if item.sign in {"comma", "dash"}]
    beside += [other for other in after if other.sign in {"comma", "dash"}]
    return any(_within(item.places, other.department, gazetteer) for other in beside if other.department)


def _leave(item: _Item) -> None:
    item.department, item.places, item.unread = "", frozenset(), item.text
