"""What an exception says is told without the values in it; what the program is called is told."""

import logging

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.db import IntegrityError, OperationalError

from catalogue.watching.formatting import Line, Referenced
from catalogue.watching.masking import Discretion, shown_exception, shown_message


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyError("juan"), "***"),
        (ValueError("invalid literal for int() with base 10: '12x'"), "invalid literal for int() with base 10: ***"),
        (ValueError('unbalanced "quote'), "unbalanced ***"),
        (IntegrityError('duplicate key "a_key"\nDETAIL: Key (a)=(b) already exists.'), "duplicate key ***"),
        (ValueError("ana@example.org called 3001234567 (code)=(BP 1)"), "*** called *** ***"),
        (SuspiciousFileOperation("The joined path («a») is outside"), "The joined path (***) is outside"),
        (OperationalError('connection to "db" failed\nmore'), 'connection to "db" failed'),
        (AttributeError("'NoneType' object has no attribute 'pk'"), "'NoneType' object has no attribute 'pk'"),
        (RuntimeError("a\x1b[2Jb"), "a\\x1b[2Jb"),
    ],
)
def test_message_of_an_exception_has_no_values(error, told):
    assert shown_message(error) == told


def test_exceptions_that_cause_each_other_in_a_ring_are_told_once():
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert shown_exception(one).count("ValueError") == 2


def test_line_has_one_line_whatever_its_message_holds():
    record = logging.makeLogRecord({"name": "x", "levelname": "INFO", "msg": "a\r\nb\u2028%s", "args": ("c\n",)})
    Referenced().filter(record)
    assert Line().format(record).endswith(" INFO x [] a\\x0d\\x0ab\\x2028c\\x0a")


def test_who_failed_to_sign_in_is_not_logged():
    record = logging.makeLogRecord({"name": "axes.attempts", "msg": "Login failure by %s.", "args": ("ana",)})
    Discretion().filter(record)
    assert record.getMessage() == "Login failure by ***."
