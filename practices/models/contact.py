"""Contacts: the only personal data of the catalogue (Ley 1581 de 2012).

They are never copied into a document. The public reads them live, through `public()`, and only while a consent
is on record; withdrawing it hides them everywhere at once.
"""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .limits import LINE, NAME, at_most
from .prepared import Prepared


class ContactQuerySet(models.QuerySet["Contact"]):
    def public(self, practice_id: int, on: date | None = None) -> Self:
        """The contacts of a practice whose consent holds on that day (today where none is given). One query."""
        on = on or localdate()
        lasting = Q(consent_until__isnull=True) | Q(consent_until__gte=on)
        return self.filter(lasting, practice_id=practice_id, consent_given_on__lte=on)


class Contact(models.Model):
    practice = models.ForeignKey("practices.Practice", on_delete=models.CASCADE, related_name="contact_set")
    position = models.PositiveSmallIntegerField(_("order"), default=0, blank=True)
    as_written = models.CharField(
        _("contact as written"),
        max_length=LINE,
        blank=True,
        help_text=_("The line of the form. Never public."),
    )
    name = models.CharField(_("name"), max_length=NAME, blank=True, help_text=_("A person's name is personal data."))
    role = models.CharField(
        _("role"), max_length=NAME, blank=True, help_text=_("A role outlives a person: prefer it.")
    )
    email = models.EmailField(_("mail"), max_length=NAME, blank=True)
    phone = models.CharField(_("phone"), max_length=80, blank=True)
    consent_given_on = models.DateField(
        _("consent given on"),
        null=True,
        blank=True,
        help_text=_("Without a consent on record the public never sees this contact."),
    )
    consent_given_by = models.CharField(
        _("consent given by"),
        max_length=NAME,
        blank=True,
        help_text=_("Who gave it, and how (letter, mail, form)."),
    )
    consent_until = models.DateField(_("consent until"), null=True, blank=True)

    objects: ClassVar[models.Manager["Contact"]] = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "pk"]
        constraints = [
            *at_most("contact", as_written=LINE, name=NAME, role=NAME, email=NAME, phone=80, consent_given_by=NAME),
            models.CheckConstraint(
                condition=Q(consent_given_on__isnull=True) | ~Q(consent_given_by=""),
                name="contact_consent_by_whom",
                violation_error_message=_("Say who gave the consent."),
            ),
            models.CheckConstraint(
                condition=Q(consent_until__isnull=True) | Q(consent_until__gte=models.F("consent_given_on")),
                name="contact_consent_order",
                violation_error_message=_("The consent ends before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.role or self.email or self.as_written

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.consent_given_on and not self.consent_given_by:
            errors["consent_given_by"] = _("Say who gave the consent.")
        if self.consent_until and not self.consent_given_on:
            errors["consent_given_on"] = _("Say when the consent was given.")
        elif self.consent_until and self.consent_given_on and self.consent_until < self.consent_given_on:
            errors["consent_until"] = _("The consent ends before it was given.")
        if errors:
            raise ValidationError(errors)

    @classmethod
    def shown(cls, practice_id: int) -> list["Contact"]:
        """The same as `public()` today, without what only staff know of them. One query, compiled once."""
        day = localdate()
        rows = _consented.rows(practice_id)
        return [
            cls(role=role, name=name, email=email, phone=phone)
            for role, name, email, phone, since, until in rows
            if since <= day and (until is None or until >= day)
        ]


_consented = Prepared(
    lambda practice_id: Contact.objects.filter(practice_id=practice_id, consent_given_on__isnull=False).values_list(
        "role", "name", "email", "phone", "consent_given_on", "consent_until"
    ),
    int,
)
