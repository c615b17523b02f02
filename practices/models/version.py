"""The catalogue version: one number, raised in the transaction of every change that the public can see.

Whatever is kept (a page, an ETag, a count) is kept under this number, so nothing is ever stale.
"""

from collections.abc import Collection
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.flatpages.models import FlatPage
from django.core.signals import request_finished, request_started
from django.db import models
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from . import contact
from .identity import Identity, IdentityLink
from .page import Page
from .prepared import Prepared
from .publication import Facet, Publication
from .reading import database
from .synonym import SynonymGroup
from .vocabulary import Criterion, Organization

ROW = 1
FURTHER = 1_000_000
"""More versions than anybody raised between a backup and the day it was restored."""


@dataclass(frozen=True)
class Standing:
    """The catalogue version as it was read."""

    number: int = 0
    rebuilt_in: int = 0
    raised_at: datetime | None = None
    links_in: int = 0


# What this request has read of it already: the ETag, the list, the header and the footer of a page ask once between
# them. By the database it was read in, should one be away in the midst of it. None outside a request, where the number
# is read each time.
_read: ContextVar[dict[str, Standing] | None] = ContextVar("catalogue_version", default=None)


class CatalogueVersion(models.Model):
    number = models.PositiveBigIntegerField(default=1)
    raised_at = models.DateTimeField(default=timezone.now)
    rebuilt_in = models.PositiveBigIntegerField(
        default=0, help_text="the number under which the index was last written anew"
    )
    links_in = models.PositiveBigIntegerField(
        default=0, help_text="the number under which a link was last marked or cleared; 0 where none ever was"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=ROW), name="catalogueversion_one_row")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """Today's number. One query."""
        return cls.objects.values_list("number", flat=True).filter(pk=ROW).first() or 0

    @classmethod
    def standing(cls) -> Standing:
        """The whole row. One query."""
        row = _row.row()
        return Standing(*row) if row else Standing()

    @classmethod
    def standing_of_request(cls) -> Standing:
        """The same, as this request read it first: all of a page is of one version. One query at most."""
        read = _read.get()
        if read is None:
            return cls.standing()
        name = database().alias
        if name not in read:
            read[name] = cls.standing()
        return read[name]

    @classmethod
    def raise_for_rebuilding(cls) -> int:
        """The next number, and the sign to every worker to drop what it knows of the index. As `raise_by_one`."""
        number = cls.raise_by_one()
        cls.objects.filter(pk=ROW).update(rebuilt_in=number)
        return number

    @classmethod
    def raise_for_links(cls) -> int:
        """The next number, and the sign to every worker to read again which links do not answer. As `raise_by_one`."""
        number = cls.raise_by_one()
        cls.objects.filter(pk=ROW).update(links_in=number)
        return number

    @classmethod
    def raise_after_restoring(cls) -> int:
        """As `raise_for_rebuilding`, past every number that was told before a backup was restored: whoever kept one of
        those holds what this database never knew."""
        cls.objects.filter(pk=ROW).update(number=F("number") + FURTHER)
        return cls.raise_for_rebuilding()

    @classmethod
    def raise_by_one(cls) -> int:
        """The next number. Call it inside the transaction of the change, before its other writes: the row stays
        locked until the commit, so numbers become visible in their order. Two queries."""
        if read := _read.get():
            read.clear()
        if not cls.objects.filter(pk=ROW).update(number=F("number") + 1, raised_at=timezone.now()):
            cls.objects.get_or_create(pk=ROW)
        return cls.current()


_row = Prepared(
    lambda: CatalogueVersion.objects.filter(pk=ROW).values_list("number", "rebuilt_in", "raised_at", "links_in")
)


def raise_after_change(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receiver: the public reads these rows live, outside any publication. Whoever writes many pages at once, raw,
    raises it once for all of them."""
    if not (raw and sender is Page):
        CatalogueVersion.raise_by_one()


def begin_reading(sender: Any = None, **kwargs: Any) -> None:
    """Receiver: a request begins, perhaps in a thread that served others."""
    _read.set({})


def end_reading(sender: Any = None, **kwargs: Any) -> None:
    """Receiver: a request ends."""
    _read.set(None)


request_started.connect(begin_reading, dispatch_uid="version_begin")
request_finished.connect(end_reading, dispatch_uid="version_end")

LIVE = (Criterion, FlatPage, Identity, IdentityLink, Page, SynonymGroup)
"""What everybody sees as it stands. What belongs to records is seen with what was published of them only: its
receivers are below, so that nobody can tell from the version that a draft was saved."""

for model in LIVE:
    post_save.connect(raise_after_change, sender=model, dispatch_uid=f"version_{model.__name__}_saved")
    post_delete.connect(raise_after_change, sender=model, dispatch_uid=f"version_{model.__name__}_deleted")


def raise_after_contact(sender: Any, practices: Collection[int], shown: bool, **kwargs: Any) -> None:
    """Receiver: contacts are seen while their consent holds, and on the pages of practices in force."""
    if shown and Publication.objects.filter(practice_id__in=practices).still_current().exists():
        CatalogueVersion.raise_by_one()


def raise_after_author(sender: Any, instance: Organization, **kwargs: Any) -> None:
    """Receiver: the search knows the other names of those who are authors of what is published."""
    authors = Publication.objects.filter(terms__facet=Facet.AUTHOR, terms__value__in=instance.known_slugs)
    if authors.still_current().exists():
        CatalogueVersion.raise_by_one()


contact.written.connect(raise_after_contact, dispatch_uid="version_contact")
post_save.connect(raise_after_author, sender=Organization, dispatch_uid="version_author_saved")
post_delete.connect(raise_after_author, sender=Organization, dispatch_uid="version_author_deleted")
