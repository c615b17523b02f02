"""Faults reach the engineer by mail: what was logged and no more, and never a flood."""

import logging
import sys

import pytest
from django.core import mail

from catalogue.watching import fault_mail
from catalogue.watching.configuration import logging_settings
from catalogue.watching.fault_mail import FaultMail, FewMails
from catalogue.watching.formatting import Line, Referenced
from catalogue.watching.masking import Discretion

MARK = "xilocarpo"


@pytest.fixture
def log(settings):
    settings.ADMINS = [("", "sistemas@example.org")]
    settings.SERVER_EMAIL = "catalogo@example.org"
    settings.EMAIL_SUBJECT_PREFIX = "[example.org] "
    handler = FaultMail()
    handler.setLevel("ERROR")
    handler.setFormatter(Line())
    for each in (Referenced(), Discretion(), FewMails(each=3, everything=5)):
        handler.addFilter(each)
    logger = logging.Logger("practices.test")
    logger.addHandler(handler)
    return logger


def fail(log, place: int = 0):
    try:
        if place:
            {}[MARK]
        else:
            int(MARK)
    except (KeyError, ValueError):
        log.exception("algo falló %s", "aquí")


def test_mail_holds_the_line_and_where_it_failed_without_values(log):
    secret = MARK  # a local variable, which the stock report shows
    fail(log)
    (sent,) = mail.outbox
    assert (sent.to, sent.from_email) == (["sistemas@example.org"], "catalogo@example.org")
    assert sent.subject == "[example.org] ERROR practices.test [] algo falló aquí"
    assert "test_fault_mail.py" in sent.body
    assert "ValueError: invalid literal for int() with base 10: ***" in sent.body
    assert secret not in sent.body
    assert sent.alternatives == []


def test_a_loop_of_one_fault_does_not_fill_the_mailbox_nor_hide_another(log):
    for _ in range(50):
        fail(log)
    fail(log, place=1)
    assert [sent.body.count("ValueError") for sent in mail.outbox] == [1, 1, 1, 0]


def test_all_faults_together_have_a_limit_too(log):
    for number in range(20):
        log.error(f"falta {number}")
    assert len(mail.outbox) == 5


def test_after_an_hour_the_next_one_says_how_many_were_left_out(log, monkeypatch):
    for _ in range(10):
        fail(log)
    later = fault_mail.time.monotonic() + fault_mail.HOUR + 1
    monkeypatch.setattr(fault_mail.time, "monotonic", lambda: later)
    fail(log)
    assert "7 more of these were not mailed" in mail.outbox[-1].body
    assert len(mail.outbox) == 4


def test_what_strangers_cause_is_not_mailed():
    record = logging.makeLogRecord({"name": "django.security.DisallowedHost", "levelno": logging.ERROR, "msg": "x"})
    assert FewMails().filter(record) is False


def test_a_mail_server_that_is_away_stops_nothing(log, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    fail(log)
    assert sys.exc_info() == (None, None, None)


@pytest.mark.parametrize("has_mail", [True, False])
def test_handlers_are_those_of_the_settings_and_never_the_stock_reports(has_mail):
    told = logging_settings(form="json", level="INFO", has_access_lines=True, has_mail=has_mail)
    assert told["root"]["handlers"] == (["console", "mail"] if has_mail else ["console"])
    assert told["loggers"]["django"]["handlers"] == []
    assert {tuple(handler["filters"][:2]) for handler in told["handlers"].values()} == {("referenced", "discretion")}


def test_formats_and_levels_that_are_not_known_are_the_usual_ones():
    told = logging_settings(form="xml", level="LOUD", has_access_lines=False, has_mail=False)
    assert (told["handlers"]["console"]["formatter"], told["root"]["level"]) == ("line", "INFO")
