"""The history of a practice as the public may read it: its publications, an earlier one, two side by side."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from practices.exchange.writers.changes import FieldChange, changes_between
from practices.models.publication import Publication
from practices.web.gone import gone

from .practice import answer_elsewhere, cited, file_of, page_of, publication_in_force

MOST_DIGITS = 9
FROM, TO = "de", "a"


def earlier_version(current: Publication, number: int) -> Publication:
    """Raises Http404 where the practice has no such version."""
    if len(str(number)) > MOST_DIGITS:
        raise Http404
    return get_object_or_404(Publication.objects.versions_of(current).defer(None), number=number)


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What the practice said in a version. The one in force is the practice itself; one that was withdrawn is gone."""
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "version", number)
    if elsewhere:
        return elsewhere
    if number == current.number:
        return redirect("web:practice_detail", current.code)
    publication = earlier_version(current, number)
    if publication.withdrawn_at:
        return gone(request, publication, current)
    page = page_of(publication, lambda file, _a: reverse("web:version_attachment", args=[current.code, number, file]))
    context = {
        "page": page,
        "document": page.document,
        "current": current,
        "citation": cited(request, publication, current.code),
    }
    return render(request, "practices/version.html", context)


@require_safe
def version_attachment(request: HttpRequest, code: str, number: int, file: int) -> HttpResponseBase:
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "version_attachment", number, file)
    if elsewhere:
        return elsewhere
    publication = earlier_version(current, number)
    return gone(request, publication, current) if publication.withdrawn_at else file_of(publication, file)


@dataclass(frozen=True)
class Listed:
    """A version in the list; `before` is the number of the one that it can be compared with."""

    publication: Publication
    before: int | None


@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "versions")
    if elsewhere:
        return elsewhere
    every = list(Publication.objects.versions_of(current))
    readable = [publication.number for publication in every if not publication.withdrawn_at]
    earlier = dict(pairwise(readable))
    context = {
        "current": current,
        "listed": [Listed(publication, earlier.get(publication.number)) for publication in every],
        "readable": readable,
        "chosen": {FROM: readable[1], TO: readable[0]} if len(readable) > 1 else {},
    }
    return render(request, "practices/versions.html", context)


@require_safe
def compare_versions(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions by `de` and `a`; whatever is unknown is the newest, or the one before it."""
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "compare_versions")
    if elsewhere:
        return elsewhere
    readable = {
        str(publication.number): publication
        for publication in Publication.objects.versions_of(current).filter(withdrawn_at__isnull=True)
    }
    after = readable.get(request.GET.get(TO, ""), current)
    before = readable.get(request.GET.get(FROM, ""), _one_before(list(readable.values()), after))
    context = {
        "current": current,
        "before": before,
        "after": after,
        "changes": _changes(before, after),
        "readable": [publication.number for publication in readable.values()],
        "chosen": {FROM: before.number, TO: after.number},
    }
    return render(request, "practices/compare_versions.html", context)


def _one_before(newest_first: list[Publication], publication: Publication) -> Publication:
    """The next older one; of the first version, itself."""
    older = (other for other in newest_first if other.number < publication.number)
    return next(older, publication)


def _changes(before: Publication, after: Publication) -> tuple[FieldChange, ...]:
    if before.number == after.number:
        return ()
    documents = dict(Publication.objects.filter(pk__in=(before.pk, after.pk)).order_by().values_list("pk", "document"))
    return changes_between(documents[before.pk], documents[after.pk])
