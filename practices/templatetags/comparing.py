"""How the page of a comparison walks its rows."""

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()


@register.filter
def beside(cells: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each column with its cell."""
    return list(zip(columns, cells, strict=True))
