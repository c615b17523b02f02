"""Nothing stale, nothing purged: a page one has is not sent again, a page drawn once is not drawn again."""

import threading
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone

from practices.editorial.publishing import withdraw
from practices.models.contact import Contact
from practices.models.practice import Practice
from practices.models.version import CatalogueVersion
from tests.factories import practice, published, rich_document

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGES = [
    *("/", "/practicas/", "/practicas/?categoria=oficinas", "/practicas.json", f"/practicas/{CODE}/"),
    *(f"/practicas/{CODE}.json", f"/practicas/{CODE}.pdf", "/criterios/", "/panorama/", "/comparar/", "/terminos/"),
    *("/inicio.json", "/autores/aguas-prueba.json", f"/practicas/{CODE}/versiones.json", "/terminos.json"),
    *("/autores/aguas-prueba/", f"/en/practicas/{CODE}/", f"/practicas/{CODE}/versiones/", "/mapa-del-sitio/"),
]


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {**settings.CACHES, "default": memory}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def one(db):
    return published(rich_document(1))


def test_a_page_one_has_costs_one_query_and_no_drawing(client, one, django_assert_num_queries):
    for address in PAGES:
        first = client.get(address)
        with django_assert_num_queries(1):
            again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
        assert (address, first.status_code, again.status_code, again.content) == (address, 200, 304, b"")
        assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])


def test_a_page_drawn_once_costs_one_query(client, one, django_assert_num_queries):
    # Within a second of a change a page does not say when it changed.
    CatalogueVersion.objects.update(raised_at=timezone.now() - timedelta(minutes=1))
    for address in PAGES:
        if address.endswith(".pdf"):
            continue
        first = client.get(address)
        with django_assert_num_queries(1):
            again = Client().get(address)
        assert (address, again.status_code, again.content) == (address, 200, first.content)
        # Each request has a name of its own.
        first.headers["X-Request-ID"] = again.headers["X-Request-ID"]
        assert dict(again.headers) == dict(first.headers)


def test_whatever_is_published_is_seen_by_the_next_request(client, one):
    before = {address: client.get(address)["ETag"] for address in PAGES}
    published(rich_document(2))
    for address, tag in before.items():
        after = client.get(address, HTTP_IF_NONE_MATCH=tag)
        assert (address, after.status_code, after["ETag"] == tag) == (address, 200, False)


def test_what_is_withdrawn_is_gone_for_who_has_it_too(client, one):
    before = client.get(f"/practicas/{CODE}/")
    withdraw(Practice.objects.get(code=CODE), by=None, reason="Cifras falsas.")
    assert client.get(f"/practicas/{CODE}/", HTTP_IF_NONE_MATCH=before["ETag"]).status_code == 410


def test_a_consent_that_ends_hides_its_contact_on_that_day(client, one):
    today = timezone.localdate()
    consent = {"consent_given_on": today, "consent_until": today, "consent_given_by": "Equipo de prueba"}
    record = Practice.objects.get(code=CODE)
    Contact.objects.create(practice=record, role="Jefatura de prueba", **consent)
    before = client.get(f"/practicas/{CODE}/")
    assert before["Cache-Control"] == "public, no-cache"
    tomorrow = today + timedelta(days=1)
    with (
        patch("practices.web.caching.localdate", return_value=tomorrow),
        patch("practices.models.contact.localdate", return_value=tomorrow),
    ):
        after = client.get(f"/practicas/{CODE}/", HTTP_IF_NONE_MATCH=before["ETag"])
    assert b"Jefatura de prueba" in before.content
    assert (after.status_code, b"Jefatura de prueba" in after.content) == (200, False)


def test_a_draft_changes_nothing_for_the_public(client, one):
    before = client.get("/practicas/")
    practice(rich_document(2))
    assert client.get("/practicas/", HTTP_IF_NONE_MATCH=before["ETag"]).status_code == 304


def test_languages_and_hosts_have_pages_of_their_own(client, one):
    tags = {client.get(address)["ETag"] for address in ("/practicas/", "/en/practicas/")}
    tags.add(client.get("/practicas/", headers={"host": "localhost"})["ETag"])
    assert len(tags) == 3


def test_the_order_of_the_parameters_makes_no_other_page(client, one, django_assert_num_queries):
    client.get("/practicas/?categoria=oficinas&orden=titulo")
    with django_assert_num_queries(1):
        client.get("/practicas/?orden=titulo&categoria=oficinas")


def test_an_address_that_somebody_made_longer_is_not_kept(client, one, django_assert_num_queries):
    client.get("/practicas/?x=1")
    with django_assert_num_queries(2):
        client.get("/practicas/?x=1")


def test_the_compressed_page_has_a_strong_name_of_its_own(client, one):
    packed = client.get("/practicas/", HTTP_ACCEPT_ENCODING="gzip")
    plain = client.get("/practicas/")
    assert packed["ETag"] == plain["ETag"][:-1] + '-gzip"'
    again = client.get("/practicas/", HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=packed["ETag"])
    assert (again.status_code, again["ETag"]) == (304, packed["ETag"])


def test_a_spreadsheet_is_the_same_but_not_to_the_byte(client, one):
    first = client.get("/practicas.xlsx")
    assert first["ETag"].startswith('W/"')
    assert client.get("/practicas.xlsx", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304


def test_what_is_not_there_is_not_there_for_any_validator(client, one):
    practice(rich_document(2))
    for code in ("BP-PRUEBA-SSPD-002-2020", "BP-PRUEBA-SSPD-099-2020"):
        assert client.get(f"/practicas/{code}/", HTTP_IF_NONE_MATCH="*").status_code == 404
        assert client.get(f"/practicas/{code}/", HTTP_IF_NONE_MATCH='"x"').status_code == 404


def test_last_modified_is_told_when_no_other_change_can_hide_in_its_second(client, one, settings):
    settings.STARTED_AT = timezone.now() - timedelta(days=400)
    assert not client.get("/criterios/").has_header("Last-Modified")
    CatalogueVersion.objects.update(raised_at=timezone.now() - timedelta(seconds=5))
    first = client.get("/criterios/")
    assert client.get("/criterios/", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304


def test_a_failed_search_is_counted_every_time(client, one):
    response = client.get("/practicas/?q=xilocarpo")
    assert (response["Cache-Control"], response.has_header("ETag")) == ("private, no-cache", False)


def test_a_page_asked_for_by_many_at_once_is_drawn_once(one):
    """The first draws, the others wait for it."""
    drawn, answers = [], []
    together = threading.Barrier(6)

    def counted(*args, **kwargs):
        drawn.append(1)
        return real(*args, **kwargs)

    def visit() -> None:
        together.wait()
        answers.append(Client().get("/practicas/").content)
        connections.close_all()

    from practices.web.views import lists

    real = lists.list_page
    with patch.object(lists, "list_page", counted):
        threads = [threading.Thread(target=visit) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(drawn), len(answers), len(set(answers))) == (1, 6, 1)


def test_the_public_gets_no_cookie_and_nothing_varies_on_one(client, one):
    for address in PAGES:
        if address.endswith(".pdf"):
            continue
        response = client.get(address)
        assert (address, dict(response.cookies), response.headers.get("Vary")) == (address, {}, "Accept-Encoding")


def test_other_methods_are_refused_as_before(client):
    assert [client.generic(method, "/practicas/").status_code for method in ("POST", "PUT", "DELETE")] == [405] * 3
