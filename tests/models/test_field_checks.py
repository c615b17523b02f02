"""What a form asks in Python is what the database holds: the same verdict on the same text."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from practices.models.limits import FieldCheck
from practices.models.practice import Practice
from tests.factories import practice

pytestmark = pytest.mark.django_db
CHECKS = {check.field: check for check in Practice._meta.constraints if isinstance(check, FieldCheck)}


def form_accepts(field: str, text: str) -> bool:
    try:
        CHECKS[field].validate(Practice, Practice(**{field: text}))
    except ValidationError:
        return False
    return True


def database_accepts(field: str, text: str) -> bool:
    record = practice()
    try:
        with transaction.atomic():
            Practice.objects.filter(pk=record.pk).update(**{field: text})
    except DatabaseError:
        return False
    return True


@pytest.mark.parametrize(
    ("field", "text", "accepted"),
    [
        ("title", "", True),
        ("title", "ñ" * 500, True),
        ("title", "ñ" * 501, False),
        ("title", "😀" * 500, True),
        ("summary", "a\nb" * 6_666, True),
        ("summary", "a" * 20_001, False),
        ("code", "BP-ANDESCO-SSPD-002-2020", True),
        ("code", "BP-ANDESCO-SSPD-002-2020\n", False),
        ("code", "bp-andesco-sspd-002-2020", False),
        ("implemented_start", "", True),
        ("implemented_start", "2020-04", True),
        ("implemented_start", "2020-4", False),
        ("state", "draft", True),
        ("state", "lost", False),
        ("implemented_precision", "", True),
        ("implemented_precision", "decade", False),
    ],
)
def test_the_form_and_the_database_agree(field: str, text: str, accepted: bool) -> None:
    assert (form_accepts(field, text), database_accepts(field, text)) == (accepted, accepted)


def test_an_excluded_field_is_not_asked_about() -> None:
    CHECKS["state"].validate(Practice, Practice(state="lost"), exclude={"state"})

    assert not form_accepts("state", "lost")


def test_asking_costs_no_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert form_accepts("title", "Una práctica")
