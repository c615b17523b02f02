"""manage.py run_scheduled: publish and withdraw what is due. For a timer: safe to run twice, at once, and late."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from practices.editorial.scheduling import Done, run_due


class Command(BaseCommand):
    help = (
        "Publish and withdraw the practices whose time has come. Prints a line for each; ends with 1 where one of "
        "them could not be done. Meant for a timer, every few minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            failures = [done for done in map(self.said, run_due()) if done.error]
        if failures:
            raise CommandError(
                _("%d of them could not be done; the history of each practice says why.") % len(failures)
            )

    def said(self, done: Done) -> Done:
        """Print what became of one thing that was due, as soon as it is known."""
        line = f"{done.practice.code}: {done.kind.label}"
        if done.error:
            self.stderr.write(f"{line} ✗ {done.error}")
        else:
            self.stdout.write(line)
        return done
