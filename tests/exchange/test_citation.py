"""References, read again as the programs that keep references read them."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from practices.exchange.writers.citation import Citation, bibtex, ris
from tests.factories import author, document

HOSTILE = [
    "Agua 100 % limpia & barata_ya #1 $5",
    "Llaves {abiertas y } al revés }{ sin par {{{",
    "Barra \\ y \\} y ~ y ^",
    "Dos\nlíneas\r\ny\tun tabulador\u2028más",
    'Comillas "dobles" y @article{otro, title={x}}',
    "Ñandú, cigüeña y árbol",
    "ER  - \r\nTY  - JOUR",
]
BACK = {r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}


def citation(**fields) -> Citation:
    published = datetime(2026, 1, 1, 3, tzinfo=UTC)
    return Citation(document(1, **fields), 2, published, "Catálogo", "https://x.example/practicas/BP/v2/")


def entry(text: str) -> dict[str, str]:
    """One BibTeX entry by its braces alone, as BibTeX reads it: a backslash saves none of them."""
    head, rest = text.split(",", 1)
    assert head == "@misc{BP-PRUEBA-SSPD-001-2020-v2"
    fields, depth, start, name = {}, 0, 0, ""
    for place, mark in enumerate(rest):
        if mark == "{":
            depth += 1
            if depth == 1:
                name, start = rest[:place].rpartition(",")[2] if not fields else rest[start:place], place + 1
        elif mark == "}":
            depth -= 1
            if depth < 0:
                assert rest[place:].strip() == "}"
                return fields
            if depth == 0:
                fields[name.strip(" ,=\n")] = rest[start:place]
                start = place + 1
    raise AssertionError("the entry does not end")


def untexed(text: str) -> str:
    text = text.replace(r"\textbackslash{}", "\0")
    for tex, mark in BACK.items():
        text = text.replace(tex, mark)
    for mark in "%&#_$":
        text = text.replace(f"\\{mark}", mark)
    return text.replace("\0", "\\")


@pytest.mark.parametrize("title", HOSTILE)
def test_bibtex_gives_back_whatever_the_title_holds(title):
    fields = entry(bibtex(citation(title=title)))
    assert untexed(fields["title"][1:-1]) == " ".join(title.split())
    assert fields["title"][0] + fields["title"][-1] == "{}"
    assert (fields["year"], fields["month"], fields["edition"]) == ("2025", "12", "2")
    assert fields["url"] == "https://x.example/practicas/BP/v2/"


def test_bibtex_keeps_each_firm_whole():
    fields = entry(bibtex(citation(authors=(author("Aguas y Aseo S.A."), author("Luz & Gas")))))
    assert fields["author"] == r"{Aguas y Aseo S.A.} and {Luz \& Gas}"


@pytest.mark.parametrize("title", HOSTILE)
def test_ris_gives_back_whatever_the_title_holds(title):
    lines = ris(citation(title=title, summary=f"• {title}")).split("\r\n")
    assert lines.pop() == ""
    tags = [line.split("  - ", 1) for line in lines]
    assert [tag for tag, _value in tags] == ["TY", "AU", "TI", "PY", "DA", "ET", "PB", "M1", "AB", "LA", "UR", "ER"]
    found = dict(tags)
    assert (found["TY"], found["TI"], found["ER"]) == ("GEN", " ".join(title.split()), "")
    assert (found["PY"], found["DA"], found["ET"]) == ("2025", "2025/12/31", "2")


def test_the_citation_in_words_names_version_code_and_address():
    with override("en"):
        assert citation(title="El título").text == (
            "Aguas de Prueba S.A. E.S.P. (2025). El título (version 2) [Good practice BP-PRUEBA-SSPD-001-2020]. "
            "Catálogo. https://x.example/practicas/BP/v2/"
        )
        assert citation(authors=(), author="").text.startswith("Catálogo (2025). Práctica 1 (version 2)")
