"""Records as lines for people, or as JSON for what gathers them."""

import logging
import time
from typing import Any

from pythonjsonlogger.msgspec import MsgspecFormatter

from . import masking
from .reference import current_reference

NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}


class Referenced(logging.Filter):
    """Gives every record the reference of the request that it is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_reference()
        return True


class _InUtc(logging.Formatter):
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"
    converter = staticmethod(time.gmtime)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        return masking.shown_exception(ei[1])


class Line(_InUtc):
    """`2026-05-04T13:00:01.250Z WARNING django.request [3f2a91bc07de] Not Found: /nada/`"""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} [{request_id}] {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        # What another handler made of the exception would be kept, with its values.
        record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        record.message = masking.one_line(record.message)
        return super().formatMessage(record)


class Json(_InUtc, MsgspecFormatter):
    """One object a line: time, level, logger, request_id, message, and what a record has besides."""

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "request_id", "message"],
            rename_fields=NAMES,
            reserved_attrs=[*MsgspecFormatter().reserved_attrs, "request", "server_time"],
        )
