"""Pages that are not lists of practices nor a practice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.models.vocabulary import Criterion

NEWEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    everything = Selection.from_query({})
    groups = {group.name: group for group in everything.facets}
    context = {
        "categories": groups["categoria"].values,
        "services": groups["servicio"].values,
        "count": len(everything.ids),
        "newest": everything.publications()[:NEWEST],
    }
    return render(request, "practices/home.html", context)


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """The institution's own criteria, in its own words."""
    groups = {"minimum": [], "contest": []}  # type: dict[str, list[Criterion]]
    for criterion in Criterion.objects.all():
        groups[criterion.group].append(criterion)
    return render(request, "practices/criteria.html", {"groups": groups})
