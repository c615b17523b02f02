"""Departments and municipalities of Colombia by the names people write."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["ABROAD", "BOGOTA", "Gazetteer", "Place", "same_length_fold"]

BOGOTA = "11"

# What DIVIPOLA calls by a longer name. Names that also belong to another place (San Andrés, El Carmen,
# Santa Rosa, San Vicente) are left out: alone they say nothing sure.
DEPARTMENT_ALIASES = {
    "bogota": "11",
    "bogota dc": "11",
    "bogota distrito capital": "11",
    "santafe de bogota": "11",
    "santa fe de bogota": "11",
    "santafe de bogota dc": "11",
    "santa fe de bogota dc": "11",
    "distrito capital": "11",
    "distrito capital de bogota": "11",
    "guajira": "44",
    "n de santander": "54",
    "norte santander": "54",
    "nte de santander": "54",
    "valle": "76",
    "archipielago de san andres": "88",
    "archipielago de san andres y providencia": "88",
    "san andres providencia y santa catalina": "88",
    "san andres y providencia": "88",
    "san andres islas": "88",
}
MUNICIPALITY_ALIASES = {
    "santa fe de antioquia": "05042",
    "santafe de antioquia": "05042",
    "carmen de viboral": "05148",
    "don matias": "05237",
    "entre rios": "05264",
    "carolina del principe": "05150",
    "cartagena": "13001",
    "carmen de bolivar": "13244",
    "mompox": "13468",
    "mompos": "13468",
    "guican": "15332",
    "villa de leiva": "15407",
    "piendamo": "19548",
    "sotara": "19760",
    "santa cruz de lorica": "23417",
    "ubate": "25843",
    # Manaure Balcón del Cesar: "Manaure" alone may be it, or the Manaure of La Guajira.
    "manaure": "20443",
    "purisima": "23586",
    "san juan de pasto": "52001",
    "tumaco": "52835",
    "cucuta": "54001",
    "since": "70742",
    "tolu": "70820",
    "mariquita": "73443",
    "santiago de cali": "76001",
    "buga": "76111",
    "puerto inirida": "94001",
}
# Countries whose towns have namesakes here. Left out are those that are themselves municipalities of
# Colombia (Albania, Armenia, Líbano, Palestina).
_ABROAD = """
alemania, argentina, australia, belgica, bolivia, brasil, canada, chile, china, corea del sur, costa rica, cuba,
dinamarca, ecuador, ee uu, eeuu, egipto, escocia, espana, estados unidos, estados unidos de america, filipinas,
francia, grecia, guatemala, holanda, honduras, inglaterra, irlanda, israel, italia, japon, mexico, nicaragua, noruega,
paises bajos, panama, paraguay, peru, portugal, puerto rico, reino unido, republica dominicana, rusia, suecia, suiza,
turquia, uruguay, usa, venezuela
"""
ABROAD = frozenset(name.strip() for name in _ABROAD.split(","))


@dataclass(frozen=True)
class Place:
    """A department (department = "") or a municipality, with its DIVIPOLA code."""

    code: str
    name: str
    department: str = ""


class Gazetteer:
    """Which places a name can mean."""

    def __init__(self, departments: Iterable[Place], municipalities: Iterable[Place]) -> None:
        departments, municipalities = list(departments), list(municipalities)
        self._places = {place.code: place for place in (*departments, *municipalities)}
        self._departments = {phrase(place.name): place.code for place in departments}
        self._municipalities: dict[str, set[str]] = {}
        self._department_of: dict[str, str] = {}
        written = list(DEPARTMENT_ALIASES)
        for place in municipalities:
            self._department_of[place.code] = place.department
            self._municipalities.setdefault(phrase(place.name), set()).add(place.code)
            written.append(place.name)
        self._add_aliases()
        self.compound = _compound_pattern([*written, *self._departments])

    def _add_aliases(self) -> None:
        known = set(self._departments.values())
        for name, code in DEPARTMENT_ALIASES.items():
            if code in known:
                self._departments.setdefault(name, code)
        for name, code in MUNICIPALITY_ALIASES.items():
            if code in self._department_of:
                self._municipalities.setdefault(phrase(name), set()).add(code)

    def place(self, code: str) -> Place:
        """The department or municipality with this code. Raises KeyError."""
        return self._places[code]

    def department(self, name: str) -> str:
        """The code of the department of that name, or ""."""
        return self._departments.get(phrase(name), "")

    def municipalities(self, name: str) -> frozenset[str]:
        """The codes of every municipality of that name."""
        return frozenset(self._municipalities.get(phrase(name), ()))

    def department_of(self, municipality: str) -> str:
        """The code of the department that a municipality belongs to."""
        return self._department_of[municipality]

    def capital_district(self) -> str:
        """The one municipality of Bogotá, which is a department as well, or ""."""
        found = [code for code, department in self._department_of.items() if department == BOGOTA]
        return found[0] if len(found) == 1 else ""


def same_length_fold(text: str) -> str:
    """Lower case without accents, one character for one, so that places in both texts agree."""
    return "".join(_fold_one(character) for character in text)


def _fold_one(character: str) -> str:
    if character.isascii():
        return character.lower()
    folded = unicodedata.normalize("NFKD", character)[0].lower()
    return folded if len(folded) == 1 else character


def phrase(name: str) -> str:
    """The words of a name, joined by single spaces; D. C. and D.C. are one word."""
    folded = " ".join(re.findall(r"[a-z0-9]+", same_length_fold(unicodedata.normalize("NFC", name))))
    return re.sub(r"\bd c\b", "dc", folded)


def _compound_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Finds in folded text the names that hold what else parts two places: a comma, a dash, " y "."""
    found = set()
    for name in names:
        words = phrase(name).split()
        if "y" in words or "dc" in words or re.search(r"[,\-–]", name) or "distrito" in words:
            found.add(r"\W{1,3}".join(r"d\W{0,2}c" if word == "dc" else word for word in words))
    longest_first = sorted(found, key=lambda pattern: (-len(pattern), pattern))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first) or '(?!)'})(?!\w)")
