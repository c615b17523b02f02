"""Slips put right: only those of words that no publication uses, and never without saying so."""

import pytest
from pyroaring import BitMap

from practices import search
from practices.browse import Selection
from practices.models.publication import Publication
from practices.search.words import slips
from tests.factories import document, published

pytestmark = pytest.mark.django_db

TEXT = (
    "Atención a los recicladores de Manizales: el acueducto, la energía eléctrica y las tarifas. "
    "Macromedidores, facturación y alcantarillado."
)


@pytest.fixture
def collection():
    for number in (1, 2, 3, 4):
        published(document(number, title=f"Práctica {number}", summary=TEXT))


def corrected(text: str) -> str:
    live = BitMap(Publication.objects.current().values_list("pk", flat=True))
    return search.corrected(text, live, max(live, default=0))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("manisales", "manizales"),
        ("acuedcuto", "acueducto"),
        ("acueduto", "acueducto"),
        ("enrgia", "energía"),
        ("atencoin", "atención"),
        ("recicladoers", "recicladores"),
        ("recicldaoers", "recicladores"),
        ("tarfas", "tarifas"),
        ("alcatarilado", "alcantarillado"),
        ("factuarcoin", "facturación"),
        ("macromedidroes", "macromedidores"),
        ("Manisales enrgia", "manizales energía"),
        ("tarifas en Manisales,", "tarifas en manizales,"),
        # Known words, in any form, and beginnings of known words.
        ("manizales", ""),
        ("tarifa", ""),
        ("recicl", ""),
        # Too short, too far, other languages, codes, numbers.
        ("tar", ""),
        ("wasser", ""),
        ("customer", ""),
        ("xylophone", ""),
        ("tzrofas", ""),
        ("SSPD", ""),
        ("BP-PRUEBO-SSPD-001-2020", ""),
        ("manisa1es", ""),
        ("agua2020", ""),
        # As it was quoted, and what is not wanted.
        ('"manisales"', ""),
        ("tarifas -manisales", ""),
        ('"manisales" enrgia', '"manisales" energía'),
        ("", ""),
        ("¿?", ""),
        ("a" * 5_000, ""),
        ("\x00", ""),
    ],
)
def test_slips_are_put_right(collection, typed, meant):
    assert corrected(typed) == meant


def test_the_most_used_word_is_meant(collection):
    published(document(5, summary="Tarimas, tarimas."))
    assert corrected("tarimfas") == "tarifas"
    assert corrected("tariias") == "tarifas"


def test_words_of_withdrawn_practices_are_not_meant(collection):
    from practices.editorial.publishing import withdraw

    withdraw(published(document(6, summary="Pingüinos.")).practice, "Motivo")
    assert corrected("pinguinso") == ""


@pytest.mark.parametrize(
    ("one", "other", "number"), [("", "ab", 2), ("ab", "ba", 1), ("abc", "abc", 0), ("manisales", "manizales", 1)]
)
def test_slips_are_counted(one, other, number):
    assert slips(one, other) == slips(other, one) == number


def test_corrected_results_are_shown_where_nothing_else_is_found(collection):
    selection = Selection.from_query({"q": "manisales"})
    assert (len(selection.ids), selection.corrected, selection.offered) == (4, "manizales", "")
    assert selection.as_typed == "q=manisales&exacta=1"
    assert selection.query_string() == "q=manisales"


def test_text_is_searched_for_exactly_where_asked(collection):
    selection = Selection.from_query({"q": "manisales", "exacta": "1"})
    assert (len(selection.ids), selection.corrected) == (0, "")
    assert selection.query_string(page=2) == "q=manisales&exacta=1&pagina=2"
    assert selection.chosen[0].without == ""


def test_correction_is_only_offered_where_something_is_found(collection):
    published(document(5, summary="Manisales."))
    for number in range(6, 9):
        published(document(number, summary="Manizales."))
    selection = Selection.from_query({"q": "manisales"})
    assert (len(selection.ids), selection.corrected, selection.offered) == (1, "", "manizales")
    assert selection.as_offered == "q=manizales"


def test_correction_that_finds_nothing_either_is_not_shown(collection):
    assert Selection.from_query({"q": "manisales wasser"}).corrected == ""
