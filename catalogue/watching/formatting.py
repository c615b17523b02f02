"""Records as lines for people, or as JSON for what gathers them."""

import logging
import time
from types import TracebackType
from typing import Any

from pythonjsonlogger.msgspec import MsgspecFormatter

from . import masking
from .reference import current_reference

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}


class Referenced(logging.Filter):
    """Gives every record the reference of the request that it is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_reference()
        return True


class Line(logging.Formatter):
    """`2026-05-04T13:00:01.250Z WARNING django.request [3f2a91bc07de] Not Found: /nada/`"""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} [{request_id}] {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        record.message = masking.one_line(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        return masking.shown_exception(ei[1])


class Json(MsgspecFormatter):
    """One object a line: time, level, logger, request_id, message, and what a record has besides."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__(
            ["asctime", "levelname", "name", "request_id", "message"],
            rename_fields=NAMES,
            reserved_attrs=[*MsgspecFormatter().reserved_attrs, "request", "server_time"],
        )

    def formatException(self, ei: Any) -> str:  # type: ignore[override]  # noqa: N802 - the name is logging's
        return masking.shown_exception(ei[1])
