"""The whole collection, or any selection of it, counted every way: by year, category, service, department, author.

Every count is an intersection of sets that the worker holds. It counts what the selection holds: unlike a facet, it
does not leave out the choice in its own facet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pyroaring import BitMap

from practices.language.words import squash
from practices.models.publication import Facet

from .facets import in_order
from .parameters import DEPARTMENT, FACETS, YES
from .selection import Selection
from .terms import NATIONAL

CATEGORY, SERVICE, YEAR, AUTHOR, METRICS = "categoria", "servicio", "anio", "autor", "indicadores"
LONGEST_SPAN = 80
"""Years that are shown one beside the other; where a selection spans more, only those that have something."""


class Row(NamedTuple):
    """A value with the number of selected practices that carry it; `query` is the query string of the list with
    exactly these, None where there is none: nothing to list, or a value that only comes along with a chosen one."""

    value: str
    label: str
    count: int  # type: ignore[assignment]
    query: str | None


@dataclass(frozen=True)
class Matrix:
    """Categories by departments. A cell holds its count, and the query string of its list."""

    departments: list[Row]
    rows: list[tuple[Row, list[Row]]]
    empty: int
    """Cells that no practice falls into."""

    @property
    def size(self) -> int:
        return len(self.departments) * len(self.rows)

    @property
    def deserts(self) -> list[Row]:
        """Departments without any practice of these categories."""
        reached = {cell.value for _row, cells in self.rows for cell in cells if cell.count}
        return [place for place in self.departments if place.value not in reached]


class Panorama:
    """Made of a selection and of every department there is (code, name): also those without a practice. No queries."""

    def __init__(self, selection: Selection, departments: Iterable[tuple[str, str]] = ()) -> None:
        self.selection = selection
        self._departments = dict(departments)

    @cached_property
    def count(self) -> int:
        return len(self.selection.ids)

    @cached_property
    def years(self) -> list[Row]:
        """Consecutive years, the first one first; a year between two others that has nothing is there with a zero."""
        found = {int(row.value): row for row in self._carried(YEAR)}
        if not found or max(found) - min(found) > LONGEST_SPAN:
            return [found[year] for year in sorted(found)]
        return [found.get(year) or Row(str(year), str(year), 0, None) for year in range(min(found), max(found) + 1)]

    @cached_property
    def categories(self) -> list[Row]:
        return self._carried(CATEGORY)

    @cached_property
    def services(self) -> list[Row]:
        return self._carried(SERVICE)

    @property
    def authors(self) -> list[Row]:
        """All of them, those with the most practices first."""
        return self._listed(AUTHOR, self._authors)

    def first_authors(self, most: int) -> list[Row]:
        """Some of the same: there may be thousands, and a query string takes longer to write than a set to count."""
        return self._listed(AUTHOR, self._authors[:most])

    @property
    def author_count(self) -> int:
        return len(self._authors)

    @cached_property
    def _authors(self) -> list[Row]:
        return self._counted(AUTHOR)

    @cached_property
    def departments(self) -> list[Row]:
        """Every department there is, by name, with none as well; then the country as a whole, where it has any."""
        found = {row.value: row for row in self._carried(DEPARTMENT)}
        national = found.pop(NATIONAL, None)
        usual = len(self._everywhere)
        rows = [found.get(code) or Row(code, name, usual, None) for code, name in self._names(found.values())]
        return [*rows, national] if national else rows

    @property
    def places(self) -> list[Row]:
        """The same without the country as a whole."""
        return [row for row in self.departments if row.value != NATIONAL]

    @property
    def national(self) -> int:
        """Practices of the whole country."""
        return next((row.count for row in self.departments if row.value == NATIONAL), 0)

    @property
    def reached(self) -> int:
        """Departments that have a practice."""
        return sum(1 for row in self.places if row.count)

    @property
    def without_place(self) -> int:
        """Practices of which no department is known, nor that they are national."""
        return self._without(DEPARTMENT)

    @property
    def without_category(self) -> int:
        return self._without(CATEGORY)

    @property
    def without_year(self) -> int:
        return self._without(YEAR)

    @cached_property
    def with_figures(self) -> Row:
        ids = next((ids for _value, _label, ids in self.selection.carriers(METRICS)), BitMap())
        query = self.selection.query_string(only={METRICS: YES})
        return Row(YES, "", ids.intersection_cardinality(self.selection.ids), query)

    @cached_property
    def matrix(self) -> Matrix:
        """Every category that the collection has by every department there is; of a facet with a choice only what is
        chosen."""
        chosen = self._chosen(DEPARTMENT)
        places = [row for row in self.places if not chosen or row.value in chosen]
        sets = {value: ids for value, _label, ids in self.selection.carriers(DEPARTMENT)}
        carried = [sets.get(place.value, self._everywhere) for place in places]
        rows = [
            (
                category,
                [self._cell(category, place, ids & others) for place, others in zip(places, carried, strict=True)],
            )
            for category, ids in self._matrix_rows()
        ]
        empty = sum(1 for _category, cells in rows for cell in cells if not cell.count)
        return Matrix(places, rows, empty)

    def _matrix_rows(self) -> list[tuple[Row, BitMap]]:
        chosen, selected = self._chosen(CATEGORY), self.selection.ids
        sets = {
            value: (label, ids & selected)
            for value, label, ids in self.selection.carriers(CATEGORY)
            if not chosen or value in chosen
        }
        rows = [self._row(CATEGORY, value, label, len(ids)) for value, (label, ids) in sets.items()]
        return [(row, sets[row.value][1]) for row in in_order(Facet.CATEGORY, rows)]

    def _cell(self, category: Row, place: Row, ids: BitMap) -> Row:
        only = {CATEGORY: category.value, DEPARTMENT: place.value}
        is_list = ids and place.query
        return Row(place.value, place.label, len(ids), self.selection.query_string(only=only) if is_list else None)

    def _carried(self, name: str) -> list[Row]:
        """The values of a facet that the selection carries, in the order of their facet."""
        return self._listed(name, self._counted(name))

    def _listed(self, name: str, rows: Iterable[Row]) -> list[Row]:
        """With the query strings of their lists."""
        return [self._row(name, row.value, row.label, row.count) for row in rows]

    def _counted(self, name: str) -> list[Row]:
        carries = self.selection.ids.intersection_cardinality
        counted = [(value, label, carries(ids)) for value, label, ids in self.selection.carriers(name)]
        return in_order(FACETS[name], [Row(value, label, count, None) for value, label, count in counted if count])

    def _row(self, name: str, value: str, label: str, count: int) -> Row:
        chosen = self._chosen(name)
        # Two values of one facet are alternatives, so no list can ask for a value beside the chosen one.
        is_list = count and (not chosen or value in chosen)
        return Row(value, label, count, self.selection.query_string(only={name: value}) if is_list else None)

    @cached_property
    def _everywhere(self) -> BitMap:
        """The selected practices of the whole country, where these are to count in every department."""
        return self.selection.ids & self.selection.everywhere

    def _chosen(self, name: str) -> list[str]:
        return self.selection.values(name)

    def _without(self, name: str) -> int:
        sets = [ids for _value, _label, ids in self.selection.carriers(name)]
        return len(self.selection.ids - BitMap.union(*sets)) if sets else self.count

    def _names(self, carried: Iterable[Row]) -> Sequence[tuple[str, str]]:
        names = {**{row.value: row.label for row in carried}, **self._departments}
        return sorted(names.items(), key=lambda place: squash(place[1]))
