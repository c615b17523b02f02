import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from practices.editorial import codes
from practices.editorial.codes import NoSeries, default_prefix, proposed_code, saving_under_next_code
from practices.editorial.publishing import publish
from practices.models.practice import Practice
from practices.models.vocabulary import CodeSeries
from tests.factories import practice

pytestmark = pytest.mark.django_db


def save(code: str) -> Practice:
    return Practice.objects.create(code=code)


@pytest.mark.parametrize(
    ("taken", "proposed"),
    [
        ([], "BP-ANDESCO-SSPD-001-2020"),
        (["BP-ANDESCO-SSPD-001-2020"], "BP-ANDESCO-SSPD-002-2020"),
        (["BP-ANDESCO-SSPD-009-2020"], "BP-ANDESCO-SSPD-010-2020"),
        (["BP-ANDESCO-SSPD-007-2021"], "BP-ANDESCO-SSPD-001-2020"),
        (["BP-ANDESCO-SSPD-OTRA-004-2020"], "BP-ANDESCO-SSPD-001-2020"),
        (["BP-ANDESCO-SSPD-999-2020"], "BP-ANDESCO-SSPD-1000-2020"),
    ],
)
def test_proposed_code_is_one_after_the_highest_of_its_series_and_year(taken, proposed):
    for code in taken:
        save(code)
    assert proposed_code("BP-ANDESCO-SSPD", 2020) == proposed


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_once_get_two_numbers(monkeypatch):
    """Both are shown 001 before either saves; who comes second gets the next number instead of an error."""
    shown = threading.Barrier(2, timeout=10)
    first_look = threading.local()
    saved: list[str] = []

    def shown_to_both(prefix: str, year: int) -> str:
        code = proposed_code(prefix, year)
        if not hasattr(first_look, "done"):
            first_look.done = shown.wait() is not None
        return code

    monkeypatch.setattr(codes, "proposed_code", shown_to_both)

    def person() -> None:
        try:
            saved.append(saving_under_next_code(save, "BP-ANDESCO-SSPD", 2020).code)
        finally:
            connection.close()

    people = [threading.Thread(target=person) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(saved) == ["BP-ANDESCO-SSPD-001-2020", "BP-ANDESCO-SSPD-002-2020"]


def test_another_fault_of_the_database_is_not_taken_for_a_taken_code():
    def broken(code: str) -> Practice:
        raise IntegrityError("something else")

    with pytest.raises(IntegrityError, match="something else"):
        saving_under_next_code(broken, "BP-ANDESCO-SSPD", 2020)


def test_proposed_series_is_the_one_marked_so():
    with pytest.raises(NoSeries):
        default_prefix()
    CodeSeries.objects.create(prefix="BP-OTRA-SSPD")
    CodeSeries.objects.create(prefix="BP-ANDESCO-SSPD", is_default=True)
    assert default_prefix() == "BP-ANDESCO-SSPD"


def test_code_of_a_draft_may_change_and_of_a_published_one_may_not():
    record = practice()
    record = Practice.objects.get(pk=record.pk)
    record.code = "BP-PRUEBA-SSPD-009-2020"
    record.save()
    publish(record)
    record = Practice.objects.get(pk=record.pk)
    record.code = "BP-PRUEBA-SSPD-010-2020"
    with pytest.raises(ValidationError, match="BP-PRUEBA-SSPD-009-2020"):
        record.save()
