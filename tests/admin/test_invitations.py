"""Showing a practice to its author: making links, taking them back, reading the answers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practices.admin.invitations import SECTIONS
from practices.editorial.approval import answer, invite, seal, token_of
from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.recording import store_document
from practices.exchange.writers.page import TITLES
from practices.models.approval import Invitation
from practices.models.practice import Practice

from .. import factories
from .forms import CHANGE, messages
from .test_lists import queries

PAGE = "admin:practices_practice_author"
REVOKE = "admin:practices_practice_revoke"


@pytest.fixture
def record(vocabulary) -> Practice:
    return factories.practice(factories.rich_document(1))


@pytest.fixture
def link(record: Practice, publisher: User) -> Invitation:
    return invite(record, "Aguas de Prueba S.A. E.S.P.", publisher)[0]


def address(record: Practice) -> str:
    return reverse(PAGE, args=[record.pk])


def answered(link: Invitation, approved: bool, **comments: str) -> None:
    sealed = seal(link, build_document(link.practice))
    answer(link, sealed, approved=approved, answered_for="Gerencia", comments=comments)


def shown(client: Client, record: Practice) -> str:
    return " ".join(client.get(address(record)).content.decode().split())


def standing(client: Client, record: Practice) -> list[tuple[bool, bool, bool]]:
    lines = client.get(reverse(CHANGE, args=[record.pk])).context["standing"].author
    return [(line.is_waiting, line.is_approved, line.is_outdated) for line in lines]


def test_the_form_proposes_the_authors_and_thirty_days(as_writer: Client, record: Practice) -> None:
    form = as_writer.get(address(record)).context["form"]

    assert (form["recipient"].value(), form["days"].value()) == ("Aguas de Prueba S.A. E.S.P.", 30)


def test_a_writer_makes_a_link_and_reads_its_whole_address(as_writer: Client, writer: User, record: Practice) -> None:
    response = as_writer.post(address(record), {"recipient": "Aguas de Prueba", "days": "5"})

    made = Invitation.objects.get()
    assert (made.recipient, made.created_by) == ("Aguas de Prueba", writer)
    assert timezone.localdate(made.expires_at) == timezone.localdate() + timedelta(days=5)
    assert response.url == f"{address(record)}#link-{made.pk}"
    assert f'value="http://testserver/revision/{token_of(made)}/"' in shown(as_writer, record)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"recipient": " ", "days": "5"}, ["recipient"]),
        ({"recipient": "x" * 301, "days": "5"}, ["recipient"]),
        ({"recipient": "Aguas", "days": "0"}, ["days"]),
        ({"recipient": "Aguas", "days": "366"}, ["days"]),
        ({"recipient": "Aguas", "days": "9" * 5000}, ["days"]),
        ({"recipient": "Aguas", "days": "muchos"}, ["days"]),
    ],
)
def test_a_wrong_form_comes_back_and_makes_nothing(as_writer: Client, record: Practice, typed, wrong) -> None:
    response = as_writer.post(address(record), typed)

    assert list(response.context["form"].errors) == wrong
    assert {name: response.context["form"][name].value() for name in typed} == typed
    assert Invitation.objects.count() == 0


def test_an_address_is_shown_again_while_it_works_and_only_to_who_may_make_one(
    as_writer: Client, as_reader: Client, record: Practice, link: Invitation
) -> None:
    token = token_of(link)
    assert [token in shown(client, record) for client in (as_writer, as_reader)] == [True, False]

    as_writer.post(reverse(REVOKE, args=[record.pk, link.pk]))

    assert (token in shown(as_writer, record), "Revoked on" in shown(as_writer, record)) == (False, True)


def test_revoking_says_so_and_ends_the_link(as_writer: Client, client: Client, record: Practice, link) -> None:
    response = as_writer.post(reverse(REVOKE, args=[record.pk, link.pk]), follow=True)

    assert messages(response) == [f"The link for {link.recipient} is taken back: it shows nothing any more."]
    assert client.get(f"/revision/{token_of(link)}/").status_code == 410


def test_revoking_needs_a_form_the_right_practice_and_the_permission(
    as_writer: Client, as_reader: Client, client: Client, record: Practice, link: Invitation
) -> None:
    other = factories.practice(factories.document(2))
    revoke = reverse(REVOKE, args=[record.pk, link.pk])

    assert as_writer.get(revoke).status_code == 405
    assert as_writer.post(reverse(REVOKE, args=[other.pk, link.pk])).status_code == 404
    assert as_writer.post(reverse(REVOKE, args=[999, link.pk])).status_code == 404
    assert as_reader.post(revoke).status_code == 403
    assert client.post(revoke).url == f"{reverse('admin:login')}?next={revoke}"
    assert Invitation.objects.open().get() == link


def test_a_reader_sees_the_answers_and_makes_no_link(as_reader: Client, record: Practice, link: Invitation) -> None:
    answered(link, False, resumen="Falta la fecha.")

    assert as_reader.post(address(record), {"recipient": "Aguas", "days": "5"}).status_code == 403
    assert ("Falta la fecha." in shown(as_reader, record), "Make a link" in shown(as_reader, record)) == (True, False)


def test_staff_without_the_permission_are_refused(client: Client, record: Practice) -> None:
    client.force_login(User.objects.create_user("nadie", password="x", is_staff=True))

    assert client.get(address(record)).status_code == 404
    assert client.get(reverse(PAGE, args=[999])).status_code in (403, 404)


def test_each_comment_stands_beside_its_field_and_leads_there(as_writer: Client, record: Practice, link) -> None:
    answered(link, False, resumen="Falta la <b>fecha</b>.\nY el mes.", factores="Son tres.")
    form = as_writer.get(reverse(CHANGE, args=[record.pk])).content.decode()
    links = as_writer.get(address(record)).context["invitations"]

    assert [(c.field, c.anchor, c.text) for c in links[0].comments] == [
        ("Summary", "id_summary", "Falta la <b>fecha</b>.\nY el mes."),
        ("Success factors", "successfactor_set-group", "Son tres."),
    ]
    assert "Falta la &lt;b&gt;fecha&lt;/b&gt;.<br>Y el mes." in shown(as_writer, record)
    assert [name for _field, name in SECTIONS.values() if f'id="{name}"' not in form] == []


def test_every_section_of_the_page_has_its_field() -> None:
    assert list(SECTIONS) == ["general", *TITLES]


def test_the_record_tells_who_answered_and_who_is_awaited(as_writer: Client, record: Practice, publisher) -> None:
    assert standing(as_writer, record) == []
    link, _token = invite(record, "Aguas de Prueba", publisher)
    assert standing(as_writer, record) == [(True, False, False)]
    answered(link, True)
    assert standing(as_writer, record) == [(False, True, False)]
    assert "Approved by the author on" in as_writer.get(reverse(CHANGE, args=[record.pk])).content.decode()


def test_the_record_tells_that_it_changed_after_the_approval(as_writer: Client, record: Practice, link) -> None:
    answered(link, True)
    store_document(replace(build_document(record), title="Otro título"))

    assert standing(as_writer, record) == [(False, True, True)]
    assert "the record has changed since" in shown(as_writer, record)


def test_links_that_ended_without_an_answer_are_not_awaited(as_writer: Client, record: Practice, link) -> None:
    publish(record)

    assert standing(as_writer, record) == []
    assert "Ended: the practice was published" in shown(as_writer, record)


def test_the_page_costs_the_same_for_one_and_three_links(as_writer: Client, record: Practice, publisher) -> None:
    counts = []
    for times in (1, 2):
        for number in range(times):
            link, _token = invite(record, f"Aguas {times} {number}", publisher)
            answered(link, False, resumen="Falta.", impacto="Falta.")
        counts.append(queries(as_writer, address(record)))

    assert counts == [18, 18]
