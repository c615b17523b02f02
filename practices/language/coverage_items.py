"""A coverage text as items: pieces between signs, each with what its name can mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from practices.language.gazetteer import ABROAD, Gazetteer, phrase, same_length_fold

__all__ = ["PLACE_LABELS", "Item", "leave", "read_groups"]

_MAX_FILLERS = 8
_MAX_NAME_WORDS = 12


@dataclass(eq=False)
class Item:
    """A piece between two separators, and the sign before it."""

    text: str
    sign: str
    department: str = ""
    places: frozenset[str] = frozenset()
    label: str = ""
    national: bool = False
    country: bool = False
    abroad: bool = False  # another country
    stranger: bool = False  # a name that the gazetteer does not know
    place: str = ""
    unread: str = ""


_SIGNS = re.compile(
    r"(?P<group>;|\.(?=\s|\Z))|(?P<line>\n)|(?P<colon>:)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)|"
    r"(?P<dash>\s+-\s*|\s*[–—]\s*|-\s+|(?<=\w)-(?=\w))|(?P<and>\s+(?:y|e|&)\s+|/|\+|[•·▪■●◦➢\uf0b7\uf0a7])"
)
_ABBREVIATION = re.compile(r"\b(dptos?|deptos?|mpios?|munic|nte|n|cgto|vda)\.(?=\s|[a-z])")
_LABEL_COLON = re.compile(
    r"\b(departamentos?|dptos?|deptos?|municipios?|mpios?|ciudad(?:es)?|cobertura|ubicacion|lugar)\b[^\w:]{0,3}:"
    r"|(?:\A|(?<=[\n,;.])\s?)pais[^\w:]{0,3}:"
)
_NATIONAL = re.compile(
    r"(?:(?:en|a|de|por) )?(?:(?:nivel|orden|ambito|alcance|cobertura|caracter) )?(?:nacional|"
    r"(?:(?:en )?todo )?(?:el )?(?:pais|territorio(?: (?:nacional|colombiano))?)|toda colombia|"
    r"todo el territorio de colombia|todos los departamentos(?: del pais)?)"
)
_COUNTRY = {"colombia", "republica de colombia"}
PLACE_LABELS = {"municipality", "municipalities"}
_SMALL = re.compile(
    r"(?:(?:en |de )?(?:la |el |las |los )?)(?:vereda|corregimiento|cgto|vda|barrio|comuna|localidad(?!es de)|"
    r"sector|inspeccion|centro poblado|resguardo|cuenca|rio|quebrada|parque|estacion|planta|embalse|oficina|sede|"
    r"urbanizacion|conjunto|calle|carrera|avenida|upz|caserio|isla|laguna|subestacion)(?P<many>e?s)?\b"
)
_FILLER = re.compile(
    r"(?:en|para|con (?:enfasis|presencia|cobertura) en|especialmente en|principalmente en|todo|toda|cobertura|"
    r"distritos?(?: especial| turistico| industrial)?|(?:zonas?|areas?) (?:urbanas?|rural(?:es)?)|"
    r"casco urbano|cabecera municipal|todos los municipios|pais|"
    r"(?P<department>departamentos?|dptos?|deptos?)|(?P<municipality>municipios?|mpios?|munic|ciudad(?:es)?)|"
    r"(?P<article>el|la|los|las|del)|de)\s+"
)
# What says which part of a place is meant, or how much of it; it is no name.
_NO_NAME = re.compile(
    r".*\b(?:zonas?|areas?|regiones|region|subregion|sector(?:es)?|urban[oa]s?|rural(?:es)?|cabeceras?|casco|"
    r"municipios?|localidades|departamentos?|norte|sur|oriente|occidente|centro|todos?|todas?|su|sus|otros|otras|"
    r"metropolitana|alrededores|entre|etc|[0-9]+)\b"
)
_PART_OF = re.compile(
    r"(?P<part>.*\b(?:municipios?|norte|sur|oriente|occidente|centro|nororiente|noroccidente|suroriente|"
    r"suroccidente|poblaciones|localidades|veredas|zonas?))\s+"
    r"(?:del departamento\s+)?(?:de la|del|de|en)\s+(?P<name>.+)"
)


def leave(item: Item) -> None:
    item.department, item.places, item.unread = "", frozenset(), item.text


def read_groups(text: str, gazetteer: Gazetteer) -> Iterator[list[Item]]:
    group: list[Item] = []
    shadow = ""
    for piece, sign in _pieces(text, gazetteer):
        item = _item(piece, sign, gazetteer)
        follows_label = item.label in PLACE_LABELS and len(group) == 1 and bool(group[0].department)
        if follows_label and (sign == "line" or (sign == "group" and _lies_in(item, group[0], gazetteer))):
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


def _lies_in(item: Item, department: Item, gazetteer: Gazetteer) -> bool:
    """ "Departamento de Caldas; municipios de Aguadas, Salamina": the list goes on with the department."""
    inside = (gazetteer.department_of(code) == department.department for code in item.places)
    return department.label == "department" and not item.department and any(inside)


def _apply_shadow(item: Item, shadow: str) -> str:
    """ "veredas A, B y C": none of them is looked up."""
    # Río de Oro is a municipality.
    small = None if item.department or item.places else _SMALL.match(phrase(item.text))
    if small or shadow:
        item.national = item.country = False
        leave(item)
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


def _item(piece: str, sign: str, gazetteer: Gazetteer) -> Item:
    item = Item(piece, sign)
    folded = phrase(_ABBREVIATION.sub(r"\1 ", same_length_fold(piece)))
    name = _look_up(item, folded, gazetteer)
    if _NATIONAL.fullmatch(name) or _NATIONAL.fullmatch(folded):
        item.national = True
    elif name in _COUNTRY and item.label not in PLACE_LABELS:
        item.country = True
    elif not (item.department or item.places):
        _look_inside(item, folded, gazetteer)
    if item.label == "municipality":
        item.department = ""
    elif item.label.startswith("department") and item.department:
        item.places = frozenset()
    return item


def _look_up(item: Item, name: str, gazetteer: Gazetteer) -> str:
    """Tries the piece as a name, then without what leads to it: "municipio de", "en el"."""
    article = False
    for _ in range(_MAX_FILLERS):
        item.department = gazetteer.department(name)
        # "Los Andes" is not the municipality of Andes; "el Quindío" is Quindío.
        item.places = gazetteer.municipalities(name) if not article else frozenset()
        filler = _FILLER.match(name)
        if item.department or item.places or not filler:
            break
        article = bool(filler["article"]) and not item.label
        _label(item, filler)
        name = name[filler.end() :]
    return name


def _label(item: Item, filler: re.Match[str]) -> None:
    if filler["department"]:
        item.label = "departments" if filler["department"].endswith("s") else "department"
    elif filler["municipality"]:
        item.label = "municipalities" if filler["municipality"].endswith("s") else "municipality"


def _look_inside(item: Item, folded: str, gazetteer: Gazetteer) -> None:
    """ "15 municipios de Antioquia" is in Antioquia; "Manizales Caldas" is Manizales."""
    part = _PART_OF.fullmatch(folded)
    if part and gazetteer.department(part["name"]):
        item.department, item.label = gazetteer.department(part["name"]), "department"
        item.unread = " ".join(item.text.split()[: len(part["part"].split())])
        return
    item.label = ""
    words = folded.split(" ", _MAX_NAME_WORDS)
    for cut in range(1, len(words)):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        pairs = ((first, second), (second, first))
        found = {
            code
            for name, around in pairs
            for code in gazetteer.municipalities(name)
            if not gazetteer.department(name) and gazetteer.department_of(code) == gazetteer.department(around)
        }
        if len(found) == 1:
            item.places = frozenset(found)
            return
    item.unread = item.text
    item.abroad = folded in ABROAD
    item.stranger = not (_NO_NAME.match(folded) or _SMALL.match(folded))
