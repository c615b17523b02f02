"""Words of public vocabularies that DCAT-AP 3 wants values to be taken from, each with its labels.

The tables of the Publications Office of the European Union (http://publications.europa.eu/resource/authority/), IANA's
media types and the vocabularies of ADMS. Nothing is fetched: what is said of each stands here.
"""

from dataclasses import dataclass

from rdflib import DCTERMS, URIRef

_EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"
IANA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class Scheme:
    """A vocabulary, and the class of its words beside that of concepts, where they have one."""

    address: str
    es: str
    en: str
    kind: URIRef | None = None


@dataclass(frozen=True)
class Word:
    address: str
    scheme: Scheme
    es: str
    en: str


THEMES = Scheme(f"{_EU}data-theme", "Temas de datos", "Data themes")
LANGUAGES = Scheme(f"{_EU}language", "Lenguas", "Languages", DCTERMS.LinguisticSystem)
FREQUENCIES = Scheme(f"{_EU}frequency", "Frecuencias", "Frequencies", DCTERMS.Frequency)
RIGHTS = Scheme(f"{_EU}access-right", "Derechos de acceso", "Access rights", DCTERMS.RightsStatement)
FILE_TYPES = Scheme(f"{_EU}file-type", "Tipos de archivo", "File types", DCTERMS.MediaTypeOrExtent)
COUNTRIES = Scheme(f"{_EU}country", "Países y territorios", "Countries and territories", DCTERMS.Location)
AVAILABILITIES = Scheme(f"{_EU}planned-availability", "Disponibilidad prevista", "Planned availability")
PUBLISHERS = Scheme(f"{_ADMS}publishertype/1.0", "Tipos de publicador", "Publisher types")
LICENCES = Scheme(f"{_ADMS}licencetype/1.0", "Tipos de licencia", "Licence types")


def _word(scheme: Scheme, name: str, es: str, en: str) -> Word:
    return Word(f"{scheme.address}/{name}", scheme, es, en)


GOVERNMENT = _word(THEMES, "GOVE", "Gobierno y sector público", "Government and public sector")
ENVIRONMENT = _word(THEMES, "ENVI", "Medio ambiente", "Environment")
ENERGY = _word(THEMES, "ENER", "Energía", "Energy")
SPANISH = _word(LANGUAGES, "SPA", "español", "Spanish")
ENGLISH = _word(LANGUAGES, "ENG", "inglés", "English")
IRREGULAR = _word(FREQUENCIES, "IRREG", "irregular", "irregular")
PUBLIC = _word(RIGHTS, "PUBLIC", "público", "public")
COLOMBIA = _word(COUNTRIES, "COL", "Colombia", "Colombia")
STABLE = _word(AVAILABILITIES, "STABLE", "estable", "stable")
NATIONAL_AUTHORITY = _word(PUBLISHERS, "NationalAuthority", "Autoridad nacional", "National authority")
ATTRIBUTION = _word(LICENCES, "Attribution", "Atribución", "Attribution")

_JSON = _word(FILE_TYPES, "JSON", "JSON", "JSON")
_FILE_TYPE = {
    "text/csv": _word(FILE_TYPES, "CSV", "CSV", "CSV"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _word(
        FILE_TYPES, "XLSX", "Excel XLSX", "Excel XLSX"
    ),
    "application/json": _JSON,
    # The table has no word for JSON Lines: each line is JSON.
    "application/x-ndjson": _JSON,
    "application/atom+xml": _word(FILE_TYPES, "ATOM", "Atom", "Atom"),
    "application/pdf": _word(FILE_TYPES, "PDF", "PDF", "PDF"),
}


def file_type(media_type: str) -> Word:
    """Raises KeyError for a type that no word is known for yet: a test holds that every offered one has its own."""
    return _FILE_TYPE[media_type]


def media_type_address(media_type: str) -> str:
    """In IANA's register, or "": types that begin with x- are not in it."""
    return "" if media_type.partition("/")[2].startswith("x-") else f"{IANA}{media_type}"
