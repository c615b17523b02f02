"""Every request has a reference and a line, and neither tells who asked for what."""

import json
import logging
import re

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from catalogue.watching.formatting import Json, Line, Referenced
from catalogue.watching.masking import Discretion
from catalogue.watching.reference import current_reference, forget, name_request
from catalogue.watching.requests import RequestLog
from practices.models.version import CatalogueVersion

MADE = re.compile(r"[0-9a-f]{12}").fullmatch
MARK = "xilocarpo"


@pytest.fixture(autouse=True)
def _outside_a_request():
    yield
    forget()


@pytest.fixture
def line_of(settings, capfd):
    """What is logged of one request, in the format named."""

    def logged(form: str, address: str, method: str = "get", response: HttpResponse | None = None, **meta) -> str:
        settings.ACCESS_LOG, settings.LOG_FORMAT = True, form
        answered = response or HttpResponse(b"hola", headers={"Content-Length": "4"})
        RequestLog(lambda request: answered)(RequestFactory().generic(method, address, **meta))
        return capfd.readouterr().err

    return logged


def test_json_line_says_what_became_of_the_request_and_nothing_else(line_of):
    told = json.loads(line_of("json", "/practicas/?q=juan", REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT=MARK))
    assert list(told) == ["time", "level", "logger", "request_id", "method", "path", "status", "ms", "bytes"]
    assert MADE(told.pop("request_id"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told.pop("time"))
    assert 0 <= told.pop("ms") < 1000
    assert told == {
        "level": "INFO",
        "logger": "catalogue.access",
        "method": "GET",
        "path": "/practicas/",
        "status": 200,
        "bytes": 4,
    }


def test_line_for_people_says_the_same(line_of):
    line = line_of("line", "/practicas/?q=juan")
    assert re.fullmatch(
        r"[\dT:.-]+Z INFO catalogue\.access \[[0-9a-f]{12}\] GET /practicas/ 200 \d+\.\d ms 4 bytes\n", line
    )


def test_size_of_what_is_sent_in_pieces_is_not_known(line_of):
    assert json.loads(line_of("json", "/x", response=HttpResponse(b"")))["bytes"] is None
    assert line_of("line", "/x", response=HttpResponse(b"")).endswith(" - bytes\n")


@pytest.mark.parametrize("form", ["json", "line"])
@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/revision/abcDEF-123:x/", "/revision/***/"),
        ("/en/revision/abcDEF-123:x/respuesta/", "/en/revision/***/respuesta/"),
        ("/Revision//abcDEF-123:x", "/Revision//***"),
        ("/nada%0D%0A2026-01-01 INFO forged", "/nada%0D%0A2026-01-01%20INFO%20forged"),
        ("/%22,%22status%22:200,%22x%22:%22%5C", "/%22,%22status%22:200,%22x%22:%22%5C"),
        ("/%1b[2J%E2%80%A8%7f", "/%1B%5B2J%E2%80%A8%7F"),
        ("/año/%FF", "/a%C3%B1o/%FF"),
        ("/" + "a" * 5000, "/" + "a" * 299),
    ],
)
def test_path_is_one_line_without_keys(line_of, form, address, path):
    line = line_of(form, address)
    assert line.count("\n") == 1
    assert (json.loads(line)["path"] if form == "json" else line.split(" GET ")[1].partition(" 200 ")[0]) == path
    assert "abcDEF" not in line


def test_method_that_somebody_made_up_is_not_repeated(line_of):
    assert json.loads(line_of("json", "/", method=MARK))["method"] == "OTHER"


def test_no_line_where_the_setting_says_so(settings, capfd):
    settings.ACCESS_LOG = False
    RequestLog(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert capfd.readouterr().err == ""


@pytest.mark.django_db
def test_every_answer_has_a_reference_of_its_own(client):
    answers = [client.get(address) for address in ("/", "/", "/nada/", "/admin/", "/healthz", "/static/nada.css")]
    answers.append(client.get("/", headers={"If-None-Match": answers[0]["ETag"]}))
    assert [answer.status_code for answer in answers] == [200, 200, 404, 302, 200, 404, 304]
    references = [answer["X-Request-ID"] for answer in answers]
    assert all(map(MADE, references))
    assert len(set(references)) == len(references)


@pytest.mark.parametrize(
    ("trusted", "given", "is_kept"),
    [
        (["127.0.0.1"], "3f2a91bc07de44aa", True),
        (["127.0.0.1"], "req_01J-x.y=z+1", True),
        (["10.0.0.0/8"], "3f2a91bc07de44aa", False),
        ([], "3f2a91bc07de44aa", False),
        (["127.0.0.1"], "short", False),
        (["127.0.0.1"], "a" * 65, False),
        (["127.0.0.1"], "<script>alert(1)</script>", False),
        (["127.0.0.1"], "abcdefgh\r\nSet-Cookie: a=b", False),
        (["127.0.0.1"], "", False),
    ],
)
def test_reference_is_the_one_that_a_trusted_proxy_gave(settings, trusted, given, is_kept):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", headers={"X-Request-ID": given}, REMOTE_ADDR="127.0.0.1")
    reference = name_request(request)
    assert (reference == given) == is_kept
    assert is_kept or MADE(reference)


def test_reference_is_in_every_record_of_the_request_and_in_none_after_it():
    record = logging.makeLogRecord({"name": "practices", "levelname": "INFO", "msg": "algo"})
    reference = name_request(RequestFactory().get("/"))
    Referenced().filter(record)
    assert f" practices [{reference}] algo" in Line().format(record)
    assert json.loads(Json().format(record))["request_id"] == reference
    forget()
    assert current_reference() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_pages_that_say_that_something_failed_tell_the_reference_of_their_header(monkeypatch, fault, status):
    def broken():
        raise fault(MARK)

    monkeypatch.setattr(CatalogueVersion, "standing", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == status
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.content.decode()
    assert MARK not in answer.content.decode()


@pytest.fixture
def records():
    """Whatever is logged, as the handlers of the settings get it."""
    kept: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.addFilter(Referenced())
    handler.addFilter(Discretion())
    handler.emit = kept.append
    root = logging.getLogger()
    root.addHandler(handler)
    loggers = {name: logging.getLogger(name).level for name in ("django", "django.request")}
    for name in loggers:
        logging.getLogger(name).setLevel("INFO")
    yield kept
    root.removeHandler(handler)
    for name, level in loggers.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", [Line(), Json()], ids=["line", "json"])
def test_nothing_that_a_stranger_sent_is_in_what_django_logs(records, formatter, settings):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answers = [
        client.get(f"/nada/?q={MARK}"),
        client.get("/revision/llave-xilocarpo/"),
        client.get("/revision/llavé/"),
        client.get("/", headers={"Host": f"{MARK}.example"}),
        client.post("/admin/login/", {"username": MARK}, headers={"Origin": f"https://{MARK}.example"}),
        client.post("/admin/login/", {"username": MARK}, headers={"Referer": f"https://{MARK}.example/?{MARK}"}),
        client.get("/nada%0A2026 forged"),
        client.post("/practicas/", {"q": MARK}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 400, 403, 403, 404, 403]
    lines = [formatter.format(record) for record in records]
    assert [line for line in lines if MARK in line or "\n" in line or "llave" in line] == []
    assert any("/revision/***/" in line for line in lines)
    assert all(answer["X-Request-ID"] in line for answer, line in zip(answers, lines, strict=True))
    assert any("Refused, csrf (Origin checking failed)" in line for line in lines)
    assert any("Refused, DisallowedHost" in line for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", [Line(), Json()], ids=["line", "json"])
def test_a_fault_is_logged_with_where_it_was_and_without_the_values(records, monkeypatch, formatter):
    def broken():
        try:
            {}[MARK]
        except KeyError as error:
            raise ValueError(f"invalid literal: '{MARK}'\nDETAIL: Key (email)=({MARK}@example.org)") from error

    monkeypatch.setattr(CatalogueVersion, "standing", broken)
    Client(raise_request_exception=False).get(f"/?q={MARK}")
    (line,) = [formatter.format(record) for record in records if record.levelname == "ERROR"]
    assert MARK not in line
    assert "Internal Server Error: /" in line
    assert "test_requests.py" in line
    assert "KeyError: ***" in line
    assert "ValueError: invalid literal: ***" in line
