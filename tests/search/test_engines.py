import pytest
from django.db import connection, transaction
from pyroaring import BitMap

from practices.search.engines import engine

TERMS = [(("ragu",), False), (("ragu", "rpotabl"), False), (("cb",), True), (("tnad",), False)]
FOUND = [BitMap([1, 2, 900]), BitMap([2]), BitMap([900]), BitMap()]

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    entries = [(1, ["ragu", "", "rpotabl"]), (2, ["ragu", "rpotabl"]), (900, ["cbp", "ragu"])]
    with connection.cursor() as cursor:
        engine().write(cursor, entries)
    return entries


@pytest.mark.parametrize("upto", [None, 900, 1_000_000])
@pytest.mark.parametrize("after", [0, 1, 2, 900])
def test_postings_above_an_id_are_the_same_however_many_may_be_expected(written, after, upto):
    with connection.cursor() as cursor:
        found = engine().postings(cursor, TERMS, after, upto)
    assert found == [BitMap(pk for pk in ids if pk > after) for ids in FOUND]


def test_what_is_cleared_and_written_in_large_portions_is_found_as_before(written):
    with transaction.atomic(), connection.cursor() as cursor:
        engine().clear(cursor)
        assert engine().ids(cursor) == BitMap()
        engine().prepare(cursor)
        engine().write(cursor, written)
        engine().settle(cursor)
        assert engine().ids(cursor) == BitMap([1, 2, 900])
        assert engine().postings(cursor, TERMS) == FOUND


HOW_MADE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE name LIKE 'practices_search%' ORDER BY name",
    "postgresql": "SELECT reloptions::text, relname FROM pg_class WHERE relname = 'practices_search_tokens'",
}
MADE_WITH = {"sqlite": "tokenize='ascii'", "postgresql": "gin_pending_list_limit=128"}


def how_made() -> list[tuple[str, str]]:
    """The options of FTS5, or the queue of GIN."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_MADE[connection.vendor])
        return cursor.fetchall()


def test_the_index_keeps_the_way_it_was_made_when_it_is_written_anew(written):
    before = how_made()
    assert MADE_WITH[connection.vendor] in str(before)
    with transaction.atomic(), connection.cursor() as cursor:
        engine().clear(cursor)
        engine().prepare(cursor)
        engine().write(cursor, written)
        engine().settle(cursor)
    assert how_made() == before
