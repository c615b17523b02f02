"""Names of organisations: who is who in spite of suffixes, stops, acronyms and capitals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from practices.language.words import STOP_WORDS, squash

__all__ = ["OrganizationReading", "guess_kind", "organization_key", "read_organization", "split_authors"]

# Folded words that say what kind of firm it is and not which one.
_LEGAL = "sa sas esp eice ese ltda limitada sca bic spa sae"
_LEGAL_WORDS = frozenset(_LEGAL.split())
_LEGAL_PHRASES = re.compile(
    r"\b(?:s en c(?: a| s)?|sec|sociedad anonima(?: simplificada)?|sociedad por acciones simplificada|"
    r"sociedad limitada|empresa industrial y comercial del estado)\b"
)
_DASH = r"(?:\s+[-–—]\s*|\s*[–—]\s+)"
_ONE_WORD = r"[^\W\d_][\w.&]{1,11}"
_SUFFIX = r"(?:[\s,]+[^\s,()\[\]]+){0,6}"
_AFTER_DASH = re.compile(rf"^(?P<name>.+?){_DASH}(?P<acronym>{_ONE_WORD})(?P<rest>{_SUFFIX})\s*$", re.DOTALL)
_IN_BRACKETS = re.compile(
    rf"^(?P<name>[^()]+?)\s*[(\[]\s*(?P<acronym>{_ONE_WORD})(?P<inner>{_SUFFIX})\s*[)\]](?P<rest>{_SUFFIX})\s*$"
)
_BEFORE_DASH = re.compile(rf"^(?P<acronym>{_ONE_WORD}){_DASH}(?P<name>.+)$", re.DOTALL)
_SEPARATOR = re.compile(r"\s+[-–—]\s+|\s*[–—]\s+|\s+[yY&]\s+|\s*/\s*|,\s+")
_PROVIDER = re.compile(
    r"(?:la )?(?:empresas?|compania|aguas? |acueductos?|alcantarillado|aseo |electrificadora|electricaribe|"
    r"hidroelectrica|termoelectrica|centrales electricas|central hidroelectrica|gas |gases |energia |"
    r"energetica |urbaser|asociacion de usuarios|junta administradora del acueducto)"
)
# The institution itself, and its units: other superintendencies, ministries and town halls are not.
_INSTITUTION = re.compile(
    r"(?:la )?(?:superservicios|sspd|superintendencia(?: de servicios publicos(?: domiciliarios)?)?(?: sspd)?)"
)
_DELEGATE = re.compile(
    r"(?:la )?(?:superintendencia (?:delegada|de servicios publicos)|despacho del? (?:la )?superintendente)\b"
)
_OF_INSTITUTION = re.compile(
    r" (?:de (?:la )?)?(?:superservicios|sspd|superintendencia(?: de servicios publicos(?: domiciliarios)?)?)$"
)
_UNIT = re.compile(
    r"(?:la |el )?(?P<head>(?:sub)?direccion|oficina|grupo interno|grupo de|delegada|delegatura|"
    r"secretaria general(?=$| de la super)|coordinacion|despacho)\b"
)
# What units are called after. Any other word may be another entity's name (Oficina Asesora de Emcali).
_TOPIC = """
a al de del e el en la las lo los para por y interno interna trabajo gestion tecnica tecnico asesora asesor
territorial norte sur oriente occidente centro nororiente noroccidente suroriente suroccidente general
acueducto alcantarillado aseo energia electrica gas combustible juridica planeacion comunicaciones tecnologia
tecnologias informacion sistemas datos analitica innovacion talento humano financiera administrativa
control disciplinario usuario usuarios ciudadano ciudadania atencion participacion social reclamos peticiones
quejas inspeccion vigilancia investigaciones calidad proyectos estudios economicos tarifas tarifaria entidades
intervenidas liquidacion riesgos estrategicos sectorial integral pequenos prestadores evaluacion
conocimiento cobro coactivo contratacion contratos presupuesto tesoreria contabilidad documental sui unico
"""
_TOPICS = frozenset(_TOPIC.split())
_MAX_CHARS = 2_000
_MAX_LIST_CHARS = 20_000


@dataclass(frozen=True)
class OrganizationReading:
    """A name as written, without its acronym part, the acronym, and the key it is compared by."""

    as_written: str
    name: str
    acronym: str
    key: str


def read_organization(text: str) -> OrganizationReading:
    """The name and the acronym of one organisation: "Electrificadora de Santander S.A. E.S.P. – ESSA"."""
    as_written = " ".join(text.split())
    name, acronym = _without_acronym(as_written)
    return OrganizationReading(as_written, name, acronym, _key(name))


def organization_key(name: str) -> str:
    """The same for every way of writing the same firm; never empty when there is a letter or a digit."""
    return read_organization(name).key


def split_authors(text: str) -> list[str]:
    """The organisations of a text: lines and ";" always part them, other signs only between two firms.

    A text too long to be a list of authors is one author, as written.
    """
    if len(text) > _MAX_LIST_CHARS:
        return [text.strip()] if text.strip() else []
    found = []
    for piece in re.split(r"[;\n\r\v\f\u2028\u2029]+", text):
        written = " ".join(piece.split()).strip(" ,/")
        found += _split_firms(written) if written else []
    return found


def guess_kind(name: str) -> str:
    """What an organisation seems to be: "provider", "unit" (of the institution) or "other"."""
    if len(name) > _MAX_CHARS:
        return "other"
    folded = squash(name)
    if _has_legal_form(folded) or _PROVIDER.match(folded + " "):
        return "provider"
    return "unit" if _is_unit(folded) else "other"


def _is_unit(folded: str) -> bool:
    """Whether a name plainly belongs to the institution: nothing in it can name another entity."""
    if _INSTITUTION.fullmatch(folded) or _DELEGATE.match(folded):
        return True
    head = _UNIT.match(folded)
    if not head:
        return False
    rest = folded[head.end() :]
    alone = not rest and head["head"] == "secretaria general"
    return alone or bool(_OF_INSTITUTION.search(rest)) or bool(rest and _TOPICS.issuperset(rest.split()))


def _key(name: str) -> str:
    folded = squash(name)
    named = _key_words(folded)
    # The last word names even when it looks empty: Triple A, AIR-E.
    kept = [word for word in named[:-1] if word not in STOP_WORDS] + named[-1:]
    return " ".join(kept) or folded


def _without_acronym(written: str) -> tuple[str, str]:
    if len(written) > _MAX_CHARS:
        return written, ""
    for pattern in (_IN_BRACKETS, _AFTER_DASH, _BEFORE_DASH):
        match = pattern.match(written)
        if match and _abbreviates(match["acronym"], match["name"]):
            suffixes = [match.groupdict().get(part) or "" for part in ("inner", "rest")]
            if all(set(squash(suffix).split()) <= _LEGAL_WORDS for suffix in suffixes):
                return _with_suffix(match["name"].strip(), suffixes), match["acronym"].rstrip(".")
    return written, ""


def _with_suffix(name: str, suffixes: list[str]) -> str:
    # EMPRESA DE … BOGOTÁ - EAAB E.S.P.: the suffix is the firm's, unless it has one already.
    return name if _ends_in_legal_form(name) else name + "".join(suffixes).rstrip()


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of the acronym come in the name in that order, the first one first."""
    short, long = squash(acronym).replace(" ", ""), squash(name)
    if len(short) < 2 or short in _LEGAL_WORDS or short in long.split() or " " not in long:
        return False
    initials = "".join(word[0] for word in long.split() if word not in STOP_WORDS)
    letters = iter(long)
    return short[0] == initials[:1] and all(letter in letters for letter in short)


def _split_firms(written: str) -> list[str]:
    parts = list(_firms(written)) if len(written) <= _MAX_CHARS else []
    # "… S.A. E.S.P. – ESSA E.S.P." is one firm and its acronym.
    together = read_organization(written).acronym
    if len(parts) < 2 or together or not all(_ends_in_legal_form(part) and _key_words(part) for part in parts):
        return [written]
    return parts


def _firms(written: str) -> Iterator[str]:
    start = 0
    for separator in _SEPARATOR.finditer(written):
        left, right = written[start : separator.start()], written[separator.end() :]
        # "X S.A., E.S.P." goes on with its own suffix.
        if _ends_in_legal_form(left) and _key_words(left) and not _begins_with_legal_form(right):
            yield left.strip()
            start = separator.end()
    yield written[start:].strip()


def _key_words(text: str) -> list[str]:
    return [word for word in _LEGAL_PHRASES.sub(" ", squash(text)).split() if word not in _LEGAL_WORDS]


def _ends_in_legal_form(text: str) -> bool:
    folded = squash(text)
    return folded.rpartition(" ")[2] in _LEGAL_WORDS or any(
        match.end() == len(folded) for match in _LEGAL_PHRASES.finditer(folded)
    )


def _begins_with_legal_form(text: str) -> bool:
    return squash(text).partition(" ")[0] in _LEGAL_WORDS


def _has_legal_form(folded: str) -> bool:
    return bool(_LEGAL_WORDS.intersection(folded.split())) or bool(_LEGAL_PHRASES.search(folded))
