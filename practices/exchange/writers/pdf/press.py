"""From plain data to the bytes of a PDF, a few at a time.

typst runs inside the process and lets other threads go on. A ficha takes some tens of milliseconds, a compendium some
seconds: each kind has its own places, so that nobody waits for a ficha behind the compendium of somebody else.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import typst

from .glyphs import drawable

HERE = Path(__file__).resolve().parent
STANDARD = "ua-1"
"""PDF/UA-1: tagged, with language and title; what cannot be read aloud is refused."""


class Busy(Exception):
    """Too many documents are being made; `seconds` says when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Press:
    """Sets one kind of document, so many at a time; who comes later waits for so many seconds, then hears Busy."""

    def __init__(self, template: str, *, places: int, patience: float, again: int) -> None:
        self.template = HERE / template
        self._places = BoundedSemaphore(places)
        self._patience = patience
        self._again = again

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place at the press; whatever the document needs is gathered inside, so that waiting holds no memory."""
        if not self._places.acquire(timeout=self._patience):
            raise Busy(self._again)
        try:
            yield
        finally:
            self._places.release()

    def set(self, data: dict[str, Any]) -> bytes:
        """The document of this data, the same bytes for the same data. Call it inside a place."""
        try:
            return self._compiled(drawable(data))
        except typst.TypstError:
            # Characters that the fonts have one by one may have no shape together.
            return self._compiled(drawable(data, plainly=True))

    def _compiled(self, data: dict[str, Any]) -> bytes:
        return typst.compile(
            str(self.template),
            root=str(HERE),
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARD,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )


@cache
def fonts() -> typst.Fonts:
    """Only those that typst brings: a document is the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


fichas = Press("ficha.typ", places=2, patience=5, again=5)
compendia = Press("compendium.typ", places=1, patience=3, again=15)
