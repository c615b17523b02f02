"""The parts of a publication that are drawn when it is published, and read from there ever after."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from django.conf import settings
from pyroaring import BitMap

from practices import search
from practices.document import PracticeDocument, from_json
from practices.drawing.stencil import without_slots
from practices.models.drawn import Drawn
from practices.models.publication import Publication

from .card import card_of, place_of
from .csv_row import row_of

Draw = Callable[[Publication, PracticeDocument], bytes]
ROW, WORDS = "row", "words"
BATCH = 500


def card_in(language: str) -> str:
    """The name of the part that is the card in that language."""
    return f"card {language}"


def _card(language: str) -> Draw:
    return lambda _publication, document: card_of(document, language).encode()


def _words(document: PracticeDocument) -> bytes:
    """What a search marks and shows of it: read out of the document already, in plain lines."""
    return msgspec.json.encode(search.told_of(document, place_of(document)))


PARTS: dict[str, Draw] = {
    **{card_in(language): _card(language) for language, _name in settings.LANGUAGES},
    ROW: row_of,
    WORDS: lambda _publication, document: _words(document),
}


def draw_published(sender: Any, publications: list[Publication], **kwargs: Any) -> None:
    """Receiver of `published`: every part, in the transaction that publishes. One query for each few hundred."""
    Drawn.write(rows_of(publications))


def rows_of(publications: list[Publication]) -> list[Drawn]:
    """Every part of these publications as this build draws it, not yet in the database."""
    return [
        Drawn(publication=publication, part=part, build=settings.BUILD, content=draw(publication, document))
        for publication in publications
        for document in [drawable(publication)]
        for part, draw in PARTS.items()
    ]


def contents(part: str, ids: list[int]) -> dict[int, bytes]:
    """That part of those of the publications that are in force: as it was drawn, else drawn now. One query; another
    where this build has not drawn them all."""
    (found,) = _contents((part,), ids)
    return found


def _contents(parts: tuple[str, ...], ids: list[int]) -> list[dict[int, bytes]]:
    found = Drawn.contents(parts, ids)
    missing = [pk for pk in ids if any(pk not in contents for contents in found)]
    late = Publication.objects.still_current().order_by().in_bulk(missing) if missing else {}
    for pk, publication in late.items():
        document = drawable(publication)
        for part, contents in zip(parts, found, strict=True):
            contents[pk] = PARTS[part](publication, document)
    return found


def told(language: str, ids: list[int]) -> list[tuple[str, search.Told]]:
    """The card of each of these publications and what a list of results shows of it, in the order of the ids. As
    `contents`."""
    cards, words = _contents((card_in(language), WORDS), ids)
    return [
        (str(cards[pk], "utf-8"), search.Told(pk=pk, **msgspec.json.decode(words[pk])))
        for pk in ids
        if pk in cards and pk in words
    ]


def texts(part: str, ids: list[int]) -> list[str]:
    """The same as texts, in the order of the ids; what is no longer in force is left out."""
    found = contents(part, ids)
    return [str(found[pk], "utf-8") for pk in ids if pk in found]


def late(part: str, build: str, share: tuple[int, int] = (0, 1)) -> list[int]:
    """The ids of the current publications whose part another build drew, or nobody; `share` is which of how many
    equal shares of them."""
    number, of = share
    drawn_ids = Drawn.objects.filter(part=part, build=build).values_list("publication_id", flat=True)
    done = BitMap(drawn_ids.iterator(20_000))
    current = Publication.objects.current().order_by("pk").values_list("pk", flat=True)
    return [pk for pk in current.iterator(20_000) if pk not in done and pk % of == number]


def draw_late(share: tuple[int, int] = (0, 1)) -> Iterator[int]:
    """Draw the cards and rows that are late; yields how many publications were done."""
    ids = late(ROW, settings.BUILD, share)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        draw_published(None, list(Publication.objects.still_current().filter(pk__in=batch).order_by()))
        yield len(batch)


def drawable(publication: Publication) -> PracticeDocument:
    """Its document without what could be taken for a slot."""
    return from_json(without_slots(publication.document))


__all__ = [
    "PARTS",
    "ROW",
    "card_in",
    "contents",
    "draw_late",
    "draw_published",
    "drawable",
    "late",
    "rows_of",
    "texts",
    "told",
]
