"""The words and shapes that `metrics` knows: amounts, units, periods, labels, and numbers that are only context."""

from __future__ import annotations

import re

from practices.language.numbers import SCALE_PATTERN

BULLET = re.compile(r"(?:[•▪·●○■□◦‣➢➤✓✔*]\s*|[-–—]\s+|[0-9]{1,2}[.)]\s+)+")

MONTH = "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
YEAR = "(?:19|20)[0-9]{2}(?![0-9]|[.,'’][0-9])"
DAY_MONTH = rf"(?:[0-9]{{1,2}}[°º]?\s+(?:de\s+)?)?{MONTH}"
DATE = (
    rf"(?:(?:{DAY_MONTH}|(?:primer|segundo|tercer|cuarto|I{{1,3}}|IV)\s+(?:semestre|trimestre))\s+(?:del?\s+)?)?"
    rf"(?:(?:el\s+)?(?:año|vigencia)\s+)?{YEAR}"
)
SPAN = r"(?:[0-9]{1,2}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte)\s+(?:meses|años)"
PERIOD = re.compile(
    rf"(?:^|\s)\(?(?P<period>(?:entre|de|desde)\s+(?:(?:el|los)\s+)?(?:{DATE}|{DAY_MONTH})\s+(?:y|a|al|hasta)\s+"
    rf"(?:el\s+)?{DATE}"
    rf"|(?:en|durante|desde|hasta|con corte a|a corte de|al cierre de|a partir de|a)\s+(?:(?:el|la)\s+)?{DATE}"
    rf"(?:\s?(?:[-–/]|y|a)\s?{DATE})?"
    rf"|(?P<span>(?:en|durante)\s+(?:los\s+)?(?:últimos\s+|primeros\s+)?{SPAN}"
    r")"
    rf"|(?<=\()(?:{DATE}(?:\s?(?:[-–/]|y|a)\s?{DATE})?|corte\s[^()]{{1,40}}))"
    rf"(?:\s+(?:tras|después de)\s[^,;.()]{{1,80}})?\)?$",
    re.IGNORECASE,
)

NUM = r"[0-9]+(?:[.,'’´\u00a0\u202f][0-9]+)*"
QUALIFIER = (
    r"(?:(?:(?:un\s+poco\s+|poco\s+)?(?:más|menos)\s+del?|cerca\s+del?|alrededor\s+del?|aproximadamente|casi|unos|unas"
    r"|al\s+menos|por\s+lo\s+menos|un\s+total\s+de|un\s+promedio\s+de|en\s+promedio|[~≈>≥<≤])\s*)"
)
AMOUNT = rf"{QUALIFIER}?(?:US\$|USD|COP|\$)?\s*[-−+]?{NUM}(?:\s+{SCALE_PATTERN})?(?:\s*%|\s+por\s+ciento\b)?"
QUANTITY = re.compile(
    rf"{QUALIFIER}?(?P<money>US\$|USD|COP|\$)?\s*(?P<number>(?P<sign>[-−+])?{NUM}(?:\s+(?P<scale>{SCALE_PATTERN}))?)"
    r"(?P<percent>\s*%|\s+por\s+ciento\b)?(?P<glued>[^\s.,;:)]?)",
    re.IGNORECASE,
)
RATES = (
    r"(?:\s+(?:al\s+año|al\s+mes|al\s+día|a\s+la\s+semana|por\s+año|por\s+mes|por\s+día|por\s+hora|por\s+segundo"
    r"|anuales|mensuales|semanales|diari[oa]s))?(?![\w/])"
)
MEASURES = re.compile(
    r"(?:(?:[kK]|M|G|T)?W(?:h|p)?(?:/\w+){0,2}|k?V(?:A|Ar)?|MVA|[kK]ms?[²2]?(?:/h)?|kilómetros?|c?m[³3²2]?(?:/\w+){0,2}|hm[³3]|mm"
    r"|metros?(?:\s+(?:cúbicos?|cuadrados?|lineales))?|hectáreas?|ha|l(?:/\w+){0,2}|lps|litros?|t|[Tt]on|kg|g|MBTU|GBTUD?"
    r"|toneladas?|kilogramos?|kilos|galones|barriles|pulgadas|pies|bar|psi|[°º]C|h"
    r"|segundos?|minutos?|horas?|días?(?:\s+(?:hábiles|calendario))?|semanas?|mes(?:es)?|años?|vez|veces"
    r"|puntos\s+(?:porcentuales|básicos)|kilovatios?(?:\s+hora)?|megavatios?(?:\s+hora)?)" + RATES,
)
WORD = re.compile(r"[^\W\d_](?:[\w³²/’'-]*\w)?")
# After a bare number these words join, compare or shorten; they are never what is counted.
NOT_UNITS = re.compile(
    r"(?:y|e|o|u|a|al|de|del|en|por|con|el|la|los|las|que|x|para|sin|se|su|sus|más|menos|no|son|fue|fueron|entre|vs"
    r"|m{1,2}|k|mil|miles|[ap]m|anuales|mensuales|semanales|diari[oa]s|primer[oa]?|to|ta|er|ro|da|va)$",
    re.IGNORECASE,
)

LABELLED = re.compile(rf"(?P<label>[^\d:=;•▪]+?(?:\s{YEAR})?)\s*[:=]\s*(?={AMOUNT})", re.IGNORECASE)
ACTION = re.compile(
    r"(?P<label>(?:(?:reducción|disminución|aumento|incremento|crecimiento|ahorro|inversión|recuperación|cobertura"
    r"|continuidad|reposición|instalación|construcción|siembra|entrega|capacitación|aprovechamiento)\b"
    r"(?:\s+(?:anual|mensual|total|promedio))?|se\s+(?:han?\s+)?\w+(?:aron|ieron|jeron|jo|ó|ado|ido)\b))"
    rf"(?P<joint>\s+(?:del?|en|al?))?\s+(?={AMOUNT})",
    re.IGNORECASE,
)
CHANGE = re.compile(
    rf"(?:^|\s)(?:de|del|desde)\s+(?P<first>{AMOUNT}(?:\s+[^\s\d,;:.]{{1,30}}){{0,6}}?)\s+al?\s+(?P<second>{AMOUNT})",
    re.IGNORECASE,
)
UP = re.compile(r"\b(?:aument|subi|creci|increment|ampli)", re.IGNORECASE)
DOWN = re.compile(r"\b(?:redu[cj]|dismin|descen|baj(?:ó|a)|cay)", re.IGNORECASE)
MOVED = re.compile(r"\b(?:pas(?:ó|ar|aron|ando)|mejor)", re.IGNORECASE)
# "Aumento de 10 a 15 %" may be the size of the rise, between two bounds.
BARE_RISE = re.compile(r"\b(?:aumento|incremento|crecimiento|mejora|ampliación)$", re.IGNORECASE)
CHANGE_VERB = re.compile(
    r"(?:^|\s)(?:se )?(?:pas|aument|increment|redu|dismin|baj|mejor|ampli)\w*(?:ó|on|jo)$", re.IGNORECASE
)
# What lies between two values, or is measured from the top down: no before and after.
SPREAD = re.compile(
    r"\b(?:rangos?|intervalos?|l[ií]mites?|altitud(?:es)?|alturas?|alt[ií]metr|edad(?:es)?|var[ií]a|oscila|pisos?)",
    re.IGNORECASE,
)
# 98.500 % may be ninety-eight and a half, whatever the dot means elsewhere.
UNSURE_SHARE = re.compile(r"[-−+]?[1-9][0-9]{0,2}\.[0-9]{3}")
# 018000…, ten digits of a mobile (3…) or of a landline (60…), in one run.
PHONE = re.compile(r"01800[0-9]*|(?:3[0-9]|60)[0-9]{8}")
# Money of no named currency: what these words follow is not counted in them.
MONEY_PARTICIPLE = re.compile(
    r"(?:invertid|destinad|desembolsad|recaudad|ejecutad|ahorrad|facturad|pagad|girad|asignad|financiad|aportad)[oa]s?$",
    re.IGNORECASE,
)
MONEY_NOUN = re.compile(
    r"(?:inversi[oó]n|presupuesto|recaudo|facturaci[oó]n|costo|gasto|ahorro|ingreso|capital|cartera|deuda)$",
    re.IGNORECASE,
)
MONEY_NOUNS = re.compile(
    r"(?:inversiones|recursos|presupuestos|recaudos|ingresos|subsidios|costos|gastos|ahorros|aportes|ventas|utilidades)$",
    re.IGNORECASE,
)
MONEY_LABEL = re.compile(
    r"\b(?:inver(?:si|tid)|presupuest|recaud|costo|gasto|ingreso|facturaci|valor|monto|recursos|subsidio|ahorro|aporte)",
    re.IGNORECASE,
)
LASTS = re.compile(r"tiempo|duración|demora|promedio|saidi", re.IGNORECASE)
# Behind these a bare number is a name, not a quantity.
NAMING_LABEL = re.compile(
    r"\b(?:líneas?|tel(?:éfonos?)?|cel(?:ular)?|whatsapp|nit|radicados?|códigos?|resolución|ley|decreto|acuerdo|circular"
    r"|contratos?|convenios?|fechas?|años?|vigencias?|versión|página|artículos?|normas?|iso|ntc|horarios?|horas?|cédula"
    r"|extensión|contacto|center|pbx|número|dirección|meta|fax)\b|\b(?:n[.°º]|no\.)",
    re.IGNORECASE,
)

CONTEXT = re.compile(
    r"[0-9]{1,2}:[0-9]{2}(?:\s*[ap]\.?\s?m\b\.?)?|\b[0-9]{1,2}\s*[ap]\.?\s?m\b\.?|\b[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{1,4}\b"
    rf"|\b(?:[0-9]{{1,2}}\s+(?:y|al?)\s+)?[0-9]{{1,2}}[°º]?\s+(?:de\s+)?{MONTH}(?:\s+del?\s+{YEAR})?"
    r"|\b(?:resoluci(?:ón|ones)|ley|decreto|acuerdo|circular|línea|artículo|estratos?|fases?|zonas?|etapas?|niveles|nivel"
    r"|tipo|categoría|comunas?|ruta|NTC|ISO(?:/IEC)?|IEC|ODS|RETIE|RAS|calle|carrera|versión|número|n\.?[°º]|No\.)"
    rf"\s*-?[0-9](?:[:-]?[0-9])*(?:(?:,|\s+[ya])\s+[0-9]+\b)*(?:\s+de\s+{YEAR})?"
    rf"|(?:\b(?:en|de|del|desde|durante|hasta|año|años|vigencia|a|al|y|entre|para|corte|{MONTH})\s+|[(/–-]\s?){YEAR}"
    rf"(?:\s?[-–/y]\s?{YEAR})?",
    re.IGNORECASE,
)
RANGE = re.compile(rf"\b(?:entre\s+(?:los\s+)?{NUM}\s+y|de\s+{NUM}\s+a)\s+(?:los\s+)?{NUM}", re.IGNORECASE)
LOOSE_NUMBER = re.compile(rf"(?<![\w³²-]){NUM}")
BEFORE_NUMBER = re.compile(rf"(?:\b(?:los|las|el|la)|{QUALIFIER}|US\$|USD|\$)$", re.IGNORECASE)
SUBORDINATE = re.compile(r"\b(?:en|cada)$", re.IGNORECASE)
BELONGING = re.compile(r"\b(?:de|del|sobre|para|(?:mayor|menor|superior|inferior)(?:es)?\s+al?)$", re.IGNORECASE)
JOINED = re.compile(r"[;:•▪·+]|\.\s|\s(?:y|e|además|más)\s", re.IGNORECASE)
COUNTED_IN_WORDS = re.compile(
    r"(?:,|\sy|\se)\s+(?:un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|cien|mil)\s",
    re.IGNORECASE,
)
PREPOSITION = re.compile(r"(?:al?|por|del?|en|para|con|entre|según|cada|durante|tras|sobre)\b", re.IGNORECASE)
COMPARISON = re.compile(r"\b(?:que|como|respecto|frente|comparación|igual|versus|relación)$", re.IGNORECASE)
ELAPSED = re.compile(r"(?:entre|de|desde)\s|en\s.*(?:meses|años)$", re.IGNORECASE)
