"""A visit to an address: what it asks, what it never asks, and what it makes of each answer."""

import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from practices.models.link_check import Reason
from practices.upkeep import asking, visiting
from practices.upkeep.asking import seconds_of
from practices.upkeep.outcomes import Outcome, Verdict
from practices.upkeep.targets import NotLookedUp
from practices.upkeep.visiting import Resting, Visitor

from .servers import Clock, Site, site, status, text, visitor, written

ONE, TWO = "uno.example.org", "dos.example.org"


@pytest.fixture
def world() -> Iterator[Site]:
    with site() as found:
        yield found


@pytest.mark.parametrize(
    ("code", "verdict", "reason"),
    [
        (200, Verdict.ANSWERS, None),
        (204, Verdict.ANSWERS, None),
        (304, Verdict.ANSWERS, None),
        (400, Verdict.ANSWERS, None),
        (401, Verdict.ANSWERS, None),
        (403, Verdict.ANSWERS, None),
        (451, Verdict.ANSWERS, None),
        (404, Verdict.FAILS, Reason.NOT_FOUND),
        (410, Verdict.FAILS, Reason.NOT_FOUND),
        (429, Verdict.UNSURE, Reason.BUSY),
        (500, Verdict.UNSURE, Reason.SERVER_ERROR),
        (503, Verdict.UNSURE, Reason.BUSY),
    ],
)
def test_each_status_is_told_as_what_it_proves(world: Site, code: int, verdict: Verdict, reason: Reason) -> None:
    world.pages["/"] = status(code)

    assert visitor().visit(world.at(ONE)) == Outcome(verdict, reason, code)


def test_a_page_that_answers_a_head_is_asked_nothing_more(world: Site) -> None:
    world.pages["/a?b=1"] = status(200)
    visitor().visit(world.at(ONE, "/a?b=1#final"))

    assert world.asked == [f"GET {ONE} /robots.txt", f"HEAD {ONE} /a?b=1"]


@pytest.mark.parametrize("refusal", [status(405), status(501), status(404), status(403), written()])
def test_a_head_that_is_refused_is_followed_by_a_get_of_one_byte(world: Site, refusal) -> None:
    world.pages |= {"HEAD /": refusal, "GET /": status(206)}

    assert visitor().visit(world.at(ONE)) == Outcome(Verdict.ANSWERS, None, 206)
    assert world.pages_asked == [f"HEAD {ONE} /", f"GET {ONE} /"]
    assert world.headers[-1]["Range"] == "bytes=0-0"


def test_it_says_who_it_is_and_carries_nothing_else(world: Site, monkeypatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    world.pages |= {"/": status(302, Location="/b", Set_Cookie="a=b", WWW_Authenticate="Basic"), "/b": status(200)}
    outcome = visitor().visit(world.at(ONE))

    assert outcome == Outcome(Verdict.ANSWERS, None, 200)
    assert [set(headers) for headers in world.headers[1:]] == [
        {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    ] * 2
    assert world.headers[-1]["User-Agent"] == "LinkCheck/1.0 (prueba; +https://catalogo.example/)"


# --- Redirects ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hops", "verdict"), [(5, Verdict.ANSWERS), (6, Verdict.UNSURE)])
def test_five_redirects_are_followed(world: Site, hops: int, verdict: Verdict) -> None:
    world.pages |= {f"/{hop}": status(302, Location=f"/{hop + 1}") for hop in range(hops)}
    world.pages[f"/{hops}"] = status(200)

    assert visitor().visit(world.at(ONE, "/0")).verdict is verdict
    assert len(world.pages_asked) == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:6379/",
        "//10.0.0.1/",
        "http://interno.example.org/",
        "http://[::ffff:169.254.169.254]/",
        "http://0x7f000001/",
        "http://user:secret@dos.example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://[/",
    ],
)
def test_a_redirect_into_a_private_network_is_not_followed(world: Site, location: str) -> None:
    """Every name but that of the first server leads to where no visit may go."""
    world.pages["/"] = status(302, Location=location)
    names = {ONE: ["127.0.0.1"], "interno.example.org": ["10.0.0.7"]}
    first = visitor(resolve=lambda host, port: names[host], ports=[80, world.port])

    assert first.visit(world.at(ONE)) == Outcome(Verdict.UNSURE, Reason.NOT_PUBLIC)
    assert world.pages_asked == [f"HEAD {ONE} /"]


def test_by_default_a_server_of_this_machine_is_not_asked(world: Site) -> None:
    plain = Visitor("LinkCheck", resolve=lambda host, port: ["127.0.0.1"], ports=range(65_536))

    assert plain.visit(world.at(ONE)) == Outcome(Verdict.UNSURE, Reason.NOT_PUBLIC)
    assert world.asked == []


def test_a_name_that_changes_its_machine_after_it_was_looked_at_gains_nothing(world: Site) -> None:
    """DNS rebinding: a public address first, a private one for whoever asks again."""
    world.pages["/"] = status(200)
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1", "10.0.0.1"]])
    first = visitor(resolve=lambda host, port: next(answers))

    assert first.visit(world.at(ONE)) == Outcome(Verdict.ANSWERS, None, 200)
    assert [first.visit(world.at(ONE)) for _time in range(2)] == [Outcome(Verdict.UNSURE, Reason.NOT_PUBLIC)] * 2
    assert len(world.pages_asked) == 1


def test_the_machine_that_was_looked_at_is_the_one_that_is_asked(world: Site, monkeypatch) -> None:
    """The system's resolver is never asked for a name."""
    world.pages["/"] = status(200)
    asked = []
    known = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: asked.append(host) or known(host, *rest, **more)
    )
    visitor().visit(world.at(ONE))

    assert set(asked) == {"127.0.0.1"}


# --- Servers that are no friends ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (written(b"HTTP/1.1 200 OK\r\n", forever=b"X", between=0.05), Outcome(Verdict.FAILS, Reason.TIMEOUT)),
        (written(b"HTTP/1.1 200 OK\r\n", forever=b"a: b\r\n"), Outcome(Verdict.FAILS, Reason.NO_ANSWER)),
        (written(forever=b"HTTP/1.1 100 Continue\r\n\r\n"), Outcome(Verdict.ANSWERS)),
        (written(b"HTTP/1.1 200 OK\r\na: ", forever=b"x" * 1000), Outcome(Verdict.ANSWERS)),
        (written(b"\x00\xff" * 50 + b"\n"), Outcome(Verdict.FAILS, Reason.NO_ANSWER)),
        (written(b"HTTP/1.1 999999 No\r\n\r\n"), Outcome(Verdict.FAILS, Reason.NO_ANSWER)),
        (written(b"HTTP/1.1 200 OK\r\n\r\n", forever=b"x" * 1000), Outcome(Verdict.ANSWERS, None, 200)),
    ],
    ids=["dripping", "headers without end", "continue for ever", "a header without end", "noise", "status", "body"],
)
def test_an_answer_without_an_end_takes_neither_time_nor_memory(world: Site, monkeypatch, answer, outcome) -> None:
    monkeypatch.setattr(visiting, "SECONDS", 1.0)
    monkeypatch.setattr(visiting, "FIRST_SECONDS", 0.4)
    world.pages["/"] = answer
    began = time.monotonic()

    assert visitor(clock=time.monotonic, pause=0).visit(world.at(ONE)) == outcome
    assert time.monotonic() - began < 3


def test_a_server_that_takes_the_call_and_says_nothing_costs_the_time_of_one_address(monkeypatch) -> None:
    monkeypatch.setattr(visiting, "SECONDS", 0.6)
    monkeypatch.setattr(visiting, "FIRST_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://{ONE}:{silent.getsockname()[1]}/"
        began = time.monotonic()
        outcome = visitor(clock=time.monotonic, pause=0).visit(address)

    assert (outcome, time.monotonic() - began < 3) == (Outcome(Verdict.FAILS, Reason.TIMEOUT), True)


def test_a_port_where_nobody_listens_is_out_of_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    assert visitor().visit(f"http://{ONE}:{port}/") == Outcome(Verdict.FAILS, Reason.UNREACHABLE)


def test_a_name_that_does_not_exist_fails_and_one_that_cannot_be_looked_up_proves_nothing() -> None:
    def away(host: str, port: int) -> list[str]:
        raise NotLookedUp(host)

    assert visitor(resolve=lambda host, port: []).visit(f"http://{ONE}/") == Outcome(Verdict.FAILS, Reason.NO_NAME)
    assert visitor(resolve=away).visit(f"http://{ONE}/") == Outcome(Verdict.UNSURE, Reason.NAME_SERVER)


def test_of_two_machines_one_may_be_down(world: Site, monkeypatch) -> None:
    world.pages["/"] = status(200)
    both = visitor(resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"], is_allowed=lambda ip: ip.startswith("127."))

    assert both.visit(world.at(ONE)) == Outcome(Verdict.ANSWERS, None, 200)


# --- Manners --------------------------------------------------------------------------------------------------------


def test_a_server_has_its_pause_and_another_one_does_not_wait_for_it(world: Site) -> None:
    world.pages["/"] = status(200)
    clock = Clock()
    polite = visitor(clock=clock, sleep=clock.sleep, pause=2.0)
    for host in (ONE, TWO, ONE):
        polite.visit(world.at(host))

    # Each is asked for its rules first; the third visit comes right after one to another server.
    assert world.asked == [
        f"GET {ONE} /robots.txt",
        f"HEAD {ONE} /",
        f"GET {TWO} /robots.txt",
        f"HEAD {TWO} /",
        f"HEAD {ONE} /",
    ]
    assert clock.slept == [2.0, 2.0]


@pytest.mark.parametrize(
    ("rules", "asked"),
    [
        ("User-agent: *\nDisallow: /privado", False),
        ("User-agent: LinkCheck\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: linkcheck\nAllow: /", True),
        ("User-agent: *\nDisallow: /otro", True),
        ("User-agent: *\nDisallow:", True),
        ("<html>No es un archivo de reglas</html>" * 1000, True),
    ],
)
def test_a_site_that_wants_no_programs_is_left_alone(world: Site, rules: str, asked: bool) -> None:
    world.pages |= {"/robots.txt": text(rules), "/privado": status(200)}
    outcome = visitor().visit(world.at(ONE, "/privado"))

    assert (outcome.reason, bool(world.pages_asked)) == ((None, True) if asked else (Reason.ROBOTS, False))


def test_the_delay_of_its_rules_is_kept_up_to_half_a_minute(world: Site) -> None:
    world.pages |= {"/robots.txt": text("User-agent: *\nCrawl-delay: 900"), "/": status(200)}
    clock = Clock()
    visitor(clock=clock, sleep=clock.sleep).visit(world.at(ONE))

    assert clock.slept == [30.0]


@pytest.mark.parametrize("path", ["/", "/robots.txt"])
@pytest.mark.parametrize("code", [429, 503])
def test_a_server_that_asks_for_rest_is_asked_nothing_more(world: Site, path: str, code: int) -> None:
    world.pages[path] = status(code, Retry_After="3600")
    world.pages["/otra"] = status(200)
    clock = Clock()
    polite = visitor(clock=clock, sleep=clock.sleep)

    assert polite.visit(world.at(ONE)) == Outcome(Verdict.UNSURE, Reason.BUSY, code, 3600.0)
    asked = list(world.asked)
    with pytest.raises(Resting):
        polite.visit(world.at(ONE, "/otra"))
    assert world.asked == asked

    clock.now += 3600
    assert polite.visit(world.at(ONE, "/otra")).reason is (None if path == "/" else Reason.BUSY)


def test_what_a_server_asks_for_is_read_and_limited() -> None:
    tomorrow = format_datetime(datetime.now(UTC) + timedelta(days=1))
    yesterday = format_datetime(datetime.now(UTC) - timedelta(days=1))
    said = ["120", " 7 ", "9" * 40, yesterday, "", "-1", "mañana", "٣", "1e9"]

    assert [seconds_of(text) for text in said] == [120, 7, asking.LONGEST_WAIT, 0, None, None, None, None, None]
    assert abs((seconds_of(tomorrow) or 0) - 24 * 60 * 60) < 5


# --- TLS ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "is_trusted", "outcome"),
    [
        (ONE, True, Outcome(Verdict.ANSWERS, None, 200)),
        (TWO, True, Outcome(Verdict.UNSURE, Reason.CERTIFICATE)),
        (ONE, False, Outcome(Verdict.UNSURE, Reason.CERTIFICATE)),
    ],
    ids=["its own certificate", "that of another name", "of nobody one trusts"],
)
def test_a_certificate_is_that_of_the_name(certificate: Path, host: str, is_trusted: bool, outcome: Outcome) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    context = ssl.create_default_context(cafile=str(certificate) if is_trusted else None)
    with site(pages={"/": status(200)}, tls=server) as secure:
        assert visitor(context=context).visit(f"https://{host}:{secure.port}/") == outcome


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the first name, signed by itself, with its key; good for a day."""
    x509 = pytest.importorskip(
        "cryptography.x509", reason="nothing here makes certificates (pip install cryptography)"
    )
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, ONE)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(ONE)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    found = tmp_path_factory.mktemp("tls") / "one.pem"
    found.write_bytes(private + made.public_bytes(pem))
    return found
