"""The way of a record from draft to approval: one function for each step. Publishing is publishing.py.

draft → in review → approved → published; returned goes back to its writer. What was published once walks the same
way with its changes, while the public goes on reading its current version. Each step asks for the role that may
take it, writes its event, and is refused from a state where it makes no sense, wherever it is called from.
"""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from practices.document import PracticeDocument
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from practices.models.publication import Publication, Status

from .documents import build_document
from .history import record, record_writing
from .roles import REVIEW, WRITE, may, require

SENDABLE = (State.DRAFT, State.RETURNED, State.PUBLISHED, State.WITHDRAWN)
RETURNABLE = (State.IN_REVIEW, State.APPROVED)


class WrongState(ValueError):
    """The step makes no sense from the state that the record is in; `state` says which."""

    def __init__(self, state: str) -> None:
        self.state = State(state)
        super().__init__(str(self.state.label))


class NoReason(ValueError):
    """What is sent back needs a reason that its writer can act upon."""


@transaction.atomic
def send_to_review(practice: Practice, by: User | None = None, note: str = "") -> Event:
    """Raises PermissionDenied, WrongState; the latter too where what is published has no change to review."""
    require(WRITE, by)
    locked = _locked(practice, SENDABLE)
    if locked.state == State.PUBLISHED and not locked.differs:
        raise WrongState(locked.state)
    return _moved(locked, State.IN_REVIEW, Kind.SENT, by, note)


@transaction.atomic
def take_back(practice: Practice, by: User | None = None, note: str = "") -> Event:
    """Out of the review again, by whoever writes, to where it was before. Raises PermissionDenied, WrongState."""
    require(WRITE, by)
    locked = _locked(practice, [State.IN_REVIEW])
    return _moved(locked, _outside_review(locked), Kind.CHANGED, by, note)


@transaction.atomic
def return_to_writer(practice: Practice, reason: str, by: User | None = None) -> Event:
    """Back to its writer with the reasons. Raises NoReason, PermissionDenied, WrongState."""
    require(REVIEW, by)
    if not reason.strip():
        raise NoReason
    locked = _locked(practice, RETURNABLE)
    return _moved(locked, State.RETURNED, Kind.RETURNED, by, reason.strip())


@transaction.atomic
def approve(practice: Practice, by: User | None = None, note: str = "") -> Event:
    """Raises PermissionDenied, WrongState."""
    require(REVIEW, by)
    return _moved(_locked(practice, [State.IN_REVIEW]), State.APPROVED, Kind.APPROVED, by, note)


@transaction.atomic
def written(
    practice: Practice,
    before: PracticeDocument | None,
    by: User | None = None,
    kind: Kind | None = None,
    note: str = "",
    after: PracticeDocument | None = None,
) -> Event | None:
    """What follows every writing of a record: its event, its revision, whether it differs from what is public.

    Call it after the record and all its parts are written, in their transaction; `before` is the document that the
    record was, None for a new one, `after` the one that it is, where the caller has built it already. What a
    reviewer approved and somebody else changed goes back into review.
    Returns None where there is nothing to tell: the history says what people read, and a document is more than that.
    """
    after = after or build_document(practice)
    event = record_writing(practice, before, after, by, kind, note)
    if event is None and before == after:
        return None
    current = Publication.objects.filter(practice_id=practice.pk).still_current().first()
    differs = current is not None and current.content != after
    fields = {"differs": differs, "revision": F("revision") + 1}
    Practice.objects.filter(pk=practice.pk).update(**fields)
    if practice.state == State.APPROVED and before != after and not may(REVIEW, by):
        _moved(practice, State.IN_REVIEW, Kind.REOPENED, by)
    practice.refresh_from_db(fields=["differs", "revision", "state"])
    return event


def touched(practice: Practice) -> None:
    """Raise the revision where something changed that is no part of the document: a contact. Two queries."""
    Practice.objects.filter(pk=practice.pk).update(revision=F("revision") + 1)
    practice.refresh_from_db(fields=["revision"])


def _locked(practice: Practice, states: Collection[str]) -> Practice:
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    if locked.state not in states:
        raise WrongState(locked.state)
    return locked


def _outside_review(practice: Practice) -> State:
    """What the public reads, or was once told, is not a draft again because somebody looked at its changes."""
    in_force = Publication.objects.filter(practice=practice).exclude(status=Status.SUPERSEDED).first()
    if in_force is None:
        return State.DRAFT
    return State.WITHDRAWN if in_force.status == Status.WITHDRAWN else State.PUBLISHED


def _moved(practice: Practice, state: State, kind: Kind, by: User | None, note: str = "") -> Event:
    Practice.objects.filter(pk=practice.pk).update(state=state)
    return record(practice, kind, by, note.strip())
