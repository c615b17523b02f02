"""A practice as a card of a list: drawn once in each language, with slots for what differs from list to list."""

from collections.abc import Iterable
from html import escape

from practices import search
from practices.document import PracticeDocument
from practices.language import texts

from .figures import figure_of
from .stencils import drawn

PLACE_LENGTH = 120


def card_of(document: PracticeDocument, language: str) -> str:
    """A stencil of HTML. Slots: `start`, the address of the list of practices; `kept`, the query string that its link
    carries on; `title`, `author` and `place`, where a search marks words; `passage`, why it was found; `compares`,
    the tick to compare it, which lists that compare nothing leave empty."""
    headline = document.headline
    figure = figure_of(headline, language) if headline else None
    return drawn(
        "practices/partials/card.html", language, document=document, headline=figure, place=place_of(document)
    )


def place_of(document: PracticeDocument) -> str:
    """Where it was done, in one line."""
    return texts.shorten(document.coverage.text, PLACE_LENGTH)


def marked(pieces: Iterable[search.Piece]) -> str:
    """Pieces of a text as HTML."""
    return "".join([f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text) for piece in pieces])
