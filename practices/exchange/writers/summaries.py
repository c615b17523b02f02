"""A publication in a few words, and a page of a list of them: what `/practicas.json` is made of."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page

from practices.browse.terms import category_label, years_of
from practices.document import Author, PracticeDocument
from practices.models.publication import Publication

from .figures import figure_of


def paging(page: Page[Publication], address: Callable[[int], str]) -> dict[str, Any]:
    """Where one is in a list; `address` makes that of one of its pages out of the number."""
    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "next": address(page.next_page_number()) if page.has_next() else None,
        "previous": address(page.previous_page_number()) if page.has_previous() else None,
    }


def author_as_data(author: Author) -> dict[str, str]:
    """As its page tells it: a website only where it leads to one."""
    is_web = author.website.casefold().startswith(("http://", "https://"))
    return {
        "value": author.slug,
        "name": author.name,
        "acronym": author.acronym,
        "kind": author.kind,
        "website": author.website if is_web else "",
    }


def summary_of(publication: Publication, url: str, language: str) -> dict[str, Any]:
    """Plain values for JSON. No queries."""
    document = publication.content
    coverage = document.coverage
    return {
        "code": document.code,
        "title": document.title,
        "url": url,
        "author": document.author,
        "authors": [{"value": a.slug, "name": a.name, "as_written": a.as_written} for a in document.authors],
        "category": _category(document),
        "services": [{"value": service.slug, "label": service.name} for service in document.services],
        "implemented": document.implemented.text,
        "years": list(years_of(document)),
        "coverage": coverage.text,
        "national": coverage.national,
        "departments": [{"value": place.code, "label": place.name} for place in coverage.departments],
        "municipalities": [{"value": place.code, "label": place.name} for place in coverage.municipalities],
        "criteria": [a.criterion for a in document.criteria if a.state == "met"],
        "headline": _headline(document, language),
        "demonstration": document.demonstration,
        "version": publication.number,
        "published": publication.published_at.isoformat(),
    }


def _category(document: PracticeDocument) -> dict[str, str] | None:
    if document.category is None:
        return None
    return {"value": document.category.slug, "label": category_label(document)}


def _headline(document: PracticeDocument, language: str) -> dict[str, str] | None:
    if document.headline is None:
        return None
    figure = figure_of(document.headline, language)
    return {"text": figure.text, "quantity": figure.quantity, "label": figure.label}
