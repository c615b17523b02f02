"""Contacts: the only personal data of the catalogue (Ley 1581 de 2012).

They are never copied into a document. The public reads them live, through `public()`, and only while a consent
is on record; withdrawing it hides them everywhere at once.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .limits import LINE, NAME, at_most
from .prepared import Prepared

written = Signal()
"""Sent in the transaction of every writing of contacts, whoever writes them, with `practices`, the ids of theirs, and
`consented`: whether a consent was or is on record for any of them, so that the public may have seen it."""


class ContactQuerySet(models.QuerySet["Contact"]):
    def public(self, practice_id: int, on: date | None = None) -> Self:
        """The contacts of a practice whose consent holds on that day (today where none is given). One query."""
        on = on or localdate()
        lasting = Q(consent_until__isnull=True) | Q(consent_until__gte=on)
        return self.filter(lasting, practice_id=practice_id, consent_given_on__lte=on)

    @transaction.atomic
    def update(self, **values: Any) -> int:
        """As always; Django sends no signal of it, and what follows a change of contacts must follow this one too."""
        keys = list(self.values_list("pk", flat=True))
        before = _standing(keys)
        changed = super().update(**values)
        _tell({**before, **_standing(keys)}, before)
        return changed

    @transaction.atomic
    def bulk_create(self, *args: Any, **options: Any) -> list["Contact"]:  # type: ignore[override]
        made: list[Contact] = super().bulk_create(*args, **options)
        after = {row.pk: (row.practice_id, row.consent_given_on) for row in made}
        _tell(after, {})
        return made


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

    # The consent as the database has it; True where it was not read: then somebody may have seen the contact.
    _was_consented = False

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Contact":
        contact = super().from_db(*args, **kwargs)
        contact._was_consented = contact.__dict__.get("consent_given_on", True) is not None
        return contact

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


Standing = dict[Any, tuple[int, date | None]]
"""By id, the practice of a contact and since when there is a consent."""


def _standing(keys: Collection[int]) -> Standing:
    rows = Contact.objects.filter(pk__in=keys).order_by().values_list("pk", "practice_id", "consent_given_on")
    return {pk: (practice, since) for pk, practice, since in rows}


def _tell(after: Standing, before: Standing) -> None:
    rows = [*after.values(), *before.values()]
    if rows:
        consented = any(since for _practice, since in rows)
        written.send(Contact, practices={practice for practice, _since in rows}, consented=consented)


def _tell_of_one(sender: Any, instance: Contact, raw: bool = False, **kwargs: Any) -> None:
    """Receiver."""
    consented = instance._was_consented or instance.consent_given_on is not None
    instance._was_consented = instance.consent_given_on is not None
    written.send(Contact, practices={instance.practice_id}, consented=consented, raw=raw)


post_save.connect(_tell_of_one, sender=Contact, dispatch_uid="contact_saved")
post_delete.connect(_tell_of_one, sender=Contact, dispatch_uid="contact_deleted")
