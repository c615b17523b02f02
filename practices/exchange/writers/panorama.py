"""The panorama as tables: what the page draws, and what its CSV and its JSON hold."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.browse.amounts import Amount, Amounts
from practices.browse.panorama import Panorama, Row
from practices.browse.parameters import DEPARTMENT
from practices.drawing.columns import lengths
from practices.drawing.map import Area, areas, shade

from .figures import PESOS, quantity

MOST_AUTHORS = 15
Rows = Iterable[Sequence[Any]]
Address = Callable[[str], str]


@dataclass(frozen=True)
class Mark:
    """A value with its count, and the length of its bar or column, in hundredths of the longest one."""

    row: Row
    length: float


@dataclass(frozen=True)
class Tinted:
    """A cell of the matrix: its count, and how deep it is tinted, as on the map."""

    row: Row
    shade: int


@dataclass(frozen=True)
class Total:
    """A total as it is said: “2.350”, “$ 5.487 millones”."""

    quantity: str
    unit: str
    done: str
    count: int


class PanoramaPage:
    """Everything the template needs. No queries."""

    def __init__(self, panorama: Panorama, amounts: Amounts, language: str) -> None:
        self.panorama = panorama
        self.amounts = amounts
        self.language = language

    @cached_property
    def years(self) -> list[Mark]:
        return marks(self.panorama.years)

    @cached_property
    def categories(self) -> list[Mark]:
        return marks(self.panorama.categories)

    @cached_property
    def services(self) -> list[Mark]:
        return marks(self.panorama.services)

    @cached_property
    def authors(self) -> list[Mark]:
        """The first of them; where only one more is left out, it is there too."""
        few = MOST_AUTHORS + 1
        return marks(self.panorama.first_authors(few if self.panorama.author_count <= few else MOST_AUTHORS))

    @property
    def more_authors(self) -> int:
        return self.panorama.author_count - len(self.authors)

    @property
    def first_year(self) -> str:
        return self.panorama.years[0].label if self.panorama.years else ""

    @property
    def last_year(self) -> str:
        return self.panorama.years[-1].label if self.panorama.years else ""

    def areas(self, address: Address) -> list[Area]:
        """The departments as the map draws them; `address` makes the address of a list out of its query string."""
        rows = {row.value: row for row in self.panorama.places}
        chosen = self.panorama.selection.values(DEPARTMENT)
        leads = {code: address(row.query) for code, row in rows.items() if row.query is not None}
        return areas({code: row.count for code, row in rows.items()}, lambda code: leads.get(code, ""), chosen)

    @cached_property
    def grid(self) -> list[tuple[Row, list[Tinted]]]:
        rows = self.panorama.matrix.rows
        most = max((cell.count for _category, cells in rows for cell in cells), default=0)
        return [(category, [Tinted(cell, shade(cell.count, most)) for cell in cells]) for category, cells in rows]

    @cached_property
    def totals(self) -> list[Total]:
        return [_total(amount, self.language) for amount in self.amounts.totals]

    @property
    def unread(self) -> int:
        """Practices whose figures are texts, without a number that is sure."""
        amounts = self.amounts
        return self.panorama.with_figures.count - amounts.added - amounts.alone - amounts.apart

    @property
    def has_companions(self) -> bool:
        """Whether some values only come along with a chosen one, so that no list can ask for both."""
        panorama = self.panorama
        groups = (panorama.years, panorama.categories, panorama.services, panorama.departments)
        rows = [*chain(*groups), *(mark.row for mark in self.authors)]
        return any(row.count and row.query is None for row in rows)


def marks(rows: Sequence[Row]) -> list[Mark]:
    drawn = lengths([row.count for row in rows])
    return [Mark(row, length) for row, length in zip(rows, drawn, strict=True)]


def _total(amount: Amount, language: str) -> Total:
    number, scale = quantity(amount.value, amount.unit, language)
    said = f"{number} {scale}".strip() if amount.unit == PESOS else number
    return Total(said, amount.unit, amount.done, amount.count)


@dataclass(frozen=True)
class Table:
    """One table as data: the name it is asked for by, its title, and its rows of a panorama."""

    name: str
    title: str | Promise
    header: Callable[[Panorama], list[Any]]
    rows: Callable[[Panorama, Amounts], Rows]


def _counted(
    name: str, title: str | Promise, heading: str | Promise, rows: Callable[[Panorama], list[Row]], coded: bool = True
) -> Table:
    """A table of values with their counts; with their codes, where these say more than the labels."""
    return Table(
        name,
        title,
        lambda panorama: [*([_("Code")] if coded else []), heading, _("Practices")],
        lambda panorama, amounts: ([*([row.value] if coded else []), row.label, row.count] for row in rows(panorama)),
    )


def _grid_header(panorama: Panorama) -> list[Any]:
    return [_("Category"), *(place.label for place in panorama.matrix.departments)]


def _grid_rows(panorama: Panorama, amounts: Amounts) -> Rows:
    for category, cells in panorama.matrix.rows:
        yield [category.label, *(cell.count for cell in cells)]


def _total_rows(panorama: Panorama, amounts: Amounts) -> Rows:
    for total in amounts.totals:
        yield [total.unit, total.done, total.value, total.count]


TABLES = {
    table.name: table
    for table in (
        _counted(
            "anio",
            gettext_lazy("Practices by year"),
            gettext_lazy("Year"),
            lambda panorama: panorama.years,
            coded=False,
        ),
        _counted(
            "categoria",
            gettext_lazy("Practices by category"),
            gettext_lazy("Category"),
            lambda panorama: panorama.categories,
            coded=False,
        ),
        _counted(
            "servicio",
            gettext_lazy("Practices by service"),
            gettext_lazy("Service"),
            lambda panorama: panorama.services,
            coded=False,
        ),
        _counted(
            "departamento",
            gettext_lazy("Practices by department"),
            gettext_lazy("Department"),
            lambda panorama: panorama.departments,
        ),
        _counted(
            "autor",
            gettext_lazy("Practices by author"),
            gettext_lazy("Author"),
            lambda panorama: panorama.authors,
            coded=False,
        ),
        Table("matriz", gettext_lazy("Practices by category and department"), _grid_header, _grid_rows),
        Table(
            "totales",
            gettext_lazy("Totals of figures"),
            lambda panorama: [_("Unit"), _("What was done"), _("Total"), _("Practices")],
            _total_rows,
        ),
    )
}
"""By the name in `tabla=`; the first is the one that any other name gives."""


def table_named(name: str | None) -> Table:
    return TABLES.get(name or "") or next(iter(TABLES.values()))


def as_data(panorama: Panorama, amounts: Amounts, address: Address) -> dict[str, Any]:
    """Everything as plain values; `address` makes the address of a list out of its query string."""

    def listed(rows: Iterable[Row]) -> list[dict[str, Any]]:
        return [
            {
                "value": row.value,
                "label": row.label,
                "count": row.count,
                "url": None if row.query is None else address(row.query),
            }
            for row in rows
        ]

    return {
        "count": panorama.count,
        "years": listed(panorama.years),
        "categories": listed(panorama.categories),
        "services": listed(panorama.services),
        "departments": listed(panorama.departments),
        "authors": listed(panorama.authors),
        "without": {
            "year": panorama.without_year,
            "category": panorama.without_category,
            "department": panorama.without_place,
        },
        "matrix": _matrix_as_data(panorama),
        "figures": {
            "practices": panorama.with_figures.count,
            "added": amounts.added,
            "alone": amounts.alone,
            "apart": amounts.apart,
            "totals": [_total_as_data(total) for total in amounts.totals],
        },
    }


def _matrix_as_data(panorama: Panorama) -> dict[str, Any]:
    matrix = panorama.matrix
    return {
        "categories": [{"value": row.value, "label": row.label} for row, _cells in matrix.rows],
        "departments": [{"value": place.value, "label": place.label} for place in matrix.departments],
        "counts": [[cell.count for cell in cells] for _row, cells in matrix.rows],
        "cells": matrix.size,
        "empty": matrix.empty,
        "departments_without": [place.value for place in matrix.deserts],
    }


def _total_as_data(amount: Amount) -> dict[str, Any]:
    """The value is a text: a number of JSON would lose digits on the way."""
    value: Decimal = amount.value
    return {"unit": amount.unit, "done": amount.done, "value": format(value, "f"), "practices": amount.count}
