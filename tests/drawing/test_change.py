from decimal import Decimal

import pytest

from practices.drawing.change import Change, change_between, change_chart

ROWS = (("Antes", "12 días"), ("Después", "3 días"))


@pytest.mark.parametrize(
    ("before", "after", "unit", "better", "percent", "points", "turn"),
    [
        ("12", "3", "días", "less", "-75", None, "better"),
        ("12", "3", "días", "more", "-75", None, "worse"),
        ("3", "12", "días", "", "300", None, ""),
        ("1000", "1005", "usuarios", "more", "0.5", None, "better"),
        ("80", "98.5", "%", "more", None, "18.5", "better"),
        ("0", "9", "quejas", "less", None, None, "worse"),
        ("-4", "9", "", "more", None, None, "better"),
        ("5", "5", "días", "less", "0.0", None, ""),
        ("1e-300", "1e300", "", "more", None, None, "better"),
    ],
)
def test_a_change_is_said_as_a_part_or_in_points(before, after, unit, better, percent, points, turn):
    change = change_between(Decimal(before), Decimal(after), unit, better)
    wanted = [None if value is None else Decimal(value) for value in (percent, points)]
    assert (change.percent, change.points, change.turn) == (*wanted, turn)


def test_two_bars_stand_for_before_and_after():
    chart = change_chart(change_between(Decimal(12), Decimal(3), "días", "less"), "días", ROWS)
    assert [(bar.label, bar.shown, bar.width) for bar in chart.bars] == [
        ("Antes", "12 días", 100.0),
        ("Después", "3 días", 25.0),
    ]


@pytest.mark.parametrize(("before", "after"), [(5, 5), (0, 0), (-1, 4)])
def test_no_bars_where_they_would_say_nothing(before, after):
    assert change_chart(Change(Decimal(before), Decimal(after), None, None, ""), "días", ROWS) is None
