"""SQL that takes long is told without its values, and costs nothing where nobody wants to know."""

import pytest
from django.db import connection
from django.test import RequestFactory

from catalogue.watching import slow_queries
from catalogue.watching.reference import forget, name_request

MARK = "xilocarpo"
pytestmark = pytest.mark.django_db


@pytest.fixture
def watched(settings, caplog):
    """All SQL of this connection is slow."""
    settings.SLOW_QUERY_MS = 1
    wrappers = connection.execute_wrappers
    connection.execute_wrappers = []
    slow_queries.watch_connection(connection)
    slow_queries.watch_connection(connection)
    settings.SLOW_QUERY_MS = 0
    caplog.set_level("WARNING", "catalogue.slow_query")
    yield caplog
    connection.execute_wrappers = wrappers


def test_slow_query_is_told_once_without_its_values(watched):
    name_request(RequestFactory().get(f"/practicas/?q={MARK}"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT  name FROM auth_group\nWHERE name = %s", [MARK])
    forget()
    (record,) = watched.records
    assert (record.path, record.database) == ("/practicas/", "default")
    told = record.getMessage()
    assert told.startswith(f"slow query, {record.ms} ms, default, /practicas/: ")
    assert told.endswith(": SELECT name FROM auth_group WHERE name = %s")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT  a\n FROM b", "SELECT a FROM b"),
        ("x IN (%s, %s)", "x IN (%s, %s)"),
        ("x IN (%s, %s, %s, %s)", "x IN (%s, …)"),
        ("VALUES (%s, %s), (%s, %s), (%s, %s) ON x", "VALUES (%s, %s), … ON x"),
        ("VALUES (%s, %s, %s), (%s, %s, %s)", "VALUES (%s, …), …"),
        ("SELECT " + "a" * 2000, "SELECT " + "a" * 993),
    ],
)
def test_statement_is_told_as_long_as_it_needs_to_be_known(sql, told):
    assert slow_queries.statement(sql) == told


def test_query_that_fails_is_told_too_and_outside_a_request_as_well(watched):
    with pytest.raises(Exception, match="nothing"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nothing")
    assert [record.path for record in watched.records] == ["-"]


def test_quick_query_is_not_told(watched, settings):
    settings.SLOW_QUERY_MS = 60_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert watched.records == []


def test_nothing_is_watched_where_the_setting_is_0(settings, monkeypatch):
    settings.SLOW_QUERY_MS = 0
    connected = []
    monkeypatch.setattr(slow_queries.connection_created, "connect", lambda *args, **kwargs: connected.append(args))
    slow_queries.watch()
    assert connected == []
    settings.SLOW_QUERY_MS = 1
    slow_queries.watch()
    assert connected == [(slow_queries.watch_connection,)]
