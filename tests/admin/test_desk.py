"""The first page: what waits for each role, and how many queries it costs."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from practices.admin.desk import Shown
from practices.editorial import desk
from practices.editorial.history import record
from practices.editorial.roles import PUBLISHERS, REVIEWERS, WRITERS
from practices.editorial.scheduling import schedule_publication, schedule_withdrawal, unschedule
from practices.editorial.workflow import approve, return_to_writer, send_to_review
from practices.models.approval import Answer, Invitation
from practices.models.contact import Contact
from practices.models.history import Kind
from practices.models.practice import Practice

from .. import factories
from .test_lists import found, queries

INDEX = reverse_lazy("admin:index")


def member(name: str, *groups: str) -> User:
    user = User.objects.create_user(name, is_staff=True, first_name=name.title())
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def writes(vocabulary) -> User:
    return member("ana", WRITERS)


@pytest.fixture
def reviews(vocabulary) -> User:
    return member("rosa", REVIEWERS)


@pytest.fixture
def publishes(vocabulary) -> User:
    return member("pablo", PUBLISHERS)


def entered(number: int, by: User | None) -> Practice:
    practice = factories.practice(factories.document(number))
    Practice.objects.filter(pk=practice.pk).update(created_by=by, changed_by=by)
    practice.refresh_from_db()
    return practice


def desk_of(user: User) -> list[Shown]:
    client = Client()
    client.force_login(user)
    return client.get(INDEX).context["desk"]


def lists_of(user: User) -> dict[str, list[str]]:
    return {shown.slug: [line.code[-8:-5] for line in shown.lines] for shown in desk_of(user)}


def one_on_each_list(number: int, by: User) -> None:
    """Eight practices, entered by that person, so that every list has one more."""
    drafted, sent, back, ready, timed, shown = (entered(number + step, by) for step in range(6))
    for practice in (sent, back, ready, timed):
        send_to_review(practice)
    return_to_writer(back, "Falta la unidad.")
    for practice in (ready, timed):
        approve(practice)
    schedule_publication(timed, timezone.now() + timedelta(days=3))
    invited(shown)
    changed, consented = (factories.published(factories.document(number + step)).practice for step in (6, 7))
    Practice.objects.filter(pk__in=[changed.pk, consented.pk]).update(created_by=by)
    Practice.objects.filter(pk=changed.pk).update(differs=True)
    consent(consented, 10)
    record(drafted, Kind.FAILED, note="NotReady: falta el título")


def invited(practice: Practice, **fields) -> Invitation:
    author = User.objects.get_or_create(username="quien-invita")[0]
    defaults = {"recipient": "Aguas de Prueba", "expires_at": timezone.now() + timedelta(days=9)}
    return Invitation.objects.create(practice=practice, created_by=author, **{**defaults, **fields})


def consent(practice: Practice, days: int) -> Contact:
    return Contact.objects.create(
        practice=practice,
        name="Nombre que nadie debe leer",
        consent_given_on=timezone.localdate() - timedelta(days=300),
        consent_given_by="carta",
        consent_until=timezone.localdate() + timedelta(days=days),
    )


def test_an_empty_desk_says_so_and_offers_to_begin(writes: User) -> None:
    client = Client()
    client.force_login(writes)
    html = client.get(INDEX).content.decode()

    assert lists_of(writes) == {}
    assert [text in html for text in ("Nothing waits for you.", reverse("admin:practices_practice_add"))] == [True] * 2


def test_a_writer_finds_only_what_that_writer_entered(writes: User, publishes: User) -> None:
    one_on_each_list(10, writes)
    one_on_each_list(20, publishes)

    assert lists_of(writes) == {
        "failed": ["010"],
        "returned": ["012"],
        "in_review": ["011"],
        "approved": ["013", "014"],
        "author": ["015"],
        "draft": ["015", "010"],
        "scheduled": ["014"],
        "differs": ["016"],
        "consents": ["017"],
    }


def test_a_reviewer_finds_the_whole_review_and_what_is_with_authors(writes: User, reviews: User) -> None:
    one_on_each_list(10, writes)

    assert lists_of(reviews) == {"in_review": ["011"], "author": ["015"], "differs": ["016"]}


def test_a_publisher_finds_what_waits_for_publication_whoever_wrote_it(writes: User, publishes: User) -> None:
    one_on_each_list(10, writes)

    assert lists_of(publishes) == {
        "failed": ["010"],
        "approved": ["013", "014"],
        "author": ["015"],
        "scheduled": ["014"],
        "differs": ["016"],
        "consents": ["017"],
    }


def test_who_may_only_read_finds_no_work(as_reader: Client, writes: User) -> None:
    one_on_each_list(10, writes)
    page = as_reader.get(INDEX)

    assert page.context["desk"] == []
    assert [text in page.content.decode() for text in ("Práctica 10", "Nothing waits")] == [False, False]


def test_what_a_command_entered_belongs_to_who_changed_it_last(writes: User) -> None:
    practice = entered(1, None)
    Practice.objects.filter(pk=practice.pk).update(changed_by=writes)
    entered(2, None)

    assert lists_of(writes) == {"draft": ["001"]}


def test_a_returned_record_tells_why_and_who(writes: User, reviews: User) -> None:
    practice = entered(1, writes)
    send_to_review(practice, writes)
    return_to_writer(practice, "Falta la unidad de las cifras.", reviews)
    line = desk_of(writes)[0].lines[0]

    assert (line.quote, line.detail.partition(",")[0]) == ("Falta la unidad de las cifras.", "Rosa")


def test_the_line_of_an_author_tells_what_was_answered(publishes: User) -> None:
    practice = entered(1, None)
    invited(practice, answer=Answer.CHANGES, answered_at=timezone.now())
    detail = desk_of(publishes)[0].lines[0].detail

    assert detail.startswith("Aguas de Prueba: asks for changes, ")


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": timezone.now() - timedelta(days=1)},
        {"revoked_at": timezone.now()},
        {"answer": Answer.APPROVED, "answered_at": timezone.now() - timedelta(days=31)},
    ],
    ids=["expired", "revoked", "answered long ago"],
)
def test_a_link_that_leads_nowhere_is_not_waited_for(publishes: User, fields: dict) -> None:
    invited(entered(1, None), **fields)

    assert lists_of(publishes) == {}


def test_an_answer_is_settled_by_the_next_publication(publishes: User) -> None:
    practice = factories.published(factories.document(1)).practice
    invited(practice, answer=Answer.APPROVED, answered_at=timezone.now() - timedelta(days=1))

    assert lists_of(publishes) == {}


@pytest.mark.parametrize(
    ("days", "shown"), [(-1, {}), (0, {"consents": ["001"]}), (60, {"consents": ["001"]}), (61, {})]
)
def test_consents_are_told_sixty_days_ahead_without_personal_data(publishes: User, days: int, shown: dict) -> None:
    consent(factories.published(factories.document(1)).practice, days)
    client = Client()
    client.force_login(publishes)

    assert lists_of(publishes) == shown
    assert "Nombre que nadie debe leer" not in client.get(INDEX).content.decode()


def test_a_failure_is_shown_until_it_is_settled(publishes: User) -> None:
    practice = factories.published(factories.document(1)).practice
    record(practice, Kind.FAILED, note="withdrawn: no")
    assert lists_of(publishes) == {"failed": ["001"]}

    schedule_withdrawal(practice, timezone.now() + timedelta(days=1), "Ya no se aplica.")
    assert lists_of(publishes) == {"scheduled": ["001"]}

    unschedule(practice)
    assert lists_of(publishes) == {}


def test_each_list_leads_to_all_of_it(publishes: User) -> None:
    User.objects.filter(pk=publishes.pk).update(is_superuser=True)
    publishes = User.objects.get(pk=publishes.pk)
    for number in range(10, 80, 10):
        one_on_each_list(number, publishes)
    client = Client()
    client.force_login(publishes)
    shown = desk_of(publishes)

    assert [len(part.lines) for part in shown] == [desk.SHOWN] * 9
    assert {part.slug: part.total for part in shown} == {
        part.slug: len(found(client, desk=part.slug)) for part in shown
    }
    assert [f"See all {part.total}" in client.get(INDEX).content.decode() for part in shown] == [True] * 9


def test_a_list_that_there_is_not_filters_nothing(as_publisher: Client) -> None:
    entered(1, None)

    assert len(found(as_publisher, desk="otra")) == 1


def test_the_desk_costs_the_same_for_one_and_three(writes: User, publishes: User, client: Client) -> None:
    publishes.groups.set(Group.objects.all())
    client.force_login(publishes)
    empty = queries(client, str(INDEX))
    one_on_each_list(10, publishes)
    one = queries(client, str(INDEX))
    one_on_each_list(20, publishes)
    one_on_each_list(30, publishes)

    # A query for each list, one for what was said of them, one for the imports, one for the logo.
    assert (empty, one, queries(client, str(INDEX))) == (17, 18, 18)


def test_lists_are_grouped_and_only_those_one_may_see(writes: User, as_publisher: Client) -> None:
    client = Client()
    client.force_login(writes)
    groups = {str(title): [m["object_name"] for m in models] for title, models in client.get(INDEX).context["groups"]}

    assert groups == {
        "Practices": ["Practice", "Publication", "ImportBatch", "Event"],
        "Authors and classification": ["Organization", "Category", "Service", "Call", "Criterion", "CodeSeries"],
        "Places": ["Department", "Municipality"],
    }
    assert [str(title) for title, _models in as_publisher.get(INDEX).context["groups"]] == [
        "Practices",
        "Authors and classification",
        "Places",
        "Search",
        "The institution",
        "People and rules",
    ]
