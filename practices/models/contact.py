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
"""Sent in the transaction of every writing of contacts, whoever writes them, with `practices`, the ids of theirs,
`consented`: whether a consent was or is on record for any of them, and `shown`: whether it held or holds today."""


class ContactQuerySet(models.QuerySet["Contact"]):
    def public(self, practice_id: int, on: date | None = None) -> Self:
        """The contacts of a practice whose consent holds on that day (today where none is given). One query."""
        return self.allowed(on or localdate()).filter(practice_id=practice_id)

    def allowed(self, on: date) -> Self:
        """Those whose consent holds on that day."""
        lasting = Q(consent_until__isnull=True) | Q(consent_until__gte=on)
        return self.filter(lasting, consent_given_on__lte=on)

    @transaction.atomic
    def update(self, **values: Any) -> int:
        """As always; Django sends no signal of it, and what follows a change of contacts must follow this one too."""
        keys = list(self.values_list("pk", flat=True))
        before = _standing(keys)
        changed = super().update(**values)
        _tell({**before, **_standing(keys)}, before)
        return changed

    @transaction.atomic
    def bulk_create(self, *args: Any, **options: Any) -> list[Any]:
        made: list[Any] = list(super().bulk_create(*args, **options))
        _tell({row.pk: (row.practice_id, row.consent_given_on, row.consent_until) for row in made}, {})
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

    # The consent as the database has it: since when, until when. Where it was not read, somebody may see the contact.
    _stored_consent: tuple[date | None, date | None] = (None, None)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Contact":
        contact = super().from_db(*args, **kwargs)
        read = contact.__dict__
        contact._stored_consent = (read.get("consent_given_on", date.min), read.get("consent_until"))
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


Standing = dict[Any, tuple[int, date | None, date | None]]
"""By id, the practice of a contact, since when there is a consent, and until when."""


def holds(since: date | None, until: date | None) -> bool:
    """Whether a consent of these days holds today."""
    return since is not None and since <= localdate() and (until is None or until >= localdate())


def _standing(keys: Collection[int]) -> Standing:
    fields = ("pk", "practice_id", "consent_given_on", "consent_until")
    rows = Contact.objects.filter(pk__in=keys).order_by().values_list(*fields)
    return {pk: (practice, since, until) for pk, practice, since, until in rows}


def _tell(after: Standing, before: Standing, *, raw: bool = False) -> None:
    rows = [*after.values(), *before.values()]
    if rows:
        consented = any(since is not None for _practice, since, _until in rows)
        shown = any(holds(since, until) for _practice, since, until in rows)
        written.send(Contact, practices={row[0] for row in rows}, consented=consented, shown=shown, raw=raw)


def _tell_of_one(sender: Any, instance: Contact, raw: bool = False, **kwargs: Any) -> None:
    """Receiver."""
    now = (_day(instance.consent_given_on), _day(instance.consent_until))
    before, instance._stored_consent = instance._stored_consent, now
    place = instance.practice_id
    _tell({0: (place, *now)}, {0: (place, *before)}, raw=raw)


def _day(value: Any) -> date | None:
    """A day that was given as a text is one in the database only."""
    return date.fromisoformat(value) if isinstance(value, str) else value


post_save.connect(_tell_of_one, sender=Contact, dispatch_uid="contact_saved")
post_delete.connect(_tell_of_one, sender=Contact, dispatch_uid="contact_deleted")
