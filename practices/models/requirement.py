"""What a publication requires, as data: the institution decides it, not the code."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .limits import at_most
from .vocabulary import NaturalKeyManager


class Requirement(models.Model):
    """A line of the checklist that blocks publication. Its names are those of editorial.checklist."""

    name = models.CharField(_("line of the checklist"), max_length=40, unique=True)

    NATURAL_KEY: ClassVar[str] = "name"
    objects: ClassVar[NaturalKeyManager] = NaturalKeyManager()

    class Meta:
        verbose_name = _("requirement of publication")
        verbose_name_plural = _("requirements of publication")
        ordering = ["name"]
        constraints = at_most("requirement", name=40)

    def __str__(self) -> str:
        return self.name
