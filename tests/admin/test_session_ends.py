"""A session that ends while somebody types: the form comes back through the login."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from practices.admin.ticket import FIELD, Ticket
from practices.editorial.documents import build_document
from practices.models.files import StoredFile
from practices.models.parts import Attachment
from practices.models.practice import Practice
from practices.models.staging import StagedFile

from . import complete
from .forms import ADD, errors, messages, read_form, rows
from .keeping import address_of, read_any, upload
from .opening import opened


def signed_in_again(client: Client, response: HttpResponse, address: str, name: str = "escribe") -> HttpResponse:
    return client.post(address, {**read_any(response), "username": name, "password": "x"})


def test_a_form_without_its_session_comes_back_through_the_login(as_writer: Client) -> None:
    form = {**opened(as_writer, reverse(ADD)), **complete.typed(), "title": "<b>Con</b> «marcas»"}
    as_writer.logout()
    asked = as_writer.post(reverse(ADD), {**form, "_save": "1"})
    assert (asked.status_code, "no-store" in asked["Cache-Control"]) == (200, True)

    back = signed_in_again(as_writer, asked, reverse(ADD))

    assert messages(back) == ["Nothing is lost: here is what you typed. It is not saved yet; look at it and save."]
    assert (Practice.objects.count(), errors(back)) == (0, {})
    typed = read_form(back)
    assert (typed["title"], typed["summary"]) == (["<b>Con</b> «marcas»"], ["Un párrafo.\r\n\r\nOtro párrafo."])
    as_writer.post(reverse(ADD), {**typed, "title": form["title"], "_save": "1"})
    assert build_document(Practice.objects.get()).metrics == complete.expected().metrics


def test_a_change_comes_back_to_its_own_record(as_writer: Client, record: Practice) -> None:
    form = opened(as_writer, address_of(record))
    as_writer.logout()
    asked = as_writer.post(address_of(record), {**form, "summary": "Lo escrito.", "_publish": "1"})

    back = signed_in_again(as_writer, asked, address_of(record))

    record.refresh_from_db()
    assert (read_form(back)["summary"], record.summary) == (["Lo escrito."], "Un párrafo.\n\nOtro párrafo.")
    as_writer.post(address_of(record), {**read_form(back), "_save": "1"})
    record.refresh_from_db()
    assert record.summary == "Lo escrito."


def test_files_come_back_through_the_login(as_writer: Client) -> None:
    form = opened(as_writer, reverse(ADD))
    as_writer.logout()
    files = rows("attachment_set", {"upload": upload()}, {"upload": upload("virus.exe")})
    asked = as_writer.post(reverse(ADD), {**form, **files, "_save": "1"})
    assert asked.context["lost"] == ["virus.exe"]

    back = signed_in_again(as_writer, asked, reverse(ADD))
    as_writer.post(reverse(ADD), {**read_form(back), "attachment_set-TOTAL_FORMS": "1", "_save": "1"})

    assert Attachment.objects.get().name == "Informe.pdf"


def test_a_stranger_leaves_no_file(client: Client, vocabulary) -> None:
    old = Ticket(1, opened=0).signed()
    for ticket in ("", "x", Ticket(999).signed(), old):
        sent = {FIELD: ticket, **rows("attachment_set", {"upload": upload()})}
        assert client.post(reverse(ADD), sent).context["lost"] == ["Informe.pdf"]
    assert (StagedFile.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_another_account_does_not_get_what_was_typed(as_writer: Client, publisher: User) -> None:
    form = opened(as_writer, reverse(ADD))
    as_writer.logout()
    asked = as_writer.post(reverse(ADD), {**form, "summary": "Confidencial", "_save": "1"})

    refused = signed_in_again(as_writer, asked, reverse(ADD), "publica")

    assert refused.context["form"].non_field_errors() == [
        "This was typed under another account: sign in with that one to get it back."
    ]
    assert "_auth_user_id" not in as_writer.session
    assert read_form(signed_in_again(as_writer, refused, reverse(ADD)))["summary"] == ["Confidencial"]


def test_a_wrong_password_keeps_what_was_typed(as_writer: Client) -> None:
    form = opened(as_writer, reverse(ADD))
    as_writer.logout()
    asked = as_writer.post(reverse(ADD), {**form, "summary": "Largo", "_save": "1"})

    again = as_writer.post(reverse(ADD), {**read_any(asked), "username": "escribe", "password": "mal"})

    assert (again.context["form"].is_valid(), read_any(again)["typed:summary"]) == (False, ["Largo"])


def test_who_may_not_write_is_refused_after_the_login(as_writer: Client, reader: User, record: Practice) -> None:
    sent = {"summary": "Ajeno", "typed:summary": "Ajeno", "_sign_in": "1", "username": "lee", "password": "x"}

    assert Client().post(address_of(record), sent).status_code == 403
    record.refresh_from_db()
    assert record.summary == "Un párrafo.\n\nOtro párrafo."


def test_no_address_is_taken_from_the_form(as_writer: Client) -> None:
    as_writer.logout()
    asked = as_writer.post(reverse(ADD), {"next": "https://example.org/", "summary": "x"})
    back = signed_in_again(as_writer, asked, reverse(ADD))

    assert (asked.context["address"], back.status_code) == (reverse(ADD), 200)


@pytest.fixture
def strict(writer: User) -> Client:
    """A browser whose tokens are looked at."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    return client


def test_a_stale_token_brings_the_form_back_to_its_person(strict: Client, writer: User) -> None:
    form = opened(strict, reverse(ADD))
    strict.logout()
    strict.force_login(writer)
    strict.cookies["csrftoken"] = "x" * 32

    back = strict.post(reverse(ADD), {**form, "summary": "Escrito antes", "_save": "1"})

    assert (back.status_code, read_form(back)["summary"], Practice.objects.count()) == (200, ["Escrito antes"], 0)
    strict.post(reverse(ADD), {**read_form(back), "_save": "1"})
    assert Practice.objects.get().summary == "Escrito antes"


def test_a_stale_token_without_a_session_leads_through_the_login(strict: Client) -> None:
    form = opened(strict, reverse(ADD))
    strict.cookies.clear()

    asked = strict.post(reverse(ADD), {**form, "summary": "Escrito antes", "_save": "1"})
    back = signed_in_again(strict, asked, reverse(ADD))

    assert (read_form(back)["summary"], Practice.objects.count()) == (["Escrito antes"], 0)
    strict.post(reverse(ADD), {**read_form(back), "_save": "1"})
    assert Practice.objects.get().summary == "Escrito antes"


def test_a_form_from_elsewhere_is_refused_as_always(strict: Client, record: Practice) -> None:
    form = opened(strict, address_of(record))
    stranger = {**form, FIELD: "", "csrfmiddlewaretoken": "x" * 32}
    elsewhere = {"headers": {"origin": "https://example.org"}}

    assert strict.post(address_of(record), stranger).status_code == 403
    assert strict.post(address_of(record), {**form, "csrfmiddlewaretoken": "x" * 32}, **elsewhere).status_code == 403
    assert strict.post(reverse("admin:practices_service_add"), form | {"csrfmiddlewaretoken": ""}).status_code == 403


def test_a_form_that_another_account_opened_is_not_shown_to_this_one(strict: Client, publisher: User) -> None:
    form = opened(strict, reverse(ADD))
    strict.force_login(publisher)
    strict.cookies["csrftoken"] = "x" * 32

    asked = strict.post(reverse(ADD), {**form, "summary": "Confidencial", "_save": "1"})

    assert (asked.context["title"], Practice.objects.count()) == ("Sign in again", 0)
