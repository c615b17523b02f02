"""The whole collection, or a selection of it, at a glance; and the same as tables and as data."""

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.amounts import Amounts, headlines
from practices.browse.facets import FacetGroup
from practices.browse.panorama import Panorama
from practices.exchange.writers.csv_out import csv_lines, file_name
from practices.exchange.writers.panorama import PanoramaPage, as_data, table_named
from practices.models.vocabulary import Department
from practices.web.context import alternates
from practices.web.twins import twin

NARROWING = ("categoria", "servicio", "departamento", "anio")


@require_safe
def panorama(request: HttpRequest) -> HttpResponse:
    selection = Selection.from_query(request.GET)
    counted, amounts = _counted(selection)
    query = selection.query_string(order="")
    narrowing = _narrowing(selection)
    page = PanoramaPage(counted, amounts, get_language() or "")
    context = {
        "selection": selection,
        "page": page,
        "areas": page.areas(lambda query: f"{reverse('web:practice_list')}?{query}"),
        "panorama": counted,
        "amounts": amounts,
        "query": query,
        "narrowing": narrowing,
        "kept": _kept(query, narrowing),
        "sentence": selection.sentence(counted.count),
        # Only what is known: an address may hold anything that a stranger typed.
        "alternates": alternates(request, f"{request.path}{'?' if query else ''}{query}"),
    }
    return render(request, "practices/panorama.html", context)


def _counted(selection: Selection) -> tuple[Panorama, Amounts]:
    """One query for the departments; one more where the catalogue has changed."""
    counted = Panorama(selection, Department.objects.order_by().values_list("code", "name"))
    return counted, headlines(selection.version).of(selection.ids)


def _narrowing(selection: Selection) -> list[FacetGroup]:
    """The facets that can be narrowed right here: a list that drops down holds one choice."""
    groups = {group.name: group for group in selection.facets}
    return [groups[name] for name in NARROWING if groups[name].values and len(groups[name].selected) <= 1]


def _kept(query: str, narrowing: list[FacetGroup]) -> list[tuple[str, str]]:
    """What is chosen elsewhere, for the form to send along."""
    apart = {group.name for group in narrowing}
    return [(name, value) for name, value in parse_qsl(query) if name not in apart]


@require_safe
def panorama_csv(request: HttpRequest) -> HttpResponse:
    """One of its tables, whole. An unknown name gives the first."""
    selection = Selection.from_query(request.GET)
    counted, amounts = _counted(selection)
    table = table_named(request.GET.get("tabla"))
    lines = csv_lines(table.header(counted), table.rows(counted, amounts))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    name = file_name(str(table.title), selection.sentence(counted.count))
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def panorama_json(request: HttpRequest) -> HttpResponse:
    selection = Selection.from_query(request.GET)
    counted, amounts = _counted(selection)
    home = request.build_absolute_uri(reverse("web:practice_list"))
    data: dict[str, Any] = {
        "sentence": selection.sentence(counted.count),
        **as_data(counted, amounts, lambda query: f"{home}{'?' if query else ''}{query}"),
    }
    return twin(request, data, selection.query_string(order=""))
