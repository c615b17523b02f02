"""The JSON Schema of the document: every document keeps to it, and what is no document does not."""

import json
import re
from copy import deepcopy
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from bench import generate
from practices.document import SCHEMA, DocumentError, PracticeDocument, schema_of, to_json
from practices.editorial.documents import build_document
from practices.editorial.publishing import withdraw
from practices.exchange.writers.document_fields import FIELDS, TITLES
from practices.exchange.writers.schemas import EARLIER, document_schema
from practices.models.publication import Publication
from tests.factories import attached, document, published, rich_document
from tests.test_document import documents as any_documents

RECORDS = Path(__file__).parents[2] / "fixtures" / "records"
CODE = "BP-PRUEBA-SSPD-001-2020"
DESCRIBED_BY = re.compile(r'<([^>]+)>; rel="describedby"; type="application/schema\+json"')
SCHEMA_PAGE = f"/datos/esquema/practica-v{SCHEMA}.json"


def validator() -> Draft202012Validator:
    return Draft202012Validator(document_schema(SCHEMA, "https://example.org/schema"))


def plain(one: PracticeDocument) -> dict:
    return json.loads(to_json(one))


def test_schema_is_valid_and_says_what_it_is(client, db):
    response = client.get(SCHEMA_PAGE)
    schema = response.json()
    Draft202012Validator.check_schema(schema)
    assert response["Content-Type"] == "application/schema+json"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"http://testserver{SCHEMA_PAGE}"
    assert schema["properties"]["schema"]["const"] == SCHEMA


def test_english_schema_is_the_same_but_for_its_words(client, db):
    spanish, english = client.get(SCHEMA_PAGE).json(), client.get(f"/en{SCHEMA_PAGE}").json()
    assert english["properties"]["code"]["description"] == "Permanent code of the practice."
    assert spanish["properties"]["code"]["description"] == "Código permanente de la práctica."
    assert without_words(spanish) == without_words(english)


def without_words(part):
    """What a program reads; the two words of a property that is named like a keyword are objects, and stay."""
    if isinstance(part, list):
        return [without_words(value) for value in part]
    if not isinstance(part, dict):
        return part
    words = {name for name in ("title", "description") if isinstance(part.get(name), str)}
    return {name: without_words(value) for name, value in part.items() if name not in words}


def test_every_version_up_to_today_has_a_schema(client, db):
    """Whoever raises SCHEMA keeps the one before in EARLIER: documents that keep to it stay public."""
    for number in range(1, SCHEMA + 1):
        assert client.get(f"/datos/esquema/practica-v{number}.json").status_code == 200
    assert set(EARLIER) == set(range(1, SCHEMA))


@pytest.mark.parametrize("number", ["0", str(SCHEMA + 1), "99", "9" * 4_000, "9" * 5_000, "-1", "x", ""])
def test_unknown_versions_lead_nowhere(client, db, number):
    assert client.get(f"/datos/esquema/practica-v{number}.json").status_code == 404


def test_an_earlier_version_keeps_its_own_schema(monkeypatch):
    monkeypatch.setitem(EARLIER, 0, lambda: {"title": "Antes", "type": "object"})
    kept = document_schema(0, "https://example.org/antes")
    assert (kept["$id"], kept["title"]) == ("https://example.org/antes", "Antes")


def test_every_field_is_told_once_and_nothing_else_is():
    for kind, told in FIELDS.items():
        assert [field.name for field in fields(kind)] == list(told)
    assert set(FIELDS) == set(TITLES)
    assert {kind.__name__ for kind in FIELDS} == {PracticeDocument.__name__, *document_schema(SCHEMA, "")["$defs"]}


def test_fields_of_the_first_version_stay():
    """A field may come. One that goes makes frozen documents wrong: raise SCHEMA, and keep this schema in EARLIER."""
    schema = document_schema(1, "")
    names = {"": schema, **schema["$defs"]}
    assert {name: set(part["properties"]) for name, part in names.items()} == {
        "": {
            *("code", "title", "author", "authors", "implemented", "category", "services", "call", "distinction"),
            *("population", "summary", "impact", "metrics", "success_factors", "coverage", "validation"),
            *("replicability", "limitations", "conclusion", "criteria", "attachments", "links", "demonstration"),
            "schema",
        },
        "Author": {"as_written", "name", "slug", "kind", "acronym", "services", "website"},
        "Implementation": {"text", "start", "end", "precision"},
        "Category": {"slug", "name", "number", "label"},
        "Service": {"slug", "name"},
        "Call": {"slug", "name", "year"},
        "Metric": {"text", "label", "value", "unit", "baseline", "period", "better", "headline"},
        "Place": {"code", "name", "department"},
        "Coverage": {"text", "national", "departments", "municipalities"},
        "Assessment": {"criterion", "name", "group", "state", "reason"},
        "Attachment": {"name", "sha256", "size", "media_type", "description", "keywords", "language"},
        "Link": {"address", "label"},
    }


def test_generated_documents_keep_to_it():
    wanted = validator()
    for one in islice(generate.documents(10_000), 300):
        wanted.validate(plain(one))


@given(any_documents)
@settings(deadline=None, max_examples=60)
def test_whatever_is_in_its_texts_and_numbers_a_document_keeps_to_it(one):
    named = tuple(replace(author, slug="aguas-prueba") for author in one.authors)
    validator().validate(plain(replace(one, code=CODE, authors=named)))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(path.name for path in RECORDS.iterdir()))
def test_real_records_keep_to_it_when_they_are_published(client, name):
    call_command("load_vocabulary", verbosity=0)
    call_command("import_practices", RECORDS / name, publish=True, verbosity=0)
    found = list(Publication.objects.current())
    assert found != []
    for publication in found:
        validator().validate(client.get(f"/practicas/{publication.code}.json").json())


@pytest.mark.django_db
def test_a_document_leads_to_its_schema_in_either_language(client):
    attachments = attached(b"%PDF-1.7 uno", description="Informe", language="es")
    published(rich_document(1, attachments=attachments))
    for address in (f"/practicas/{CODE}.json", f"/en/practicas/{CODE}.json"):
        response = client.get(address)
        (link,) = DESCRIBED_BY.findall(response["Link"])
        assert link == f"http://testserver{SCHEMA_PAGE}"
        schema = client.get(link).json()
        Draft202012Validator(schema).validate(response.json())


@pytest.mark.django_db
def test_what_is_not_the_document_leads_to_no_schema(client):
    withdraw(published(document(1)).practice, "Motivo")
    assert DESCRIBED_BY.findall(client.get(f"/practicas/{CODE}.json").get("Link", "")) == []


def test_schema_of_a_text_is_what_it_says():
    assert schema_of('{"code": "x", "schema": 7}') == 7
    for broken in ("", "[]", "{}", '{"schema": "1"}', b"\xff"):
        with pytest.raises(DocumentError):
            schema_of(broken)


WRONG = {
    "unknown field": lambda d: d.update(contacto="x"),
    "personal data": lambda d: d.update(contacts=[{"name": "x"}]),
    "no code": lambda d: d.pop("code"),
    "no schema": lambda d: d.pop("schema"),
    "another schema": lambda d: d.update(schema=SCHEMA + 1),
    "code of another shape": lambda d: d.update(code="bp-1"),
    "code with a line break": lambda d: d.update(code=f"{CODE}\nx"),
    "title that is a number": lambda d: d.update(title=3),
    "title that is null": lambda d: d.update(title=None),
    "authors that are a text": lambda d: d.update(authors="Aguas"),
    "author without a name": lambda d: d["authors"][0].pop("name"),
    "unknown field of a part": lambda d: d["authors"][0].update(email="x@example.org"),
    "unknown kind": lambda d: d["authors"][0].update(kind="person"),
    "slug with a space": lambda d: d["authors"][0].update(slug="aguas prueba"),
    "month 13": lambda d: d["implemented"].update(start="2020-13"),
    "month 0": lambda d: d["implemented"].update(end="2020-00"),
    "day 32": lambda d: d["implemented"].update(start="2020-01-32"),
    "month of one digit": lambda d: d["implemented"].update(start="2020-4"),
    "date in words": lambda d: d["implemented"].update(start="abril"),
    "unknown precision": lambda d: d["implemented"].update(precision="decade"),
    "category that is a text": lambda d: d.update(category="oficinas"),
    "number that is a text": lambda d: d["metrics"][0].update(value="355"),
    "truth that is a text": lambda d: d["coverage"].update(national="no"),
    "department of three digits": lambda d: d["coverage"]["departments"][0].update(code="170"),
    "department with the code of a municipality": lambda d: d["coverage"]["departments"][0].update(code="17001"),
    "municipality with the code of a department": lambda d: d["coverage"]["municipalities"][0].update(code="17"),
    "municipality of no department": lambda d: d["coverage"]["municipalities"][0].update(department=""),
    "factor that is an object": lambda d: d["success_factors"].append({}),
    "checksum in capitals": lambda d: d["attachments"][0].update(sha256="A" * 64),
    "size below zero": lambda d: d["attachments"][0].update(size=-1),
    "address that runs": lambda d: d["links"].append({"address": "javascript:alert(1)", "label": ""}),
    "unknown assessment": lambda d: d["criteria"].append(
        {"criterion": "x", "name": "x", "group": "minimum", "state": "yes", "reason": ""}
    ),
}


@pytest.fixture(scope="module")
def right(module_database) -> dict:
    return plain(build_document(published(rich_document(1, attachments=attached(b"%PDF-1.7 uno"))).practice))


@pytest.mark.django_db
@pytest.mark.parametrize("fault", WRONG)
def test_what_is_no_document_is_refused(right, fault):
    validator().validate(right)
    wrong = deepcopy(right)
    WRONG[fault](wrong)
    with pytest.raises(ValidationError):
        validator().validate(wrong)


@pytest.mark.django_db(transaction=True)
def test_schema_costs_one_query_for_one_and_for_three(client, django_assert_num_queries):
    client.get("/criterios/")
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get("/criterios/")
        with django_assert_num_queries(1):
            client.get(SCHEMA_PAGE)
