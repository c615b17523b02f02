import json
import re

import pytest

from practices.browse.parameters import FACETS
from practices.document import Assessment, Category
from practices.editorial.bulk import publish_documents
from practices.editorial.publishing import withdraw
from practices.models.publication import Publication
from practices.models.vocabulary import Criterion
from tests.factories import author, document, practice, published, rich_document

pytestmark = pytest.mark.django_db


def results(client, query: str = "") -> dict:
    return client.get(f"/practicas.json?{query}").json()


def test_json_gives_count_pages_facets_and_results(client):
    published(rich_document(1))
    data = results(client, "categoria=oficinas")
    assert {name: data[name] for name in ("count", "page", "pages", "next", "previous")} == {
        "count": 1,
        "page": 1,
        "pages": 1,
        "next": None,
        "previous": None,
    }
    assert data["facets"]["categoria"] == [
        {"value": "oficinas", "label": "1. Funcionamiento de las oficinas", "count": 1, "selected": True}
    ]
    assert list(data["facets"]) == list(FACETS)
    (result,) = data["results"]
    assert result["url"] == "http://testserver/practicas/BP-PRUEBA-SSPD-001-2020/"
    assert result["authors"] == [
        {"value": "aguas-prueba", "name": "Aguas de Prueba S.A. E.S.P.", "as_written": "Aguas de Prueba S.A. E.S.P."}
    ]
    assert result["category"] == {"value": "oficinas", "label": "1. Funcionamiento de las oficinas"}
    assert result["headline"] == {
        "text": "355 peticiones resueltas.",
        "quantity": "355 peticiones",
        "label": "peticiones resueltas",
    }
    assert (result["departments"], result["years"]) == ([{"value": "17", "label": "Caldas"}], [2020])


def codes_of(client, query):
    """Of the cards of the list, in their order."""
    return re.findall(r'<span class="code">([^<]+)</span>', client.get(f"/practicas/?{query}").content.decode())


def test_page_and_json_are_the_same_selection_in_the_same_order(client):
    list(publish_documents(document(number, title=f"Práctica {number % 7}") for number in range(1, 46)))
    for query in ("", "orden=titulo", "q=practica+3", "pagina=2", "pagina=3", "pagina=999", "pagina=x"):
        assert codes_of(client, query) == [r["code"] for r in results(client, query)["results"]]
    assert [len(results(client, f"pagina={n}")["results"]) for n in (1, 2, 3)] == [20, 20, 5]


def test_pages_of_json_lead_to_each_other(client):
    offices = Category("oficinas", "Oficinas", 1)
    list(publish_documents(document(number, category=offices) for number in range(1, 46)))
    seen, address = [], "http://testserver/practicas.json?categoria=oficinas"
    while address:
        data = client.get(address.removeprefix("http://testserver")).json()
        seen += [r["code"] for r in data["results"]]
        address = data["next"]
    assert (len(seen), len(set(seen))) == (45, 45)
    assert data["previous"] == "http://testserver/practicas.json?categoria=oficinas&pagina=2"


def test_next_address_of_english_json_is_english(client):
    list(publish_documents(document(number) for number in range(1, 22)))
    assert client.get("/en/practicas.json").json()["next"] == "http://testserver/en/practicas.json?pagina=2"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "address",
    [
        "/practicas/",
        "/practicas/?categoria=oficinas&departamento=17",
        "/practicas.json",
    ],
)
def test_list_costs_two_queries_for_one_and_for_three(client, django_assert_num_queries, address):
    """The catalogue version and the practices of the page; what changed since is read by the first visit."""
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get(address)
        with django_assert_num_queries(2):
            client.get(address)


@pytest.mark.django_db(transaction=True)
def test_author_page_lists_the_current_practices_of_the_organisation(client, django_assert_num_queries):
    other = author("Otra S.A.")
    published(document(1))
    published(document(2, authors=(author(), other)))
    published(document(3, authors=(other,)))
    published(document(4))
    withdraw(Publication.objects.get(code__contains="-004-").practice, "Motivo")
    client.get("/autores/aguas-prueba/")
    with django_assert_num_queries(5):
        response = client.get("/autores/aguas-prueba/")
    assert [p.code for p in response.context["page"]] == ["BP-PRUEBA-SSPD-002-2020", "BP-PRUEBA-SSPD-001-2020"]
    assert response.context["author"].name == "Aguas de Prueba S.A. E.S.P."


def test_author_of_drafts_only_does_not_exist_for_the_public(client):
    practice(document(1, authors=(author("Sólo en borrador S.A."),)))
    assert client.get("/autores/solo-borrador/").status_code == 404


def test_criterion_filters_by_what_was_met(client):
    Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum", description="…")
    published(document(1, criteria=(Assessment("eficaz", "Eficaz", "minimum", "met"),)))
    published(document(2, criteria=(Assessment("eficaz", "Eficaz", "minimum", "not_met"),)))
    assert [r["code"] for r in results(client, "criterio=eficaz")["results"]] == ["BP-PRUEBA-SSPD-001-2020"]


@pytest.mark.parametrize(
    "query",
    [
        "pagina=" + "9" * 5000,
        "pagina=-1",
        "pagina=%00",
        "q=%00",
        "q=" + "a" * 10_000,
        "categoria=%F0%9F%8E%89",
        "anio=99999999999999999999",
        "orden=%27",
        "autor=" + "x&autor=" * 500,
        "%FF=%FE",
        "q=%FF",
        "q[]=1",
    ],
)
@pytest.mark.parametrize("address", ["/practicas/", "/practicas.json", "/en/practicas/"])
def test_whatever_a_stranger_types_is_answered(client, address, query):
    published(rich_document(1))
    assert client.get(f"{address}?{query}").status_code == 200


def test_what_was_typed_comes_back_escaped(client):
    body = client.get("/practicas/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_only_reading_is_allowed(client):
    for address in ("/", "/practicas/", "/practicas.json", "/criterios/"):
        assert client.post(address).status_code == 405


def test_json_is_readable_utf_8(client):
    published(document(1, title="Atención"))
    assert "Atención" in client.get("/practicas.json").content.decode()
    assert json.loads(client.get("/practicas.json").content)["results"][0]["title"] == "Atención"
