"""Queries that nearly every page asks: written as querysets, compiled once, and then only run.

To compile a queryset takes Django longer than any of these takes the database.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from .reading import database

Row = tuple[Any, ...]


class Prepared:
    """Rows of a `values_list` of fields; `build` makes it of as many values as it is later asked with.

    A value may stand in the query as a text or a whole number, as `kinds` say, never as None, whose SQL is another.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Row]"], *kinds: type) -> None:
        self._build = build
        self._marks = [_mark(kind, place) for place, kind in enumerate(kinds)]
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, *values: str | int) -> list[Row]:
        """One query. Raises KeyError for another number of values."""
        vendor = database().vendor
        if vendor not in self._compiled:
            self._compiled[vendor] = _Compiled(self._build(*self._marks), self._marks)
        return self._compiled[vendor].rows(values)

    def row(self, *values: str | int) -> Row | None:
        """The first of them. One query."""
        return next(iter(self.rows(*values)), None)


def _mark(kind: type, place: int) -> str | int:
    """A value that no other value of a query equals, and that fits every field of its kind."""
    return 1_987_654_321 + place if kind is int else f"\N{REPLACEMENT CHARACTER}{place}"


class _Compiled:
    def __init__(self, queryset: "QuerySet[Any, Row]", marks: list[str | int]) -> None:
        self._compiler = queryset.query.get_compiler(queryset.db)
        self._sql, params = self._compiler.as_sql()
        self._params = [(marks.index(param) if param in marks else -1, param) for param in params]

    @cached_property
    def _converters(self) -> Any:
        return self._compiler.get_converters([column for column, _sql, _alias in self._compiler.select])

    def rows(self, values: tuple[str | int, ...]) -> list[Row]:
        with database().cursor() as cursor:
            cursor.execute(self._sql, [values[place] if place >= 0 else fixed for place, fixed in self._params])
            found = cursor.fetchall()
        if self._converters:
            return list(map(tuple, self._compiler.apply_converters(found, self._converters)))
        return found
