"""Words that mean the same, in force both ways with the next search."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from practices import search
from practices.browse import Selection
from practices.models.synonym import FailedSearch, SynonymGroup
from practices.models.version import CatalogueVersion
from practices.models.vocabulary import Organization
from practices.search.failures import count_failed, countable
from tests.factories import author, document, published

pytestmark = pytest.mark.django_db

BOGOTA = "Empresa de Acueducto y Alcantarillado de Bogotá E.S.P."


@pytest.fixture(scope="module")
def collection(module_database):
    make_collection()


def make_collection() -> None:
    SynonymGroup.objects.create(terms="PQR, PQRS, PQRSD, peticiones quejas y recursos")
    SynonymGroup.objects.create(terms="macromedidor, medidor general")
    published(document(1, summary="Las P.Q.R. se atienden."))
    published(document(2, summary="Peticiones, quejas y recursos."))
    published(document(3, summary="Recursos del medidor; las quejas, aparte de toda petición."))
    published(document(4, summary="Los macromedidores."))
    published(document(5, summary="Medidor general.", authors=(author(BOGOTA),)))


def numbers(text: str) -> list[int]:
    return sorted(int(p.code.split("-")[3]) for p in Selection.from_query({"q": text}).publications())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pqr", [1, 2]),
        ("PQRS", [1, 2]),
        ("pqrsd", [1, 2]),
        ("P.Q.R.S.D.", [1, 2]),
        ("peticiones, quejas y recursos", [1, 2, 3]),
        ("petición queja recurso", [1, 2, 3]),
        ("atienden pqrsd", [1]),
        ("atienden peticiones quejas y recursos", [1]),
        ('"pqr"', [1]),
        ("macromedidor", [4, 5]),
        ("medidor general", [4, 5]),
        ("medidor", [3, 5]),
        ("se -macromedidor", [1, 2, 3, 4, 5]),
        ("quejas -pqr", [2, 3]),
    ],
)
def test_synonyms_are_found(collection, typed, found):
    assert numbers(typed) == found


def test_group_is_in_force_at_once_and_no_longer(collection):
    group = SynonymGroup.objects.create(terms="novedad, atienden")
    assert numbers("novedad") == [1]
    group.delete()
    assert numbers("novedad") == []


def test_every_change_raises_the_catalogue_version(collection):
    before = CatalogueVersion.current()
    SynonymGroup.objects.get(key="pqr").save()
    Organization.objects.first().save()
    assert CatalogueVersion.current() == before + 2


@pytest.mark.parametrize("typed", ["EAAB", "Acueducto de Bogotá", "acueducto bogota", BOGOTA, "E.A.A.B."])
def test_author_is_found_by_other_names(collection, typed):
    organization = Organization.objects.get(name=BOGOTA)
    organization.acronym, organization.aliases = "EAAB", "Acueducto de Bogotá\nAcueducto y Aseo"
    organization.save()
    assert numbers(typed) == [5]


def test_group_written_in_a_transaction_that_failed_leaves_no_trace(collection):
    with transaction.atomic():
        SynonymGroup.objects.create(terms="novedad, atienden")
        assert numbers("novedad") == [1]
        transaction.set_rollback(True)
    assert numbers("novedad") == []


@pytest.mark.django_db(transaction=True)
def test_search_with_synonyms_costs_nothing_the_second_time(django_assert_num_queries):
    make_collection()
    Selection.from_query({"q": "pqr"}).ids  # noqa: B018
    with django_assert_num_queries(1):
        assert len(Selection.from_query({"q": "pqr"}).ids) == 2


def test_query_of_many_synonyms_is_bounded(collection):
    for n in range(12):
        SynonymGroup.objects.create(terms=f"palabra{n}, " + ", ".join(f"otra{n} cosa{m}" for m in range(19)))
    assert numbers(" ".join(f"palabra{n}" for n in range(12))) == []


@pytest.mark.parametrize(
    "terms", ["", "PQR", "PQR, pqr", "a, " + "b" * 81, ", ".join(f"palabra{n}" for n in range(21))]
)
def test_group_that_means_nothing_is_refused(terms):
    with pytest.raises(ValidationError):
        SynonymGroup(terms=terms).full_clean()


def test_group_is_tidied():
    group = SynonymGroup(terms=" PQR ,, pqr, P.Q.R.S,")
    group.full_clean()
    group.save()
    assert (group.terms, group.natural_key()) == ("PQR, P.Q.R.S", ("pqr",))


def test_known_groups_are_loaded_once_and_then_left_to_staff():
    call_command("load_vocabulary", verbosity=0)
    assert sorted(SynonymGroup.objects.values_list("key", flat=True)) == ["esp", "macromedidor", "nis", "pqr"]
    for group in SynonymGroup.objects.all():
        group.full_clean()
    SynonymGroup.objects.get(key="esp").delete()
    call_command("load_vocabulary", verbosity=0)
    assert not SynonymGroup.objects.filter(key="esp").exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zanahorias del Ñame", "name zanahorias"),
        ("name zanahorias ZANAHORIAS", "name zanahorias"),
        ("escribir a ana@ejemplo.co", "escribir"),
        ("llamar al 300 123 4567 hoy", "hoy llamar"),
        ("cédula 1020304050", "cedula"),
        ("BP-ANDESCO-SSPD-002-2020", ""),
        ("práctica sspd-002", "practica"),
        ("https://ejemplo.co/x ver", "ver"),
        ("¿?", ""),
        ("x" * 200, ""),
    ],
)
def test_only_words_of_a_failed_search_are_kept(typed, kept):
    assert countable(typed) == kept


def test_failed_searches_are_counted_and_bounded(monkeypatch):
    monkeypatch.setattr("practices.search.failures.MOST_SEARCHES", 2)
    for text in ("cinco dos", "dos cinco", "tres", "cuatro"):
        count_failed(text)
    assert list(FailedSearch.objects.values_list("words", "count")) == [("cinco dos", 2), ("cuatro", 1)]


def marked(typed: str, text: str) -> str:
    """The text with brackets around what the results of a search would mark in it."""
    pieces = search.highlight(text, Selection.from_query({"q": typed}).match.query)
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("pqr", "Las PQRS, o peticiones, quejas y recursos", "Las [PQRS], o [peticiones], [quejas] y [recursos]"),
        ("pqr", "Recursos hídricos; las quejas", "Recursos hídricos; las quejas"),
        ("peticiones quejas y recursos", "Cada P.Q.R. cuenta", "Cada [P.Q.R]. cuenta"),
        ("macromedidor", "Un medidor general y otro medidor", "Un [medidor] [general] y otro medidor"),
        ("medidor general", "El macromedidor general", "El [macromedidor] [general]"),
        ('"pqr"', "PQRSD y PQR", "PQRSD y [PQR]"),
    ],
)
def test_what_means_the_same_is_marked_where_it_stands_whole(collection, typed, text, expected):
    assert marked(typed, text) == expected


def test_what_means_the_same_is_suggested_while_typing(collection, client):
    found = client.get("/buscar/sugerencias.json", {"q": "pqrsd"}).json()["suggestions"]
    assert [suggestion["code"] for suggestion in found] == ["BP-PRUEBA-SSPD-002-2020", "BP-PRUEBA-SSPD-001-2020"]
    assert client.get("/buscar/sugerencias.json", {"q": "atienden pqrsd"}).json()["suggestions"] == [found[1]]
