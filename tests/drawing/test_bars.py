from decimal import Decimal

import pytest

from practices.drawing.bars import Bar, bar_chart


def rows(*values):
    return [(f"fila {n}", Decimal(value), str(value)) for n, value in enumerate(values, 1)]


def test_bars_are_measured_from_a_common_zero():
    chart = bar_chart("usuarios", rows(200, 50, 0))
    assert chart.bars == (
        Bar("fila 1", "200", 2.0, 100.0),
        Bar("fila 2", "50", 14.0, 25.0),
        Bar("fila 3", "0", 26.0, 0.0),
    )
    assert chart.view_box == "0 0 100 36"


def test_small_value_is_still_seen():
    assert bar_chart("u", rows(1_000_000, 1)).bars[1].width == 0.5


@pytest.mark.parametrize("values", [(), (1,), (0, 0), (3, -1)])
def test_chart_that_would_say_nothing_is_not_drawn(values):
    assert bar_chart("u", rows(*values)) is None
