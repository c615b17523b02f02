"""Who did what and when. Events are written once; the database refuses to change them (immutability.py)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .limits import NAME, at_most, one_of

NOTE = 4_000


class Kind(models.TextChoices):
    CREATED = "created", _("entered")
    CHANGED = "changed", _("changed")
    SENT = "sent", _("sent to review")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    REOPENED = "reopened", _("approval lapsed")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RECODED = "recoded", _("code corrected")
    SCHEDULED = "scheduled", _("scheduled")
    UNSCHEDULED = "unscheduled", _("schedule taken back")
    FAILED = "failed", _("could not be done as scheduled")
    IMPORTED = "imported", _("imported")
    UNDONE = "undone", _("import undone")
    RESTORED = "restored", _("earlier version restored")
    CONSENT = "consent", _("consent of a contact")
    INVITED = "invited", _("shown to the author")
    REVOKED = "revoked", _("author's link revoked")
    AUTHOR_APPROVED = "author_ok", _("approved by the author")
    AUTHOR_ASKED = "author_asks", _("changes asked by the author")
    DELETED = "deleted", _("deleted")


class Event(models.Model):
    """One thing that happened to a practice. `changes` holds, as JSON, what each changed field said before and
    after: a list of [field, before, after]. Contacts are personal data: of them only the kind of change is told."""

    # The event outlives the record: a draft that was deleted keeps its history, under its code.
    practice = models.ForeignKey(
        "practices.Practice",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="events",
        verbose_name=_("practice"),
    )
    code = models.CharField(_("code"), max_length=60, db_index=True)
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    who = models.CharField(
        _("on behalf of"), max_length=NAME, blank=True, help_text="an organisation that answered through its link"
    )
    note = models.TextField(_("note"), blank=True, max_length=NOTE)
    changes = models.TextField(_("changes"), default="[]")

    objects: ClassVar[models.Manager["Event"]] = models.Manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["practice", "-at", "-id"], name="event_of_practice"),
            models.Index(fields=["-at"], name="event_failed", condition=models.Q(kind=Kind.FAILED)),
        ]
        constraints = [*one_of("event", kind=Kind.values), *at_most("event", who=NAME, note=NOTE)]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_kind_display()}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("History is not deleted.")
