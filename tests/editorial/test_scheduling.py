"""What is published and withdrawn at a time set before, by one command that may run at any time, twice, or late."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from practices.editorial import scheduling
from practices.editorial.checklist import NotReady
from practices.editorial.documents import build_document
from practices.editorial.publishing import NotPublished, Unchanged, publish, withdraw
from practices.editorial.recording import store_document
from practices.editorial.scheduling import (
    PastTime,
    run_due,
    schedule_publication,
    schedule_withdrawal,
    unschedule,
)
from practices.editorial.workflow import written
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from practices.models.publication import Publication, Status
from tests.factories import approved, document, practice, published

pytestmark = pytest.mark.django_db


def soon(hours: int = 1):
    return timezone.now() + timedelta(hours=hours)


def run(at=None) -> list[tuple[str, str]]:
    return [(done.kind, done.error) for done in run_due(at or soon(24))]


def test_what_is_due_is_published_once(publisher):
    record = approved(practice())
    schedule_publication(record, soon(), publisher, "Primera versión")
    assert run(timezone.now()) == []
    assert run() == [(Kind.PUBLISHED, "")]
    assert run() == []
    publication = Publication.objects.get()
    assert (publication.published_by, publication.note) == (publisher, "Primera versión")


def test_what_is_due_is_withdrawn_with_its_reason(publisher):
    record = published().practice
    schedule_withdrawal(record, soon(), "Venció el convenio.", publisher)
    assert (run(), run()) == ([(Kind.WITHDRAWN, "")], [])
    publication = Publication.objects.get()
    assert (publication.status, publication.withdrawal_reason) == (Status.WITHDRAWN, "Venció el convenio.")


def test_after_an_outage_a_record_is_published_and_then_withdrawn_in_the_order_in_which_both_were_due(publisher):
    record = approved(practice())
    schedule_publication(record, soon(1), publisher)
    schedule_withdrawal(record, soon(2), "Terminó.", publisher)
    assert run() == [(Kind.PUBLISHED, ""), (Kind.WITHDRAWN, "")]
    assert Practice.objects.get().state == State.WITHDRAWN


def test_what_cannot_be_done_is_told_once_and_leaves_the_others_alone(publisher):
    first, second = approved(practice()), approved(practice(document(2)))
    for record in (first, second):
        schedule_publication(record, soon(), publisher)
    before = build_document(first)
    store_document(replace(before, title=""))
    assert run() == [(Kind.PUBLISHED, "NotReady: Escriba el título."), (Kind.PUBLISHED, "")]
    assert run() == []
    assert list(Publication.objects.values_list("practice", flat=True)) == [second.pk]
    assert Event.objects.get(kind=Kind.FAILED).practice == first


def test_a_change_that_ends_the_approval_stops_the_publication(publisher, writer):
    record = approved(practice())
    schedule_publication(record, soon(), publisher)
    before = build_document(record)
    record = store_document(replace(before, title="Otro"))
    written(record, before, writer)
    assert [(kind, error.partition(":")[0]) for kind, error in run()] == [(Kind.PUBLISHED, "PermissionDenied")]
    assert Publication.objects.count() == 0


def test_who_may_no_longer_publish_does_not_publish_by_timer(publisher):
    schedule_publication(approved(practice()), soon(), publisher)
    User.objects.filter(pk=publisher.pk).update(is_active=False)
    assert [error.partition(":")[0] for _kind, error in run()] == ["PermissionDenied"]


def test_only_a_time_to_come_can_be_set_by_a_publisher_for_what_is_ready(publisher, writer):
    record = approved(practice())
    with pytest.raises(PastTime):
        schedule_publication(record, timezone.now() - timedelta(minutes=1), publisher)
    with pytest.raises(PermissionDenied):
        schedule_publication(record, soon(), writer)
    with pytest.raises(NotReady):
        schedule_publication(approved(practice(document(2, title=""))), soon(), publisher)
    with pytest.raises(ValueError, match="reason"):
        schedule_withdrawal(record, soon(), " ", publisher)


def test_a_schedule_can_be_taken_back(publisher):
    record = approved(practice())
    schedule_publication(record, soon(), publisher)
    unschedule(record, publisher)
    assert (run(), Event.objects.latest("pk").kind) == ([], Kind.UNSCHEDULED)


def test_what_nobody_foresaw_stays_due_and_the_others_go_on(publisher, monkeypatch):
    first, second = approved(practice()), approved(practice(document(2)))
    for record in (first, second):
        schedule_publication(record, soon(), publisher)
    real = scheduling.publish

    def broken_disk(practice, **options):
        if practice == first:
            raise OSError("disk")
        return real(practice, **options)

    monkeypatch.setattr(scheduling, "publish", broken_disk)
    assert run() == [(Kind.FAILED, "OSError: disk"), (Kind.PUBLISHED, "")]
    monkeypatch.undo()
    assert run() == [(Kind.PUBLISHED, "")]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_each_thing_once(publisher):
    records = [approved(practice(document(number))) for number in range(1, 7)]
    for record in records:
        schedule_publication(record, soon(), publisher)
    at_once(run, run)
    assert list(Publication.objects.order_by("code").values_list("code", "number")) == [
        (record.code, 1) for record in records
    ]
    assert Event.objects.filter(kind__in=[Kind.PUBLISHED, Kind.FAILED]).count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_run_and_people_who_publish_and_withdraw_do_not_block_each_other(publisher):
    """PostgreSQL would end one of two that wait for each other: all lock the record before the version."""
    records = [approved(practice(document(number))) for number in range(1, 7)]
    for record in records:
        schedule_publication(record, soon(), publisher)
        schedule_withdrawal(record, soon(2), "Terminó.", publisher)
    failures = []

    def people():
        for record in reversed(records):
            try:
                publish(record, note="Por una persona")
                withdraw(record, "Terminó.")
            except (NotPublished, Unchanged):
                continue
            except Exception as error:
                failures.append(error)

    done = at_once(run, people)
    assert failures == []
    assert {error.partition(":")[0] for found in done if found for _kind, error in found} <= {
        "", "Unchanged", "NotPublished",
    }  # fmt: skip
    assert set(Practice.objects.values_list("publish_at", "withdraw_at")) == {(None, None)}


def at_once(*runs):
    """Each in a thread of its own, begun together; what they return. Raises what one of them raised."""
    start = Barrier(len(runs))

    def one(do):
        try:
            start.wait()
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(runs)) as pool:
        return [found.result() for found in [pool.submit(one, do) for do in runs]]


def test_the_command_says_what_it_did_and_fails_where_something_could_not_be_done(publisher, capsys):
    first, second = approved(practice()), approved(practice(document(2)))
    for record in (first, second):
        schedule_publication(record, soon(), publisher)
    store_document(replace(build_document(second), title=""))
    Practice.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(CommandError, match=r"^1 "):
        call_command("run_scheduled")
    said = capsys.readouterr()
    assert said.out == f"{first.code}: publicada\n"
    assert said.err == f"{second.code}: publicada ✗ NotReady: Escriba el título.\n"
    call_command("run_scheduled")
    assert capsys.readouterr() == ("", "")
