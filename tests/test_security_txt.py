"""/.well-known/security.txt tells whom to write to, as RFC 9116 wants it."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now

from practices.models.identity import Identity
from practices.models.page import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/.well-known/security.txt"


def fields(client) -> dict[str, str]:
    """Each field once, in lines that hold nothing else."""
    lines = client.get(ADDRESS).content.decode().splitlines()
    told = [re.fullmatch(r"([A-Z][A-Za-z-]+): (\S.*)", line).groups() for line in lines]
    assert len(dict(told)) == len(told)
    return dict(told)


def test_every_field_that_is_asked_for_is_there(client):
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert not answer.cookies
    told = fields(client)
    left = datetime.fromisoformat(told.pop("Expires")) - now()
    assert timedelta(days=170) < left < timedelta(days=366)
    assert told == {
        "Contact": "mailto:contacto@entidad.example",
        "Preferred-Languages": "es, en",
        "Canonical": f"http://testserver{ADDRESS}",
    }


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("seguridad@entidad.gov.co", "mailto:seguridad@entidad.gov.co"),
        ("mailto:seguridad@entidad.gov.co", "mailto:seguridad@entidad.gov.co"),
        ("https://entidad.gov.co/seguridad", "https://entidad.gov.co/seguridad"),
        ("a@b.co\nExpires: 2099-01-01T00:00:00Z", "mailto:a@b.coExpires:2099-01-01T00:00:00Z"),
    ],
)
def test_contact_of_the_settings_comes_before_that_of_the_institution(client, settings, setting, told):
    settings.SECURITY_CONTACT = setting
    assert fields(client)["Contact"] == told


def test_institution_without_mail_is_written_to_by_its_page(client):
    Identity.objects.update(email="")
    assert fields(client)["Contact"] == "http://testserver/pqrsd/"
    assert client.get("/pqrsd/").status_code == 200


def test_policy_is_the_page_of_the_institution_where_there_is_one(client):
    page = Page.objects.create(url="/seguridad/", title="Seguridad", content="Cómo avisar.")
    page.sites.set([1])
    assert fields(client)["Policy"] == "http://testserver/seguridad/"
    assert client.get("/seguridad/").status_code == 200


def test_old_address_leads_to_it(client):
    answer = client.get("/security.txt")
    assert (answer.status_code, answer["Location"]) == (301, ADDRESS)


def test_it_is_the_same_for_all_of_a_day(client):
    first = client.get(ADDRESS)
    assert client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.django_db(transaction=True)
def test_it_costs_three_queries(client, django_assert_num_queries):
    client.get(ADDRESS)
    with django_assert_num_queries(3):
        client.get(ADDRESS)
