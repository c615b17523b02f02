"""410: what the public may know of a practice that was taken back is its code, the day and the reason, in the shape
that was asked for: a page for people, also where they followed a link to a file; JSON and plain text for programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalogue.data_addresses import TEXT_ENDINGS, ending_of
from practices.exchange.writers.history_json import withdrawal_as_data
from practices.models.publication import Publication
from practices.web.twins import as_json


def gone(request: HttpRequest, publication: Publication, current: Publication | None = None) -> HttpResponse:
    """`current` is what is in force where only an earlier version was withdrawn."""
    ending = ending_of(request)
    if ending == ".json":
        response: HttpResponse = as_json(withdrawal_as_data(publication, current), status=410)
    elif ending in TEXT_ENDINGS:
        response = _as_text(publication)
    else:
        context = {"publication": publication, "current": current, "twin": ""}
        response = render(request, "practices/withdrawn.html", context, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


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
