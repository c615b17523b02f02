"""The description of the interface: valid, whole, and what the addresses really answer."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from practices.browse.parameters import FACETS, ORDERS, SIZES
from practices.document import Metric
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.exchange.writers.openapi.operations import OPERATIONS
from practices.exchange.writers.panorama import TABLES
from practices.models.contact import Contact
from practices.models.identity import Identity, IdentityLink
from practices.models.vocabulary import Criterion
from practices.web.urls import urlpatterns
from tests.factories import attached, author, document, published, rich_document

pytestmark = pytest.mark.django_db
ADDRESS = "/datos/openapi.json"
CODE = "BP-PRUEBA-SSPD-001-2020"
ENDINGS = (".json", ".csv", ".xlsx", ".jsonl", ".atom", ".pdf", ".bib", ".ris", ".ttl", ".jsonld", ".xml")
VALUES = {"code": CODE, "number": 1, "file": 1, "slug": "aguas-prueba"}
OF_A_PAGE = {"page_json": {"slug": "terminos"}}


@pytest.fixture(scope="module")
def collection(module_database):
    """Practices that differ, one of them in two versions, one withdrawn."""
    Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum", description="…")
    metrics = (
        Metric("De 12 a 3,5 días", "espera", Decimal("3.5"), "días", Decimal(12), "2021", "less"),
        Metric("9 días", "otra", 9, "días"),
        Metric("Menos filas"),
    )
    first = published(rich_document(1, metrics=metrics, attachments=attached(b"%PDF-1.7 uno")))
    publish(store_document(replace(build_document(first.practice), summary="Otra cosa.")))
    published(rich_document(2, metrics=(Metric("3 días", "espera", 3, "días"),), demonstration=True))
    published(document(3, authors=(author("Gas de Prueba S.A. E.S.P."),)))
    withdraw(published(document(4)).practice, "Motivo")


def description(client, prefix: str = "") -> dict:
    response = client.get(f"{prefix}{ADDRESS}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    return response.json()


def data_patterns() -> dict[str, str]:
    """Every address of the public pages that answers data: its view's name and its path as a template."""
    routes = {pattern.name: str(pattern.pattern) for pattern in urlpatterns}
    return {
        name: "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", route) for name, route in routes.items() if route.endswith(ENDINGS)
    }


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_description_is_valid_openapi(client, collection, prefix):
    told = description(client, prefix)
    validate(told)
    assert told["openapi"].startswith("3.1.")
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_address_of_data_is_described(client, prefix):
    told = {path: operation["get"]["operationId"] for path, operation in description(client, prefix)["paths"].items()}
    wanted = {f"{prefix}{path}": name for name, path in data_patterns().items()}
    assert wanted.items() <= told.items()
    assert len(wanted) >= 15
    others = {path for path in told if path not in wanted}
    assert others == {f"{prefix}/practicas/{{code}}/{end}" for end in FILES}


FILES = ("archivos/{number}/", "v{number}/archivos/{file}/")


def test_what_is_described_is_what_is_declared_and_there(client):
    told = [one["get"]["operationId"] for one in description(client)["paths"].values()]
    assert told == [operation.name for operation in HERE]


def test_no_two_addresses_are_declared_alike():
    names = [operation.name for operation in OPERATIONS]
    assert sorted(names) == sorted(set(names))


def test_language_is_that_of_the_address(client):
    spanish, english = description(client), description(client, "/en")
    assert english["info"]["description"].startswith("Everything public")
    summaries = ["/practicas/{code}.json", "/en/practicas/{code}.json"]
    assert english["paths"][summaries[1]]["get"]["summary"] == "The document of a practice"
    assert (summaries[0] in english["paths"], summaries[1] in spanish["paths"]) == (False, False)
    names = english["components"]["parameters"]
    assert names["query-q"]["description"] == "Words, or a code"
    assert spanish["components"]["parameters"]["query-q"]["description"] == "Palabras o un código"
    assert names.keys() == spanish["components"]["parameters"].keys()


def test_it_says_whose_it_is_and_on_which_terms(client):
    Identity.objects.update(name="Superintendencia de Prueba", email="contacto@entidad.example")
    told = description(client)
    assert told["info"]["contact"] == {
        "name": "Superintendencia de Prueba",
        "url": "http://testserver/",
        "email": "contacto@entidad.example",
    }
    assert told["info"]["license"]["url"] == told["info"]["termsOfService"]
    assert told["info"]["license"]["url"] == "http://testserver/derechos-de-autor/"
    assert told["servers"] == [{"url": "http://testserver"}]
    assert client.get(told["externalDocs"]["url"]).status_code == 200


def test_without_a_licence_or_an_address_to_write_to_it_is_valid_too(client):
    IdentityLink.objects.all().delete()
    Identity.objects.update(email="")
    Identity.objects.get().save()
    told = description(client)
    validate(told)
    assert "license" not in told["info"]
    assert set(told["info"]["contact"]) == {"name", "url"}


def test_no_person_is_named(client, collection):
    public = build_document(published(rich_document(5)).practice)
    record = published(replace(public, code="BP-PRUEBA-SSPD-006-2020")).practice
    Contact.objects.create(practice=record, name="xilocarpo", email="xilocarpo@example.org", as_written="xilocarpo")
    assert "xilocarpo" not in client.get(ADDRESS).content.decode()


def parameters_of(told: dict, path: str) -> dict[str, dict]:
    shared = told["components"]["parameters"]
    references = [one["$ref"].rpartition("/")[2] for one in told["paths"][path]["get"]["parameters"]]
    return {shared[name]["name"]: shared[name] for name in references}


def test_parameters_are_those_of_the_selection_with_their_fixed_values(client):
    told = description(client)
    found = parameters_of(told, "/practicas.json")
    assert set(found) - {"desde"} == {
        *("q", *FACETS, "nacionales", "exacta", "orden", "tamano", "pagina", "If-None-Match", "If-Modified-Since"),
    }
    assert found["orden"]["schema"]["enum"] == list(ORDERS)
    assert found["tamano"]["schema"]["enum"] == list(SIZES)
    assert found["nacionales"]["schema"]["enum"] == ["si"]
    assert (found["categoria"]["schema"]["type"], found["categoria"]["explode"]) == ("array", True)
    assert parameters_of(told, "/panorama.csv")["tabla"]["schema"]["enum"] == list(TABLES)
    assert parameters_of(told, "/practicas.csv")["formato"]["schema"]["enum"] == ["internacional"]
    assert parameters_of(told, "/practicas/{code}.json")["code"]["required"] is True


@pytest.mark.parametrize(
    ("name", "value"), [("orden", "titulo"), ("tamano", 50), ("departamento", "nacional"), ("anio", "2020")]
)
def test_values_that_the_list_knows_keep_to_their_schema(client, name, value):
    schema = parameters_of(description(client), "/practicas.json")[name]["schema"]
    Draft202012Validator(schema.get("items", schema)).validate(value)


def closed(schema: dict, whole: dict) -> dict:
    """The schema with nothing allowed that it does not name, so that a new field fails until it is described."""
    parts = json.loads(json.dumps(whole["components"]))
    for part in parts["schemas"].values():
        if part.get("properties"):
            part.setdefault("additionalProperties", False)
    return {**schema, "components": parts}


NAMES = {pattern.name for pattern in urlpatterns}
HERE = [operation for operation in OPERATIONS if operation.name in NAMES]
"""The declarations name what may yet come: what this site does not have is left out of the description."""


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", [operation.name for operation in HERE if operation.holds])
def test_answer_keeps_to_the_schema_that_is_told(client, collection, name, prefix):
    path, operation = operation_named(client, name, prefix)
    address = path.format(**{**VALUES, **OF_A_PAGE.get(name, {})})
    ((media_type, told),) = operation["responses"]["200"]["content"].items()
    wanted = Draft202012Validator(closed(told["schema"], description(client, prefix)))
    for query in QUERIES.get(name, ("",)):
        response = client.get(f"{address}{query}", follow=True)
        assert (response.status_code, response["Content-Type"]) == (200, media_type)
        wanted.validate(response.json())


QUERIES = {
    "practice_list_json": ("", "?q=practica&tamano=50", "?q=inexistente", "?categoria=oficinas&pagina=2", "?desde=0"),
    "panorama_json": ("", "?categoria=oficinas", "?q=inexistente"),
    "compare_json": ("", f"?codigo={CODE}&codigo={CODE.replace('001', '002')}"),
    "suggestions": ("", "?q=pr", "?q=aguas", "?q=ofi"),
    "compare_versions_json": ("", "?de=1&a=2", "?de=1&a=1"),
}


def operation_named(client, name: str, prefix: str = "") -> tuple[str, dict]:
    """Its path and what is told of it."""
    paths = description(client, prefix)["paths"].items()
    return next((path, one["get"]) for path, one in paths if one["get"]["operationId"] == name)


def test_each_line_keeps_to_the_schema_of_the_document(client, collection):
    wanted = Draft202012Validator(closed({"$ref": "#/components/schemas/PracticeDocument"}, description(client)))
    lines = b"".join(client.get("/practicas.jsonl").streaming_content).splitlines()
    assert len(lines) == 3
    for line in lines:
        wanted.validate(json.loads(line))


@pytest.mark.parametrize("name", [operation.name for operation in HERE])
def test_media_type_and_headers_are_those_of_the_answer(client, collection, name):
    path, operation = operation_named(client, name)
    address = path.format(**{**VALUES, **OF_A_PAGE.get(name, {})})
    response = client.get(address, follow=True)
    ((media_type, _schema),) = operation["responses"]["200"]["content"].items()
    is_file = "archivos" in path
    assert (response.status_code, is_file or response["Content-Type"].partition(";")[0] == media_type) == (200, True)
    # Within the second of a change there is no Last-Modified.
    told = set(operation["responses"]["200"]["headers"]) - {"Last-Modified"}
    assert [header for header in told if header not in response] == []
    assert ("304" in operation["responses"]) == ("ETag" in response)
    if "304" in operation["responses"]:
        assert client.get(address, HTTP_IF_NONE_MATCH=response["ETag"], follow=True).status_code == 304


def test_refusals_that_are_told_are_those_there_are(client, collection):
    whole = description(client)
    told = whole["paths"]["/practicas/{code}.json"]["get"]["responses"]
    assert sorted(told) == ["200", "301", "304", "404", "410", "429", "503"]
    gone = CODE.replace("001", "004")
    answers = [client.get(f"/practicas/{code}.json") for code in (gone, "BP-NADA-SSPD-001-2020", CODE.lower())]
    assert [answer.status_code for answer in answers] == [410, 404, 301]
    for answer in answers[:2]:
        media_type = answer["Content-Type"].partition(";")[0]
        wanted = whole["components"]["responses"][str(answer.status_code)]["content"][media_type]["schema"]
        said = answer.json() if media_type == "application/json" else answer.content.decode()
        Draft202012Validator(closed(wanted, whole)).validate(said)


def test_a_selection_without_practices_is_no_document_as_it_is_told(client, collection):
    assert client.get("/practicas.pdf?q=inexistente").status_code == 422
    assert "422" in description(client)["paths"]["/practicas.pdf"]["get"]["responses"]


@pytest.mark.django_db(transaction=True)
def test_description_costs_one_query_for_one_and_for_three(client, django_assert_num_queries):
    client.get("/criterios/")
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get("/criterios/")
        with django_assert_num_queries(1):
            client.get(ADDRESS)
