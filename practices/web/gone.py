"""410: what the public may know of a practice that was taken back is its code, the day and the reason, in the shape
that was asked for: a page for people, also where they followed a link to a file; JSON and plain text for programs."""

from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from practices.models.publication import Publication

TEXTS = frozenset({".bib", ".ris", ".csv", ".jsonl", ".atom", ".ttl"})
"""What the addresses of plain data end in."""


def gone(request: HttpRequest, publication: Publication, current: Publication | None = None) -> HttpResponse:
    """`current` is what is in force where only an earlier version was withdrawn."""
    ending = PurePosixPath(request.path).suffix
    if ending == ".json":
        response: HttpResponse = _as_data(request, publication, current)
    elif ending in TEXTS:
        response = _as_text(publication)
    else:
        context = {"publication": publication, "current": current}
        response = render(request, "practices/withdrawn.html", context, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _as_data(request: HttpRequest, publication: Publication, current: Publication | None) -> JsonResponse:
    address = request.build_absolute_uri(reverse("web:practice_detail", args=[current.code])) if current else None
    data = {
        "code": publication.code,
        "version": publication.number,
        "withdrawn_at": _moment(publication),
        "reason": publication.withdrawal_reason,
        "current": address,
    }
    return JsonResponse(data, status=410, json_dumps_params={"ensure_ascii": False})


def _as_text(publication: Publication) -> HttpResponse:
    lines = [
        _("This practice was withdrawn"),
        f"{_('Code')}: {publication.code}",
        f"{_('Withdrawn on')}: {_moment(publication)[:10]}",
        f"{_('Reason')}: {publication.withdrawal_reason}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8", status=410)


def _moment(publication: Publication) -> str:
    at = publication.withdrawn_at
    return localtime(at).isoformat(timespec="seconds") if at else ""
