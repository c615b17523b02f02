"""Sessions: how long they last, what ends them, what they cost, and what a browser is given of them."""

from collections.abc import Callable
from http.cookies import Morsel
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.access import session_store
from tests.browser.admin_pages import NO_PAGES, names
from tests.test_settings import PRODUCTION, manage

HOME, LOGIN = "/en/admin/", "/en/admin/login/"
MINUTE, HOUR = 60, 3600


@pytest.fixture
def after(monkeypatch) -> Callable[[float], None]:
    """The clock that sessions go by, so many seconds on."""
    start = session_store.time()
    now = [start]
    monkeypatch.setattr(session_store, "time", lambda: now[0])

    def on(seconds: float) -> None:
        now[0] += seconds

    return on


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_a_session_ends_after_an_hour_without_use(as_writer: Client, after) -> None:
    after(59 * MINUTE)
    assert is_in(as_writer)
    after(59 * MINUTE)
    assert is_in(as_writer)
    after(60 * MINUTE)
    assert not is_in(as_writer)


def test_a_session_ends_after_half_a_day_however_much_it_is_used(as_writer: Client, after) -> None:
    for _number in range(24):
        assert is_in(as_writer)
        after(30 * MINUTE)
    assert not is_in(as_writer)


def test_a_session_that_ended_is_gone_from_the_server_too(as_writer: Client, after) -> None:
    after(2 * HOUR)
    answer = as_writer.get(HOME)

    assert (answer.url, Session.objects.count()) == (f"{LOGIN}?next={HOME}", 0)


def test_the_limits_are_settings(as_writer: Client, after, settings) -> None:
    settings.SESSION_IDLE_MINUTES, settings.SESSION_LIMIT_HOURS = 10, 1
    after(9 * MINUTE)
    assert is_in(as_writer)
    after(11 * MINUTE)
    assert not is_in(as_writer)


def test_the_database_knows_when_a_session_ends(as_writer: Client) -> None:
    session = Session.objects.get()
    assert 59 * MINUTE < (session.expire_date - timezone.now()).total_seconds() <= HOUR


def test_use_is_written_every_five_minutes_and_no_oftener(as_writer: Client, after) -> None:
    kept = [Session.objects.get().session_data]
    for _number in range(6):
        after(2 * MINUTE)
        as_writer.get(HOME)
        kept.append(Session.objects.get().session_data)

    assert [one != other for one, other in pairwise(kept)] == [False, False, True] * 2


def test_another_password_ends_the_other_sessions(writer: User) -> None:
    mine, other = Client(), Client()
    for client in (mine, other):
        client.force_login(writer)
    new = "una clave nueva y larga"
    sent = {"old_password": "x", "new_password1": new, "new_password2": new}
    assert mine.post(reverse("admin:password_change"), sent).status_code == 302

    assert (is_in(mine), is_in(other)) == (True, False)


@pytest.mark.parametrize("taken", ["is_active", "is_staff"])
def test_who_is_deactivated_is_out_at_the_next_request(as_writer: Client, writer: User, taken: str) -> None:
    assert is_in(as_writer)
    User.objects.filter(pk=writer.pk).update(**{taken: False})
    assert not is_in(as_writer)


def test_signing_in_gives_another_key(writer: User) -> None:
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post(LOGIN, {"username": "escribe", "password": "x"})

    assert client.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_signing_out_ends_the_session_on_the_server(as_writer: Client) -> None:
    stolen = as_writer.cookies["sessionid"].value
    as_writer.post(reverse("admin:logout"))
    thief = Client()
    thief.cookies["sessionid"] = stolen

    assert (Session.objects.count(), is_in(thief)) == (0, False)


def test_public_pages_ask_for_no_session(as_writer: Client) -> None:
    Client().get("/practicas/")
    with CaptureQueriesContext(connection) as asked:
        answer = as_writer.get("/practicas/")

    assert [query["sql"] for query in asked if "session" in query["sql"] or "auth_user" in query["sql"]] == []
    assert (dict(answer.cookies), "Cookie" in answer.get("Vary", "")) == ({}, False)


def test_no_page_of_the_staff_is_kept_by_the_browser(as_publisher: Client) -> None:
    """All but the empty form of a new practice, which holds nothing of anybody (practices/admin/signing_in.py)."""
    kept = []
    for named in names():
        if named.parameters or named.name in NO_PAGES | {"practices_practice_add"}:
            continue
        answer = as_publisher.get(reverse(f"admin:{named.name}"))
        kept += [named.name] if "no-store" not in answer.get("Cache-Control", "") else []
    assert kept == []


def flags(cookie: Morsel) -> tuple:
    return cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]


COOKIES = """
import django; django.setup()
from django.conf import settings
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest, HttpResponse
request = HttpRequest(); request.session = {}
messages = default_storage(request)
messages.add(20, "x")
response = HttpResponse()
messages.update(response)
print([str(cookie) for cookie in response.cookies.values()][0])
print(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY)
print(settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE, settings.CSRF_COOKIE_HTTPONLY)
"""


def test_every_cookie_is_of_this_host_alone_and_out_of_reach_of_scripts() -> None:
    told = manage("shell", "--no-imports", "-v0", "-c", COOKIES, **PRODUCTION).stdout.splitlines()

    assert told[0].startswith("Set-Cookie: __Host-messages=")
    assert told[0].partition("; ")[2] == "HttpOnly; Path=/; SameSite=Lax; Secure"
    assert told[1:] == ["__Host-sessionid True True", "__Host-csrftoken True True"]


def test_signing_in_and_out_sets_two_cookies_and_no_other(writer: User) -> None:
    client = Client()
    client.get(LOGIN)
    client.post(LOGIN, {"username": "escribe", "password": "x"})
    client.get(HOME)

    assert set(client.cookies) == {"sessionid", "csrftoken"}
    assert {flags(client.cookies[name])[1:] for name in ("sessionid", "csrftoken")} == {(True, "Lax", "/", "")}
    # It goes when the browser closes.
    assert client.cookies["sessionid"]["max-age"] == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOGIN_FAILURES_PER_ACCOUNT", "0"),
        ("LOGIN_FAILURES_PER_ADDRESS", "-1"),
        ("LOGIN_PAUSE", "nunca"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_LIMIT_HOURS", "-12"),
    ],
)
def test_a_limit_that_limits_nothing_stops_the_start(name: str, value: str) -> None:
    outcome = manage("check", **{**PRODUCTION, name: value})
    assert (outcome.returncode != 0, f"{name} must be a whole number above 0" in outcome.stderr) == (True, True)


def test_an_idle_limit_beyond_the_whole_one_stops_the_start() -> None:
    outcome = manage("check", **{**PRODUCTION, "SESSION_IDLE_MINUTES": "800"})
    assert "SESSION_IDLE_MINUTES is longer than SESSION_LIMIT_HOURS" in outcome.stderr
