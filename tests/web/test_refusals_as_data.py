"""Where data is asked for, a refusal is data."""

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client

from catalogue.rates import Rate
from practices.models.version import CatalogueVersion

pytestmark = pytest.mark.django_db
JSON, TEXT, PAGE = "application/json", "text/plain", "text/html"
ADDRESSES = {"/practicas.json": JSON, "/practicas.csv": TEXT, "/practicas.jsonl": TEXT, "/practicas/": PAGE}


@pytest.fixture
def program() -> Client:
    return Client(raise_request_exception=False, headers={"accept-encoding": "gzip"})


def kind_of(response) -> str:
    return response["Content-Type"].partition(";")[0]


def broken(error: Exception) -> Callable[[], None]:
    def raises() -> None:
        raise error

    return raises


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("error", "status", "name"), [(OperationalError(), 503, "unavailable"), (RuntimeError(), 500, "server_error")]
)
def test_failures_have_the_type_of_what_was_asked_for(program, monkeypatch, address, error, status, name):
    monkeypatch.setattr(CatalogueVersion, "standing", broken(error))
    response = program.get(address)
    assert (response.status_code, kind_of(response)) == (status, ADDRESSES[address])
    assert response.get("Retry-After") == ("10" if status == 503 else None)
    if kind_of(response) == JSON:
        assert response.json() == {"error": name}
        assert not response.has_header("Content-Encoding")
        assert response["Content-Length"] == str(len(response.content))


@pytest.mark.parametrize("address", ADDRESSES)
def test_too_much_and_too_often_have_the_type_of_what_was_asked_for(program, settings, address):
    settings.RATE_SEARCH = settings.RATE_EXPORT = Rate.of("1/h")
    settings.RATE_EXEMPT = []
    program.get(f"{address}?q=agua")
    often = program.get(f"{address}?q=agua")
    much = program.post(address, CONTENT_LENGTH="99999999999")
    assert [(one.status_code, kind_of(one)) for one in (often, much)] == [
        (429, ADDRESSES[address]),
        (413, ADDRESSES[address]),
    ]
    if ADDRESSES[address] == JSON:
        assert (often.json(), much.json()) == ({"error": "too_many_requests"}, {"error": "too_large"})


def test_other_refusals_of_data_are_data(program):
    wrong_method, wrong_host = program.post("/practicas.json"), program.get("/practicas.json", HTTP_HOST="a b")
    answers = [program.get("/nada.json"), program.get("/practicas/nada.json"), wrong_method, wrong_host]
    told = [(answer.status_code, answer.json()["error"]) for answer in answers]
    assert told == [(404, "not_found"), (404, "not_found"), (405, "method_not_allowed"), (400, "bad_request")]
    assert wrong_method["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("ending", [".json", ".csv", ".bib", ".jsonld"])
def test_an_address_of_data_is_never_led_to_a_page(program, prefix, ending):
    answers = [program.get(f"{prefix}{path}{ending}") for path in ("/practicas/", "/nada/nada", "/nada", "/autores/")]
    assert [(answer.status_code, kind_of(answer) == PAGE) for answer in answers] == [(404, False)] * 4


def test_a_page_without_its_slash_is_still_led_to_the_page(program):
    assert program.get("/practicas")["Location"] == "/practicas/"
