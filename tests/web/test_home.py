"""The home page: ways in, the map and its equal, the newest, and what a good practice is."""

import re

import pytest
from django.core.management import call_command

from practices.document import Coverage
from tests.factories import practice, published, rich_document

pytestmark = pytest.mark.django_db
MARKER = "Palabraquenadiedebever"


def test_the_map_and_its_list_lead_to_the_same_lists(client):
    published(rich_document(1))
    published(rich_document(2))
    practice(rich_document(3, title=MARKER))
    page = client.get("/en/").content.decode()
    drawn = re.findall(r'<a href="(/en/practicas/\?departamento=\d+)"[^>]*aria-label="([^"]*)"', page)
    listed = re.findall(r'<li><a href="(/en/practicas/\?departamento=\d+)">', page)
    assert drawn == [("/en/practicas/?departamento=17", "Caldas: 2 practices")]
    assert listed == ["/en/practicas/?departamento=17"]
    assert MARKER not in page


def test_a_national_practice_is_no_department_on_the_map(client):
    published(rich_document(1, coverage=Coverage("Todo el país", national=True)))
    assert "departamento=" not in client.get("/en/").content.decode()


def test_an_empty_catalogue_says_so_and_still_says_what_a_good_practice_is(client):
    call_command("load_vocabulary", verbosity=0)
    page = client.get("/en/").content.decode()
    assert "No practice has been published yet." in page
    assert re.findall(r'<a href="/en/criterios/#([\w-]+)">', page) == [
        "eficaz",
        "eficiente",
        "centrado-en-el-usuario",
        "replicable-y-adaptable",
    ]


@pytest.mark.django_db(transaction=True)
def test_home_costs_three_queries_for_one_and_for_three(client, django_assert_num_queries):
    """The catalogue version, the newest publications, the criteria."""
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get("/")
        with django_assert_num_queries(3):
            client.get("/")
