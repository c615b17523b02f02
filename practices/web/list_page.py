"""The page of a list, out of parts that were drawn once: templates with slots, and here what goes into them."""

from html import escape
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from practices.browse import Selection
from practices.browse.selection import fetched
from practices.exchange.writers.stencils import fill
from practices.templatetags.cards import card_items, found_items
from practices.templatetags.catalogue import canonical_query, for_crawlers, page_query, query
from practices.templatetags.filling import chosen, filters, outputs, pages_of, search_box, sorting

from .context import alternates
from .layout import Blocks, laid_out

PARTIALS = "practices/partials/"


def list_page(request: HttpRequest, selection: Selection, page: Page[int], ids: list[int]) -> HttpResponse:
    """`ids` are those of the publications on the page, in their order."""
    language, sentence = get_language() or "", selection.sentence(page.paginator.count)
    # Only what is known: an address may hold anything that a stranger typed.
    own = page_query(selection, page.number)
    blocks = Blocks(
        title=f"{sentence}{_numbered(page.number)}",
        description=f"{sentence}. {_('Good practices of Colombian public utilities.')}",
        trail=fill(f"{PARTIALS}list_trail.html", language),
        content=_content(request, selection, page, ids, sentence),
        head=_head(selection, language),
        query=canonical_query(selection, page.number),
        twin_query=own,
    )
    return laid_out(request, blocks, alternates(request, f"{request.path}{own}"))


def _numbered(number: int) -> str:
    return f" ({_('page %(number)s') % {'number': localize(number)}})" if number > 1 else ""


def _head(selection: Selection, language: str) -> str:
    return fill(
        f"{PARTIALS}list_head.html",
        language,
        feed_title=escape(selection.in_words),
        feed=escape(query(selection.in_feed)),
        robots="" if for_crawlers(selection) else fill(f"{PARTIALS}noindex.html", language),
    )


def _content(request: HttpRequest, selection: Selection, page: Page[int], ids: list[int], sentence: str) -> str:
    count = page.paginator.count
    counted = ngettext("%(number)s practice", "%(number)s practices", count) % {"number": localize(count)}
    return fill(
        "practices/list.html",
        get_language() or "",
        sentence=escape(sentence),
        search_box=search_box(selection.text),
        filters=filters(selection),
        sorting=sorting(selection) if ids else "",
        count=escape(counted),
        corrected=_corrected(selection, ids),
        results=_results(request, selection, page, ids, sentence) if ids else _nothing(selection),
    )


def _corrected(selection: Selection, ids: list[int]) -> str:
    """What was sought instead of what was typed, or might be."""
    if not (selection.corrected or selection.is_partial or selection.offered):
        return ""
    return render_to_string(f"{PARTIALS}corrected.html", {"selection": selection, "page": ids})


def _nothing(selection: Selection) -> str:
    return render_to_string(f"{PARTIALS}nothing.html", {"selection": selection})


def _results(request: HttpRequest, selection: Selection, page: Page[int], ids: list[int], sentence: str) -> str:
    return fill(
        f"{PARTIALS}results.html",
        get_language() or "",
        chosen=chosen(selection),
        shown=_table(selection, ids, sentence) if selection.is_table else _cards(selection, page, ids),
        pagination=pages_of(page, request.path, selection) if page.has_other_pages() else "",
        outputs=outputs(selection, page),
    )


def _cards(selection: Selection, page: Page[int], ids: list[int]) -> str:
    kept, sought = selection.query_string(), selection.match.query
    items = found_items(ids, kept, sought) if sought.asked else card_items(ids, kept, compares=True)
    return fill(f"{PARTIALS}cards.html", get_language() or "", start=str(page.start_index()), items=items)


def _table(selection: Selection, ids: list[int], sentence: str) -> str:
    context: dict[str, Any] = {
        "selection": selection,
        "publications": fetched(ids),
        "sought": selection.match.query,
        "sentence": sentence,
    }
    return render_to_string(f"{PARTIALS}table.html", context)
