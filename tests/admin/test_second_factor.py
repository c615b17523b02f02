"""The second factor: set up, asked for, never given twice, required of who publishes, reset for who lost it."""

import re
from base64 import b32decode
from time import time
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalogue.access import factor
from catalogue.access.steps import KEY
from practices.models.practice import Practice

from .conftest import make_vocabulary
from .forms import ADD, messages, read_form
from .keeping import at_once, read_any
from .opening import opened
from .people import member, signed_in

HOME, LOGIN, CODE = "/en/admin/", "/en/admin/login/", "/en/admin/login/code/"
FACTOR = "/en/admin/second-factor/"
WRONG = "This code is not right, or was used already. Wait for the next one."


@pytest.fixture
def vocabulary(db) -> None:
    """Anew for each test, as one of them is not rolled back."""
    make_vocabulary()


def code_of(user: User, steps: int = 1) -> str:
    """What the app shows; one step on, since the code of now has just confirmed the key."""
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(bytes.fromhex(device.key), drift=steps):06d}"


def given_one(user: User) -> list[str]:
    """Set up for this account: the recovery codes."""
    offer = factor.Offer.new(user)
    codes = factor.set_up(offer, f"{totp(bytes.fromhex(offer.key)):06d}")
    assert codes is not None
    return codes


@pytest.fixture
def codes(writer: User) -> list[str]:
    return given_one(writer)


def with_password(client: Client, target: str = "") -> HttpResponse:
    sent = {"username": "escribe", "password": "x", **({"next": target} if target else {})}
    return client.post(LOGIN, sent)


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def page_values(response: HttpResponse) -> dict[str, Any]:
    return {name: values[0] for name, values in read_any(response).items()}


def shown_code(response: HttpResponse) -> str:
    key = re.sub(r"\s", "", response.context["key"])
    return f"{totp(b32decode(key)):06d}"


# --- Signing in --------------------------------------------------------------------------------------------------


def test_a_password_alone_signs_nobody_in(codes, writer: User, record: Practice) -> None:
    client = Client()
    answer = with_password(client)

    assert answer.url == f"{CODE}?next=%2Fen%2Fadmin%2F"
    assert "_auth_user_id" not in client.session
    pages = [HOME, reverse(ADD), reverse("admin:practices_practice_change", args=[record.pk]), FACTOR]
    assert [client.get(page).url for page in pages] == [f"{LOGIN}?next={page}" for page in pages]


def test_the_code_signs_in_and_leads_on(codes, writer: User) -> None:
    client = Client()
    target = reverse("admin:practices_practice_changelist")
    asked = client.get(with_password(client, target).url)
    key = client.cookies["sessionid"].value
    answer = client.post(CODE, {**page_values(asked), "code": code_of(writer)})

    assert (answer.url, is_in(client), client.cookies["sessionid"].value != key) == (target, True, True)
    assert KEY not in client.session


@pytest.mark.parametrize("target", ["//example.org/", "https://example.org/"])
def test_the_second_step_leads_nobody_elsewhere(codes, writer: User, target: str) -> None:
    client = Client()
    with_password(client)
    answer = client.post(f"{CODE}?next={target}", {"code": code_of(writer), "next": target})

    assert answer.url == HOME


def test_a_code_counts_once(codes, writer: User, settings) -> None:
    settings.OTP_TOTP_THROTTLE_FACTOR = 0
    code, answers = code_of(writer), []
    for _number in range(2):
        client = Client()
        with_password(client)
        answers.append(client.post(CODE, {"code": code}))

    assert [answer.status_code for answer in answers] == [302, 200]
    assert answers[1].context["form"].errors == {"code": [WRONG]}


def test_the_code_that_confirmed_the_key_counts_no_more(codes, writer: User) -> None:
    client = Client()
    with_password(client)
    assert client.post(CODE, {"code": code_of(writer, steps=0)}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_code_sent_twice_at_once_counts_once(codes, writer: User) -> None:
    code, clients = code_of(writer), [Client(), Client()]
    for client in clients:
        with_password(client)
    answers = at_once(*[lambda client=client: client.post(CODE, {"code": code}).status_code for client in clients])

    assert (answers.count(302), sum(is_in(client) for client in clients)) == (1, 1)


def test_a_recovery_code_signs_in_once_however_it_is_typed(codes, writer: User, settings) -> None:
    settings.OTP_STATIC_THROTTLE_FACTOR = 0
    typed = (codes[0].upper(), codes[0], codes[1].replace("-", " "))
    found = []
    for code in typed:
        client = Client()
        with_password(client)
        found.append(client.post(CODE, {"code": code}).status_code)

    assert (found, factor.codes_left(writer)) == ([302, 200, 302], 8)


def test_recovery_codes_are_kept_as_digests_only(codes, writer: User) -> None:
    kept = set(StaticToken.objects.values_list("token", flat=True))

    assert (len(set(codes)), len(kept), {len(code) for code in codes}) == (10, 10, {19})
    assert kept.isdisjoint({*codes, *map(factor.plain, codes)})


@pytest.mark.parametrize("code", ["", "0", "12345", "1234567", "٠١٢٣٤٥", "+12345", "1_2_34", "\0", "a" * 41, "-" * 40])
def test_what_is_no_code_is_refused(codes, writer: User, code: str) -> None:
    client = Client()
    with_password(client)
    assert (client.post(CODE, {"code": code}).status_code, is_in(client)) == (200, False)


def test_codes_cannot_be_tried_out(codes, writer: User, settings) -> None:
    """Wrong codes count as wrong passwords do, in the same count; and nothing is looked at meanwhile."""
    settings.LOGIN_FAILURES_PER_ACCOUNT, settings.OTP_TOTP_THROTTLE_FACTOR = 3, 0
    client = Client()
    with_password(client)
    answers = [client.post(CODE, {"code": "000000"}).status_code for _number in range(3)]
    last = client.post(CODE, {"code": code_of(writer)})

    assert (answers, last.status_code, 0 < int(last["Retry-After"]) <= 900) == ([200, 200, 429], 429, True)
    assert with_password(Client()).status_code == 429


def test_each_wrong_code_makes_the_next_wait_longer(codes, writer: User) -> None:
    client = Client()
    with_password(client)
    client.post(CODE, {"code": "000000"})
    TOTPDevice.objects.update(throttling_failure_count=5, throttling_failure_timestamp=timezone.now())
    answer = client.post(CODE, {"code": code_of(writer)})

    assert (answer.status_code, answer["Retry-After"]) == (429, "16")
    assert answer.context["form"].errors == {"code": ["Too many failed attempts. Wait 16 seconds and try again."]}


def test_the_way_between_the_steps_is_open_for_ten_minutes(codes, writer: User) -> None:
    client = Client()
    with_password(client)
    session = client.session
    session[KEY] = {**session[KEY], "since": time() - 601}
    session.save()

    assert client.post(CODE, {"code": code_of(writer)}).url.startswith(LOGIN)
    assert Client().get(CODE).url.startswith(LOGIN)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"password": "md5$a$b"}])
def test_what_happens_to_the_account_between_the_steps_counts(codes, writer: User, change: dict[str, Any]) -> None:
    client = Client()
    with_password(client)
    User.objects.filter(pk=writer.pk).update(**change)

    assert (client.post(CODE, {"code": code_of(writer)}).url.startswith(LOGIN), is_in(client)) == (True, False)


# --- A form whose session ended ----------------------------------------------------------------------------------


def test_a_form_comes_back_through_both_steps(as_writer: Client, writer: User) -> None:
    form = opened(as_writer, reverse(ADD))
    as_writer.logout()
    given_one(writer)
    asked = as_writer.post(reverse(ADD), {**form, "summary": "Lo escrito", "_save": "1"})
    second = as_writer.post(reverse(ADD), {**read_any(asked), "username": "escribe", "password": "x"})
    assert ("_auth_user_id" in as_writer.session, list(second.context["form"].fields)) == (False, ["code"])
    wrong = as_writer.post(reverse(ADD), {**read_any(second), "code": "abc"})
    back = as_writer.post(reverse(ADD), {**read_any(wrong), "code": code_of(writer)})

    assert (read_form(back)["summary"], is_in(as_writer), Practice.objects.count()) == (["Lo escrito"], True, 0)


def test_a_code_of_another_account_does_not_bring_the_form_back(as_writer: Client, publisher: User) -> None:
    form = opened(as_writer, reverse(ADD))
    as_writer.logout()
    given_one(publisher)
    asked = as_writer.post(reverse(ADD), {**form, "summary": "Confidencial", "_save": "1"})
    second = as_writer.post(reverse(ADD), {**read_any(asked), "username": "publica", "password": "x"})
    refused = as_writer.post(reverse(ADD), {**read_any(second), "code": code_of(publisher)})

    assert ("_auth_user_id" in as_writer.session, list(refused.context["form"].fields)) == (
        False,
        ["username", "password"],
    )
    assert refused.context["form"].non_field_errors() == [
        "This was typed under another account: sign in with that one to get it back."
    ]


def test_a_form_of_who_must_set_one_up_waits_for_it(as_writer: Client, writer: User, settings) -> None:
    form = opened(as_writer, reverse(ADD))
    settings.SECOND_FACTOR_REQUIRED = True
    User.objects.filter(pk=writer.pk).update(is_superuser=True)
    asked = as_writer.post(reverse(ADD), {**form, "summary": "Lo escrito", "_save": "1"})
    assert (asked.status_code, f'href="{FACTOR}"' in asked.content.decode()) == (200, True)
    again = as_writer.post(reverse(ADD), read_any(asked))
    assert read_any(again)["typed:summary"] == ["Lo escrito"]
    enrol(as_writer)
    back = as_writer.post(reverse(ADD), read_any(again))

    assert (read_form(back)["summary"], Practice.objects.count()) == (["Lo escrito"], 0)


# --- Setting it up, and changing it ------------------------------------------------------------------------------


def enrol(client: Client, **sent: str) -> HttpResponse:
    page = client.get(FACTOR)
    return client.post(FACTOR, {**page_values(page), "code": shown_code(page), "password": "x", **sent})


def test_it_is_set_up_with_one_code_and_the_password(as_writer: Client, writer: User) -> None:
    other = Client()
    other.force_login(writer)
    key = as_writer.cookies["sessionid"].value
    page = enrol(as_writer)

    assert (page.status_code, len(page.context["codes"]), factor.is_set(writer)) == (200, 10, True)
    assert all(code in page.content.decode() for code in page.context["codes"])
    assert "no-store" in page["Cache-Control"]
    assert (is_in(as_writer), is_in(other), as_writer.cookies["sessionid"].value != key) == (True, False, True)
    assert LogEntry.objects.get().object_id == str(writer.pk)
    again = as_writer.get(FACTOR)
    assert (again.context["codes_left"], any(code in again.content.decode() for code in page.context["codes"])) == (
        10,
        False,
    )


def test_the_picture_is_what_is_written(as_writer: Client) -> None:
    page = as_writer.get(FACTOR)
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.context["key"])


def test_a_wrong_code_or_password_sets_nothing_up_and_keeps_the_key(as_writer: Client) -> None:
    page = as_writer.get(FACTOR)
    answers = [
        as_writer.post(FACTOR, {**page_values(page), "code": "abc", "password": "x"}),
        as_writer.post(FACTOR, {**page_values(page), "code": shown_code(page), "password": "mal"}),
    ]
    assert [list(answer.context["form"].errors) for answer in answers] == [["code"], ["password"]]
    assert {answer.context["key"] for answer in answers} == {page.context["key"]}
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("offer", ["", "x", "WzEsImFhIl0:1:x"])
def test_a_key_of_ones_own_choice_is_not_taken(as_writer: Client, offer: str) -> None:
    assert messages(enrol(as_writer, offer=offer)) == [
        "This page was open for too long: here is a new key. Enter it in your app."
    ]
    assert not TOTPDevice.objects.exists()


def test_a_key_that_was_offered_to_somebody_else_is_not_taken(as_writer: Client, publisher: User) -> None:
    enrol(as_writer, offer=factor.Offer.new(publisher).signed())
    assert not TOTPDevice.objects.exists()


def test_new_codes_take_the_place_of_the_old(as_writer: Client, writer: User, codes) -> None:
    address = reverse("admin:second_factor_codes")
    assert as_writer.post(address, {"password": "mal"}).context["form"].errors == {
        "password": ["This is not your password."]
    }
    page = as_writer.post(address, {"password": "x"})

    assert (len(page.context["codes"]), set(page.context["codes"]) & set(codes)) == (10, set())
    assert (factor.codes_left(writer), factor.accepts(writer, codes[0])) == (10, False)


def test_it_is_removed_with_the_password(as_writer: Client, writer: User, codes) -> None:
    address = reverse("admin:second_factor_remove")
    as_writer.post(address, {"password": "mal"})
    assert factor.is_set(writer)
    as_writer.post(address, {"password": "x"})

    assert (factor.is_set(writer), StaticDevice.objects.count(), is_in(as_writer)) == (False, 0, True)
    assert with_password(Client()).url == HOME


def test_the_password_cannot_be_tried_out_there(as_writer: Client, codes, settings) -> None:
    settings.LOGIN_FAILURES_PER_ACCOUNT = 3
    address = reverse("admin:second_factor_remove")
    answers = [as_writer.post(address, {"password": "mal"}).status_code for _number in range(3)]

    assert (answers, as_writer.post(address, {"password": "x"}).status_code) == ([200, 200, 429], 429)


def test_pages_of_what_is_not_set_up_lead_to_setting_it_up(as_writer: Client) -> None:
    for page in ("second_factor_codes", "second_factor_remove"):
        assert as_writer.get(reverse(f"admin:{page}")).url == FACTOR


@pytest.mark.parametrize("page", ["second_factor", "second_factor_codes", "second_factor_remove"])
def test_strangers_are_sent_to_the_login(client: Client, db, page: str) -> None:
    address = reverse(f"admin:{page}")
    for answer in (client.get(address), client.post(address)):
        assert answer.url == f"{LOGIN}?next={address}"


# --- Required ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "must"),
    [("publisher", True), ("reviewer", False), ("writer", False), ("reader", False), ("nobody", False)],
)
def test_who_publishes_is_led_to_it_before_anything_else(vocabulary, settings, role: str, must: bool) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = signed_in(role)
    pages = [HOME, reverse("admin:manual"), reverse("admin:password_change"), reverse("admin:jsi18n")]
    led = [getattr(client.get(page), "url", "") == FACTOR for page in pages]

    assert (led, client.get(FACTOR).context["must"]) == ([must] * 4, must)


def test_a_superuser_must_have_one_too_and_goes_on_once_it_is_set_up(as_publisher: Client, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert as_publisher.get(HOME).url == FACTOR
    enrol(as_publisher)
    assert is_in(as_publisher)
    as_publisher.post(reverse("admin:second_factor_remove"), {"password": "x"})
    assert as_publisher.get(HOME).url == FACTOR


def test_who_is_made_a_publisher_is_led_to_it_at_the_next_request(vocabulary, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = signed_in("writer")
    assert is_in(client)
    member("writer").groups.add(Group.objects.get(name="Publicadores"))
    assert client.get(HOME).url == FACTOR


def test_who_has_one_costs_no_query_more(vocabulary, settings) -> None:
    client, counts = signed_in("publisher"), []
    client.get(HOME)
    for required in (False, True):
        settings.SECOND_FACTOR_REQUIRED = required
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/en/admin/manual/").status_code == 200
        counts.append(len(asked))
        if not required:
            given_one(member("publisher"))
            client.force_login(member("publisher"))
    assert counts[0] == counts[1]


# --- Lost --------------------------------------------------------------------------------------------------------


def test_a_superuser_resets_what_somebody_lost(as_publisher: Client, as_writer: Client, writer: User, codes) -> None:
    address = reverse("admin:auth_user_second_factor", args=[writer.pk])
    change = as_publisher.get(reverse("admin:auth_user_change", args=[writer.pk])).content.decode()
    assert (f'href="{address}"' in change, as_publisher.get(address).status_code) == (True, 200)
    assert factor.is_set(writer)
    as_publisher.post(address)

    assert (factor.is_set(writer), is_in(as_writer), is_in(as_publisher)) == (False, False, True)
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_id) == ("publica", str(writer.pk))


@pytest.mark.parametrize("role", ["nobody", "reader", "writer", "reviewer", "publisher"])
def test_nobody_else_resets_one_not_even_with_the_right_to_change_accounts(vocabulary, codes, writer, role) -> None:
    client, address = signed_in(role), reverse("admin:auth_user_second_factor", args=[writer.pk])
    member(role).user_permissions.add(*Permission.objects.filter(content_type__app_label="auth"))

    assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]
    assert factor.is_set(writer)


def test_a_command_resets_what_the_last_superuser_lost(as_writer: Client, writer: User, codes, capsys) -> None:
    call_command("second_factor")
    assert capsys.readouterr().out == "escribe: set up\n"
    call_command("second_factor", reset="escribe")

    assert (factor.is_set(writer), Session.objects.count(), with_password(Client()).url) == (False, 0, HOME)
    for name in ("escribe", "nadie"):
        with pytest.raises(CommandError):
            call_command("second_factor", reset=name)


def test_no_page_shows_a_key_that_is_set_up(as_publisher: Client, writer: User, codes) -> None:
    device = TOTPDevice.objects.get()
    addresses = [FACTOR, *(reverse(f"admin:auth_user_{page}", args=[writer.pk]) for page in ("change", "history"))]
    pages = [as_publisher.get(address).content.decode() for address in addresses]
    offer = factor.Offer(writer, device.key)

    assert [device.key in page or offer.text in page for page in pages] == [False] * 3
    assert as_publisher.get("/en/admin/otp_totp/totpdevice/").status_code == 404
