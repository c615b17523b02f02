import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.language.codes import CODE_PATTERN, code_key, code_tokens, join_code, read_code, split_code

CODE = "BP-ANDESCO-SSPD-002-2020"
anything = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        "bp andesco sspd 2 2020",
        "BP–ANDESCO–SSPD–002–2020",
        "BP—ANDESCO—SSPD—002—2020",
        "bp_andesco_sspd_002_2020",
        "BP/ANDESCO/SSPD/2/2020",
        "BP.ANDESCO.SSPD.02.2020",
        "bp-andesco-sspd-002-2020 ",
        "BP- ANDESCO -SSPD-002 -2020",
        "BP-\u00adANDESCO\u2011SSPD\u2011002\u20112020\n",
        "Código: BP-ANDESCO-SSPD-002-2020",
        "Código de la buena práctica: BP-ANDESCO-SSPD-002-2020",
        "Cod. BP-ANDESCO-SSPD-002-2020",
        "«BP-ANDESCO-SSPD-002-2020».",
        "BP-ÁNDESCO-SSPD-002-2020",
        "BP-ANDESCO-SSPD-002 de 2020",
        "BP ANDESCO SSPD 0022020",
        "BP ANDESCO SSPD No. 2 de 2020",
        "BP ANDESCO SSPD No 0022020",
        "BP ANDESCO SSPD N° 002 de 2020",
        "BP-ANDESCO-SSPD-Nº002-2020",
        "BP ANDESCO SSPD № 2 de 2020",
        "BP ANDESCO SSPD N.º 2 de 2020",
        "BP ANDESCO SSPD N.o 2 de 2020",
        "BP ANDESCO SSPD Nro. 2 de 2020",
        "BP ANDESCO SSPD núm. 2 de 2020",
        "BP ANDESCO SSPD número 2 de 2020",
        "BP ANDESCO SSPD # 2 de 2020",
        "Práctica BP-ANDESCO-SSPD-002-2020",
        "La buena práctica BP-ANDESCO-SSPD-002-2020",
        "Ficha: BP-ANDESCO-SSPD-002-2020",
        "Ref: BP-ANDESCO-SSPD-002-2020",
        "Ref. BP ANDESCO SSPD No. 2 de 2020",
        "Código BP-ANDESCO-SSPD-002-2020",
        "Ficha de la práctica: código BP-ANDESCO-SSPD-002-2020",
        "BP-ANDESCO-SSPD-0002-2020",
        "BP_ANDESCO_SSPD_00002_2020",
        "ＢＰ-ANDESCO-SSPD-００２-2020",
    ],
)
def test_code_is_read_in_any_spelling(text):
    assert read_code(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "bpandescosspd0022020",
        "BPANDESCOSSPD22020",
        "BP-ANDESCOSSPD-002-2020",
        "BP-ANDESCO-SSPD002-2020",
        "bp andesco sspd2 2020",
        "Práctica bpandescosspd0022020",
    ],
)
def test_code_in_one_word_is_read_by_its_known_prefix(text):
    assert read_code(text, ["BP-ACODAL-CRA", "BP-ANDESCO-SSPD"]) == CODE


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("", []),
        ("BP", []),
        ("BP-ANDESCO-SSPD", []),
        ("BP-ANDESCO-SSPD-002", []),
        ("BP-ANDESCO-SSPD-2020", ["BP-ANDESCO-SSPD"]),
        ("BP-ANDESCO-SSPD-002-20", []),
        ("BP-ANDESCO-SSPD-ABC-2020", []),
        ("BP-ANDESCO-SSPD-000002-2020", []),
        ("ver BP-ANDESCO-SSPD-002-2020 y BP-ANDESCO-SSPD-003-2020", []),
        ("Ley 142 de 1994", []),
        ("BP-水-SSPD-002-2020", []),
        ("BP-ANDESCO-SSPD-٠٠٢-2020", []),
        ("bpandescosspd0022020", []),
        ("Código: ", []),
        ("Práctica BP 002 2020", []),
        ("Caso BP-ANDESCO-SSPD-002-2020", []),
        ("No. 3 de 2020", []),
        ("bpandescosspd0022020", ["BP-AND-ESCOSSPD", "BP-ANDESCO-SSPD"]),
        ("bpx10022020", ["BP-X", "BP-X1"]),
        (CODE + " " * 300, []),
    ],
)
def test_code_is_not_read_when_not_whole_or_not_sure(text, prefixes):
    assert read_code(text, prefixes) is None


def test_code_of_an_unknown_prefix_is_read_as_written():
    assert read_code("bp-nuevo-x-12-2021", ["BP-ANDESCO-SSPD"]) == "BP-NUEVO-X-012-2021"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BP PRUEBA X No. 903 de 2020", "BP-PRUEBA-X-903-2020"),
        ("BP-PRUEBA-X-NO-903-2020", "BP-PRUEBA-X-NO-903-2020"),
        ("bp-prueba-x-no-903-2020", "BP-PRUEBA-X-NO-903-2020"),
        ("REF-X-Y-002-2020", "REF-X-Y-002-2020"),
        ("COD-X-Y-002-2020", "COD-X-Y-002-2020"),
        ("BP-ANDESCO-SSPD-0101-2021", "BP-ANDESCO-SSPD-101-2021"),
        ("BP_CRA_AS_0003_2019", "BP-CRA-AS-003-2019"),
        ("bp andesco no 5 2021", "BP-ANDESCO-NO-005-2021"),
    ],
)
def test_code_keeps_its_own_words_and_no_others(text, code):
    assert read_code(text, ["BP-ANDESCO-NO"]) == code


def test_code_with_a_longer_known_prefix_is_not_cut():
    assert read_code("BP-ANDESCO-SSPD-1-002-2020", ["BP-ANDESCO-SSPD"]) == "BP-ANDESCO-SSPD-1-002-2020"


@pytest.mark.parametrize(
    "text",
    ["bp-andesco-sspd-002-2020", "BP ANDESCO/SSPD_002–2020", "bpandescosspd0022020", "BP-ÁNDESCO-SSPD-002-2020"],
)
def test_code_key_ignores_separators_and_case(text):
    assert code_key(text) == "bpandescosspd0022020"


def test_code_tokens_hold_parts_bare_number_and_tails():
    assert code_tokens(CODE) == [
        *["bp", "andesco", "sspd", "002", "2020"],
        *["bpandescosspd0022020", "andescosspd0022020", "sspd0022020", "0022020"],
        *["bp", "andesco", "sspd", "2", "2020"],
        *["bpandescosspd22020", "andescosspd22020", "sspd22020", "22020"],
    ]


def test_code_tokens_of_a_number_without_zeros_come_once():
    assert code_tokens("BP-X-120-2020") == ["bp", "x", "120", "2020", "bpx1202020", "x1202020", "1202020"]


def test_code_parts_go_both_ways():
    assert split_code(CODE) == ("BP-ANDESCO-SSPD", 2, 2020)
    assert join_code("BP-ANDESCO-SSPD", 2, 2020) == CODE
    assert join_code("BP-ANDESCO-SSPD", 1234, 2020) == "BP-ANDESCO-SSPD-1234-2020"


@pytest.mark.parametrize(
    "text",
    [
        "bp-andesco-sspd-002-2020",
        CODE + "\n",
        " " + CODE,
        "BP-002-2020",
        "BP-X-02-2020",
        "BP-X-0002-2020",
        "BP-X-002-20201",
    ],
)
def test_code_pattern_refuses_what_is_not_canonical(text):
    assert re.search(CODE_PATTERN, text) is None
    with pytest.raises(ValueError, match="Not a code"):
        split_code(text)


prefixes = st.from_regex(r"[A-Z]{2,10}(-[A-Z][A-Z0-9]{0,19}){1,4}", fullmatch=True).filter(
    lambda prefix: (
        not prefix.endswith(("-DE", "-DEL", "-N", "-N-O", "-NO", "-NR", "-NRO", "-NUM", "-NUMERO"))
        and not prefix.startswith(("COD", "REF", "FICHA", "PRACTICA", "BUENA", "VER", "LA-", "EL-"))
        and "-BP" not in prefix
    )
)


@anything
@given(prefixes, st.integers(0, 99_999), st.integers(1000, 9999), st.sampled_from(["-", " ", "_", "–", "/", " - "]))
def test_generated_code_is_read_back(prefix, number, year, separator):
    code = join_code(prefix, number, year)
    assert re.search(CODE_PATTERN, code)
    assert read_code(code) == code
    for written in (code.replace("-", separator), code.replace("-", separator).lower()):
        assert read_code(written) == code
        assert code_key(written) == code_key(code)
    assert join_code(*split_code(code)) == code


@anything
@given(prefixes, st.integers(0, 999), st.integers(1900, 2099))
def test_generated_code_in_one_word_is_read_back(prefix, number, year):
    code = join_code(prefix, number, year)
    assert read_code(code_key(code), [prefix]) == code


@anything
@given(st.text() | st.text(alphabet="BP-2 0bp–/"), st.lists(st.text(max_size=8), max_size=3))
def test_read_code_never_raises_and_answers_with_a_code(text, known):
    found = read_code(text, known)
    assert found is None or isinstance(found, str)
    assert isinstance(code_tokens(text), list)
    assert code_key(code_key(text)) == code_key(text)
