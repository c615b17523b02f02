"""Documents side by side: figures of one unit in one row, and rows that say the same in all."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from practices.document import Assessment, Call, Coverage, Implementation, Metric, Place
from practices.exchange.writers.comparison_json import aligned_metrics
from practices.exchange.writers.comparison_table import Table, common_units, comparison_table, unit_key
from tests.factories import OFFICES, WATER, author, document


@pytest.fixture(autouse=True)
def _in_english():
    """Labels are said in the language in force when they are read."""
    with override("en"):
        yield


def table(*documents) -> Table:
    return comparison_table(documents, "en")


def row(found: Table, label: str):
    return next(row for row in found.rows if str(row.label) == label)


def quantities(found: Table, label: str) -> list[list[str]]:
    return [[f"{figure.quantity} {figure.measured}" for figure in cell] for cell in row(found, label).cells]


@pytest.mark.parametrize(
    ("one", "other"), [("usuarios", "Usuario"), ("días", "dia"), ("%", " % "), ("COP", "cop"), ("m³", "m3")]
)
def test_spellings_of_one_unit_are_one(one, other):
    assert unit_key(one) == unit_key(other)


@pytest.mark.parametrize(("one", "other"), [("%", "$"), ("hora", "horas al año"), ("casos", "casas"), ("%", "COP")])
def test_different_units_stay_apart(one, other):
    assert unit_key(one) != unit_key(other)


def test_figures_of_one_unit_stand_in_one_row_whatever_they_measure():
    found = table(
        document(
            1,
            metrics=(
                Metric("355 usuarios atendidos.", "usuarios atendidos", Decimal("355"), "usuarios"),
                Metric("98,5 % de cobertura.", "cobertura", Decimal("98.5"), "%"),
                Metric("5 días.", "plazo", Decimal("5"), "días"),
            ),
        ),
        document(2, metrics=(Metric("1 usuario contento.", "usuario contento", Decimal("1"), "Usuario"),)),
        document(3, metrics=(Metric("Menos del 3 % de quejas.", "quejas", Decimal("3"), "%", baseline=Decimal(9)),)),
    )
    assert quantities(found, "Usuarios") == [["355 usuarios atendidos"], ["1 Usuario contento"], []]
    assert quantities(found, "Percentage") == [["98.5 % cobertura"], [], ["3 % quejas"]]
    assert quantities(found, "Other figures") == [["5 días plazo"], [], []]
    assert row(found, "Percentage").cells[2][0].before == "9 %"


def test_pesos_are_aligned_and_written_as_money():
    found = table(
        document(1, metrics=(Metric("$ 5.487 millones.", "invertidos", Decimal("5_487_000_000"), "COP"),)),
        document(2, metrics=(Metric("$ 40.000 al mes.", "ahorro al mes", Decimal("40_000"), "COP"),)),
    )
    assert quantities(found, "Colombian pesos") == [["COP 5,487 million invertidos"], ["COP 40,000 ahorro al mes"]]


def test_a_unit_that_only_one_of_them_has_is_not_common():
    twice = (Metric("3 usos.", "usos", Decimal("3"), "usos"), Metric("4 usos.", "usos", Decimal("4"), "usos"))
    documents = [document(1, metrics=twice), document(2, metrics=(Metric("Muchos usos.", "usos", None, "usos"),))]
    assert common_units(documents) == {}
    found = table(*documents)
    assert [len(cell) for cell in row(found, "Figures in units of their own").cells] == [2, 1]


def test_rows_that_say_the_same_in_all_are_marked_and_can_be_left_out():
    found = table(
        document(1, category=OFFICES, services=(WATER,), limitations="Ninguna.", population="Todos."),
        document(2, category=OFFICES, services=(), limitations="NINGUNA", authors=(author("Otra S.A.", slug="otra"),)),
    )
    same = {str(row.label) for row in found.rows if row.same}
    assert same == {"Category", "What was done", "Limitations"}
    assert (len(found.rows), found.differing) == (6, 3)
    assert [str(row.label) for row in found.only_differences().rows] == ["Author", "Services", "Who benefits"]


def test_same_places_and_dates_are_the_same_however_they_are_written():
    caldas = {"departments": (Place("17", "Caldas"),)}
    found = table(
        document(1, coverage=Coverage("Caldas", **caldas), implemented=Implementation("Abril de 2020", "2020-04", "")),
        document(2, coverage=Coverage("En Caldas", **caldas), implemented=Implementation("04/2020", "2020-04", "")),
    )
    assert (row(found, "Where").same, row(found, "Implemented").same) == (True, True)
    assert row(found, "Where").cells == (("Caldas",), ("En Caldas",))


def test_what_none_of_them_says_is_named_once_and_has_no_row():
    context = table(document(1), document(2)).groups[0]
    assert [str(row.label) for row in context.rows] == ["Author"]
    assert [str(label) for label in context.silent] == [
        "Category",
        "Services",
        "Where",
        "Implemented",
        "Who benefits",
        "Call",
        "Distinction",
    ]


def test_each_criterion_is_a_row_the_minimum_ones_first():
    met, partly = Assessment("eficaz", "Eficaz", "minimum", "met"), Assessment("eficaz", "Eficaz", "minimum", "partly")
    novel = Assessment("novedoso", "Novedoso", "contest", "met")
    found = table(document(1, criteria=(novel, met)), document(2, criteria=(partly,)), document(3))
    (group,) = [group for group in found.groups if group.slug == "criterios"]
    assert [(row.label, [cell and cell.state for cell in row.cells], row.same) for row in group.rows] == [
        ("Eficaz", ["met", "partly", None], False),
        ("Novedoso", ["met", None, None], False),
    ]


def test_the_year_of_a_call_is_said_once():
    call = Call("andesco", "Premio Andesco 2020", 2020)
    found = table(document(1, call=call), document(2, call=Call("otro", "Otro", 2021)))
    assert row(found, "Call").cells == (("Premio Andesco 2020",), ("Otro (2021)",))


def test_aligned_figures_are_data_for_each_practice():
    documents = [
        document(1, metrics=(Metric("1 usuario.", "usuario", Decimal("1"), "usuario"),)),
        document(2, metrics=(Metric("2 usuarios.", "usuarios", Decimal("2"), "usuarios", period="2020"),)),
    ]
    assert aligned_metrics(documents) == [
        {
            "unit": "usuario",
            "values": [
                [{"label": "usuario", "value": 1, "baseline": None, "period": "", "text": "1 usuario."}],
                [{"label": "usuarios", "value": 2, "baseline": None, "period": "2020", "text": "2 usuarios."}],
            ],
        }
    ]
