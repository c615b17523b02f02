"""The history of a practice as the public reads it. A mark stands where nobody may see it."""

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest

from practices.editorial.documents import build_document
from practices.editorial.publishing import publish, withdraw
from practices.editorial.recording import store_document
from practices.models.contact import Contact
from practices.models.publication import Publication
from tests.factories import attachment, document, practice, published

pytestmark = pytest.mark.django_db
CODE = "BP-PRUEBA-SSPD-001-2020"
PAGE = f"/practicas/{CODE}/"
MARK = "xilocarpo"


def changed(publication, note="", **fields):
    record = store_document(replace(build_document(publication.practice), **fields))
    return publish(record, note=note)


def two_versions() -> tuple[Publication, Publication]:
    first = published(document(1, summary="Se usaron tres camiones.", attachments=(attachment(b"uno", "uno.txt"),)))
    second = changed(first, "Más camiones.", summary="Se usaron cinco camiones.", attachments=())
    store_document(replace(build_document(first.practice), summary=MARK, conclusion=MARK))
    return first, second


@pytest.fixture(scope="module")
def made(module_database) -> tuple[Publication, Publication]:
    return two_versions()


@pytest.fixture
def two(made):
    """What is made for all is copied for each: to withdraw it changes it."""
    return deepcopy(made)


def shown(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    text = response.content.decode()
    assert MARK not in text
    return text


@pytest.mark.django_db(transaction=True)
def test_versions_are_listed_with_dates_and_notes(client, django_assert_num_queries):
    _first, second = two_versions()
    client.get("/criterios/")
    with django_assert_num_queries(3):
        text = shown(client, f"/en{PAGE}versiones/")
    assert "Más camiones." in text
    listed = client.get(f"/en{PAGE}versiones/").context["listed"]
    assert [(one.publication.number, one.before) for one in listed] == [(2, 1), (1, None)]
    assert f'href="/en{PAGE}v1/"' in text
    assert f'href="/en{PAGE}v2/"' not in text
    changed(second, summary="Otra cosa.")
    client.get("/criterios/")
    with django_assert_num_queries(3):
        client.get(f"{PAGE}versiones/")


@pytest.mark.django_db(transaction=True)
def test_an_old_version_says_what_it_said_then(client, django_assert_num_queries):
    two_versions()
    client.get("/criterios/")
    with django_assert_num_queries(4):
        text = shown(client, f"/en{PAGE}v1/")
    assert "tres camiones" in text
    assert "cinco camiones" not in text
    assert "an earlier one" in text
    assert f'<link rel="canonical" href="http://testserver/en{PAGE}v1/">' in text
    assert '<meta name="robots" content="noindex">' in text
    assert f'href="/en{PAGE}"' in text
    assert f'href="/en{PAGE}v1/archivos/1/"' in text


def test_the_version_in_force_is_the_practice_itself(client, two):
    response = client.get(f"{PAGE}v2/")
    assert (response.status_code, response["Location"]) == (302, PAGE)


@pytest.mark.parametrize("number", ["0", "3", "9999999999999999999999", "x", "-1", "1.0", "²"])
def test_a_version_that_is_not_there_is_404(client, two, number):
    assert client.get(f"{PAGE}v{number}/").status_code == 404
    assert client.get(f"{PAGE}v{number}/archivos/1/").status_code == 404


def test_another_spelling_leads_to_the_same_version(client, two):
    for end in ("v1/", "versiones/", "versiones/comparar/", "v1/archivos/1/"):
        response = client.get(f"/practicas/bp-prueba-sspd-001-2020/{end}")
        assert (response.status_code, response["Location"]) == (301, f"{PAGE}{end}")


def test_a_file_of_an_old_version_can_still_be_had(client, two):
    response = client.get(f"{PAGE}v1/archivos/1/")
    assert b"".join(response.streaming_content) == b"uno"
    assert client.get(f"{PAGE}v1/archivos/2/").status_code == 404
    assert client.get(f"{PAGE}archivos/1/").status_code == 404


def test_contacts_of_an_old_version_are_those_of_today(client, two):
    contact = Contact.objects.create(
        practice=two[0].practice, email="hoy@example.org", consent_given_on=date.today(), consent_given_by="Carta"
    )
    assert "hoy@example.org" in shown(client, f"{PAGE}v1/")
    contact.delete()
    assert "hoy@example.org" not in shown(client, f"{PAGE}v1/")


ADDRESSES = ["v1/", "v2/", "versiones/", "versiones/comparar/", "v1/archivos/1/"]


@pytest.mark.parametrize("end", ADDRESSES)
def test_of_a_withdrawn_practice_everything_is_gone(client, two, end):
    withdraw(two[1].practice, "Motivo público")
    response = client.get(f"{PAGE}{end}")
    assert response.status_code == 410
    assert "Motivo público" in response.content.decode()
    assert "camiones" not in response.content.decode()


@pytest.mark.parametrize("end", ADDRESSES)
def test_of_a_draft_nothing_is_there(client, end):
    practice(document(1))
    assert client.get(f"{PAGE}{end}").status_code == 404


def test_a_version_that_was_withdrawn_stays_so_when_the_practice_comes_back(client, two):
    withdraw(two[1].practice, "Cifras falsas")
    store_document(replace(build_document(two[1].practice), summary="Se usaron motos.", conclusion=""))
    publish(two[1].practice)
    gone = client.get(f"{PAGE}v2/")
    assert gone.status_code == 410
    assert "Cifras falsas" in gone.content.decode()
    assert "cinco camiones" not in gone.content.decode()
    assert client.get(f"{PAGE}v2/archivos/1/").status_code == 410
    listed = client.get(f"{PAGE}versiones/").context["listed"]
    assert [(one.publication.number, one.before) for one in listed] == [(3, 1), (2, None), (1, None)]
    context = client.get(f"{PAGE}versiones/comparar/?de=2&a=3").context
    assert (context["before"].number, context["after"].number, context["readable"]) == (1, 3, [3, 1])


@pytest.mark.django_db(transaction=True)
def test_two_versions_are_compared_word_by_word(client, django_assert_num_queries):
    two_versions()
    client.get("/criterios/")
    with django_assert_num_queries(4):
        text = shown(client, f"/en{PAGE}versiones/comparar/?de=1&a=2")
    changes = client.get(f"/en{PAGE}versiones/comparar/?de=1&a=2").context["changes"]
    assert [change.field for change in changes] == ["summary", "attachments"]
    assert [(s.text, s.fate) for s in changes[0].stretches] == [
        ("Se usaron ", "same"),
        ("tres", "removed"),
        ("cinco", "added"),
        (" camiones.", "same"),
    ]
    assert '<del><span class="unseen" lang="en"> removed: </span>tres' in text
    assert '<ins><span class="unseen" lang="en"> added: </span>cinco' in text


@pytest.mark.parametrize(
    ("query", "compared"),
    [
        ("", (1, 2)),
        ("?de=2&a=1", (2, 1)),
        ("?de=2&a=2", (2, 2)),
        ("?a=1", (1, 1)),
        ("?de=9&a=9", (1, 2)),
        ("?de=<script>&a=%00", (1, 2)),
        ("?de=1&de=2&a=99999999999999999999", (2, 2)),
    ],
)
def test_whatever_is_unknown_is_the_newest_or_the_one_before_it(client, two, query, compared):
    response = client.get(f"{PAGE}versiones/comparar/{query}")
    assert (response.context["before"].number, response.context["after"].number) == compared
    assert "<script>" not in response.content.decode()


def test_a_practice_of_one_version_has_nothing_to_compare(client):
    published(document(1))
    response = client.get(f"{PAGE}versiones/comparar/")
    assert (response.context["changes"], response.context["readable"]) == ((), [1])
    assert client.get(f"{PAGE}versiones/").context["chosen"] == {}
    assert f"{PAGE}versiones/" not in client.get(PAGE).content.decode()
