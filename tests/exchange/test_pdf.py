"""The ficha and the compendium, from documents to bytes."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override

from practices.document import Assessment, Attachment, Coverage, Link, Metric, Place, PracticeDocument
from practices.exchange.writers import pdf
from practices.exchange.writers.citation import Citation
from practices.exchange.writers.page import TITLES, Edition, PracticePage
from practices.exchange.writers.pdf import press
from practices.exchange.writers.pdf.content import PARTS, practice_values
from practices.exchange.writers.pdf.glyphs import BREAK, MISSING, drawable
from practices.models.contact import Contact
from tests.factories import OFFICES, author, document
from tests.pdf import is_tagged, is_within, outline_of, pages_of, squeezed, structure_of, text_of, title_of

INSTITUTION = pdf.Institution("Entidad de Prueba", "Carrera 1 # 2-3, Bogotá")
DAY = datetime(2026, 3, 4, 15, tzinfo=UTC)
ADDRESS = "https://catalogo.example.org/practicas/BP-PRUEBA-SSPD-001-2020/"
HOSTILE = {
    "markup": '#eval("1") #include "x" *b* _i_ `c` $x^2$ <label> @ref \\n \\u{41} // /* */ = - + [x] {y} ~ \' "',
    "html": "<script>alert(1)</script> &amp; &lt;",
    "pictures": "Bien 🎉 👨‍👩‍👧 👍🏽 🇨🇴 ☺️ ✓",
    "no letters": "漢字 カナ 한국어 ཀྱ \U000f0000 \ue000",
    "right to left": "שלום עולם مرحبا \u202eabc\u202c",
    "marks": "e\u0301 n\u0303 q\u0301\u0323 Z\u0337\u0321a\u0336l\u0338g\u0334o\u0335" + "x" + "\u0301" * 300,
    "controls": "a\x00b\x07c\x85d\u2028e\tf",
    "half a character": "a\ud800b",
    "one word": "ñ" * 300,
    "one word of signs": "." * 300 + "-" * 300 + "_" * 300,
    "many words": "palabra " * 10_000,
    "many lists": "\n".join(f"{number}. Paso" for number in range(1, 400)),
    "unassigned": "\u0378\u0530\u1fff",
    "nothing": " ",
}


def values(doc: PracticeDocument, *, language: str = "es-co", number: int = 1, note: str = "", **fields) -> dict:
    edition = Edition(number, DAY, datetime(2025, 1, 2, 15, tzinfo=UTC), note)
    page = PracticePage(doc, language=language, edition=edition, **fields)
    return practice_values(page, edition, ADDRESS, Citation(doc, number, DAY, "Catálogo de Prueba", ADDRESS))


def ficha(doc: PracticeDocument, *, language: str = "es-co", **fields) -> bytes:
    with override(language):
        return pdf.ficha(INSTITUTION, values(doc, language=language, **fields), DAY.date())


def everything() -> PracticeDocument:
    return document(
        1,
        title="El título",
        authors=(author(slug="aguas"),),
        category=OFFICES,
        population="La población",
        summary="El resumen:\n\n1. Uno\n2. Dos\n\nVer https://example.org/uno.",
        impact="El impacto",
        metrics=(
            Metric("2.350 usuarios", "usuarios", Decimal(2350), "usuarios", headline=True),
            Metric("De 10 a 5 días", "días", Decimal(5), "días", baseline=Decimal(10), period="en 2020"),
        ),
        success_factors=("El factor",),
        coverage=Coverage("La cobertura", False, (Place("17", "Caldas"),), (Place("17001", "Manizales", "17"),)),
        validation="La validación",
        replicability="La réplica",
        limitations="Las limitaciones",
        conclusion="La conclusión",
        criteria=(Assessment("eficaz", "Eficaz", "minimum", "partly", "La razón"),),
        attachments=(Attachment("Informe.pdf", "0" * 64, 2048, "application/pdf", "El anexo"),),
        links=(Link("https://example.org/dos", "El enlace"), Link("", "Solo un texto")),
    )


def test_ficha_says_everything_in_the_order_of_the_page():
    text = squeezed(text_of(ficha(everything(), language="en")))
    wanted = [
        "Entidad de Prueba", "Carrera 1 # 2-3, Bogotá", "BP-PRUEBA-SSPD-001-2020", "El título",
        "Aguas de Prueba S.A. E.S.P.", "Category", "1. Funcionamiento", "Main figures", "2,350", "What was done",
        "El resumen", "1. Uno", "2. Dos", "https://example.org/uno", "Impact", "El impacto",
        "Before: 10 días → After: 5 días", "en 2020", "Why it worked", "1. El factor", "Possibility of replication",
        "La réplica", "Limitations", "Las limitaciones", "Conclusion", "La conclusión", "Who benefits",
        "La población", "Where", "La cobertura", "Caldas: Manizales", "How it was validated", "La validación",
        "Criteria", "Eficaz", "Partly met", "La razón", "Files", "Informe.pdf (2.0 KB)", "El anexo", "Links",
        "El enlace (example.org)", "Solo un texto", "How to cite",
        "(2026). El título (version 1) [Good practice BP-PRUEBA-SSPD-001-2020].", ADDRESS, "4 March 2026",
    ]  # fmt: skip
    places, start = [], 0
    for words in wanted:
        start = text.find(squeezed(words), start)
        places.append((words, start >= 0))
    assert [words for words, found in places if not found] == []


@pytest.mark.parametrize(("language", "tag"), [("es-co", b"/Lang(es-CO)"), ("en", b"/Lang(en)")])
def test_ficha_is_tagged_with_its_language_its_title_and_its_headings(language, tag):
    made = ficha(everything(), language=language)
    assert is_tagged(made)
    assert tag + b"/StructTreeRoot" in made
    assert b"pdfuaid:part>1<" in made
    assert title_of(made) == "El título (BP-PRUEBA-SSPD-001-2020)"
    levels = [level for level, _title in outline_of(made)]
    assert levels == [0] + [1] * 13
    kinds = structure_of(made)
    assert [kind for kind in kinds if kind in {"H1", "Figure"}] == ["H1", "Figure"]


def test_texts_of_the_record_are_marked_as_spanish_in_an_english_ficha():
    assert b"/Lang(es-CO)" in ficha(everything(), language="en")
    assert ficha(everything(), language="es-co").count(b"/Lang(es-CO)") == 1


def test_the_same_practice_is_the_same_bytes():
    assert ficha(everything()) == ficha(everything())


def test_ficha_needs_nothing_but_a_code():
    made = ficha(PracticeDocument("BP-PRUEBA-SSPD-001-2020"))
    assert title_of(made) == "BP-PRUEBA-SSPD-001-2020 (BP-PRUEBA-SSPD-001-2020)"
    assert len(pages_of(made)) == 1


def test_contacts_are_in_no_ficha():
    contact = Contact(name="Xilocarpo", email="xilocarpo@example.org", role="Xilocarpo")
    assert "xilocarpo" not in json.dumps(values(everything(), contacts=[contact])).casefold()


def test_a_later_version_says_when_the_first_was_and_what_changed():
    text = text_of(ficha(everything(), language="en", number=2, note="Una cifra corregida"))
    assert "Version 2, published on 4 March 2026. First published on 2 January 2025." in text
    assert "What changed: Una cifra corregida" in text


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_out_as_text(hostile):
    made = ficha(
        document(
            1,
            title=hostile[:500],
            authors=(author(hostile[:300]),),
            summary=hostile,
            success_factors=(hostile[:4000],),
            metrics=(Metric(hostile[:500], hostile[:300], Decimal(3), hostile[:80]),),
            criteria=(Assessment("x", hostile[:300], "minimum", "met", hostile),),
            links=(Link(f"https://example.org/{hostile[:1000]}", hostile[:300]), Link("javascript:alert(1)", "x")),
        )
    )
    assert is_tagged(made)
    assert b"javascript:" not in made


def test_markup_is_shown_letter_by_letter():
    text = text_of(ficha(document(1, summary=HOSTILE["markup"])))
    assert squeezed(HOSTILE["markup"]) in squeezed(text)


def test_what_cannot_be_drawn_has_a_sign_that_is_explained():
    text = text_of(ficha(document(1, title="Fiesta 🎉 漢"), language="en"))
    assert f"Fiesta {MISSING} {MISSING}" in text
    explained = f"{MISSING} stands for a character that this document cannot draw. It is shown at {ADDRESS}"
    assert squeezed(explained) in squeezed(text)
    assert MISSING not in text_of(ficha(document(1, title="Años: 98,5 % · “así” – ñandú"), language="en"))


def test_long_words_break_and_are_copied_whole():
    long = "a" * 300
    made = ficha(
        document(
            1,
            title=long,
            authors=(author(long),),
            summary=long,
            distinction=long,
            metrics=(Metric("x", long, Decimal("1" * 24), "b" * 80),) * 4,
            criteria=(Assessment("x", long, "minimum", "met", long),),
            links=(Link(f"https://example.org/{long}"),),
        )
    )
    assert is_within(made)
    # Title and author twice, in the head and in the citation; each metric as a figure and as a bar.
    assert squeezed(text_of(made)).count(long) == 2 * 2 + 4 * 2 + 5
    assert BREAK not in text_of(made)


def test_texts_that_are_drawn_already_stay_the_same():
    once = drawable(list(HOSTILE.values()))
    assert drawable(once) == once


def test_every_character_that_is_taken_for_drawn_has_a_letter():
    """Of those ranges, in one document: typst would refuse it."""
    characters = [chr(code) for code in range(0x20, 0x1D800) if not 0xD800 <= code < 0xE000]
    known = [c for c in characters if drawable(c) == c != MISSING]
    assert len(known) > 6_000
    lines = [" ".join(known[start : start + 40]) for start in range(0, len(known), 40)]
    with press.fichas.place():
        assert press.fichas._set({**_sheet_of(document(1)), "practice": values(document(1, summary="\n".join(lines)))})


def _sheet_of(doc: PracticeDocument) -> dict:
    return {**pdf._sheet(INSTITUTION, doc.title, date(2026, 1, 1), "x"), "description": ""}


def test_compendium_has_a_cover_an_index_with_pages_and_the_fichas():
    with override("en"):
        practices = [values(document(number, title=f"Práctica {number}"), language="en") for number in (1, 2, 3)]
        made = pdf.compendium(
            INSTITUTION, "3 practices about “agua”", "https://example.org/", date(2026, 5, 6), practices
        )
    cover, index, *fichas = pages_of(made)
    assert "Compendium of good practices 3 practices about “agua” Made on 6 May 2026." in cover
    for number in (1, 2, 3):
        line = f"Práctica {number} BP-PRUEBA-SSPD-00{number}-2020 Aguas de Prueba S.A. E.S.P. {number + 2}"
        assert line in index
        assert f"BP-PRUEBA-SSPD-00{number}-2020 Práctica {number}" in fichas[number - 1]
    assert len(fichas) == 3
    assert title_of(made) == "3 practices about “agua”"
    assert [title for level, title in outline_of(made) if level == 0] == [
        "Contents", "Práctica 1", "Práctica 2", "Práctica 3",
    ]  # fmt: skip
    assert is_tagged(made)


def test_press_that_is_full_says_when_to_ask_again():
    small = press.Press("ficha.typ", places=1, patience=0, again=7, cpu=1, seconds=1, megabytes=1024)
    with small.place(), pytest.raises(press.Busy) as refused, small.place():
        pass
    assert refused.value.seconds == 7
    with small.place():
        pass


@pytest.mark.parametrize("limits", [{"seconds": 0.001}, {"megabytes": 60}], ids=str)
def test_document_beyond_its_limits_is_too_large(limits):
    bounds = {"cpu": 5, "seconds": 5, "megabytes": 1024, **limits}
    small = press.Press("ficha.typ", places=1, patience=0, again=7, **bounds)
    with pytest.raises(press.TooLarge):
        small.set({**_sheet_of(document(1)), "practice": values(document(1))})


def test_parts_are_of_sections_that_pages_have():
    assert set(PARTS) <= set(TITLES)


def test_templates_are_beside_the_code():
    here = Path(press.__file__).parent
    assert sorted(path.name for path in here.glob("*.typ")) == ["compendium.typ", "ficha.typ", "sheet.typ"]
