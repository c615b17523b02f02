"""Visitors who ask for pages until they are told to stop, and what they got."""

import http.client
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.visitors import AtOnce

from .site import Site

PAGES = (
    "/",
    "/practicas/",
    "/practicas/?q=agua",
    "/practicas.json",
    "/practicas.json?q=usuarios",
    "/practicas.csv",
    "/panorama/",
    "/sitemap.xml",
)


@dataclass
class Got:
    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    began: float
    seconds: float


@dataclass
class Report:
    got: list[Got] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)

    @property
    def statuses(self) -> Counter[int]:
        return Counter(one.status for one in self.got)

    @property
    def slowest(self) -> float:
        return max((one.seconds for one in self.got), default=0)

    def __str__(self) -> str:
        return f"{len(self.got)} answers {dict(self.statuses)}, {dict(self.broken)}, slowest {self.slowest:.2f} s"


class Visitors(AtOnce[Report]):
    def __init__(self, site: Site, many: int, pages: tuple[str, ...] = PAGES, pause: float = 0) -> None:
        super().__init__(Report(), many)
        self.site, self.pages, self.pause = site, pages, pause

    def _visits(self) -> None:
        while not self._enough.is_set():
            page = self.pages[next(self._numbers) % len(self.pages)]
            began = time.monotonic()
            try:
                answer = self.site.get(page)
            except (OSError, http.client.HTTPException) as error:
                self.report.broken[f"{type(error).__name__} {page}"] += 1
            else:
                took = time.monotonic() - began
                headers = {name.lower(): value for name, value in answer.headers.items()}
                self.report.got.append(Got(page, answer.status, headers, answer.body, began, took))
            self._enough.wait(self.pause)
