"""Whatever is chosen, the page and its JSON hold the same practices, page by page."""

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.browse.parameters import ORDERS, SIZES
from practices.document import Category, Service
from tests.factories import author, published, rich_document
from tests.web.shown import ListShown

pytestmark = pytest.mark.django_db
CATEGORIES = (Category("oficinas", "Oficinas", 1), Category("facturacion", "Facturación", 2), None)
SERVICES = (Service("acueducto", "Acueducto"), Service("energia", "Energía eléctrica"))
AUTHORS = (author(), author("Otra S.A."))
WORDS = ("práctica", "camiones", "motos", "camion", "camines", "xilocarpo", "12", "")
MANY = 45


@pytest.fixture(scope="module")
def collection(module_database):
    for number in range(1, MANY + 1):
        published(
            rich_document(
                number,
                title=f"Práctica {number % 7}",
                summary="Se usaron camiones." if number % 3 else "Se usaron motos.",
                category=CATEGORIES[number % 3],
                services=(SERVICES[number % 2],),
                authors=(AUTHORS[number % 5 == 0],),
            )
        )


def some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from((*values, "nada")), max_size=2)


selections = st.fixed_dictionaries(
    {
        "q": st.sampled_from(WORDS).map(lambda word: [word]),
        "categoria": some("oficinas", "facturacion"),
        "servicio": some("acueducto", "energia"),
        "autor": some("aguas-prueba", "otra"),
        "departamento": some("17"),
        "orden": some(*ORDERS),
        "tamano": some(*map(str, SIZES)),
        "vista": some("tabla"),
        "pagina": st.sampled_from(["", "1", "2", "3", "99", "x"]).map(lambda number: [number]),
    }
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=selections)
def test_json_of_a_selection_holds_what_its_page_shows(collection, client, chosen):
    query = urlencode(chosen, doseq=True)
    told = client.get(f"/practicas.json?{query}").json()
    shown = ListShown.at(client, f"/practicas/?{query}")
    assert [one["code"] for one in told["results"]] == shown.codes
    assert (told["count"], told["page"], told["pages"]) == (shown.count, shown.page, shown.pages)
    assert told["sentence"] == shown.sentence


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=selections)
def test_pages_of_a_selection_lead_through_all_of_it_and_back(collection, client, chosen):
    query = urlencode({**chosen, "pagina": []}, doseq=True)
    address, before, seen = f"http://testserver/practicas.json?{query}", None, []
    while address:
        told = client.get(address.removeprefix("http://testserver")).json()
        assert told["page"] == len(seen) + 1
        if before:
            assert client.get(told["previous"].removeprefix("http://testserver")).json()["results"] == seen[-1]
        seen.append(told["results"])
        before, address = told, told["next"]
    codes = [one["code"] for results in seen for one in results]
    assert len(codes) == len(set(codes)) == told["count"]
    assert len(seen) == told["pages"]
