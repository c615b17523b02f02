"""What is marked in a title and which passage is shown. Pieces only: no HTML is made here."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.search.highlight import MOST_CHARS, Marking, bounded, highlight, passage, spoken_in, texts_of
from practices.search.query import read_query
from tests.factories import document


def marked(text: str, typed: str, **options) -> str:
    """The text with brackets around what is marked."""
    pieces = highlight(text, read_query(typed, **options))
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def shown(texts: list[str], typed: str, width: int = 240) -> str:
    pieces = passage(texts, read_query(typed), width)
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Atención al ciudadano", "atencion", "[Atención] al ciudadano"),
        ("ATENCIÓN al ciudadano", "atenciones", "[ATENCIÓN] al ciudadano"),
        ("Atencio\u0301n", "atención", "[Atencio\u0301n]"),
        ("Las tarifas, la tarifa", "tarifa", "Las [tarifas], la [tarifa]"),
        ("niños y niñeras", "nino", "[niños] y niñeras"),
        ("Agua para todos; aguacates", "agua", "[Agua] para todos; aguacates"),
        ("El agua de Manizales", "agua de manizales", "El [agua] de [Manizales]"),
        ("Frase exacta, exacta", '"frase exacta"', "[Frase] [exacta], [exacta]"),
        ("agua y energía", "agua -energía", "[agua] y energía"),
        ("Aguas S.A. E.S.P. del sur", "esp", "Aguas S.A. [E.S.P]. del sur"),
        ("Un 98,5 % en 2020", "2020", "Un 98,5 % en [2020]"),
        ("guion_bajo y barra/agua", "bajo agua", "guion_[bajo] y barra/[agua]"),
        ("<b>agua</b> & más", "agua", "<b>[agua]</b> & más"),
        ("Nada", "agua", "Nada"),
        ("", "agua", ""),
        ("Algo", "", "Algo"),
        ("Xenofobia", "xenof", "[Xenofobia]"),
        ("Condado", "con", "Condado"),
    ],
)
def test_words_of_the_query_are_marked(text, typed, expected):
    assert marked(text, typed) == expected


def test_an_unfinished_word_marks_those_that_begin_so():
    assert marked("Medidores y medición", "med", unfinished=True) == "[Medidores] y [medición]"


def test_pieces_joined_are_the_text():
    for text in ("S.A. E.S.P. ½ ﬁn  \n\u202e🎉 _x_", "a.b.c.d. " * 500, "ñ" * 5_000):
        assert "".join(piece.text for piece in highlight(text, read_query("a b fin ½ x ñ"))) == text


def test_passage_is_where_most_different_words_stand():
    texts = ["agua agua agua agua", "Nada.", "El agua y la tarifa.", "La tarifa del agua social."]
    assert shown(texts, "agua tarifa") == "El [agua] y la [tarifa]."


def test_passage_is_cut_between_words():
    filler = "palabra " * 60
    found = shown([f"{filler}tarifa social {filler}"], "tarifa social", width=80)
    assert found.startswith("…palabra ")
    assert found.endswith(" palabra…")
    assert "[tarifa] [social]" in found
    assert len(found) < 90


def test_passage_begins_with_the_text_where_it_can():
    assert shown(["Tarifa de agua. " + "Otra cosa. " * 40], "tarifa", width=30) == "[Tarifa] de agua. Otra cosa.…"


def test_no_passage_where_no_word_stands():
    assert shown(["Nada", ""], "agua") == ""
    assert shown(["agua"], "") == ""


def test_words_far_apart_never_make_a_longer_passage():
    found = shown(["agua " + "x " * 500 + "tarifa"], "agua tarifa", width=100)
    assert found.count("[") == 1
    assert len(found) <= 105


def test_one_endless_word_does_not_break_the_passage():
    found = shown(["x" * 3_000 + " agua " + "y" * 3_000], "agua", width=100)
    assert found == "…[agua]…"


def test_a_passage_is_looked_for_in_the_beginning_of_a_very_long_document():
    assert shown(["x " * MOST_CHARS, "agua"], "agua") == ""


def test_texts_of_a_document_come_in_the_order_of_its_page():
    texts = list(texts_of(document(impact="Se logró.", success_factors=("Publicidad impresa.",), conclusion="Fin.")))
    assert texts[0] == "Lo que se hizo."
    assert texts.index("Se logró.") < texts.index("Publicidad impresa.") < texts.index("Fin.")


SPELT = (
    *("agua", "Aguas", "AGUA", "a\u0301gua", "atenciones", "Atención", "atencio\u0301n", "tarifa", "tarifas", "ñ"),
    *("98,5", "S.A.", "E.S.P.", "S. A. E. S. P.", "a.b", "b", "ﬁn", "½", "2020", "_x_", ".", "\u0301", " ", "\n"),
    *("/", "|", "agua.luz"),
)
TEXTS = st.lists(st.lists(st.sampled_from(SPELT) | st.text(max_size=4), max_size=12).map(" ".join), max_size=4)
GLUED = st.lists(st.lists(st.sampled_from(SPELT), max_size=8).map("".join), max_size=3)
TYPED = st.lists(st.sampled_from(SPELT), min_size=1, max_size=3).map(" ".join)


@given(TEXTS | GLUED, TYPED, st.booleans())
def test_words_known_beforehand_are_marked_as_those_that_are_looked_for(texts, typed, unfinished):
    query, lines = read_query(typed, unfinished=unfinished), list(bounded(texts))
    marking = Marking(query, spoken_in([*texts, *lines]))
    assert marking.passage(lines) == passage(lines, query)
    assert _all(map(marking.highlight, texts)) == _all(highlight(text, query) for text in texts)
    if not marking:
        assert not any(piece.marked for text in texts for piece in highlight(text, query))


def _all(found) -> list[Sequence]:
    return list(map(list, found))
