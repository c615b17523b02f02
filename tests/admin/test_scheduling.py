"""The page that sets times: in the site's time zone, with every refusal said and nothing typed lost."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from practices.models.history import Event, Kind
from practices.models.practice import Practice

from .. import factories
from .forms import CHANGE, messages
from .people import signed_in

SCHEDULE = "admin:practices_practice_schedule"
# Two years ahead of any day on which this runs.
YEAR = datetime.now(tz=UTC).year + 2


@pytest.fixture
def client(vocabulary) -> Client:
    return signed_in("publisher")


@pytest.fixture
def approved(vocabulary) -> Practice:
    return factories.approved(factories.practice())


def send(client: Client, practice: Practice, kind: str, at: str, text: str = "") -> object:
    values = {f"{kind}-at": at, f"{kind}-text": text, f"_schedule_{kind}": "1"}
    return client.post(reverse(SCHEDULE, args=[practice.pk]), values)


def errors(response, kind: str) -> dict[str, list[str]]:
    return dict(getattr(response.context["schedule"], kind).errors)


def scheduled() -> tuple:
    return Practice.objects.values_list("publish_at", "publish_note", "withdraw_at", "withdraw_reason").get()


def test_a_publication_is_set_in_the_time_of_the_catalogue(client: Client, approved: Practice) -> None:
    response = send(client, approved, "publication", f"{YEAR}-01-31T08:00", "Primera versión")

    assert scheduled() == (datetime(YEAR, 1, 31, 13, tzinfo=UTC), "Primera versión", None, "")
    page = client.get(response.url)
    assert messages(page) == ["It will be published by itself at that time, as the record is then."]
    assert f"Publication: 31 January {YEAR}, 8 a.m." in page.content.decode()


@pytest.mark.parametrize("typed", [f"{YEAR}-01-31 08:00", f"31/01/{YEAR} 08:00"])
def test_a_browser_without_a_calendar_is_understood(client: Client, approved: Practice, typed: str) -> None:
    send(client, approved, "publication", typed)

    assert scheduled()[0] == datetime(YEAR, 1, 31, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "This field is required."),
        ("mañana", "Write the day and the hour, for example 31/12/2030 08:00."),
        (f"{YEAR}-02-30T08:00", "Write the day and the hour, for example 31/12/2030 08:00."),
        (f"{YEAR - 3}-01-01T08:00", "This moment has gone by: choose one to come."),
        ("9999-12-31T23:59", "Choose a day of the next ten years."),
        ("0001-01-01T00:00", "Choose a day of the next ten years."),
        ("\x00", "Write the day and the hour, for example 31/12/2030 08:00."),
    ],
)
def test_a_wrong_time_is_refused_and_the_reason_kept(client: Client, typed: str, said: str) -> None:
    practice = factories.published().practice

    response = send(client, practice, "withdrawal", typed, "Venció el convenio.")

    assert errors(response, "withdrawal") == {"at": [said]}
    assert "Venció el convenio." in response.content.decode()
    assert scheduled() == (None, "", None, "")


def test_a_withdrawal_needs_its_reason(client: Client) -> None:
    practice = factories.published().practice

    assert errors(send(client, practice, "withdrawal", f"{YEAR}-01-01T00:00", "  "), "withdrawal") == {
        "text": ["This field is required."]
    }
    send(client, practice, "withdrawal", f"{YEAR}-01-01T00:00", "Venció.")
    assert scheduled() == (None, "", datetime(YEAR, 1, 1, 5, tzinfo=UTC), "Venció.")


def test_what_is_incomplete_is_not_scheduled_and_the_way_to_each_field_shown(client: Client) -> None:
    practice = factories.approved(factories.practice(title=""))

    html = send(client, practice, "publication", f"{YEAR}-01-01T00:00", "Nota").content.decode()

    assert f'<a href="{reverse(CHANGE, args=[practice.pk])}#id_title">' in html
    assert 'value="Nota"' in html
    assert scheduled() == (None, "", None, "")


def test_what_nobody_approved_is_not_scheduled(client: Client) -> None:
    practice = factories.practice()
    page = client.get(reverse(SCHEDULE, args=[practice.pk])).content.decode()
    response = send(client, practice, "publication", f"{YEAR}-01-01T00:00")

    assert "_schedule_publication" not in page
    assert errors(response, "publication") == {"__all__": ["It can be published only after somebody has approved it."]}
    assert scheduled() == (None, "", None, "")


def test_a_schedule_is_shown_and_taken_back(client: Client, approved: Practice) -> None:
    address = reverse(SCHEDULE, args=[approved.pk])
    send(client, approved, "publication", f"{YEAR}-01-31T08:00", "Primera")

    assert 'name="_unschedule"' in client.get(address).content.decode()
    response = client.post(address, {"_unschedule": "1"})

    assert messages(client.get(response.url)) == ["The schedule is taken back: nothing happens by itself."]
    assert scheduled() == (None, "", None, "")
    assert Event.objects.latest("pk").kind == Kind.UNSCHEDULED


@pytest.mark.parametrize("role", ["writer", "reviewer", "reader", "nobody"])
def test_only_publishers_set_times(vocabulary, approved: Practice, role: str) -> None:
    client = signed_in(role)
    response = send(client, approved, "publication", f"{YEAR}-01-01T00:00")

    refused = 404 if role == "nobody" else 403
    assert (response.status_code, client.get(reverse(SCHEDULE, args=[approved.pk])).status_code) == (refused, refused)
    assert scheduled() == (None, "", None, "")
