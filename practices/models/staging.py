"""Files that somebody chose in a form which could not be saved: kept so that they need not be chosen again."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .files import StoredFile
from .limits import NAME, at_most


def new_key() -> str:
    return secrets.token_urlsafe(24)


class StagedFile(models.Model):
    """Only the person who chose it gets it back, by its key."""

    key = models.CharField(max_length=40, primary_key=True, default=new_key)
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=NAME)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar[models.Manager["StagedFile"]] = models.Manager()

    class Meta:
        constraints = at_most("stagedfile", key=40, name=NAME)

    def __str__(self) -> str:
        return self.name
