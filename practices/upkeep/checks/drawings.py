"""What was drawn of publications when they were published, and would be drawn now."""

from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from practices.exchange.writers.drawn import PARTS, drawable
from practices.models.drawn import Drawn
from practices.models.publication import Publication, Status
from practices.upkeep.finding import Finding, Kind

BATCH = 100
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
    """The parts that this build drew and would draw in another way, as it would. What another build drew is not used,
    and what is not drawn is drawn when it is asked for."""
    for batch in _batches(deep=deep):
        rows = Drawn.objects.of_this_build().filter(publication__in=batch, part__in=PARTS)
        kept = {(pk, part): bytes(content) for pk, part, content in rows.values_list("publication", "part", "content")}
        for publication in batch:
            document = drawable(publication)
            for part, draw in PARTS.items():
                if (publication.pk, part) not in kept:
                    continue
                if (content := draw(publication, document)) != kept[publication.pk, part]:
                    yield Drawn(publication=publication, part=part, build=settings.BUILD, content=content)


def _batches(*, deep: bool) -> Iterator[list[Publication]]:
    ids = list(Publication.objects.current().order_by("pk").values_list("pk", flat=True))
    chosen = ids if deep else ids[:: max(1, len(ids) // SAMPLE)]
    for start in range(0, len(chosen), BATCH):
        yield list(Publication.objects.current().filter(pk__in=chosen[start : start + BATCH]).order_by("pk"))
