import re
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.language.words import STOP_WORDS, fold, squash, stem, stems, words

settings.register_profile("language", deadline=None, max_examples=100)
anything = settings.get_profile("language")


@pytest.mark.parametrize(
    "text",
    [
        "S.A. E.S.P.",
        "S. A. E. S. P.",
        "S.A E.S.P.",
        "S.A. E S.P.",
        "S.A. E. S.P.",
        "S.A.E.S.P.",
        "SAESP",
        "S A E S P",
        "s.a. e.s.p",
        "SA ESP",
        "  S.A.\xa0E.S.P. ",
        "S.A.\nE.S.P.",
        "S.A. ES.P.",
    ],
)
def test_fold_joins_every_way_of_writing_a_legal_form(text):
    assert fold(text) == "sa esp"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Atención al Niño", "atencion al nino"),
        ("atencio\u0301n", "atencion"),
        ("aten\u00adción", "atencion"),
        ("\ufeffCaldas\u200b", "caldas"),
        ("PINGÜINO", "pinguino"),
        ("Straße", "strasse"),
        ("İ", "i"),
        ("E S.P.", "esp"),
        ("S.A.S. E.S.P.", "sas esp"),
        ("SASESP", "sas esp"),
        ("E.S.P. S.A.", "esp sa"),
        ("E.I.C.E. E.S.P.", "eice esp"),
        ("S.A.S. B.I.C.", "sas bic"),
        ("Bogotá, D. C.", "bogota, dc"),
        ("4:00 a. m. – 5 p.m.", "4:00 am – 5 pm"),
        ("es p. ej. una", "es p. ej. una"),
        ("Visa posesión", "visa posesion"),
        ("m³ y n.º", "m3 y no"),
        ("1.100 botellas.", "1.100 botellas."),
        ("https://a.co/b", "https://a.co/b"),
    ],
)
def test_fold_lowers_and_drops_accents(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("de la", []),
        ("Aguas de Manizales S.A E.S.P.", ["aguas", "manizales", "sa", "esp"]),
        ("El 98,5 % de los usuarios", ["98", "5", "usuarios"]),
        ("BP–ANDESCO–SSPD–002", ["bp", "andesco", "sspd", "002"]),
    ],
)
def test_words_are_folded_and_without_stop_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anos", "ano"),
        ("usos", "uso"),
        ("tarifas", "tarifa"),
        ("usuarios", "usuarias"),
        ("ninos", "nino"),
        ("sociales", "social"),
        ("garantias", "garantia"),
        ("redes", "red"),
    ],
)
def test_stem_is_the_same_for_plural_and_gender(one, other):
    assert stem(one) == stem(other)


NOUNS = """
hogar hogares, lugar lugares, mujer mujeres, taller talleres, luz luces, raiz raices, voz voces, avance avances,
cauce cauces, dulce dulces, interes intereses, mes meses, pais paises, gas gases, reclamo reclamos, paramo paramos,
prestamo prestamos, tramo tramos, ciudad ciudades, mitad mitades, sede sedes, red redes, lider lideres, joven jovenes,
imagen imagenes, linea lineas, volumen volumenes, celular celulares, particular particulares, vulnerable vulnerables,
multiple multiples, padre padres, torre torres, cobre cobres, informe informes, medidor medidores, base bases
"""


@pytest.mark.parametrize("pair", [tuple(pair.split()) for pair in NOUNS.split(",")], ids=lambda pair: pair[0])
def test_stem_is_the_same_for_nouns_that_look_like_verbs(pair):
    assert stem(pair[0]) == stem(pair[1])


@pytest.mark.parametrize("word", ["2020", "002", "m3", "0014e2a1b", "", "esp"])
def test_stem_leaves_numbers_and_mixed_words(word):
    assert stem(word) == word


def test_stems_are_the_stems_of_the_words():
    assert stems("Las tarifas sociales") == [stem("tarifas"), stem("sociales")]


def test_stem_is_safe_in_threads():
    many = [f"{head}aciones" for head in "abcdefghijklmnopqrstuvwxyz" for _ in range(20)]
    expected = [stem.__wrapped__(word) for word in many]
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append([stem.__wrapped__(w) for w in many])) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bogotá, D. C.", "BOGOTA D.C"),
        ("«Atención» al   usuario.", "atencion al usuario"),
        ("Gas Social: segunda fase", "gas social – segunda fase"),
    ],
)
def test_squash_ignores_case_accents_and_punctuation(one, other):
    assert squash(one) == squash(other)


def test_squash_keeps_letters_of_other_alphabets():
    assert squash("水, 2020") == "水 2020"


PIECES = [*"eEsSpP.yÉ2", " ", " ", " ", "S.A.", "sas", "es.p", "esp", "sp", "Ltda.", "D. C", "casa", "año,", "´", "Á"]


@settings(anything)
@given(st.text() | st.text(alphabet="eEsSpPaA. \n-É"))
def test_fold_never_raises_and_is_idempotent(text):
    assert fold(fold(text)) == fold(text)
    assert stems(text) == [stem(word) for word in words(text)]


@settings(anything)
@given(st.text() | st.text(alphabet="eEsSpPaA. \n-ÉldtAL´\u0301") | st.lists(st.sampled_from(PIECES)).map("".join))
def test_words_are_those_of_the_whole_text_folded(text):
    assert words(text) == [word for word in re.findall("[a-z0-9]+", fold(text)) if word not in STOP_WORDS]
    assert squash(text) == squash(text).strip()


LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)
ENDINGS = [
    *("ación", "amente", "ancia", "encia", "iendo", "ieron", "logía", "mente", "oso", "ución", "ible", "idad"),
    *("iva", "ista", "ante", "adora", "ó", "es", "s", "z"),
]


@anything
@given(LETTERS, st.sampled_from(["", *ENDINGS]), st.sampled_from(["", "s", "es"]))
def test_a_word_begins_with_its_stem_but_for_the_last_letter(beginning, ending, plural):
    """What finds the words of a search in a text passes over all that begin otherwise (search/highlight.py)."""
    word = fold(beginning + ending + plural)
    assert word.startswith(stem(word)[:-1])
