"""What a publication looks like where very many are shown at once, drawn when it was published.

A publication never changes, and so neither do its card and its row of a table. Another build of the project may draw
them in another way: what it did not draw itself it draws when asked, until `manage.py draw` has run.
"""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.dispatch import Signal

from .publication import Publication

published = Signal()
"""Sent inside the transaction that publishes, with `publications`: a list of those that are in force from now on."""


class DrawnQuerySet(models.QuerySet["Drawn"]):
    def of_this_build(self) -> Self:
        return self.filter(build=settings.BUILD)

    def contents(self, part: str, ids: Iterable[int]) -> dict[int, bytes]:
        """That part of these publications, as this build draws it. One query."""
        found = self.of_this_build().filter(part=part, publication_id__in=list(ids))
        return dict(found.values_list("publication_id", "content"))


class Drawn(models.Model):
    """One part of the drawings of a current publication; those that are no longer in force have none."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="drawn", db_index=False)
    part = models.CharField(max_length=20)
    build = models.CharField(max_length=16)
    content = models.BinaryField()

    objects: ClassVar[models.Manager["Drawn"]] = DrawnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "part"], name="drawn_once")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.part}"
