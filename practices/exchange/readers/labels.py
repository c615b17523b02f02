"""Which field a label means: in capitals, without accents, with a colon, numbered, abbreviated, worded otherwise."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from practices.exchange.columns import COLUMNS, REASON
from practices.language.words import squash, stem, stems

LONGEST_LABEL = 120
_NUMBERING = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*\s*[.)\-–]+|[a-z]\)|[ivx]{1,4}[.)])\s*(?=\S)", re.IGNORECASE)
_HINT = re.compile(r"[(\[][^()\[\]]*[)\]]")
_CONTINUED = re.compile(r"\b(?:continuacion|cont)\b")
_TAIL = re.compile(r"\s+(?:no )?\d{1,2}$")
_CRITERION = re.compile(r"\s*criterio\s*[:\-–—.]\s*(?P<name>.+)", re.IGNORECASE | re.DOTALL)
_REASON = re.compile(
    rf"[\s:(\[–—-]+(?:{REASON}|razon|raz[oó]n|justificaci[oó]n|motivo|sustento|por qu[eé])[)\]\s]*$", re.IGNORECASE
)
# Words that say nothing of which field it is.
_GENERIC = """
proyecto practica practicas buena iniciativa experiencia ejecutivo ejecutiva general breve detalle detalles
descripcion geografica generado generados obtenido obtenidos alcanzado implementacion ejecucion objeto objetivo
posibilidad posibilidades principal principales caso numero nombre texto datos informacion publico publicos
domiciliario interes empresa entidad identificado identificadas encontradas presentadas relacionados tipo final
clave claves inicio inicial desarrollo area zona lugar web
"""
GENERIC = frozenset(map(stem, _GENERIC.split()))


@dataclass(frozen=True)
class Label:
    """`exact` is False where the wording is only near to one that is known; `continued`: “(continuación)”."""

    field: str
    exact: bool = True
    continued: bool = False


def label_of(text: str) -> Label | None:
    """The field that a label means; None when it is none, or several could be meant."""
    return _label_of(text) if len(text) <= LONGEST_LABEL else None


def criterion_of(text: str) -> tuple[str, bool] | None:
    """The criterion that a header “Criterio: Eficaz (razón)” names, and whether the column is of its reason."""
    found = _CRITERION.fullmatch(text) if len(text) <= 2 * LONGEST_LABEL else None
    if not found:
        return None
    name = _REASON.sub("", found["name"]).strip()
    return (name, name != found["name"].strip()) if name else None


@lru_cache(maxsize=5_000)
def _label_of(text: str) -> Label | None:
    plain = _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text
    hinted = squash(plain)
    whole = squash(_HINT.sub(" ", plain)) or hinted
    continued = bool(_CONTINUED.search(hinted))
    for wording in (whole, _CONTINUED.sub("", whole).strip(), _TAIL.sub("", whole), hinted):
        if field := KNOWN.get(wording):
            return Label(field, continued=continued)
    near = _abbreviated(text, whole) or _by_keyword(whole) or _misspelt(whole)
    return Label(near, exact=False, continued=continued) if near else None


def _abbreviated(text: str, whole: str) -> str:
    """ "Fec. implement.", "Pob. objeto": each word begins one of a label, in order, and a stop says so."""
    parts = [part for part in whole.split() if part not in {"de", "del", "la", "el", "o", "y"}]
    if "." not in text or not parts or any(len(part) < 3 for part in parts):
        return ""
    fields = {
        field
        for wording, field in KNOWN.items()
        if (full := [word for word in wording.split() if len(word) > 2]) and len(full) >= len(parts)
        if all(word.startswith(part) for part, word in zip(parts, full, strict=False))
    }
    return fields.pop() if len(fields) == 1 else ""


def _by_keyword(whole: str) -> str:
    """ "Resumen de la experiencia": a word of one field only, among words that say nothing."""
    telling = set(stems(whole)) - GENERIC
    fields = {field for word in telling for field in KEYWORDS.get(word, ())}
    if len(fields) != 1 or not all(word in KEYWORDS for word in telling):
        return ""
    return fields.pop()


def _misspelt(whole: str) -> str:
    if len(whole) < 6:
        return ""
    fields = {KNOWN[wording] for wording in get_close_matches(whole, KNOWN, n=3, cutoff=0.9)}
    return fields.pop() if len(fields) == 1 else ""


def _keywords() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for column in COLUMNS:
        for word in column.keywords.split():
            found.setdefault(stem(word), set()).add(column.field)
    return found


KNOWN = {squash(wording): column.field for column in COLUMNS for wording in (column.label, *column.synonyms)}
KEYWORDS = _keywords()
