"""Fichas in Word, in every layout, are the same practice."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.exchange.readers import NotAnImport, read_file
from practices.exchange.readers.values import Note
from practices.language.coverage import Gazetteer, Place

from . import fichas

GAZETTEER = Gazetteer([Place("17", "Caldas")], [Place("17001", "Manizales", "17")])
SEED = fichas.FOLDER / "BP-ANDESCO-SSPD-002-2020"


@pytest.fixture
def read(tmp_path):
    """The one reading of a document."""

    def run(document, name="ficha.docx"):
        path = tmp_path / "ficha.docx"
        document.save(path)
        (reading,) = read_file(path, name, GAZETTEER, ["BP-EJEMPLO-SSPD"])
        return reading

    return run


@pytest.fixture
def expected(tmp_path):
    """What JSON with the same texts says."""
    keys = [
        *("title", "code", "author", "implemented", "category", "population", "summary", "impact", "success_factors"),
        *("coverage", "validation", "replicability", "limitations", "conclusion", "links", "contact"),
    ]
    path = tmp_path / "same.json"
    texts = [text for _label, text in fichas.FIELDS]
    path.write_text(json.dumps(dict(zip(keys, texts, strict=True))), encoding="utf-8")
    (reading,) = read_file(path, "same.json", GAZETTEER)
    return reading


@pytest.mark.parametrize("layout", fichas.LAYOUTS)
def test_ficha_is_the_same_practice_in_every_layout(layout, read, expected):
    reading = read(fichas.LAYOUTS[layout](fichas.FIELDS))
    document = replace(reading.document, links=plain(reading.document.links))
    assert document == replace(expected.document, links=plain(expected.document.links))
    assert reading.errors == []
    assert [(contact.email, contact.role) for contact in reading.contacts] == [
        ("comercial@example.org", "Jefatura comercial")
    ]


def plain(links):
    return tuple(link.address for link in links)


def test_real_ficha_says_what_its_json_says(tmp_path):
    (word,) = read_file(SEED.with_suffix(".docx"), "ficha.docx", GAZETTEER)
    (known,) = read_file(SEED.with_suffix(".json"), "ficha.json", GAZETTEER)
    # Staff added the services and marked which figures are better when smaller; the form has neither.
    marked = tuple(replace(metric, better="", period="") for metric in known.document.metrics)
    expected = replace(known.document, services=(), metrics=marked)
    read = replace(word.document, metrics=tuple(replace(metric, period="") for metric in word.document.metrics))
    assert read == expected
    assert word.errors == []
    assert [contact.email for contact in word.contacts] == ["responsabilidad.social@example.org"]


def test_cover_is_told_and_not_read(read):
    reading = read(fichas.behind_a_cover(fichas.FIELDS))
    assert [(note.field, note.value) for note in reading.notes if note.field == ""] == [
        ("", "Superintendencia de ejemplo"),
        ("", "Informe de 2022"),
    ]


def test_unknown_label_is_listed_with_its_text(read):
    reading = read(fichas.two_columns([*fichas.FIELDS, ("Número de radicado", "2022-118")]))
    assert [(note.column, note.value, note.understood) for note in reading.notes if note.value] == [
        ("Número de radicado", "2022-118", False)
    ]


def test_unknown_heading_is_listed_and_a_deeper_one_stays_text(read):
    document = fichas.headings(fichas.FIELDS[:7])
    document.add_heading("Cómo se hizo", 3)
    document.add_paragraph("En tres meses.")
    document.add_heading("Equipo de trabajo", 2)
    document.add_paragraph("Tres personas.")
    reading = read(document)
    assert reading.document.summary.endswith("cada mes.\n\nCómo se hizo\n\nEn tres meses.")
    assert [(note.column, note.value) for note in reading.notes if not note.understood] == [
        ("Equipo de trabajo", "Tres personas.")
    ]


def test_word_lists_become_bullets_and_numbers(read):
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for label, text in fichas.FIELDS[:2]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, text
    cells = table.add_row().cells
    cells[0].text, cells[1].text = "Resumen", "Pasos:"
    for text in ("Medir", "Revisar"):
        cells[1].add_paragraph(text, style="List Number")
    for text in ("En papel", "En línea"):
        cells[1].add_paragraph(text, style="List Bullet")
    assert read(document).document.summary == "Pasos:\n\n1. Medir\n2. Revisar\n• En papel\n• En línea"


def test_hyperlinks_keep_their_addresses(read):
    document = fichas.two_columns([*fichas.FIELDS[:7], ("Enlaces", "")])
    rows = document.tables[0].rows
    fichas.hyperlink(rows[-1].cells[1].paragraphs[0], "Video de la jornada", "https://example.org/v?a=1&b=2")
    fichas.hyperlink(rows[6].cells[1].add_paragraph("Véase "), "el informe", "https://example.org/i")
    read_document = read(document).document
    assert [(link.label, link.address) for link in read_document.links] == [
        ("Video de la jornada", "https://example.org/v?a=1&b=2")
    ]
    assert read_document.summary.endswith("Véase el informe (https://example.org/i)")


def test_files_that_the_form_names_are_told(read):
    document = fichas.two_columns([*fichas.FIELDS, ("Archivos", "")])
    inner = document.tables[0].rows[-1].cells[1].add_table(rows=2, cols=3)
    for place, (head, text) in enumerate(
        [("Nombre", "informe.pdf"), ("Descripción", "Informe final"), ("Palabras clave", "medidores")]
    ):
        inner.cell(0, place).text, inner.cell(1, place).text = head, text
    told = [note for note in read(document).notes if note.field == "attachments"]
    assert [(note.value, note.understood) for note in told] == [("informe.pdf | Informe final | medidores", False)]


def test_criteria_table_is_read_in_words(read):
    document = fichas.two_columns(fichas.FIELDS)
    table = document.add_table(rows=0, cols=3)
    rows = [
        ("Criterio", "Estado", "Justificación"),
        ("Eficaz", "Cumple", "Se redujeron los reclamos."),
        ("Centrado en el usuario", "CUMPLE PARCIALMENTE", "N.A."),
        ("Innovación", "No cumple", ""),
        ("Eficiente", "Excelente", ""),
    ]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert [(a.criterion, a.state, a.reason) for a in read(document).document.criteria] == [
        ("eficaz", "met", "Se redujeron los reclamos."),
        ("centrado-en-el-usuario", "partly", ""),
        ("innovacion", "not_met", ""),
        ("eficiente", "not_assessed", "Excelente"),
    ]


def test_criteria_table_is_read_by_marks(read):
    document = fichas.two_columns(fichas.FIELDS)
    table = document.add_table(rows=0, cols=4)
    rows = [
        ("Criterio", "Cumple", "No cumple", "Observación"),
        ("Eficaz", "X", "", "Se midió."),
        ("Eficiente", "", "x", ""),
        ("Innovación", "", "", ""),
    ]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert [(a.criterion, a.state, a.reason) for a in read(document).document.criteria] == [
        ("eficaz", "met", "Se midió."),
        ("eficiente", "not_met", ""),
    ]


def test_names_of_parts_are_told_and_in_no_field(read):
    told = [note.column for note in read(fichas.in_parts(fichas.FIELDS)).notes if not note.understood]
    assert told == ["II. DETALLE", "III. CIERRE"]


def test_contact_in_labelled_lines_is_never_in_the_document(read):
    lines = "Nombre: Ejemplo Ejemplar\nCargo: Gerencia\nCorreo electrónico: gerencia@example.org\nTeléfono: 600 0000"
    reading = read(fichas.two_columns([*fichas.FIELDS[:-1], ("Contacto", lines)]))
    (contact,) = reading.contacts
    assert (contact.name, contact.role, contact.email, contact.phone) == (
        "Ejemplo Ejemplar",
        "Gerencia",
        "gerencia@example.org",
        "600 0000",
    )
    assert "gerencia@example.org" not in str(reading.document)
    assert "Ejemplar" not in str(reading.document)


def test_text_that_looks_like_a_label_stays_in_its_cell(read):
    fields = [
        (label, "Resultados: se midió.\n\nConclusión" if label[0] == "R" else text) for label, text in fichas.FIELDS
    ]
    assert read(fichas.two_columns(fields)).document.summary == "Resultados: se midió.\n\nConclusión"


def test_file_name_gives_the_code_that_the_form_does_not(read):
    fields = [(label, text) for label, text in fichas.FIELDS if label != "Código"]
    reading = read(fichas.two_columns(fields), name="lote/BP EJEMPLO SSPD 41 2022.docx")
    assert (reading.code, reading.errors) == ("BP-EJEMPLO-SSPD-041-2022", [])


def test_two_codes_in_one_document_are_an_error(read):
    reading = read(fichas.two_columns([*fichas.FIELDS, ("Código", "BP-EJEMPLO-SSPD-042-2022")]))
    assert [(note.field, note.value) for note in reading.errors] == [("code", "BP-EJEMPLO-SSPD-042-2022")]


def test_empty_value_keeps_what_staff_wrote_and_na_empties_it(read):
    fields = [(label, {"Validación": "", "Limitaciones": "N.A."}.get(label, text)) for label, text in fichas.FIELDS]
    given = read(fichas.two_columns(fields)).given
    assert ("validation" in given, given["limitations"]) == (False, "")


def test_deleted_text_is_not_read_and_inserted_text_is(read):
    document = fichas.two_columns(fichas.FIELDS)
    paragraph = document.tables[0].rows[0].cells[1].paragraphs[0]
    for tag, inner, text in (("w:del", "w:delText", " vieja"), ("w:ins", "w:t", " nueva")):
        change, run, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        said.text = text
        said.set(qn("xml:space"), "preserve")
        run.append(said)
        change.append(run)
        paragraph._p.append(change)
    assert read(document).document.title == f"{fichas.FIELDS[0][1]} nueva"


def test_document_that_is_no_ficha_is_refused(tmp_path):
    document = Document()
    document.add_paragraph("Acta de la reunión del lunes")
    document.save(tmp_path / "acta.docx")
    with pytest.raises(NotAnImport, match=r"^acta\.docx: "):
        read_file(tmp_path / "acta.docx", "acta.docx", GAZETTEER)


def test_note_names_the_label_where_the_value_stands(read):
    reading = read(fichas.two_columns([*fichas.FIELDS[:3], ("FECHA", "por definir"), *fichas.FIELDS[4:]]))
    assert Note("implemented", "por definir", understood=False, column="FECHA") in reading.notes


def test_label_merged_over_two_rows_has_both_values(read):
    document = fichas.two_columns([*fichas.FIELDS, ("Resumen", "Sigue."), ("", "Y termina.")])
    table = document.tables[0]
    table.cell(len(fichas.FIELDS), 0).merge(table.cell(len(fichas.FIELDS) + 1, 0))
    assert read(document).document.summary.endswith("Sigue.\n\nY termina.")


LABELS = st.sampled_from([label for label, _text in fichas.FIELDS]) | st.text(max_size=30)
PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=80)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(LABELS.filter(str.isprintable), PRINTABLE), max_size=8))
def test_any_labels_and_texts_never_raise_and_nothing_is_lost(rows, tmp_path_factory):
    """What a cell says is in the document, a contact, a note or an error."""
    path = tmp_path_factory.mktemp("ficha") / "ficha.docx"
    fichas.two_columns([*fichas.FIELDS[:2], *rows]).save(path)
    (reading,) = read_file(path, "ficha.docx", GAZETTEER)
    said = str((reading.given, reading.contacts, reading.code, reading.notes, reading.errors)).lower()
    for word in (word.lower() for _label, text in rows for word in text.split()):
        if word.isascii() and word.isalnum() and word not in {"na", "n"}:
            assert word in said


def test_fixture_holds_no_personal_mailbox():
    text = "\n".join(cell.text for row in Document(Path(f"{SEED}.docx")).tables[0].rows for cell in row.cells)
    assert [word for word in text.split() if "@" in word] == ["responsabilidad.social@example.org"]
