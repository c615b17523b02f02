"""One practice: its page, its JSON, its files."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices.exchange.downloads import download
from practices.exchange.writers.page import Edition, PracticePage
from practices.language.codes import code_key, read_code
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.publication import Publication, Status
from practices.models.vocabulary import CodeSeries

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


def _gone(request: HttpRequest, publication: Publication) -> HttpResponse:
    """410: what the public may know of a withdrawn practice is its code and the reason."""
    return render(request, "practices/withdrawn.html", {"publication": publication}, status=410)


def _elsewhere(
    request: HttpRequest, publication: Publication, code: str, name: str, *arguments: int
) -> HttpResponse | None:
    """The answer that is not the practice itself: another spelling's redirect, or gone."""
    if publication.code != code:
        query = request.META.get("QUERY_STRING", "")
        address = reverse(f"web:{name}", args=[publication.code, *arguments])
        return HttpResponsePermanentRedirect(f"{address}{'?' if query else ''}{query}")
    if publication.status == Status.WITHDRAWN:
        return _gone(request, publication)
    return None


@require_safe
def practice_detail(request: HttpRequest, code: str) -> HttpResponse:
    publication = publication_in_force(code)
    elsewhere = _elsewhere(request, publication, code, "practice_detail")
    if elsewhere:
        return elsewhere
    page = PracticePage(
        publication.content,
        language=get_language() or "",
        contacts=Contact.objects.public(publication.practice_id),
        edition=Edition(
            publication.number, publication.published_at, publication.first_published_at, publication.note
        ),
        file_address=lambda number, attachment: reverse("web:attachment", args=[publication.code, number]),
    )
    return render(request, "practices/detail.html", {"page": page, "document": page.document})


@require_safe
def practice_json(request: HttpRequest, code: str) -> HttpResponse:
    """The frozen document, byte for byte."""
    publication = publication_in_force(code)
    elsewhere = _elsewhere(request, publication, code, "practice_json")
    if elsewhere:
        return elsewhere
    return HttpResponse(publication.document, content_type="application/json")


@require_safe
def attachment(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A file of the current publication, always as a download: nothing uploaded runs in this site's origin."""
    publication = publication_in_force(code)
    elsewhere = _elsewhere(request, publication, code, "attachment", number)
    if elsewhere:
        return elsewhere
    attachments = publication.content.attachments
    if not 1 <= number <= len(attachments):
        raise Http404
    wanted = attachments[number - 1]
    return download(get_object_or_404(StoredFile, pk=wanted.sha256), wanted.name)
