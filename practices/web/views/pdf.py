"""The same practices as documents for paper: the ficha of one, the compendium of a selection."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.facets import FacetValue
from practices.browse.unavailable import unavailable
from practices.exchange.writers import pdf
from practices.exchange.writers.page import PracticePage, edition_of
from practices.exchange.writers.pdf.content import Values, practice_values
from practices.models.identity import Identity
from practices.models.publication import Publication
from practices.web.frame import frame

from .practice import answer_elsewhere, cited, publication_in_force

LONGEST_NAME = 100
MOST_OFFERED = 12
LATER = 60
"""Seconds."""


def institution() -> pdf.Institution:
    """Whose documents these are."""
    around = frame()
    own = around.identity or Identity(name=around.site_name)
    return pdf.Institution(own.name, own.address, own.brand, own.on_brand)


@require_safe
def practice_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The ficha of the current publication."""
    publication = publication_in_force(code)
    elsewhere = answer_elsewhere(request, publication, code, "practice_pdf")
    if elsewhere:
        return elsewhere
    values = values_of(request, publication)
    try:
        made = pdf.ficha(institution(), values, localtime(publication.published_at).date())
    except pdf.Busy as busy:
        return come_back_later(request, busy.seconds)
    except pdf.TooLarge:
        # One practice always fits: the machine has no time or memory for it now.
        return come_back_later(request, LATER)
    response = _document(made, publication.code)
    response["Link"] = f'<{values["address"]}>; rel="canonical"'
    return response


@require_safe
def practice_list_pdf(request: HttpRequest) -> HttpResponse:
    """The compendium of the practices that the list with the same query string shows, all of them in its order.

    One query for the practices, whatever their number.
    """
    selection = Selection.from_query(request.GET)
    publications = selection.publications()
    if not 0 < len(publications) <= pdf.MOST_PRACTICES:
        return _refused(request, selection, len(publications))
    sentence = selection.sentence(len(publications))
    query = selection.query_string()
    address = request.build_absolute_uri(f"{reverse('web:practice_list')}{'?' if query else ''}{query}")
    practices: Iterator[Values] = (values_of(request, publication) for publication in publications)
    try:
        made = pdf.compendium(institution(), sentence, address, localdate(), practices)
    except pdf.Busy as busy:
        return come_back_later(request, busy.seconds)
    except pdf.TooLarge:
        return _refused(request, selection, len(publications))
    response = _document(made, slugify(sentence)[:LONGEST_NAME].strip("-"))
    response["X-Robots-Tag"] = "noindex"
    return response


def values_of(request: HttpRequest, publication: Publication) -> Values:
    edition = edition_of(publication)
    page = PracticePage(
        publication.content,
        language=get_language() or "",
        edition=edition,
        file_address=lambda number, attachment: request.build_absolute_uri(
            reverse("web:attachment", args=[publication.code, number])
        ),
        unavailable=unavailable,
    )
    address = request.build_absolute_uri(reverse("web:practice_detail", args=[publication.code]))
    return practice_values(page, edition, address, cited(request, publication))


def _document(made: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=False, filename=f"{name or 'catalogo'}.pdf")
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": disposition or "inline"})


def _refused(request: HttpRequest, selection: Selection, count: int) -> HttpResponse:
    """422: a selection with nothing in it, or with more than fits into one document."""
    context = {
        "selection": selection,
        "count": count,
        "most": pdf.MOST_PRACTICES,
        "sentence": selection.sentence(count),
        "query": selection.query_string(),
        "narrower": narrower(selection) if count else None,
    }
    return render(request, "practices/no_compendium.html", context, status=422)


@dataclass(frozen=True)
class Narrower:
    """A facet in which nothing is chosen yet, and its values that give few enough practices."""

    label: str
    values: tuple[FacetValue, ...]
    query: str
    """Of a selection with one of them: the value itself comes last."""


def narrower(selection: Selection) -> Narrower | None:
    """The first facet that makes documents out of a selection that is too large for one."""
    for group in selection.facets:
        values = tuple(value for value in group.values if value.count <= pdf.MOST_PRACTICES)
        if values and not group.selected:
            chosen = selection.query_string()
            query = f"{chosen}{'&' if chosen else ''}{group.name}="
            return Narrower(str(group.label), values[:MOST_OFFERED], query)
    return None


def come_back_later(request: HttpRequest, seconds: int) -> HttpResponse:
    """503, with the seconds after which to come back."""
    response = render(request, "practices/busy.html", {"seconds": seconds}, status=503)
    response["Retry-After"] = str(seconds)
    return response
