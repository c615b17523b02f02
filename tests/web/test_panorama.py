"""The panorama: what it counts is what the lists give, and what it lacks is said."""

import csv
import io
import re
from collections import Counter
from decimal import Decimal
from itertools import product
from random import Random
from urllib.parse import urlencode

import html5lib
import pytest

from practices.document import Category, Coverage, Implementation, Metric, Place, PracticeDocument, Service
from practices.editorial.publishing import withdraw
from practices.models.vocabulary import Department
from tests.factories import author, document, practice, published, rich_document
from tests.web.shown import ListShown

pytestmark = pytest.mark.django_db

CALDAS, TOLIMA, VAUPES = Place("17", "Caldas"), Place("73", "Tolima"), Place("97", "Vaupés")
CATEGORIES = (Category("oficinas", "Oficinas", 1, "1. Oficinas"), Category("aseo", "Aseo", 2, "2. Aseo"), None)
SERVICES = (Service("acueducto", "Acueducto"), Service("aseo", "Aseo"))
FACETS = {
    "years": "anio",
    "categories": "categoria",
    "services": "servicio",
    "departments": "departamento",
    "authors": "autor",
}


@pytest.fixture(scope="module")
def departments(module_database):
    for place in (CALDAS, TOLIMA, VAUPES):
        Department.objects.create(code=place.code, name=place.name)


@pytest.fixture(scope="module")
def collection(departments) -> list[PracticeDocument]:
    """Forty practices that differ in everything that is counted; nobody works in Vaupés."""
    random = Random(5)  # noqa: S311
    made = [various(number, random) for number in range(1, 41)]
    for each in made:
        published(each)
    return made


def various(number: int, random: Random) -> PracticeDocument:
    start = random.choice((2015, 2019, 2020, None))
    national = random.random() < 0.2
    places = () if national else tuple(p for p in (CALDAS, TOLIMA) if random.random() < 0.6)
    unit = random.choice(("usuarios", "peticiones", "%"))
    return document(
        number,
        category=random.choice(CATEGORIES),
        services=tuple(s for s in SERVICES if random.random() < 0.6),
        authors=(author(f"Empresa {random.choice('ABCD')}"),),
        coverage=Coverage("", national=national, departments=places),
        implemented=Implementation("", f"{start}", f"{start + random.randint(0, 2)}", "year")
        if start
        else Implementation(),
        metrics=(Metric(f"{number} {unit}", unit, Decimal(number), unit),) if random.random() < 0.7 else (),
    )


def data(client, query: str = "") -> dict:
    return client.get(f"/panorama.json?{query}").json()


def listed(client, query: str) -> list[dict]:
    """Everything that the list holds, all of its pages."""
    address, found = f"/practicas.json?{query}", []
    while address:
        page = client.get(address).json()
        found += page["results"]
        address = page["next"]
    return found


def counts(rows: list[dict]) -> dict[str, int]:
    return {row["value"]: row["count"] for row in rows if row["count"]}


def by_hand(results: list[dict]) -> dict[str, Counter]:
    return {
        "years": Counter(str(year) for r in results for year in r["years"]),
        "categories": Counter(r["category"]["value"] for r in results if r["category"]),
        "services": Counter(s["value"] for r in results for s in r["services"]),
        "departments": Counter(p["value"] for r in results for p in places_of(r)),
        "authors": Counter(a["value"] for r in results for a in r["authors"]),
    }


def places_of(result: dict) -> list[dict]:
    return [{"value": "nacional"}] if result["national"] else result["departments"]


def some_query(random: Random) -> str:
    values = {
        "categoria": ("oficinas", "aseo", "nada"),
        "servicio": ("acueducto", "aseo"),
        "departamento": ("17", "73", "97", "nacional"),
        "anio": ("2015", "2020", "2021"),
        "autor": ("empresa-a", "empresa-b"),
        "indicadores": ("si",),
        "q": ("práctica", "empresa a"),
    }
    pairs = [(name, value) for name, every in values.items() for value in every if random.random() < 0.15]
    return urlencode(pairs[-5:])


def test_numbers_are_those_counted_by_hand_over_the_list(client, collection):
    random = Random(7)  # noqa: S311
    for query in ["", *(some_query(random) for _ in range(24))]:
        results, found = listed(client, query), data(client, query)
        assert found["count"] == len(results), query
        assert {name: counts(found[name]) for name in FACETS} == by_hand(results), query


def test_matrix_is_counted_by_hand_too(client, collection):
    random = Random(11)  # noqa: S311
    for query in ["", *(some_query(random) for _ in range(12))]:
        matrix, results = data(client, query)["matrix"], listed(client, query)
        cells = Counter(
            (r["category"]["value"], p["value"]) for r in results if r["category"] for p in r["departments"]
        )
        rows, columns = ([v["value"] for v in matrix[name]] for name in ("categories", "departments"))
        expected = [[cells[row, column] for column in columns] for row in rows]
        assert matrix["counts"] == expected, query
        assert matrix["empty"] == sum(not count for row in expected for count in row)


def test_every_mark_leads_to_a_list_of_its_count(client, collection):
    queries = ("", "servicio=acueducto", "categoria=oficinas&departamento=17", "departamento=17&nacionales=si")
    for query in queries:
        for row in (row for name in FACETS for row in data(client, query)[name] if row["url"]):
            assert ListShown.at(client, row["url"].removeprefix("http://testserver")).count == row["count"]


def test_cells_and_figures_lead_to_a_list_of_their_count(client, collection):
    for query in ("", "servicio=acueducto&q=practica", "nacionales=si"):
        shown = client.get(f"/panorama/?{query}").content.decode()
        cells = re.findall(r'<td class="t[1-5]"><a href="([^"]+)">(\d+)</a>', shown)
        assert cells
        for address, count in cells:
            found = client.get(address.replace("&amp;", "&").replace("/practicas/", "/practicas.json"))
            assert found.json()["count"] == int(count), address


def test_value_beside_a_chosen_one_is_counted_without_a_list(client, departments):
    published(document(1, services=SERVICES))
    published(document(2, services=SERVICES[1:]))
    rows = {row["value"]: (row["count"], row["url"]) for row in data(client, "servicio=acueducto")["services"]}
    assert rows == {"acueducto": (1, "http://testserver/practicas/?servicio=acueducto"), "aseo": (1, None)}


def test_years_are_consecutive_and_those_without_any_are_zero(client):
    for number, year in ((1, "2015"), (2, "2018")):
        published(document(number, implemented=Implementation(year, year, year, "year")))
    assert [(row["value"], row["count"]) for row in data(client)["years"]] == [
        ("2015", 1),
        ("2016", 0),
        ("2017", 0),
        ("2018", 1),
    ]


def test_departments_without_any_practice_are_named(client, departments):
    published(document(1, category=CATEGORIES[0], coverage=Coverage("", departments=(CALDAS,))))
    published(document(2, category=CATEGORIES[1], coverage=Coverage("", departments=(CALDAS, TOLIMA))))
    matrix = data(client)["matrix"]
    assert matrix["counts"] == [[1, 0, 0], [1, 1, 0]]
    assert (matrix["cells"], matrix["empty"], matrix["departments_without"]) == (6, 3, ["97"])
    shown = client.get("/en/panorama/").content.decode()
    assert "Of 6 combinations of category and department, 3 have no practice" in shown
    assert '<span lang="es">Vaupés</span>' in shown


def test_only_what_can_honestly_be_added_is_added(client):
    metrics = [
        Metric("300 usuarios", "usuarios", Decimal(300), "usuarios"),
        Metric("1 usuario", "usuario", Decimal("1"), "usuario"),
        Metric("98 %", "satisfacción", Decimal(98), "%"),
        Metric("97 %", "satisfacción", Decimal(97), "%"),
        Metric("De 22 a 11 usuarios", "usuarios", Decimal(11), "usuarios", Decimal(22)),
        Metric("Ahorro de 2 MWh", "ahorro", Decimal(2), "MWh"),
        Metric("500 kWh ahorrados", "ahorrados", Decimal(500), "kWh"),
        Metric("Ahorro mensual de 9 kWh", "ahorro mensual", Decimal(9), "kWh"),
        Metric("3 medidores", "medidores", Decimal(3), "medidores"),
    ]
    for number, metric in enumerate(metrics, 1):
        published(document(number, metrics=(metric, Metric("7 usuarios", "usuarios", Decimal(7), "usuarios"))))
    assert data(client)["figures"] == {
        "practices": 9,
        "added": 4,
        "alone": 1,
        "apart": 4,
        "totals": [
            {"unit": "kWh", "done": "ahorro o reducción", "value": "2500", "practices": 2},
            {"unit": "usuarios", "done": "", "value": "301", "practices": 2},
        ],
    }


def test_totals_are_those_counted_by_hand(client, collection):
    totals = {t["unit"]: (Decimal(t["value"]), t["practices"]) for t in data(client)["figures"]["totals"]}
    for unit in ("usuarios", "peticiones"):
        values = [d.headline.value for d in collection if d.headline and d.headline.unit == unit]
        assert totals[unit] == (sum(values), len(values))
    assert list(totals) != []


def test_what_is_not_published_is_never_counted(client, departments):
    odd = {
        "category": Category("xilocarpo", "Xilocarpo", 9, "9. Xilocarpo"),
        "authors": (author("Xilocarpo S.A."),),
        "coverage": Coverage("", departments=(VAUPES,)),
        "implemented": Implementation("1999", "1999", "1999", "year"),
        "metrics": (Metric("5 usuarios", "usuarios", Decimal(5), "usuarios"),),
    }
    published(document(1, category=CATEGORIES[0], coverage=Coverage("", departments=(CALDAS,))))
    practice(rich_document(2, **odd))
    withdraw(published(rich_document(3, **odd)).practice, "Motivo")
    found = data(client)
    assert (found["count"], found["figures"]["practices"], found["figures"]["alone"]) == (1, 0, 0)
    assert counts(found["departments"]) == {"17": 1}
    assert found["matrix"]["counts"] == [[1, 0, 0]]
    tables = [client.get(f"/panorama.csv?tabla={name}").content.decode() for name in ("autor", "matriz", "totales")]
    pages = [client.get(address).content.decode() for address in ("/panorama/", "/en/panorama/", "/panorama.json")]
    assert "xilocarpo" not in "".join([*tables, *pages]).casefold()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/panorama/", "/panorama/?servicio=acueducto", "/panorama.csv", "/panorama.json"])
def test_panorama_costs_two_queries_for_one_and_for_three(client, django_assert_num_queries, address):
    """The catalogue version and the departments; what changed since is read by the first visit."""
    for number in (1, 2, 3):
        published(rich_document(number))
        client.get(address)
        with django_assert_num_queries(2):
            client.get(address)


@pytest.mark.django_db(transaction=True)
def test_kept_figures_follow_what_is_published_and_withdrawn(client):
    first = published(rich_document(1))
    assert data(client)["figures"]["alone"] == 1
    published(rich_document(2))
    assert data(client)["figures"]["totals"] == [{"unit": "peticiones", "done": "", "value": "710", "practices": 2}]
    withdraw(first.practice, "Motivo")
    assert (data(client)["figures"]["totals"], data(client)["figures"]["alone"]) == ([], 1)


def read(response) -> list[list[str]]:
    text = response.content.decode("utf-8")
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_each_table_can_be_taken_as_csv(client, collection):
    whole = data(client)
    for name, table in {"anio": "years", "autor": "authors", "categoria": "categories"}.items():
        rows = read(client.get(f"/panorama.csv?tabla={name}"))[1:]
        assert rows == [[row["label"], str(row["count"])] for row in whole[table]]
    rows = read(client.get("/panorama.csv?tabla=departamento"))[1:]
    assert rows == [[row["value"], row["label"], str(row["count"])] for row in whole["departments"]]
    matrix = read(client.get("/panorama.csv?tabla=matriz"))
    assert matrix[0][1:] == [place["label"] for place in whole["matrix"]["departments"]]
    assert [row[1:] for row in matrix[1:]] == [[str(n) for n in row] for row in whole["matrix"]["counts"]]
    totals = read(client.get("/panorama.csv?tabla=totales"))[1:]
    assert [row[2] for row in totals] == [total["value"] for total in whole["figures"]["totals"]]


def test_unknown_table_is_the_first_and_the_file_is_named_after_the_selection(client, collection):
    response = client.get("/en/panorama.csv?tabla=nada&categoria=oficinas")
    assert response.content == client.get("/en/panorama.csv?tabla=anio&categoria=oficinas").content
    assert re.fullmatch(
        r'attachment; filename="practices-by-year-\d+-practices-category-1-oficinas\.csv"',
        response["Content-Disposition"],
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_nothing_in_a_table_is_a_formula(client):
    for number, name in enumerate(("=CMD()", "+1", "-2", "@x", "=2"), 1):
        published(document(number, authors=(author(f"{name} Empresa {number * 11}"),)))
    labels = [row[0] for row in read(client.get("/panorama.csv?tabla=autor"))[1:]]
    assert len(labels) == 5
    assert all(label.startswith("'") for label in labels)


@pytest.mark.parametrize(
    "address",
    ["/panorama/", "/en/panorama/", *(f"/panorama/?{q}" for q in ("categoria=oficinas&anio=2020", "q=inexistente"))],
)
def test_page_is_valid_html(client, collection, address):
    shown = client.get(address).content.decode()
    html5lib.HTMLParser(strict=True).parse(shown)
    assert (shown.count("<h1"), " style=" in shown) == (1, False)
    identifiers = re.findall(r'\bid="([^"]+)"', shown)
    assert len(identifiers) == len(set(identifiers))
    assert set(re.findall(r'(?:href="#|\bfor="|labelledby=")([^" ]+)"', shown)) <= set(identifiers)


def test_page_of_nothing_says_so(client):
    assert "No practice has been published yet." in client.get("/en/panorama/").content.decode()


def test_form_keeps_what_is_chosen_elsewhere(client, collection):
    shown = client.get("/panorama/?q=practica&anio=2019&anio=2020&categoria=oficinas").content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', shown)
    assert hidden == [("q", "practica"), ("anio", "2019"), ("anio", "2020")]
    assert '<option value="oficinas" selected' in shown
    assert 'id="anio"' not in shown


@pytest.fixture(scope="module")
def one(module_database):
    published(rich_document(1))


@pytest.mark.parametrize(
    "query",
    [
        f"{a}&{b}"
        for a, b in product(
            ("tabla=%00", "tabla=" + "x" * 9_000, "tabla=", "anio=9999999999999"),
            ("q=%FF", "q[]=1", "autor=" + "x&autor=" * 200),
        )
    ],
)
def test_whatever_a_stranger_types_is_answered(client, one, query):
    for address in ("/panorama/", "/panorama.csv", "/panorama.json"):
        assert client.get(f"{address}?{query}").status_code == 200
