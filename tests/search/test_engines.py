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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the options of FTS5")
def test_a_cleared_index_keeps_the_way_it_was_made():
    def made() -> list[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'practices_search%' ORDER BY name")
            return cursor.fetchall()

    before = made()
    with connection.cursor() as cursor:
        engine().clear(cursor)
    assert made() == before
    assert "tokenize='ascii'" in dict(before)["practices_search"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the queue of GIN")
def test_the_queue_of_the_index_is_small_again_after_many_entries(written):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'practices_search_tokens'")
        before = cursor.fetchone()
        engine().prepare(cursor)
        engine().settle(cursor)
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'practices_search_tokens'")
        assert cursor.fetchone() == before == (["gin_pending_list_limit=128"],)
