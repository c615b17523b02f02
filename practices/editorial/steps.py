"""Which steps a user may take with a record now: what the staff's screens offer. The steps themselves refuse too."""

from enum import StrEnum

from django.contrib.auth.models import User

from practices.models.practice import Practice, State

from .publishing import may_publish
from .roles import PUBLISH, REVIEW, WRITE, may
from .workflow import RETURNABLE, SENDABLE


class Step(StrEnum):
    SEND = "send"
    TAKE_BACK = "take_back"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


NEEDS = {
    Step.SEND: WRITE,
    Step.TAKE_BACK: WRITE,
    Step.RETURN: REVIEW,
    Step.APPROVE: REVIEW,
    Step.PUBLISH: PUBLISH,
    Step.WITHDRAW: PUBLISH,
}
"""The permission without which a step is nobody's, in whatever state the record is."""


def steps_for(practice: Practice, by: User | None, is_public: bool) -> frozenset[Step]:
    """By role and state; `is_public` is whether a publication of it is current. No queries but for permissions.

    Whether the record is complete, or differs from what is public, is not asked: a form may be about to change it.
    """
    sensible = {
        Step.SEND: practice.state in SENDABLE,
        Step.TAKE_BACK: practice.state == State.IN_REVIEW,
        Step.RETURN: practice.state in RETURNABLE,
        Step.APPROVE: practice.state == State.IN_REVIEW,
        Step.PUBLISH: may_publish(practice, by),
        Step.WITHDRAW: is_public,
    }
    return frozenset(step for step in Step if sensible[step] and may(NEEDS[step], by))
