"""From plain data to the bytes of a PDF, a few at a time.

typst keeps in memory what it has laid out, some two megabytes a page, so each document is set by a process of its own
(child.py), which the kernel holds to its time and memory. That costs a ficha a tenth of a second.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from .child import REFUSED
from .glyphs import drawable

log = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent


class Busy(Exception):
    """Too many documents are being made; `seconds` says when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class TooLarge(Exception):
    """The document cannot be made within its limits."""


class Press:
    """Sets one kind of document, so many at a time.

    Who finds no place waits for `patience` seconds, then hears Busy with what to wait `again`. `cpu` and `megabytes`
    bound one document; `seconds` is by the clock, since a busy machine needs more.
    """

    def __init__(
        self, template: str, *, places: int, patience: float, again: int, cpu: int, seconds: int, megabytes: int
    ) -> None:
        self._command = [sys.executable, "-I", str(HERE / "child.py"), str(HERE / template), str(cpu), str(megabytes)]
        self._places = BoundedSemaphore(places)
        self._patience, self._again, self._seconds = patience, again, seconds

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place at the press. What a document needs is gathered inside: who waits holds no memory."""
        if not self._places.acquire(timeout=self._patience):
            raise Busy(self._again)
        try:
            yield
        finally:
            self._places.release()

    def set(self, data: dict[str, Any]) -> bytes:
        """The document of this data, the same bytes for the same data. Call it inside a place. Raises TooLarge."""
        document = self._set(drawable(data))
        # Characters that the fonts have one by one may have no shape together.
        return document or self._set(drawable(data, plainly=True)) or self._fail("typst refused it twice")

    def _set(self, data: dict[str, Any]) -> bytes:
        """b"" where typst refuses the data."""
        try:
            done = subprocess.run(  # noqa: S603
                self._command,
                input=json.dumps(data, ensure_ascii=False).encode(errors="replace"),
                capture_output=True,
                # A machine of many cores would start as many threads, each with an address space of its own.
                env={"RAYON_NUM_THREADS": "2", **{n: os.environ[n] for n in ("LD_LIBRARY_PATH",) if n in os.environ}},
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return self._fail(f"it took more than {self._seconds} s")
        if done.returncode == REFUSED:
            log.warning("typst refused a document: %s", done.stderr.decode(errors="replace")[:500])
            return b""
        return done.stdout if done.returncode == 0 else self._fail(f"its process ended with {done.returncode}")

    def _fail(self, reason: str) -> bytes:
        log.warning("a document was not made: %s", reason)
        raise TooLarge(reason)


# Each kind has places of its own: nobody waits for a ficha behind the compendium of somebody else.
fichas = Press("ficha.typ", places=2, patience=5, again=5, cpu=10, seconds=20, megabytes=1_024)
compendia = Press("compendium.typ", places=1, patience=3, again=15, cpu=30, seconds=40, megabytes=2_048)
