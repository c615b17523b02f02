"""Spreadsheets of many practices: whatever is wrong is named with sheet, row, column and value."""

import io
import re
import time
from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from practices.exchange.readers import NotAnImport, read_file
from practices.exchange.readers.csv import decoded
from practices.exchange.readers.marks import place_of
from practices.exchange.readers.xlsx import date_text, number_text
from practices.language.coverage import Gazetteer, Place

GAZETTEER = Gazetteer([Place("17", "Caldas")], [Place("17001", "Manizales", "17")])
HEADERS = ["Código", "Título", "Autor", "Fecha de implementación", "Resumen", "Factores de éxito", "Cobertura"]
CODE = "BP-EJEMPLO-SSPD-{:03d}-2022"
ROW = [CODE.format(1), "Lectura", "Firma S.A.", "Abril de 2020", "Un resumen", "Uno\nDos", "Caldas – Manizales"]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def read(tmp_path):
    """The readings of a workbook, of bytes, or of rows of one sheet."""

    def run(content, name="libro.xlsx"):
        path = tmp_path / "file"
        if isinstance(content, list):
            content = book_of(content)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content.save(path)
        return read_file(path, name, GAZETTEER, ["BP-EJEMPLO-SSPD"])

    return run


def book_of(rows):
    book = Workbook()
    book.active.title = "Prácticas"
    for row in rows:
        book.active.append(row)
    return book


def problems(reading):
    return [(note.field, note.column, note.value) for note in reading.errors]


def rewritten(book, change):
    """The bytes of a workbook with the XML of its first sheet changed."""
    plain, changed = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with ZipFile(plain) as source, ZipFile(changed, "w", ZIP_DEFLATED) as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, change(content) if member == "xl/worksheets/sheet1.xml" else content)
    return changed.getvalue()


def test_row_is_a_practice(read):
    (reading,) = read([HEADERS, ROW])
    document = reading.document
    assert (reading.code, document.title, document.author) == (CODE.format(1), "Lectura", "Firma S.A.")
    assert (document.implemented.start, document.success_factors) == ("2020-04", ("Uno", "Dos"))
    assert [place.code for place in document.coverage.municipalities] == ["17001"]
    assert (reading.line, reading.where) == (("Prácticas", 2), "sheet “Prácticas”, row 2")
    assert reading.errors == []


def test_headers_are_found_below_titles_in_any_order_and_wording(read):
    (reading,) = read(
        [
            ["Inventario de buenas prácticas"],
            [],
            [None, "RESUMEN:", None, "codigo", "Titulo"],
            [None, "R", None, ROW[0], "T"],
        ]
    )
    assert (reading.code, reading.document.title, reading.document.summary) == (ROW[0], "T", "R")
    assert reading.line == ("Prácticas", 4)


def test_unknown_column_is_listed_and_its_values_told(read):
    readings = read([[*HEADERS, "Presupuesto"], [*ROW, "120 millones"]])
    assert [(note.field, note.column) for note in readings.notes] == [("Presupuesto", "H «Presupuesto»")]
    told = [(note.column, note.value) for note in readings[0].notes if note.field == "Presupuesto"]
    assert told == [("H «Presupuesto»", "120 millones")]


def test_sheet_without_known_headers_is_refused_by_name(read):
    with pytest.raises(NotAnImport, match=r"^libro\.xlsx: .*“Prácticas”.*Presupuesto"):
        read([["Presupuesto", "Radicado"], ["1", "2"]])


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_every_separator_and_encoding(separator, encoding, read):
    lines = [HEADERS, [f'"{value}"' for value in ROW]]
    text = "\r\n".join(separator.join(line) for line in lines)
    (reading,) = read(text.encode(encoding), "libro.csv")
    assert (reading.code, reading.document.success_factors) == (ROW[0], ("Uno", "Dos"))
    assert (reading.document.coverage.text, reading.line) == ("Caldas – Manizales", ("", 2))


def test_csv_may_say_its_separator_and_hold_the_other_one(read):
    text = "sep=;\r\nCódigo;Título;Resumen\r\n" + f"{ROW[0]};Uno, dos, tres;a, b, c, d\r\n"
    (reading,) = read(text.encode("utf-8-sig"), "libro.csv")
    assert (reading.document.title, reading.document.summary) == ("Uno, dos, tres", "a, b, c, d")
    assert reading.line == ("", 3)


def test_bytes_that_no_encoding_knows_are_kept():
    assert decoded(b"a\x81\xf1o") == ("a\x81ño", "latin-1")


@pytest.mark.parametrize("text", ["Uno; Dos", "Uno\nDos", "• Uno\n• Dos", "Uno;\nDos"])
def test_cell_of_several_values_is_parted(text, read):
    (reading,) = read([["Código", "Título", "Factores de éxito"], [ROW[0], "T", text]])
    assert [factor.rstrip(";") for factor in reading.document.success_factors] == ["Uno", "Dos"]


def test_address_keeps_its_semicolon(read):
    (reading,) = read(
        [["Código", "Título", "Enlaces"], [ROW[0], "T", "https://example.org/a;b=1; https://example.org/c"]]
    )
    assert [link.address for link in reading.document.links] == ["https://example.org/a;b=1", "https://example.org/c"]


@pytest.mark.parametrize(
    ("value", "number_format", "text", "start"),
    [
        (datetime(2020, 4, 15), "dd/mm/yyyy", "15 de abril de 2020", "2020-04-15"),
        (datetime(2020, 4, 1), "mmm-yy", "abril de 2020", "2020-04"),
        (datetime(2020, 1, 1), "yyyy", "2020", "2020"),
        (43_936, "General", "15 de abril de 2020", "2020-04-15"),
        (2020, "General", "2020", "2020"),
        ("43936", "@", "15 de abril de 2020", "2020-04-15"),
    ],
)
def test_date_is_what_its_cell_shows(value, number_format, text, start, read):
    book = book_of([["Código", "Título", "Fecha"], [ROW[0], "T", value]])
    book.active["C2"].number_format = number_format
    (reading,) = read(book)
    assert (reading.document.implemented.text, reading.document.implemented.start) == (text, start)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.985, "0.0%", "98,5 %"),
        (2350, "#,##0", "2350"),
        (98.5, "", "98,5"),
        (1e16, "", "10000000000000000"),
        (0.1, '0.0"%"', "0,1"),
    ],
)
def test_number_is_written_as_in_colombia(value, number_format, text):
    assert number_text(value, number_format) == text


def test_month_of_a_date_is_not_taken_from_words_in_its_format():
    assert date_text(date(2020, 4, 15), '"desde" yyyy') == "2020"


def test_formula_gives_its_stored_result_and_one_without_is_named(read):
    book = book_of([HEADERS, ROW, [CODE.format(2), "=A1", *ROW[2:]]])
    (first, second) = read(book)
    assert (first.errors, problems(second)) == ([], [("title", "B «Título»", "")])
    stored = rewritten(book, lambda xml: re.sub(rb"<f>A1</f><v ?/?>(</v>)?", b"<f>A1</f><v>7</v>", xml))
    assert [reading.document.title for reading in read(stored)] == ["Lectura", "7"]


def test_text_that_looks_like_a_formula_is_text(read):
    text = '=HYPERLINK("https://example.org")'
    (reading,) = read(f'Código;Título\n{ROW[0]};"{text.replace(chr(34), chr(34) * 2)}"\n'.encode(), "libro.csv")
    assert reading.document.title == text


def test_error_value_is_named(read):
    (reading,) = read([HEADERS, [ROW[0], "#N/A", *ROW[2:]]])
    assert problems(reading) == [("title", "B «Título»", "#N/A")]


def test_hidden_sheets_and_rows_are_left_out_and_told(read):
    book = book_of([HEADERS, ROW, [CODE.format(2), *ROW[1:]]])
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("Borrador").append(HEADERS)
    book["Borrador"].sheet_state = "veryHidden"
    readings = read(book)
    assert [reading.code for reading in readings] == [CODE.format(2)]
    assert [note.message for note in readings.notes] == [
        "sheet “Prácticas”: hidden rows were left out: 2",
        "the sheet “Borrador” is hidden and was left out",
    ]


def test_half_row_is_a_reading_with_its_problem(read):
    first, second = read([HEADERS, ROW, [None, "Sin código"]])
    assert (first.errors, [note.field for note in second.errors]) == ([], ["code"])
    assert (second.document.title, second.line) == ("Sin código", ("Prácticas", 3))


def test_row_outside_known_columns_is_told(read):
    readings = read([[*HEADERS, "Presupuesto"], ROW, [*[None] * 7, "Total: 120"]])
    assert len(readings) == 1
    assert readings.notes[-1].message.startswith("sheet “Prácticas”, row 3: ")
    assert readings.notes[-1].message.endswith("Total: 120")


def test_merged_cell_belongs_to_each_of_its_rows(read):
    book = book_of([HEADERS, ROW, [CODE.format(2), "Otra", None, *ROW[3:]]])
    book.active.merge_cells("C2:C3")
    assert [reading.document.author for reading in read(book)] == ["Firma S.A.", "Firma S.A."]


def test_rows_under_one_merged_code_are_one_practice(read):
    book = book_of([HEADERS, [*ROW[:5], "Uno", ROW[6]], [None, None, None, None, None, "Dos"]])
    book.active.merge_cells("A2:A3")
    (reading,) = read(book)
    assert reading.document.success_factors == ("Uno", "Dos")


def test_merged_titles_above_the_headers_are_no_rows(read):
    book = book_of([["Datos generales", None, None, "Detalle"], HEADERS, ROW])
    book.active.merge_cells("A1:C1")
    assert [reading.code for reading in read(book)] == [ROW[0]]


@pytest.mark.parametrize("name", ["libro.xlsx", "libro.csv"])
def test_enormous_cell_is_refused_with_where_it_stands(name, read):
    long = "x" * 10_000_000
    if name.endswith("csv"):
        content = f"Código;Título;Resumen\n{ROW[0]};T;{long}\n".encode()
    else:
        # openpyxl itself writes no more than Excel's 32,767 characters.
        book = book_of([["Código", "Título", "Resumen"], [ROW[0], "T", "AQUI"]])
        plain, changed = io.BytesIO(), io.BytesIO()
        book.save(plain)
        with ZipFile(plain) as source, ZipFile(changed, "w", ZIP_DEFLATED) as target:
            for member in source.namelist():
                target.writestr(member, source.read(member).replace(b"AQUI", long.encode()))
        content = changed.getvalue()
    (reading,) = read(content, name)
    assert problems(reading) == [("summary", "C «Resumen»", "x" * 200)]
    assert "summary" not in reading.given


def test_criteria_have_columns_of_their_own(read):
    (reading,) = read(
        [
            [
                "Código",
                "Título",
                "Criterio: Eficaz",
                "Criterio: Eficaz (razón)",
                "Criterio: Innovación",
                "Criterio: Eficiente",
            ],
            [ROW[0], "T", "Cumple", "Bajaron los reclamos", "Magnífico", None],
        ]
    )
    assert [(a.criterion, a.state, a.reason) for a in reading.document.criteria] == [
        ("eficaz", "met", "Bajaron los reclamos"),
        ("innovacion", "not_assessed", "Magnífico"),
    ]
    assert [(note.column, note.value) for note in reading.notes if note.field == "criteria"] == [
        ("E «Criterio: Innovación»", "Magnífico")
    ]


def test_contact_columns_make_one_contact_outside_the_document(read):
    (reading,) = read(
        [["Código", "Título", "Cargo", "Correo electrónico"], [ROW[0], "T", "Gerencia", "gerencia@example.org"]]
    )
    assert [(contact.role, contact.email) for contact in reading.contacts] == [("Gerencia", "gerencia@example.org")]
    assert "gerencia@example.org" not in str(reading.document)


def test_rejected_value_is_told_with_its_column(read):
    (reading,) = read([[*HEADERS[:3], "Fecha"], [*ROW[:3], "por definir"]])
    assert [(n.field, n.column, n.value) for n in reading.notes if not n.understood] == [
        ("implemented", "D «Fecha»", "por definir")
    ]


def test_empty_cell_does_not_give_its_field(read):
    (reading,) = read([HEADERS, [ROW[0], "T", None, "", "N.A.", None, None]])
    assert sorted(reading.given) == ["summary", "title"]
    assert reading.document.summary == ""


def test_headers_repeated_on_each_printed_page_are_no_rows(read):
    assert [reading.code for reading in read([HEADERS, ROW, HEADERS, [CODE.format(2), *ROW[1:]]])] == [
        CODE.format(1),
        CODE.format(2),
    ]


def test_thousand_rows_take_few_seconds(read):
    rows = [[CODE.format(number), *ROW[1:]] for number in range(1, 1_001)]
    book = book_of([HEADERS, *rows])
    begun = time.perf_counter()
    assert len(read(book)) == 1_000
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b'<row r="2"', b'<row r="999999999"'),
        lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        lambda xml: xml.replace(b'<row r="2"', b'<row r="1e9"'),
        lambda xml: xml.replace(b'r="A2"', b'r="ZZZZ2"'),
        lambda xml: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + xml,
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b"",
    ],
)
def test_sheet_that_no_program_writes_is_refused_in_a_moment(change, read):
    begun = time.perf_counter()
    with pytest.raises(NotAnImport, match=r"^libro\.xlsx: "):
        read(rewritten(book_of([HEADERS, ROW]), change))
    assert time.perf_counter() - begun < 5


def test_reference_is_a_place():
    assert [place_of(reference) for reference in ("A1", "$Z$9", "AA10")] == [(0, 1), (25, 9), (26, 10)]


TEXTS = st.text(max_size=60) | st.sampled_from(
    ["=1+1", "N.A.", "#N/A", '"', "'", "\x00", "BP-X-Y-001-2020", "x@example.org"]
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(TEXTS, min_size=1, max_size=9), min_size=1, max_size=5))
def test_any_text_in_any_cell_never_raises_and_nothing_is_lost(rows, tmp_path_factory):
    """What a cell says is in the document, a contact, a note, an error, or in what is said of the file."""
    import csv

    path = tmp_path_factory.mktemp("sheet") / "rows.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        csv.writer(file, delimiter=";").writerows([[*HEADERS, "Presupuesto", "Contacto"], *rows])
    readings = read_file(path, "rows.csv", GAZETTEER)
    for number, row in enumerate(rows, 2):
        said = [str((r.given, r.contacts, r.code, r.notes, r.errors)) for r in readings if r.line == ("", number)]
        told = " ".join([*said, str(readings.notes)])
        for word in (word for value in row for word in value.split() if word.isascii() and word.isalnum()):
            assert word in told or word.lower() in told.lower()
