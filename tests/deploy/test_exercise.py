"""What docs/operations.md promises of a site with two instances, a replica and Redis: stood up here, and things taken
away from it while people visit."""

import contextlib
import http.client
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from .load import VISITORS, Visit, Visitors
from .services import until
from .stand import HOST, Stand, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not on this machine: {missing()} (apt install)")

# More than a process of Debian's nginx has connections.
BEGUN = 800
NAME, PASSWORD = "ejercicio", "una-frase-larga-de-prueba"
MAKE_USER = f"""
from django.contrib.auth.models import User
User.objects.create_superuser({NAME!r}, password={PASSWORD!r})
"""


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    folder = Path(tempfile.mkdtemp(prefix="catalogue-stand-"))
    stand = Stand(folder)
    try:
        stand.build()
        yield stand
    finally:
        stand.end()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def session(stand: Stand) -> str:
    """The cookie of somebody who works there."""
    stand.manage("shell", "-c", MAKE_USER)
    visit = Visit(stand)
    page = visit.ask("/admin/login/")
    page.read()
    token = SimpleCookie(page.headers["Set-Cookie"])["__Host-csrftoken"].value
    form = urlencode({"username": NAME, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/admin/"})
    headers = {
        "Host": HOST,
        "Cookie": f"__Host-csrftoken={token}",
        "Referer": f"https://{HOST}/admin/login/",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    visit.request("POST", "/admin/login/", form, headers)
    answer = visit.getresponse()
    answer.read()
    cookies = SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie", [])))
    assert answer.status == 302, answer.status
    return f"__Host-sessionid={cookies['__Host-sessionid'].value}"


def status(stand: Stand, path: str, **headers: str) -> int:
    visit = Visit(stand)
    answer = visit.ask(path, **headers)
    answer.read()
    visit.close()
    return answer.status


def all_well(report) -> None:
    print(report)
    assert report.answers > 20
    assert dict(report.failed) == {}


def test_smoke_test_passes_through_nginx(stand: Stand) -> None:
    done = stand.smoke()
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("asked", [b"HTTP/1.1\r\nHost: otro.example.org", b"HTTP/1.0"], ids=["another", "none"])
@pytest.mark.parametrize("is_plain", [False, True], ids=["tls", "plain"])
def test_who_asks_for_no_host_of_ours_gets_nothing(stand: Stand, is_plain: bool, asked: bytes) -> None:
    """Not even a page of nginx's own, with its version. What the TLS names is not what is asked for in it."""
    visit = http.client.HTTPConnection("127.0.0.1", stand.http, timeout=10) if is_plain else Visit(stand)
    with contextlib.closing(visit):
        visit.connect()
        visit.sock.sendall(b"GET / %b\r\n\r\n" % asked)
        assert visit.sock.recv(1000) == b""


def test_who_begins_requests_by_the_hundred_keeps_nobody_out(stand: Stand) -> None:
    """With the first line of each, and no more: nginx counts visitors when it has read what they ask."""
    with contextlib.ExitStack() as begun:
        for _ in range(BEGUN):
            one = begun.enter_context(socket.create_connection(("127.0.0.1", stand.http), timeout=5))
            one.sendall(b"GET / HTTP/1.1\r\n")
        # nginx takes them in turn.
        time.sleep(0.5)
        assert [status(stand, "/healthz") for _ in range(5)] == [200] * 5


def test_instance_that_is_killed_is_missed_by_nobody(stand: Stand) -> None:
    with Visitors(stand) as report:
        time.sleep(0.5)
        stand.kill(1)
        time.sleep(2)
        stand.restart(1)
        time.sleep(0.5)
    # An answer in pieces that was on its way cannot be asked for again by nginx: its reader sees that it was cut. Of
    # those each visitor has one at a time, and half of them are the other instance's.
    assert report.failed.pop("IncompleteRead /practicas.csv", 0) <= VISITORS // 2
    all_well(report)


def test_another_release_comes_in_and_goes_back_unnoticed(stand: Stand) -> None:
    stand.release("second")
    with Visitors(stand) as report:
        stand.switch("second")
        time.sleep(0.5)
        stand.switch("first")
    all_well(report)


def test_pages_go_on_without_redis(stand: Stand) -> None:
    with Visitors(stand) as report:
        time.sleep(0.3)
        stand.redis.kill()
        time.sleep(1.5)
        stand.redis.begin()
        time.sleep(0.5)
    all_well(report)


def test_pages_go_on_without_the_replica(stand: Stand) -> None:
    with Visitors(stand) as report:
        time.sleep(0.3)
        stand.replica.stop(signal.SIGQUIT)
        time.sleep(2)
        stand.replica.begin()
        until(lambda: "the replica database answers again" in stand.says(), "nobody reads the replica again", 20)
    all_well(report)
    assert stand.says().count("the replica database is away") <= 2


def test_what_is_published_reaches_the_replica(stand: Stand) -> None:
    before = stand.replica.asked("SELECT pg_last_wal_replay_lsn()")
    stand.manage("import_practices", "fixtures/records/BP-ANDESCO-SSPD-002-2020.json", "--publish", "-v0")
    until(lambda: status(stand, "/practicas/BP-ANDESCO-SSPD-002-2020/") == 200, "the replica does not follow", 10)
    assert stand.replica.asked("SELECT pg_last_wal_replay_lsn()") != before


def test_pages_go_on_without_the_primary_and_staff_are_told(stand: Stand, session: str) -> None:
    assert status(stand, "/admin/", Cookie=session) == 200
    with Visitors(stand) as report:
        time.sleep(0.3)
        stand.primary.stop(signal.SIGQUIT)
        assert status(stand, "/admin/", Cookie=session) == 503
        # Who works there reads public pages of the replica, too.
        assert status(stand, "/practicas/", Cookie=session) == 200
        # A search that finds nothing is not counted, and answered all the same.
        assert status(stand, "/practicas/?q=zzzzqx") == 200
        stand.primary.begin()
        healed = until(lambda: status(stand, "/admin/", Cookie=session) == 200, "staff do not get in again", 15)
    print(f"staff are back after {healed:.1f} s")
    all_well(report)


def test_without_both_databases_the_catalogue_says_so_itself(stand: Stand) -> None:
    stand.replica.stop(signal.SIGQUIT)
    stand.primary.stop(signal.SIGQUIT)
    visit = Visit(stand)
    answer = visit.ask("/practicas/?q=nadie+lo+ha+buscado")
    text = answer.read().decode()
    assert (answer.status, answer.headers["Retry-After"], "El catálogo no está disponible" in text) == (
        503,
        "10",
        True,
    )
    stand.primary.begin()
    stand.replica.begin()
    until(lambda: status(stand, "/practicas/?q=y+ahora") == 200, "the site does not heal", 15)


def test_without_any_instance_nginx_shows_its_page(stand: Stand) -> None:
    for number in (1, 2):
        stand.kill(number)
    visit = Visit(stand)
    answer = visit.ask("/practicas/")
    text = answer.read().decode()
    assert (answer.status, answer.headers["Retry-After"], "mantenimiento" in text) == (503, "30", True)
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains; preload"]
    assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
