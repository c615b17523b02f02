"""A category or a call changed from outside the form is told, and lapses approvals, as any writing."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from practices.comparison import Change
from practices.editorial.history import changes_of
from practices.editorial.reclassifying import change_call, change_category
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from practices.models.vocabulary import Call, Category
from tests.factories import approved, practice, published, rich_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db) -> Category:
    return Category.objects.create(slug="canales", name="Canales", number=9)


def test_a_changed_category_is_told_and_not_yet_public(writer: User, other: Category) -> None:
    record = published(rich_document()).practice

    change_category(record, other, writer)

    event = Event.objects.latest("pk")
    assert changes_of(event) == [Change("category", "1. Funcionamiento de las oficinas", "9. Canales")]
    assert (event.kind, event.by) == (Kind.CHANGED, writer)
    found = Practice.objects.get()
    assert (found.category, found.differs, found.changed_by, found.revision) == (other, True, writer, 1)


def test_a_call_may_be_given_and_taken_away(writer: User) -> None:
    record = practice()
    call = Call.objects.create(slug="premio", name="Premio", year=2024)

    change_call(record, call, writer)
    change_call(record, None, writer)

    said = [changes_of(event) for event in Event.objects.order_by("pk")]
    assert said == [[Change("call", "", "Premio · 2024")], [Change("call", "Premio · 2024", "")]]


def test_the_same_word_again_leaves_no_trace(writer: User) -> None:
    assert change_category(practice(), None, writer) is None
    assert Event.objects.count() == 0


def test_a_writers_change_ends_the_approval(writer: User, other: Category) -> None:
    record = approved(practice())
    change_category(record, other, writer)
    assert Practice.objects.get().state == State.IN_REVIEW


def test_who_may_not_write_changes_nothing(other: Category) -> None:
    with pytest.raises(PermissionDenied):
        change_category(practice(), other, User.objects.create_user("lee"))
    assert Practice.objects.get().category is None
