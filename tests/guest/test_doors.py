"""What a link leaves behind: nothing in a cache, an index or another site's log, whether it opens or not."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import override_settings
from django.utils import timezone

from catalogue.headers import DISCRETION
from catalogue.rates import Rate
from practices.editorial.approval import revoke, token_of
from practices.models.approval import Invitation

from .conftest import page

pytestmark = pytest.mark.django_db


def traces(response) -> dict[str, str]:
    return {name: response.get(name, "") for name in DISCRETION}


@pytest.fixture
def answers(visitor, link, maker):
    """An answer of every kind behind /revision/, by what it is."""
    token, address = token_of(link), page(link)
    found = {
        "open": visitor.get(address),
        "in English": visitor.get(f"/en{address}"),
        "not answered yet": visitor.get(page(link, "respuesta/")),
        "no such file": visitor.get(page(link, "archivos/999/")),
        "without its slash": visitor.get(f"/revision/{token}"),
        "wrong": visitor.get("/revision/nada/"),
        "wrong in English": visitor.get("/en/revision/nada/"),
        "wrong, without its slash": visitor.get("/revision/nada"),
        "nothing at all": visitor.get("/revision/"),
        "another method": visitor.put(address),
        "from another site": visitor.post(address, headers={"sec-fetch-site": "cross-site"}),
        "too large": visitor.post(address, b"a" * 2_000_000, content_type="application/x-www-form-urlencoded"),
    }
    Invitation.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    found["expired"] = visitor.get(address)
    revoke(link, maker)
    found["revoked"] = visitor.get(address)
    with override_settings(RATE_LINK=Rate(1, 3600)):
        visitor.get(address)
        found["too often"] = visitor.get(address)
    return found


def test_every_answer_behind_a_link_is_discreet(answers):
    assert {name: response.status_code for name, response in answers.items()} == {
        "open": 200,
        "in English": 200,
        "not answered yet": 302,
        "no such file": 404,
        "without its slash": 301,
        "wrong": 404,
        "wrong in English": 404,
        "wrong, without its slash": 301,
        "nothing at all": 404,
        "another method": 405,
        "from another site": 403,
        "too large": 400,
        "expired": 410,
        "revoked": 410,
        "too often": 429,
    }
    assert {name: traces(response) for name, response in answers.items()} == dict.fromkeys(answers, DISCRETION)
    assert [name for name, response in answers.items() if response.cookies] == []


def test_no_page_of_a_link_is_named_in_what_it_leads_to(answers, link):
    """An image, a style or a link of another site would carry the key in its Referer, were it not forbidden."""
    shown = answers["open"].content.decode()
    assert answers["open"]["Referrer-Policy"] == "no-referrer"
    assert "referrerpolicy=" not in shown.replace('referrerpolicy="no-referrer"', "")


def test_a_key_of_another_installation_opens_nothing(visitor, link):
    foreign = signing.Signer(sep=".", salt="practices.approval.link", key="another" * 9)
    token = foreign.sign(token_of(link).rpartition(".")[0])
    assert visitor.get(f"/revision/{token}/").status_code == 404


def test_other_addresses_keep_their_own_headers(client):
    for address in ("/", "/revisiones/", "/practicas.json"):
        assert client.get(address)["Referrer-Policy"] == "strict-origin-when-cross-origin"
