"""Failed sign-ins: counted by account and by address, answered the same whoever is meant, and forgotten in time."""

import re
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from catalogue.access.limits import NOWHERE, address_of, digest, forget_old_attempts
from practices.models.practice import Practice

from .conftest import make_vocabulary
from .forms import ADD, read_form
from .keeping import at_once, read_any
from .opening import opened

LOGIN, WRONG_ONE = "/en/admin/login/", "mal"
WRONG = (
    "Please enter the correct username and password for a staff account. Note that both fields may be case-sensitive."
)
WAIT = "Too many failed attempts. Wait 15 minutes and try again."


@pytest.fixture
def vocabulary(db) -> None:
    """Anew for each test, as one of them is not rolled back."""
    make_vocabulary()


@pytest.fixture(autouse=True)
def _limits(settings) -> None:
    settings.LOGIN_FAILURES_PER_ACCOUNT, settings.LOGIN_FAILURES_PER_ADDRESS, settings.LOGIN_PAUSE = 3, 6, 15


def tried(username: str, password: str = WRONG_ONE, address: str = "192.0.2.1", **sent: Any) -> HttpResponse:
    values = {"username": username, "password": password, **sent}
    return Client().post(LOGIN, values, REMOTE_ADDR=address)


def said(response: HttpResponse) -> tuple[int, list[str]]:
    return response.status_code, response.context["form"].non_field_errors()


def later(**passed: float) -> None:
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(**passed))


def test_an_account_is_held_whatever_the_addresses(writer: User) -> None:
    answers = [said(tried("escribe", address=f"192.0.2.{number}")) for number in range(4)]

    assert answers == [(200, [WRONG]), (200, [WRONG]), (429, [WAIT]), (429, [WAIT])]
    assert said(tried("escribe", "x", address="192.0.2.99")) == (429, [WAIT])


def test_an_address_is_held_whatever_the_accounts(writer: User, publisher: User) -> None:
    answers = [tried(f"persona{number}").status_code for number in range(6)]

    assert answers == [200] * 5 + [429]
    assert said(tried("escribe", "x")) == (429, [WAIT])
    assert tried("escribe", "x", address="192.0.2.2").status_code == 302


def test_a_network_of_one_ipv6_customer_is_one_address(writer: User) -> None:
    answers = [tried(f"persona{number}", address=f"2001:db8:1:2::{number + 1:x}").status_code for number in range(6)]

    assert (answers[-1], tried("escribe", "x", address="2001:db8:1:2:ffff::1").status_code) == (429, 429)
    assert tried("escribe", "x", address="2001:db8:1:3::1").status_code == 302


@pytest.mark.parametrize(("peer", "found"), [("", NOWHERE), ("192.0.2.7", "192.0.2.7"), ("fe80::1%eth0", "fe80::")])
def test_visitors_whom_nobody_knows_share_one_address(peer, found) -> None:
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=peer)) == found


def test_the_address_is_what_the_trusted_proxy_saw(writer: User, settings) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    forwarded = [f"10.9.9.{number}, 203.0.113.5" for number in range(6)]
    for number, header in enumerate(forwarded):
        Client().post(LOGIN, {"username": f"p{number}", "password": "mal"}, headers={"x-forwarded-for": header})

    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"203.0.113.5"}


def test_the_answer_tells_when_to_come_back_and_keeps_the_name(writer: User) -> None:
    for _number in range(3):
        answer = tried("escribe")
    left = int(answer["Retry-After"])

    assert (answer.status_code, 890 < left <= 900, "no-store" in answer["Cache-Control"]) == (429, True, True)
    assert 'name="username" value="escribe"' in answer.content.decode()


def test_the_page_speaks_spanish(writer: User) -> None:
    for _number in range(3):
        answer = Client().post("/admin/login/", {"username": "escribe", "password": "mal"})

    assert (answer.status_code, answer["Content-Language"]) == (429, "es-co")


@pytest.fixture
def people(writer: User) -> dict[str, str]:
    """Whose name is tried, and the password that is sent in the end: right where there is one."""
    User.objects.create_user("inactiva", password="x", is_staff=True, is_active=False)
    User.objects.create_user("ajena", password="x")
    unusable = User.objects.create_user("sinclave", is_staff=True)
    assert not unusable.has_usable_password()
    return {"escribe": "mal", "nadie": "x", "inactiva": "x", "ajena": "x", "sinclave": "x"}


def page_of(answer: HttpResponse, name: str) -> str:
    page = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())
    return page.replace(name, "—")


def test_no_answer_tells_which_accounts_exist(people: dict[str, str]) -> None:
    heard = {}
    for name, password in people.items():
        AccessAttempt.objects.all().delete()
        answers = [tried(name, password) for _number in range(5)]
        heard[name] = [
            (answer.status_code, sorted(answer.headers), set(answer.cookies), page_of(answer, name))
            for answer in answers
        ]

    assert [status for status, *_more in heard["nadie"]] == [200, 200, 429, 429, 429]
    assert [name for name in heard if heard[name] != heard["nadie"]] == []


def test_a_password_is_hashed_once_whether_or_not_there_is_an_account(people: dict[str, str], monkeypatch) -> None:
    """A page that answers faster for names that nobody has would be a list of those that somebody has."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    stock = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append("") or stock(*given))
    counts = {}
    for name, password in people.items():
        hashed.clear()
        tried(name, password)
        counts[name] = len(hashed)

    assert counts == dict.fromkeys(people, 1)


def test_names_in_capitals_and_with_blanks_are_one_account(writer: User) -> None:
    for name in ("ESCRIBE", " Escribe ", "eScribe"):
        tried(name)

    assert tried("escribe", "x").status_code == 429


def test_the_pause_ends(writer: User) -> None:
    for _number in range(3):
        tried("escribe")
    later(minutes=15)

    assert tried("escribe", "x").status_code == 302


def test_what_is_tried_during_the_pause_makes_it_no_longer(writer: User) -> None:
    for _number in range(3):
        tried("escribe")
    later(minutes=14)
    answer = tried("escribe")

    assert (answer.status_code, int(answer["Retry-After"]) <= 60) == (429, True)


def test_who_signs_in_clears_his_account_and_not_what_he_tried_on_others(writer: User) -> None:
    for name in ("una", "dos", "tres", "cuatro", "escribe"):
        tried(name)
    assert tried("escribe", "x").status_code == 302

    assert AccessAttempt.objects.count() == 4
    assert [tried("cinco").status_code, tried("seis").status_code] == [200, 429]


def test_nothing_is_kept_of_a_failure_but_a_digest_and_the_address(writer: User) -> None:
    tried("mi clave secreta", next="/admin/?q=secreto")
    row = AccessAttempt.objects.values().get()
    kept = {name: row[name] for name in set(row) - {"id", "attempt_time", "failures_since_start"}}

    assert kept == {
        "username": digest("mi clave secreta"),
        "ip_address": "192.0.2.1",
        "user_agent": "",
        "get_data": "",
        "post_data": "",
        "path_info": "",
        "http_accept": "",
    }


def test_a_failure_is_logged_without_the_name_and_the_address(writer: User, caplog) -> None:
    for _number in range(3):
        tried("escribe")

    found = [word in caplog.text for word in ("sign-in paused", "escribe", "192.0.2.1")]
    assert found == [True, False, False]


def test_old_failures_are_forgotten(writer: User) -> None:
    tried("escribe")
    later(minutes=16)

    assert (forget_old_attempts(), AccessAttempt.objects.count()) == (1, 0)


def test_a_command_ends_a_pause(writer: User, capsys) -> None:
    for _number in range(3):
        tried("escribe")
    call_command("allow_sign_in", "escribe")

    assert tried("escribe", "x").status_code == 302
    with pytest.raises(CommandError, match="Name one account, or --all"):
        call_command("allow_sign_in")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_slip_by_no_more_than_were_under_way(writer: User) -> None:
    def attempts() -> list[int]:
        return [tried("escribe", address="192.0.2.8").status_code for _number in range(4)]

    answers = list(chain(*at_once(attempts, attempts, attempts, attempts)))

    counted = AccessAttempt.objects.get().failures_since_start
    assert (len(answers), 3 <= counted <= 6, answers.count(200) <= 5) == (16, True, True)
    assert tried("escribe", "x").status_code == 429


def test_a_form_whose_session_ended_is_kept_through_the_pause(as_writer: Client) -> None:
    form = opened(as_writer, reverse(ADD))
    as_writer.logout()
    answer = as_writer.post(reverse(ADD), {**form, "summary": "Largo", "_save": "1"})
    for password in ("mal", "mal", "mal", "x"):
        answer = as_writer.post(reverse(ADD), {**read_any(answer), "username": "escribe", "password": password})

    assert (said(answer), read_any(answer)["typed:summary"]) == ((429, [WAIT]), ["Largo"])
    assert "_auth_user_id" not in as_writer.session
    later(minutes=15)
    back = as_writer.post(reverse(ADD), {**read_any(answer), "username": "escribe", "password": "x"})
    assert (back.status_code, read_form(back)["summary"], Practice.objects.count()) == (200, ["Largo"], 0)


@pytest.mark.parametrize("target", ["//example.org/", "https://example.org/", "/\\example.org", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(writer: User, target: str) -> None:
    answer = Client().post(f"{LOGIN}?next={target}", {"username": "escribe", "password": "x", "next": target})

    assert answer.url == "/en/admin/"


ARGON, OLD = "catalogue.access.hashing.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"


def test_an_older_hash_becomes_argon2_at_the_next_sign_in(writer: User, settings) -> None:
    settings.PASSWORD_HASHERS = [OLD]
    User.objects.filter(pk=writer.pk).update(password=make_password("x"))
    settings.PASSWORD_HASHERS = [ARGON, OLD]

    assert authenticate(RequestFactory().post("/"), username="escribe", password="x") == writer
    kept = User.objects.get(pk=writer.pk).password
    assert (kept.split("$")[:2], check_password("x", kept)) == (["argon2", "argon2id"], True)


def test_a_password_has_twelve_characters() -> None:
    from django.contrib.auth.password_validation import validate_password

    with pytest.raises(ValidationError, match="at least 12 characters"):
        validate_password("Kq7-vT2.xZp")
    validate_password("Kq7-vT2.xZpm")
