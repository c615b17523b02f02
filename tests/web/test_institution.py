"""Whose catalogue it is, on every page; the institution's own pages; its colours; the map of the site."""

import re

import pytest
from django.db import OperationalError, transaction
from django.test import Client

from practices.editorial.institution import SLUGS
from practices.models.identity import Identity, IdentityLink
from practices.models.page import Page
from practices.models.version import CatalogueVersion
from practices.web import frame as frames
from tests.factories import published, rich_document

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("address", ["/", "/practicas/", "/terminos/", "/nada/", "/en/", "/en/mapa-del-sitio/"])
def test_every_page_says_who_answers_for_it(client, address):
    page = client.get(address).content.decode()
    for part in ("Entidad de ejemplo", "Carrera 00 # 00-00", "tel:+576010000000", "mailto:contacto@entidad.example"):
        assert part in page
    before = "/en" if address.startswith("/en") else ""
    for slug in SLUGS:
        assert f'href="{before}/{slug}/"' in page
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d">', page)
    assert 'href="#inicio"' in page


def test_a_link_without_english_words_is_marked_as_spanish(client):
    IdentityLink.objects.filter(address="/pqrsd/").update(label_en="")
    CatalogueVersion.raise_by_one()
    assert '<a href="/en/pqrsd/" lang="es">PQRSD</a>' in shown(client, "/en/")
    assert '<a href="/pqrsd/">PQRSD</a>' in shown(client, "/")


def test_own_links_and_bar_appear_only_where_they_are_set(client):
    assert "gov.co" not in shown(client, "/")
    Identity.objects.update(govco=True, slogan="Lo que somos")
    IdentityLink.objects.create(identity_id=1, place="social", label="Red", address="https://example.org/red")
    IdentityLink.objects.create(identity_id=1, place="header", label="Entidad", address="https://example.org/")
    page = shown(client, "/")
    for part in ('href="https://www.gov.co/"', 'href="https://example.org/red"', 'href="https://example.org/"'):
        assert part in page
    assert '<p lang="es">Lo que somos</p>' in page


@pytest.mark.parametrize("slug", SLUGS)
def test_each_page_is_whole_in_both_languages(client, slug):
    page = Page.objects.get(url=f"/{slug}/")
    spanish, english = shown(client, f"/{slug}/"), shown(client, f"/en/{slug}/")
    assert f"<h1>{page.title}</h1>" in spanish
    assert f"<h1>{page.title_en}</h1>" in english
    for text in (spanish, english):
        assert text.count("<h2>") == f"\n{page.content}".count("\n## ")
        assert "{" not in text
        assert 'hreflang="en" href="http://testserver/en/' in text
    assert f'<link rel="canonical" href="http://testserver/{slug}/">' in spanish
    assert f'<link rel="canonical" href="http://testserver/en/{slug}/">' in english
    assert f'datetime="{page.updated_at:%Y}' in spanish


def test_a_page_without_english_is_shown_in_spanish_and_says_so(client):
    Page.objects.filter(url="/cookies/").update(content_en="")
    page = shown(client, "/en/cookies/")
    assert "This page has not been translated" in page
    assert '<article class="prose" lang="es">' in page
    assert '<link rel="canonical" href="http://testserver/cookies/">' in page
    # None of another language, only the same as data.
    assert re.findall(r'<link rel="alternate"[^>]*>', page) == [
        '<link rel="alternate" type="application/json" href="/en/cookies.json">'
    ]
    assert "http://testserver/en/cookies/" not in shown(client, "/sitemap-texts.xml")
    assert "http://testserver/cookies/" in shown(client, "/sitemap-texts.xml")


def test_a_page_is_plain_text(client):
    page = Page(
        url="/x/", title="<b>T</b>", content="<script>alert(1)</script>\n## <i>H</i>\n• uno\n• dos {nada} {nit}"
    )
    page.save()
    text = shown(client, "/x/")
    assert "<script>alert" not in text
    assert "<h2>&lt;i&gt;H&lt;/i&gt;</h2>" in text
    assert "<li>dos {nada} [nit]</li>" in text
    # A query string is nobody's to put into a page.
    assert "zzz" not in shown(client, "/x/?zzz=1")


@pytest.mark.parametrize(
    "address", ["/zzz/", "/en/zzz/", "/terminos/zzz/", "/TERMINOS/", "/zzz.php", "/terminos/%00/"]
)
def test_what_is_no_page_stays_not_found(client, address):
    page = shown(client, address, 404)
    assert 'name="q"' in page
    assert "zzz" not in page
    assert 'href="/mapa-del-sitio/"' in page or 'href="/en/mapa-del-sitio/"' in page


def test_colours_of_our_own_cost_no_request(client):
    assert "identidad.css" not in shown(client, "/")
    assert client.get("/identidad.css").status_code == 404


def test_other_colours_come_in_one_small_sheet_that_may_be_kept(client):
    Identity.objects.update(brand="#7A1020", action="#8a1538")
    CatalogueVersion.raise_by_one()
    address = re.search(r'<link rel="stylesheet" href="(/identidad\.css\?v=[0-9a-f]{12})">', shown(client, "/en/"))[1]
    sheet = client.get(address)
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--brand:#7A1020" in sheet.content.decode()
    assert len(sheet.content) < 600
    assert client.get("/identidad.css")["Cache-Control"] == "public, max-age=300"


QUERIES = {"/": 3, "/criterios/": 2, "/terminos/": 2, "/mapa-del-sitio/": 2}


@pytest.mark.django_db(transaction=True)
def test_what_stands_around_a_page_costs_the_catalogue_version_at_most(client, django_assert_num_queries):
    """The version, and what the page is about: the newest and the criteria, the criteria, the page, the pages."""
    for number in (1, 2, 3):
        published(rich_document(number))
        IdentityLink.objects.create(identity_id=1, label=f"Enlace {number}", address="/terminos/")
        for address, queries in QUERIES.items():
            client.get(address)
            with django_assert_num_queries(queries, info=address):
                assert f"Enlace {number}" in shown(client, address)


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_took_back_is_not_kept(client):
    client.get("/")
    with transaction.atomic():
        identity = Identity.objects.get()
        identity.name = "Deshecha"
        identity.save()
        assert frames.frame().identity.name == "Deshecha"
        transaction.set_rollback(True)
    assert "Deshecha" not in shown(client, "/")
    CatalogueVersion.raise_by_one()
    assert "Deshecha" not in shown(client, "/")


def test_the_map_names_every_page_and_no_draft(client):
    published(rich_document(1))
    page = shown(client, "/en/mapa-del-sitio/")
    expected = ["/en/", "/en/practicas/", "/en/criterios/", "/en/datos/", "/en/practicas/?departamento=17"]
    for address in [*expected, *(f"/en/{slug}/" for slug in SLUGS)]:
        assert f'href="{address}"' in page


def away(*args: object, **kwargs: object) -> None:
    raise OperationalError("connection refused")


@pytest.mark.parametrize(("template", "status"), [("403.html", 403), ("404.html", 404)])
def test_pages_that_refuse_need_no_database(rf, monkeypatch, template, status):
    from django.template.loader import render_to_string

    monkeypatch.setattr(CatalogueVersion, "standing", away)
    CatalogueVersion.raise_by_one()
    text = render_to_string(template, request=rf.get("/practicas/"))
    assert "<h1>" in text
    assert "Entidad de ejemplo" not in text
    assert 'class="banner"' in text
