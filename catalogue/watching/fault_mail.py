"""Faults by mail to whoever runs the site: what was logged of them and no more, and a few of each in an hour."""

import logging
import threading
import time
from collections import deque

from django.utils.log import AdminEmailHandler

EACH_IN_AN_HOUR = 3
ALL_IN_AN_HOUR = 20
HOUR = 3600
MOST_KINDS = 500


class FaultMail(AdminEmailHandler):
    """Mails the line that is logged, with its traceback. The stock handler adds the request, its cookies, what was
    sent, the values of variables and the settings."""

    def emit(self, record: logging.LogRecord) -> None:
        left_out = getattr(record, "mails_left_out", 0)
        text = self.format(record)
        first = text.partition("\n")[0].partition(" ")[2]
        note = f"\n\n{left_out} more of these were not mailed since the last one." if left_out else ""
        self.send_mail(self.format_subject(first[:200]), f"{text}{note}\n", fail_silently=True)


class FewMails(logging.Filter):
    """Lets through the first of each kind of fault in an hour, so that a loop does not fill a mailbox, and none of
    what strangers cause by asking nonsense (`django.security`)."""

    def __init__(self, each: int = EACH_IN_AN_HOUR, everything: int = ALL_IN_AN_HOUR) -> None:
        super().__init__()
        self.each, self.everything = each, everything
        self.sent: dict[str, deque[float]] = {}
        self.all_sent: deque[float] = deque()
        self.left_out: dict[str, int] = {}
        self.guard = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            return False
        kind = kind_of(record)
        with self.guard:
            return self._is_one_of_few(record, kind)

    def _is_one_of_few(self, record: logging.LogRecord, kind: str) -> bool:
        now = time.monotonic()
        if len(self.sent) >= MOST_KINDS:
            self.sent, self.left_out = {}, {}
        sent = self.sent.setdefault(kind, deque())
        for moments in (sent, self.all_sent):
            while moments and moments[0] <= now - HOUR:
                moments.popleft()
        if len(sent) >= self.each or len(self.all_sent) >= self.everything:
            self.left_out[kind] = self.left_out.get(kind, 0) + 1
            return False
        sent.append(now)
        self.all_sent.append(now)
        record.mails_left_out = self.left_out.pop(kind, 0)
        return True


def kind_of(record: logging.LogRecord) -> str:
    """Where the exception was raised; without one, what was logged before anything was put into it."""
    error = record.exc_info[1] if record.exc_info else None
    raised = error.__traceback__ if error else None
    if error is None or raised is None:
        return f"{record.name} {record.msg}"
    while raised.tb_next is not None:
        raised = raised.tb_next
    return f"{type(error).__qualname__} {raised.tb_frame.f_code.co_filename}:{raised.tb_lineno}"
