"""manage.py rebuild_search: the search index and the facet values of every current publication, written anew."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from practices import search
from practices.browse.terms import rebuild_terms
from practices.models.publication import Publication
from practices.models.version import CatalogueVersion


class Command(BaseCommand):
    help = "Write the search index anew, in one transaction: the public searches the old one until it is done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--restored", action="store_true", help="after a backup was restored: copies are told everything anew"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.read_files(options["verbosity"])
        start = time.monotonic()
        count = 0
        with transaction.atomic():
            # Raised first, so that nobody publishes meanwhile; workers drop what they kept of the old index.
            if options["restored"]:
                CatalogueVersion.raise_after_restoring()
            else:
                CatalogueVersion.raise_for_rebuilding()
            total = Publication.objects.current().count()
            rebuild_terms()
            for count in search.rebuild():
                self.say(count, total, time.monotonic() - start, options["verbosity"])
        if options["verbosity"]:
            self.stdout.write(_("%d practices can be searched.") % count)

    def read_files(self, verbosity: int) -> None:
        """The files that nobody has read yet, before anything is locked."""
        start = time.monotonic()
        files = list(search.never_read())
        for count, file in enumerate(files, 1):
            search.read_file(file)
            self.say(count, len(files), time.monotonic() - start, verbosity)
        if files and verbosity:
            self.stdout.write(_("%d files were read.") % len(files))

    def say(self, count: int, total: int, seconds: float, verbosity: int) -> None:
        if verbosity and (self.stdout.isatty() or count >= total):
            line = f"{count} / {total} · {count / max(seconds, 0.001):.0f}/s"
            self.stdout.write(f"\r{line}", ending="\n" if count >= total else "")
            self.stdout.flush()
