"""What is left out of whatever is logged: query strings, keys in addresses, values that somebody typed.

Django's own records hold more than that: the host that a stranger made up, the origin of another site, and with an
exception whatever its message quotes.
"""

import logging
import re
from types import TracebackType
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from django.template import TemplateDoesNotExist
from django.template.exceptions import TemplateSyntaxError

LONGEST_PATH = 300
LONGEST_MESSAGE = 500
HIDDEN = "***"

# Neither quotes nor backslashes: it stands in JSON as it is.
_plain = re.compile(rf"[!#-\[\]-~]{{1,{LONGEST_PATH}}}").fullmatch
_KEY = re.compile(r"(revision/+)[^/]+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# What people type stands in quotes in the messages of Python and of databases, the name of a record between < and >;
# addresses and numbers of people do not.
_VALUES = re.compile(r"""<[^<>]*>|b?'[^']*'|"[^"]*"|«[^»]*»|\S+@\S+|\(\S*\)=\(.*?\)|\d{5,}|'.*|".*""", re.DOTALL)
# These quote names of the program, of its files and of its tables, never what is in them.
_OF_THE_PROGRAM = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    OSError,
    OperationalError,
    ProgrammingError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)


def shown_path(path: str) -> str:
    """The path of an address as it may be logged: in one line of ASCII, without the key of a link."""
    if "revision" in path.lower():
        path = _KEY.sub(rf"\1{HIDDEN}", path)
    return (
        path if _plain(path) else quote(path[:LONGEST_PATH], safe="/:@!$&'()*+,;=%", errors="replace")[:LONGEST_PATH]
    )


def one_line(text: str) -> str:
    """The text without a character that could begin another line, or move the cursor of whoever reads it."""
    return text if text.isprintable() else _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def shown_message(error: BaseException) -> str:
    """What an exception says, without the values that it quotes."""
    text = str(error).partition("\n")[0][:LONGEST_MESSAGE]
    return one_line(text if isinstance(error, _OF_THE_PROGRAM) else _VALUES.sub(HIDDEN, text))


class Discretion(logging.Filter):
    """Takes out of a record what others wrote into it. On every handler, before it is formatted."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "_is_discreet", False):
            # Another handler has had it.
            return True
        record._is_discreet = True
        if record.name.startswith("django.security"):
            _hide_what_was_sent(record)
        elif record.name == "django.request":
            _show_path(record)
        elif record.name.startswith("axes"):
            _hide_arguments(record)
        return True


def _hide_what_was_sent(record: logging.LogRecord) -> None:
    """The kind of fault, which is the last part of the logger's name, and where."""
    request = getattr(record, "request", None)
    kind = record.name.rpartition(".")[2]
    reason = ""
    if kind == "csrf" and isinstance(record.args, tuple) and record.args:
        # "Origin checking failed - https://… does not match any trusted origins."
        reason = f" ({str(record.args[0]).partition(' - ')[0]})"
    where = f": {shown_path(request.path)}" if request is not None else ""
    record.msg, record.args = f"Refused, {kind}{reason}{where}".replace("%", "%%"), ()
    record.exc_info = record.exc_text = None


def _show_path(record: logging.LogRecord) -> None:
    request = getattr(record, "request", None)
    if request is not None and isinstance(record.args, tuple):
        # Django escapes what is not ASCII before it logs it.
        typed = (request.path, request.path.encode("unicode_escape").decode("ascii"))
        record.args = tuple(shown_path(request.path) if each in typed else each for each in record.args)


def _hide_arguments(record: logging.LogRecord) -> None:
    """Who tried to sign in, and from where, is in the database, where it is forgotten in time."""
    record.msg, record.args = re.sub(r"%[sdr]", HIDDEN, str(record.msg)).replace("%", "%%"), ()


def shown_exception(error: BaseException | None) -> str:
    """Where it was raised, and what raised that: files, lines and kinds, without values."""
    seen: list[BaseException] = []
    while error is not None and error not in seen and len(seen) < 10:
        seen.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(_one_exception(each, each.__traceback__) for each in reversed(seen))


def _one_exception(error: BaseException, raised: TracebackType | None) -> str:
    import traceback

    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    frames = "".join(traceback.format_tb(raised))
    return f"Traceback (most recent call last):\n{frames}{name}: {shown_message(error)}"
