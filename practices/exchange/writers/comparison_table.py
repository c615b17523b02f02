"""Documents side by side: rows of what each says, figures of one unit aligned, and which rows differ.

A comparison of documents and nothing else: it spends no queries and knows no addresses. `practices/comparison.py`
tells what changed between two versions of one practice; this sets different practices beside each other.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.browse.terms import NATIONAL_LABEL, category_label
from practices.document import Assessment, Metric, PracticeDocument
from practices.language.words import form, squash

from .figures import PESOS, Figure, figure_of
from .page import TITLES

Kind = Literal["lines", "text", "items", "figures", "assessment", "count"]
Label = str | Promise
Values = Callable[[PracticeDocument], Any]
Key = Callable[[PracticeDocument], Hashable]

PERCENT = "%"
UNITS: dict[str, Label] = {PERCENT: _("Percentage"), PESOS: _("Colombian pesos")}
"""Units that have a name of their own on the page; the rest are called as the records call them."""
SAME_UNIT = _("Figures in one row share their unit, not always what they measure.")


@dataclass(frozen=True)
class Row:
    """One thing that the practices are compared by. A cell that says nothing is falsy.

    `kind` says what the cells hold: lines and items are tuples of text, a text is a long one whose structure is to
    be seen, figures are tuples of Figure, an assessment is one of the document's, a count is a number.
    """

    label: Label
    kind: Kind
    cells: tuple[Any, ...]
    same: bool = False
    in_spanish: bool = False
    anchor: str = ""

    @property
    def template(self) -> str:
        return f"practices/compare/{self.kind}.html"

    @property
    def identical(self) -> bool:
        """Whether the cells are the same to the letter; a row that only means the same has words of its own."""
        return all(cell == self.cells[0] for cell in self.cells)

    @property
    def says(self) -> bool:
        return any(self.cells)


@dataclass(frozen=True)
class Group:
    """Rows under one heading; `silent` names those of which no practice says anything."""

    slug: str
    title: Label
    rows: tuple[Row, ...]
    silent: tuple[Label, ...] = ()
    hint: Label = ""


@dataclass(frozen=True)
class Table:
    groups: tuple[Group, ...]

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def differing(self) -> int:
        return sum(not row.same for row in self.rows)

    def only_differences(self) -> "Table":
        """Without the rows that say the same everywhere, and the groups that had nothing else."""
        kept = [
            replace(group, rows=tuple(row for row in group.rows if not row.same), silent=()) for group in self.groups
        ]
        return Table(tuple(group for group in kept if group.rows))


def comparison_table(documents: Sequence[PracticeDocument], language: str) -> Table:
    """The practices in the order given, each a cell of every row."""
    shared = SAME_UNIT if common_units(documents) else ""
    groups = [
        _group("contexto", _("Context"), _context(documents)),
        _group("cifras", _("Figures"), _figures(documents, language), hint=shared),
        _group("factores", TITLES["factores"], [_factors(documents)]),
        _group("criterios", TITLES["criterios"], _criteria(documents)),
        _group("textos", _("What was done and how it can be repeated"), _texts(documents)),
        _group("recursos", _("Files and links"), _resources(documents)),
    ]
    return Table(tuple(group for group in groups if group.rows or group.silent))


def _group(slug: str, title: Label, rows: Iterable[Row], hint: Label = "") -> Group:
    rows = list(rows)
    saying = tuple(row for row in rows if row.says)
    return Group(slug, title, saying, tuple(row.label for row in rows if not row.says), hint if saying else "")


def _row(
    documents: Sequence[PracticeDocument], label: Label, kind: Kind, values: Values, key: Key, **more: Any
) -> Row:
    """`key` is what two practices must share for the row to be the same; it may know more than the words do."""
    return Row(label, kind, tuple(map(values, documents)), same=len(set(map(key, documents))) == 1, **more)


def _context(documents: Sequence[PracticeDocument]) -> Iterator[Row]:
    def row(label: Label, values: Values, key: Key, kind: Kind = "lines") -> Row:
        return _row(documents, label, kind, values, key)

    yield row(_("Author"), authors_of, lambda d: frozenset(a.slug for a in d.authors) or squash(d.author))
    yield row(_("Category"), lambda d: _lines(category_label(d)), lambda d: d.category and d.category.slug)
    yield row(
        _("Services"), lambda d: tuple(s.name for s in d.services), lambda d: frozenset(s.slug for s in d.services)
    )
    yield row(TITLES["cobertura"], places_of, _where)
    yield row(_("Implemented"), lambda d: _lines(d.implemented.text), _when)
    yield row(TITLES["poblacion"], lambda d: d.population, lambda d: squash(d.population), "text")
    yield row(_("Call"), _call, lambda d: d.call and d.call.slug)
    yield row(_("Distinction"), lambda d: _lines(d.distinction), lambda d: squash(d.distinction))


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def authors_of(document: PracticeDocument) -> tuple[str, ...]:
    """Who did it, by the names that the catalogue knows; else the author line as written."""
    return tuple(author.name for author in document.authors) or _lines(document.author)


def places_of(document: PracticeDocument) -> tuple[str, ...]:
    """The coverage as written, else what is known of it."""
    coverage = document.coverage
    if coverage.text:
        return (coverage.text,)
    if coverage.national:
        return (NATIONAL_LABEL,)
    return tuple(place.name for place in (*coverage.departments, *coverage.municipalities))


def _where(document: PracticeDocument) -> Hashable:
    coverage = document.coverage
    places = frozenset(place.code for place in (*coverage.departments, *coverage.municipalities))
    return (coverage.national, places) if coverage.national or places else squash(coverage.text)


def _when(document: PracticeDocument) -> Hashable:
    when = document.implemented
    return (when.start, when.end) if when.start else squash(when.text)


def _call(document: PracticeDocument) -> tuple[str, ...]:
    call = document.call
    if call is None:
        return ()
    return (f"{call.name} ({call.year})",) if call.year and str(call.year) not in call.name else (call.name,)


def unit_key(unit: str) -> str:
    """The same for spellings of one unit that differ in case, accents or number: “Usuario”, “usuarios”."""
    # Words of four letters keep their plural in `form`: días, años, usos.
    words = (re.sub(r"(?<=[a-z]{3})s\Z", "", form(word)) for word in squash(unit).split())
    return " ".join(words) or unit.strip()


def common_units(documents: Sequence[PracticeDocument]) -> dict[str, str]:
    """The units that two or more of the practices have figures in, by their key, as first written; in that order."""
    written: dict[str, str] = {}
    counted: dict[str, int] = {}
    for document in documents:
        units = {unit_key(m.unit): m.unit for m in reversed(document.metrics) if m.value is not None and m.unit}
        for key, unit in reversed(units.items()):
            written.setdefault(key, unit)
            counted[key] = counted.get(key, 0) + 1
    return {key: unit for key, unit in written.items() if counted[key] > 1}


def in_unit(document: PracticeDocument, key: str) -> list[Metric]:
    return [m for m in document.metrics if m.value is not None and unit_key(m.unit) == key]


def _figures(documents: Sequence[PracticeDocument], language: str) -> Iterator[Row]:
    common = common_units(documents)
    for key, unit in common.items():
        cells = [in_unit(document, key) for document in documents]
        yield _figure_row(UNITS.get(unit, unit[:1].upper() + unit[1:]), cells, language, in_spanish=unit not in UNITS)
    rest = [
        [m for m in document.metrics if m.value is None or unit_key(m.unit) not in common] for document in documents
    ]
    yield _figure_row(_("Other figures") if common else _("Figures in units of their own"), rest, language)


def _figure_row(label: Label, cells: Sequence[Sequence[Metric]], language: str, *, in_spanish: bool = False) -> Row:
    said = {frozenset((m.value, m.baseline, squash(m.label or m.text)) for m in metrics) for metrics in cells}
    figures: tuple[tuple[Figure, ...], ...] = tuple(
        tuple(figure_of(metric, language) for metric in metrics) for metrics in cells
    )
    return Row(label, "figures", figures, same=len(said) == 1, in_spanish=in_spanish)


def _factors(documents: Sequence[PracticeDocument]) -> Row:
    return _row(
        documents,
        _("Success factors"),
        "items",
        lambda d: d.success_factors,
        lambda d: frozenset(map(squash, d.success_factors)),
    )


def _criteria(documents: Sequence[PracticeDocument]) -> Iterator[Row]:
    """A row for each criterion that any of them was assessed by: the minimum ones, then those of contests."""
    every = [assessment for document in documents for assessment in document.criteria]
    ordered = sorted(every, key=lambda assessment: assessment.group != "minimum")
    names = {assessment.criterion: assessment.name for assessment in reversed(ordered)}
    for criterion in dict.fromkeys(assessment.criterion for assessment in ordered):
        cells = tuple(_assessed(document, criterion) for document in documents)
        same = len({cell and cell.state for cell in cells}) == 1
        yield Row(names[criterion], "assessment", cells, same=same, in_spanish=True)


def _assessed(document: PracticeDocument, criterion: str) -> Assessment | None:
    return next((assessment for assessment in document.criteria if assessment.criterion == criterion), None)


def _texts(documents: Sequence[PracticeDocument]) -> Iterator[Row]:
    fields = {
        "resumen": "summary",
        "impacto": "impact",
        "validacion": "validation",
        "replica": "replicability",
        "limitaciones": "limitations",
        "conclusion": "conclusion",
    }
    for slug, name in fields.items():
        values = tuple(getattr(document, name) for document in documents)
        yield Row(TITLES[slug], "text", values, same=len(set(map(squash, values))) == 1)


def _resources(documents: Sequence[PracticeDocument]) -> Iterator[Row]:
    for slug, name in {"archivos": "attachments", "enlaces": "links"}.items():
        counts = tuple(len(getattr(document, name)) for document in documents)
        yield Row(TITLES[slug], "count", counts, same=len(set(counts)) == 1, anchor=slug)
