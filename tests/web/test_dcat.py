"""The catalogue that portals harvest: DCAT-AP 3, held to shapes written from its specification."""

import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from pyshacl import validate
from rdflib import DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from practices.document import Implementation
from practices.editorial.publishing import withdraw
from practices.exchange.writers import pdf
from practices.exchange.writers.authorities import file_type
from practices.models.identity import Identity, IdentityLink
from practices.web import datasets
from practices.web.views.open_data import OF_A_LIST, OF_COUNTS
from tests.factories import document, published, rich_document

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")]
ROOT = Path(__file__).parent.parent.parent
SHAPES = Graph().parse(ROOT / "tests" / "exchange" / "shapes" / "dcat_ap.ttl")
DCAT, XSD = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
TURTLE, JSON_LD = "/datos/catalogo.ttl", "/datos/catalogo.jsonld"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SITE = "http://testserver"
CATALOGUE, OWNER = URIRef(f"{SITE}/#catalogo"), URIRef(f"{SITE}/#entidad")
PRACTICES, COUNTS = URIRef(f"{SITE}/datos/#practicas"), URIRef(f"{SITE}/datos/#conteos")
CSV = URIRef(f"{SITE}/datos/#practicas-csv")
IN_FORCE = URIRef(f"{SITE}/derechos-de-autor/")


def graph(client, address: str = TURTLE) -> Graph:
    response = client.get(address)
    assert response.status_code == 200
    return Graph().parse(data=response.content, format="turtle" if address.endswith("ttl") else "json-ld")


def faults(found: Graph) -> str:
    """What the shapes say against it; "" where it conforms. Nothing is inferred and nothing fetched."""
    conforms, _report, text = validate(found, shacl_graph=SHAPES, inference="none")
    return "" if conforms else text


def values(found: Graph, subject: URIRef, name: URIRef) -> set[str]:
    return {str(value) for value in found.objects(subject, name)}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_both_forms_are_one_graph_that_conforms(client, count):
    for number in range(1, count + 1):
        published(rich_document(number))
    found = graph(client)
    assert isomorphic(found, graph(client, JSON_LD))
    # Without a practice nothing has begun: then only when it last changed is known.
    assert faults(found) == ""
    assert {type(term) for triple in found for term in triple} == {URIRef, Literal}


def test_answers_have_their_types_and_are_the_same_in_both_languages(client):
    published(rich_document(1))
    kinds = {TURTLE: "text/turtle; charset=utf-8", JSON_LD: "application/ld+json"}
    for address, kind in kinds.items():
        spanish, english = client.get(address), client.get(f"/en{address}")
        assert (spanish["Content-Type"], spanish.content) == (kind, english.content)
        assert not spanish["ETag"].startswith("W/")
        assert client.get(address, HTTP_IF_NONE_MATCH=spanish["ETag"]).status_code == 304
        assert (client.head(address).status_code, client.post(address).status_code) == (200, 405)


def test_catalogue_says_whose_it_is_and_what_is_in_it(client):
    Identity.objects.update(name="Superintendencia de Prueba", govco=True, email="ciudadania@entidad.example")
    first = published(rich_document(1, implemented=Implementation("2018", "2018", "2018", "year")))
    published(rich_document(2))
    found = graph(client)
    assert set(found.objects(CATALOGUE, DCTERMS.title)) == {
        Literal("Catálogo de buenas prácticas", lang="es"),
        Literal("Catalogue of good practices of public utilities", lang="en"),
    }
    assert values(found, CATALOGUE, DCAT.dataset) == {str(PRACTICES), str(COUNTS)}
    assert values(found, CATALOGUE, DCAT.service) == {f"{SITE}/datos/#servicio"}
    assert values(found, CATALOGUE, FOAF.homepage) == {f"{SITE}/"}
    assert set(found.objects(OWNER, FOAF.name)) == {Literal("Superintendencia de Prueba", lang="es")}
    assert values(found, OWNER, DCTERMS.type) == {"http://purl.org/adms/publishertype/1.0/NationalAuthority"}
    (contact,) = found.objects(PRACTICES, DCAT.contactPoint)
    assert values(found, contact, VCARD.hasEmail) == {"mailto:ciudadania@entidad.example"}
    (period,) = found.objects(PRACTICES, DCTERMS.temporal)
    assert values(found, period, DCAT.startDate) == {"2018-01-01"}
    assert values(found, period, DCAT.endDate) == {"2020-12-31"}
    began = first.published_at.astimezone(UTC).isoformat(timespec="seconds")
    assert set(found.objects(PRACTICES, DCTERMS.issued)) == {Literal(began, datatype=XSD.dateTime)}


def test_what_is_withdrawn_does_not_move_the_day_that_the_data_began(client):
    first = published(rich_document(1))
    published(rich_document(2))
    before = values(graph(client), CATALOGUE, DCTERMS.issued)
    withdraw(first.practice, "Motivo")
    assert values(graph(client), CATALOGUE, DCTERMS.issued) == before


def test_distributions_are_the_shapes_of_the_page_and_each_answers_as_its_type(client):
    published(rich_document(1))
    found = graph(client)
    told = {}
    for dataset, shapes in ((PRACTICES, OF_A_LIST), (COUNTS, OF_COUNTS)):
        for each in found.objects(dataset, DCAT.distribution):
            (address,) = values(found, each, DCAT.accessURL)
            whole = values(found, each, DCAT.downloadURL)
            told[address] = (*values(found, each, DCTERMS.title), whole)
        assert len(list(found.objects(dataset, DCAT.distribution))) == len(shapes)
    request = RequestFactory().get("/", headers={"host": "testserver"})
    offered = datasets.offered(request, [*OF_A_LIST, *OF_COUNTS])
    assert told == {shape.address: (shape.title, {shape.address} if shape.is_whole else set()) for shape in offered}
    for shape in offered:
        response = client.get(shape.address)
        assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, shape.media_type)


def test_every_type_that_is_offered_has_a_word():
    words = {shape.media_type: file_type(shape.media_type).address.rpartition("/")[2] for shape in OF_A_LIST}
    assert sorted(words.values()) == ["ATOM", "CSV", "JSON", "JSON", "PDF", "XLSX"]


def test_a_document_that_cannot_be_set_is_no_distribution(client, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PRACTICES", 1)
    document_of_all = URIRef(f"{SITE}/datos/#practicas-pdf")
    for number, offered in ((0, False), (1, True), (2, False)):
        if number:
            published(document(number))
        found = graph(client)
        assert (
            (PRACTICES, DCAT.distribution, document_of_all) in found
            if offered
            else document_of_all not in set(found.subjects())
        )
        assert (client.get("/practicas.pdf").status_code == 200) is offered


def test_schema_and_openapi_are_named_once_there_are_such_addresses(client, monkeypatch):
    published(rich_document(1))
    monkeypatch.setattr(datasets, "address_of", lambda request, name, *arguments: f"{SITE}/datos/{name}")
    found = graph(client)
    service = URIRef(f"{SITE}/datos/#servicio")
    assert values(found, service, DCAT.endpointDescription) == {f"{SITE}/datos/openapi"}
    assert values(found, PRACTICES, DCTERMS.conformsTo) == {f"{SITE}/datos/document_schema"}
    assert values(found, URIRef(f"{PRACTICES}-json-lines"), DCTERMS.conformsTo) == {f"{SITE}/datos/document_schema"}
    assert values(found, COUNTS, DCTERMS.conformsTo) == set()
    assert faults(found) == ""


BROKEN = {
    "no publisher": lambda g: g.remove((CATALOGUE, DCTERMS.publisher, None)),
    "two publishers": lambda g: g.add((CATALOGUE, DCTERMS.publisher, IN_FORCE)),
    "no title": lambda g: g.remove((PRACTICES, DCTERMS.title, None)),
    "no description": lambda g: g.remove((COUNTS, DCTERMS.description, None)),
    "title without a language": lambda g: g.set((PRACTICES, DCTERMS.title, Literal("Prácticas"))),
    "date as a text": lambda g: g.set((PRACTICES, DCTERMS.issued, Literal("2026-01-01"))),
    "date that is none": lambda g: g.set((CATALOGUE, DCTERMS.modified, Literal("ayer", datatype=XSD.dateTime))),
    "licence as a text": lambda g: g.set((CSV, DCTERMS.license, Literal(str(IN_FORCE)))),
    "licence without its class": lambda g: g.remove((IN_FORCE, RDF.type, DCTERMS.LicenseDocument)),
    "language as a text": lambda g: g.set((PRACTICES, DCTERMS.language, Literal("es"))),
    "language that is no word": lambda g: g.set((PRACTICES, DCTERMS.language, URIRef("http://lexvo.org/id/spa"))),
    "format as a text": lambda g: g.set((CSV, DCTERMS.format, Literal("CSV"))),
    "media type as a text": lambda g: g.set((CSV, DCAT.mediaType, Literal("text/csv"))),
    "no access": lambda g: g.remove((CSV, DCAT.accessURL, None)),
    "access as a text": lambda g: g.set((CSV, DCAT.accessURL, Literal("/practicas.csv"))),
    "agent without a name": lambda g: g.remove((OWNER, FOAF.name, None)),
    "agent without a type": lambda g: g.remove((OWNER, DCTERMS.type, None)),
    "theme without a label": lambda g: g.remove((None, SKOS.prefLabel, None)),
    "contact as a text": lambda g: g.set((PRACTICES, DCAT.contactPoint, Literal("correo"))),
    "mail that is no address": lambda g: g.set((URIRef(f"{SITE}/#contacto"), VCARD.hasEmail, Literal("a@b.example"))),
    "service without an end": lambda g: g.remove((None, DCAT.endpointURL, None)),
    "no temporal order": lambda g: g.set(
        (URIRef(f"{PRACTICES}-periodo"), DCAT.startDate, Literal("2030-01-01", datatype=XSD.date))
    ),
    "place without a box": lambda g: g.remove((None, DCAT.bbox, None)),
}


@pytest.fixture(scope="module")
def of_one_practice(module_database) -> Graph:
    published(rich_document(1))
    return graph(Client())


@pytest.mark.parametrize("what", BROKEN)
def test_shapes_refuse_what_is_broken(of_one_practice, what):
    found = Graph() + of_one_practice
    BROKEN[what](found)
    assert faults(found) != ""


def test_hostile_names_are_texts(client):
    hostile = 'x" . <urn:a> a <urn:b> . \\ \u2028 \' }{ "@id":"urn:c" </script>'
    published(rich_document(1, title=hostile))
    Identity.objects.update(name=hostile, site_name=hostile, email='"a b>"@entidad.example')
    found = graph(client)
    assert isomorphic(found, graph(client, JSON_LD))
    assert faults(found) == ""
    assert set(found.objects(OWNER, FOAF.name)) == {Literal(" ".join(hostile.split()), lang="es")}
    assert not {URIRef("urn:a"), URIRef("urn:c")} & set(found.all_nodes())


def test_what_is_not_known_is_not_told(client):
    published(document(1))
    IdentityLink.objects.filter(address="/derechos-de-autor/").delete()
    identity = Identity.objects.get()
    identity.email = identity.judicial_email = ""
    identity.save()
    found = graph(client)
    assert values(found, CATALOGUE, DCTERMS.license) == values(found, OWNER, DCTERMS.type) == set()
    assert values(found, URIRef(f"{SITE}/#contacto"), VCARD.hasEmail) == set()
    assert values(found, PRACTICES, DCTERMS.temporal) == set()


def test_page_leads_to_both(client):
    for before in ("", "/en"):
        head = client.get(f"{before}/datos/").content.decode().partition("</head>")[0]
        for address, kind in ((TURTLE, "text/turtle"), (JSON_LD, "application/ld+json")):
            link = f'<link rel="alternate" type="{kind}" title="DCAT-AP 3" href="{SITE}{before}{address}">'
            assert head.count(link) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [TURTLE, JSON_LD])
def test_catalogue_costs_two_queries_for_one_and_for_three(client, django_assert_num_queries, address):
    """The catalogue version, and when the first practice was published."""
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get("/criterios/")
        client.get("/practicas/")
        with django_assert_num_queries(2):
            client.get(f"{address}?nada={number}")


@pytest.mark.parametrize("query", ["?q=%00", "?" + "a" * 5_000, "?q=tarifa&pagina=9", "?formato[]=1"])
def test_parameters_change_nothing(client, query):
    published(rich_document(1))
    assert client.get(f"{TURTLE}{query}").content == client.get(TURTLE).content


def run(code: str, **more: str) -> str:
    """What a process of its own says, with the settings of the site and no database."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "catalogue.settings",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "a.example",
        "DATABASE_URL": "sqlite://:memory:",
        **more,
    }
    command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_bytes_do_not_depend_on_the_order_of_sets():
    code = """
from practices.exchange.writers.datasets import DataCatalogue, Dataset, Shape
from practices.exchange.writers.dcat import json_ld, turtle
from practices.exchange.writers.metadata import Owner
shapes = [Shape(kind, kind, kind, kind, f"http://a.example/{kind}") for kind in ("text/csv", "application/json")]
data = [Dataset(name, "http://a.example/", name, name, ("a", "b", "c"), shapes, "2019", "2020") for name in "xyz"]
owner = Owner("s", "http://a.example/", "p", "n")
catalogue = DataCatalogue(owner, "http://a.example/d/", "h", *"tdpsi", data, "1", None)
print(turtle(catalogue), json_ld(catalogue))
"""
    (said,) = {run(code, PYTHONHASHSEED=str(seed)) for seed in (1, 2, 3)}
    assert said.count("dcat:Distribution") == 12


def test_rdflib_is_loaded_by_who_asks_for_the_catalogue_only():
    code = """
import sys, catalogue.urls
print(sorted({name.partition(".")[0] for name in sys.modules} & {"rdflib", "practices"}))
"""
    assert run(code) == "['practices']\n"
