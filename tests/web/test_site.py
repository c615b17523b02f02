"""What every page owes: languages, headers, errors, robots and sitemap."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils.timezone import localtime

from practices.editorial.institution import SLUGS
from practices.models.version import CatalogueVersion
from practices.models.vocabulary import Criterion
from practices.web.sitemaps import LanguageSitemap
from tests.factories import document, published, rich_document

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LOCATION = re.compile(r"<loc>http://testserver(.*?)</loc>")

PAGES = [
    "/",
    "/practicas/",
    "/criterios/",
    "/datos/",
    "/mapa-del-sitio/",
    "/terminos/",
    "/practicas/BP-PRUEBA-SSPD-001-2020/",
    "/autores/aguas-prueba/",
    "/nada/",
]
PLAIN = ["/healthz", "/readyz", "/.well-known/security.txt"]
TEXTS = [f"/{slug}/" for slug in SLUGS]


@pytest.fixture(scope="module")
def one_practice(module_database):
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


@pytest.mark.parametrize("address", [*PAGES, "/admin/login/", "/practicas.json", "/robots.txt", *PLAIN])
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
    # Open data may be read from other sites' pages (test_open_to_other_sites.py).
    is_data = address == "/practicas.json"
    assert response["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_data else "same-origin")
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_script_or_style(client, one_practice, address):
    shown = client.get(address).content.decode()
    assert " style=" not in shown
    assert "<style" not in shown
    assert "javascript:" not in shown
    scripts = [part.partition(">")[0] for part in shown.split("<script")[1:]]
    # A block of data is no script: nothing in it runs.
    assert [script for script in scripts if " src=" not in script and script != ' type="application/ld+json"'] == []


def test_language_switch_keeps_the_selection(client, one_practice):
    shown = client.get("/practicas/?q=agua&categoria=oficinas").content.decode()
    assert 'href="http://testserver/en/practicas/?q=agua&amp;categoria=oficinas"' in shown


def test_sitemap_lists_every_public_page_in_both_languages_and_nothing_else(client, one_practice):
    parts = [address for address, _changed in parts_of_sitemap(client)]
    assert parts == [f"/sitemap-{name}.xml" for name in ("pages", "texts", "practices", "authors")]
    listed = [address for part in parts for address in LOCATION.findall(client.get(part).content.decode())]
    spanish = [
        "/",
        "/practicas/",
        "/panorama/",
        "/criterios/",
        "/datos/",
        "/practicas/BP-PRUEBA-SSPD-001-2020/",
        "/autores/aguas-prueba/",
    ]
    spanish += ["/mapa-del-sitio/", *TEXTS]
    assert sorted(listed) == sorted([*spanish, *(f"/en{address}" for address in spanish)])
    for address in listed:
        assert client.get(address).status_code == 200


def parts_of_sitemap(client) -> list[tuple[str, str]]:
    """Of each part that the index names, its address and when it last changed."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{SITEMAP}sitemapindex"
    return [
        (part.findtext(f"{SITEMAP}loc").removeprefix("http://testserver"), part.findtext(f"{SITEMAP}lastmod"))
        for part in root
    ]


def test_sitemap_says_when_each_practice_and_the_newest_of_them_changed(client, one_practice):
    newest = published(rich_document(2))
    changed = dict(parts_of_sitemap(client))
    assert datetime.fromisoformat(changed["/sitemap-practices.xml"]) == newest.published_at
    assert all(changed.values())
    root = ElementTree.fromstring(client.get("/sitemap-practices.xml").content)
    dates = [url.findtext(f"{SITEMAP}lastmod") for url in root]
    assert dates == [f"{localtime(newest.published_at):%Y-%m-%d}"] * 4


def test_sitemap_of_many_practices_has_parts_that_hold_each_once(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(LanguageSitemap, "limit", 4)
    for number in (1, 2, 3, 4, 5):
        published(document(number))
    parts = [part for part, _changed in parts_of_sitemap(client) if "practices" in part]
    assert parts == ["/sitemap-practices.xml", "/sitemap-practices.xml?p=2", "/sitemap-practices.xml?p=3"]
    listed = [LOCATION.findall(client.get(part).content.decode()) for part in parts]
    assert [len(part) for part in listed] == [4, 4, 2]
    codes = [f"/practicas/BP-PRUEBA-SSPD-00{number}-2020/" for number in (5, 4, 3, 2, 1)]
    assert [address for part in listed for address in part] == [
        each for code in codes for each in (code, f"/en{code}")
    ]
    for part in parts:
        with django_assert_num_queries(2):
            client.get(part)


@pytest.mark.parametrize(
    "address",
    ["/sitemap-nada.xml", "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=x", f"/sitemap-pages.xml?p={'9' * 5000}"],
)
def test_a_part_of_the_sitemap_that_is_not_there_is_a_404(client, address):
    assert client.get(address).status_code == 404


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
    def away():
        raise OperationalError("connection refused")

    monkeypatch.setattr(CatalogueVersion, "standing", away)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_broken_page_is_a_500_with_words(monkeypatch):
    def broken():
        raise RuntimeError("a secret of the code")

    monkeypatch.setattr(CatalogueVersion, "standing", broken)
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
