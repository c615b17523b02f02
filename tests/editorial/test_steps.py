"""What the screens offer is what the steps allow: for every role, in every state."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from practices.editorial import workflow
from practices.editorial.documents import build_document
from practices.editorial.publishing import NotPublished, Unchanged, publish, withdraw
from practices.editorial.recording import store_document
from practices.editorial.steps import Step, steps_for
from practices.models.practice import Practice, State
from tests.factories import practice, published

pytestmark = pytest.mark.django_db

DO = {
    Step.SEND: workflow.send_to_review,
    Step.TAKE_BACK: workflow.take_back,
    Step.RETURN: lambda record, by: workflow.return_to_writer(record, "Falta.", by),
    Step.APPROVE: workflow.approve,
    Step.PUBLISH: publish,
    Step.WITHDRAW: lambda record, by: withdraw(record, "Motivo", by),
}
REFUSALS = (PermissionDenied, workflow.WrongState, NotPublished, Unchanged)


@pytest.fixture
def nobody(db) -> User:
    return User.objects.create_user("nadie", is_staff=True)


def record_in(state: str, public: bool) -> Practice:
    """A record with a change that is not published, where it is public."""
    record = published().practice if public or state == State.WITHDRAWN else practice()
    if state == State.WITHDRAWN:
        withdraw(record, "Motivo")
    if public:
        before = build_document(record)
        record = store_document(replace(before, title="Otro título"))
        workflow.written(record, before)
    Practice.objects.filter(pk=record.pk).update(state=state)
    return Practice.objects.get(pk=record.pk)


def possible(record: Practice, by: User | None) -> frozenset[Step]:
    """The steps that do not refuse; each is tried and taken back."""
    found = set()
    for step, do in DO.items():
        try:
            with transaction.atomic():
                do(record, by=by)
                found.add(step)
                transaction.set_rollback(True)
        except REFUSALS:
            continue
    return frozenset(found)


@pytest.mark.parametrize("role", ["writer", "reviewer", "publisher", "nobody", "system"])
@pytest.mark.parametrize(
    ("state", "public"),
    [
        *[(state, False) for state in State if state != State.PUBLISHED],
        *[(state, True) for state in State if state != State.WITHDRAWN],
    ],
)
def test_a_step_is_offered_exactly_where_it_is_possible(request, role, state, public):
    by = None if role == "system" else request.getfixturevalue(role)
    record = record_in(state, public)
    assert steps_for(record, by, public) == possible(record, by)
