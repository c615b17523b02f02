"""The words of dates, and the habits of writing them that say nothing more."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["MONTHS_ES", "MONTH_NUMBERS", "WEEKDAYS", "simplify"]

MONTHS_ES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS_ES, 1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()}
MONTH_NUMBERS |= {"setiembre": 9, "sept": 9, "set": 9}
MONTH = "(?:" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + ")"
WEEKDAYS = "lunes martes miercoles jueves viernes sabado domingo"
# Remarks are set aside only when they say which part or place is meant, and nothing about time: what
# else a remark says ("permanente", "se repite todos los años") may change what the date means.
_HARMLESS_REMARK = re.compile(
    r"\( ?(?:(?:fase|etapa|componente|modulo|lote|grupo|linea|proyecto|programa|convenio|municipio|departamento"
    r"|ciudad|vereda|corregimiento|barrio|localidad|comuna|sede|planta|zona|sector|regional|seccional|acueducto"
    r"|alcantarillado|aseo|energia|gas)s?\b[^()]{0,60}|(?:por |pandemia (?:de |por )?)?covid(?: ?- ?19)?) ?\)"
)
_TIMELY = re.compile(
    r"\d{3}|\?|\b(?:fech|actual|hoy|present|curs|vigen|inic|desd|hast|continu|adelant|ahora|semestre|trimestre|bimestre"
    r"|final|mediad|comienz|comenz|empez|principi|aprox|estimad|previst|proyectad|tentativ|planea|ejecu|proces|perman"
    r"|march|desarroll|segu|sigu|cada|repi|todos|todas|ano|anos|anual|mes|meses|mensual|dia|dias|diari|semana|opera"
    r"|indefin|todavia|aun|siempre|recurrent|periodic|prorrog|ampli|reinici|suspend|termin|cerr|cierr|fin|culmin|activ"
    r"|abiert|futur|proxim|anterior|antes|despues|luego|entre|durante|pendient|implement|funciona|mantien|segunda vez"
    rf"|{MONTH}\b)"
)
# What plainly goes on: an open end.
_GOES_ON = re.compile(
    r"\( ?(?:(?:actualmente|aun|todavia|sigue|continua) )?"
    r"(?:en (?:ejecucion|curso|marcha|operacion)|(?:a|hasta) la fecha) ?\)"
)
_VAGUE = "(?:mediados|finales|fines|comienzos|principios|inicios)"
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[‐‑‒–—―−]", "-"),
        (r"^(?:fecha|periodo|ano)(?: de (?:implementacion|ejecucion|realizacion))? ?:", " "),
        (r"^(?:implementad|ejecutad|realizad)[oa]s? (?=(?:en|desde|entre|durante) )", " "),
        (
            r"^((?:fecha de )?inicio ?:[^:]*?)[.,;]? (?:y )?(?:fecha de )?(?:fin|finalizacion|terminacion) ?:",
            r"\1 hasta ",
        ),
        (r"^(?:fecha de )?inicio ?(?::|en )", "desde "),
        (r"\ba partir de(?=l?\b)", "desde de"),
        (rf"^a (?={_VAGUE} )", " "),
        (r"\b(?:primera|segunda) quincena de(?=l? )", "mediados de"),
        (r"\b(?:primera|segunda|tercera|cuarta|ultima) semana de(?=l? )", "mediados de"),
        (r"\bdia de hoy\b|\bhoy en dia\b", "hoy"),
        (rf"\b({WEEKDAYS.replace(' ', '|')}),", r"\1"),
        (rf"\b({MONTH})[-/](?=\d{{4}}(?![\d/-]))", r"\1 "),
        (rf"\b(\d{{1,2}})[-/]({MONTH})(?= \d{{4}})", r"\1 \2"),
        (rf"\b({MONTH})\.", r"\1 "),
        (r"[.,;]+$", ""),
    )
)


def simplify(text: str) -> str:
    """Lower case without accents, harmless remarks and habits of writing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    plain = re.sub(r"\([^()]*\)", lambda remark: _without_remark(remark[0]), folded)
    plain = " ".join(plain.split())
    for pattern, replacement in _REWRITES:
        plain = pattern.sub(replacement, plain).strip()
    return plain


def _without_remark(remark: str) -> str:
    """A remark that is neither harmless nor an open end stays: its brackets are words nobody knows."""
    if _GOES_ON.fullmatch(remark):
        return " hasta la fecha "
    return " " if _HARMLESS_REMARK.fullmatch(remark) and not _TIMELY.search(remark) else remark
