"""The dictionary names just what the data hold, in both languages; the commands of /datos/ do what they say."""

import csv
import io
import re
import shlex
from html import unescape

import html5lib
import pytest

from practices.exchange.writers.columns_out import COLUMNS
from practices.exchange.writers.csv_out import FORMULA
from practices.exchange.writers.dictionary import HEADER
from tests.factories import published, rich_document

pytestmark = pytest.mark.django_db
ADDRESS = "/datos/diccionario.csv"
CODE = "BP-PRUEBA-SSPD-001-2020"


def table(client, query: str = "", prefix: str = "") -> list[list[str]]:
    text = client.get(f"{prefix}{ADDRESS}{query}").content.decode()
    separator = "," if query else ";"
    assert text.startswith("\ufeff") == (not query)
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator, strict=True))


def rows_of(client, anchor: str, prefix: str = "") -> list[list[str]]:
    shown = client.get(f"{prefix}/datos/").content.decode()
    page = html5lib.parse(shown, namespaceHTMLElements=False)
    region = page.find(f".//div[@aria-labelledby='{anchor}']")
    return [["".join(cell.itertext()) for cell in row] for row in region.iter("tr")]


def paths(value, before: str = "") -> set[str]:
    """The name of every field of some JSON, as the dictionary names it."""
    found: set[str] = set()
    for name, part in value.items():
        found.add(f"{before}{name}")
        held, many = (part, "[]") if isinstance(part, list) else ([part], "")
        for one in held:
            if isinstance(one, dict):
                found |= paths(one, f"{before}{name}{many}.")
    return found


def test_columns_are_those_of_the_exports_in_each_language(client):
    rows = [row for row in table(client) if row[0].startswith("practicas.csv")]
    assert len(rows) == len(COLUMNS)
    for prefix, place in (("", 2), ("/en", 3)):
        exported = b"".join(client.get(f"{prefix}/practicas.csv").streaming_content).decode().removeprefix("\ufeff")
        assert [row[place] for row in rows] == next(csv.reader(io.StringIO(exported), delimiter=";"))


def test_fields_are_those_of_a_document(client):
    published(rich_document(1))
    document = client.get(f"/practicas/{CODE}.json").json()
    told = {row[1] for row in table(client) if row[0].startswith("practicas.jsonl")}
    assert paths(document) <= told
    lists = ("criteria", "attachments", "links", "call")
    assert all(name.split(".")[0].removesuffix("[]") in lists for name in told - paths(document))


def test_dictionary_is_the_same_file_in_both_languages_and_dialects(client):
    spanish = table(client)
    assert spanish == table(client, prefix="/en") == table(client, "?formato=internacional")
    assert tuple(spanish[0]) == HEADER
    assert all(len(row) == len(HEADER) and all(row) for row in spanish)
    assert not any(cell.startswith(FORMULA) for row in spanish for cell in row)


def test_types_are_told_in_words(client):
    english = {row[1]: row[5] for row in table(client)}
    wanted = {
        "code": "Text",
        "authors": "List of objects",
        "success_factors": "List of texts",
        "category": "Object, or null",
        "category.number": "Whole number, or null",
        "metrics[].value": "Number, or null",
        "metrics[].better": "One of: less, more",
        "implemented": "Object",
        "demonstration": "True or false",
        "schema": "Whole number",
    }
    assert {name: english[name] for name in wanted} == wanted


@pytest.mark.parametrize(("prefix", "own", "other"), [("", 2, 3), ("/en", 3, 2)])
def test_page_says_what_the_file_says(client, prefix, own, other):
    told = table(client)[1:]
    columns = [
        [row[own], row[other], row[own + 2], row[own + 4]] for row in told if row[0].startswith("practicas.csv")
    ]
    fields = [
        [f"{row[own]} {row[1]}", row[other], row[own + 2], row[own + 4]]
        for row in told
        if row[0].startswith("practicas.jsonl")
    ]
    assert rows_of(client, "columnas", prefix)[1:] == columns
    assert rows_of(client, "campos", prefix)[1:] == fields


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_command_of_the_page_gets_what_it_names(client, prefix):
    published(rich_document(1, title="Tarifa de Caldas"))
    shown = client.get(f"{prefix}/datos/").content.decode()
    commands = [unescape(text) for text in re.findall(r'<code class="code">(.*?)</code>', shown)]
    assert len(commands) >= 8
    for command in commands:
        program, *options, address = shlex.split(command)
        assert program == "curl"
        assert set(options[::2]) <= {"-o", "--etag-compare", "--etag-save"}
        assert address.startswith(f"http://testserver{prefix}/")
        response = client.get(address)
        assert response.status_code == 200
        if "--etag-compare" in options:
            assert client.get(address, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304


def test_page_leads_programs_to_the_description_and_the_schema(client):
    shown = client.get("/en/datos/").content.decode()
    assert '<link rel="service-desc" type="application/json" href="/en/datos/openapi.json">' in shown
    for address in ("datos/openapi.json", "datos/esquema/practica-v1.json", "datos/diccionario.csv"):
        assert f'href="http://testserver/en/{address}"' in shown


def test_dictionary_is_named_and_answers_304(client):
    response = client.get(ADDRESS)
    assert response["Content-Disposition"] == 'attachment; filename="diccionario-de-datos.csv"'
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_dictionary_costs_one_query_for_one_and_for_three(client, django_assert_num_queries):
    client.get("/criterios/")
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get("/criterios/")
        with django_assert_num_queries(1):
            client.get(ADDRESS)


@pytest.mark.parametrize(
    "query", ["formato=%00", "formato=x", "formato=internacional&formato=", "q=%FF", "x=" + "9" * 9_000]
)
def test_whatever_a_stranger_types_is_answered(client, query):
    for address in (ADDRESS, "/datos/openapi.json", "/datos/esquema/practica-v1.json", "/datos/"):
        assert client.get(f"{address}?{query}").status_code == 200
