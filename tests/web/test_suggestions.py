"""What the search box offers, a whole code that leads to its practice, and the marks of a list."""

import pytest

from practices.document import Category
from practices.editorial.publishing import withdraw
from tests.factories import author, document, practice, published, rich_document

pytestmark = pytest.mark.django_db

ADDRESS = "/buscar/sugerencias.json"


def suggested(client, text: str, address: str = ADDRESS) -> list[tuple[str, str]]:
    return [(s["kind"], s["label"]) for s in client.get(address, {"q": text}).json()["suggestions"]]


@pytest.fixture(scope="module")
def three(module_database):
    manizales = author("AGUAS DE MANIZALES S.A E.S.P.")
    published(document(1, title="Atención integral", authors=(manizales,)))
    published(document(2, title="Atención rural", category=Category("atencion", "Atención", 2, "2. Atención")))
    withdraw(published(document(3, title="Atención retirada", authors=(author("Retirada S.A."),))).practice, "Motivo")
    practice(document(4, title="Atención en borrador"))


def test_practices_authors_and_categories_are_suggested(client, three):
    assert suggested(client, "atenci") == [
        ("practice", "Atención rural"),
        ("practice", "Atención integral"),
        ("category", "2. Atención"),
    ]
    assert ("author", "AGUAS DE MANIZALES S.A E.S.P.") in suggested(client, "maniza")
    assert suggested(client, "retirada") == []


def test_a_suggestion_says_where_it_leads(client, three):
    data = client.get("/en" + ADDRESS, {"q": "atencion"}).json()
    assert data == {
        "q": "atencion",
        "suggestions": [
            {
                "kind": "practice",
                "label": "Atención rural",
                "url": "/en/practicas/BP-PRUEBA-SSPD-002-2020/",
                "code": "BP-PRUEBA-SSPD-002-2020",
            },
            {
                "kind": "practice",
                "label": "Atención integral",
                "url": "/en/practicas/BP-PRUEBA-SSPD-001-2020/",
                "code": "BP-PRUEBA-SSPD-001-2020",
            },
            {"kind": "category", "label": "2. Atención", "url": "/en/practicas/?categoria=atencion"},
        ],
    }


@pytest.mark.parametrize("typed", ["BP-PRUEBA-SSPD-00", "bp prueba 1", "sspd-001", "sspd001", "001-2020"])
def test_a_code_broken_off_is_suggested(client, three, typed):
    assert ("practice", "Atención integral") in suggested(client, typed)


def test_at_most_eight_with_room_for_authors_and_categories(client):
    for number in range(1, 12):
        category = Category(f"agua-{number}", f"Agua {number}", number)
        published(
            document(number, title=f"Agua {number}", authors=(author(f"Agua {number} S.A."),), category=category)
        )
    kinds = [kind for kind, _label in suggested(client, "agua")]
    assert kinds == ["practice"] * 3 + ["author"] * 3 + ["category"] * 2


@pytest.mark.parametrize("short", ["", "a", " ", "¿?", "🎉", "\u202e"])
def test_too_little_suggests_nothing_and_asks_nothing(client, django_assert_num_queries, short):
    with django_assert_num_queries(0):
        assert suggested(client, short) == []


@pytest.mark.parametrize(
    "hostile", ['"', "a*", "NEAR(a b, 2)", "tarifa\x00", "a" * 10_000, "a " * 5_000, "%s", "<script>", "\ufffd", "--"]
)
def test_hostile_text_is_only_text(client, three, hostile):
    response = client.get(ADDRESS, {"q": hostile})
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert len(response.json()["suggestions"]) <= 8


def test_answers_may_be_kept_for_a_minute_and_are_only_read(client):
    assert client.get(ADDRESS, {"q": "ag"})["Cache-Control"] == "public, max-age=60"
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_suggestions_cost_few_queries(client, django_assert_max_num_queries):
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get(ADDRESS, {"q": "practica"})
        with django_assert_max_num_queries(4):
            client.get(ADDRESS, {"q": "practica"})


@pytest.mark.parametrize(
    "typed",
    ["BP-PRUEBA-SSPD-001-2020", "bp prueba sspd 1 2020", "bppruebasspd0012020", "código BP-PRUEBA-SSPD-001-2020"],
)
def test_a_whole_code_leads_to_its_practice(client, three, typed):
    response = client.get("/practicas/", {"q": typed})
    assert (response.status_code, response.get("Location")) == (302, "/practicas/BP-PRUEBA-SSPD-001-2020/")
    assert client.get("/en/practicas/", {"q": typed})["Location"] == "/en/practicas/BP-PRUEBA-SSPD-001-2020/"
    assert client.get("/practicas.json", {"q": typed}).json()["count"] == 1


@pytest.mark.parametrize(
    "query", ["q=001-2020", "q=BP-PRUEBA-SSPD-003-2020", "q=BP-PRUEBA-SSPD-004-2020", "q=manizales"]
)
def test_less_than_the_code_of_a_current_practice_is_a_list(client, three, query):
    assert client.get(f"/practicas/?{query}").status_code == 200


def test_a_code_with_something_else_chosen_is_a_list(client):
    published(rich_document(1))
    assert client.get("/practicas/?q=BP-PRUEBA-SSPD-001-2020&categoria=oficinas").status_code == 200


def test_cards_of_a_search_mark_its_words_escaped(client):
    published(
        document(1, title="La <b>tarifa</b>", summary="Una tárifa & un <script>.", authors=(author("Tarifa SA"),))
    )
    shown = client.get("/practicas/?q=tarifas").content.decode()
    assert "La &lt;b&gt;<mark>tarifa</mark>&lt;/b&gt;</a>" in shown
    assert '<p class="card-passage" lang="es">Una <mark>tárifa</mark> &amp; un &lt;script&gt;.</p>' in shown
    assert "<mark>Tarifa</mark> SA" in shown


def test_cards_without_a_search_have_no_marks(client):
    published(document(1))
    for address in ("/", "/practicas/", "/autores/aguas-prueba/"):
        shown = client.get(address).content.decode()
        assert "<mark>" not in shown
        assert "card-passage" not in shown
