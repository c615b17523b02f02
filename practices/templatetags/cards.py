"""Practices in a list: the cards that were drawn when they were published, filled in for this list."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from practices import search
from practices.document import PracticeDocument
from practices.drawing.stencil import filled
from practices.exchange.writers import drawn
from practices.exchange.writers.card import card_of, marked
from practices.exchange.writers.stencils import fill
from practices.models.publication import Publication

from .catalogue import list_address

register = template.Library()


@register.simple_tag
def card_items(practices: Iterable[int | Publication], kept: str = "", compares: bool = False) -> SafeString:
    """A list item for each publication, or id of one. `kept` is the query string that the links carry on; `compares`
    says whether they can be ticked. One query for all of them."""
    ids = [one.pk if isinstance(one, Publication) else one for one in practices]
    cards = "</li>\n<li>".join(drawn.texts(drawn.card_in(_language()), ids))
    return mark_safe(f"<li>{filled(cards, around(kept, compares=compares))}</li>" if cards else "")


def found_items(ids: list[int], kept: str, query: search.Query) -> SafeString:
    """The same of a search, with the words that it found marked.

    One query for all of them; one more where some practice was found by the words inside its files.
    """
    each, values = drawn.told(_language(), ids), around(kept, compares=True)
    passages = search.Passages([told for _card, told in each], query)
    items = [filled(card, values | words_found(told, passages)) for card, told in each]
    return mark_safe("".join([f"<li>{item}</li>\n" for item in items]))


@register.simple_tag
def example_card(document: PracticeDocument) -> SafeString:
    """The card of a document that nobody published."""
    return mark_safe(filled(card_of(document, _language()), around("", compares=False)))


def around(kept: str, *, compares: bool) -> dict[str, str]:
    """What is the same in every card of a list."""
    values = {"start": list_address(), "kept": escape(f"?{kept}") if kept else ""}
    return values if compares else values | {"compares": ""}


def words_found(told: search.Told, passages: search.Passages) -> dict[str, str]:
    """The words of the search where they stand in the card, and the passage that holds them."""
    marking, values = passages.markings[told.pk], {}
    if marking:
        texts = {"title": told.title, "author": told.author, "place": told.place}
        values = {name: marked(marking.highlight(text)) for name, text in texts.items()}
    passage = passages.own.get(told.pk)
    # Found in the words that say where it was done, it is marked there.
    if passage and _said(passage) != told.place:
        values["passage"] = fill("practices/partials/passage.html", _language(), passage=marked(passage))
    elif in_file := passages.in_files.get(told.pk):
        values["passage"] = fill(
            "practices/partials/passage_in_file.html",
            _language(),
            name=escape(in_file.name),
            tag=escape(in_file.language),
            passage=marked(in_file.pieces),
        )
    return values


def _said(pieces: Iterable[search.Piece]) -> str:
    return "".join([piece.text for piece in pieces])


def _language() -> str:
    return get_language() or ""
