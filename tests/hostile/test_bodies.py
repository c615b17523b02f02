"""Bodies that nobody should send: too large, endless, of no length, in ten thousand pieces."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from practices.editorial.approval import invite
from tests.factories import practice, rich_document

from .harmless import require_harmless
from .wire import ask

TEN_GIGABYTES = str(10 * 1024**3)
ADDRESSES = (
    *(
        "/",
        "/practicas/",
        "/practicas.json",
        "/practicas/BP-X-Y-001-2020/",
        "/en/comparar/",
        "/no-existe/",
        "/robots.txt",
    ),
    *(
        "/admin/",
        "/admin/login/",
        "/admin/practices/practice/add/",
        "/admin/practices/importbatch/add/",
        "/revision/x/",
    ),
    *("/static/catalogue.css", "/sitemap.xml", "/identidad/logo"),
)
NO_LENGTHS = (
    "-1",
    "+1",
    "1_0",
    "abc",
    "1.5",
    "1e10",
    "0x10",
    " 5",
    "5 ",
    "5, 5",
    "\xb2",
    "\u0661".encode().decode("latin-1"),
    "\0",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("cookie", ["", f"{settings.SESSION_COOKIE_NAME}={'a' * 32}"])
def test_ten_gigabytes_are_refused_by_what_they_say(address, cookie):
    """Before a byte is read, and without asking the database."""
    for method in ("POST", "PUT", "GET"):
        answer = ask(address, method, CONTENT_LENGTH=TEN_GIGABYTES, HTTP_COOKIE=cookie)
        is_file = address.startswith("/static/")
        assert (answer.status, answer.read) == (404 if is_file and answer.status == 404 else 413, 0), method
        assert answer.seconds < 0.5


@pytest.mark.parametrize("length", ["9" * 20, "9" * 5_000, "10000000000"])
def test_length_of_any_number_of_digits_is_too_large(length):
    assert ask("/practicas/", "POST", CONTENT_LENGTH=length).status == 413


@pytest.mark.parametrize("length", NO_LENGTHS, ids=ascii)
def test_length_that_is_no_number_is_refused(length):
    for method, address in (("POST", "/revision/x/"), ("GET", "/practicas/"), ("POST", "/admin/login/")):
        answer = ask(address, method, CONTENT_LENGTH=length)
        assert (answer.status, answer.read) == (400, 0)


@pytest.mark.django_db
def test_body_without_a_length_is_not_read():
    answer = ask("/revision/x/", "POST", b"a=1", CONTENT_LENGTH="", CONTENT_TYPE="application/x-www-form-urlencoded")
    assert (answer.status, answer.read) == (404, 0)


# --- Forms in pieces ------------------------------------------------------------------------------------------------

EDGE = b"--x\r\n"
FIELD = EDGE + b'Content-Disposition: form-data; name="comment_general"\r\n\r\n'
FILE = EDGE + b'Content-Disposition: form-data; name="f"; filename="a.pdf"\r\n'
PIECES = {
    "ten thousand fields": FIELD + b"a\r\n" + (FIELD + b"b\r\n") * 10_000 + b"--x--\r\n",
    "ten thousand files": (FILE + b"\r\na\r\n") * 10_000 + b"--x--\r\n",
    "no end": FIELD + b"a",
    "no beginning": b"a" * 1_000_000,
    "only edges": b"--x\r\n" * 200_000,
    "edges without lines": b"--x" * 300_000,
    "a million line breaks": b"\r\n" * 500_000,
    "header without end": EDGE + b"Content-Disposition: form-data; name=" + b"a" * 1_000_000,
    "many headers": EDGE + b"x-a: b\r\n" * 100_000 + b"\r\na\r\n--x--\r\n",
    "many parameters": EDGE
    + b"Content-Disposition: form-data"
    + b"; a=b" * 180
    + b'; name="answer"\r\n\r\na\r\n--x--\r\n',
    "impossible encoding": EDGE + b"Content-Disposition: form-data; name*=undefined''%ff\r\n\r\na\r\n--x--\r\n",
    "encoding that is no text": EDGE
    + b"Content-Disposition: form-data; name*=hex''%ff; x*=a\0''b\r\n\r\na\r\n--x--\r\n",
    "no base64": EDGE
    + b'Content-Disposition: form-data; name="answer"\r\nContent-Transfer-Encoding: base64\r\n\r\n===\r\n--x--',
    "base64 of a file": FILE + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"A=" * 50_000 + b"\r\n--x--\r\n",
    "charset of a part": FILE + b"Content-Type: text/plain; charset=undefined\r\n\r\na\r\n--x--\r\n",
    "length of a part": FILE + b"Content-Length: 99999999999\r\n\r\na\r\n--x--\r\n",
    "mixed in mixed": FILE + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + EDGE * 1_000 + b"--x--\r\n",
    "name of nothing": EDGE + b'Content-Disposition: form-data; name=""; filename="\0"\r\n\r\na\r\n--x--\r\n',
    "bytes": bytes(range(256)) * 4_000,
}


@pytest.fixture
def link(db) -> str:
    """An author's link: the only form of a stranger's that is read without a cookie."""
    return f"/revision/{invite(practice(rich_document(1)), 'Gerencia', User.objects.create_superuser('jefa'))[1]}/"


@pytest.mark.parametrize("name", PIECES)
def test_form_in_odd_pieces_is_answered(link, name):
    answer = require_harmless(ask(link, "POST", PIECES[name], CONTENT_TYPE="multipart/form-data; boundary=x"))
    assert answer.status in (200, 400)


@pytest.mark.parametrize(
    "kind",
    [
        *("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\xff"),
        *(f"multipart/form-data; boundary={'a' * 60_000}", "multipart/form-data; boundary=x; charset=hex"),
        *("application/x-www-form-urlencoded; charset=utf-16", "application/json", "text/xml", "", "x" * 60_000),
    ],
    ids=lambda kind: ascii(kind[:60]),
)
def test_form_of_another_kind_is_answered(link, kind):
    for body in (FIELD + b"a\r\n--x--\r\n", b"answer=approved&answered_for=%ff%00", b"\xff\xfe" * 1_000):
        assert require_harmless(ask(link, "POST", body, CONTENT_TYPE=kind)).status in (200, 400)


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"a=1&" * 20_000,
            b"&" * 1_000_000,
            b"%" * 1_000_000,
            b"answer=" + b"%ff" * 300_000,
            b"=" * 1_000_000,
            b";" * 9,
        ),
        b"&".join(b"comment_%d=a" % number for number in range(4_900)),
        b"answered_for=" + b"%00" * 1_000 + b"&answer=approved",
    ],
    ids=lambda body: ascii(body[:12]),
)
def test_form_of_more_fields_than_anybody_has_is_answered(link, body):
    answer = require_harmless(ask(link, "POST", body, CONTENT_TYPE="application/x-www-form-urlencoded"))
    assert answer.status in (200, 400)


# --- The server that stands before all this -------------------------------------------------------------------------

CHUNK = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
HEAD = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n"
GET = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
MOST_MEMORY = 40 * 1024**2


class Server:
    """The application server as `make run` starts it, and the megabytes that it holds."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port, self.process = port, process

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def answer(self, *pieces: bytes) -> bytes:
        """The first line of what comes back; the server may close before everything is sent."""
        with self.connect() as connection:
            with suppress(ConnectionError):
                for piece in pieces:
                    connection.sendall(piece)
            with suppress(ConnectionError):
                return connection.recv(64).partition(b"\r\n")[0]
        return b""

    @property
    def memory(self) -> int:
        """Of all its processes, in bytes."""
        own = [self.process.pid, *_children(self.process.pid)]
        return sum(_resident(pid) for pid in own)


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [child for one in map(int, found) for child in (one, *_children(one))]


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": f"sqlite:///{folder / 'none.sqlite3'}",
        "INSECURE_HTTP": "1",
        "VAR_DIR": str(folder),
    }
    how = ["--interface", "wsgi", "--no-ws", "--no-access-log", "--blocking-threads", "2"]
    command = [sys.executable, "-m", "granian", *how, "--port", str(port), "catalogue.wsgi:application"]
    process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    found = Server(port, process)
    try:
        _wait_for(found)
        yield found
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(server: Server) -> None:
    for _attempt in range(300):
        with suppress(OSError):
            if server.answer(GET).endswith(b"200 OK"):
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def test_server_refuses_ten_gigabytes_before_they_come(server):
    assert server.answer(HEAD, f"Content-Length: {TEN_GIGABYTES}\r\n\r\n".encode()).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("length", [b"-1", b"abc", b"1_0", b"+5", b"\xb2", b"9" * 5_000, b"5\r\nContent-Length: 6"])
def test_server_refuses_lengths_that_are_none(server, length):
    """By itself, or by closing."""
    status = server.answer(HEAD, b"Content-Length: ", length, b"\r\n\r\nabcde")[9:12]
    assert status in (b"", b"400", b"413")
    assert server.answer(GET).endswith(b"200 OK")


def test_endless_chunks_fill_no_memory(server):
    """Fifty megabytes of a body without a length: nobody reads them, and nothing keeps them."""
    before = server.memory
    server.answer(HEAD, b"Transfer-Encoding: chunked\r\n\r\n", *[CHUNK] * 50)
    assert server.memory - before < MOST_MEMORY
    assert server.answer(GET).endswith(b"200 OK")


@pytest.mark.parametrize(
    "head",
    [
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /admin/ HTTP/1.1\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n",
        b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"X: a\r\n" * 10_000 + b"\r\n",
        b"X\0: a\r\n\r\n",
        b"X: a\r\n continued\r\n\r\n",
        b"\xff\xff\xff",
    ],
    ids=lambda head: ascii(head[:24]),
)
def test_server_outlives_broken_heads(server, head):
    """An answer, or a closed door: what is no body is nothing to a page that reads none."""
    status = server.answer(HEAD, head, b"\r\n\r\n")[9:10]
    assert status in (b"", b"2", b"4")
    assert server.answer(GET).endswith(b"200 OK")


def test_slow_heads_hold_nobody_up(server):
    """Two hundred who never finish what they ask, and one who does."""
    slow = [server.connect() for _number in range(200)]
    try:
        for connection in slow:
            connection.sendall(HEAD + b"X: a")
        begun = time.monotonic()
        assert server.answer(GET).endswith(b"200 OK")
        assert time.monotonic() - begun < 5
    finally:
        for connection in slow:
            connection.close()
