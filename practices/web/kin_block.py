"""The practices that are like one, as its page shows them, drawn for the whole catalogue as it stands.

What is like a practice depends on all others: whatever is published or withdrawn makes every block that was drawn one
of another catalogue, and until `manage.py draw` has run again each is found out when it is asked for. In Spanish only,
as the article.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.utils.translation import override

from practices.browse.collection import Collection, collection
from practices.browse.related import MOST, Kin, related_of_each
from practices.exchange.writers.drawn import late
from practices.models.drawn import RELATED, Drawn
from practices.models.prepared import Prepared
from practices.models.publication import Publication
from practices.templatetags.filling import kindred

PART = RELATED
SPANISH = settings.LANGUAGE_CODE
BATCH = 25
MOST_OTHERS = MOST + 2
"""The related ones of a page, and those before and after."""
NONE = 0
"""No publication has this id."""


@dataclass(frozen=True)
class Other:
    """Another practice that a page leads to."""

    code: str
    title: str
    reasons: str = ""


def stamp_of(known: Collection) -> str:
    """Of the build and of the publications out of which a block was found: 16 characters."""
    return hashlib.sha256(f"{settings.BUILD} {known.fingerprint}".encode()).hexdigest()[:16]


def draw_late(share: tuple[int, int] = (0, 1)) -> Iterator[int]:
    """Draw the blocks of another catalogue than today's; yields how many were done."""
    ids = late(PART, stamp_of(collection()), share)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        Drawn.write(_rows(collection(), list(Publication.objects.still_current().filter(pk__in=batch).order_by())))
        yield len(batch)


def drawer() -> Callable[[Sequence[Publication]], list[Drawn]]:
    """What draws the blocks of some publications as this build does for the catalogue as it stands now. They are not
    yet in the database."""
    return partial(_rows, collection())


def _rows(known: Collection, publications: Sequence[Publication]) -> list[Drawn]:
    stamp, rows = stamp_of(known), []
    for start in range(0, len(publications), BATCH):
        batch = publications[start : start + BATCH]
        kin = related_of_each(batch, known)
        others = _others({one.pk for found in kin for one in found})
        with override(SPANISH):
            rows += [
                Drawn(publication=publication, part=PART, build=stamp, content=kindred(named(found, others)).encode())
                for publication, found in zip(batch, kin, strict=True)
            ]
    return rows


def _others(ids: Iterable[int]) -> dict[int, Other]:
    rows = Publication.objects.still_current().filter(pk__in=ids).order_by().values_list("pk", "code", "title")
    return {pk: Other(code, title) for pk, code, title in rows}


def others_of_page(ids: Sequence[int]) -> dict[int, Other]:
    """Those of up to MOST_OTHERS publications that are in force. One query, compiled once; none for none."""
    rows = _titles.rows(*ids, *[NONE] * (MOST_OTHERS - len(ids))) if ids else []
    return {pk: Other(code, title) for pk, code, title in rows}


_titles = Prepared(
    lambda *ids: Publication.objects.still_current().filter(pk__in=ids).order_by().values_list("pk", "code", "title"),
    *[int] * MOST_OTHERS,
)


def named(kin: Iterable[Kin], others: dict[int, Other]) -> list[Other]:
    """With the reasons in the language of the page; without those that are no longer in force."""
    return [replace(others[one.pk], reasons=one.reasons) for one in kin if one.pk in others]
