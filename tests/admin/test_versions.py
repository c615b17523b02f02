"""Versions side by side, and an earlier one put back into the record."""

import pytest
from django.test import Client
from django.urls import reverse

from practices.editorial.documents import build_document
from practices.editorial.publishing import publish
from practices.editorial.workflow import send_to_review
from practices.models.history import Event, Kind
from practices.models.practice import Practice
from practices.models.publication import Publication

from .. import factories
from .forms import change, messages
from .people import signed_in

COMPARE = "admin:practices_publication_compare"
RESTORE = "admin:practices_publication_restore"


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def three(module_database) -> None:
    """Three versions of one practice, and a record that says something else again."""
    practice = factories.published(title="Título uno").practice
    client = signed_in("writer")
    for title in ("Título dos", "Título tres"):
        change(client, practice.pk, title=title)
        publish(practice)
    change(client, practice.pk, title="Título cuatro", summary="Otro resumen.")


@pytest.fixture
def versions(three) -> list[Publication]:
    return list(Publication.objects.order_by("number"))


def compared(client: Client, publication: Publication, **query: str) -> tuple[str, str, list[tuple[str, str]]]:
    page = client.get(reverse(COMPARE, args=[publication.pk]), query)
    comparison = page.context["comparison"]
    changes = [
        (change.name, " ".join(f"{s.fate[0]}:{s.text}" for s in change.stretches)) for change in comparison.changes
    ]
    return comparison.before.key, comparison.after.key, changes


def test_a_version_is_compared_with_the_one_before_it(versions: list[Publication]) -> None:
    assert compared(signed_in("reader"), versions[1]) == ("1", "2", [("Title", "s:Título  r:uno a:dos")])


def test_the_first_version_has_none_before_it(versions: list[Publication]) -> None:
    assert compared(signed_in("reader"), versions[0]) == ("1", "1", [])


def test_any_two_versions_are_compared_and_the_record_too(versions: list[Publication]) -> None:
    client = signed_in("reader")
    assert compared(client, versions[0], **{"from": "3", "to": "1"}) == (
        "3",
        "1",
        [("Title", "s:Título  r:tres a:uno")],
    )
    before, after, changes = compared(client, versions[2], **{"from": "3", "to": "record"})
    assert (before, after, [name for name, _text in changes]) == ("3", "record", ["Title", "Summary"])


@pytest.mark.parametrize("value", ["9", "x", "", "1' OR 1=1", "99999999999999999999999"])
def test_an_unknown_version_in_the_address_is_as_none(versions: list[Publication], value: str) -> None:
    assert compared(signed_in("reader"), versions[2], **{"from": value, "to": value})[:2] == ("2", "3")


def test_versions_of_another_practice_are_not_offered(versions: list[Publication]) -> None:
    factories.published(number=2)
    page = signed_in("reader").get(reverse(COMPARE, args=[versions[0].pk]))

    assert [version.key for version in page.context["comparison"].versions] == ["record", "3", "2", "1"]


def test_added_and_removed_words_are_said_to_who_does_not_see_them(versions: list[Publication]) -> None:
    html = signed_in("reader").get(reverse(COMPARE, args=[versions[1].pk])).content.decode()

    assert ("<ins>" in html, "<del>" in html, "removed:" in html, "end of what was added" in html) == (True,) * 4


def test_the_page_shows_what_restoring_changes_and_then_does_it(versions: list[Publication]) -> None:
    client = signed_in("writer")
    address = reverse(RESTORE, args=[versions[0].pk])

    assert [change.name for change in client.get(address).context["changes"]] == ["Title", "Summary"]
    response = client.post(address)

    assert messages(client.get(response.url)) == [
        "The record says again what version 1 said. The public sees it when you publish."
    ]
    assert build_document(Practice.objects.get()) == versions[0].content
    assert Publication.objects.current().get() == versions[2]
    assert Event.objects.latest("pk").kind == Kind.RESTORED


def test_restoring_what_the_record_says_already_says_so(versions: list[Publication]) -> None:
    client, address = signed_in("writer"), reverse(RESTORE, args=[versions[0].pk])
    client.post(address)

    response = client.post(address)

    assert messages(client.get(response.url))[-1] == "The record says what version 1 says already."
    assert Event.objects.filter(kind=Kind.RESTORED).count() == 1


def test_a_record_in_review_is_not_restored_by_a_writer(versions: list[Publication]) -> None:
    send_to_review(versions[0].practice)
    client = signed_in("writer")

    response = client.post(reverse(RESTORE, args=[versions[0].pk]))

    assert messages(client.get(response.url)) == [
        "The record is in review: who reviews it can restore the version, or return it."
    ]
    assert Practice.objects.get().title == "Título cuatro"


def test_a_reader_compares_and_restores_nothing(versions: list[Publication]) -> None:
    client, address = signed_in("reader"), reverse(RESTORE, args=[versions[0].pk])

    assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]
    assert address not in client.get(reverse(COMPARE, args=[versions[1].pk])).content.decode()
    assert Practice.objects.get().title == "Título cuatro"
