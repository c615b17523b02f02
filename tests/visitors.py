"""Visitors who ask at once, until the end of a block."""

import threading
from abc import ABC, abstractmethod
from itertools import count
from typing import Any, Generic, TypeVar

Report = TypeVar("Report")


class AtOnce(ABC, Generic[Report]):
    """`with … as report:`: so many threads go on until the end of it, and say in the report what they got."""

    def __init__(self, report: Report, many: int) -> None:
        self.report = report
        self._enough, self._numbers = threading.Event(), count()
        self._threads = [threading.Thread(target=self._visits) for _ in range(many)]

    def __enter__(self) -> Report:
        for thread in self._threads:
            thread.start()
        return self.report

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: Any) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    @abstractmethod
    def _visits(self) -> None: ...
