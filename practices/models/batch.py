"""Imports as staff make them: a preview first, then exactly that preview applied, and undone while untouched."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .files import StoredFile
from .limits import NAME, at_most, one_of
from .practice import Practice


class BatchState(models.TextChoices):
    PREVIEWED = "previewed", _("previewed")
    APPLIED = "applied", _("applied")
    UNDONE = "undone", _("undone")


class RowStatus(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("without changes")
    DUPLICATE = "duplicate", _("likely duplicate")
    REFUSED = "refused", _("refused")


class ImportBatch(models.Model):
    """One file that was read. The file itself is kept, so its report can come back as the same spreadsheet."""

    name = models.CharField(_("file"), max_length=NAME)
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=BatchState, default=BatchState.PREVIEWED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    made_at = models.DateTimeField(_("read"), default=timezone.now)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    notes = models.TextField(default="[]", help_text="JSON: what is said of the file as a whole")

    objects: ClassVar[models.Manager["ImportBatch"]] = models.Manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-made_at", "-pk"]
        constraints = [*one_of("importbatch", state=BatchState.values), *at_most("importbatch", name=NAME)]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """One record of the file: what was understood of it, and what applying it does.

    `reading` is the JSON of what the preview showed, so that applying it can do nothing else. `before` and `after`
    are the documents of the record around the application: undoing puts `before` back while the record still
    says `after`.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField(help_text="1, 2, 3 … in the order of the file")
    where = models.CharField(_("where"), max_length=NAME, blank=True, help_text="file, sheet, row")
    code = models.CharField(_("code"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=NAME, blank=True)
    status = models.CharField(_("what it is"), max_length=9, choices=RowStatus)
    accepted = models.BooleanField(
        default=True, help_text="whether it is applied; a person leaves out, or takes in, likely duplicates"
    )
    reading = models.TextField(default="{}")
    report = models.TextField(default="{}", help_text="JSON: notes, errors, changes, likely duplicates")
    practice = models.ForeignKey(
        Practice, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("practice")
    )
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    objects: ClassVar[models.Manager["ImportRow"]] = models.Manager()

    class Meta:
        verbose_name = _("record of an import")
        verbose_name_plural = _("records of an import")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="importrow_once"),
            *one_of("importrow", status=RowStatus.values),
            *at_most("importrow", where=NAME, code=60, title=NAME),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.code}"
