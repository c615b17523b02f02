"""`manage.py draw`: draw what another build of the project drew in another way, or nobody yet.

To be run after each upgrade, after the name or the address book of the institution has changed, after very many
practices were published at once, and every night: which practices are like which is drawn for the catalogue as it
stands. Until then the pages are right, and slower.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from practices.exchange.writers import drawn
from practices.web import article, kin_block


class Command(BaseCommand):
    help = "Draw what this build has not drawn yet of the current publications as they stand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--share", type=int, nargs=2, metavar=("NUMBER", "OF"), help="only this share of them")

    def handle(self, *args: Any, **options: Any) -> None:
        number, of = options["share"] or (0, 1)
        self._done = 0
        if options["share"] or options["processes"] < 2:
            for count in self._drawn((number, of)):
                self._say(count, is_child=bool(options["share"]))
        else:
            connection.close()
            with ThreadPoolExecutor(options["processes"]) as pool:
                list(pool.map(lambda place: self._child(place, options["processes"]), range(options["processes"])))
        if options["verbosity"] and not options["share"]:
            self.stdout.write(f"{self._done:,} parts drawn.")

    def _drawn(self, share: tuple[int, int]) -> Iterator[int]:
        yield from drawn.draw_late(share)
        yield from article.draw_late(share)
        yield from kin_block.draw_late(share)

    def _say(self, count: int, *, is_child: bool) -> None:
        """A child tells its parent; the parent tells who sits before it."""
        self._done += count
        if is_child:
            self.stdout.write(str(count))
            self.stdout.flush()
        elif self.stderr.isatty():
            self.stderr.write(f"\r{self._done:,} parts drawn", ending="")

    def _child(self, number: int, of: int) -> None:
        """A share of the work in a process of its own. Raises CommandError where that fails."""
        command = [sys.executable, "-m", "django", "draw", "--share", str(number), str(of)]
        environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
        with subprocess.Popen(  # noqa: S603
            command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
        ) as child:
            for line in child.stdout or ():
                self._say(int(line), is_child=False)
        if child.returncode:
            raise CommandError(f"share {number} of {of} failed ({child.returncode})")
