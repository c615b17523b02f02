"""What is like a practice, and what stands beside it in a list."""

import pytest
from django.utils.translation import override

from practices.browse import Selection
from practices.browse.collection import collection
from practices.browse.neighbours import Neighbours, neighbours
from practices.browse.related import Kin, related
from practices.document import Category, Coverage, Place
from practices.editorial.publishing import publish, withdraw
from practices.models.vocabulary import Department, Municipality
from tests.factories import OFFICES, WATER, author, caldas_and_manizales, document, practice, published

pytestmark = pytest.mark.django_db
OTHER = Category("otra", "Otra", 2)


def one(number: int, name: str = "", **fields):
    fields = {"title": f"Número {number}", "summary": "", "impact": "Algo.", **fields}
    return published(document(number, authors=(author(name or f"Empresa {chr(64 + number)} S.A."),), **fields))


def found(publication) -> list[Kin]:
    return related(publication.pk, collection())


def test_each_reason_is_found_and_the_best_comes_first():
    places = Coverage("Manizales", municipalities=(Place("17001", "Manizales", "17"),))
    caldas_and_manizales()
    words = "Cuadrillas itinerantes para reconexión"
    asked = one(1, "Aguas S.A.", category=OFFICES, services=(WATER,), coverage=places, title=words)
    same_author = one(2, "Aguas S.A.", category=OTHER)
    same_category = one(3, category=OFFICES, services=(WATER,))
    same_place = one(4, coverage=places, category=OFFICES)
    same_words = one(5, summary="La reconexión la hacen cuadrillas itinerantes.")
    one(6)
    assert found(asked) == [
        Kin(same_words.pk, words=("cuadrillas", "itinerantes", "reconexión")),
        Kin(same_place.pk, category=True, places=("Manizales",)),
        Kin(same_author.pk, author=True),
        Kin(same_category.pk, category=True, service=True),
    ]


def test_the_reasons_are_said_in_the_language_of_the_page():
    kin = Kin(1, author=True, category=True, service=True, places=("Manizales", "Neira"), words=("agua", "medidor"))
    with override("en"):
        assert kin.reasons == (
            "same author; same category and service; same municipality (Manizales, Neira); "
            "similar words (agua, medidor)"
        )
        assert Kin(1, category=True).reasons == "same category"


def test_no_more_than_four_the_newest_among_equals_and_never_itself():
    every = [one(number, "Aguas S.A.") for number in range(1, 8)]
    assert [kin.pk for kin in found(every[3])] == [every[n].pk for n in (6, 5, 4, 2)]


def test_what_is_not_public_is_never_related():
    asked = one(1, "Aguas S.A.", title="Cuadrillas itinerantes")
    practice(document(2, authors=(author("Aguas S.A."),), title="Cuadrillas itinerantes"))
    withdraw(one(3, "Aguas S.A.", title="Cuadrillas itinerantes").practice, "Motivo")
    assert found(asked) == []


def test_a_new_version_takes_the_place_of_the_one_before():
    asked, other = one(1, "Aguas S.A."), one(2, "Aguas S.A.")
    other.practice.conclusion = "Otra"
    other.practice.save()
    newer = publish(other.practice)
    assert [kin.pk for kin in found(asked)] == [newer.pk]


def test_to_share_one_of_many_municipalities_says_nothing():
    Department.objects.create(code="17", name="Caldas")
    places = tuple(Place(f"17{n:03d}", f"Lugar {n}", "17") for n in range(1, 12))
    Municipality.objects.bulk_create(Municipality(code=p.code, name=p.name, department_id="17") for p in places)
    asked = one(1, coverage=Coverage("Once", municipalities=places))
    one(2, coverage=Coverage("Uno", municipalities=places[:1]))
    assert found(asked) == []


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_knows_is_not_asked_again(django_assert_num_queries):
    asked = one(1, "Aguas S.A.", title="Cuadrillas itinerantes")
    one(2, title="Cuadrillas itinerantes")
    known = collection()
    with django_assert_num_queries(3):
        first = related(asked.pk, known)
    with django_assert_num_queries(0):
        assert related(asked.pk, known) == first


@pytest.fixture
def three():
    return [published(document(number, title=f"{'CBA'[number - 1]} del agua")) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("query", "order"),
    [({"autor": "aguas-prueba"}, (2, 1, 0)), ({"orden": "titulo"}, (2, 1, 0)), ({"q": "agua"}, (2, 1, 0))],
)
def test_neighbours_are_those_of_the_list(three, query, order):
    selection = Selection.from_query(query)
    first, second, third = (three[n].pk for n in order)
    assert list(selection.ordered_ids()) == [first, second, third]
    assert neighbours(selection, first) == Neighbours(3, 1, None, second)
    assert neighbours(selection, second) == Neighbours(3, 2, first, third)
    assert neighbours(selection, third) == Neighbours(3, 3, second, None)


def test_neighbours_by_relevance_walk_over_the_groups():
    in_summary = published(document(1, summary="El medidor."))
    in_title = published(document(2, title="Medidor"))
    older = published(document(3, title="Otra", summary="Un medidor."))
    selection = Selection.from_query({"q": "medidor"})
    order = list(selection.ordered_ids())
    assert order == [in_title.pk, older.pk, in_summary.pk]
    for place, pk in enumerate(order, 1):
        beside = [None, *order, None]
        assert neighbours(selection, pk) == Neighbours(3, place, beside[place - 1], beside[place + 1])


def test_no_neighbours_without_a_selection_or_outside_it(three):
    assert neighbours(Selection.from_query({}), three[0].pk) is None
    assert neighbours(Selection.from_query({"q": "nada"}), three[0].pk) is None
    assert neighbours(Selection.from_query({"pagina": "2", "x": "y"}), three[0].pk) is None


def test_what_is_too_far_down_is_not_walked_to(three, monkeypatch):
    monkeypatch.setattr("practices.browse.neighbours.MOST_WALKED", 2)
    assert neighbours(Selection.from_query({"orden": "titulo"}), three[0].pk) == Neighbours(3)
