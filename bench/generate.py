"""Realistic practices, the same ones for the same number, published in bulk: `python -m bench.generate 10000`.

The catalogue it fills is the one of DATABASE_URL.
"""

import csv
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from itertools import accumulate, product
from pathlib import Path
from random import Random

from practices.document import (
    Assessment,
    Author,
    Category,
    Coverage,
    Implementation,
    Link,
    Metric,
    Place,
    PracticeDocument,
    Service,
)

ROOT = Path(__file__).resolve().parent.parent


def listed(text: str, separator: str = " ") -> tuple[str, ...]:
    return tuple(text.split(separator))


COMMON = "usuarios"
"""Stands in about 93 of 100 practices."""

TOPICS = [
    "Oficinas de atención",
    "Facturación",
    "Peticiones y reclamos",
    "Canales digitales",
    "Accesibilidad",
    "Participación ciudadana",
    "Educación al usuario",
    "Continuidad del servicio",
    "Pérdidas y fraudes",
    "Gestión ambiental",
    "Cartera y cobro",
    "Zonas rurales",
]
SERVICES = (
    Service("acueducto", "Acueducto"),
    Service("alcantarillado", "Alcantarillado"),
    Service("aseo", "Aseo"),
    Service("energia-electrica", "Energía eléctrica"),
    Service("gas-combustible", "Gas combustible"),
)
MONTHS = [
    "Enero",
    "Febrero",
    "Marzo",
    "Abril",
    "Mayo",
    "Junio",
    "Julio",
    "Agosto",
    "Septiembre",
    "Octubre",
    "Noviembre",
    "Diciembre",
]
SECTOR = [
    "servicio",
    "empresa",
    "atención",
    "agua",
    "energía",
    "tarifa",
    "factura",
    "cliente",
    "comunidad",
    "proyecto",
    "gestión",
    "ciudad",
    "mejora",
    "calidad",
    "reclamo",
    "petición",
    "proceso",
    "consumo",
    "medidor",
    "acueducto",
    "red",
    "tiempo",
    "respuesta",
    "sistema",
    "canal",
    "oficina",
    "información",
    "lectura",
    "programa",
    "campaña",
    "sector",
    "municipio",
    "alianza",
    "resultado",
    "equipo",
    "operación",
    "digital",
    "trámite",
    "queja",
    "recurso",
    "línea",
    "suspensión",
    "reconexión",
    "hogar",
    "barrio",
    "vereda",
    "cobertura",
    "planta",
    "residuo",
    "reciclador",
    "separación",
    "ruta",
    "recolección",
    "alumbrado",
    "transformador",
    "subsidio",
    "estrato",
    "pago",
    "cartera",
    "cobro",
    "convenio",
    "acuerdo",
    "capacitación",
    "taller",
    "líder",
    "vocal",
    "comité",
    "control",
    "veeduría",
    "escuela",
    "niño",
    "joven",
    "mujer",
    "adulto",
    "discapacidad",
    "señas",
    "braille",
    "rampa",
    "accesible",
    "lenguaje",
    "claro",
    "chat",
    "mensaje",
    "aplicación",
    "portal",
    "página",
    "firma",
    "expediente",
    "archivo",
    "correo",
    "llamada",
    "fila",
    "turno",
    "espera",
    "satisfacción",
    "encuesta",
    "indicador",
    "meta",
    "ahorro",
    "pérdida",
    "fuga",
    "presión",
    "caudal",
    "cuenca",
    "bosque",
    "siembra",
    "fuente",
    "potable",
    "alcantarillado",
    "vertimiento",
    "lodo",
    "biogás",
    "panel",
    "solar",
    "fraude",
    "conexión",
    "legalización",
    "macromedidor",
    "micromedición",
    "telemetría",
    "sensor",
    "mapa",
    "dato",
    "tablero",
    "innovación",
    "piloto",
    "réplica",
]
LINKS = ["de la", "en el", "para los", "con las", "y", "del", "que", "por la", "a los", "sobre el", "entre las", "de"]
FIRMS = [
    "Aguas",
    "Acueducto",
    "Electrificadora",
    "Energía",
    "Aseo",
    "Gases",
    "Empresas Públicas",
    "Servicios",
    "Hidroeléctrica",
    "Limpieza",
]
SUFFIXES = ["S.A. E.S.P.", "S.A.S. E.S.P.", "E.S.P.", "S. A. E. S. P.", "E.I.C.E. E.S.P."]
PREFIXES = tuple(
    f"BP-{a}-{b}" for a, b in product(("ANDESCO", "NATURGAS", "ACODAL", "ASOCODIS"), ("SSPD", "CRA", "CREG"))
)
CRITERIA = (
    ("eficaz", "Eficaz"),
    ("eficiente", "Eficiente"),
    ("sostenible", "Sostenible"),
    ("replicable", "Replicable"),
)
YEARS = range(2007, 2026)


def documents(count: int, seed: int = 2026) -> Iterator[PracticeDocument]:
    """`count` documents of about 3 kB, always the same for the same arguments."""
    random = Random(seed)  # noqa: S311
    authors = _authors(min(3_000, max(5, count * 3 // 100)), random)
    for number in range(count):
        yield _document(number, random, authors)


@cache
def vocabulary() -> list[str]:
    """Thirty thousand words: the sector's own first, then words that only sound Spanish."""
    random = Random(7)  # noqa: S311
    starts = [
        "ba",
        "be",
        "bo",
        "ca",
        "co",
        "cu",
        "da",
        "de",
        "di",
        "fa",
        "fe",
        "fo",
        "ga",
        "go",
        "ha",
        "in",
        "la",
        "le",
        "lo",
        "ma",
        "me",
        "mo",
        "na",
        "no",
        "pa",
        "pe",
        "pi",
        "pro",
        "re",
        "ri",
        "sa",
        "se",
        "so",
        "ta",
        "te",
        "tra",
        "va",
        "vi",
    ]
    middles = [
        "ba",
        "bi",
        "ca",
        "ci",
        "da",
        "di",
        "ga",
        "la",
        "le",
        "li",
        "lo",
        "ma",
        "mi",
        "mo",
        "na",
        "ne",
        "ni",
        "ra",
        "ri",
        "ro",
        "sa",
        "si",
        "ta",
        "ti",
        "to",
        "va",
        "ve",
        "vi",
        "za",
    ]
    ends = [
        "ción",
        "dad",
        "miento",
        "ar",
        "ado",
        "ada",
        "ante",
        "oso",
        "ble",
        "ico",
        "ica",
        "ero",
        "era",
        "al",
        "ista",
        "or",
        "ura",
    ]
    words = dict.fromkeys(SECTOR)
    while len(words) < 30_000:
        middle = "".join(random.choices(middles, k=random.randint(1, 3)))
        words[random.choice(starts) + middle + random.choice(ends)] = None
    return list(words)


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / (rank + 12) for rank in range(len(vocabulary()))))


def _prose(random: Random, length: int) -> str:
    """Sentences of a dozen words."""
    found = random.choices(vocabulary(), cum_weights=_weights(), k=length)
    links = random.choices(LINKS, k=length)
    sentences = []
    for start in range(0, length, 8):
        pairs = zip(found[start : start + 8], links[start : start + 8], strict=True)
        sentence = " ".join(part for pair in pairs for part in pair).rsplit(" ", 1)[0]
        sentences.append(sentence.capitalize() + ".")
    return " ".join(sentences)


def _bullets(random: Random, count: int) -> str:
    return "\n".join(f"• {random.randint(2, 9_800)} {_prose(random, 6).lower()}" for _ in range(count))


@dataclass(frozen=True)
class _Country:
    departments: dict[str, Place]
    municipalities: list[Place]


@cache
def country() -> _Country:
    with (ROOT / "fixtures/reference/municipalities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    departments = {r["department_code"]: Place(r["department_code"], r["department"]) for r in rows}
    known = json.loads((ROOT / "fixtures/reference/colombia-departments.json").read_text(encoding="utf-8"))
    for row in known["departments"]:
        departments.setdefault(row["code"], Place(row["code"], row["name"]))
    places = [Place(r["municipality_code"], r["municipality"], r["department_code"]) for r in rows]
    return _Country(departments, places)


@lru_cache(maxsize=4)
def _categories() -> tuple[Category, ...]:
    return tuple(
        Category(f"tema-{number}", name, number, f"{number}. {name}") for number, name in enumerate(TOPICS, 1)
    )


def _authors(count: int, random: Random) -> list[Author]:
    found = []
    for number in range(count):
        place = country().municipalities[number * 373 % len(country().municipalities)].name
        word = vocabulary()[200 + number].capitalize()
        name = f"{FIRMS[number % len(FIRMS)]} {word} de {place} {random.choice(SUFFIXES)}"
        found.append(Author(name, name, f"autor-{number + 1}", "provider"))
    return found


def _document(number: int, random: Random, authors: list[Author]) -> PracticeDocument:
    place = number // len(PREFIXES)
    year = YEARS[place % len(YEARS)]
    author = authors[min(int(random.paretovariate(0.7)) - 1, random.randrange(len(authors)))]
    coverage = _coverage(random)
    common = random.random() < 0.92
    summary = _prose(random, 34)
    return PracticeDocument(
        code=f"{PREFIXES[number % len(PREFIXES)]}-{place // len(YEARS) + 1:03d}-{year}",
        title=_prose(random, 7).rstrip(".").split(".")[0],
        author=author.as_written,
        authors=(author,),
        implemented=_implemented(random, year),
        category=random.choice(_categories()),
        services=tuple(s for s in SERVICES if random.random() < 0.25) or (random.choice(SERVICES),),
        population=_prose(random, 9),
        summary=f"{summary} Participaron {random.randint(20, 900)} {COMMON}." if common else summary,
        impact=_bullets(random, 3) + "\n\n" + _prose(random, 22),
        metrics=tuple(_metric(random) for _ in range(random.randint(0, 3))),
        success_factors=tuple(_prose(random, 6) for _ in range(3)),
        coverage=coverage,
        validation=_prose(random, 12),
        replicability=_prose(random, 12),
        limitations=_prose(random, 10),
        conclusion=_prose(random, 10),
        criteria=tuple(Assessment(slug, name, "minimum", "met") for slug, name in CRITERIA if random.random() < 0.6),
        links=(Link(f"https://example.org/practica/{number}", "Video de la práctica"),),
        demonstration=True,
    )


def _implemented(random: Random, year: int) -> Implementation:
    month = random.randint(1, 12)
    if random.random() < 0.2:
        return Implementation(f"Desde {year}", str(year), "", "year")
    start = f"{year}-{month:02d}"
    return Implementation(f"{MONTHS[month - 1]} de {year}", start, start, "month")


def _metric(random: Random) -> Metric:
    value, word = random.randint(2, 90_000), random.choice(SECTOR)
    return Metric(f"{value} {word}s atendidos", f"{word}s atendidos", Decimal(value), f"{word}s", better="more")


def _coverage(random: Random) -> Coverage:
    if random.random() < 0.08:
        return Coverage("Nacional", national=True)
    places = {random.choice(country().municipalities) for _ in range(random.choice((1, 1, 1, 2, 3)))}
    municipalities = tuple(sorted(places, key=lambda p: p.code))
    codes = sorted({p.department for p in municipalities})
    departments = tuple(country().departments[code] for code in codes)
    return Coverage(", ".join(p.name for p in municipalities), False, departments, municipalities)


def progress(label: str, total: int) -> Callable[[int], None]:
    """A function that says how far it is, in one line, with the rate."""
    start = time.perf_counter()

    def say(count: int) -> None:
        seconds = time.perf_counter() - start
        end = "\n" if count >= total else ""
        sys.stderr.write(
            f"\r{label}: {count:,} of {total:,} · {count / max(seconds, 1e-9):,.0f}/s · {seconds:.0f} s{end}"
        )
        sys.stderr.flush()

    return say


def fill(count: int) -> None:
    """Publish `count` generated practices into the catalogue, which holds none of them yet."""
    from django.core.management import call_command

    from practices.editorial.bulk import publish_documents

    say = progress("published", count)
    for done in publish_documents(documents(count), at=datetime(2026, 1, 1, tzinfo=UTC)):
        say(done)
    call_command("draw")
    _tidied()


def _tidied() -> None:
    """What PostgreSQL's autovacuum does within a minute, where it is not switched off."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    from bench.setting import prepare

    prepare()
    fill(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
