"""Pages that are not lists of practices nor a practice."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.parameters import DEPARTMENT
from practices.browse.terms import NATIONAL
from practices.drawing.map import areas
from practices.exchange.writers.metadata import site_graph
from practices.models.vocabulary import Criterion
from practices.web.surroundings import owner

NEWEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Four queries in a warm worker: the version, the newest, the criteria, and what each page asks for."""
    everything = Selection.from_query({})
    groups = {group.name: group for group in everything.facets}
    departments = [value for value in groups[DEPARTMENT].values if value.value != NATIONAL]
    context = {
        "categories": groups["categoria"].values,
        "services": groups["servicio"].values,
        "departments": departments,
        "areas": areas({value.value: value.count for value in departments}, list_of_department),
        "count": len(everything.ids),
        "newest": everything.ordered()[:NEWEST],
        "criteria": Criterion.objects.filter(group="minimum"),
        "about_site": site_graph(owner(request)),
    }
    return render(request, "practices/home.html", context)


def list_of_department(code: str) -> str:
    return f"{reverse('web:practice_list')}?{urlencode({DEPARTMENT: code})}"


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """The institution's own criteria, in its own words."""
    groups = {"minimum": [], "contest": []}  # type: dict[str, list[Criterion]]
    for criterion in Criterion.objects.all():
        groups[criterion.group].append(criterion)
    return render(request, "practices/criteria.html", {"groups": groups})
