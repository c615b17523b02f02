"""/healthz and /readyz say what they should to whoever asks, however bad it is."""

import os
import shutil
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from catalogue import readiness
from catalogue.places import sqlite_file
from practices.models.publication import Publication
from tests.factories import document, published

DELETE_ONE = {
    "sqlite": "DELETE FROM practices_search WHERE rowid = %s",
    "postgresql": "DELETE FROM practices_search WHERE id = %s",
}
READY = {"database": "ok", "migrations": "ok", "index": "ok", "disk": "ok"}


@pytest.fixture(autouse=True)
def _as_this_installation_is_now():
    """Which checks there are is found out once in a process."""
    readiness.checks.cache_clear()
    yield
    readiness.checks.cache_clear()


@pytest.fixture
def without_a_database(monkeypatch):
    def refuse(self):
        raise OperationalError("connection to 10.9.8.7 refused, user xilocarpo")

    connections.close_all()
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)


ANY_HOST = ["testserver", "10.0.0.7", "10.0.0.7:8000", "nada.example", "[::1]"]


@pytest.mark.parametrize("host", ANY_HOST)
@pytest.mark.parametrize("method", ["get", "head"])
def test_process_answers_for_any_host_without_a_database(client, without_a_database, settings, host, method):
    settings.SECURE_SSL_REDIRECT = True
    answer = getattr(Client(headers={"Host": host}), method)("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok" if method == "get" else b"")
    assert answer["Content-Type"] == "text/plain"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("host", ANY_HOST)
def test_site_that_has_what_it_needs_is_ready_for_any_host(settings, host):
    published()
    settings.SECURE_SSL_REDIRECT = True
    answer = Client(headers={"Host": host}).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "checks": READY})
    assert "Retry-After" not in answer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_leave_no_trace_and_have_the_headers_of_every_answer(client, address):
    answer = client.get(address)
    assert not answer.cookies
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert "Vary" not in answer
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert client.post(address).status_code == 405


def failing(client: Client) -> dict[str, str]:
    """The checks that fail, of an answer that says so."""
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert answer.json()["status"] == "failing"
    return {name: verdict for name, verdict in answer.json()["checks"].items() if verdict != "ok"}


def test_database_that_is_away_is_told_without_saying_which(client, without_a_database):
    assert failing(client) == {"database": "no answer", "migrations": "not known", "index": "not known"}
    told = client.get("/readyz").content.decode()
    assert [word for word in ("10.9.8.7", "xilocarpo", "sqlite", "postgres") if word in told] == []


def test_database_that_never_answers_holds_nobody_back_and_is_asked_once(client, monkeypatch):
    asked, answered = [], threading.Event()

    def hang(self):
        asked.append(threading.current_thread().name)
        answered.wait(20)
        raise OperationalError

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", hang)
    try:
        began = time.monotonic()
        assert failing(client)["database"] == "no answer"
        first = time.monotonic() - began
        for _ in range(5):
            assert failing(client)["database"] == "no answer"
        assert (first < 1, time.monotonic() - began < 1.5) == (True, True)
        assert asked == ["readiness-database"]
    finally:
        answered.set()


def test_what_fails_is_logged_once_for_whoever_runs_the_site(client, without_a_database, caplog):
    failing(client)
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert errors == ["not ready: database: no answer, migrations: not known, index: not known"]


@pytest.mark.django_db(transaction=True)
def test_database_for_reading_that_is_away_is_told_and_takes_no_server_out(client, settings, monkeypatch):
    told = SimpleNamespace(DATABASES={**settings.DATABASES, "replica": {}}, CACHE_URL="", READY_FREE_MB=0)
    monkeypatch.setattr(readiness, "settings", told)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "checks": {**READY, "replica": "no answer"}},
    )


@pytest.mark.django_db(transaction=True)
def test_migration_that_the_database_lacks_is_told(client, monkeypatch):
    lacking = readiness.wanted_migrations() | {("practices", "9999_of_tomorrow")}
    monkeypatch.setattr(readiness, "wanted_migrations", lambda: lacking)
    assert failing(client) == {"migrations": "1 pending", "index": "not known"}


@pytest.mark.django_db(transaction=True)
def test_index_that_is_not_that_of_the_publications_is_told(client):
    published(document(1))
    second = published(document(2))
    assert client.get("/readyz").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(DELETE_ONE[connection.vendor], [second.pk])
    assert failing(client) == {"index": "not that of the publications"}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM practices_search")
    assert failing(client) == {"index": "empty"}
    assert Publication.objects.current().count() == 2


@pytest.mark.django_db(transaction=True)
def test_folder_that_is_gone_or_has_little_room_is_told_without_its_name(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    assert failing(client) == {"disk": "a folder is missing"}
    settings.VAR_DIR.mkdir()
    assert client.get("/readyz").status_code == 200
    settings.READY_FREE_MB = shutil.disk_usage(tmp_path).free // readiness.MEGABYTE + 1_000_000
    assert failing(client) == {"disk": "little room"}
    settings.READY_FREE_MB = 0
    assert client.get("/readyz").status_code == 200


def test_folder_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "access", lambda folder, mode: False)
    assert readiness.disk_fault(tmp_path) == "a folder cannot be written"


@pytest.mark.django_db(transaction=True)
def test_folder_for_passing_files_counts_too(client, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "gone"))
    assert failing(client) == {"disk": "a folder is missing"}


@pytest.mark.parametrize(
    ("engine", "name", "file"),
    [
        ("sqlite3", "/srv/data/catalogue.sqlite3", Path("/srv/data/catalogue.sqlite3")),
        ("sqlite3", ":memory:", None),
        ("sqlite3", "file:memorydb_default?mode=memory&cache=shared", None),
        ("postgresql", "catalogue", None),
    ],
)
def test_file_of_sqlite_is_known_and_nothing_else_taken_for_one(engine, name, file):
    assert sqlite_file({"ENGINE": f"django.db.backends.{engine}", "NAME": name}) == file


@pytest.mark.django_db(transaction=True)
def test_cache_counts_where_there_is_one(client, settings):
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": settings.CACHE_URL}
    }
    assert failing(client) == {"cache": "no answer"}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert failing(client) == {"cache": "keeps nothing"}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert client.get("/readyz").json()["checks"] == {**READY, "cache": "ok"}


@pytest.mark.django_db
def test_addresses_like_the_probes_are_pages_like_any_other(client):
    assert [client.get(f"/{name}/").status_code for name in ("healthz", "readyz", "en/healthz")] == [404, 404, 404]
    assert client.get("/healthz", headers={"Host": "nada.example"}).status_code == 200
    assert client.get("/", headers={"Host": "nada.example"}).status_code == 400
