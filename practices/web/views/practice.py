"""One practice: its page, its JSON, its files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.neighbours import neighbours
from practices.browse.related import related
from practices.document import Attachment
from practices.exchange.downloads import download
from practices.exchange.writers.citation import Citation, citation_of
from practices.exchange.writers.history_json import withdrawal_as_data
from practices.exchange.writers.metadata import metadata_of
from practices.exchange.writers.page import PracticePage, edition_of
from practices.exchange.writers.sharing import shares
from practices.language.codes import code_key, read_code
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.publication import Publication, Status
from practices.models.vocabulary import CodeSeries
from practices.web.addresses import lasting_address
from practices.web.context import alternates
from practices.web.frame import frame
from practices.web.surroundings import surroundings
from practices.web.twins import as_json, is_data, twin

from .contract import described

MAX_CODE = 100


def publication_in_force(code: str) -> Publication:
    """The publication that answers for this code in any spelling: current or withdrawn.

    One query for the code as it is written, two more for another spelling. Raises Http404.
    """
    if len(code) > MAX_CODE:
        raise Http404
    in_force = Publication.objects.exclude(status=Status.SUPERSEDED)
    found = in_force.with_code(code_key(code)).first()
    if found is None:
        canonical = read_code(code, CodeSeries.objects.values_list("prefix", flat=True))
        found = in_force.with_code(code_key(canonical)).first() if canonical else None
    if found is None:
        raise Http404
    return found


def gone(request: HttpRequest, publication: Publication, current: Publication | None = None) -> HttpResponse:
    """410: what the public may know of a withdrawn practice is its code, the day and the reason. `current` is what is
    in force where only an earlier version was withdrawn."""
    if is_data(request):
        return as_json(withdrawal_as_data(publication, current), status=410)
    context = {"publication": publication, "current": current, "twin": ""}
    return render(request, "practices/withdrawn.html", context, status=410)


def answer_elsewhere(
    request: HttpRequest, publication: Publication, code: str, name: str, *arguments: int
) -> HttpResponse | None:
    """The answer that is not the practice itself: another spelling's redirect, or gone."""
    if publication.code != code:
        query = request.META.get("QUERY_STRING", "")
        address = reverse(f"web:{name}", args=[publication.code, *arguments])
        return HttpResponsePermanentRedirect(f"{address}{'?' if query else ''}{query}")
    if publication.status == Status.WITHDRAWN:
        return gone(request, publication)
    return None


@require_safe
def practice_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The practice, with its neighbours in the selection that the query string tells, if it tells any.

    Queries: four where the worker knows the practice, whatever is related to it; a search may take some more.
    """
    publication = publication_in_force(code)
    elsewhere = answer_elsewhere(request, publication, code, "practice_detail")
    if elsewhere:
        return elsewhere
    selection = Selection.from_query(request.GET)
    query = selection.query_string()
    page = page_of(publication, lambda number, _file: reverse("web:attachment", args=[publication.code, number]))
    permanent = lasting_address(request, "practice_detail", publication.code)
    context = {
        "page": page,
        "document": page.document,
        "permanent": permanent,
        "selection": selection,
        "citation": cited(request, publication),
        "shares": shares(page.document.title, permanent),
        "metadata": metadata_of(publication, surroundings(request, publication)),
        # Only what is known: an address may hold anything that a stranger typed.
        "alternates": alternates(request, f"{request.path}{'?' if query else ''}{query}"),
        **_others(publication, selection),
    }
    return render(request, "practices/detail.html", context)


def page_of(publication: Publication, file_address: Callable[[int, Attachment], str]) -> PracticePage:
    return PracticePage(
        publication.content,
        language=get_language() or "",
        contacts=Contact.objects.public(publication.practice_id),
        edition=edition_of(publication),
        file_address=file_address,
    )


def cited(request: HttpRequest, publication: Publication) -> Citation:
    """Its address stays with this version: while it is in force it leads to the practice, then to what it said."""
    address = lasting_address(request, "version", publication.code, publication.number)
    return citation_of(publication, frame().site_name, address)


@dataclass(frozen=True)
class Other:
    """Another practice that a page leads to."""

    publication: Publication
    reasons: str = ""


def _others(publication: Publication, selection: Selection) -> dict[str, Any]:
    """What the page leads to: the related ones, and those before and after. One query for all of them."""
    kin = related(publication, selection.known)
    around = neighbours(selection, publication.pk)
    beside = [around.previous, around.next] if around else []
    wanted = [*(one.pk for one in kin), *(pk for pk in beside if pk)]
    found = Publication.objects.still_current().order_by().only("code", "title").in_bulk(wanted)
    return {
        "related": [Other(found[one.pk], one.reasons) for one in kin if one.pk in found],
        "around": around,
        "previous": found.get(around.previous) if around else None,
        "next": found.get(around.next) if around else None,
        "list_query": selection.query_string(page=(around.place - 1) // selection.size + 1) if around else "",
    }


@require_safe
def practice_json(request: HttpRequest, code: str) -> HttpResponse:
    """The frozen document, byte for byte; a header leads to the schema that it keeps to."""
    publication = publication_in_force(code)
    elsewhere = answer_elsewhere(request, publication, code, "practice_json")
    if elsewhere:
        return elsewhere
    return described(request, twin(request, publication.document), publication.document)


@require_safe
def attachment(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A file of the current publication, always as a download: nothing uploaded runs in this site's origin."""
    publication = publication_in_force(code)
    elsewhere = answer_elsewhere(request, publication, code, "attachment", number)
    if elsewhere:
        return elsewhere
    return file_of(publication, number)


def file_of(publication: Publication, number: int) -> HttpResponseBase:
    """Raises Http404 where it has no such file."""
    attachments = publication.content.attachments
    if not 1 <= number <= len(attachments):
        raise Http404
    wanted = attachments[number - 1]
    return download(get_object_or_404(StoredFile, pk=wanted.sha256), wanted.name)
