"""Links for the author: who makes them, how long they lead somewhere, and what an answer leaves behind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.signing import Signer
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from practices.editorial import approval
from practices.editorial.approval import (
    End,
    LinkEnded,
    OtherVersion,
    TooManyAnswers,
    UnknownLink,
    answer,
    fingerprint,
    invite,
    read_token,
    revoke,
    seal,
    token_of,
)
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.approval import Answer, Invitation
from practices.models.history import Event, Kind
from practices.models.practice import Practice
from tests.factories import document, practice, published

pytestmark = pytest.mark.django_db
FOR = "Aguas de Prueba S.A. E.S.P."


@pytest.fixture
def link(writer) -> Invitation:
    return invite(practice(), FOR, writer)[0]


def answered(invitation: Invitation, approved: bool = True, **given) -> Invitation:
    sealed = given.pop("sealed", None) or seal(invitation, build_document(Practice.objects.get()))
    defaults = {"answered_for": "Gerencia", "comments": {}}
    return answer(invitation, sealed, approved=approved, **{**defaults, **given})


def history() -> list[tuple[str, str, str]]:
    return [(event.kind, event.who, event.note) for event in Event.objects.order_by("pk")]


def test_a_link_leads_to_its_practice_and_is_told_in_the_history(writer):
    record = practice()
    _invitation, token = invite(record, f"  {FOR} ", writer)
    assert read_token(token).practice == record
    event = Event.objects.get()
    assert (event.kind, event.by, event.who, event.practice) == (Kind.INVITED, writer, FOR, record)


def test_the_address_is_made_of_the_row_and_the_secret_alone(link):
    token = token_of(link)
    assert (token, len(token) < 70) == (token_of(Invitation.objects.get()), True)
    forged = Signer(key="another secret", sep=".", salt="practices.approval.link").sign(token.rpartition(".")[0])
    with pytest.raises(UnknownLink):
        read_token(forged)


def test_a_link_lasts_to_the_end_of_its_last_day_where_the_institution_is(writer):
    made = datetime(2026, 3, 10, 20, 30, tzinfo=UTC)
    invitation, _token = invite(practice(), FOR, writer, days=2, at=made)
    assert timezone.localtime(invitation.expires_at).isoformat() == "2026-03-12T23:59:59-05:00"


@pytest.mark.parametrize(("recipient", "days"), [("  ", 30), (FOR, 0), (FOR, -1)])
def test_a_link_for_nobody_or_for_no_time_is_not_made(writer, recipient, days):
    with pytest.raises(ValueError, match="link"):
        invite(practice(), recipient, writer, days)
    assert (Invitation.objects.count(), Event.objects.count()) == (0, 0)


def test_only_who_writes_makes_and_revokes_links(link, writer):
    stranger = User.objects.create_user("lee", is_staff=True)
    with pytest.raises(PermissionDenied):
        invite(link.practice, FOR, stranger)
    with pytest.raises(PermissionDenied):
        revoke(link, stranger)
    assert (Invitation.objects.count(), read_token(token_of(link))) == (1, link)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "z" + t, lambda t: t.swapcase(), lambda t: t * 3])
def test_a_token_that_is_not_whole_is_unknown(link, change):
    with pytest.raises(UnknownLink):
        read_token(change(token_of(link)))


@given(st.text(max_size=200))
def test_any_text_is_only_an_unknown_link(text):
    with pytest.raises(UnknownLink):
        read_token(text)


@pytest.mark.parametrize("text", ["1-1", "1", "a-b-c", "-", "é-1", "9" * 12 + "-1", "9" * 40 + "-1"])
def test_what_is_signed_and_names_no_link_is_unknown(link, text):
    with pytest.raises(UnknownLink):
        read_token(approval._links.sign(text))


def test_a_seal_is_no_link_and_a_link_no_seal(link):
    document = build_document(link.practice)
    with pytest.raises(UnknownLink):
        read_token(seal(link, document))
    assert approval.is_sealed(link, document, token_of(link)) is False


def test_a_key_that_is_given_out_again_does_not_open_with_the_old_token(link):
    token = token_of(link)
    Invitation.objects.filter(pk=link.pk).update(created_at=link.created_at + timedelta(microseconds=1))
    with pytest.raises(UnknownLink):
        read_token(token)


def test_reading_a_token_costs_one_query_and_none_where_we_signed_nothing(link, django_assert_num_queries):
    with django_assert_num_queries(1):
        read_token(token_of(link))
    with django_assert_num_queries(0), pytest.raises(UnknownLink):
        read_token("1-1.firma")


def test_a_link_ends_when_it_expires(link):
    token = token_of(link)
    assert read_token(token, link.expires_at - timedelta(seconds=1)) == link
    with pytest.raises(LinkEnded) as ended:
        read_token(token, link.expires_at)
    assert (ended.value.end, ended.value.invitation) == (End.EXPIRED, link)


def test_a_link_ends_when_it_is_revoked_and_that_is_told_once(link, writer):
    assert [revoke(link, writer), revoke(link, writer)] == [True, False]
    with pytest.raises(LinkEnded) as ended:
        read_token(token_of(link))
    assert ended.value.end == End.REVOKED
    assert history() == [(Kind.INVITED, FOR, ""), (Kind.REVOKED, FOR, "")]


def test_a_link_ends_when_the_practice_is_published_and_stays_ended_when_it_is_withdrawn(link):
    publish(link.practice)
    for step in (lambda: None, lambda: withdraw(link.practice, "Motivo")):
        step()
        with pytest.raises(LinkEnded) as ended:
            read_token(token_of(link))
        assert ended.value.end == End.PUBLISHED


@pytest.mark.parametrize("then", [lambda record: None, lambda record: withdraw(record, "Motivo")])
def test_what_was_published_before_may_be_shown_again(writer, then):
    record = published().practice
    then(record)
    invitation, token = invite(record, FOR, writer)
    assert read_token(token) == invitation


def test_those_that_wait_are_neither_answered_nor_ended(writer):
    record, other = practice(), practice(number=2)
    waiting, _ = invite(record, FOR, writer)
    for ended in (invite(record, "Otra", writer)[0], invite(other, "Otra", writer)[0]):
        revoke(ended, writer) if ended.practice == record else publish(other)
    invite(record, "Otra", writer, days=1, at=timezone.now() - timedelta(days=3))
    done, _ = invite(record, "Otra", writer)
    answer(done, seal(done, build_document(record)), approved=True, answered_for="Gerencia", comments={})
    assert list(Invitation.objects.open()) == [waiting]
    assert set(Invitation.objects.valid()) == {waiting, done}


def test_an_answer_is_kept_with_its_time_and_the_version_that_was_read(link):
    at = timezone.now()
    answered(link, False, comments={"resumen": "Falta la fecha.", "impacto": ""}, at=at)
    kept = Invitation.objects.get()
    assert (kept.answer, kept.answered_at, kept.answered_for) == (Answer.CHANGES, at, "Gerencia")
    assert kept.document_sha256 == fingerprint(build_document(kept.practice))
    assert list(kept.comments.values_list("section", "text")) == [("resumen", "Falta la fecha.")]


def test_the_history_tells_of_each_answer_but_nothing_that_the_author_wrote(link):
    answered(link, False, comments={"resumen": "Llame a Ana Pérez."}, answered_for="Ana Pérez")
    answered(link, True)
    assert history()[1:] == [(Kind.AUTHOR_ASKED, FOR, ""), (Kind.AUTHOR_APPROVED, FOR, "")]


def test_a_later_answer_takes_the_place_of_the_earlier(link):
    answered(link, False, comments={"resumen": "Falta la fecha."})
    answered(link, True, comments={"impacto": "Gracias."})
    kept = Invitation.objects.get()
    assert (kept.answer, list(kept.comments.values_list("section", "text"))) == (
        Answer.APPROVED,
        [("impacto", "Gracias.")],
    )


def test_the_same_answer_again_changes_nothing(link):
    first = answered(link, False, comments={"resumen": "Falta."})
    again = answered(link, False, comments={"resumen": "Falta."})
    assert (again.answered_at, len(history())) == (first.answered_at, 2)


def test_an_answer_changes_nothing_in_the_record(link):
    before = Practice.objects.values().get()
    answered(link, False, comments={"resumen": "Falta la fecha."})
    assert Practice.objects.values().get() == before


def test_an_answer_about_another_version_is_not_taken(link):
    old = seal(link, build_document(link.practice))
    store_document(replace(build_document(link.practice), title="Otro título"))
    with pytest.raises(OtherVersion):
        answered(link, sealed=old)
    assert (Invitation.objects.get().answer, len(history())) == (Answer.NONE, 1)


def test_the_seal_of_another_link_is_not_taken(link, writer):
    other, _token = invite(link.practice, "Otra", writer)
    with pytest.raises(OtherVersion):
        answered(link, sealed=seal(other, build_document(link.practice)))


@pytest.mark.parametrize(
    ("step", "end"),
    [
        (lambda link, by: revoke(link, by), End.REVOKED),
        (lambda link, by: publish(link.practice), End.PUBLISHED),
        (lambda link, by: Invitation.objects.update(expires_at=timezone.now()), End.EXPIRED),
    ],
)
def test_a_link_that_ended_while_its_page_was_open_takes_no_answer(link, writer, step, end):
    sealed = seal(link, build_document(link.practice))
    step(link, writer)
    with pytest.raises(LinkEnded) as ended:
        answered(link, sealed=sealed)
    assert (ended.value.end, Invitation.objects.get().answer) == (end, Answer.NONE)


def test_nobody_with_a_link_can_fill_the_history(link):
    for number in range(approval.MOST_ANSWERS):
        answered(link, comments={"general": f"Comentario {number}"})
    with pytest.raises(TooManyAnswers):
        answered(link, comments={"general": "Uno más"})
    assert (Event.objects.count(), Invitation.objects.get().comments.get().text) == (31, "Comentario 29")


def test_a_comment_too_long_is_refused_by_the_database_and_leaves_the_earlier_answer(link):
    answered(link, comments={"general": "Bien."})
    with pytest.raises(IntegrityError, match="sectioncomment_text"), transaction.atomic():
        answered(link, comments={"general": "x" * 4001})
    assert (Invitation.objects.get().comments.get().text, len(history())) == ("Bien.", 2)


def test_the_fingerprint_tells_two_versions_apart():
    assert fingerprint(document(1)) == fingerprint(document(1))
    assert fingerprint(document(1)) != fingerprint(document(1, summary="Otra cosa."))
