"""The catalogue version: one number, raised in the transaction of every change that the public can see.

Whatever is kept (a page, an ETag, a count) is kept under this number, so nothing is ever stale.
"""

from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from .contact import Contact
from .synonym import SynonymGroup
from .vocabulary import Category, Criterion, Organization

ROW = 1


class CatalogueVersion(models.Model):
    number = models.PositiveBigIntegerField(default=1)
    raised_at = models.DateTimeField(default=timezone.now)
    rebuilt_in = models.PositiveBigIntegerField(
        default=0, help_text="the number under which the index was last written anew"
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
    def current_and_rebuilt(cls) -> tuple[int, int]:
        """Today's number, and the one under which the index was last written anew. One query."""
        return cls.objects.values_list("number", "rebuilt_in").filter(pk=ROW).first() or (0, 0)

    @classmethod
    def raise_for_rebuilding(cls) -> int:
        """The next number, and the sign to every worker to drop what it knows of the index. As `raise_by_one`."""
        number = cls.raise_by_one()
        cls.objects.filter(pk=ROW).update(rebuilt_in=number)
        return number

    @classmethod
    def raise_by_one(cls) -> int:
        """The next number. Call it inside the transaction of the change, before its other writes: the row stays
        locked until the commit, so numbers become visible in their order. Two queries."""
        if not cls.objects.filter(pk=ROW).update(number=F("number") + 1, raised_at=timezone.now()):
            cls.objects.get_or_create(pk=ROW)
        return cls.current()


def raise_after_change(sender: Any, **kwargs: Any) -> None:
    """Receiver: the public reads these rows live, outside any publication."""
    CatalogueVersion.raise_by_one()


for model in (Category, Contact, Criterion, Organization, SynonymGroup):
    post_save.connect(raise_after_change, sender=model, dispatch_uid=f"version_{model.__name__}_saved")
    post_delete.connect(raise_after_change, sender=model, dispatch_uid=f"version_{model.__name__}_deleted")
