"""A search that finds nothing never ends the road."""

from importlib import import_module

import pytest
from django.http import QueryDict

from practices.browse import Selection
from practices.models.publication import Publication
from tests.factories import author, document, published, rich_document

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def collection(module_database):
    published(rich_document(1, title="Tarifas claras del acueducto"))
    published(rich_document(2, title="Tarifas sociales"))
    published(document(3, title="Tarifas claras de energía", authors=(author("Otra S.A."),)))
    published(document(4, title="Recicladores"))


def select(query: str) -> Selection:
    return Selection.from_query(QueryDict(query))


@pytest.mark.parametrize(
    ("query", "drops"),
    [
        ("q=recicladores&anio=2020", [("q", 2), ("anio", 1)]),
        ("q=energia&anio=2020&categoria=oficinas", [("q", 2), ("categoria", 0), ("anio", 0)]),
        ("q=energia&autor=aguas-prueba&autor=otra&anio=2020", [("q", 2), ("anio", 1), ("autor", 0), ("autor", 0)]),
        ("autor=otra&anio=2020", [("anio", 1), ("autor", 2)]),
        ("autor=aguas-prueba&autor=otra&q=energia", [("q", 4), ("autor", 1), ("autor", 0)]),
        ("q=wasser", [("q", 4)]),
        ("q=wasser&anio=2020", [("q", 2), ("anio", 0)]),
        ("", []),
    ],
)
def test_each_thing_dropped_gives_back_what_it_says(collection, query, drops):
    found = select(query).drops
    assert [(drop.choice.name, drop.count) for drop in found] == drops
    assert [len(select(drop.choice.without).ids) for drop in found] == [count for _name, count in drops]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tarifas claras wasser", [3, 1]),
        ("tarifas acueducto wasser", [1, 2]),
        ("tarifas wasser", [3, 2, 1]),
        ("recicladores tarifas", [4, 3, 2, 1]),
        ("claras energia wasser xylophon", [3]),
        ("tarifas claras wasser -acueducto", [3]),
        ('"tarifas claras" wasser', [3, 1]),
        ('"claras tarifas" wasser', []),
        ("energai wasser", [3]),
        ("wasser xylophon", []),
        ("wasser", []),
    ],
)
def test_nearest_practices_hold_most_of_the_words(collection, text, found):
    selection = Selection.from_query({"q": text})
    assert [int(p.code.split("-")[3]) for p in selection.publications()] == found
    assert (selection.is_partial, selection.is_failed) == (bool(found), True)


def test_nearest_practices_are_not_shown_where_all_the_words_stand(collection):
    assert not select("q=tarifas").is_partial
    assert not select("q=tarifas+claras+wasser&exacta=1").ids


def test_nearest_practices_keep_the_other_filters(collection):
    near = select("q=tarifas+claras+wasser&anio=2020")
    assert list(near.ids) == [Publication.objects.get(title="Tarifas claras del acueducto").pk]
    assert near.sentence(1) == "1 práctica cerca de «tarifas claras wasser», 2020"


def test_nearest_practices_are_a_hundred_at_most(collection, monkeypatch):
    monkeypatch.setattr(import_module("practices.search.match"), "MOST_NEAREST", 2)
    for number in range(5, 9):
        published(document(number, title="Tarifas claras"))
    newest = [p.code.split("-")[3] for p in select("q=tarifas+claras+wasser").publications()]
    assert newest == ["008", "007"]
