"""Open data may be read by programs in the pages of other sites; nothing else may."""

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from practices.exchange.writers.openapi.operations import OPERATIONS
from practices.models.version import CatalogueVersion
from practices.web.urls import urlpatterns
from tests.admin.people import member
from tests.factories import attached, published, rich_document

pytestmark = pytest.mark.django_db
CODE = "BP-PRUEBA-SSPD-001-2020"
VALUES = {"code": CODE, "number": 1, "file": 1, "slug": "aguas-prueba"}
OF_A_PAGE = {"page_json": {"slug": "terminos"}}
NOTEBOOK = {"origin": "https://cuaderno.example"}
SHARED = ("*", "cross-origin", "Content-Disposition, ETag, Link, Retry-After")
OWN = (None, "same-origin", None)


@pytest.fixture
def one(db):
    return published(rich_document(1, attachments=attached(b"%PDF-1.7 uno")))


def told(response) -> tuple[str | None, ...]:
    names = ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "Access-Control-Expose-Headers")
    return tuple(response.get(name) for name in names)


def addresses() -> dict[str, str]:
    """One of every public pattern, by its name."""
    found = {}
    for pattern in urlpatterns:
        names = pattern.pattern.converters
        values = {name: {**VALUES, **OF_A_PAGE.get(pattern.name, {})}[name] for name in names}
        found[pattern.name] = reverse(f"web:{pattern.name}", kwargs=values)
    return found


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_described_as_data_is_open_and_no_page_is(client, one, prefix):
    data = {operation.name for operation in OPERATIONS}
    for name, address in addresses().items():
        response = client.get(f"{prefix}{address}", headers=NOTEBOOK)
        assert (name, told(response)) == (name, SHARED if name in data else OWN)
        assert (response.get("Access-Control-Allow-Credentials"), dict(response.cookies)) == (None, {})
        assert response.get("Vary", "") in {"", "Accept-Encoding"}


def test_pages_with_forms_and_everything_of_the_staff_stay_closed(one):
    client = Client()
    client.force_login(member("publisher"))
    closed = ["/", "/practicas/", "/admin/", "/admin/login/", "/admin/practices/practice/", "/revision/nada/"]
    for address in [*closed, "/robots.txt", "/nada/", "/en/admin/practices/publication/"]:
        assert (address, told(client.get(address, headers=NOTEBOOK))) == (address, OWN)


def test_refusals_of_data_may_be_read_too(client, one, monkeypatch):
    for address in ("/nada.json", "/practicas/nada.json", "/practicas/nada.bib"):
        assert (address, told(client.get(address))) == (address, SHARED)

    def away():
        raise OperationalError

    monkeypatch.setattr(CatalogueVersion, "standing", away)
    response = client.get("/practicas.json")
    assert (response.status_code, told(response)) == (503, SHARED)


def test_what_was_kept_and_what_one_has_already_is_open_as_well(client, one, settings):
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    first = client.get("/practicas.json")
    kept = client.get("/practicas.json", headers=NOTEBOOK)
    has_it = client.get("/practicas.json", headers={**NOTEBOOK, "if-none-match": first["ETag"]})
    cache.clear()
    assert [(answer.status_code, told(answer)) for answer in (first, kept, has_it)] == [
        (200, SHARED),
        (200, SHARED),
        (304, SHARED),
    ]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_browser_that_asks_first_is_told_what_it_may_send(client, one, prefix):
    asks = {**NOTEBOOK, "access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}
    for address in ("/practicas.json", f"/practicas/{CODE}.json", "/buscar/sugerencias.json"):
        response = client.options(f"{prefix}{address}", headers=asks)
        assert (response.status_code, response.content, told(response)) == (204, b"", SHARED)
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert response["Access-Control-Allow-Headers"] == "*"


def test_a_browser_that_asks_first_for_a_page_is_told_nothing(client, one):
    asks = {**NOTEBOOK, "access-control-request-method": "POST"}
    for address in ("/", "/practicas/", "/admin/practices/practice/add/", "/revision/nada/"):
        response = client.options(address, headers=asks)
        allowed = [name for name in response.headers if name.startswith("Access-Control")]
        assert (address, allowed) == (address, [])
