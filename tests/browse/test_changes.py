"""A copy that is told changes is the catalogue of today, whatever happened in between."""

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from practices.browse import Selection
from practices.browse.changes import Changes
from practices.browse.since import LAST, Place, Since, read_moment, read_since
from practices.browse.terms import rebuild_terms
from practices.document import Category, PracticeDocument
from practices.editorial.publishing import Unchanged, publish, withdraw
from practices.editorial.recording import store_document
from practices.models.practice import Practice
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion
from tests.factories import OFFICES, document, published, rich_document

pytestmark = pytest.mark.django_db
BILLING = Category("facturacion", "Facturación", 2)
RURAL = Category("rural", "Zonas rurales", 3)
FILTERS = [
    "",
    "categoria=facturacion",
    "categoria=facturacion&categoria=rural",
    "categoria=rural&departamento=17",
    "categoria=rural&nacionales=si&departamento=17",
    "q=largo",
    "q=practica+3",
    "q=largo&categoria=rural",
    "categoria=nadie",
]


class Copy:
    """What somebody keeps who asks for changes, in pages or in one stream, and does what the documentation says."""

    def __init__(self, query: str, *, in_pages: bool) -> None:
        self.query, self.in_pages = query, in_pages
        self.since, self.held = "", dict[str, str]()

    def changes(self) -> Changes:
        return Changes(QueryDict(f"{self.query}&desde={self.since}"))

    def follow(self, meanwhile=lambda: None) -> None:
        if self.in_pages:
            for _page in range(200):
                changes = self.changes()
                portion = changes.portion(2)
                self.take(changes, portion.changes)
                self.since = str(portion.next_since)
                if portion.is_last:
                    return
                meanwhile()
            pytest.fail("a walk without an end")
        changes = self.changes()
        self.take(changes, changes)
        self.since = str(changes.next_since)

    def take(self, changes: Changes, told) -> None:
        if changes.is_complete:
            self.held.clear()
        for change in told:
            for code in change.former:
                self.held.pop(code, None)
            if change.is_gone:
                self.held.pop(change.publication.code, None)
            else:
                self.held[change.publication.code] = change.publication.document


def today(query: str) -> dict[str, str]:
    return {p.code: p.document for p in Selection.from_query(QueryDict(query)).publications()}


def made_up(chance: random.Random, number: int, **fields) -> PracticeDocument:
    """One of few things that a practice may say, so that it says the same again now and then."""
    title = chance.choice((f"Práctica {number}", "Un título largo", "Otra cosa"))
    category = chance.choice((OFFICES, BILLING, RURAL, None))
    return rich_document(number, title=title, category=category, **fields)


def something_happens(chance: random.Random) -> None:
    """A practice is published, changed, withdrawn, published again or under another code, or nothing of that."""
    number = chance.randint(1, 5)
    codes = [document(number).code, document(number + 100).code]
    record = Practice.objects.filter(code__in=codes).first()
    is_public = Publication.objects.still_current().filter(practice=record).exists() if record else False
    if is_public and chance.random() < 0.35:
        withdraw(record, "Motivo")
        return
    code = record.code if record else codes[0]
    record = store_document(made_up(chance, number, code=code))
    if chance.random() < 0.15:
        corrected(record, next(other for other in codes if other != code))
    record.refresh_from_db()
    with suppress(Unchanged):
        publish(record)


def corrected(record: Practice, code: str) -> None:
    Practice.objects.filter(pk=record.pk).update(code=code)


@pytest.mark.parametrize("seed", range(3))
def test_copy_that_follows_is_the_catalogue_of_today(seed):
    """In one stream and in pages, whatever is asked for; each follows when it likes."""
    chance = random.Random(seed)  # noqa: S311
    copies = [Copy(query, in_pages=in_pages) for query in FILTERS for in_pages in (False, True)]
    for _step in range(20):
        something_happens(chance)
        for copy in copies:
            if chance.random() < 0.5:
                copy.follow()
                assert copy.held == today(copy.query), (copy.query, copy.in_pages)
    assert any(copy.held for copy in copies)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_passed_over_while_others_publish_between_the_pages(seed):
    chance = random.Random(seed)  # noqa: S311
    for number in range(1, 6):
        published(made_up(chance, number))
    for query in FILTERS[:5]:
        copy = Copy(query, in_pages=True)
        left = iter(range(6))
        copy.follow(lambda left=left: next(left, None) is None or something_happens(chance))
        assert copy.held == today(query), query
        copy.follow(lambda: None)
        assert copy.held == today(query), query


@pytest.mark.parametrize("query", ["", "categoria=oficinas", "categoria=facturacion"])
@pytest.mark.parametrize("in_pages", [False, True], ids=["stream", "pages"])
def test_what_happens_while_an_answer_is_made_is_told_by_the_next_one(query, in_pages):
    """The selection is of one version; what is read after it may be of a later one."""
    for number, category in ((1, OFFICES), (2, BILLING), (3, OFFICES), (4, BILLING), (5, OFFICES)):
        published(rich_document(number, category=category))
    copy = Copy(query, in_pages=in_pages)
    copy.follow()
    again(3, title="Otra")
    again(4, title="Otra")
    changes = copy.changes()
    again(1, category=BILLING)
    again(4, category=OFFICES)
    withdraw(Practice.objects.get(code=document(3).code), "Motivo")
    portion = changes.portion(2)
    copy.take(changes, portion.changes if in_pages else changes)
    copy.since = str(portion.next_since if in_pages else changes.next_since)
    copy.follow()
    assert copy.held == today(query)


def test_what_is_later_than_the_selection_is_left_for_the_next_answer():
    for number in (1, 2, 3):
        published(rich_document(number))
    changes = Changes(QueryDict("desde=1"))
    again(1, title="Otra")
    withdraw(Practice.objects.get(code=document(2).code), "Motivo")
    assert [(change.publication.code, change.is_gone) for change in changes] == [(document(3).code, False)]
    assert told(f"desde={changes.next_since}") == (False, ["001"], ["002"])


def told(query: str) -> tuple[bool, list[str], list[str]]:
    changes = Changes(QueryDict(query))
    found = list(changes)
    here = [change.publication.code[-8:-5] for change in found if not change.is_gone]
    return changes.is_complete, here, [change.publication.code[-8:-5] for change in found if change.is_gone]


def again(number: int, **fields) -> Publication:
    record = store_document(rich_document(number, **fields))
    record.refresh_from_db()
    return publish(record)


def test_only_what_changed_is_told_in_the_order_of_the_changes():
    first, second = published(rich_document(1)), published(rich_document(2))
    now = CatalogueVersion.current()
    assert told(f"desde={now}") == (False, [], [])
    published(rich_document(3))
    again(1, title="Otra")
    withdraw(second.practice, "Motivo")
    assert told(f"desde={now}") == (False, ["003", "001"], ["002"])
    assert told("desde=") == told("desde=0") == (True, ["003", "001"], ["002"])
    assert told(f"desde={CatalogueVersion.current() - 1}") == (False, [], ["002"])
    assert first.number == 1


def test_published_again_is_a_change_and_no_tombstone():
    one = published(rich_document(1))
    now = CatalogueVersion.current()
    withdraw(one.practice, "Motivo")
    again(1)
    assert told(f"desde={now}") == (False, ["001"], [])


def test_who_left_the_selection_is_gone_and_who_never_was_in_it_is_not_told():
    published(rich_document(1))
    published(rich_document(2))
    now = CatalogueVersion.current()
    again(1, category=BILLING)
    published(rich_document(3, category=BILLING))
    assert told(f"categoria=oficinas&desde={now}") == (False, [], ["001"])
    assert told(f"categoria=facturacion&desde={now}") == (True, ["001", "003"], [])


def test_code_that_a_practice_no_longer_has_is_told():
    one = published(rich_document(1))
    now = CatalogueVersion.current()
    for number in (7, 8):
        corrected(one.practice, document(number).code)
        one.practice.refresh_from_db()
        publish(one.practice)
    former = (document(1).code, document(7).code)
    (change,) = Changes(QueryDict(f"desde={now}"))
    assert (change.publication.code, change.is_gone, change.former) == (document(8).code, False, former)
    withdraw(one.practice, "Motivo")
    (change,) = Changes(QueryDict(f"desde={now}"))
    assert (change.publication.code, change.is_gone, change.former) == (document(8).code, True, former)
    assert [change.former for change in Changes(QueryDict("desde=0"))] == [()]
    assert [change.former for change in Changes(QueryDict(f"desde={now + 2}"))] == [()]


def test_facet_that_nobody_has_any_more_is_ignored_so_all_is_told_anew():
    """As the list does: a value that is in no practice is no value."""
    lonely = published(rich_document(1, category=RURAL))
    published(rich_document(2))
    now = CatalogueVersion.current()
    withdraw(lonely.practice, "Motivo")
    assert told(f"categoria=rural&desde={now}") == (True, ["002"], ["001"])


def test_what_was_told_before_facets_were_written_anew_is_of_another_time():
    published(rich_document(1))
    now = CatalogueVersion.current()
    CatalogueVersion.raise_for_rebuilding()
    rebuild_terms()
    for query in (f"categoria=oficinas&desde={now}", f"desde={now}"):
        assert told(query) == (True, ["001"], [])
    assert told(f"desde={CatalogueVersion.current()}") == (False, [], [])


def test_copy_from_before_a_backup_was_restored_is_told_all():
    """Versions after the backup were told, and lost; others come to have their numbers."""
    published(rich_document(1))
    lost = CatalogueVersion.current() + 3
    call_command("rebuild_search", restored=True, verbosity=0)
    for number in (2, 3, 4, 5):
        published(rich_document(number))
    assert told(f"desde={lost}") == (True, ["001", "002", "003", "004", "005"], [])


def test_publications_from_before_versions_were_kept_are_told_to_who_begins():
    published(rich_document(1))
    Publication.objects.update(changed_in=0)
    assert told("desde=0") == (True, ["001"], [])
    assert told("desde=2000-01-01") == (False, ["001"], [])
    assert [c.publication.number for c in Changes(QueryDict("desde=")).portion(5).changes] == [1]


@pytest.mark.parametrize("days", [0, 1, 30])
def test_day_holds_what_changed_from_its_beginning_on(days):
    at = timezone.now() - timedelta(days=days)
    old = publish(store_document(rich_document(1)), at=at - timedelta(days=3))
    publish(store_document(rich_document(2)), at=at)
    assert told(f"desde={timezone.localdate(at)}") == (False, ["002"], [])
    withdraw(old.practice, "Motivo")
    assert told(f"desde={timezone.localdate(at)}") == (False, ["002"], ["001"])
    assert told("desde=2099-01-01") == (False, [], [])


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-11-01T12:00:00Z", 12),
        ("2026-11-01T12:00:00-05:00", 17),
        ("2026-11-01T12:00+02:00", 10),
        ("2026-11-01T12:00 02:00", 10),
        ("2026-11-01T12:00:00.5 0200", 10),
        ("2026-11-01", 0),
    ],
)
def test_moment_is_read_with_its_offset(text, hour):
    assert read_moment(text).replace(microsecond=0) == datetime(2026, 11, 1, hour, tzinfo=UTC)


UNRELIABLE = [
    *("", "0", "-1", "99999999999999999999", "1.5", "ayer", "2026-13-01", "2026-11-01T12:00", "2026-11-01 12:00:00"),
    *("2026-11", "1-2", "5-1-3-3", "1-1-999-1", "1-1-2-3", "1-1-1-1-1", "٣", "\x00", "0001-01-01T00:00:00+05:00"),
    *("9999-12-31T23:59:59-05:00", "2026-11-01T12:00:00+99:00", "1\n", "x" * 9_000, "999999"),
]


@pytest.mark.parametrize("text", UNRELIABLE)
def test_what_cannot_be_relied_on_tells_all(text):
    published(rich_document(1))
    query = QueryDict(mutable=True)
    query["desde"] = text
    changes = Changes(query)
    assert (changes.is_complete, len(list(changes))) == (True, 1)


@given(st.text(max_size=60) | st.from_regex(r"[0-9T:+\- Z.]{1,30}"))
def test_any_text_is_read_or_not(text):
    moment = read_moment(text)
    assert moment is None or moment.utcoffset() == timedelta(0)


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 10**6), st.integers(0, 50))
def test_since_is_read_as_it_is_written(version, changed_in, pk, held):
    since = Since(version, Place(min(changed_in, version), pk), min(held, version))
    assert read_since(str(since), version) == since
    assert read_since(str(since), version - 1) is None
    whole = Since.of_version(version)
    assert (str(whole), read_since(str(whole), 50), whole.told.pk) == (str(version), whole, LAST)


@pytest.mark.django_db(transaction=True)
def test_changes_cost_the_same_queries_for_one_and_for_three():
    """Version, facets' changes, places, documents, tombstones, former codes. A moment is two more, and outside a
    request the version is read again for facets."""
    published(rich_document(9))
    now, spent = CatalogueVersion.current(), list[int]()
    for number in (1, 2, 3):
        published(rich_document(number))
        again(number, title="Otra")
        withdraw(published(rich_document(number + 3)).practice, "Motivo")
        today("")
        for query in (f"desde={now}", f"desde={now}&categoria=oficinas", "desde=2026-01-01", "desde="):
            with CaptureQueriesContext(connection) as captured:
                list(Changes(QueryDict(query)))
            spent.append(len(captured))
            with CaptureQueriesContext(connection) as captured:
                Changes(QueryDict(query)).portion(20)
            spent.append(len(captured))
    assert spent == [6, 6, 7, 7, 8, 8, 4, 4] * 3
