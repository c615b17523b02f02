"""Reports of faults hold where it broke, and nothing of what people typed."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_class, get_exception_reporter_filter

MARK = "xilocarpo"


def fail(typed: str, error: Exception) -> None:
    try:
        raise KeyError(typed)
    except KeyError:
        raise error from ValueError(typed)


def report_of(error: Exception, *, html: bool) -> str:
    request = RequestFactory().post(
        f"/practicas/{MARK}/?q={MARK}",
        {"name": MARK, "csrfmiddlewaretoken": MARK},
        headers={"referer": MARK, "user-agent": MARK, "cookie": f"sessionid={MARK}", "x-forwarded-for": "192.0.2.77"},
    )
    request.user = MARK
    try:
        fail(MARK, error)
    except Exception as raised:
        reporter = get_exception_reporter_class(request)(request, type(raised), raised, raised.__traceback__, True)
    return reporter.get_traceback_html() if html else reporter.get_traceback_text()


@pytest.mark.parametrize("html", [False, True])
def test_a_report_says_where_it_broke_and_nothing_that_was_typed(settings, html):
    settings.EMAIL_HOST_PASSWORD = settings.SECRET_KEY = MARK
    error = RuntimeError(f"cannot save {MARK}")
    error.add_note(MARK)
    told = report_of(error, html=html)
    assert ("RuntimeError" in told, "test_reports.py" in told, "in fail" in told or "fail</" in told or html) == (
        True,
        True,
        True,
    )
    assert (MARK in told, "192.0.2.77" in told) == (False, False)


def test_a_fault_of_the_machine_keeps_its_message():
    assert "connection refused" in report_of(OperationalError("connection refused"), html=False)


def test_what_others_report_by_themselves_is_hidden_too():
    request = RequestFactory().post("/", {"name": MARK}, headers={"cookie": f"a={MARK}", "referer": MARK})
    filtering = get_exception_reporter_filter(request)
    assert filtering.get_post_parameters(request) == {"name": "***"}
    assert (filtering.get_safe_cookies(request), filtering.get_safe_settings()) == ({}, {})
    assert MARK not in str(filtering.get_safe_request_meta(request))


def test_on_a_developers_machine_reports_are_whole(settings):
    settings.DEBUG = True
    assert MARK in report_of(RuntimeError(MARK), html=False)
