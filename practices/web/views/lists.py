"""Lists of practices: the catalogue narrowed, the practices of an author, and the same as JSON."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices import search
from practices.browse import Selection
from practices.browse.parameters import PAGE, USUAL_SIZE
from practices.document import Author
from practices.exchange.writers.summaries import summary_of
from practices.language.codes import code_key
from practices.models.publication import Facet, Publication
from practices.search.failures import count_failed
from practices.web.context import alternates

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
    page = page_of(selection, request)
    named = named_by_code(selection, page)
    if named:
        return redirect("web:practice_detail", named.code)
    query = selection.query_string(page=page.number)
    context = {
        "selection": selection,
        "page": page,
        "passages": search.Passages(page, selection.match.query),
        "sentence": selection.sentence(page.paginator.count),
        # Only what is known: an address may hold anything that a stranger typed.
        "alternates": alternates(request, f"{request.path}{'?' if query else ''}{query}"),
    }
    response = render(request, "practices/list.html", context)
    if selection.is_failed:
        count_failed(selection.text)
        # Each failed search counts, so each must come here.
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def named_by_code(selection: Selection, page: Page[Publication]) -> Publication | None:
    """The practice whose whole code was typed, in any spelling, where nothing else was chosen; also one that it had
    before, at the cost of a query."""
    if page.paginator.count != 1 or not selection.text or selection.corrected or len(selection.chosen) != 1:
        return None
    publication = page[0]
    typed = selection.match.query.code_key
    if code_key(publication.code) == typed:
        return publication
    ends_as_codes_do = typed[-DIGITS:].isdigit() and len(typed) > DIGITS
    return Publication.objects.filter(pk=publication.pk).once_with_code(typed).first() if ends_as_codes_do else None


@require_safe
def practice_list_json(request: HttpRequest) -> JsonResponse:
    """The list as data: the same selection, order and pages as the page with the same query string."""
    selection = Selection.from_query(request.GET)
    page = page_of(selection, request)
    return JsonResponse(
        {
            "count": page.paginator.count,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "next": _page_address(request, selection, page.next_page_number() if page.has_next() else None),
            "previous": _page_address(
                request, selection, page.previous_page_number() if page.has_previous() else None
            ),
            "sentence": selection.sentence(page.paginator.count),
            "corrected": selection.corrected or None,
            "partial": selection.is_partial,
            "facets": facets_as_data(selection),
            "results": [_result(request, publication) for publication in page],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def facets_as_data(selection: Selection) -> dict[str, list[dict[str, Any]]]:
    return {
        group.name: [
            {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
            for value in group.values
        ]
        for group in selection.facets
    }


def _page_address(request: HttpRequest, selection: Selection, number: int | None) -> str | None:
    if number is None:
        return None
    query = selection.query_string(page=number, view="")
    return request.build_absolute_uri(f"{reverse('web:practice_list_json')}{'?' if query else ''}{query}")


def _result(request: HttpRequest, publication: Publication) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("web:practice_detail", args=[publication.code]))
    return summary_of(publication, url, get_language() or "")


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """The practices of one organisation. What is said of it comes from its newest publication."""
    publications = Publication.objects.filter(terms__facet=Facet.AUTHOR, terms__value=slug).still_current()
    page = Paginator(publications.order_by("-published_at", "-pk"), USUAL_SIZE).get_page(
        _plain_number(request.GET.get(PAGE))
    )
    if not page.paginator.count:
        raise Http404
    described = author_named(publications.latest("published_at"), slug)
    return render(request, "practices/author.html", {"author": described, "page": page})


def author_named(publication: Publication, slug: str) -> Author:
    return next(author for author in publication.content.authors if author.slug == slug)
