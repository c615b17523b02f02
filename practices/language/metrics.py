"""Quantities out of the bullet lines of an impact text.

A line gives a value only when it states one quantity plainly, in one of four ways:

- it opens with it: "355 peticiones resueltas a través de página web";
- a label and a colon come first: "Gasto que se evita: alrededor de $ 40.000 al mes por hogar";
- an action comes first: "Reducción del 30 % en las pérdidas", "Se instalaron 3.500 medidores";
- it goes from one value to another: "Duración: de 22 a 11 horas al año".

Bounds ("más de", "cerca de") stay in the text as written, which is always shown; the value is the number.
Years, dates, times and the numbers of laws, lines or phases are context. A range, or a second quantity
beside the first, leaves the line as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from practices.language.numbers import SCALE_PATTERN, read_number

MAX_LENGTH = 500


@dataclass(frozen=True)
class MetricReading:
    """A line as written, and the quantity it surely states."""

    text: str  # without its bullet
    label: str = ""  # what is measured, in words of the line
    value: Decimal | None = None  # None = unsure: text only
    unit: str = ""  # "peticiones", "%", "COP", "horas al año" …
    baseline: Decimal | None = None  # the first value of "de X a Y"
    period: str = ""  # "en 2025", "en 10 meses": only when written at the end


@dataclass(frozen=True)
class _Quantity:
    value: Decimal
    unit: str
    counted: bool  # the unit is the thing itself (usuarios), not a measure of it (horas, %, COP)
    signed: bool
    rest: str  # what follows the unit


_I = re.IGNORECASE
_BULLET = re.compile(r"(?:[•▪·●○■□◦‣➢➤✓✔*]\s*|[-–—]\s+|[0-9]{1,2}[.)]\s+)+")

_MONTH = "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
_YEAR = "(?:19|20)[0-9]{2}(?![0-9]|[.,'’][0-9])"
_DAY_MONTH = rf"(?:[0-9]{{1,2}}[°º]?\s+(?:de\s+)?)?{_MONTH}"
_DATE = (
    rf"(?:(?:{_DAY_MONTH}|(?:primer|segundo|tercer|cuarto|I{{1,3}}|IV)\s+(?:semestre|trimestre))\s+(?:del?\s+)?)?"
    rf"(?:(?:el\s+)?(?:año|vigencia)\s+)?{_YEAR}"
)
_SPAN = r"(?:[0-9]{1,2}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte)\s+(?:meses|años)"
_PERIOD = re.compile(
    rf"(?:^|\s)\(?(?P<period>(?:entre|de|desde)\s+(?:(?:el|los)\s+)?(?:{_DATE}|{_DAY_MONTH})\s+(?:y|a|al|hasta)\s+"
    rf"(?:el\s+)?{_DATE}"
    rf"|(?:en|durante|desde|hasta|con corte a|a corte de|al cierre de|a partir de|a)\s+(?:(?:el|la)\s+)?{_DATE}"
    rf"(?:\s?(?:[-–/]|y|a)\s?{_DATE})?"
    rf"|(?P<span>(?:en|durante)\s+(?:los\s+)?(?:últimos\s+|primeros\s+)?{_SPAN}"
    r"(?:\s+(?:tras|después de)\s[^,;.()]{1,80})?)"
    rf"|(?<=\()(?:{_DATE}(?:\s?(?:[-–/]|y|a)\s?{_DATE})?|corte\s[^()]{{1,40}}))\)?$",
    _I,
)

_NUM = r"[0-9]+(?:[.,'’´\u00a0\u202f][0-9]+)*"
_QUALIFIER = (
    r"(?:(?:(?:un\s+poco\s+|poco\s+)?(?:más|menos)\s+de|cerca\s+de|alrededor\s+de|aproximadamente|casi|unos|unas"
    r"|al\s+menos|por\s+lo\s+menos|un\s+total\s+de|un\s+promedio\s+de|en\s+promedio|[~≈>≥<≤])\s*)"
)
_AMOUNT = (
    rf"{_QUALIFIER}?(?:US\$|USD|COP|\$)?\s*[-−+]?{_NUM}(?:\s+{SCALE_PATTERN})?(?:\s*%|\s+por\s+ciento\b)?"
)
_QUANTITY = re.compile(
    rf"{_QUALIFIER}?(?P<money>US\$|USD|COP|\$)?\s*(?P<number>(?P<sign>[-−+])?{_NUM}(?:\s+(?P<scale>{SCALE_PATTERN}))?)"
    r"(?P<percent>\s*%|\s+por\s+ciento\b)?(?P<glued>[^\s.,;:)]?)",
    _I,
)
_RATES = (
    r"(?:\s+(?:al\s+año|al\s+mes|al\s+día|a\s+la\s+semana|por\s+año|por\s+mes|por\s+día|por\s+hora|por\s+segundo"
    r"|anuales|mensuales|semanales|diari[oa]s))?(?![\w/])"
)
_MEASURES = re.compile(
    r"(?:(?:k|M|G|T)?W(?:h|p)?(?:/\w+)?|k?V(?:A|Ar)?|MVA|km[²2]?(?:/h)?|kilómetros?|c?m[³3²2]?(?:/\w+)?|hm[³3]|mm"
    r"|metros?(?:\s+(?:cúbicos?|cuadrados?|lineales))?|hectáreas?|ha|l(?:/\w+)?|lps|litros?|t|ton|kg|k?g|MBTU|GBTUD?"
    r"|toneladas?|kilogramos?|kilos|galones|barriles|pulgadas|pies|bar|psi|[°º]C|h"
    r"|segundos?|minutos?|horas?|días?(?:\s+(?:hábiles|calendario))?|semanas?|mes(?:es)?|años?|vece?s?"
    r"|puntos\s+(?:porcentuales|básicos)|kilovatios?(?:\s+hora)?|megavatios?(?:\s+hora)?|pesos|dólares)"
    + _RATES,
)
_WORD = re.compile(r"[^\W\d_](?:[\w³²/’'-]*\w)?")
# After a bare number these words join, compare or shorten; they are never what is counted.
_NOT_UNITS = re.compile(
    r"(?:y|e|o|u|a|al|de|del|en|por|con|el|la|los|las|que|x|para|sin|se|su|sus|más|menos|no|son|fue|fueron|entre|vs"
    r"|m{1,2}|k|mil|miles|[ap]m|anuales|mensuales|semanales|diari[oa]s|primer[oa]?|to|ta|er|ro|da|va|no)$",
    _I,
)
_PESOS = re.compile(r"(?:(?:de\s+)?pesos|m/cte\.?|COP)(?!\w)\s*", _I)

_LABELLED = re.compile(rf"(?P<label>[^\d:=]*[^\W\d][^\d:=]*?)\s*[:=]\s*(?P<rest>(?:de\s+)?{_AMOUNT}.*)", _I)
_ACTION = re.compile(
    r"(?P<label>(?:(?:reducción|disminución|aumento|incremento|crecimiento|ahorro|inversión|recuperación|cobertura"
    r"|continuidad|reposición|instalación|construcción|siembra|entrega|capacitación|aprovechamiento)\b"
    r"(?:\s+(?:anual|mensual|total|promedio))?"
    rf"|se\s+(?:han?\s+)?\w+(?:aron|ieron|ó|ado|ido)\b))(?P<joint>\s+(?:del?|en|a|al))?\s+(?={_AMOUNT})",
    _I,
)
_CHANGE = re.compile(
    rf"(?:^|\s)(?:de|del|desde)\s+(?P<first>{_AMOUNT})(?P<middle>(?:\s+[^\s\d,;:.]{{1,30}}){{0,6}}?)\s+al?\s+"
    rf"(?P<second>{_AMOUNT}.*)$",
    _I,
)
_CHANGE_WORD = re.compile(
    r"\b(?:pas(?:ó|ar|aron|ando)|aument\w+|subi\w+|creci\w+|increment\w+|redu[cj]\w+|dismin\w+|baj(?:ó|ar|aron)"
    r"|mejor\w+|descen\w+|ampli\w+)\b",
    _I,
)
_CHANGE_VERB = re.compile(
    r"\s*\b(?:se\s+)?(?:pas|aument|increment|redu|dismin|baj|mejor|ampli)\w*(?:ó|on|o)$", _I
)
_HOURS_LABEL = re.compile(r"\b(?:horarios?|jornadas?|turnos?|lunes|atención|servicio)\b|^hora$", _I)
# Behind these a bare number is a name, not a quantity.
_NAMING_LABEL = re.compile(
    r"\b(?:líneas?|tel(?:éfonos?)?|cel(?:ular)?|whatsapp|nit|radicados?|códigos?|resolución|ley|decreto|acuerdo|circular"
    r"|contratos?|convenios?|fechas?|años?|vigencias?|versión|página|artículos?|normas?|iso|ntc|horarios?|horas?|cédula"
    r"|extensión|contacto|center|pbx|número|dirección|meta|fax)\b|\b(?:n[.°º]|no\.)",
    _I,
)

_CONTEXT = re.compile(
    r"[0-9]{1,2}:[0-9]{2}(?:\s*[ap]\.?\s?m\b\.?)?|\b[0-9]{1,2}\s*[ap]\.?\s?m\b\.?|\b[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{1,4}\b"
    rf"|\b(?:[0-9]{{1,2}}\s+(?:y|al?)\s+)?[0-9]{{1,2}}[°º]?\s+(?:de\s+)?{_MONTH}(?:\s+del?\s+{_YEAR})?"
    r"|\b(?:resoluci(?:ón|ones)|ley|decreto|acuerdo|circular|línea|artículo|estratos?|fases?|zonas?|etapas?|niveles|nivel"
    r"|tipo|categoría|comunas?|ruta|NTC|ISO(?:/IEC)?|IEC|ODS|RETIE|RAS|calle|carrera|versión|número|n\.?[°º]|No\.)"
    rf"\s*-?[0-9][0-9:-]*(?:(?:,|\s+[ya])\s+[0-9]+\b)*(?:\s+de\s+{_YEAR})?"
    rf"|(?:\b(?:en|de|del|desde|hasta|año|años|vigencia|a|al|y|entre|para|corte|{_MONTH})\s+|[(/–-]\s?){_YEAR}"
    rf"(?:\s?[-–/y]\s?{_YEAR})?",
    _I,
)
_RANGE = re.compile(rf"\b(?:entre\s+(?:los\s+)?{_NUM}\s+y|de\s+{_NUM}\s+a)\s+(?:los\s+)?{_NUM}", _I)
_LOOSE_NUMBER = re.compile(rf"(?<![\w³²-]){_NUM}")
_BEFORE_NUMBER = re.compile(rf"(?:\s|\b(?:los|las|el|la)\s|{_QUALIFIER}|US\$|USD|\$)*$", _I)
_SUBORDINATE = re.compile(r"\b(?:en|cada|(?:mayor|menor|superior|inferior)(?:es)?\s+(?:a|al|de))$", _I)
_BELONGING = re.compile(r"\b(?:de|del|sobre|para)$", _I)
_JOINED = re.compile(r"[;:•▪·+]|\.\s|\s(?:y|e|además|más)\s", _I)
_COUNTED_IN_WORDS = re.compile(
    r"(?:,|\sy|\se)\s+(?:un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|cien|mil)\s",
    _I,
)
