"""Showing a practice to its author before the world sees it: links that expire, and what was answered."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .limits import NAME, at_most, one_of
from .practice import Practice
from .publication import Publication

COMMENT = 4_000


class Answer(models.TextChoices):
    NONE = "", _("no answer yet")
    APPROVED = "approved", _("approved")
    CHANGES = "changes", _("asks for changes")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime | None = None) -> Self:
        """Those that still lead somewhere and wait for an answer."""
        return self.valid(at).filter(answer=Answer.NONE)

    def valid(self, at: datetime | None = None) -> Self:
        """Neither revoked nor expired, nor overtaken by a publication: those that lead to the preview."""
        lasting = self.filter(revoked_at__isnull=True, expires_at__gt=at or timezone.now())
        return lasting.with_overtaken().filter(overtaken=False)

    def with_overtaken(self) -> Self:
        """Each with `overtaken`: whether its practice was published after the link was made."""
        later = Publication.objects.filter(
            practice_id=OuterRef("practice_id"), published_at__gt=OuterRef("created_at")
        )
        return self.annotate(overtaken=Exists(later))


class Invitation(models.Model):
    """One link to the preview of a practice, for one organisation. Its address is signed, never stored."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="invitations")
    recipient = models.CharField(
        _("for whom"), max_length=NAME, help_text=_("The organisation or its office; no personal data.")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_for = models.CharField(
        _("who answers"), max_length=NAME, blank=True, help_text=_("The role or office that answers.")
    )
    document_sha256 = models.CharField(
        max_length=64, blank=True, help_text="of the JSON of the document that the answer is about"
    )

    # Only where it was read `with_overtaken`.
    overtaken: bool

    objects: ClassVar[models.Manager["Invitation"]] = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for the author")
        verbose_name_plural = _("links for the author")
        ordering = ["-created_at", "-pk"]
        constraints = [
            *one_of("invitation", answer=Answer.values),
            *at_most("invitation", recipient=NAME, answered_for=NAME),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="invitation_answer_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.recipient}"


class SectionComment(models.Model):
    """What the author says of one section of the preview."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=40)
    text = models.TextField(max_length=COMMENT)

    class Meta:
        verbose_name = _("comment of the author")
        verbose_name_plural = _("comments of the author")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "section"], name="sectioncomment_once"),
            *at_most("sectioncomment", section=40, text=COMMENT),
        ]

    def __str__(self) -> str:
        return self.section
