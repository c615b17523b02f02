"""A search that finds nothing never ends the road."""

import pytest
from django.http import QueryDict

from practices.browse import Selection
from practices.models.publication import Publication
from tests.factories import author, document, published, rich_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
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
        ("claras energia wasser xylophon", [3]),
        ("tarifas claras wasser -acueducto", [3]),
        ("wasser xylophon", []),
        ("wasser", []),
        ("tarifas", []),
    ],
)
def test_nearest_practices_hold_most_of_the_words(collection, text, found):
    assert [int(p.code.split("-")[3]) for p in Selection.from_query({"q": text}).nearest] == found


def test_nearest_practices_keep_the_other_filters(collection):
    near = select("q=tarifas+claras+wasser&anio=2020").nearest
    assert [p.pk for p in near] == [Publication.objects.get(title="Tarifas claras del acueducto").pk]


def test_nearest_practices_are_three_at_most(collection):
    for number in range(5, 9):
        published(document(number, title="Tarifas claras"))
    assert len(select("q=tarifas+claras+wasser").nearest) == 3
