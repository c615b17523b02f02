"""The history of a practice as the public may read it: its publications, an earlier one, two side by side."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from practices.exchange.writers.changes import FieldChange, changes_between
from practices.exchange.writers.history_json import (
    Addresses,
    Comparison,
    History,
    comparison_as_data,
    history_as_data,
)
from practices.models.publication import Publication
from practices.web.gone import gone
from practices.web.twins import twin

from .contract import described
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


@require_safe
def version_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The document of a version as it was frozen, byte for byte; what the page does with others, this does."""
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "version_json", number)
    if elsewhere:
        return elsewhere
    if number == current.number:
        return redirect("web:practice_json", current.code)
    publication = earlier_version(current, number)
    if publication.withdrawn_at:
        return gone(request, publication, current)
    return unlisted(described(request, twin(request, publication.document), publication.document))


@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "versions")
    if elsewhere:
        return elsewhere
    history = history_of(current)
    readable = history.readable
    context = {
        "current": current,
        "listed": history.listed,
        "readable": readable,
        "chosen": {FROM: readable[1], TO: readable[0]} if len(readable) > 1 else {},
    }
    return render(request, "practices/versions.html", context)


@require_safe
def versions_json(request: HttpRequest, code: str) -> HttpResponse:
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "versions_json")
    if elsewhere:
        return elsewhere
    return twin(request, history_as_data(history_of(current), _addresses(request, current.code)))


def history_of(current: Publication) -> History:
    return History(current, list(Publication.objects.versions_of(current)))


@require_safe
def compare_versions(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions by `de` and `a`; whatever is unknown is the newest, or the one before it."""
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "compare_versions")
    if elsewhere:
        return elsewhere
    compared = comparison_asked_for(request, current)
    before, after = compared.before.number, compared.after.number
    context = {
        "current": current,
        "before": compared.before,
        "after": compared.after,
        "changes": compared.changes,
        "readable": compared.readable,
        "chosen": {FROM: before, TO: after},
        "query_string": query_of(before, after),
    }
    return render(request, "practices/compare_versions.html", context)


@require_safe
def compare_versions_json(request: HttpRequest, code: str) -> HttpResponse:
    current = publication_in_force(code)
    elsewhere = answer_elsewhere(request, current, code, "compare_versions_json")
    if elsewhere:
        return elsewhere
    compared = comparison_asked_for(request, current)
    data = comparison_as_data(compared, _addresses(request, current.code))
    return unlisted(twin(request, data, query_of(compared.before.number, compared.after.number)))


def comparison_asked_for(request: HttpRequest, current: Publication) -> Comparison:
    """Two queries; one where a version is compared with itself."""
    readable = {
        str(publication.number): publication
        for publication in Publication.objects.versions_of(current).filter(withdrawn_at__isnull=True)
    }
    after = readable.get(request.GET.get(TO, ""), current)
    before = readable.get(request.GET.get(FROM, ""), _one_before(list(readable.values()), after))
    numbers = [publication.number for publication in readable.values()]
    return Comparison(current, before, after, numbers, _changes(before, after))


def _one_before(newest_first: list[Publication], publication: Publication) -> Publication:
    """The next older one; of the first version, itself."""
    older = (other for other in newest_first if other.number < publication.number)
    return next(older, publication)


def _changes(before: Publication, after: Publication) -> tuple[FieldChange, ...]:
    if before.number == after.number:
        return ()
    documents = dict(Publication.objects.filter(pk__in=(before.pk, after.pk)).order_by().values_list("pk", "document"))
    return changes_between(documents[before.pk], documents[after.pk])


def query_of(before: int, after: int) -> str:
    return urlencode({FROM: before, TO: after})


def unlisted(response: HttpResponse) -> HttpResponse:
    """Not for search engines, as the page is not."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _addresses(request: HttpRequest, code: str) -> Addresses:
    def full(name: str, *numbers: int) -> str:
        return request.build_absolute_uri(reverse(f"web:{name}", args=[code, *numbers]))

    comparison = full("compare_versions_json")
    return Addresses(
        page=lambda number: full("version", number),
        data=lambda number: full("version_json", number),
        changes=lambda before, after: f"{comparison}?{query_of(before, after)}",
    )
