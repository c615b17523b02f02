"""Every page is valid HTML by the strict parser of the HTML standard, and every anchor in it leads somewhere."""

import re
from dataclasses import replace

import html5lib
import pytest
from django.conf import settings
from django.template.loader import render_to_string

from practices.document import Link, Metric
from practices.editorial.documents import build_document
from practices.editorial.institution import SLUGS
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from tests.factories import document, published, rich_document

pytestmark = pytest.mark.django_db

PAGES = [
    *("/", "/practicas/", "/practicas/?categoria=oficinas&q=practica", "/practicas/?q=inexistente&anio=2020"),
    "/practicas/?vista=tabla&tamano=50",
    *("/practicas/BP-PRUEBA-SSPD-001-2020/", "/practicas/BP-PRUEBA-SSPD-002-2020/", "/autores/aguas-prueba/"),
    *("/practicas/BP-PRUEBA-SSPD-003-2020/", "/criterios/", "/nada/", "/admin/login/"),
    "/practicas/BP-PRUEBA-SSPD-004-2020/?orden=titulo",
    *(f"/practicas/BP-PRUEBA-SSPD-004-2020/{end}" for end in ("v1/", "versiones/", "versiones/comparar/?de=1&a=2")),
    *("/datos/", "/mapa-del-sitio/", *(f"/{slug}/" for slug in SLUGS)),
]


@pytest.fixture(scope="module", autouse=True)
def collection(module_database):
    published(rich_document(1))
    published(document(2))
    withdraw(published(document(3)).practice, "Motivo")
    several = published(full_document(4)).practice
    publish(
        store_document(
            replace(build_document(several), summary="Otra cosa\n\n• uno"),
        )
    )


def full_document(number: int):
    """Every section there is, and every drawing."""
    texts = dict.fromkeys(("population", "validation", "replicability", "limitations", "conclusion"), "Algo. Más.")
    metrics = (
        Metric("De 12 a 3 días", "espera", 3, "días", 12, "2021", "less"),
        Metric("9 días", "otra", 9, "días"),
        Metric("De 5 a 5", "igual", 5, "horas", 5),
    )
    return rich_document(number, metrics=metrics, links=(Link("https://example.org/x"),), **texts)


@pytest.mark.parametrize("address", [*PAGES, *(f"/en{page}" for page in PAGES)])
def test_page_is_valid_html(client, address):
    shown = client.get(address).content.decode()
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(shown)
    assert shown.count("<h1") == 1
    identifiers = re.findall(r'\bid="([^"]+)"', shown)
    assert len(identifiers) == len(set(identifiers))
    anchors = set(re.findall(r'(?:href="#|\bfor="|aria-labelledby="|aria-describedby=")([^" ]+)"', shown))
    assert anchors <= set(identifiers)


@pytest.mark.parametrize("template", ["500.html", "503.html", "400.html", "403.html"])
def test_page_for_faults_is_valid_html_without_any_context(template):
    shown = render_to_string(template)
    html5lib.HTMLParser(strict=True).parse(shown)
    assert shown.count("<h1") == 1


def test_the_page_for_maintenance_asks_for_nothing_else():
    shown = (settings.BASE_DIR / "static" / "mantenimiento.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(shown)
    assert shown.count("<h1") == 1
    assert re.findall(r'(?:src|href)="([^"]*)"|url\(|@import', shown) == ["data:,"]
    assert "<script" not in shown
