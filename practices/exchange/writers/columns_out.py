"""The columns that a selection is exported with: what each is called, what it means, and its value in a practice.

The order here is the order of every table. A name that programs rely on never changes; new columns go last.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.document import Link, Metric, Place, PracticeDocument
from practices.models.publication import Publication

Value = str | int | Decimal | date | None

TEXT, NUMBER, DATE, YES_OR_NO = _("text"), _("number"), _("date"), _("yes or no")
NARROW, NORMAL, WIDE = 14, 28, 60
"""Widths, in characters."""


@dataclass(frozen=True, slots=True)
class Row:
    """A publication with all that its columns need."""

    publication: Publication
    document: PracticeDocument
    headline: Metric | None
    address: str
    yes: str
    no: str

    def said(self, fact: bool) -> str:
        return self.yes if fact else self.no


@dataclass(frozen=True)
class Column:
    label: str | Promise
    meaning: str | Promise
    value: Callable[[Row], Value]
    width: int = NORMAL
    kind: str | Promise = TEXT


def rows_of(publications: Iterable[Publication], address_of: Callable[[str], str]) -> Iterator[list[Value]]:
    """The values of every column, a practice at a time. The words are those of the language in force at the call, for
    what is streamed is written when the request is over."""
    return _rows(publications, address_of, gettext("yes"), gettext("no"))


def _rows(
    publications: Iterable[Publication], address_of: Callable[[str], str], yes: str, no: str
) -> Iterator[list[Value]]:
    for publication in publications:
        yield values_of(publication, publication.content, address_of(publication.code), yes, no)


def values_of(publication: Publication, document: PracticeDocument, address: str, yes: str, no: str) -> list[Value]:
    """The values of every column of one practice."""
    row = Row(publication, document, document.headline, address, yes, no)
    return [column.value(row) for column in COLUMNS]


def header() -> list[str]:
    return [str(column.label) for column in COLUMNS]


def _names(named: Iterable[object]) -> str:
    return "; ".join([one.name for one in named])  # type: ignore[attr-defined]


def _codes(places: Sequence[Place]) -> str:
    return "; ".join([place.code for place in places])


@lru_cache(maxsize=1024)
def _day(moment: datetime) -> date:
    return localtime(moment).date()


def _author(row: Row) -> str:
    return row.document.author or "; ".join(author.as_written for author in row.document.authors)


def _link(link: Link) -> str:
    return f"{link.label}: {link.address}" if link.label and link.address else link.label or link.address


COLUMNS = (
    Column(_("Code"), _("Permanent code of the practice."), lambda row: row.document.code),
    Column(_("Title"), _("Title of the practice."), lambda row: row.document.title, WIDE),
    Column(_("Author"), _("Who did it, as the record writes it."), _author),
    Column(
        _("Normalised authors"),
        _("The same organisations as the catalogue names them; several are separated by semicolons."),
        lambda row: _names(row.document.authors),
    ),
    Column(
        _("Category number"),
        _("Number of the category, where it has one."),
        lambda row: row.document.category.number if row.document.category else None,
        NARROW,
        NUMBER,
    ),
    Column(
        _("Category"),
        _("Name of the category."),
        lambda row: row.document.category.name if row.document.category else "",
    ),
    Column(
        _("Services"),
        _("Public utilities that it is about; several are separated by semicolons."),
        lambda row: _names(row.document.services),
    ),
    Column(
        _("Date of implementation"),
        _("When it was done, as the record writes it."),
        lambda row: row.document.implemented.text,
    ),
    Column(
        _("Beginning"),
        _("When it began, as exactly as the record tells: YYYY, YYYY-MM or YYYY-MM-DD."),
        lambda row: row.document.implemented.start,
        NARROW,
    ),
    Column(
        _("Ending"),
        _("When it ended, in the same way; empty beside a beginning means that it goes on."),
        lambda row: row.document.implemented.end,
        NARROW,
    ),
    Column(
        _("Coverage"),
        _("Where it was done, as the record writes it."),
        lambda row: row.document.coverage.text,
    ),
    Column(
        _("National scope"),
        _("Whether it was done in the whole country."),
        lambda row: row.said(row.document.coverage.national),
        NARROW,
        YES_OR_NO,
    ),
    Column(
        _("DIVIPOLA codes of the departments"),
        _("Two digits each, separated by semicolons, in the order of the names."),
        lambda row: _codes(row.document.coverage.departments),
        NARROW,
    ),
    Column(
        _("Departments"),
        _("Names, separated by semicolons."),
        lambda row: _names(row.document.coverage.departments),
    ),
    Column(
        _("DIVIPOLA codes of the municipalities"),
        _("Five digits each, separated by semicolons, in the order of the names."),
        lambda row: _codes(row.document.coverage.municipalities),
        NARROW,
    ),
    Column(
        _("Municipalities"),
        _("Names, separated by semicolons."),
        lambda row: _names(row.document.coverage.municipalities),
    ),
    Column(
        _("Call"),
        _("Contest or process that the practice came out of."),
        lambda row: row.document.call.name if row.document.call else "",
    ),
    Column(
        _("Year of the call"),
        _("Year of that contest or process."),
        lambda row: row.document.call.year if row.document.call else None,
        NARROW,
        NUMBER,
    ),
    Column(_("Distinction"), _("What it was distinguished with."), lambda row: row.document.distinction),
    Column(
        _("Target population or interested parties"),
        _("Whom it is for."),
        lambda row: row.document.population,
        WIDE,
    ),
    Column(_("Summary of the project"), _("What was done."), lambda row: row.document.summary, WIDE),
    Column(_("Impact"), _("What it achieved, whole text."), lambda row: row.document.impact, WIDE),
    Column(
        _("Main figure: what it counts"),
        _("Label of the main figure of the impact."),
        lambda row: row.headline.label if row.headline else "",
    ),
    Column(
        _("Main figure: value"),
        _("Its value, in the unit of the next column."),
        lambda row: row.headline.value if row.headline else None,
        NARROW,
        NUMBER,
    ),
    Column(
        _("Main figure: unit"),
        _("Its unit; COP are Colombian pesos."),
        lambda row: row.headline.unit if row.headline else "",
        NARROW,
    ),
    Column(
        _("Figures of the impact"),
        _("Every figure as the record writes it, one a line."),
        lambda row: "\n".join([metric.text for metric in row.document.metrics]),
        WIDE,
    ),
    Column(
        _("Success factors"),
        _("Why it worked, one factor a line."),
        lambda row: "\n".join(row.document.success_factors),
        WIDE,
    ),
    Column(_("Validation of the practice"), _("How it was validated."), lambda row: row.document.validation, WIDE),
    Column(
        _("Possibility of replication"),
        _("How others can do it again."),
        lambda row: row.document.replicability,
        WIDE,
    ),
    Column(_("Limitations"), _("What limited it."), lambda row: row.document.limitations, WIDE),
    Column(_("Conclusion"), _("What its authors conclude."), lambda row: row.document.conclusion, WIDE),
    Column(
        _("Criteria that it meets"),
        _("Criteria of good practices that were assessed as met, one a line."),
        lambda row: "\n".join([found.name for found in row.document.criteria if found.state == "met"]),
    ),
    Column(
        _("Links"),
        _("What each link is and its address, one a line."),
        lambda row: "\n".join([_link(link) for link in row.document.links]),
    ),
    Column(
        _("Files"),
        _("Names of the attached files, one a line. They are downloaded at the address of the practice."),
        lambda row: "\n".join([file.name for file in row.document.attachments]),
    ),
    Column(
        _("Version"),
        _("Number of the version that is exported, which is the one in force."),
        lambda row: row.publication.number,
        NARROW,
        NUMBER,
    ),
    Column(
        _("First publication"),
        _("Day on which the practice was first published, in Colombian time."),
        lambda row: _day(row.publication.first_published_at),
        NARROW,
        DATE,
    ),
    Column(
        _("Publication of this version"),
        _("Day on which this version was published, in Colombian time."),
        lambda row: _day(row.publication.published_at),
        NARROW,
        DATE,
    ),
    Column(_("Address"), _("Permanent address of the practice in the catalogue."), lambda row: row.address),
    Column(
        _("Demonstration"),
        _("Whether it is an invented practice that only shows how the catalogue works."),
        lambda row: row.said(row.document.demonstration),
        NARROW,
        YES_OR_NO,
    ),
)
