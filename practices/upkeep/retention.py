"""How long personal data is kept, and what becomes of it then. docs/privacy.md tells the same in words.

Every rule counts what it took away and says nothing of what that was. Run twice, it finds nothing the second time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.access.limits import forget_old_attempts
from practices.editorial.contact_history import contacts_of, contacts_written
from practices.editorial.staging import forget_old
from practices.models.approval import Invitation
from practices.models.batch import ImportBatch
from practices.models.consent import Consent, Ending
from practices.models.contact import Contact
from practices.models.history import Event
from practices.models.practice import Practice
from practices.models.synonym import FailedSearch

from .person import Person, TooShort
from .rewriting import hide_in_history


@dataclass(frozen=True)
class Rule:
    """What is taken away, after how many days (the name of a setting, "" for what ends by itself), and how."""

    name: str | Promise
    setting: str
    purge: Callable[[datetime], int]

    def before(self, at: datetime) -> datetime:
        return at - timedelta(days=getattr(settings, self.setting)) if self.setting else at


def purge(*, dry_run: bool = False, at: datetime | None = None) -> Iterator[tuple[str, int]]:
    """Apply every rule, each in a transaction of its own; yields its name and how much it took away.

    A dry run does the same and takes it back, so its counts are right.
    """
    at = at or timezone.now()
    for rule in RULES:
        with transaction.atomic():
            count = rule.purge(rule.before(at))
            transaction.set_rollback(dry_run)
        yield str(rule.name), count


def ended_consents(before: datetime) -> QuerySet[Consent]:
    """Of contacts that are gone, those that were withdrawn, given again or came to their last day before then."""
    passed = Q(ended_at__isnull=True, until__lt=timezone.localdate(before))
    there = Exists(Contact.objects.filter(pk=OuterRef("contact_id")))
    return Consent.objects.filter(Q(ended_at__lt=before) | passed).exclude(there)


def _contacts(before: datetime) -> int:
    """Contacts whose consent ended so long ago that nobody will give it again."""
    withdrawn = Consent.objects.filter(contact_id=OuterRef("pk"), ending=Ending.WITHDRAWN)
    late, early = withdrawn.filter(ended_at__gte=before), withdrawn.filter(ended_at__lt=before)
    gone = Q(consent_given_on__isnull=True) & Exists(early) & ~Exists(late)
    found = Contact.objects.filter(gone | Q(consent_until__lt=timezone.localdate(before)))
    by_practice: dict[int, list[Contact]] = {}
    for contact in found.order_by("practice_id", "pk"):
        by_practice.setdefault(contact.practice_id, []).append(contact)
    for practice in Practice.objects.filter(pk__in=by_practice).order_by("pk"):
        erase_contacts(practice, by_practice[practice.pk])
    return sum(map(len, by_practice.values()))


def erase_contacts(practice: Practice, contacts: list[Contact]) -> None:
    """Take these contacts of a practice away, and their words out of what its history quotes of them."""
    was = contacts_of(practice)
    Contact.objects.filter(pk__in=[contact.pk for contact in contacts]).delete()
    contacts_written(practice, was)
    for person in people_in(contacts):
        hide_in_history(Event.objects.filter(practice_id=practice.pk), person.hidden_in)


def people_in(contacts: list[Contact]) -> Iterator[Person]:
    """By name, and by mail address."""
    for text in {text for contact in contacts for text in (contact.name, contact.email)}:
        try:
            yield Person(text)
        except TooShort:
            continue


def _names_in_register(before: datetime) -> int:
    """The proof stays: practice, days, what the institution wrote of how it was given, and the fingerprint."""
    return ended_consents(before).filter(erased_at=None).update(whose="", erased_at=timezone.now())


def _proofs(before: datetime) -> int:
    ended = ended_consents(before).exclude(evidence="", fingerprint="", whose="")
    return ended.update(whose="", evidence="", fingerprint="")


def _sign_ins(before: datetime) -> int:
    """Failed ones, which nothing counts any more once their pause is over."""
    return forget_old_attempts()


def _sessions(before: datetime) -> int:
    count = Session.objects.filter(expire_date__lt=before).count()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return count


def _sent_forms(before: datetime) -> int:
    """What a form is known by that was sent twice, made of all it said."""
    return Practice.objects.filter(changed_at__lt=before).exclude(last_sent="").update(last_sent="")


def _imports(before: datetime) -> int:
    """With their rows, and their files where nothing else needs them. What they wrote is in the records."""
    return _deleted(ImportBatch.objects.filter(made_at__lt=before).exclude(applied_at__gte=before))


def _invitations(before: datetime) -> int:
    return _deleted(Invitation.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)))


def _searches(before: datetime) -> int:
    return _deleted(FailedSearch.objects.filter(last_on__lt=timezone.localdate(before)))


def _staff_log(before: datetime) -> int:
    return _deleted(LogEntry.objects.filter(action_time__lt=before))


def _files(before: datetime) -> int:
    """Files of forms that nobody saved, and bytes that nothing needs any more."""
    return sum(forget_old(before))


def _deleted(found: QuerySet[Any]) -> int:
    count = found.count()
    found.delete()
    return count


RULES = (
    Rule(_("contacts whose consent ended"), "RETENTION_CONTACTS_DAYS", _contacts),
    Rule(_("names in the register of consents"), "RETENTION_CONTACTS_DAYS", _names_in_register),
    Rule(_("proofs of consents"), "RETENTION_CONSENT_PROOF_DAYS", _proofs),
    Rule(_("attempts to sign in"), "", _sign_ins),
    Rule(_("sessions that ended"), "", _sessions),
    Rule(_("marks of forms that were sent"), "RETENTION_FORMS_DAYS", _sent_forms),
    Rule(_("imports with their files"), "RETENTION_IMPORTS_DAYS", _imports),
    Rule(_("links for authors with their answers"), "RETENTION_INVITATIONS_DAYS", _invitations),
    Rule(_("searches that found nothing"), "RETENTION_SEARCHES_DAYS", _searches),
    Rule(_("log of the staff's site"), "RETENTION_STAFF_LOG_DAYS", _staff_log),
    Rule(_("files that nobody saved"), "", _files),
)
"""In this order: the files of imports go with the last."""
