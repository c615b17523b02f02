"""Stored files whose bytes are not where they should be, as they were last looked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .files import StoredFile
from .limits import one_of


class Problem(models.TextChoices):
    MISSING = "missing", _("it is missing")
    SIZE = "size", _("it has another size")
    UNREADABLE = "unreadable", _("it cannot be read")


class MissingFile(models.Model):
    """A row while the file is missing, none once it is back. `practices.upkeep.missing_files` writes them."""

    stored_file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="trouble")
    problem = models.CharField(max_length=12, choices=Problem)
    found_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = one_of("missingfile", problem=Problem.values)

    def __str__(self) -> str:
        return f"{self.stored_file_id[:12]}: {self.problem}"
