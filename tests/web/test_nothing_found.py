"""What the pages say of a search that finds nothing, or something else than what was typed."""

import pytest
from django.db import DatabaseError

from practices.models.synonym import FailedSearch
from tests.factories import document, published, rich_document

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def collection(module_database):
    publish_three()


def publish_three() -> None:
    published(rich_document(1, title="Tarifas de Manizales"))
    published(document(2, title="Energía en Manizales"))
    published(document(3, title="Manizales"))


def test_page_says_what_it_searched_for_instead(client, collection):
    body = client.get("/en/practicas/?q=manisales").content.decode()
    assert 'Showing results for <strong lang="es">manizales</strong>.' in body
    assert '<a href="/en/practicas/?q=manisales&amp;exacta=1">Search exactly for “manisales”</a>' in body
    assert "3 practices about “manizales”" in body


def test_page_says_it_in_spanish(client, collection):
    body = client.get("/practicas/?q=manisales").content.decode()
    assert 'Mostrando resultados de <strong lang="es">manizales</strong>.' in body
    assert "Buscar exactamente «manisales»" in body


def test_spelling_is_offered_where_little_is_found(client, collection):
    published(document(4, title="Manisales"))
    for number in range(5, 9):
        published(document(number, title="Manizales"))
    body = client.get("/practicas/?q=manisales").content.decode()
    assert '<a href="/practicas/?q=manizales">¿Quiso decir «manizales»?</a>' in body


def test_json_says_what_was_put_right(client, collection):
    assert client.get("/practicas.json?q=manisales").json()["corrected"] == "manizales"
    assert client.get("/practicas.json?q=manisales").json()["count"] == 3
    assert client.get("/practicas.json?q=manisales&exacta=1").json()["corrected"] is None
    assert client.get("/practicas.json?q=manizales").json()["corrected"] is None


def test_page_says_what_each_filter_keeps_away(client, collection):
    body = client.get("/practicas/?q=energia&anio=2020").content.decode()
    assert '<a href="/practicas/?anio=2020">' in body
    assert '<a href="/practicas/?q=energia">' in body
    assert body.count("1 práctica sin ese filtro") == 2


def test_nearest_practices_are_shown(client, collection):
    body = client.get("/practicas/?q=tarifas+manizales+wasser").content.decode()
    assert "Ninguna práctica tiene todas estas palabras; estas son las más cercanas." in body
    assert "1 práctica cerca de «tarifas manizales wasser»" in body
    assert '<a href="/practicas/?q=tarifas+manizales+wasser&amp;exacta=1">' in body
    data = client.get("/practicas.json?q=tarifas+manizales+wasser").json()
    assert (data["count"], data["partial"], data["corrected"]) == (1, True, None)
    assert FailedSearch.objects.get().words == "manizales tarifas wasser"


def test_code_with_a_slip_says_what_was_put_right(client, collection):
    body = client.get("/practicas/?q=BP-PRUEBO-SSPD-001-2020").content.decode()
    assert 'Mostrando resultados de <strong lang="es">BP-PRUEBA-SSPD-001-2020</strong>.' in body


def test_search_that_finds_nothing_is_counted(client, collection):
    for query in ("q=wasser", "q=wasser&anio=2020", "q=manisales", "q=energia&anio=2020", ""):
        client.get(f"/practicas/?{query}")
    assert list(FailedSearch.objects.values_list("words", "count")) == [("wasser", 2)]


def test_site_that_may_only_read_goes_on(client, collection, monkeypatch):
    def refuse(words):
        raise DatabaseError("read-only")

    monkeypatch.setattr("practices.search.failures._count", refuse)
    assert client.get("/practicas/?q=wasser").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("query", "queries"), [("q=manisales", 3), ("q=tarifas", 2), ("q=manizales", 2)])
def test_corrections_cost_no_query_the_second_time(client, django_assert_num_queries, query, queries):
    """A word that stands nowhere is looked for as the beginning of others: one query."""
    publish_three()
    client.get(f"/practicas/?{query}")
    with django_assert_num_queries(queries):
        client.get(f"/practicas/?{query}")
