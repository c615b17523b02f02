"""What every page owes: languages, headers, errors, robots and sitemap."""

import re

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from practices.editorial.institution import SLUGS
from practices.models.publication import Publication
from practices.models.vocabulary import Criterion
from tests.factories import document, published, rich_document

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/practicas/",
    "/criterios/",
    "/mapa-del-sitio/",
    "/terminos/",
    "/practicas/BP-PRUEBA-SSPD-001-2020/",
    "/autores/aguas-prueba/",
    "/nada/",
]
TEXTS = [f"/{slug}/" for slug in SLUGS]


@pytest.fixture
def one_practice():
    return published(rich_document(1))


@pytest.mark.parametrize("address", PAGES)
def test_language_follows_the_address_and_nothing_else(one_practice, address):
    english = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_COOKIE="django_language=en")
    spanish, other = english.get(address), english.get(f"/en{address}")
    assert (spanish["Content-Language"], other["Content-Language"]) == ("es-co", "en")
    assert '<html lang="es-CO"' in spanish.content.decode()
    assert '<html lang="en"' in other.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_set_no_cookie_and_vary_on_nothing_personal(client, one_practice, address):
    response = client.get(address)
    assert not response.cookies
    assert response.get("Vary", "") in {"", "Accept-Encoding"}


@pytest.mark.parametrize("address", [*PAGES, "/admin/login/", "/practicas.json", "/robots.txt"])
def test_headers_of_safety_are_on_every_answer(client, one_practice, address):
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    for rule in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_script_or_style(client, one_practice, address):
    shown = client.get(address).content.decode()
    assert " style=" not in shown
    assert "<style" not in shown
    assert "javascript:" not in shown
    assert [part for part in shown.split("<script")[1:] if " src=" not in part.partition(">")[0]] == []


def test_language_switch_keeps_the_selection(client, one_practice):
    shown = client.get("/practicas/?q=agua&categoria=oficinas").content.decode()
    assert 'href="http://testserver/en/practicas/?q=agua&amp;categoria=oficinas"' in shown


def test_sitemap_lists_every_public_page_in_both_languages_and_nothing_else(client, one_practice):
    sitemap = client.get("/sitemap.xml").content.decode()
    listed = re.findall(r"<loc>http://testserver(.*?)</loc>", sitemap)
    spanish = [
        "/",
        "/practicas/",
        "/panorama/",
        "/criterios/",
        "/practicas/BP-PRUEBA-SSPD-001-2020/",
        "/autores/aguas-prueba/",
    ]
    spanish += ["/mapa-del-sitio/", *TEXTS]
    assert sorted(listed) == sorted([*spanish, *(f"/en{address}" for address in spanish)])
    for address in listed:
        assert client.get(address).status_code == 200


def test_robots_names_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode()


def test_criteria_are_the_eight_of_the_institution_in_its_words(client):
    call_command("load_vocabulary", verbosity=0)
    shown = client.get("/criterios/").content.decode()
    for criterion in Criterion.objects.all():
        assert criterion.name in shown
        assert criterion.description in shown


@pytest.mark.parametrize("host", ["evil.example", "", "a b", "x@evil.example"])
@pytest.mark.parametrize("address", ["/", "/practicas/", "/nada/", "/admin/login/"])
def test_request_under_another_name_is_refused_with_words(host, address):
    response = Client(HTTP_HOST=host).get(address)
    assert response.status_code == 400
    assert "<h1" in response.content.decode()
    assert "evil" not in response.content.decode()
    assert response["X-Frame-Options"] == "DENY"


def test_empty_catalogue_has_every_page(client):
    for address in ("/", "/practicas/", "/practicas.json", "/criterios/", "/sitemap.xml", "/en/"):
        assert client.get(address).status_code == 200


def test_search_without_result_says_what_to_drop(client, one_practice):
    shown = client.get("/practicas/?q=inexistente&anio=2020").content.decode()
    assert 'href="/practicas/?anio=2020"' in shown
    assert 'href="/practicas/?q=inexistente"' in shown


@pytest.mark.parametrize("address", ["/nada/", "/en/nada/", "/practicas/nada/"])
def test_not_found_helps_and_repeats_nothing_of_the_address(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert 'name="q"' in response.content.decode()


def test_database_that_is_away_is_a_503_that_says_when_to_return(client, monkeypatch):
    def away(self):
        raise OperationalError("connection refused")

    monkeypatch.setattr(type(Publication.objects), "current", away)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_broken_page_is_a_500_with_words(monkeypatch):
    def broken(self):
        raise RuntimeError("a secret of the code")

    monkeypatch.setattr(type(Publication.objects), "current", broken)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "a secret" not in response.content.decode()
    assert "<h1" in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("address", "queries"), [("/nada/", 2), ("/nada/nada.php", 1)])
def test_404_for_a_stranger_is_not_slower_for_many_practices(client, django_assert_num_queries, address, queries):
    """The catalogue version, and whether the institution has a page of that name."""
    for number in (1, 2, 3):
        published(document(number))
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
