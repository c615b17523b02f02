"""manage.py check_links: ask whether the links of the records still answer, and look whether their files are there.

For a daily timer: bounded, polite, safe to run twice, at once, and to be killed.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.models.link_check import LinkCheck, Reason
from practices.upkeep.link_run import LASTS, LIMIT, Run, agent
from practices.upkeep.missing_files import look_for_files, who_needs
from practices.upkeep.visiting import PAUSE, Visitor


class Command(BaseCommand):
    help = (
        "Check the links of the records, those that were checked longest ago first, and whether stored files are "
        "there. Prints each link that does not answer well; ends with 1 where a file is missing. Meant for a timer, "
        "once a day: an address that fails on three different days is unavailable for the public, too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        minutes = int(LASTS.total_seconds() // 60)
        parser.add_argument("--limit", type=int, default=LIMIT, help=f"addresses at most (default {LIMIT})")
        parser.add_argument("--minutes", type=int, default=minutes, help=f"time at most (default {minutes})")
        parser.add_argument(
            "--pause", type=float, default=PAUSE, help=f"seconds between two questions to a server (default {PAUSE})"
        )
        parser.add_argument(
            "--all", action="store_true", help="every address, however many and however recently checked"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 0 or options["minutes"] < 0 or options["pause"] < 0:
            raise CommandError("--limit, --minutes and --pause are numbers from 0 on.")
        with translation.override(settings.LANGUAGE_CODE):
            problem = self.files()
            self.links(self.run_of(options))
            if problem:
                raise CommandError(problem)

    def run_of(self, options: dict[str, Any]) -> Run:
        visitor = Visitor(agent(), pause=options["pause"])
        if options["all"]:
            return Run(visitor, limit=None, lasts=None, everything=True)
        return Run(visitor, options["limit"], timedelta(minutes=options["minutes"]))

    # --- Files ------------------------------------------------------------------------------------------------------

    def files(self) -> str:
        """What is wrong with the files; "" where nothing is."""
        try:
            missing = look_for_files(timezone.now())
        except Exception as error:
            return _("The storage of files cannot be asked: %(error)s") % {"error": f"{type(error).__name__}: {error}"}
        for row in missing:
            where = ", ".join(who_needs(row)) or row.stored_file_id[:12]
            self.stderr.write(f"{where} ✗ {row.get_problem_display()}")
        count = len(missing)
        said = ngettext("%(count)d file is missing or damaged.", "%(count)d files are missing or damaged.", count)
        return said % {"count": count} if missing else ""

    # --- Links ------------------------------------------------------------------------------------------------------

    def links(self, run: Run) -> None:
        checked = list(self.said(run.checks()))
        unavailable = sum(1 for check in checked if check.unavailable_since)
        failing = sum(1 for check in checked if check.first_failed_on) - unavailable
        counts = {"checked": len(checked), "failing": failing, "unavailable": unavailable}
        self.stdout.write(
            _("%(checked)d links checked: %(failing)d without a good answer for now, %(unavailable)d unavailable.")
            % counts
        )
        if any(check.reason == Reason.OFFLINE for check in checked):
            self.stderr.write(_("No server answered: is this machine connected to the internet? Nothing was counted."))

    def said(self, checks: Iterator[LinkCheck]) -> Iterator[LinkCheck]:
        for check in checks:
            if check.first_failed_on:
                status = f" ({check.status})" if check.status else ""
                self.stdout.write(f"{check.address} ✗ {check.get_reason_display()}{status}")
            yield check
