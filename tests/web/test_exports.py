"""The exports of a selection: what they hold is what the list and the documents say, cell by cell."""

import csv
import io
import json
import re
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest
from django.db import DatabaseError
from django.utils.timezone import localdate
from openpyxl import load_workbook

from practices.browse import selection as selecting
from practices.document import Assessment, Call, Category, Implementation, Link, Metric
from practices.editorial.bulk import publish_documents
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.exchange.writers.columns_out import COLUMNS
from practices.exchange.writers.csv_out import INTERNATIONAL, SPANISH, cell, csv_lines
from practices.models.contact import Contact
from practices.models.page import Page
from practices.models.publication import Publication
from practices.models.vocabulary import Criterion
from practices.web.views import exports
from tests.factories import attached, author, document, practice, published, rich_document

pytestmark = pytest.mark.django_db
KINDS = ("csv", "xlsx", "jsonl")
QUERIES = ("", "orden=titulo", "categoria=oficinas", "q=practica", "q=practica+3&orden=fecha", "pagina=2&tamano=50")


@pytest.fixture(scope="module")
def collection(module_database):
    """Practices that differ in whatever a column holds."""
    Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum", description="…")
    Criterion.objects.create(slug="replicable", name="Replicable; y sostenible", group="minimum", description="…")
    published(document(1))
    published(
        rich_document(
            2,
            title='Título «largo»; con coma, "comillas" y 2 líneas',
            authors=(author("Aguas & Cía. S.A. E.S.P."), author("Otra; empresa")),
            implemented=Implementation("Desde abril de 2020", "2020-04", "", "month"),
            call=Call("premio", "Premio Andesco", 2021),
            distinction="Primer puesto",
            metrics=(
                Metric("98,5 % de satisfacción", "satisfacción", Decimal("98.5"), "%"),
                Metric("− 12 días", "días menos", Decimal(-12), "días"),
                Metric("Menos filas"),
            ),
            criteria=(
                Assessment("eficaz", "Eficaz", "minimum", "met", "Se midió."),
                Assessment("replicable", "Replicable; y sostenible", "minimum", "met"),
            ),
            links=(
                Link("https://example.org/a?b=1;2", "Video"),
                Link("https://example.org/"),
                Link("", "En la oficina"),
            ),
            attachments=attached(b"%PDF-1.7 uno", "Informe final.pdf"),
            summary="Párrafo uno.\n\n• Punto; uno\n• Punto, dos",
            **dict.fromkeys(("population", "validation", "replicability", "limitations", "conclusion"), "Un texto."),
            demonstration=True,
        )
    )
    published(rich_document(3, category=Category("sin-numero", "Sin número"), implemented=Implementation("2019")))


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode()


def table(client, query: str = "", prefix: str = "") -> list[list[str]]:
    text = text_of(client.get(f"{prefix}/practicas.csv?{query}"))
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


def book(client, query: str = "", prefix: str = ""):
    response = client.get(f"{prefix}/practicas.xlsx?{query}")
    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def documents(client, query: str = "") -> list[tuple[dict, dict]]:
    """Of each practice of the list, all of its pages: its document and what the list says of it."""
    address, found = f"/practicas.json?{query}", []
    while address:
        page = client.get(address).json()
        for result in page["results"]:
            content = client.get(f"/practicas/{result['code']}.json").content
            found.append((json.loads(content, parse_float=Decimal), result))
        address = page["next"]
    return found


def names(values: list[dict], key: str = "name") -> str:
    return "; ".join(value[key] for value in values)


def by_hand(document: dict, listed: dict) -> list:
    """The values of a practice out of its JSON."""
    d, coverage = document, document["coverage"]
    with_value = [m for m in d["metrics"] if m["value"] is not None]
    main = next((m for m in with_value if m["headline"]), (with_value or [{}])[0])
    links = [": ".join(filter(None, (link["label"], link["address"]))) for link in d["links"]]
    day = localdate(datetime.fromisoformat(listed["published"]))
    return [
        *(d["code"], d["title"], d["author"], names(d["authors"])),
        *((d["category"]["number"], d["category"]["name"]) if d["category"] else (None, "")),
        names(d["services"]),
        *(d["implemented"][key] for key in ("text", "start", "end")),
        *(coverage["text"], "sí" if coverage["national"] else "no"),
        *(names(coverage[where], key) for where in ("departments", "municipalities") for key in ("code", "name")),
        *((d["call"]["name"], d["call"]["year"]) if d["call"] else ("", None)),
        *(d[key] for key in ("distinction", "population", "summary", "impact")),
        *(main.get("label", ""), main.get("value"), main.get("unit", "")),
        *("\n".join(lines) for lines in ([m["text"] for m in d["metrics"]], d["success_factors"])),
        *(d[key] for key in ("validation", "replicability", "limitations", "conclusion")),
        "\n".join(a["name"] for a in d["criteria"] if a["state"] == "met"),
        *("\n".join(lines) for lines in (links, [file["name"] for file in d["attachments"]])),
        *(listed["version"], day, day, listed["url"], "sí" if d["demonstration"] else "no"),
    ]


def as_csv(value, mark: str = ",") -> str:
    if value is None:
        return ""
    text = str(value)
    return text.replace(".", mark) if isinstance(value, Decimal) else text


@pytest.mark.parametrize("query", QUERIES)
def test_csv_is_the_list_cell_by_cell(client, collection, query):
    expected = [[as_csv(value) for value in by_hand(*pair)] for pair in documents(client, query)]
    header, *rows = table(client, query)
    assert (rows, len(header)) == (expected, len(COLUMNS))


@pytest.mark.parametrize("query", QUERIES)
def test_spreadsheet_is_the_list_cell_by_cell_with_types(client, collection, query):
    sheet = book(client, query).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    expected = [[as_cell(value) for value in by_hand(*pair)] for pair in documents(client, query)]
    assert rows == expected
    assert [cell.value for cell in sheet[1]] == table(client, query)[0]


def as_cell(value):
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return float(value) if isinstance(value, Decimal) else value or None


@pytest.mark.parametrize("query", QUERIES)
def test_json_lines_are_the_documents_byte_for_byte(client, collection, query):
    codes = [listed["code"] for _, listed in documents(client, query)]
    lines = text_of(client.get(f"/practicas.jsonl?{query}")).split("\n")
    assert lines.pop() == ""
    assert lines == [client.get(f"/practicas/{code}.json").content.decode() for code in codes]


def test_whole_selection_is_exported_not_a_page_of_it(client):
    list(publish_documents(document(number, title=f"Práctica {number % 7}") for number in range(1, 46)))
    for query in ("", "orden=titulo&pagina=2", "q=practica+3"):
        codes = [listed["code"] for _, listed in documents(client, query.replace("&pagina=2", ""))]
        assert [row[0] for row in table(client, query)[1:]] == codes
        assert [cell.value for cell in book(client, query).worksheets[0]["A"][1:]] == codes
    assert len(codes) < 45


def test_international_csv_has_commas_points_and_no_mark(client, collection):
    text = text_of(client.get("/en/practicas.csv?formato=internacional&orden=titulo"))
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert header[:3] == ["Code", "Title", "Author"]
    value = header.index("Main figure: value")
    assert sorted(row[value] for row in rows) == ["", "355", "98.5"]
    spanish = table(client, "orden=titulo", "/en")
    assert [[cell.replace("98,5", "98.5") for cell in row] for row in spanish] == [
        header,
        *([cell.replace("98,5", "98.5") for cell in row] for row in rows),
    ]


def test_records_end_with_crlf_and_lines_within_with_lf(client, collection):
    text = text_of(client.get("/practicas.csv"))
    assert text.count("\r\n") == 4
    assert text.count("\r") == 4
    assert "Párrafo uno.\n\n• Punto; uno\n" in text


def test_months_and_codes_are_text(client, collection):
    sheet = book(client).worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value.endswith("-002-2020"))
    typed = {cell.value: cell.data_type for cell in row}
    assert (typed["2020-04"], typed["17"], typed["17001"]) == ("s", "s", "s")
    assert (typed[98.5], typed[2021]) == ("n", "n")
    dates = [cell for cell in row if cell.data_type == "d"]
    assert [cell.number_format for cell in dates] == ["yyyy-mm-dd"] * 2


def test_days_are_those_of_colombia(client):
    list(publish_documents([document(1)], at=datetime(2026, 1, 1, 3, tzinfo=UTC)))
    assert "2025-12-31" in table(client)[1]


def test_versions_and_first_publication_are_told_apart(client):
    first = publish(store_document(document(1)), at=datetime(2020, 2, 3, 12, tzinfo=UTC))
    store_document(document(1, title="Otra"))
    first.practice.refresh_from_db()
    publish(first.practice)
    (row,) = table(client)[1:]
    assert (row[1], row[-5:-3]) == ("Otra", ["2", "2020-02-03"])


@pytest.mark.parametrize("dialect", [SPANISH, INTERNATIONAL])
def test_csv_is_quoted_as_the_standard_library_does(dialect):
    parts = ("", "a", " ", ";", ",", '"', "\n", "\r", "ñ")
    rows = [["".join(some), "x", "".join(reversed(some))] for some in product(parts, repeat=3)]
    rows = [[cell(value) for value in row] for row in rows]
    plain = io.StringIO(newline="")
    csv.writer(plain, delimiter=dialect.separator).writerows(rows)
    assert "".join(csv_lines(rows[0], rows[1:], dialect)) == dialect.opening + plain.getvalue()


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\u00a0=1+1", "=", "#N/A", "#¡REF!", "'=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_is_a_formula(client, text):
    texts = ("title", "distinction", "population", "conclusion")
    fields = dict.fromkeys(texts, text) | {"success_factors": (text,), "summary": f"{text}\n{text}"}
    list(publish_documents([document(1, **fields, links=(Link(f"https://example.org/{text}", text),))]))
    frozen = json.loads(client.get("/practicas/BP-PRUEBA-SSPD-001-2020.json").content)
    cells = [cell for cell in book(client).worksheets[0][2] if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell.value for cell in cells if cell.value == frozen["title"]] != []
    active = [cell for cell in cells if cell.data_type == "s" and cell.value[0] in "=+-@"]
    assert all(cell.quotePrefix for cell in active)
    for query in ("", "formato=internacional"):
        shown = text_of(client.get(f"/practicas.csv?{query}")).removeprefix("\ufeff")
        rows = csv.reader(io.StringIO(shown, newline=""), delimiter="," if query else ";")
        assert [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))] == []


def test_what_no_spreadsheet_holds_is_taken_out(client):
    strange = "Antes\x01\x0b\x1f\ufffe\uffffdespués \U0001f6b0"
    list(publish_documents([document(1, summary=strange)]))
    values = [cell.value for cell in book(client).worksheets[0][2]]
    assert "Antesdespués \U0001f6b0" in values


def test_text_longer_than_a_cell_is_cut_and_said_to_be(client):
    """Excel counts a character outside the basic plane twice."""
    long = {"success_factors": ("á" * 15_000,) * 3, "impact": "\U0001f6b0" * 20_000, "conclusion": "b" * 20_000}
    list(publish_documents([document(1, **long)]))
    opened = book(client, prefix="/en")
    values = [str(cell.value) for cell in opened.worksheets[0][2]]
    factors = "\n".join(long["success_factors"])
    assert {factors[:32_767], "\U0001f6b0" * 16_383, "b" * 20_000} <= set(values)
    about = [cell.value for cell in opened.worksheets[1]["B"]]
    assert [line for line in about if str(line).startswith("BP-")] == [
        "BP-PRUEBA-SSPD-001-2020: Impact",
        "BP-PRUEBA-SSPD-001-2020: Success factors",
    ]
    assert {factors, long["impact"]} <= set(table(client)[1])


def test_second_sheet_says_what_the_first_one_is(client, collection):
    opened = book(client, "categoria=oficinas&orden=titulo&pagina=1", "/en")
    assert opened.sheetnames == ["Practices", "About"]
    rows = [[cell.value for cell in row] for row in opened["About"].iter_rows()]
    said = {row[0]: row[1] for row in rows if row[0]}
    assert said["Selection"] == "1 practice, category 1. Funcionamiento de las oficinas"
    assert said["Practices in this file"] == 1
    assert said["Address of the list"] == "http://testserver/en/practicas/?categoria=oficinas&orden=titulo"
    assert (said["Date of this file"].tzinfo, said["Licence"]) == (
        None,
        Page.objects.get(url="/derechos-de-autor/").title_en,
    )
    columns = [row[0] for row in rows][-len(COLUMNS) :]
    assert columns == table(client, prefix="/en")[0]
    assert {row[2] for row in rows[-len(COLUMNS) :]} == {"Text", "Number", "Date", "Yes or no"}


def test_without_its_page_the_licence_is_a_sentence(client, collection):
    Page.objects.filter(url="/derechos-de-autor/").delete()
    about = {row[0].value: row[1].value for row in book(client, prefix="/en")["About"].iter_rows()}
    assert about["Licence"].startswith("The texts belong to their authors.")


def test_header_is_bold_stays_and_filters(client, collection):
    sheet = book(client).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:AM4")
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width


@pytest.mark.parametrize("kind", KINDS)
def test_file_is_named_after_the_selection_in_words(client, collection, kind):
    response = client.get(f"/en/practicas.{kind}?categoria=oficinas&q=largo")
    name = f"1-practice-about-largo-category-1-funcionamiento-de-las-oficinas.{kind}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (response["X-Content-Type-Options"], response["X-Robots-Tag"]) == ("nosniff", "noindex")
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("kind", KINDS)
def test_head_answers_with_the_same_headers_and_makes_nothing(client, collection, kind, monkeypatch):
    whole = client.get(f"/practicas.{kind}?q=practica")
    monkeypatch.setattr(Publication, "content", property(lambda self: pytest.fail("made for nothing")))
    head = client.head(f"/practicas.{kind}?q=practica")
    assert (head.status_code, b"".join(head)) == (200, b"")
    kept = ("Content-Type", "Content-Disposition", "X-Robots-Tag", "X-Content-Type-Options")
    assert [head[name] for name in kept] == [whole[name] for name in kept]
    assert client.post(f"/practicas.{kind}").status_code == 405


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_found_is_a_header_and_no_more(client, collection, kind):
    response = client.get(f"/practicas.{kind}?q=inexistente+xilocarpo")
    content = b"".join(response.streaming_content)
    if kind == "xlsx":
        opened = load_workbook(io.BytesIO(content))
        assert (opened.worksheets[0].max_row, opened.worksheets[0].auto_filter.ref) == (1, "A1:AM1")
    else:
        assert content.count(b"\n") == (kind == "csv")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "queries"), [("csv", 2), ("jsonl", 2), ("xlsx", 3)])
def test_export_costs_the_same_queries_for_one_and_for_three(client, django_assert_num_queries, kind, queries):
    """The catalogue version and the practices; of a spreadsheet the licence too."""
    for number in (1, 2, 3):
        published(rich_document(number))
        b"".join(client.get(f"/practicas.{kind}").streaming_content)
        with django_assert_num_queries(queries):
            b"".join(client.get(f"/practicas.{kind}").streaming_content)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_practices_are_read_as_they_are_sent(client, django_assert_num_queries, kind, monkeypatch):
    """A batch is fetched when the one before has gone: nothing is held that was sent already."""
    assert selecting.BATCH == 500
    monkeypatch.setattr(selecting, "BATCH", 2)
    monkeypatch.setattr(exports, "PIECE", 20_000)
    list(publish_documents(document(number, summary="Lo que se hizo. " * 700) for number in range(1, 6)))
    b"".join(client.get(f"/practicas.{kind}").streaming_content)
    with django_assert_num_queries(1):
        response = client.get(f"/practicas.{kind}")
    assert not response.has_header("Content-Length")
    pieces = iter(response.streaming_content)
    for _batch in range(2):
        with django_assert_num_queries(1):
            assert len(next(pieces)) > exports.PIECE
    with django_assert_num_queries(1):
        assert len(list(pieces)) == 1


def test_large_spreadsheets_wait_for_their_turn(client, collection, monkeypatch):
    monkeypatch.setattr(exports, "LARGE", 2)
    monkeypatch.setattr(exports, "PATIENCE", 0)
    with exports._one_at_a_time():
        busy = client.get("/practicas.xlsx")
        assert (busy.status_code, busy["Retry-After"]) == (503, "30")
        assert client.get("/practicas.xlsx?categoria=oficinas").status_code == 200
    assert client.get("/practicas.xlsx").status_code == 200


def test_turn_is_given_back_by_who_fails(client, collection, monkeypatch):
    monkeypatch.setattr(exports, "LARGE", 2)
    monkeypatch.setattr("practices.exchange.writers.xlsx_out.write_xlsx", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get("/practicas.xlsx")
    with exports._one_at_a_time():
        pass


def test_spreadsheet_that_fails_leaves_no_file_behind(client, collection, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened = []

    def failing(rows):
        for row in rows:
            opened.extend(tmp_path.glob("openpyxl.*"))
            yield row
        raise DatabaseError

    plain = exports.rows_of
    monkeypatch.setattr(exports, "rows_of", lambda *arguments: failing(plain(*arguments)))
    with pytest.raises(DatabaseError):
        client.get("/practicas.xlsx")
    assert opened != []
    assert list(tmp_path.glob("openpyxl.*")) == []


def test_exports_tell_nothing_that_is_not_public(client):
    mark = "xilocarpo"
    odd = {"title": mark, "summary": mark, "authors": (author(f"{mark} S.A."),), "category": Category(mark, mark, 9)}
    practice(rich_document(1, **odd))
    public = published(rich_document(2))
    store_document(rich_document(2, **odd))
    withdraw(published(rich_document(3, **odd)).practice, "Motivo")
    Contact.objects.create(practice=public.practice, name=mark, email=f"{mark}@example.org", as_written=mark)
    for prefix in ("", "/en"):
        rows = table(client, prefix=prefix)
        lines = text_of(client.get(f"{prefix}/practicas.jsonl"))
        cells = [c.value for sheet in book(client, prefix=prefix) for row in sheet.iter_rows() for c in row]
        assert [row[0] for row in rows[1:]] == [json.loads(lines)["code"]] == ["BP-PRUEBA-SSPD-002-2020"]
        assert mark not in f"{rows}{lines}{cells}".casefold()


def test_list_leads_to_its_exports(client, collection):
    shown = client.get("/practicas/?categoria=oficinas&pagina=1&vista=tabla&tamano=50&q=largo").content.decode()
    found = re.findall(r'href="(/practicas\.(?:csv|xlsx|jsonl))\?([^"]+)"', shown)
    assert found == [(f"/practicas.{kind}", "q=largo&amp;categoria=oficinas") for kind in ("xlsx", "csv", "jsonl")]


@pytest.fixture(scope="module")
def one(module_database):
    published(rich_document(1))


@pytest.mark.parametrize(
    "query",
    [
        f"{a}&{b}"
        for a, b in product(
            ("formato=%00", "formato=" + "x" * 9_000, "formato[]=1", "anio=9999999999999", 'q=";%0d%0aX-Evil:1+../'),
            ("q=%FF", "pagina=" + "9" * 5_000, "autor=" + "x&autor=" * 200, "orden=%00", "q=%F0%9F%9A%B0"),
        )
    ],
)
def test_whatever_a_stranger_types_is_answered(client, one, query):
    for kind in KINDS:
        response = client.get(f"/practicas.{kind}?{query}")
        assert (response.status_code, "X-Evil" in response) == (200, False)
        b"".join(response.streaming_content)
