"""What is past its time is forgotten, what is not stays, and nothing is said of what it was."""

from datetime import date, timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from catalogue.access.limits import digest
from practices.editorial.contact_history import contacts_of, contacts_written
from practices.models.approval import Invitation
from practices.models.batch import ImportBatch
from practices.models.consent import Consent
from practices.models.contact import Contact
from practices.models.history import Event
from practices.models.practice import Practice
from practices.models.staging import StagedFile
from practices.models.synonym import FailedSearch
from practices.upkeep.retention import RULES, purge
from tests.factories import document, practice

from .marked import MAIL, NAME, consented, contact, everywhere

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def counts(**options) -> dict[str, int]:
    """By the place of the rule, what it took; rules that took nothing are left out."""
    found = [count for _name, count in purge(**options)]
    return {rule.purge.__name__: count for rule, count in zip(RULES, found, strict=True) if count}


def withdraw(one: Contact, days_ago: int) -> None:
    was = contacts_of(one.practice)
    one.consent_given_on, one.consent_given_by, one.consent_until = None, "", None
    one.save()
    contacts_written(one.practice, was)
    Consent.objects.filter(contact_id=one.pk).update(ended_at=NOW - timedelta(days=days_ago))


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_a_contact_goes_thirty_days_after_its_consent_was_withdrawn(days, left):
    withdraw(consented(practice()), days)
    assert counts() == ({} if left else {"_contacts": 1, "_names_in_register": 1})
    assert Contact.objects.count() == left


@pytest.mark.parametrize(("days", "left"), [(29, 1), (32, 0)])
def test_a_contact_goes_thirty_days_after_the_last_day_of_its_consent(days, left):
    consented(practice(), consent_until=timezone.localdate() - timedelta(days=days))
    counts()
    assert Contact.objects.count() == left


def test_contacts_that_never_had_a_consent_and_those_that_have_one_stay():
    held = practice()
    contact(held)
    consented(held)
    consented(held, consent_until=date(2999, 1, 1))
    assert (counts(), Contact.objects.count()) == ({}, 3)


def test_a_consent_given_again_keeps_the_contact():
    one = consented(practice())
    withdraw(one, 100)
    one.consent_given_on, one.consent_given_by = timezone.localdate(), "Correo"
    one.save()
    assert (counts(), Contact.objects.count()) == ({}, 1)


def test_the_proof_outlives_the_contact_and_ends_too():
    withdraw(consented(practice()), 100)
    counts()
    row = Consent.objects.get()
    assert (row.whose, row.evidence, bool(row.fingerprint)) == ("", f"Carta de {NAME}", True)
    Consent.objects.update(ended_at=NOW - timedelta(days=5 * 365 + 1))
    assert counts() == {"_proofs": 1}
    row.refresh_from_db()
    assert (row.evidence, row.fingerprint, row.given_on) == ("", "", date(2024, 1, 31))


def test_what_the_history_quotes_of_a_contact_goes_with_it():
    everywhere()
    withdraw(Contact.objects.get(), 100)
    counts()
    assert Event.objects.get(kind="returned").note == "Falta el teléfono de *** (***)."


def test_everything_old_goes_and_leaves_no_file():
    everywhere()
    long_ago = NOW - timedelta(days=1500)
    ImportBatch.objects.update(made_at=long_ago)
    StagedFile.objects.update(chosen_at=long_ago)
    Invitation.objects.update(expires_at=long_ago)
    FailedSearch.objects.update(last_on=long_ago.date())
    LogEntry.objects.update(action_time=long_ago)
    Practice.objects.update(last_sent="a" * 64, changed_at=long_ago)
    Session.objects.create(session_key="k", session_data="d", expire_date=long_ago)
    expected = dict.fromkeys(("_sessions", "_sent_forms", "_imports", "_invitations", "_searches", "_staff_log"), 1)
    assert counts(dry_run=True) == {**expected, "_files": 2}
    assert counts() == {**expected, "_files": 3}
    assert counts() == {}


def test_what_is_young_stays():
    everywhere()
    Practice.objects.update(last_sent="a" * 64)
    Session.objects.create(session_key="k", session_data="d", expire_date=NOW + timedelta(hours=1))
    assert counts() == {}


def test_the_command_prints_counts_and_nothing_of_anybody():
    withdraw(consented(practice(document(1))), 100)
    said = StringIO()
    call_command("purge_personal_data", "--dry-run", stdout=said)
    assert Contact.objects.count() == 1
    call_command("purge_personal_data", stdout=said)
    call_command("purge_personal_data", stdout=said)
    assert Contact.objects.count() == 0
    assert (NAME in said.getvalue(), MAIL in said.getvalue(), said.getvalue().count(": 1\n")) == (False, False, 3)


def test_the_periods_are_settings(settings):
    settings.RETENTION_CONTACTS_DAYS = 365
    withdraw(consented(practice()), 100)
    assert counts() == {}


def test_a_failed_sign_in_is_forgotten_when_its_pause_is_over(settings):
    for name, minutes in (("antes", settings.LOGIN_PAUSE + 1), ("ahora", settings.LOGIN_PAUSE - 1)):
        attempt = AccessAttempt.objects.create(username=digest(name), failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=timezone.now() - timedelta(minutes=minutes))
    assert sum(count for _name, count in purge()) == 1
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == [digest("ahora")]
