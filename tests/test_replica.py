"""Public pages are read from the replica, and from the other database while one is away. A copy plays it; tests/deploy
does the same with two servers that follow each other."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from catalogue import replica
from catalogue.absence import Absences
from catalogue.replica import PAUSE, PRIMARY, REPLICA, PublicReads, Router, is_public, reading_from, sources
from practices.models.publication import Publication
from tests.factories import document, published

pytestmark = pytest.mark.django_db(transaction=True)
PRACTICE = "/practicas/BP-PRUEBA-SSPD-001-2020/"


class Copy:
    """A replica that follows when it is told to: another file, or another database of the same server."""

    def __init__(self, folder: Path) -> None:
        self.primary = str(connection.settings_dict["NAME"])
        self.is_file = connection.vendor == "sqlite"
        self.name = str(folder / "replica.sqlite3") if self.is_file else f"{self.primary}_replica"

    def follow(self) -> None:
        self._leave()
        if self.is_file:
            with sqlite3.connect(self.name) as target:
                connection.connection.backup(target)
            return
        # A database is copied while nobody is in it.
        connection.close()
        connection.close_pool()
        self._of_the_server(f'DROP DATABASE IF EXISTS "{self.name}"')
        self._of_the_server(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.primary}"')

    def end(self) -> None:
        self._leave()
        del connections[REPLICA]
        if not self.is_file:
            self._of_the_server(f'DROP DATABASE "{self.name}"')

    def _leave(self) -> None:
        if getattr(connections._connections, REPLICA, None):
            connections[REPLICA].close()
            if not self.is_file:
                connections[REPLICA].close_pool()

    def _of_the_server(self, sql: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)


@pytest.fixture
def two(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    """A primary, and a replica that stopped following it after the first practice was published."""
    copy = Copy(tmp_path)
    published(document(1, title="Medidores", summary="La lectura."))
    copy.follow()
    published(document(2, title="Tuberías", summary="El agua."))
    # Tests may use what is not in DATABASES without asking.
    connections[REPLICA] = connection.copy(REPLICA)
    connections[REPLICA].settings_dict["NAME"] = copy.name
    settings.REPLICA_URL = "the copy"
    settings.DATABASE_ROUTERS = ["catalogue.replica.Router"]
    monkeypatch.setattr(replica, "absences", Absences(PAUSE))
    yield copy
    copy.end()


def ask(path: str, **cookies: str):
    client = Client()
    client.cookies.load(cookies)
    return client.get(path)


def lose(alias: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """That database does not answer any more; who asked it all the same."""
    asked: list[str] = []
    lost = connections[alias]

    def refused(*args: object, **kwargs: object) -> None:
        asked.append(alias)
        raise OperationalError("away")

    monkeypatch.setattr(lost, "cursor", refused)
    return asked


def test_public_pages_are_of_the_replica_and_consistent(two: Copy) -> None:
    """Its list, its facets, its search, its version: nothing is of the primary."""
    page = ask("/practicas/")
    assert ("Medidores" in page.content.decode(), "Tuberías" in page.content.decode()) == (True, False)
    assert "Tuberías" not in ask("/practicas/?q=tuberias").content.decode()
    assert ask("/practicas/BP-PRUEBA-SSPD-002-2020/").status_code == 404
    assert (ask(PRACTICE).status_code, ask(f"{PRACTICE[:-1]}.json").status_code) == (200, 200)


def test_answer_in_pieces_is_of_the_replica_to_its_end(two: Copy) -> None:
    text = ask("/practicas.csv").getvalue().decode("utf-8-sig")
    assert ("Medidores" in text, "Tuberías" in text) == (True, False)


def test_etag_is_of_the_database_that_was_read(two: Copy) -> None:
    """Who asks another server, which has followed further, gets the new page and no 304."""
    behind = ask("/practicas/")["ETag"]
    two.follow()
    ahead = ask("/practicas/", **{project.SESSION_COOKIE_NAME: "x"})["ETag"]
    assert behind != ahead


def test_who_works_there_sees_at_once_what_was_published(two: Copy) -> None:
    page = ask("/practicas/", **{project.SESSION_COOKIE_NAME: "x"})
    assert "Tuberías" in page.content.decode()


def test_commands_read_the_primary(two: Copy) -> None:
    assert Publication.objects.count() == 2
    with reading_from(REPLICA):
        assert Publication.objects.count() == 1
        assert Publication.objects.using(PRIMARY).count() == 2


def test_replica_that_is_away_is_asked_once(two: Copy, monkeypatch, caplog) -> None:
    asked = lose(REPLICA, monkeypatch)
    pages = [ask("/practicas/") for _ in range(5)]
    assert ["Tuberías" in page.content.decode() for page in pages] == [True] * 5
    assert len(asked) == 1
    assert [record.message for record in caplog.records if record.name == "catalogue.replica"] == [
        "the replica database is away: public pages are read from the other one"
    ]


def test_replica_that_comes_back_is_read_again(two: Copy, monkeypatch) -> None:
    with monkeypatch.context() as outage:
        lose(REPLICA, outage)
        assert "Tuberías" in ask("/practicas/").content.decode()
    assert "Tuberías" in ask("/practicas/").content.decode()
    monkeypatch.setattr(replica, "absences", Absences(-1.0))
    replica.absences.begins(REPLICA)
    assert "Tuberías" not in ask("/practicas/").content.decode()


def test_public_never_needs_the_primary(two: Copy, monkeypatch) -> None:
    asked = lose(PRIMARY, monkeypatch)
    for path in (
        "/",
        "/en/",
        "/practicas/",
        "/practicas/?q=lectura",
        PRACTICE,
        "/practicas.csv",
        "/datos.json",
        "/no/",
    ):
        answer = ask(path)
        assert (path, answer.status_code) == (path, 404 if path == "/no/" else 200)
    assert asked == []


def test_primary_that_is_away_is_a_503_for_staff_only(two: Copy, monkeypatch) -> None:
    lose(PRIMARY, monkeypatch)
    session = {project.SESSION_COOKIE_NAME: "a" * 32}
    assert (ask("/admin/", **session).status_code, ask("/practicas/", **session).status_code) == (503, 200)


def test_search_that_finds_nothing_is_answered_without_the_primary(two: Copy, monkeypatch) -> None:
    asked = lose(PRIMARY, monkeypatch)
    assert [ask(f"/practicas/?q=zzzz{letter}").status_code for letter in "qxw"] == [200] * 3
    # The first tried to count it.
    assert len(asked) <= 1


def test_without_both_it_is_a_503(two: Copy, monkeypatch) -> None:
    for alias in (PRIMARY, REPLICA):
        lose(alias, monkeypatch)
    answer = ask("/practicas/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


@pytest.mark.parametrize(
    ("method", "path", "public"),
    [
        ("GET", "/", True),
        ("HEAD", "/practicas/", True),
        ("GET", "/en/practicas/", True),
        ("POST", "/practicas/", False),
        ("GET", "/admin/", False),
        ("GET", "/en/admin/", False),
        ("GET", "/admin", False),
        ("GET", "/revision/x/", False),
        ("GET", "/en/revision/x/", False),
    ],
)
def test_public_is_what_everybody_may_read(method: str, path: str, public: bool) -> None:
    assert is_public(RequestFactory().generic(method, path)) is public


def test_nothing_is_written_to_the_replica() -> None:
    router = Router()
    with reading_from(REPLICA):
        assert (router.db_for_read(Publication), router.db_for_write(Publication)) == (REPLICA, PRIMARY)
    assert (router.allow_migrate(PRIMARY, "practices"), router.allow_migrate(REPLICA, "practices")) == (True, False)


def test_an_answer_that_was_on_its_way_does_not_end_an_outage(two: Copy, caplog) -> None:
    """It was asked for before the replica went, and came after another request had noticed."""

    def slow(request: HttpRequest) -> HttpResponse:
        replica.absences.begins(REPLICA)
        return HttpResponse()

    PublicReads(slow)(RequestFactory().get("/"))
    assert REPLICA in replica.absences
    assert caplog.records == []


def test_sources_of_a_stranger_and_of_staff() -> None:
    request = RequestFactory().get("/")
    assert sources(request) == [REPLICA, PRIMARY]
    request.COOKIES[project.SESSION_COOKIE_NAME] = "x"
    assert sources(request) == [PRIMARY, REPLICA]
