"""How the page of a comparison walks its rows."""

from collections.abc import Iterable
from typing import Any

from django import template

from practices.exchange.writers.figures import Figure

register = template.Library()


@register.filter
def beside(cells: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each column with its cell."""
    return list(zip(columns, cells, strict=True))


@register.filter
def shared_period(figures: Iterable[Figure]) -> str:
    """The period of several figures where all of them share one: it is said once."""
    periods = [figure.period for figure in figures]
    return periods[0] if len(periods) > 1 and len(set(periods)) == 1 else ""
