"""A document as the sections of its page. The public page and the staff's preview are both drawn from this."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.document import Attachment, Link, Place, PracticeDocument
from practices.drawing.bars import BarChart
from practices.language.opening import opening
from practices.language.texts import ListBlock, Paragraph, plain, read_blocks
from practices.language.words import squash
from practices.models.contact import Contact
from practices.models.link_check import key_of
from practices.models.publication import Publication, Status

from .figures import Figure, charts_of, figures_of

Block = Paragraph | ListBlock

TITLES: dict[str, str | Promise] = {
    "resumen": _("What was done"),
    "impacto": _("Impact"),
    "factores": _("Why it worked"),
    "replica": _("Possibility of replication"),
    "limitaciones": _("Limitations"),
    "conclusion": _("Conclusion"),
    "poblacion": _("Who benefits"),
    "cobertura": _("Where"),
    "validacion": _("How it was validated"),
    "criterios": _("Criteria"),
    "archivos": _("Files"),
    "enlaces": _("Links"),
    "contacto": _("Contact"),
}
"""Of every section that a page can have, by its anchor; in the order of the page, which tells the practice as an
article does: what, with what result, why, how to do it again; then where, how it is known and where to go on."""

CHAPTERS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "replicar": (_("How to replicate it"), ("replica", "limitaciones", "conclusion")),
    "alcance": (_("Whom it reaches and where"), ("poblacion", "cobertura")),
    "evidencia": (_("Evidence"), ("validacion", "criterios")),
    "recursos": (_("Files and links"), ("archivos", "enlaces")),
}
"""Sections that are read together, under one heading where the page has two of them."""

BRIEF = 240
"""Characters of a line that says something in brief."""


@dataclass(frozen=True)
class Section:
    """A heading of the page: `slug` is its anchor, `template` what draws its content."""

    slug: str
    title: str | Promise
    template: str
    text: str = ""


@dataclass(frozen=True)
class Chapter:
    """What one entry of the contents leads to: a section by itself, or several under one heading."""

    slug: str
    title: str | Promise
    sections: tuple[Section, ...]

    @property
    def is_one(self) -> bool:
        return len(self.sections) == 1


@dataclass(frozen=True)
class File:
    attachment: Attachment
    address: str


@dataclass(frozen=True)
class Reference:
    """A link of the practice as it is shown; `host` is empty where only a text is known."""

    text: str
    address: str = ""
    host: str = ""
    unavailable_since: date | None = None


@dataclass(frozen=True)
class PlaceGroup:
    """A department and those of its municipalities where it was done; none means the department as a whole."""

    department: Place
    municipalities: tuple[Place, ...]


@dataclass(frozen=True)
class Edition:
    """Which publication is shown. A preview has none."""

    number: int
    published_at: datetime
    first_published_at: datetime
    note: str = ""
    is_superseded: bool = False


def edition_of(publication: Publication) -> Edition:
    return Edition(
        publication.number,
        publication.published_at,
        publication.first_published_at,
        publication.note,
        is_superseded=publication.status == Status.SUPERSEDED,
    )


class PracticePage:
    """Everything the template of a practice needs. Spends no queries but those of the contacts it is given.

    `unavailable` is asked, where there are links, since when they do not answer, by the keys of their addresses
    (browse.unavailable)."""

    def __init__(
        self,
        document: PracticeDocument,
        *,
        language: str,
        contacts: Iterable[Contact] = (),
        edition: Edition | None = None,
        file_address: Callable[[int, Attachment], str] = lambda number, attachment: "",
        unavailable: Callable[[], Mapping[str, date]] = dict,
    ) -> None:
        self.document = document
        self.language = language
        self.contacts = list(contacts)
        self.edition = edition
        self._file_address = file_address
        self._unavailable = unavailable

    @cached_property
    def figures(self) -> list[Figure]:
        return figures_of(self.document, self.language)

    @property
    def headlines(self) -> list[Figure]:
        """Figures with a number, the headline first."""
        return sorted((f for f in self.figures if f.number), key=lambda figure: not figure.headline)

    @property
    def period(self) -> str:
        """The period of the figures where all of them share one: it is said once."""
        periods = {figure.period for figure in self.figures}
        return periods.pop() if len(self.figures) > 1 and len(periods) == 1 else ""

    @property
    def author_as_written(self) -> str:
        """The author line of the record where it says something else than its authors one by one."""
        line = self.document.author
        return "" if squash(line) == squash(" ".join(a.as_written for a in self.document.authors)) else line

    @cached_property
    def what(self) -> str:
        """The first sentences of the summary; "" where the summary itself is no longer than that."""
        said = opening(self.document.summary, BRIEF)
        return "" if said == plain(self.document.summary) else said

    @cached_property
    def for_whom(self) -> str:
        return opening(self.document.population, BRIEF)

    @cached_property
    def result(self) -> str:
        """The headline figure as written; without figures, how the impact begins."""
        headline = self.document.headline
        return headline.text if headline else opening(self.document.impact, BRIEF)

    @property
    def has_brief(self) -> bool:
        """Whether it says more in brief than its author, who stands above."""
        d = self.document
        said = (self.what, d.coverage.text or d.coverage.national, d.implemented.text, self.for_whom, self.result)
        return sum(map(bool, (*said, d.category, d.services, d.call, d.distinction))) > 1

    @cached_property
    def charts(self) -> list[BarChart]:
        return charts_of(self.document, self.language)

    @cached_property
    def files(self) -> list[File]:
        return [
            File(attachment, self._file_address(number, attachment))
            for number, attachment in enumerate(self.document.attachments, 1)
        ]

    @cached_property
    def references(self) -> list[Reference]:
        references = [reference_of(link) for link in self.document.links]
        unavailable = self._unavailable() if references else {}
        if not unavailable:
            return references
        return [replace(one, unavailable_since=unavailable.get(key_of(one.address))) for one in references]

    @cached_property
    def places(self) -> list[PlaceGroup]:
        """Departments by name, each with its municipalities by name."""
        coverage = self.document.coverage
        groups = [
            PlaceGroup(
                department,
                tuple(place for place in _by_name(coverage.municipalities) if place.department == department.code),
            )
            for department in _by_name(coverage.departments)
        ]
        known = {department.code for department in coverage.departments}
        apart = [place for place in coverage.municipalities if place.department not in known]
        return groups + [PlaceGroup(place, ()) for place in _by_name(apart)]

    @property
    def drawn_changes(self) -> list[Figure]:
        """Figures with a value before that differs: they are drawn, and need no line of their own."""
        return [figure for figure in self.figures if figure.change and figure.change.chart]

    @property
    def said_figures(self) -> list[Figure]:
        return [figure for figure in self.figures if not (figure.change and figure.change.chart)]

    @cached_property
    def impact_blocks(self) -> list[Block]:
        """The prose of the impact without the list items that the figures already show word for word."""
        shown = {squash(metric.text) for metric in self.document.metrics}
        return list(_without_items(read_blocks(self.document.impact), shown))

    @cached_property
    def sections(self) -> list[Section]:
        """The sections that have something to say, in the order of the page."""
        return [
            Section(slug, TITLES[slug], template, text) for slug, template, text, says in self._all_sections() if says
        ]

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The same sections, those together that are read together."""
        chapter_of = {slug: chapter for chapter, (_title, slugs) in CHAPTERS.items() for slug in slugs}
        chapters = []
        for _chapter, together in groupby(self.sections, lambda section: chapter_of.get(section.slug, section.slug)):
            sections = tuple(together)
            if len(sections) == 1:
                chapters.append(Chapter(sections[0].slug, sections[0].title, sections))
            else:
                slug = chapter_of[sections[0].slug]
                chapters.append(Chapter(slug, CHAPTERS[slug][0], sections))
        return chapters

    def _all_sections(self) -> list[tuple[str, str, str, Any]]:
        d, text = self.document, "practices/sections/text.html"
        return [
            ("resumen", text, d.summary, d.summary),
            ("impacto", "practices/sections/impact.html", "", d.impact or d.metrics),
            ("factores", "practices/sections/factors.html", "", d.success_factors),
            ("replica", text, d.replicability, d.replicability),
            ("limitaciones", text, d.limitations, d.limitations),
            ("conclusion", text, d.conclusion, d.conclusion),
            ("poblacion", text, d.population, d.population),
            ("cobertura", "practices/sections/coverage.html", "", _covers(d)),
            ("validacion", text, d.validation, d.validation),
            ("criterios", "practices/sections/criteria.html", "", d.criteria),
            ("archivos", "practices/sections/files.html", "", d.attachments),
            ("enlaces", "practices/sections/links.html", "", d.links),
            ("contacto", "practices/sections/contacts.html", "", self.contacts),
        ]


def reference_of(link: Link) -> Reference:
    """The link with the host it leads to; without its label it shows its address."""
    host = _host(link.address)
    return Reference(link.label or link.address, link.address if host else "", host.removeprefix("www."))


def _host(address: str) -> str:
    """The host of a web address; empty for anything else, so that no other scheme becomes a link."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _by_name(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: squash(place.name))


def _covers(document: PracticeDocument) -> bool:
    coverage = document.coverage
    return bool(coverage.text or coverage.national or coverage.departments or coverage.municipalities)


def _without_items(blocks: Sequence[Block], shown: set[str]) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        items = tuple(item for item in block.items if squash(item.text) not in shown)
        if items:
            yield replace(block, items=items)
