"""Pages that are not lists of practices nor a practice."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.parameters import DEPARTMENT
from practices.browse.selection import fetched
from practices.browse.terms import NATIONAL
from practices.drawing.map import areas
from practices.exchange.writers.metadata import site_graph
from practices.exchange.writers.site_json import Overview, criteria_as_data, overview_as_data
from practices.models.vocabulary import Criterion
from practices.web.frame import frame
from practices.web.surroundings import owner
from practices.web.twins import twin

from .lists import result

NEWEST = 6


def overview() -> Overview:
    """Two queries in a warm worker: the version and the criteria."""
    everything = Selection.from_query({})
    groups = {group.name: group.values for group in everything.facets}
    return Overview(
        count=len(everything.ids),
        values={
            "categoria": groups["categoria"],
            "servicio": groups["servicio"],
            DEPARTMENT: [value for value in groups[DEPARTMENT] if value.value != NATIONAL],
        },
        newest=everything.ordered()[:NEWEST],
        criteria=list(Criterion.objects.filter(group="minimum")),
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Four queries in a warm worker: those of the overview, and what each page asks for."""
    told = overview()
    departments = told.values[DEPARTMENT]
    context = {
        "categories": told.values["categoria"],
        "services": told.values["servicio"],
        "departments": departments,
        "areas": areas({value.value: value.count for value in departments}, list_of_department),
        "count": told.count,
        "newest": told.newest,
        "criteria": told.criteria,
        "about_site": site_graph(owner(request)),
    }
    return render(request, "practices/home.html", context)


@require_safe
def home_json(request: HttpRequest) -> HttpResponse:
    told = overview()
    data = overview_as_data(
        told,
        fetched(told.newest),
        list_by(request),
        lambda publication: result(request, publication),
        request.build_absolute_uri(reverse("web:criteria")),
    )
    return twin(request, {"site": frame().site_name, **data})


def list_of_department(code: str) -> str:
    return f"{reverse('web:practice_list')}?{urlencode({DEPARTMENT: code})}"


def list_by(request: HttpRequest) -> Callable[[str, str], str]:
    """From the name of a facet and a value to the full address of the list, whose own is looked up once."""
    start = request.build_absolute_uri(reverse("web:practice_list"))
    return lambda name, value: f"{start}?{urlencode({name: value})}"


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """The institution's own criteria, in its own words."""
    groups = {"minimum": [], "contest": []}  # type: dict[str, list[Criterion]]
    for criterion in Criterion.objects.all():
        groups[criterion.group].append(criterion)
    return render(request, "practices/criteria.html", {"groups": groups})


@require_safe
def criteria_json(request: HttpRequest) -> HttpResponse:
    return twin(request, criteria_as_data(Criterion.objects.all(), list_by(request)))
