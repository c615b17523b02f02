"""Whatever people do, and whatever breaks, no log line holds what they typed, who they are or a key that they have."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils.log import configure_logging

from practices.editorial.approval import invite, token_of
from practices.models.contact import Contact
from tests.admin.forms import read_form
from tests.admin.people import member
from tests.factories import document, practice, published
from tests.guest.conftest import send

pytestmark = pytest.mark.django_db
MARK = "xilocarpo"
MAIL = f"{MARK}@example.org"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the configured handlers write, at the most talkative level that the settings know."""
    text = io.StringIO()
    handlers = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    if not handlers:
        configure_logging(django_settings.LOGGING_CONFIG, django_settings.LOGGING)
        handlers = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    streams = [handler.setStream(text) for handler in handlers]
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    yield text
    logging.getLogger().setLevel(level)
    for handler, stream in zip(handlers, streams, strict=True):
        handler.setStream(stream)


def visit(client: Client) -> None:
    for address in ("/practicas/", "/practicas/BP-NO-EXISTE/", "/practicas.json", "/buscar/sugerencias.json"):
        client.get(f"{address}?q={MARK}&autor={MAIL}", headers={"referer": MAIL, "user-agent": MARK, "cookie": MARK})
    client.get("/practicas/", headers={"host": f"{MARK}.example.org"})
    client.post("/practicas/", {"name": MAIL})


def sign_in(client: Client) -> None:
    address = "/admin/login/?next=/admin/"
    client.get(address)
    for password in ("mal", MARK):
        client.post(address, {"username": MAIL, "password": f"{MARK}{password}"})
    Client(enforce_csrf_checks=True).post(address, {"username": MAIL, "password": MARK}, headers={"origin": MAIL})


def save_a_contact(record) -> None:
    client = Client()
    client.force_login(member("publisher"))
    address = f"/admin/practices/practice/{record.pk}/change/"
    form = read_form(client.get(address))
    values = {"contact_set-0-name": MARK, "contact_set-0-email": MAIL, "_save": "1"}
    assert client.post(address, {**form, **values}).status_code == 302
    client.post(address, {**form, **values, "contact_set-0-email": MARK})


def answer_by_link(record, maker) -> str:
    link, token = invite(record, MARK, maker)
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(f"/revision/{token}/")
    send(visitor, link, answer="changes", comment_resumen=MAIL, answered_for=MARK)
    visitor.get(f"/revision/{token}x/")
    visitor.get(f"/revision/{token}/archivos/99/")
    visitor.post(f"/revision/{token}/", {"x": MARK}, headers={"sec-fetch-site": "cross-site"})
    return token_of(link)


def break_down(monkeypatch, token: str) -> None:
    def broken(*args, **kwargs):
        raise ValueError(f"invalid: '{MAIL}' {args!r}")

    monkeypatch.setattr("practices.web.views.lists.result", broken)
    monkeypatch.setattr("practices.guest.views.preview_of", broken)
    client = Client(raise_request_exception=False)
    assert client.get(f"/practicas.json?autor=&q=&x={MARK}").status_code in (200, 500)
    assert client.get(f"/revision/{token}/").status_code == 500


def test_nothing_that_people_typed_is_logged(logged, monkeypatch, admin_user):
    published(document(2))
    record = practice(document(1))
    visit(Client())
    sign_in(Client())
    save_a_contact(record)
    token = answer_by_link(record, admin_user)
    break_down(monkeypatch, token)
    written = logged.getvalue()
    assert (MARK in written.casefold(), token in written, token.partition(".")[2] in written) == (False, False, False)
    assert "preview_of" in written or "broken" in written
    assert Contact.objects.get().email == MAIL
