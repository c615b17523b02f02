"""The list as a page: how long it is, how it is shown, what its links carry, the map that filters."""

import re

import html5lib
import pytest
from django.http import QueryDict
from django.utils.translation import override

from practices.browse import Selection
from practices.document import Coverage, Place
from practices.editorial.bulk import publish_documents
from practices.models.vocabulary import Department
from practices.templatetags.catalogue import canonical_query, years
from practices.templatetags.maps import department_areas
from practices.templatetags.panels import sizes, views
from tests.factories import document, published, rich_document
from tests.web.shown import ListShown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spanish():
    """What is drawn here without a request must not speak the language of the request before it."""
    with override("es-co"):
        yield


def cells(html: str) -> list[list[str]]:
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    rows = tree.findall(".//tr")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]


@pytest.fixture(scope="module")
def forty_five(module_database):
    list(publish_documents(document(number) for number in range(1, 46)))


@pytest.mark.parametrize(
    ("query", "on_page", "pages"),
    [
        ("", 20, 3),
        ("tamano=20", 20, 3),
        ("tamano=50", 45, 1),
        ("tamano=100", 45, 1),
        ("tamano=7", 20, 3),
        ("tamano=1000", 20, 3),
        ("tamano=50&tamano=x", 20, 3),
        ("tamano=%00", 20, 3),
        ("tamano=-20", 20, 3),
        ("tamano=5%D9%A0", 20, 3),
        ("tamano=" + "9" * 5000, 20, 3),
    ],
)
def test_page_and_json_hold_as_many_as_asked_for(client, forty_five, query, on_page, pages):
    shown = ListShown.at(client, f"/practicas/?{query}")
    data = client.get(f"/practicas.json?{query}").json()
    assert (len(shown.codes), shown.pages, shown.count) == (on_page, pages, 45)
    assert (len(data["results"]), data["pages"]) == (on_page, pages)


def test_size_goes_from_page_to_page_and_view_does_not_reach_the_data(client):
    list(publish_documents(document(number) for number in range(1, 52)))
    query = "orden=titulo&tamano=50&vista=tabla"
    shown = client.get(f"/practicas/?{query}").content.decode()
    assert 'href="/practicas/?orden=titulo&amp;tamano=50&amp;vista=tabla&amp;pagina=2" rel="next"' in shown
    following = client.get(f"/practicas.json?{query}").json()["next"]
    assert following == "http://testserver/practicas.json?orden=titulo&tamano=50&pagina=2"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("tamano=20&vista=lista", ""),
        ("vista=tabla&tamano=50&orden=titulo&pagina=2", "orden=titulo&tamano=50&vista=tabla&pagina=2"),
        ("vista=TABLA&tamano=050", ""),
        ("vista=tabla&vista=%3Cscript%3E", ""),
    ],
)
def test_query_string_says_only_a_size_and_a_view_that_are_not_the_usual(query, canonical):
    published(document(1))
    pages = int(query.endswith("pagina=2")) + 1
    assert Selection.from_query(QueryDict(query)).query_string(page=pages) == canonical


def test_search_engines_see_one_list_whatever_its_size_and_view():
    published(document(1))
    selection = Selection.from_query({"categoria": "nada", "tamano": "50", "vista": "tabla", "orden": "titulo"})
    assert (canonical_query(selection, 1), canonical_query(selection, 2)) == ("", "?tamano=50&pagina=2")


def test_table_says_of_each_practice_what_its_card_says(client):
    published(rich_document(1, title="Contacto virtual"))
    head, row = cells(client.get("/en/practicas/?vista=tabla&q=contacto").content.decode())
    assert head == ["Practice", "Author", "Category", "Place", "Year", "Main figure"]
    assert row == [
        "Contacto virtual BP-PRUEBA-SSPD-001-2020",
        "Aguas de Prueba S.A. E.S.P.",
        "Funcionamiento de las oficinas",
        "Caldas – Manizales",
        "2020",
        "355 peticiones resueltas",
    ]


def test_table_of_practices_that_say_little_is_valid(client):
    published(document(1, coverage=Coverage(national=True)))
    _head, row = cells(client.get("/practicas/?vista=tabla").content.decode())
    assert row[3:] == ["Nacional", "", ""]


def test_years_are_said_as_written_where_none_is_sure():
    one = rich_document().implemented
    said = [
        years(document(implemented=type(one)(text, start, end)))
        for text, start, end in [
            ("Abril de 2020", "2020-04", "2020-04"),
            ("2019 a 2022", "2019", "2022"),
            ("Desde 2007", "2007", ""),
            ("Martes 6 de agosto", "", ""),
            ("", "", ""),
        ]
    ]
    assert said == ["2020", "2019–2022", "2007", "Martes 6 de agosto", ""]


@pytest.mark.parametrize(
    ("address", "carried"),
    [
        ("/practicas/", ""),
        ("/practicas/?categoria=oficinas&x=1", "?categoria=oficinas"),
        (
            "/practicas/?categoria=oficinas&vista=tabla&tamano=50&pagina=2",
            "?categoria=oficinas&amp;tamano=50&amp;vista=tabla",
        ),
        ("/practicas/?q=pr%C3%A1ctica&orden=titulo&pagina=9", "?q=pr%C3%A1ctica&amp;orden=titulo"),
        ("/", ""),
        ("/autores/aguas-prueba/", ""),
    ],
)
def test_link_of_a_practice_carries_the_selection_it_was_found_in(client, address, carried):
    published(rich_document(1))
    shown = client.get(address).content.decode()
    assert re.findall(r'href="/practicas/BP-PRUEBA-SSPD-001-2020/([^"]*)"', shown) == [carried]


def test_department_on_the_map_is_added_to_what_is_chosen_and_taken_back():
    published(rich_document(1))
    Department.objects.create(code="11", name="Bogotá, D.C.")
    published(document(2, coverage=Coverage("Bogotá", departments=(Place("11", "Bogotá, D.C."),))))
    published(document(3, coverage=Coverage(national=True)))
    drawn = {a.code: a for a in department_areas(Selection.from_query({"departamento": "17", "orden": "titulo"}))}
    assert [(a.name, a.count, a.shade, a.address, a.selected) for a in (drawn["11"], drawn["17"], drawn["05"])] == [
        ("Bogotá, D.C.", 1, 5, "/practicas/?departamento=11&departamento=17&orden=titulo", False),
        ("Caldas", 1, 5, "/practicas/?orden=titulo", True),
        ("Antioquia", 0, 0, "", False),
    ]


def test_sizes_and_views_know_which_is_in_force():
    published(document(1))
    selection = Selection.from_query({"tamano": "50", "vista": "tabla"})
    assert [(size.value, size.selected) for size in sizes(selection)] == [("", False), ("50", True), ("100", False)]
    assert [(view.key, view.query, view.selected) for view in views(selection)] == [
        ("lista", "tamano=50", False),
        ("tabla", "tamano=50&vista=tabla", True),
    ]


def test_place_where_a_word_was_found_is_said_once_and_marked(client):
    published(rich_document(1))
    shown = client.get("/practicas/?q=manizales&anio=2020").content.decode()
    assert "<li>Caldas – <mark>Manizales</mark></li>" in shown
    assert "card-passage" not in shown


def test_cards_can_be_ticked_for_comparison(client):
    published(rich_document(1, title="Una & otra"))
    shown = client.get("/practicas/?categoria=oficinas").content.decode()
    html5lib.HTMLParser(strict=True).parse(shown)
    assert '<form class="compare" action="/comparar/" method="get">' in shown
    assert '<input type="checkbox" name="codigo" value="BP-PRUEBA-SSPD-001-2020">' in shown
    assert '<span class="unseen" lang="es">Una &amp; otra</span>' in shown


QUERIES = {"": 2, "vista=tabla": 2, "tamano=100&q=practica": 2, "departamento=17": 2}


@pytest.mark.django_db(transaction=True)
def test_list_costs_the_same_for_one_for_three_and_for_twenty(client, django_assert_num_queries):
    """The catalogue version and the cards, of a search with the words to mark."""
    for number in range(1, 21):
        published(rich_document(number))
        for query, queries in QUERIES.items() if number in (1, 3, 20) else ():
            client.get(f"/practicas/?{query}")
            with django_assert_num_queries(queries, info=query):
                client.get(f"/practicas/?{query}")
