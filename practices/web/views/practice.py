"""One practice: its page, its JSON, its files."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.neighbours import neighbours
from practices.browse.related import Kin, related
from practices.browse.unavailable import unavailable
from practices.document import Attachment
from practices.exchange.downloads import download
from practices.exchange.writers.citation import Citation, citation_of
from practices.exchange.writers.metadata import metadata_of
from practices.exchange.writers.page import PracticePage, edition_of
from practices.exchange.writers.sharing import shares
from practices.language.codes import code_key, read_code
from practices.models.contact import Contact
from practices.models.files import StoredFile
from practices.models.publication import Publication, Status
from practices.models.vocabulary import CodeSeries
from practices.templatetags.filling import kindred
from practices.web.addresses import lasting_address
from practices.web.article import DrawnPage, completed, page_drawn
from practices.web.context import alternates
from practices.web.frame import frame
from practices.web.gone import gone
from practices.web.kin_block import named, others_of_page
from practices.web.layout import Blocks, laid_out
from practices.web.surroundings import surroundings
from practices.web.twins import twin

from .contract import described

MAX_CODE = 100


def publication_in_force(code: str) -> Publication:
    """The publication that answers for this code in any spelling, or did under a code it had before: current or
    withdrawn.

    One query for the code as it is written, two more for another spelling, one more for a former code. Raises Http404.
    """
    if len(code) > MAX_CODE:
        raise Http404
    in_force = Publication.objects.exclude(status=Status.SUPERSEDED)
    key = code_key(code)
    found = in_force.with_code(key).first()
    if found is None:
        canonical = code_key(read_code(code, CodeSeries.objects.values_list("prefix", flat=True)) or "")
        if canonical and canonical != key:
            found = in_force.with_code(canonical).first()
        found = found or in_force.once_with_code(key, canonical).first()
    if found is None:
        raise Http404
    return found


def answer_elsewhere(
    request: HttpRequest, publication: Publication, code: str, name: str, *arguments: int
) -> HttpResponse | None:
    """The answer that is not the practice itself: the way from another spelling or a former code, or gone."""
    if publication.code != code:
        query = request.META.get("QUERY_STRING", "")
        address = reverse(f"web:{name}", args=[publication.code, *arguments])
        response = HttpResponsePermanentRedirect(f"{address}{'?' if query else ''}{query}")
        # A code that was corrected may be corrected back: who kept the way there for ever would walk in a circle.
        response.headers["Cache-Control"] = settings.CACHE_CONTROL_PUBLIC
        return response
    if publication.status == Status.WITHDRAWN:
        return gone(request, publication)
    return None


@require_safe
def practice_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The practice, with its neighbours in the selection that the query string tells, if it tells any.

    Queries: two where what is related to it was drawn for the catalogue as it stands, one more where the worker has
    found that out before, and one more for contacts; a search may take some more.
    """
    selection = Selection.from_query(request.GET)
    # Only what can be a code at all is asked for as it was typed.
    is_sought = get_language() == settings.LANGUAGE_CODE and len(code) <= MAX_CODE and code.isprintable()
    drawn = page_drawn(code, selection.known) if is_sought else None
    return _drawn_detail(request, drawn, selection) if drawn else _detail(request, code, selection)


def _drawn_detail(request: HttpRequest, drawn: DrawnPage, selection: Selection) -> HttpResponse:
    """The page out of what was drawn when the practice was published."""
    query = selection.query_string()
    unknown = related(drawn.publication, selection.known) if drawn.kin is None else []
    others = _others(drawn.publication, selection, unknown)
    kin = kindred(others["related"]) if drawn.kin is None else drawn.kin
    contacts = Contact.shown(drawn.practice) if selection.known.has_contacts(drawn.practice) else []
    article = completed(drawn.article, request, contacts, has_related=bool(kin))
    before, after = (
        render_to_string(f"practices/partials/{name}.html", {"selection": selection, **others})
        if others["around"]
        else ""
        for name in ("back", "around")
    )
    blocks = Blocks(
        title=article.title,
        description=article.description,
        trail=article.trail,
        content="\n".join(filter(None, (before, article.content, kin, after))),
        head=article.head,
        tells_itself=True,
    )
    return laid_out(request, blocks, alternates(request, f"{request.path}{'?' if query else ''}{query}"))


def _partial(name: str, **context: Any) -> str:
    return render_to_string(f"practices/partials/{name}.html", context)


def _detail(request: HttpRequest, code: str, selection: Selection) -> HttpResponse:
    """The page drawn now: in another language, of another build; and whatever is not the practice itself."""
    publication = publication_in_force(code)
    elsewhere = answer_elsewhere(request, publication, code, "practice_detail")
    if elsewhere:
        return elsewhere
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
        **_others(publication.pk, selection, related(publication.pk, selection.known)),
    }
    return render(request, "practices/detail.html", context)


def page_of(publication: Publication, file_address: Callable[[int, Attachment], str]) -> PracticePage:
    return PracticePage(
        publication.content,
        language=get_language() or "",
        contacts=Contact.objects.public(publication.practice_id),
        edition=edition_of(publication),
        file_address=file_address,
        unavailable=unavailable,
    )


def cited(request: HttpRequest, publication: Publication, code: str = "") -> Citation:
    """Its address stays with this version: while it is in force it leads to the practice, then to what it said.
    `code` is that of the practice today, where the version had another."""
    address = lasting_address(request, "version", code or publication.code, publication.number)
    return citation_of(publication, frame().site_name, address)


def _others(publication_id: int, selection: Selection, kin: list[Kin]) -> dict[str, Any]:
    """What the page leads to: these related ones, and those before and after. One query for all of them."""
    around = neighbours(selection, publication_id)
    beside = [around.previous, around.next] if around else []
    wanted = [*(one.pk for one in kin), *(pk for pk in beside if pk)]
    found = others_of_page(wanted)
    return {
        "related": named(kin, found),
        "around": around,
        "previous": found.get(around.previous or 0) if around else None,
        "next": found.get(around.next or 0) if around else None,
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
    response = download(get_object_or_404(StoredFile, pk=wanted.sha256), wanted.name)
    # What is withdrawn is had from no cache, either.
    response["Cache-Control"] = settings.CACHE_CONTROL_PERSONAL
    return response
