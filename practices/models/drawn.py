"""What a publication looks like where very many are shown at once, drawn when it was published.

A publication never changes, and so neither do its card and its row of a table. Another build of the project may draw
them in another way: what it did not draw itself it draws when asked, until `manage.py draw` has run.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.dispatch import Signal

from practices.language.codes import code_key

from .prepared import Prepared
from .publication import Publication
from .reading import database, one_of

RELATED = "related"
"""The part that tells of other publications (web/kin_block.py)."""

published = Signal()
"""Sent inside the transaction that publishes, with `publications`: a list of those that are in force from now on."""


class DrawnQuerySet(models.QuerySet["Drawn"]):
    def of_this_build(self) -> Self:
        return self.filter(build=settings.BUILD)


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

    @classmethod
    def write(cls, rows: list["Drawn"]) -> None:
        """Anew, or in the place of what was drawn before. One query for each few hundred."""
        cls.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["publication", "part"], update_fields=["build", "content"]
        )

    @classmethod
    def of_code(cls, code: str, first: str, second: str) -> dict[tuple[str, str], tuple[int, int, bytes]]:
        """These two parts of the current publication with just this code, each under its name and who drew it: after
        the ids of the publication and of its practice. One query, compiled once."""
        rows = _of_code.rows(code, code_key(code), first, second)
        return {(part, build): (pk, practice, bytes(content)) for pk, practice, part, build, content in rows}

    @classmethod
    def contents(cls, parts: tuple[str, ...], ids: list[int]) -> list[dict[int, bytes]]:
        """Each of these parts of these publications, as this build draws it. One query."""
        (listed, wanted), named = one_of(ids), ", ".join(["%s"] * len(parts))
        sql = f"SELECT part, publication_id, content FROM {cls._meta.db_table} WHERE build = %s"  # noqa: S608
        found: dict[str, dict[int, bytes]] = {part: {} for part in parts}
        with database().cursor() as cursor:
            cursor.execute(
                f"{sql} AND part IN ({named}) AND publication_id {listed}", [settings.BUILD, *parts, wanted]
            )
            for part, pk, content in cursor.fetchall():
                found[part][pk] = content
        return list(found.values())


_of_code = Prepared(
    lambda code, key, first, second: (
        Publication.objects.still_current()
        .with_code(key)
        .filter(code=code, drawn__part__in=(first, second))
        .order_by()
        .values_list("pk", "practice_id", "drawn__part", "drawn__build", "drawn__content")
    ),
    *(str, str, str, str),
)
