"""The register of consents: the proof that whoever publishes personal data must keep (Ley 1581 de 2012, articles 9 and
17 b). It outlives the contacts.

A row is written in the transaction that writes its contact, whoever writes that, and afterwards it is only completed:
when the consent ended, and how. What it says of the person is erased in time; a fingerprint stays, by which it can be
proved to that person, and to nobody else, that there was a consent.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from practices.language.words import squash

from .contact import Contact, written
from .limits import NAME, at_most, one_of

SHOWN = ("role", "name", "email", "phone")
"""What the public sees of a contact."""


class Ending(models.TextChoices):
    NONE = "", _("in force")
    WITHDRAWN = "withdrawn", _("taken back")
    RENEWED = "renewed", _("given again")


class Consent(models.Model):
    contact = models.ForeignKey(
        Contact, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("contact")
    )
    practice = models.ForeignKey(
        "practices.Practice", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    code = models.CharField(_("code"), max_length=60)
    whose = models.CharField(_("whose"), max_length=NAME, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    scope = models.CharField(_("what may be shown"), max_length=80, blank=True)
    given_on = models.DateField(_("given on"))
    evidence = models.CharField(_("given by, and how"), max_length=NAME, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    ending = models.CharField(_("standing"), max_length=9, choices=Ending, blank=True, default=Ending.NONE)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects: ClassVar[models.Manager["Consent"]] = models.Manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("register of consents")
        ordering = ["-recorded_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["practice", "contact"], name="consent_of_contact")]
        constraints = [
            *one_of("consent", ending=Ending.values),
            *at_most("consent", code=60, whose=NAME, fingerprint=64, scope=80, evidence=NAME),
            models.CheckConstraint(
                condition=models.Q(ending="") | models.Q(ended_at__isnull=False), name="consent_ending_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.given_on}"


def fingerprint_of(mail_or_name: str) -> str:
    """The same however it is written; nobody makes it without the secret of the installation."""
    plain = mail_or_name.strip().casefold() if "@" in mail_or_name else squash(mail_or_name)
    return salted_hmac("practices.consent", plain, algorithm="sha256").hexdigest() if plain else ""


def said_of(contact: Any) -> dict[str, Any]:
    """What the register says of a contact; of a historical one in a migration, too."""
    return {
        "whose": (contact.name or contact.role or contact.email or contact.as_written)[:NAME],
        "fingerprint": fingerprint_of(contact.email or contact.name or contact.as_written),
        "scope": ",".join(name for name in SHOWN if getattr(contact, name)),
        "given_on": contact.consent_given_on,
        "evidence": contact.consent_given_by,
        "until": contact.consent_until,
    }


def register(practices: Collection[int]) -> None:
    """Bring the register to what the contacts of these practices say now. Two queries where nothing changed."""
    rows: dict[int, list[Consent]] = {}
    for row in Consent.objects.filter(practice_id__in=practices).order_by("pk"):
        rows.setdefault(row.contact_id, []).append(row)
    consented = Contact.objects.filter(practice_id__in=practices, consent_given_on__isnull=False)
    contacts = {contact.pk: contact for contact in consented.select_related("practice").order_by("pk")}
    for pk in [*rows, *(pk for pk in contacts if pk not in rows)]:
        _register_one(contacts.get(pk), rows.get(pk, []))


def _register_one(contact: Contact | None, rows: Iterable[Consent]) -> None:
    today = localdate()
    known = list(rows)
    last = known[-1] if known else None
    if contact is None:
        if last and _is_in_force(last, today):
            _end(last, Ending.WITHDRAWN)
        return
    now = said_of(contact)
    if last is None or last.given_on != contact.consent_given_on or last.ending:
        if last and not last.ending:
            _end(last, Ending.RENEWED)
        if last is None or _is_another(last, now):
            Consent.objects.create(contact=contact, practice=contact.practice, code=contact.practice.code, **now)
        return
    until = contact.consent_until
    shortened = _is_in_force(last, today) and until is not None and until < today
    changed = {name: value for name, value in now.items() if getattr(last, name) != value}
    if changed and not last.erased_at:
        Consent.objects.filter(pk=last.pk).update(**changed)
    if shortened:
        _end(last, Ending.WITHDRAWN)


def _is_in_force(row: Consent, today: date) -> bool:
    """One whose last day has passed ended by itself: there is nothing to withdraw any more."""
    return not row.ending and (row.until is None or row.until >= today)


def _is_another(last: Consent, now: dict[str, Any]) -> bool:
    """Whether this is a consent given since the last one ended, and not that one saved again."""
    same = (last.given_on, last.until, last.evidence) == (now["given_on"], now["until"], now["evidence"])
    return not same or now["until"] is None or now["until"] >= localdate()


def _end(row: Consent, ending: Ending) -> None:
    Consent.objects.filter(pk=row.pk).update(ending=ending, ended_at=timezone.now())


def register_written(sender: Any, practices: Collection[int], consented: bool, raw: bool = False, **_: Any) -> None:
    """Receiver. What is restored from a file brings its register with it."""
    if consented and not raw:
        register(practices)


written.connect(register_written, dispatch_uid="consent_register")
