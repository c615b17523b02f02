"""The parts of a publication that are drawn when it is published, and read from there ever after."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings

from practices.document import PracticeDocument, from_json
from practices.drawing.stencil import without_slots
from practices.models.drawn import Drawn
from practices.models.publication import Publication

from .card import card_of
from .csv_row import row_of

Draw = Callable[[Publication, PracticeDocument], bytes]
ROW = "row"
BATCH = 500


def card_in(language: str) -> str:
    """The name of the part that is the card in that language."""
    return f"card {language}"


def _card(language: str) -> Draw:
    return lambda _publication, document: card_of(document, language).encode()


PARTS: dict[str, Draw] = {
    **{card_in(language): _card(language) for language, _name in settings.LANGUAGES},
    ROW: row_of,
}


def draw_published(sender: Any, publications: list[Publication], **kwargs: Any) -> None:
    """Receiver of `published`: every part, in the transaction that publishes. One query for each few hundred."""
    rows = [
        Drawn(publication=publication, part=part, build=settings.BUILD, content=draw(publication, document))
        for publication in publications
        for document in [drawable(publication)]
        for part, draw in PARTS.items()
    ]
    Drawn.write(rows)


def contents(part: str, ids: list[int]) -> dict[int, bytes]:
    """That part of those of the publications that are in force: as it was drawn, else drawn now. One query; another
    where this build has not drawn them all."""
    found = Drawn.contents(part, ids)
    missing = [pk for pk in ids if pk not in found]
    if missing:
        late = Publication.objects.still_current().order_by().in_bulk(missing)
        found |= {pk: PARTS[part](publication, drawable(publication)) for pk, publication in late.items()}
    return found


def texts(part: str, ids: list[int]) -> list[str]:
    """The same as texts, in the order of the ids; what is no longer in force is left out."""
    found = contents(part, ids)
    return [str(found[pk], "utf-8") for pk in ids if pk in found]


def draw_late() -> Iterator[int]:
    """Draw what another build drew, or nobody; yields how many publications are done."""
    done = 0
    while True:
        current = Drawn.objects.of_this_build().filter(part=ROW).values("publication_id")
        late = Publication.objects.current().exclude(pk__in=current).order_by("pk")
        batch = list(islice(late.iterator(BATCH), BATCH))
        if not batch:
            return
        draw_published(None, batch)
        done += len(batch)
        yield done


def drawable(publication: Publication) -> PracticeDocument:
    """Its document without what could be taken for a slot."""
    return from_json(without_slots(publication.document))


__all__ = ["PARTS", "ROW", "card_in", "contents", "draw_late", "draw_published", "drawable", "texts"]
