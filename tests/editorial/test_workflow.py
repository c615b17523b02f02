"""From draft to approval: who may take which step, from where, and what is left of it in the history."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, transaction

from practices.comparison import Change
from practices.editorial import workflow
from practices.editorial.documents import build_document
from practices.editorial.history import changes_of
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.editorial.roles import PERMISSIONS, PUBLISHERS, REVIEWERS, WRITERS
from practices.editorial.workflow import (
    NoReason,
    WrongState,
    approve,
    return_to_writer,
    send_to_review,
    take_back,
    written,
)
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from tests.factories import approved, practice, published

pytestmark = pytest.mark.django_db

STEPS: dict[str, Callable] = {
    "send": send_to_review,
    "take_back": take_back,
    "return": lambda record, by: return_to_writer(record, "Falta la fecha.", by),
    "approve": approve,
    "publish": publish,
    "withdraw": lambda record, by: withdraw(record, "Motivo", by),
}
ALLOWED = {
    "writer": {"send", "take_back"},
    "reviewer": {"send", "take_back", "return", "approve"},
    "publisher": {"send", "take_back", "publish", "withdraw"},
}
BEFORE = {"take_back": State.IN_REVIEW, "return": State.IN_REVIEW, "approve": State.IN_REVIEW}


def in_state(state: str) -> Practice:
    """A record on its way; what is public stands in its first version."""
    record = published().practice if state in (State.PUBLISHED, State.WITHDRAWN) else practice()
    if state == State.WITHDRAWN:
        withdraw(record, "Motivo")
    Practice.objects.filter(pk=record.pk).update(state=state)
    record.refresh_from_db()
    return record


def state_of(record: Practice) -> str:
    return Practice.objects.values_list("state", flat=True).get(pk=record.pk)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_may_take_its_own_steps_only(request, role, step):
    by = request.getfixturevalue(role)
    before = {"publish": State.APPROVED, "withdraw": State.PUBLISHED, **BEFORE}.get(step, State.DRAFT)
    record = in_state(before)
    if step in ALLOWED[role]:
        STEPS[step](record, by=by)
        assert state_of(record) != before
    else:
        with pytest.raises(PermissionDenied):
            STEPS[step](record, by=by)
        assert state_of(record) == before


@pytest.mark.parametrize(
    ("step", "allowed", "after"),
    [
        ("send", {State.DRAFT, State.RETURNED, State.WITHDRAWN}, State.IN_REVIEW),
        ("take_back", {State.IN_REVIEW}, State.DRAFT),
        ("return", {State.IN_REVIEW, State.APPROVED}, State.RETURNED),
        ("approve", {State.IN_REVIEW}, State.APPROVED),
    ],
)
@pytest.mark.parametrize("state", State)
def test_each_step_is_refused_where_it_makes_no_sense(step, allowed, after, state):
    record = in_state(state)
    if state in allowed:
        STEPS[step](record, by=None)
        assert state_of(record) == after
    else:
        with pytest.raises(WrongState):
            STEPS[step](record, by=None)
        assert state_of(record) == state


def test_what_is_published_goes_to_review_only_with_a_change():
    record = published().practice
    with pytest.raises(WrongState):
        send_to_review(record)
    before = build_document(record)
    written(store_document(replace(before, title="Otro título")), before)
    send_to_review(record)
    assert (state_of(record), record.publications.current().count()) == (State.IN_REVIEW, 1)


def test_what_is_taken_back_stands_where_it_stood_before(writer):
    public = published().practice
    before = build_document(public)
    written(store_document(replace(before, title="Otro título")), before)
    withdrawn = published(number=2).practice
    withdraw(withdrawn, "Motivo")
    for record in (public, withdrawn):
        send_to_review(record, writer)
        take_back(record, writer)
    assert (state_of(public), state_of(withdrawn)) == (State.PUBLISHED, State.WITHDRAWN)
    assert Practice.objects.get(pk=public.pk).differs is True


def test_a_return_needs_a_reason(reviewer):
    record = in_state(State.IN_REVIEW)
    with pytest.raises(NoReason):
        return_to_writer(record, "  ", reviewer)
    return_to_writer(record, "Falta la fecha.", reviewer)
    event = Event.objects.latest("pk")
    assert (event.kind, event.note, event.by) == (Kind.RETURNED, "Falta la fecha.", reviewer)


def test_writing_tells_each_field_before_and_after(writer):
    record = practice(title="Antes")
    before = build_document(record)
    store_document(replace(before, title="Después", success_factors=("Uno.",)))
    record.refresh_from_db()
    event = written(record, before, writer)
    assert (event.kind, event.by, event.code) == (Kind.CHANGED, writer, record.code)
    assert changes_of(event) == [Change("title", "Antes", "Después"), Change("success_factors", "", "Uno.")]
    assert (record.revision, record.differs) == (1, False)


def test_writing_nothing_new_leaves_no_trace(writer):
    record = practice()
    assert written(record, build_document(record), writer) is None
    assert (record.revision, Event.objects.count()) == (0, 0)


def test_a_change_after_publication_is_known_as_unpublished_until_it_is_taken_back():
    record = published(title="Pública").practice
    public = build_document(record)
    record = store_document(replace(public, title="Otra"))
    written(record, public)
    assert record.differs is True
    before = build_document(record)
    record = store_document(public)
    written(record, before)
    assert record.differs is False


def test_approval_lapses_when_somebody_who_may_not_approve_changes_the_record(writer, reviewer):
    record = approved(practice())
    before = build_document(record)
    store_document(replace(before, title="Corregido"))
    written(record, before, reviewer)
    assert state_of(record) == State.APPROVED
    before = build_document(Practice.objects.get())
    record = store_document(replace(before, title="Otro"))
    written(record, before, writer)
    assert (record.state, Event.objects.latest("pk").kind) == (State.IN_REVIEW, Kind.REOPENED)


def test_history_cannot_be_changed_nor_deleted(writer):
    send_to_review(practice(), writer, "Lista.")
    event = Event.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(note="Otra cosa.")
    with pytest.raises(TypeError):
        event.delete()


def test_history_outlives_a_deleted_draft(writer):
    record = practice()
    send_to_review(record, writer)
    code = record.code
    record.delete()
    assert [(event.code, event.kind) for event in Event.objects.all()] == [(code, Kind.SENT)]


def test_groups_are_made_once_and_then_left_to_staff():
    assert set(Group.objects.values_list("name", flat=True)) == {WRITERS, REVIEWERS, PUBLISHERS}
    group = Group.objects.get(name=WRITERS)
    assert set(group.permissions.values_list("codename", flat=True)) == set(PERMISSIONS[WRITERS])
    group.permissions.clear()
    call_command("migrate", verbosity=0)
    assert group.permissions.count() == 0


def test_a_deactivated_user_takes_no_step(writer):
    User.objects.filter(pk=writer.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        workflow.send_to_review(practice(), User.objects.get(pk=writer.pk))
