"""What goes out comes back: templates filled in, and a spreadsheet with its problems."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from docx import Document
from openpyxl import Workbook, load_workbook

from practices.editorial.gazetteer import gazetteer
from practices.exchange.columns import COLUMNS
from practices.exchange.readers import NotAnImport, read_file
from practices.exchange.templates_out import ficha_template, report_spreadsheet, spreadsheet_template
from practices.models.vocabulary import Criterion

pytestmark = pytest.mark.django_db
SEED = Path(__file__).parents[2] / "fixtures" / "records" / "BP-ANDESCO-SSPD-002-2020.json"
CODE = "BP-EJEMPLO-SSPD-001-2022"


@pytest.fixture(scope="module", autouse=True)
def _vocabulary(module_database):
    call_command("load_vocabulary", verbosity=0)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def read(tmp_path):
    def run(content: bytes, name: str):
        path = tmp_path / "file"
        path.write_bytes(content)
        return read_file(path, name, gazetteer())

    return run


@pytest.fixture
def seed():
    (reading,) = read_file(SEED, SEED.name, gazetteer())
    criteria = Criterion.objects.all()[:2]
    stated = [
        {"criterion": c.slug, "name": c.name, "group": "minimum", "state": "partly", "reason": "Falta medir."}
        for c in criteria
    ]
    return reading, stated


def head(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


def test_empty_spreadsheet_holds_no_practice(read):
    readings = read(spreadsheet_template(), "plantilla.xlsx")
    assert list(readings) == []
    assert [note.message for note in readings.notes] == ["sheet “Prácticas”, row 2: the example row was left out"]


def test_spreadsheet_asks_for_every_field_and_explains_it(django_assert_num_queries):
    with django_assert_num_queries(5):
        content = spreadsheet_template()
    sheet = load_workbook(io.BytesIO(content))["Prácticas"]
    labels = [c.label for c in COLUMNS if c.field not in {"criteria", "attachments", "contact"}]
    given = [label for label in head(sheet) if not label.startswith("Criterio")]
    assert given == labels
    assert sum(label.startswith("Criterio: ") for label in head(sheet)) == 2 * Criterion.objects.count()
    assert all(cell.comment and cell.comment.text for cell in sheet[1])
    assert sheet.freeze_panes == "B2"


def test_spreadsheet_offers_the_vocabulary():
    book = load_workbook(io.BytesIO(spreadsheet_template()))
    sheet, lists = book["Prácticas"], book["Listas"]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        column = sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value
        offered[column] = [row[0].value for row in lists[rule.formula1.partition("!")[2].replace("$", "")]]
    assert lists.sheet_state == "hidden"
    assert offered["Criterio: Eficaz"] == ["Cumple", "Cumple parcialmente", "No cumple", "Sin evaluar"]
    assert offered["Categoría"] == ["1. Funcionamiento de las oficinas presenciales o virtuales de atención"]
    assert offered["Servicios"][:2] == ["Acueducto", "Alcantarillado"]
    assert {"Caldas", "Antioquia"} <= set(offered["Cobertura geográfica"])


def test_filled_spreadsheet_is_the_same_document(read, seed):
    known, stated = seed
    book = load_workbook(io.BytesIO(spreadsheet_template()))
    sheet = book["Prácticas"]
    for cell in sheet[2]:
        sheet.cell(3, cell.column, cell.value)
    sheet["A3"] = known.code
    for entry in stated:
        sheet.cell(3, head(sheet)[f"Criterio: {entry['name']}"], "Cumple parcialmente")
        sheet.cell(3, head(sheet)[f"Criterio: {entry['name']} (razón)"], entry["reason"])
    written = io.BytesIO()
    book.save(written)
    (reading,) = read(written.getvalue(), "lote.xlsx")
    assert reading.errors == []
    assert like_seed(reading) == like_seed(known)
    assert criteria_of(reading) == [(entry["criterion"], "partly", "Falta medir.") for entry in stated]
    assert [(c.role, c.email) for c in reading.contacts] == [(c.role, c.email) for c in known.contacts]


def like_seed(reading):
    """The document without what only JSON can say: figures put right by hand, services by their slugs."""
    metrics = tuple(replace(metric, better="", period="") for metric in reading.document.metrics)
    services = tuple(service.slug for service in reading.document.services)
    return replace(reading.document, metrics=metrics, criteria=(), services=services)


def criteria_of(reading):
    return [(a.criterion, a.state, a.reason) for a in reading.document.criteria]


def test_empty_ficha_holds_no_value(read):
    with pytest.raises(NotAnImport, match="no value"):
        read(ficha_template(), "plantilla.docx")


def test_filled_ficha_is_the_same_document(read, seed):
    known, stated = seed
    source = json.loads(SEED.read_text(encoding="utf-8"))
    document = Document(io.BytesIO(ficha_template()))
    (table,) = document.tables
    rows = {row.cells[0].paragraphs[0].text: row.cells[1] for row in table.rows}
    for column in COLUMNS:
        value = source.get(column.field)
        if column.label in rows and value and column.field != "contact":
            rows[column.label].paragraphs[0].text = "\n".join(value) if isinstance(value, list) else value
    for row in rows["Criterios"].tables[0].rows:
        for entry in stated:
            if row.cells[0].text == entry["name"]:
                row.cells[1].text, row.cells[2].text = "Cumple parcialmente", entry["reason"]
    contact = source["contacts"][0]
    rows["Contacto"].paragraphs[1].add_run(contact["role"])
    rows["Contacto"].paragraphs[2].add_run(contact["email"])
    written = io.BytesIO()
    document.save(written)
    (reading,) = read(written.getvalue(), "ficha.docx")
    assert reading.errors == []
    assert like_seed(reading) == like_seed(known)
    assert criteria_of(reading) == [(entry["criterion"], "partly", "Falta medir.") for entry in stated]
    assert [(c.role, c.email) for c in reading.contacts] == [(contact["role"], contact["email"])]
    assert [note for note in reading.notes if not note.understood] == []


def test_ficha_has_the_fields_in_the_ficha_s_order():
    (table,) = Document(io.BytesIO(ficha_template())).tables
    labels = [row.cells[0].paragraphs[0].text for row in table.rows]
    assert labels == [column.label for column in COLUMNS if not column.field.startswith("contact.")]


def test_workbook_comes_back_with_its_problems(tmp_path):
    book = Workbook()
    book.active.title = "Prácticas"
    for row in (["Inventario"], ["Código", "Título"], [CODE, "Uno"], ["mal", "=A1"]):
        book.active.append(row)
    path = tmp_path / "file"
    book.save(path)
    content = report_spreadsheet(path, "lote.xlsx", {("Prácticas", 4): ["=1+1", "Código: mal"], ("Otra", 3): ["no"]})
    sheet = load_workbook(io.BytesIO(content))["Prácticas"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Inventario", None, None],
        ["Código", "Título", "Errores"],
        [CODE, "Uno", None],
        ["mal", "=A1", "'=1+1\nCódigo: mal"],
    ]
    assert sheet["C4"].data_type == "s"
    # Corrected and sent again, the column is no unknown one, and the next report uses it again.
    path.write_bytes(content)
    assert read_file(path, "lote.xlsx", gazetteer()).notes == []
    again = load_workbook(io.BytesIO(report_spreadsheet(path, "lote.xlsx", {("Prácticas", 3): ["Otra cosa"]})))
    assert [cell.value for cell in again["Prácticas"]["C"]] == [None, "Errores", "Otra cosa", None]


@pytest.mark.parametrize(
    ("encoding", "separator", "end", "lead"),
    [("utf-8-sig", ";", "\r\n", ""), ("cp1252", ",", "\n", ""), ("utf-8-sig", ";", "\r\n", "sep=;")],
)
def test_csv_comes_back_as_it_was_written(encoding, separator, end, lead, tmp_path):
    start = f"{lead}{end}" if lead else ""
    rows = [["Código", "Título"], [CODE, "Añil"], [], ["mal", f'"a{separator}b"']]
    path = tmp_path / "file"
    path.write_bytes((start + "".join(separator.join(row) + end for row in rows)).encode(encoding))
    line = 5 if lead else 4
    content = report_spreadsheet(path, "lote.csv", {("", line): ["@x"]}).decode(encoding)
    rows[0].append("Errores")
    rows[3].append("'@x")
    assert content == start + "".join(separator.join(row) + end for row in rows)


def test_only_spreadsheets_come_back(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(ficha_template())
    with pytest.raises(NotAnImport):
        report_spreadsheet(path, "ficha.docx", {})
