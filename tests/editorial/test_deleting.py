"""A deleted draft: the record goes, what it said stays."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError

from practices.comparison import Change
from practices.editorial.deleting import delete
from practices.editorial.history import changes_of
from practices.models.history import Event, Kind
from practices.models.practice import Practice
from tests.factories import practice, published

pytestmark = pytest.mark.django_db


def test_what_a_deleted_draft_said_stays_in_the_history(publisher: User) -> None:
    record = practice(title="Se va")
    key = record.pk

    delete(record, publisher)

    event = Event.objects.get()
    assert (event.kind, event.by, event.practice_id, event.code) == (Kind.DELETED, publisher, key, record.code)
    assert Change("title", "Se va", "") in changes_of(event)
    assert Practice.objects.count() == 0


def test_what_was_published_is_not_deleted(publisher: User) -> None:
    with pytest.raises(ProtectedError):
        delete(published().practice, publisher)
    assert (Practice.objects.count(), Event.objects.filter(kind=Kind.DELETED).count()) == (1, 0)


def test_a_writer_deletes_nothing(writer: User) -> None:
    with pytest.raises(PermissionDenied):
        delete(practice(), writer)
    assert Practice.objects.count() == 1
