"""The catalogue for portals that harvest such: DCAT-AP 3 as Turtle and as JSON-LD."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.exchange.writers.datasets import DataCatalogue
from practices.models.publication import Publication
from practices.web.datasets import offered, public_data

from .open_data import OF_A_LIST, OF_COUNTS


@require_safe
def dcat_turtle(request: HttpRequest) -> HttpResponse:
    """Two queries: the catalogue version, and when the first practice was published."""
    # Here and not above: rdflib takes 9 MB of a worker, and few are asked for this.
    from practices.exchange.writers.dcat import turtle

    return HttpResponse(turtle(catalogue_of(request)), content_type="text/turtle; charset=utf-8")


@require_safe
def dcat_jsonld(request: HttpRequest) -> HttpResponse:
    """The same graph; queries as the Turtle."""
    from practices.exchange.writers.dcat import json_ld

    return HttpResponse(json_ld(catalogue_of(request)), content_type="application/ld+json")


def catalogue_of(request: HttpRequest) -> DataCatalogue:
    """In both languages at once and with the addresses that last, so the same under /en/."""
    with override(settings.LANGUAGE_CODE):
        shapes = offered(request, OF_A_LIST), offered(request, OF_COUNTS)
        catalogue = public_data(request, Selection.from_query({}), *shapes)
    # The first that ever was: the day that the data began does not move with what is withdrawn. Only the day is told.
    began = Publication.objects.order_by("pk").values_list("first_published_at", flat=True).first()
    return replace(catalogue, issued_at=began)
