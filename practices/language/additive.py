"""Which figures of different practices may be added up: quantities of things that are counted or measured alike.

Percentages, times, indices, averages and rates never may. Money, water, energy and weight add up only with what was
done with them: a peso that was saved and one that was spent are not two pesos of anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .words import fold, squash, stem

__all__ = ["Addend", "addend"]

_COUNTED = """
acometidas árboles asistentes atenciones beneficiarios campañas capacitaciones charlas ciudadanos clientes
colaboradores conexiones consultas docentes empleados encuestas estudiantes eventos familias habitantes hogares
jornadas jóvenes líderes llamadas luminarias medidores micromedidores mujeres niñas niños participantes personas
peticiones predios quejas recicladores reclamaciones reclamos reuniones solicitudes suscriptores talleres
trabajadores trámites usuarios visitas viviendas vocales
"""

AREA_AND_LENGTH = {"ha": "ha", "hectáreas": "ha", "km": "km", "kilómetros": "km"}

THOUSAND = Decimal(1000)
# As written -> the unit it is added in, and how many of these it is.
MEASURED: dict[str, tuple[str, Decimal]] = {
    "COP": ("COP", Decimal(1)),
    "pesos": ("COP", Decimal(1)),
    "m3": ("m³", Decimal(1)),
    "metros cúbicos": ("m³", Decimal(1)),
    "l": ("m³", 1 / THOUSAND),
    "litros": ("m³", 1 / THOUSAND),
    "kWh": ("kWh", Decimal(1)),
    "kilovatios hora": ("kWh", Decimal(1)),
    "MWh": ("kWh", THOUSAND),
    "megavatios hora": ("kWh", THOUSAND),
    "GWh": ("kWh", THOUSAND**2),
    "t": ("toneladas", Decimal(1)),
    "ton": ("toneladas", Decimal(1)),
    "toneladas": ("toneladas", Decimal(1)),
    "kg": ("toneladas", 1 / THOUSAND),
    "kilos": ("toneladas", 1 / THOUSAND),
    "kilogramos": ("toneladas", 1 / THOUSAND),
}

# The first that the words of the figure tell of is what was done.
DONE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ahorro o reducción", re.compile(r"\b(?:ahorr|evit|redu[cj]|dismin|dej(?:o|aron|ar) de)")),
    ("recuperación o recaudo", re.compile(r"\b(?:recuper|recaud|cobrad)")),
    ("generación o aprovechamiento", re.compile(r"\b(?:gener|produ[cj]|aprovech|recicl|reutili)")),
    ("inversión", re.compile(r"\b(?:inver|aport)")),
)
CARBON = re.compile(r"\b(?:co ?2|carbono|gei|gases? (?:de )?efecto invernadero)")

_EACH = (
    r"hogar|usuari[oa]|familia|persona|suscriptor|predio|client[ea]|factura|vivienda|habitante|mes|ano|dia|hora|semana"
)
RATE = re.compile(
    rf"\b(?:promedio|cada|per ?capita|maxim[oa]|minim[oa]|indice|tasa|porcentaje|mensual|anual|diari[oa]|semanal"
    rf"|por (?:{_EACH})(?:es|s)?\b|al (?:mes|ano|dia)\b|a la semana)"
)


@dataclass(frozen=True)
class Addend:
    """In what a figure is added: the unit, what was done with it, and how many of that unit one of its own is."""

    unit: str
    done: str = ""
    times: Decimal = Decimal(1)


def addend(unit: str, said: str) -> Addend | None:
    """Of a figure by its unit and by the words around it; None where it may not be added to others."""
    known = _units().get(_key(unit))
    words = fold(said)
    if known is None or RATE.search(words):
        return None
    if known.unit not in MUST_SAY:
        return known
    done = next((name for name, words_of in DONE if words_of.search(words)), "")
    if not done:
        return None
    name = "toneladas de CO₂" if known.unit == "toneladas" and CARBON.search(words) else known.unit
    return Addend(name, done, known.times)


MUST_SAY = frozenset(name for name, _times in MEASURED.values())


def _key(unit: str) -> str:
    # Not `stems`, which leaves out the stop words: "ha" are hectares here.
    return " ".join(stem(word) for word in squash(unit[:80]).split())


@lru_cache(maxsize=1)
def _units() -> dict[str, Addend]:
    return dict(_declared())


def _declared() -> Iterator[tuple[str, Addend]]:
    for word in _COUNTED.split():
        yield _key(word), Addend(word)
    for word, unit in AREA_AND_LENGTH.items():
        yield _key(word), Addend(unit)
    for word, (unit, times) in MEASURED.items():
        yield _key(word), Addend(unit, "", times)
