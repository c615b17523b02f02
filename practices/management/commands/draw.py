"""`manage.py draw`: draw what another build of the project drew in another way. To be run after each upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from practices.exchange.writers.drawn import draw_late
from practices.models.publication import Publication


class Command(BaseCommand):
    help = "Draw the cards and table rows of current publications that this build has not drawn yet."

    def handle(self, *args: Any, **options: Any) -> None:
        total = Publication.objects.current().count()
        done = 0
        for done in draw_late():
            if self.stderr.isatty():
                self.stderr.write(f"\r{done:,} drawn of at most {total:,}", ending="")
        self.stdout.write(f"{done:,} practices drawn.")
