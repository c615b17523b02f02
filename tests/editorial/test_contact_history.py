"""Changes of contacts in the history: which, since when, until when – and never who."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from practices.comparison import Change
from practices.editorial.contact_history import contacts_of, contacts_written
from practices.editorial.history import changes_of
from practices.models.contact import Contact
from practices.models.history import Event, Kind
from practices.models.practice import Practice
from tests.factories import practice

pytestmark = pytest.mark.django_db

PERSONAL = {"name": "María Secreta", "email": "maria@example.org", "phone": "3001234567", "role": "Gerencia"}
GIVEN = {"consent_given_on": date(2024, 1, 31), "consent_given_by": "María Secreta, por carta"}


@pytest.fixture
def record(db) -> Practice:
    record = practice()
    Contact.objects.create(practice=record, position=1, role="Primero")
    Contact.objects.create(practice=record, position=2, **PERSONAL)
    return record


def told(record: Practice, by: User | None = None, **change) -> list[tuple[str, list[Change]]]:
    before = contacts_of(record)
    Contact.objects.filter(practice=record, position=2).update(**change)
    contacts_written(record, before, by)
    return [(event.kind, changes_of(event)) for event in Event.objects.order_by("pk")]


def test_a_consent_is_told_by_its_dates(record: Practice, writer: User) -> None:
    until = date(2026, 1, 31)
    found = told(record, writer, consent_until=until, **GIVEN)
    assert found == [
        (Kind.CHANGED, [Change("contact 2", "", "changed")]),
        (Kind.CONSENT, [Change("contact 2", "", "2024-01-31 – 2026-01-31")]),
    ]
    assert [event.by for event in Event.objects.all()] == [writer, writer]


def test_a_withdrawn_consent_is_told(record: Practice) -> None:
    Contact.objects.filter(position=2).update(**GIVEN)
    assert told(record, consent_given_on=None)[0] == (
        Kind.CONSENT,
        [Change("contact 2", "2024-01-31 – …", "")],
    )


def test_other_changes_are_told_without_what_they_say(record: Practice) -> None:
    assert told(record, email="otra@example.org") == [(Kind.CHANGED, [Change("contact 2", "", "changed")])]


def test_contacts_that_come_and_go_are_told(record: Practice) -> None:
    before = contacts_of(record)
    Contact.objects.filter(position=2).update(**GIVEN)
    with_consent = contacts_of(record)
    Contact.objects.filter(position=1).delete()
    Contact.objects.create(practice=record, position=3, **PERSONAL, **GIVEN)
    contacts_written(record, before)
    after = contacts_of(record)
    Contact.objects.all().delete()
    contacts_written(record, after)
    assert len(with_consent) == 2
    consent = "2024-01-31 – …"
    assert [(event.kind, changes_of(event)) for event in Event.objects.order_by("pk")] == [
        (
            Kind.CHANGED,
            [
                Change("contact 1", "", "changed"),
                Change("contact 2", "", "added"),
                Change("contact 1", "", "removed"),
            ],
        ),
        (Kind.CONSENT, [Change("contact 1", "", consent), Change("contact 2", "", consent)]),
        (Kind.CHANGED, [Change("contact 1", "", "removed"), Change("contact 2", "", "removed")]),
        (Kind.CONSENT, [Change("contact 1", consent, ""), Change("contact 2", consent, "")]),
    ]


def test_no_event_holds_personal_data(record: Practice) -> None:
    told(record, **GIVEN)
    before = contacts_of(record)
    Contact.objects.all().delete()
    contacts_written(record, before)
    texts = " ".join(f"{event.note} {event.changes} {event.who}" for event in Event.objects.all())
    assert [value in texts for value in ("Secreta", "maria@", "300123", "Gerencia", "carta")] == [False] * 5


def test_another_order_alone_is_not_told_and_any_change_is_a_revision(record: Practice) -> None:
    assert told(record, position=5) == []
    assert (record.revision, Practice.objects.get().revision) == (0, 0)
    before = contacts_of(record)
    Contact.objects.filter(position=5).update(phone="1")
    contacts_written(record, before)
    assert (record.revision, Practice.objects.get().revision) == (1, 1)
