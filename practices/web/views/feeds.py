"""What programs follow and search with: the Atom feed of a selection, and how browsers search here."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.exchange.writers.atom import Entry, FeedHead, atom, xml_text
from practices.models.publication import Publication
from practices.templatetags.catalogue import lang_tag, query
from practices.web.addresses import lasting_address
from practices.web.frame import frame

ENTRIES = 50
BEFORE_ANY = datetime(2020, 1, 1, tzinfo=UTC)
LONGEST_SITE = 48
"""Characters that OpenSearch 1.1 grants to the long name; the short one, of 16, is the template's."""


@require_safe
def practice_feed(request: HttpRequest) -> HttpResponse:
    """The newest of a selection, whatever its order and page. Two queries, as the list."""
    selection = Selection.from_query(request.GET)
    chosen = query(selection.in_feed)
    around = frame()
    head = FeedHead(
        title=f"{selection.in_words} · {around.site_name}",
        address=request.build_absolute_uri(f"{reverse('web:practice_feed')}{chosen}"),
        page_address=request.build_absolute_uri(f"{reverse('web:practice_list')}{chosen}"),
        language=lang_tag(get_language() or ""),
        publisher=(around.identity and around.identity.name) or around.site_name,
        updated=around.updated_at or BEFORE_ANY,
    )
    entries = [_entry(request, publication) for publication in selection.newest_first()[:ENTRIES]]
    return HttpResponse(atom(head, entries), content_type="application/atom+xml; charset=utf-8")


def _entry(request: HttpRequest, publication: Publication) -> Entry:
    address = request.build_absolute_uri(reverse("web:practice_detail", args=[publication.code]))
    # The id of an entry never changes (RFC 4287, 4.2.6), whatever the practice is called today.
    return Entry(publication, lasting_address(request, "practice_detail", publication.lasting_code), address)


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """By which a browser offers to search here from its own search box."""
    context = {
        "long_name": xml_text(frame().site_name)[:LONGEST_SITE],
        "language": lang_tag(get_language() or ""),
        "home": request.build_absolute_uri("/")[:-1],
    }
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")
