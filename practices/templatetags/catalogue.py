"""What the public templates need to say about values: dates, texts, addresses. None of it makes HTML."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import PurePath
from typing import Any, NamedTuple

from django import template
from django.core.paginator import Page
from django.urls import get_script_prefix, reverse
from django.utils.formats import number_format
from django.utils.translation import get_language

from practices import search
from practices.browse import Selection
from practices.browse.parameters import PAGE, USUAL_SIZE
from practices.browse.terms import category_label, years_of
from practices.document import PracticeDocument
from practices.exchange.writers.card import place_of
from practices.exchange.writers.dates import long_date
from practices.exchange.writers.figures import Figure, figure_of
from practices.exchange.writers.link_notes import note, slot_of
from practices.exchange.writers.page import Reference
from practices.language import texts
from practices.models.publication import Publication

register = template.Library()

PHONE_DIGITS = range(7, 16)

register.filter("shorten", texts.shorten)
register.filter("blocks", texts.read_blocks)
register.filter("as_text", texts.plain)
register.filter("long_date", long_date, expects_localtime=True)


class Section(NamedTuple):
    """Part of a long text: what stands under a line that begins with “## ”; the first may have no heading."""

    heading: str
    blocks: list[texts.Block]


@register.filter
def sections(text: str) -> list[Section]:
    """The sections of a page of the institution."""
    parts = re.split(r"^##[ \t]+(.+)$", texts.clean(text), flags=re.MULTILINE)
    found = [
        Section(heading.strip(), texts.read_blocks(body))
        for heading, body in zip(["", *parts[1::2]], parts[::2], strict=True)
    ]
    return [section for section in found if section.heading or section.blocks]


@register.filter
def lang_tag(code: str) -> str:
    """A language code as HTML writes it: es-co is es-CO."""
    language, _hyphen, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


@register.filter
def file_type(name: str) -> str:
    """The kind of a file by the end of its name: “PDF”; empty where there is none."""
    return PurePath(name).suffix.removeprefix(".").upper()


@register.filter
def web_address(address: str) -> str:
    """The address where it leads to a web page, else nothing: no other scheme ever becomes a link."""
    return address if re.match(r"https?://", address, re.IGNORECASE) else ""


@register.simple_tag(takes_context=True)
def unavailability(context: Mapping[str, Any], reference: Reference) -> str:
    """Since when the link does not answer, if it does not; the slot for that in a page that is drawn to be kept."""
    if "slots" in context:
        return slot_of(reference.address)
    return note(reference.unavailable_since) if reference.unavailable_since else ""


@register.filter
def dialable(phone: str) -> str:
    """The number a telephone can dial; empty when the text holds anything but one number."""
    digits = re.sub(r"[\s().-]", "", phone)
    plain = digits.removeprefix("+")
    dials = plain.isascii() and plain.isdigit() and len(plain) in PHONE_DIGITS
    return digits if dials else ""


@register.filter
def category_of(document: PracticeDocument) -> str:
    """The category with its number, as the form writes it."""
    return category_label(document)


@register.filter
def grouped(number: int) -> str:
    """A count as people read it: “10.000”, “10,000”."""
    return number_format(number, use_l10n=True, force_grouping=True)


def list_address() -> str:
    """Of the list of practices, in the language in force."""
    return _list_address(get_language(), get_script_prefix())


@lru_cache(maxsize=32)
def _list_address(language: str | None, prefix: str) -> str:
    return reverse("web:practice_list")


@register.filter
def query(text: str) -> str:
    """A query string as the end of an address."""
    return f"?{text}" if text else ""


@register.inclusion_tag("practices/partials/row.html")
def practice_row(publication: Publication, query: search.Query, kept: str = "") -> dict[str, Any]:
    """A practice as a row of the table. No queries."""
    return {**_summary(publication, query), "kept": kept}


def _summary(publication: Publication, query: search.Query) -> dict[str, Any]:
    """What a list says of a practice, the words of the search marked."""
    document, headline = publication.content, publication.content.headline
    return {
        "publication": publication,
        "document": document,
        "title": search.highlight(document.title, query),
        "author": search.highlight(document.author, query),
        "place": search.highlight(place_of(document), query),
        "headline": figure_of(headline, get_language() or "") if headline else None,
    }


@register.filter
def years(document: PracticeDocument) -> str:
    """“2020”, “2019–2021”; the date as it is written where no year is sure."""
    known = years_of(document)
    ends = dict.fromkeys((known[0], known[-1])) if known else [document.implemented.text]
    return "–".join(map(str, ends))


@register.inclusion_tag("practices/partials/figure.html")
def figure(figure: Figure) -> dict[str, Figure]:
    """A number, its unit and what it measures."""
    return {"figure": figure}


@register.simple_tag
def page_query(selection: Selection | None, number: int = 1) -> str:
    """The query string of another page of a list, with its question mark; a list may have no selection."""
    if selection:
        return query(selection.query_string(page=number))
    return query(f"{PAGE}={number}" if number > 1 else "")


@register.simple_tag
def canonical_query(selection: Selection, number: int = 1) -> str:
    """The same without the order and the view: every order of a list is the same list. How long its pages are
    tells only those after the first apart."""
    size = USUAL_SIZE if number == 1 else None
    return query(selection.query_string(page=number, order="", view="", size=size))


@register.filter
def page_numbers(page: Page) -> Iterable[int | str]:
    """The numbers to show: the ends, the neighbours, and "…" in between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def for_crawlers(selection: Selection) -> bool:
    """Whether a search engine should keep this list: whole, or by one facet value. The rest is endless."""
    return len(selection.chosen) <= 1 and not selection.text
