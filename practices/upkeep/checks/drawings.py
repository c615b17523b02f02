"""What was drawn of publications when they were published, and would be drawn now."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from practices.exchange.writers.drawn import rows_of
from practices.models.drawn import Drawn
from practices.models.publication import Publication, Status
from practices.upkeep.finding import Finding, Kind

from .documents import is_readable

BATCH = 100
Drawer = Callable[[list[Publication]], list[Drawn]]
DRAWERS: list[Callable[[], Drawer]] = [lambda: rows_of]
"""Who draws: asked once for each verification for what gives its parts of some publications. The floors above add
theirs (apps.py)."""

SAMPLE = 1_000
"""Publications that are drawn again where nobody asks for all."""


def drawings(*, deep: bool = False) -> Iterator[Finding]:
    for pk, part in _unneeded().values_list("publication_id", "part").iterator(2_000):
        told = {"part": part, "pk": pk}
        yield Finding(Kind.DRAWN, _("“%(part)s” of publication %(pk)d, which is not in force") % told)
    for row in _wrong(deep=deep):
        yield Finding(Kind.DRAWN, f"{row.publication} “{row.part}”")


def redraw(*, deep: bool = False) -> None:
    _unneeded().delete()
    wrong = _wrong(deep=deep)
    while batch := list(islice(wrong, BATCH)):
        Drawn.write(batch)


def _unneeded() -> QuerySet[Drawn]:
    return Drawn.objects.exclude(publication__status=Status.CURRENT)


def _wrong(*, deep: bool) -> Iterator[Drawn]:
    """The parts that would be drawn in another way now, as they would. What another build drew is not used, and what
    is not drawn is drawn when it is asked for."""
    drawers = [drawer() for drawer in DRAWERS]
    for batch in _batches(deep=deep):
        rows = Drawn.objects.filter(publication__in=batch)
        kept = {(row.publication_id, row.part, row.build): bytes(row.content) for row in rows}
        for new in (row for draw in drawers for row in draw(batch)):
            known = kept.get((new.publication_id, new.part, new.build))
            if known is not None and known != new.content:
                yield new


def _batches(*, deep: bool) -> Iterator[list[Publication]]:
    ids = list(Publication.objects.current().order_by("pk").values_list("pk", flat=True))
    chosen = ids if deep else ids[:: max(1, len(ids) // SAMPLE)]
    for start in range(0, len(chosen), BATCH):
        batch = Publication.objects.current().filter(pk__in=chosen[start : start + BATCH]).order_by("pk")
        yield [publication for publication in batch if is_readable(publication)]
