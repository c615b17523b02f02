"""Three strikes over days: when a link is unavailable, when it is not any more, and that a run may be killed, doubled
and late."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from practices.document import Link
from practices.editorial.publishing import publish, withdraw
from practices.models.link_check import LinkCheck, Reason, key_of
from practices.models.parts import Link as LinkRow
from practices.models.version import CatalogueVersion
from practices.upkeep.link_run import OFFLINE, Run, agent
from practices.upkeep.links import lease, renew, to_check, written
from practices.upkeep.outcomes import Outcome, Verdict
from practices.upkeep.visiting import Resting, Visitor
from tests.factories import document, practice, published

from .servers import site, status, visitor

pytestmark = pytest.mark.django_db

ADDRESS = "https://example.org/informe"
MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)
DAY = timedelta(days=1)
OK = Outcome(Verdict.ANSWERS, None, 200)
GONE = Outcome(Verdict.FAILS, Reason.NOT_FOUND, 404)
SILENT = Outcome(Verdict.FAILS, Reason.UNREACHABLE)
UNSURE = Outcome(Verdict.UNSURE, Reason.SERVER_ERROR, 500)


@pytest.fixture
def known() -> LinkCheck:
    return LinkCheck.objects.create(key=key_of(ADDRESS), address=ADDRESS)


def told(*checks: tuple[float, Outcome]) -> tuple[int, date | None]:
    """The strikes, and what the public is told, after checks so many days after that Monday."""
    for days, outcome in checks:
        written(key_of(ADDRESS), outcome, MONDAY + timedelta(days=days))
    row = LinkCheck.objects.get()
    return row.strikes, row.unavailable_since


@pytest.mark.parametrize(
    ("checks", "result"),
    [
        ([(0, GONE)], (1, None)),
        ([(0, GONE), (1, GONE)], (2, None)),
        ([(0, GONE), (1, GONE), (2, GONE)], (3, date(2026, 3, 2))),
        ([(0, GONE), (1, SILENT), (9, GONE)], (3, date(2026, 3, 2))),
        ([(0, GONE), (0.1, GONE), (0.2, GONE), (0.3, GONE)], (1, None)),
        # 19 hours are no day, though another one has begun; 20 hours inside one day are none either.
        ([(0, GONE), (19 / 24, GONE), (1, GONE)], (2, None)),
        ([(0, GONE), (1, GONE), (1.9, GONE)], (3, date(2026, 3, 2))),
        ([(0, GONE), (1, GONE), (2, OK)], (0, None)),
        ([(0, GONE), (1, GONE), (2, GONE), (3, OK)], (0, None)),
        ([(0, GONE), (1, GONE), (2, OK), (3, GONE), (4, GONE)], (2, None)),
        ([(0, GONE), (1, GONE), (2, OK), (3, GONE), (4, GONE), (5, GONE)], (3, date(2026, 3, 5))),
        ([(0, UNSURE), (1, UNSURE), (2, UNSURE), (3, UNSURE)], (0, None)),
        # What proves nothing takes nothing back.
        ([(0, GONE), (1, UNSURE), (2, GONE), (3, GONE)], (3, date(2026, 3, 2))),
        ([(0, GONE), (1, GONE), (2, GONE), (3, UNSURE)], (3, date(2026, 3, 2))),
    ],
)
def test_three_failures_on_three_days_make_a_link_unavailable_and_one_answer_clears_it(known, checks, result) -> None:
    assert told(*checks) == result


def test_the_day_is_that_of_the_catalogue_and_not_of_greenwich(known) -> None:
    """The evening of the 2nd in Bogotá is the 3rd in Greenwich."""
    at = datetime(2026, 3, 3, 2, tzinfo=UTC)
    for days in range(3):
        written(known.pk, GONE, at + days * DAY)

    assert LinkCheck.objects.get().unavailable_since == date(2026, 3, 2)


def test_the_catalogue_version_rises_only_when_the_public_is_told_something_else(known) -> None:
    outcomes = [GONE, GONE, GONE, GONE, UNSURE, OK, OK]
    raised = []
    for days, outcome in enumerate(outcomes):
        before = CatalogueVersion.standing()
        written(known.pk, outcome, MONDAY + days * DAY)
        after = CatalogueVersion.standing()
        raised.append(after.number - before.number)
        assert after.links_in == (after.number if raised[-1] else before.links_in)

    assert raised == [0, 0, 1, 0, 0, 1, 0]


def test_nothing_of_what_a_server_said_is_kept_but_its_status(known) -> None:
    written(known.pk, Outcome(Verdict.UNSURE, Reason.BUSY, 503, 7200), MONDAY)
    row = LinkCheck.objects.values().get()

    assert row == {
        "key": key_of(ADDRESS),
        "address": ADDRESS,
        "last_checked_at": MONDAY,
        "status": 503,
        "reason": "busy",
        "first_failed_on": date(2026, 3, 2),
        "strikes": 0,
        "struck_at": None,
        "unavailable_since": None,
        "not_before": MONDAY + timedelta(hours=2),
        "leased_until": None,
    }


# --- Which addresses ------------------------------------------------------------------------------------------------


def addresses() -> set[str]:
    renew()
    return set(LinkCheck.objects.values_list("address", flat=True))


def test_the_addresses_are_those_of_records_and_of_what_is_in_force_each_once() -> None:
    shared, working, old = "https://a.example.org/x", "http://b.example.org/", "https://c.example.org/"
    first = published(document(1, links=(Link(shared), Link(old), Link("", "Sólo un texto"))))
    published(document(2, links=(Link(shared, "Otra vez"),)))
    practice(document(3, links=(Link(working),)))
    LinkRow.objects.filter(practice=first.practice, address=old).delete()

    # The public reads the old one until the record is published again.
    assert addresses() == {shared, working, old}
    publish(first.practice)
    assert addresses() == {shared, working}


def test_what_is_known_of_an_address_that_nobody_uses_is_dropped_and_the_public_hears_of_it() -> None:
    record = published(document(1, links=(Link(ADDRESS),)))
    renew()
    told((0, GONE), (1, GONE), (2, GONE))
    LinkRow.objects.all().delete()
    before = CatalogueVersion.current()
    assert (addresses(), CatalogueVersion.current()) == ({ADDRESS}, before)

    withdraw(record.practice, "Ya no se aplica.")
    before = CatalogueVersion.current()
    assert (addresses(), CatalogueVersion.current()) == (set(), before + 1)


def test_the_longest_address_fits() -> None:
    longest = "https://example.org/" + "ñ" * 1980
    practice(document(1, links=(Link(longest),)))

    assert addresses() == {longest}


# --- A run ----------------------------------------------------------------------------------------------------------


class Told(Visitor):
    """A visitor that is told what each address answers, by its name or its place: OK unless it is told."""

    def __init__(self, **outcomes: Outcome | BaseException | Callable[[], Outcome]) -> None:
        super().__init__("LinkCheck")
        self.outcomes, self.visited = outcomes, []

    def visit(self, address: str) -> Outcome:
        name = address.split("//")[1].partition(".")[0]
        self.visited.append(name)
        place = ["first", "second", "third", "fourth"][len(self.visited) - 1]
        outcome = self.outcomes.get(name) or self.outcomes.get(place, OK)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome if isinstance(outcome, Outcome) else outcome()


def records(*names: str) -> None:
    practice(document(1, links=tuple(Link(f"https://{name}.example.org/") for name in names)))


def run(visits: Visitor, at: datetime = MONDAY, **options) -> dict[str, str]:
    """The reasons of those that were checked, by name."""
    checked = Run(visits, clock=lambda: at, **options).checks()
    return {check.address.split("//")[1].partition(".")[0]: check.reason for check in checked}


def test_an_address_is_checked_once_a_day() -> None:
    records("a", "b")

    assert [len(run(Told(), MONDAY + timedelta(hours=hours))) for hours in (0, 1, 19, 20, 21, 40)] == [
        2,
        0,
        0,
        2,
        0,
        2,
    ]
    assert len(run(Told(), MONDAY + timedelta(hours=41), everything=True)) == 2


def test_those_about_to_be_found_unavailable_come_first_then_what_was_checked_longest_ago() -> None:
    records("a", "b", "c", "d")
    renew()
    for days, name in ((0, "a"), (2, "b"), (1, "c")):
        key = key_of(f"https://{name}.example.org/")
        written(key, GONE if name == "b" else OK, MONDAY + days * DAY)
    visits = Told()
    run(visits, MONDAY + 7 * DAY)

    assert visits.visited == ["b", "d", "a", "c"]


def test_a_run_is_bounded_in_addresses_and_in_time() -> None:
    records("a", "b", "c", "d")
    assert len(run(Told(), limit=3)) == 3
    assert len(run(Told(), limit=3)) == 1

    minutes = iter(range(100))
    slow = Run(Told(), everything=True, lasts=timedelta(minutes=4), clock=lambda: MONDAY + next(minutes) * DAY / 1440)
    assert 0 < len(list(slow.checks())) < 4


def test_a_run_that_is_killed_has_written_what_it_had_checked_and_the_next_does_the_rest() -> None:
    records("a", "b", "c")
    checks = Run(Told(second=KeyboardInterrupt()), clock=lambda: MONDAY).checks()
    first = next(checks)
    with pytest.raises(KeyboardInterrupt):
        next(checks)
    assert list(LinkCheck.objects.exclude(last_checked_at=None)) == [first]

    # The one in its hands is free again when the lease ends; the last one was never taken.
    assert [len(run(Told(), MONDAY + timedelta(minutes=minutes))) for minutes in (1, 6)] == [1, 1]
    assert LinkCheck.objects.filter(last_checked_at=None).count() == 0


def test_what_nobody_foresaw_stops_no_run_and_is_tried_again() -> None:
    records("a", "b")

    assert run(Told(a=RuntimeError("qué raro"))) == {"b": ""}
    assert run(Told()) == {"a": ""}


def test_who_rests_is_left_for_the_next_run() -> None:
    records("a", "b")

    assert run(Told(a=Resting("a"))) == {"b": ""}
    assert LinkCheck.objects.filter(last_checked_at=None, leased_until=None).count() == 1


def test_who_asks_to_be_left_alone_is_not_asked_before_its_time() -> None:
    records("a")
    run(Told(a=Outcome(Verdict.UNSURE, Reason.BUSY, 429, 3 * 24 * 60 * 60)))

    assert [len(run(Told(), MONDAY + days * DAY, everything=True)) for days in (1, 2, 3)] == [0, 0, 1]


def test_two_runs_at_once_ask_each_address_once_and_count_one_strike() -> None:
    records("a", "b")
    others = []

    def other() -> Outcome:
        """While this one is visited, another run begins and ends."""
        second = Told(first=GONE)
        run(second, MONDAY)
        others.extend(second.visited)
        return GONE

    first = Told(first=other, second=GONE)
    run(first, MONDAY)

    assert sorted(first.visited + others) == ["a", "b"]
    assert max(LinkCheck.objects.values_list("strikes", flat=True)) == 1


def test_a_check_in_the_hands_of_another_run_is_left_to_it_until_its_lease_ends(known) -> None:
    (check,) = to_check(MONDAY)

    assert (lease(check, MONDAY), lease(check, MONDAY)) == (True, False)
    assert to_check(MONDAY + timedelta(minutes=4), everything=True) == []
    assert to_check(MONDAY + timedelta(minutes=5)) == [known]


def test_a_machine_without_a_network_counts_no_strike() -> None:
    records("a", "b", "c")
    silent = {name: Outcome(Verdict.FAILS, Reason.NO_NAME) for name in "abc"}

    assert run(Told(**silent)) == dict.fromkeys("abc", OFFLINE.reason)
    assert set(LinkCheck.objects.values_list("strikes", flat=True)) == {0}

    # One server that speaks, however rudely, is a proof that the silence of the others is theirs.
    silent["c"] = GONE
    run(Told(**silent), MONDAY + DAY)
    assert set(LinkCheck.objects.values_list("strikes", flat=True)) == {1}


def test_it_says_whose_catalogue_asks_and_where_that_is(settings) -> None:
    settings.SITE_NAME = "Catálogo de «buenas» prácticas\r\nX: 1"
    said = agent()

    assert said.startswith("LinkCheck/1.0 (catalogo de buenas practicas x 1; +http://")
    assert said.isascii()
    assert said.isprintable()


# --- The command ----------------------------------------------------------------------------------------------------


def command(*options: str) -> str:
    out = StringIO()
    call_command("check_links", *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_asks_real_servers_and_says_what_it_found(monkeypatch) -> None:
    with site(pages={"/bien": status(200)}) as world:
        links = (Link(world.at("uno.example.org", "/bien")), Link(world.at("uno.example.org", "/mal")))
        practice(document(1, links=links))
        monkeypatch.setattr("practices.management.commands.check_links.Visitor", lambda agent, **more: visitor())
        said = command()

    assert said.splitlines() == [
        f"{links[1].address} ✗ la página ya no está (404)",
        "2 enlaces comprobados: 1 sin buena respuesta por ahora, 0 no disponibles.",
    ]
    assert sorted(LinkCheck.objects.values_list("status", flat=True)) == [200, 404]


def test_the_command_by_itself_reaches_no_machine_of_its_own_network() -> None:
    with site(pages={"/": status(200)}) as world:
        practice(document(1, links=(Link(f"http://127.0.0.1:{world.port}/"), Link("http://localhost/"))))
        command()

    assert world.asked == []
    assert set(LinkCheck.objects.values_list("reason", "strikes")) == {("not_public", 0)}


@pytest.mark.parametrize("option", ["--limit=-1", "--minutes=-1", "--pause=-1"])
def test_the_command_takes_no_negative_bounds(option: str) -> None:
    with pytest.raises(CommandError):
        command(option)


def test_a_limit_of_none_checks_none() -> None:
    records("a")
    command("--limit=0")

    assert LinkCheck.objects.filter(last_checked_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_links_of_all_publications_are_read_without_a_query_for_each(django_assert_num_queries) -> None:
    for number in range(1, 4):
        published(document(number, links=(Link(f"https://{number}.example.org/"),)))
    renew()
    # The rows, the documents and what is known, and on PostgreSQL the cursors that they are read by.
    with django_assert_num_queries(3):
        renew()
    assert (LinkCheck.objects.count(), connection.in_atomic_block) == (3, False)
