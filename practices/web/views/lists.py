"""Lists of practices: the catalogue narrowed, the practices of an author, and the same as JSON."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.parameters import PAGE, SINCE, USUAL_SIZE
from practices.browse.selection import fetched
from practices.document import Author
from practices.exchange.writers.metadata import author_graph
from practices.exchange.writers.summaries import author_as_data, paging, summary_of
from practices.language.codes import code_key
from practices.models.publication import Facet, Publication
from practices.search.failures import count_failed
from practices.web.addresses import lasting_address
from practices.web.list_page import list_page
from practices.web.twins import as_json, twin

from .changes import changed_page

DIGITS = len("0012020")
"""At least, at the end of every code."""


def page_of(selection: Selection, request: HttpRequest) -> Page[Publication]:
    """The page asked for; the nearest one there is, whatever was typed as its number."""
    return Paginator(selection.publications(), selection.size).get_page(_plain_number(request.GET.get(PAGE)))


def _plain_number(text: str | None) -> str | None:
    # int() of a text of thousands of digits is refused by Python with an error of its own.
    return text[:9] if text else None


@require_safe
def practice_list(request: HttpRequest) -> HttpResponse:
    selection = Selection.from_query(request.GET)
    page = Paginator(selection.ordered(), selection.size).get_page(_plain_number(request.GET.get(PAGE)))
    ids = list(page.object_list)
    named = named_by_code(selection, ids, page.paginator.count)
    if named:
        return redirect("web:practice_detail", named.code)
    response = list_page(request, selection, page, ids)
    if selection.is_failed:
        count_failed(selection.text)
        # Each failed search counts, so each must come here.
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def named_by_code(selection: Selection, ids: list[int], count: int) -> Publication | None:
    """The practice whose whole code was typed, in any spelling, where nothing else was chosen; also one that it had
    before. A query for a text that may be a code, and another for a former one."""
    typed = selection.match.query.code_key
    ends_as_codes_do = typed[-DIGITS:].isdigit() and len(typed) > DIGITS
    if count != 1 or not ids or not ends_as_codes_do or selection.corrected or len(selection.chosen) != 1:
        return None
    (publication,) = fetched(ids) or (None,)
    if publication is None or code_key(publication.code) == typed:
        return publication
    return Publication.objects.filter(pk=publication.pk).once_with_code(typed).first()


@require_safe
def practice_list_json(request: HttpRequest) -> HttpResponse:
    """The list as data: the same selection, order and pages as the page with the same query string; with `desde`,
    what changed in it."""
    if SINCE in request.GET:
        return as_json(changed_page(request))
    selection = Selection.from_query(request.GET)
    page = page_of(selection, request)
    data = {
        **paging(page, lambda number: _page_address(request, selection.query_string(page=number, view=""))),
        "sentence": selection.sentence(page.paginator.count),
        "corrected": selection.corrected or None,
        "partial": selection.is_partial,
        "facets": facets_as_data(selection),
        "results": [result(request, publication) for publication in page],
    }
    return twin(request, data, selection.query_string(page=page.number))


def facets_as_data(selection: Selection) -> dict[str, list[dict[str, Any]]]:
    return {
        group.name: [
            {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
            for value in group.values
        ]
        for group in selection.facets
    }


def _page_address(request: HttpRequest, query: str) -> str:
    """Of the same data with another query string."""
    return request.build_absolute_uri(f"{request.path}{'?' if query else ''}{query}")


def result(request: HttpRequest, publication: Publication) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("web:practice_detail", args=[publication.code]))
    return summary_of(publication, url, get_language() or "")


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    described, page = practices_of(slug, request)
    context = {"author": described, "page": page, "about_author": about_author(request, described)}
    return render(request, "practices/author.html", context)


@require_safe
def author_json(request: HttpRequest, slug: str) -> HttpResponse:
    described, page = practices_of(slug, request)
    data = {
        "author": author_as_data(described),
        **paging(page, lambda number: _page_address(request, _of_page(number))),
        "results": [result(request, publication) for publication in page],
    }
    return twin(request, data, _of_page(page.number))


def _of_page(number: int) -> str:
    return f"{PAGE}={number}" if number > 1 else ""


def practices_of(slug: str, request: HttpRequest) -> tuple[Author, Page[Publication]]:
    """An organisation, and a page of its practices. What is said of it comes from its newest publication.

    Three queries. Raises Http404 where it has none.
    """
    publications = Publication.objects.filter(terms__facet=Facet.AUTHOR, terms__value=slug).still_current()
    page = Paginator(publications.order_by("-published_at", "-pk"), USUAL_SIZE).get_page(
        _plain_number(request.GET.get(PAGE))
    )
    if not page.paginator.count:
        raise Http404
    return author_named(publications.latest("published_at"), slug), page


def about_author(request: HttpRequest, described: Author) -> dict[str, Any]:
    """The same for machines."""
    steps = [(_("Home"), reverse("web:home")), (_("Practices"), reverse("web:practice_list"))]
    here = request.build_absolute_uri(request.path)
    way = [(name, request.build_absolute_uri(path)) for name, path in steps]
    return author_graph(
        described, lasting_address(request, "author", described.slug), here, [*way, (described.name, here)]
    )


def author_named(publication: Publication, slug: str) -> Author:
    return next(author for author in publication.content.authors if author.slug == slug)
