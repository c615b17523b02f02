"""Slips put right: only those of words that no publication uses, and never without saying so."""

import pytest
from pyroaring import BitMap

from practices import search
from practices.browse import Selection
from practices.models.publication import Publication
from practices.search.slips import cost, slips
from practices.search.words import unwritten
from tests.factories import document, published

pytestmark = pytest.mark.django_db

TEXT = (
    "Atención a los recicladores de Manizales: el acueducto, la energía eléctrica y las tarifas. "
    "Macromedidores, facturación y alcantarillado."
)


@pytest.fixture(scope="module")
def collection(module_database):
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
        ("manisa1es", ""),
        ("agua2020", ""),
        # As it was quoted, and what is not wanted.
        ('"manisales"', ""),
        ("tarifas -manisales", ""),
        ('"manizales" enrgia', '"manizales" energía'),
        ('"manisales" enrgia', ""),
        # Two words written as one, and one as two.
        ("energiaelectrica", "energía eléctrica"),
        ("las tarifas de energíaeléctrica", "las tarifas de energía eléctrica"),
        ("alcanta rillado", "alcantarillado"),
        ("tarifas, a cue ducto", ""),
        ("tarifas. acue ducto!", "tarifas. acueducto!"),
        # Beside other words even a short one is put right, and one with its first letter or two letters wrong.
        ("macromedidores enegia", "macromedidores energía"),
        ("la nergia y el cueducto", "la energía y el acueducto"),
        ("tzrofas del acueducto", "tarifas del acueducto"),
        ("tarifas wasser enrgia", "tarifas wasser energía"),
        # A code, where number and year are right.
        ("BP-PRUEBO-SSPD-001-2020", "BP-PRUEBA-SSPD-001-2020"),
        ("bp prueba sspd OO1 2O2O", "BP-PRUEBA-SSPD-001-2020"),
        ("BP-PRUEBO-SSPD-009-2020", ""),
        ("BP-WASSER-SSPD-001-2020", ""),
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


@pytest.mark.parametrize(("typed", "offered"), [("manisales", "manizales"), ("manisalse", "")])
def test_word_that_is_written_somewhere_is_taken_for_one_slip_and_not_for_two(collection, typed, offered):
    published(document(5, summary=f"{typed}."))
    for number in range(6, 9):
        published(document(number, summary="Manizales."))
    assert Selection.from_query({"q": typed}).offered == offered


def test_what_comes_nearest_to_the_correction_is_shown_where_it_finds_nothing_either(collection):
    selection = Selection.from_query({"q": "manisales wasser"})
    assert (selection.corrected, selection.is_partial, len(selection.ids)) == ("manizales wasser", True, 4)


def test_of_two_likely_words_the_one_that_others_stand_beside_is_meant(collection):
    published(document(5, title="Tarimas de Riohacha"))
    assert corrected("tarifmas riohacha") == "tarimas riohacha"
    assert corrected("tarifmas") == "tarifas"


def test_likelier_slips_are_meant_first(collection):
    for number in (5, 6):
        published(document(number, summary="Casa y caza"))
    published(document(7, summary="Basa"))
    assert (cost("vasa", "basa"), cost("vasa", "casa"), cost("vasa", "caza")) == (5, 5, 9)
    assert corrected("basaa") == "basa"


def test_word_that_only_shares_its_stem_with_others_is_put_right_where_that_names_a_practice(collection):
    for number in range(5, 9):
        published(document(number, summary="Un lugar del acueducto, fugaz"))
    published(document(9, title="Acueducto sin fugas"))
    wrong = Selection.from_query({"q": "acueducto lugas"})
    assert (wrong.corrected, len(wrong.ids)) == ("acueducto fugas", 1)
    assert len(Selection.from_query({"q": "acueducto lugas", "exacta": "1"}).ids) == 4


@pytest.mark.parametrize("word", ["lugares", "fugaces"])
def test_other_number_of_a_known_word_is_no_slip(collection, word):
    for number in range(5, 9):
        published(document(number, summary="Un lugar del acueducto, fugaz"))
    published(document(9, title="Acueducto sin fugas"))
    selection = Selection.from_query({"q": f"acueducto {word}"})
    assert (selection.corrected, len(selection.ids)) == ("", 4)


def test_words_are_unwritten_that_no_number_or_gender_of_is_written(collection):
    published(document(5, summary="La luz del operador"))
    typed = ["luces", "operadoras", "tarifa", "atenciones", "electrico", "tarifario", "luce"]
    assert unwritten(typed) == {"tarifario"}
