"""What staff are told of links without an answer and of missing files: on the desk, in its lists and in the form."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from practices.document import Link
from practices.exchange.writers.dates import long_date
from practices.models.files import StoredFile
from practices.models.identity import Identity
from practices.models.link_check import LinkCheck, Reason, key_of
from practices.models.missing_file import MissingFile, Problem
from practices.models.parts import Link as LinkRow
from practices.models.practice import Practice

from .. import factories
from .forms import CHANGE
from .test_desk import INDEX, desk_of, entered, lists_of, member, publishes, reviews, writes  # noqa: F401
from .test_lists import found, queries

GONE = "https://calla.example.org/informe"


def checked(address: str = GONE, days: int = 3, **fields) -> LinkCheck:
    """An address that does not answer since so many days, so that the public is told."""
    since = timezone.localdate() - timedelta(days=days)
    told = {"first_failed_on": since, "unavailable_since": since, "strikes": 3, "reason": Reason.NOT_FOUND}
    return LinkCheck.objects.create(key=key_of(address), address=address, **{**told, "status": 404, **fields})


def with_link(number: int, by: User | None = None, address: str = GONE) -> Practice:
    record = entered(number, by)
    LinkRow.objects.create(practice=record, address=address, position=1)
    return record


def with_lost_file(number: int, by: User | None = None) -> Practice:
    record = factories.practice(
        factories.document(number, attachments=(factories.attachment(b"%%PDF-1.4 %d" % number, "informe.pdf"),))
    )
    Practice.objects.filter(pk=record.pk).update(created_by=by, changed_by=by)
    for stored in StoredFile.objects.filter(trouble=None):
        MissingFile.objects.create(stored_file=stored, problem=Problem.MISSING, found_at=timezone.now())
    return record


def line_of(user: User, slug: str) -> str:
    return next(shown.lines[0].detail for shown in desk_of(user) if shown.slug == slug)


def test_each_finds_the_records_that_each_looks_after(writes: User, reviews: User, publishes: User) -> None:  # noqa: F811
    checked()
    with_link(1, writes)
    with_link(2)
    with_lost_file(3, writes)
    with_lost_file(4)

    assert {slug: sorted(codes) for slug, codes in lists_of(writes).items() if slug in ("links", "files")} == {
        "links": ["001"],
        "files": ["003"],
    }
    for user in (reviews, publishes):
        assert {slug: sorted(codes) for slug, codes in lists_of(user).items()} == {
            "links": ["001", "002"],
            "files": ["003", "004"],
        }


@pytest.mark.parametrize(
    ("days", "fields", "is_listed"),
    [
        (3, {}, True),
        (1, {"unavailable_since": None, "strikes": 1}, False),
        (6, {"unavailable_since": None, "strikes": 0, "reason": Reason.CERTIFICATE}, False),
        (7, {"unavailable_since": None, "strikes": 0, "reason": Reason.CERTIFICATE}, True),
        (9, {"unavailable_since": None, "strikes": 0, "first_failed_on": None, "reason": ""}, False),
    ],
    ids=["unavailable", "one failure", "doubtful", "doubtful for a week", "answers"],
)
def test_what_may_pass_by_itself_is_not_work_yet(publishes: User, days, fields, is_listed) -> None:  # noqa: F811
    checked(days=days, **fields)
    with_link(1)

    assert lists_of(publishes) == ({"links": ["001"]} if is_listed else {})


def test_a_line_tells_which_link_since_when_and_why(publishes: User) -> None:  # noqa: F811
    checked()
    with_link(1)
    with_lost_file(2)

    since = long_date(timezone.localdate() - timedelta(days=3))
    assert line_of(publishes, "links") == f"since {since}, the page is no longer there (404) · {GONE}"
    assert line_of(publishes, "files") == "informe.pdf: it is missing"


def test_a_link_that_was_mended_is_no_work_any_more(publishes: User) -> None:  # noqa: F811
    checked()
    record = with_link(1)
    assert lists_of(publishes) == {"links": ["001"]}

    LinkRow.objects.filter(practice=record).update(address="https://responde.example.org/")
    assert lists_of(publishes) == {}


def test_each_list_leads_to_all_of_it(publishes: User) -> None:  # noqa: F811
    checked()
    for number in range(1, 8):
        with_link(number)
    for number in range(11, 18):
        with_lost_file(number)
    client = Client()
    client.force_login(publishes)

    assert {shown.slug: (len(shown.lines), shown.total) for shown in desk_of(publishes)} == {
        "files": (5, 7),
        "links": (5, 7),
    }
    assert [len(found(client, desk=slug)) for slug in ("files", "links")] == [7, 7]


def test_the_desk_costs_the_same_for_one_and_three(publishes: User, client: Client) -> None:  # noqa: F811
    client.force_login(publishes)
    checked()
    costs = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            with_link(number)
            with_lost_file(number + 10)
        costs.append(queries(client, str(INDEX)))

    assert costs[0] == costs[1]


def test_a_missing_logo_is_told_to_who_may_choose_another(publishes: User, reviews: User) -> None:  # noqa: F811
    logo = StoredFile.objects.create(sha256="0" * 64, size=5, media_type="image/png", content="00/nada")
    Identity.objects.update(logo=logo)
    MissingFile.objects.create(stored_file=logo, problem=Problem.MISSING, found_at=timezone.now())

    assert [(shown.slug, shown.lines[0].detail) for shown in desk_of(publishes)] == [("logo", "it is missing")]
    assert desk_of(reviews) == []


# --- The form ---------------------------------------------------------------------------------------------------


def form_of(client: Client, record: Practice) -> str:
    return " ".join(client.get(reverse(CHANGE, args=[record.pk])).content.decode().split())


def test_the_form_says_it_beside_the_link_and_costs_nothing_more(as_publisher: Client) -> None:
    links = (Link(GONE), Link("https://responde.example.org/"))
    record = factories.practice(factories.document(1, links=links))
    form_of(as_publisher, record)
    with CaptureQueriesContext(connection) as before:
        assert "link-state" not in form_of(as_publisher, record)
    checked()
    with CaptureQueriesContext(connection) as after:
        html = form_of(as_publisher, record)

    since = long_date(timezone.localdate() - timedelta(days=3))
    said = f"It does not answer, and the public is told so: since {since}, the page is no longer there (404)."
    assert html.count("link-state") == 1
    assert f'<strong class="link-state">{said}</strong>' in html
    assert len(before) == len(after)


def test_the_form_tells_of_what_the_public_is_not_told(as_publisher: Client) -> None:
    record = with_link(1)
    checked(unavailable_since=None, strikes=1, reason=Reason.TIMEOUT, status=None)

    assert "Without a good answer: since " in form_of(as_publisher, record)
