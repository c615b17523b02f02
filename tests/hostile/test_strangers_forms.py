"""The forms of people without an account: the author's answer behind a link, and the login."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from practices.editorial.approval import invite
from practices.models.approval import SectionComment
from tests.factories import practice, rich_document

from .conftest import answer_of
from .harmless import require_harmless
from .strings import STRINGS
from .test_parameters import BOUND
from .typing_in import forged_into, typed_into

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(settings) -> None:
    """The limits of keys have tests of their own (tests/test_limits.py)."""
    settings.RATE_LINK = settings.RATE_LINK_WRONG = None


@pytest.fixture
def link(db) -> str:
    maker = User.objects.create_superuser("jefa", password="una clave larga")
    return f"/revision/{invite(practice(rich_document(1)), 'Gerencia', maker)[1]}/"


def sendable(values: dict[str, str]) -> dict[str, str]:
    """A browser sends no halves of characters."""
    return {name: value.encode("utf-8", "replace").decode() for name, value in values.items()}


def test_every_string_in_every_box_of_an_answer(link):
    """What was taken is shown again, to the author and to the staff, as text."""
    page = Client().get(link).content.decode()
    for number, text in enumerate(STRINGS[::8]):
        fill = forged_into if number % 8 == 0 else typed_into
        sent = sendable(fill(page, text[:3_000]))
        answer = require_harmless(answer_of(Client().post, link, {**sent, "answer": "changes"}), text)
        assert answer.status in (200, 302)
        if answer.status == 302 and number % 4 == 0:
            require_harmless(answer_of(Client().get, f"{link}respuesta/"), text)
            require_harmless(answer_of(Client().get, link), text)


def test_what_was_answered_is_text_for_the_staff(link):
    chief = Client()
    chief.force_login(User.objects.get())
    page = Client().get(link).content.decode()
    kept = 0
    for text in [text for text in STRINGS if "<" in text and len(text) < 500][::4]:
        kept += answer_of(Client().post, link, {**sendable(typed_into(page, text)), "answer": "changes"}).status == 302
        record = SectionComment.objects.first().invitation.practice_id if kept else 1
        require_harmless(answer_of(chief.get, f"/en/admin/practices/practice/{record}/author/"), text)
    assert kept > 5


@pytest.mark.parametrize("then", ["", "respuesta/", "archivos/1/"])
def test_every_string_as_a_link(link, then):
    for text in STRINGS[:: 30 if then else 6]:
        token = text[:400].encode("utf-8", "replace").decode().replace("/", "").replace("?", "").replace("#", "")
        answer = require_harmless(answer_of(Client().get, f"/revision/{token or 'x'}/{then}"), text)
        assert answer.status in (404, 301, 302, 400), answer.asked


@pytest.mark.parametrize("number", ["0", "-1", "9" * 19, "9223372036854775808", "9" * 400, "1e3", "²", "a", "%00"])
def test_file_numbers_that_no_file_has(link, number):
    assert require_harmless(answer_of(Client().get, f"{link}archivos/{number}/")).status == 404


@BOUND
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_signs_nobody_in(name, password):
    sent = sendable({"username": name, "password": password, "next": name})
    assert require_harmless(answer_of(Client().post, "/admin/login/", sent), name).status in (200, 302, 400, 403, 429)


def test_every_string_at_the_login(db):
    """A page of the staff leads back to itself, and to no other host."""
    for text in STRINGS[1::10]:
        sent = sendable({"username": text[:3_000], "password": text[:3_000], "next": text[:400]})
        answer = require_harmless(answer_of(Client().post, "/admin/login/", sent), text)
        assert answer.status in (200, 302, 400, 403, 429)


@pytest.mark.parametrize("text", [text for text in STRINGS if text.startswith(("/", "\\", "http", "j", "J"))][:40])
def test_login_leads_to_no_other_host(link, text):
    chief = Client()
    sent = {"username": "jefa", "password": "una clave larga", "next": text}
    answer = require_harmless(answer_of(chief.post, "/admin/login/", sendable(sent)), text)
    assert answer.status == 302, text
