"""The parts that every page is made of, shown together: for whoever changes the design, and for the tests."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices import search
from practices.browse import Selection
from practices.document import (
    Author,
    Category,
    Coverage,
    Implementation,
    Metric,
    Place,
    PracticeDocument,
    Service,
    to_json,
)
from practices.exchange.writers.page import PracticePage
from practices.models.publication import Publication
from practices.templatetags.panels import Box, Panel

SHEET = Path(settings.BASE_DIR) / "static" / "catalogue.css"
TEXT = """Un párrafo que explica qué se hizo, con una dirección: https://example.org/

• Un punto de la lista.
• Otro punto."""
EXAMPLE = PracticeDocument(
    code="BP-EJEMPLO-SSPD-000-2020",
    title="Un título de ejemplo que ocupa más de un renglón en una pantalla angosta",
    author="Empresa de ejemplo S.A. E.S.P.",
    authors=(Author("Empresa de ejemplo S.A. E.S.P.", "Empresa de ejemplo S.A. E.S.P.", "ejemplo"),),
    implemented=Implementation("Abril de 2020", "2020-04", "2020-04", "month"),
    category=Category("ejemplo", "Categoría de ejemplo", 1),
    services=(Service("acueducto", "Acueducto"), Service("aseo", "Aseo")),
    summary=TEXT,
    impact=TEXT,
    metrics=(
        Metric("355 peticiones resueltas", "peticiones resueltas", Decimal(355), "peticiones", headline=True),
        Metric("949 peticiones recibidas", "peticiones recibidas", Decimal(949), "peticiones"),
        Metric("De 12 a 3 días de espera", "días de espera", Decimal(3), "días", Decimal(12), better="less"),
    ),
    success_factors=("Un factor.", "Otro factor."),
    coverage=Coverage("Caldas – Manizales", departments=(Place("17", "Caldas"),)),
    demonstration=True,
)


@cache
def tokens() -> dict[str, list[str]]:
    """The custom properties that the sheet names, by kind: colours, types, spaces."""
    root = SHEET.read_text(encoding="utf-8").partition("@media")[0]
    names = re.findall(r"(--[\w-]+):", root)
    return {
        "types": [name for name in names if name.startswith("--t-")],
        "spaces": [name for name in names if re.fullmatch(r"--s\d", name)],
        "colours": re.findall(r"(--[\w-]+): #", root),
    }


def panel() -> Panel:
    """A facet with one value in use, one that has nothing left to give, and some to unfold."""
    boxes = [
        Box("servicio", "acueducto", "Acueducto", 12, True),
        Box("servicio", "aseo", "Aseo", 3, False),
        Box("servicio", "gas", "Gas combustible", 0, False),
    ]
    return Panel("servicio", "Servicio", boxes, [Box("servicio", "energia", "Energía eléctrica", 1, False)], 1, True)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """No query but that of the filters: everything shown is an example."""
    day = datetime(2020, 4, 20, 12, tzinfo=UTC)
    shown = Publication(pk=0, code=EXAMPLE.code, number=1, document=to_json(EXAMPLE), title=EXAMPLE.title)
    shown.published_at = shown.first_published_at = day
    context = {
        "tokens": tokens(),
        "publication": shown,
        "document": EXAMPLE,
        "page": PracticePage(EXAMPLE, language="es"),
        "rows": [shown],
        "sought": search.Query(""),
        "pages": Paginator(range(200), 20).page(5),
        "panel": panel(),
        "selection": Selection.from_query({}),
    }
    return render(request, "practices/styleguide.html", context)
