"""The JSON answers, as classes: each field with its type and what it means. Nothing is ever made of them but schemas;
a test holds every answer to its own."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from django.utils.translation import gettext_noop as _
from msgspec import UNSET, Struct, UnsetType

from practices.document import PracticeDocument

from .declarations import says

Count = Annotated[int, says(_("Number of practices."), minimum=0)]


class Twin(Struct, kw_only=True):
    """The data of a page."""

    url: Annotated[str, says(_("Address of the page that says the same to people."), format="uri")] | UnsetType = UNSET


class Value(Struct):
    value: Annotated[str, says(_("What the parameter takes."))]
    label: Annotated[str, says(_("As people read it."))]


class FacetValue(Value):
    count: Annotated[int, says(_("Results that it would give with all else that is chosen."), minimum=0)]
    selected: Annotated[bool, says(_("Whether it is chosen."))]


class ListedAuthor(Struct):
    value: Annotated[str, says(_("Its value in the parameter autor, and in the address of its page."))]
    name: Annotated[str, says(_("The name that the catalogue gives to the same organisation everywhere."))]
    as_written: Annotated[str, says(_("The name as this record writes it."))]


class Headline(Struct):
    text: Annotated[str, says(_("The figure as the record writes it."))]
    quantity: Annotated[str, says(_("Number and unit, as written in the language of the address."))]
    label: Annotated[str, says(_("What the value counts."))]


class Summary(Struct):
    """One result of a list."""

    code: Annotated[str, says(_("Permanent code of the practice."))]
    title: Annotated[str, says(_("Title of the practice."))]
    url: Annotated[str, says(_("Address of its page."), format="uri")]
    author: Annotated[str, says(_("Who did it, as the record writes it."))]
    authors: list[ListedAuthor]
    category: Value | None
    services: list[Value]
    implemented: Annotated[str, says(_("When it was done, as the record writes it."))]
    years: Annotated[list[int], says(_("Every year that it lasted; only the first of one that goes on."))]
    coverage: Annotated[str, says(_("Where it was done, as the record writes it."))]
    national: Annotated[bool, says(_("Whether it was done in the whole country."))]
    departments: list[Value]
    municipalities: list[Value]
    criteria: Annotated[list[str], says(_("Short names of the criteria that it meets."))]
    headline: Headline | None
    demonstration: Annotated[
        bool, says(_("Whether it is an invented practice that only shows how the catalogue works."))
    ]
    version: Annotated[int, says(_("Number of the version in force."), minimum=1)]
    published: Annotated[datetime, says(_("When that version was published."))]


class Paged(Twin):
    count: Annotated[int, says(_("Practices of the whole selection."), minimum=0)]
    page: Annotated[int, says(_("Number of this page."), minimum=1)]
    pages: Annotated[int, says(_("How many pages there are."), minimum=1)]
    next: Annotated[str | None, says(_("Address of the next page; null on the last."))]
    previous: Annotated[str | None, says(_("Address of the page before; null on the first."))]
    results: list[Summary]


class ListPage(Paged):
    sentence: Annotated[str, says(_("The selection in words."))]
    corrected: Annotated[
        str | None, says(_("The text that was searched for where what was typed finds nothing or little; else null."))
    ]
    partial: Annotated[bool, says(_("Whether nothing has all of the words, and what comes nearest is given."))]
    facets: Annotated[
        dict[str, list[FacetValue]], says(_("By parameter: every value with the results that it would give."))
    ]


class Tombstone(Struct):
    """A practice that a copy must not keep."""

    code: Annotated[str, says(_("Permanent code of the practice."))]
    url: Annotated[str, says(_("Address of its page."), format="uri")]
    withdrawn: Annotated[bool, says(_("Whether it was withdrawn; else it is only outside the selection."))]
    outside: Annotated[bool, says(_("Whether it is public still, and no longer in the selection."))]
    moved_to: Annotated[str, says(_("Code that it has now, where it was given another."))] | UnsetType = UNSET
    withdrawn_at: Annotated[datetime, says(_("When it was withdrawn."))] | UnsetType = UNSET
    reason: Annotated[str, says(_("Why it was withdrawn."))] | UnsetType = UNSET
    version: Annotated[int, says(_("Number of the version that was withdrawn."))] | UnsetType = UNSET


class ChangedPage(Twin):
    """What the list answers to `desde`."""

    since: Annotated[str | None, says(_("From where the changes are told; null where all there is comes."))]
    complete: Annotated[bool, says(_("Whether all there is comes: remove whatever does not."))]
    next_since: Annotated[str, says(_("From where to ask the next time."))]
    next: Annotated[str | None, says(_("Address of the next changes; null where these are the last."))]
    sentence: Annotated[str, says(_("The selection in words."))]
    results: Annotated[list[Summary], says(_("Practices that changed."))]
    tombstones: Annotated[list[Tombstone], says(_("Practices to remove."))]


class Row(Value):
    count: Count
    url: Annotated[str | None, says(_("Address of the list with exactly these; null where there is none."))]


class Without(Struct):
    """Practices of which something is not known."""

    year: Count
    category: Count
    department: Count


class Matrix(Struct):
    categories: list[Value]
    departments: list[Value]
    counts: Annotated[list[list[int]], says(_("For each category, the practices of each department."))]
    cells: Annotated[int, says(_("How many combinations there are."), minimum=0)]
    empty: Annotated[int, says(_("Combinations without a practice."), minimum=0)]
    departments_without: Annotated[list[str], says(_("Codes of the departments without any practice."))]


class Total(Struct):
    unit: Annotated[str, says(_("Unit of the value; COP are Colombian pesos."))]
    done: Annotated[str, says(_("What was done with what is counted."))]
    value: Annotated[str, says(_("The total as a text, so that no digit is lost."), pattern=r"^-?[0-9]+(\.[0-9]+)?$")]
    practices: Annotated[int, says(_("Practices whose figures it adds up."), minimum=2)]


class Figures(Struct):
    practices: Annotated[int, says(_("Practices with figures of the impact."), minimum=0)]
    added: Annotated[int, says(_("Those whose figure is in a total."), minimum=0)]
    alone: Annotated[int, says(_("Those whose unit no other practice counts in."), minimum=0)]
    apart: Annotated[int, says(_("Those whose figure cannot be added up: shares, times, averages."), minimum=0)]
    totals: list[Total]


class Panorama(Twin):
    sentence: Annotated[str, says(_("The selection in words."))]
    count: Annotated[int, says(_("Practices of the whole selection."), minimum=0)]
    years: list[Row]
    categories: list[Row]
    services: list[Row]
    departments: list[Row]
    authors: list[Row]
    without: Without
    matrix: Matrix
    figures: Figures


class ComparedFigure(Struct):
    label: Annotated[str, says(_("What the value counts."))]
    value: Annotated[Decimal | None, says(_("The number, where it is sure; every digit is kept."))]
    baseline: Annotated[Decimal | None, says(_("What the value was before the practice, in the same unit."))]
    period: Annotated[str, says(_("The time that the figure is about, as the record writes it."))]
    text: Annotated[str, says(_("The figure as the record writes it."))]


class ComparedUnit(Struct):
    unit: Annotated[str, says(_("Unit that two or more of the practices share."))]
    values: Annotated[list[list[ComparedFigure]], says(_("Figures of each practice, in the order of the codes."))]


class Comparison(Struct):
    codes: Annotated[list[str], says(_("Codes of the practices, in the order that was asked for."))]
    metrics: list[ComparedUnit]
    practices: list[PracticeDocument]


class Suggestion(Struct, omit_defaults=True):
    kind: Annotated[Literal["practice", "author", "category"], says(_("What is suggested."))]
    label: Annotated[str, says(_("As people read it."))]
    url: Annotated[str, says(_("Address in this site."), format="uri-reference")]
    code: Annotated[str, says(_("Code; of a practice only."))] = ""


class Suggestions(Struct):
    q: Annotated[str, says(_("The text that was understood."))]
    suggestions: list[Suggestion]


class Refusal(Struct):
    """Why there is no answer."""

    error: Annotated[
        Literal["not_found", "withdrawn", "too_many_requests", "unavailable"], says(_("What kind of refusal it is."))
    ]
    code: Annotated[str, says(_("Permanent code of the practice."))] | UnsetType = UNSET
    withdrawn: Annotated[datetime | None, says(_("When it was withdrawn."))] | UnsetType = UNSET
    reason: Annotated[str, says(_("Why it was withdrawn."))] | UnsetType = UNSET
    version: Annotated[int, says(_("Number of the version that was withdrawn."))] | UnsetType = UNSET
    current: Annotated[int, says(_("Number of the version in force."))] | UnsetType = UNSET
