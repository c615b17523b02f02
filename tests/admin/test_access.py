"""Who gets in, and what there is not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from .. import factories

PAGES = ("change", "preview", "withdraw", "delete", "history")


def addresses(pk: int) -> list[str]:
    return [reverse(f"admin:practices_practice_{page}", args=[pk]) for page in PAGES]


def test_an_unknown_practice_is_not_found(as_publisher: Client) -> None:
    answers = [as_publisher.get(address).status_code for address in addresses(999)]
    files = as_publisher.get(reverse("admin:practices_practice_file", args=[999, 1])).status_code
    publication = as_publisher.get(reverse("admin:practices_publication_preview", args=[999])).status_code

    assert (answers, files, publication) == ([404] * len(PAGES), 404, 404)


@pytest.mark.parametrize("spelt", ["0{}", "{} ", "+{}", "{}.0"])
def test_a_practice_has_one_address_and_no_other_spelling_of_it(as_publisher: Client, spelt: str) -> None:
    practice = factories.practice()
    answers = [
        as_publisher.get(reverse("admin:practices_practice_change", args=[key])).status_code
        for key in (practice.pk, spelt.format(practice.pk))
    ]

    assert answers == [200, 404]


def test_a_file_of_another_practice_is_not_found(as_publisher: Client) -> None:
    practice = factories.practice()

    assert as_publisher.get(reverse("admin:practices_practice_file", args=[practice.pk, 1])).status_code == 404


def test_strangers_are_sent_to_the_login(client: Client, vocabulary) -> None:
    practice = factories.practice()
    answers = [client.get(address).url for address in addresses(practice.pk)]

    assert answers == [f"{reverse('admin:login')}?next={address}" for address in addresses(practice.pk)]


@pytest.mark.parametrize("page", ["change", "preview", "file"])
def test_staff_without_the_permission_are_not_told_that_it_exists(client: Client, vocabulary, page: str) -> None:
    practice = factories.practice()
    client.force_login(User.objects.create_user("nadie", password="x", is_staff=True))
    args = [practice.pk, 1] if page == "file" else [practice.pk]

    assert client.get(reverse(f"admin:practices_practice_{page}", args=args)).status_code == 404


def test_the_way_to_the_site_is_its_first_page(as_writer: Client) -> None:
    assert '<a href="/">' in as_writer.get(reverse("admin:index")).content.decode()


def test_no_page_needs_inline_script_or_style(as_publisher: Client) -> None:
    publication = factories.published()
    pages = [*addresses(publication.practice_id), reverse("admin:practices_practice_add"), reverse("admin:index")]
    for address in pages:
        html = as_publisher.get(address).content.decode()
        assert ("<style" in html, " style=" in html, " onclick=" in html, "<script>" in html) == (False,) * 4
