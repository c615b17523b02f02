"""What the public reads of a link that does not answer: everywhere the practice is drawn, and at once."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.document import Link
from practices.editorial.approval import invite
from practices.editorial.publishing import publish
from practices.models.link_check import LinkCheck, Reason, key_of
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.upkeep.links import renew, written
from practices.upkeep.outcomes import Outcome, Verdict
from practices.web.article import PART
from tests.factories import document, practice, published, rich_document
from tests.pdf import text_of

pytestmark = pytest.mark.django_db
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGE = f"/practicas/{CODE}/"
SILENT, ANSWERING = "https://calla.example.org/a?b=1&c=2", "https://responde.example.org/"
SPANISH, ENGLISH = "enlace no disponible desde el 3 de marzo de 2026", "link unavailable since 3 March 2026"
OK = Outcome(Verdict.ANSWERS, None, 200)
GONE = Outcome(Verdict.FAILS, Reason.NOT_FOUND, 404)


def with_links(number: int = 1, **fields):
    return rich_document(number, links=(Link(SILENT, "El informe"), Link(ANSWERING)), **fields)


def fall_silent() -> None:
    renew()
    for day in (3, 4, 5):
        written(key_of(SILENT), GONE, datetime(2026, 3, day, 15, tzinfo=UTC))


def answer() -> None:
    written(key_of(SILENT), OK, datetime(2026, 3, 6, 15, tzinfo=UTC))


def body(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def told(client: Client, address: str) -> list[int]:
    html = body(client, address)
    return [html.count(SPANISH), html.count(ENGLISH)]


@pytest.fixture
def one() -> Publication:
    return published(with_links())


def test_the_page_says_it_beside_the_link_that_stays(client, one) -> None:
    assert told(client, PAGE) == [0, 0]
    fall_silent()
    html = body(client, PAGE)

    assert html.count(SPANISH) == 1
    beside = html[html.index('href="https://calla.example.org') : html.index('href="https://responde.example.org')]
    assert f'<span class="unavailable" lang="es-CO">{SPANISH}</span>' in beside
    answer()
    assert told(client, PAGE) == [0, 0]


def test_it_is_said_in_the_language_of_the_page(client, one) -> None:
    fall_silent()

    assert told(client, f"/en{PAGE}") == [0, 1]


def test_the_page_out_of_what_was_drawn_is_the_page_drawn_now(client, one) -> None:
    fall_silent()
    kept = body(client, PAGE)
    assert one.drawn.filter(part=PART).delete()[0] == 1

    assert body(client, PAGE) == kept


def test_an_earlier_version_says_it_too(client, one) -> None:
    Practice.objects.filter(pk=one.practice_id).update(title="Otro título")
    publish(Practice.objects.get(pk=one.practice_id))
    fall_silent()

    assert told(client, reverse("web:version", args=[CODE, 1])) == [1, 0]


def test_the_document_stays_as_it_was_frozen(client, one) -> None:
    before = client.get(f"/practicas/{CODE}.json").content
    fall_silent()

    assert client.get(f"/practicas/{CODE}.json").content == before == one.document.encode()


def test_the_pdf_says_it(client, one) -> None:
    fall_silent()

    assert SPANISH in text_of(client.get(f"/practicas/{CODE}.pdf").content)


def test_the_preview_of_staff_and_the_page_of_the_author_say_it(client) -> None:
    record = practice(with_links())
    boss = User.objects.create_superuser("jefa")
    renew()
    fall_silent()
    staff = Client()
    staff.force_login(boss)
    _invitation, token = invite(record, "Aguas de Prueba", boss)
    preview = reverse("admin:practices_practice_preview", args=[record.pk])

    assert [sum(told(staff, preview)), sum(told(client, f"/revision/{token}/"))] == [1, 1]


def test_what_was_kept_of_a_page_is_not_shown_when_a_link_falls_silent_nor_when_it_answers_again(client, one) -> None:
    tags = []
    for change in (lambda: None, fall_silent, answer):
        change()
        tags.append(client.get(PAGE)["ETag"])
        assert client.get(PAGE, HTTP_IF_NONE_MATCH=tags[-1]).status_code == 304

    assert len(set(tags)) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("others", [1, 3])
def test_a_page_with_a_silent_link_costs_the_same_three_queries(client, others, django_assert_num_queries) -> None:
    for number in range(1, others + 2):
        published(with_links(number))
    fall_silent()
    client.get(PAGE)
    with django_assert_num_queries(3):
        assert told(client, PAGE) == [1, 0]

    # Another change of the catalogue is not one of links.
    published(document(9))
    with CaptureQueriesContext(connection) as captured:
        assert told(client, PAGE) == [1, 0]
    assert [query["sql"] for query in captured if "linkcheck" in query["sql"]] == []


@pytest.mark.django_db(transaction=True)
def test_where_no_link_ever_failed_nobody_asks_for_them(client, one, django_assert_num_queries) -> None:
    renew()
    written(key_of(SILENT), GONE, datetime(2026, 3, 3, 15, tzinfo=UTC))
    written(key_of(SILENT), OK, datetime(2026, 3, 4, 15, tzinfo=UTC))
    client.get(PAGE)
    with django_assert_num_queries(2):
        # Nothing is related to it: no titles are asked for.
        assert client.get(PAGE).status_code == 200


def test_an_address_that_was_typed_to_look_like_a_slot_opens_none(client) -> None:
    strange = "https://example.org/\ufdd0link_\ufdd1x\ufdd2"
    published(document(1, links=(Link(strange),)))
    LinkCheck.objects.create(
        key=key_of(strange),
        address=strange,
        strikes=3,
        first_failed_on=date(2026, 3, 3),
        unavailable_since=date(2026, 3, 3),
    )

    assert client.get(PAGE).status_code == 200
    assert "\ufdd0" not in client.get(PAGE).content.decode()


def test_a_draft_whose_link_is_silent_is_told_to_nobody(client) -> None:
    practice(with_links())
    fall_silent()

    assert client.get(PAGE).status_code == 404
    assert LinkCheck.objects.unavailable().count() == 1
