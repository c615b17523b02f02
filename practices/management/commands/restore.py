"""manage.py restore DIR: what `manage.py backup` wrote, back into a database and its files."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from practices.models.publication import Publication
from practices.upkeep.manifest import Manifest, NotABackup
from practices.upkeep.restoring import NotRestored, restore
from practices.upkeep.rows import BrokenRow
from practices.upkeep.verification import verify

FEW = 500
"""Publications that are drawn by one process, before another could have started."""


class Command(BaseCommand):
    help = (
        "Put a backup into this database, SQLite or PostgreSQL, whichever it came from, and its files into the "
        "storage. The database has been migrated and holds no records. Everything is restored or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--replace", action="store_true", help="throw away the records that this database holds, after asking"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument(
            "--no-draw", action="store_true", help="leave the drawing of cards and articles to manage.py draw"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if options["replace"] and not options["yes"]:
                self.ask()
            manifest = self.restored(options["folder"], options["replace"], options["verbosity"])
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
            if not options["no_draw"]:
                few = {"processes": 1} if Publication.objects.current().count() <= FEW else {}
                call_command("draw", verbosity=0, **few)
            self.verified(manifest, options["verbosity"])

    def ask(self) -> None:
        name = str(connection.settings_dict["NAME"])
        if not sys.stdin.isatty():
            raise CommandError(_("--replace throws away all records of %s: say --yes too.") % name)
        answer = input(_("All records of %s are thrown away. Write its name to go on: ") % name)
        if answer.strip() != name:
            raise CommandError(_("Nothing was changed."))

    def restored(self, folder: Path, replace: bool, verbosity: int) -> Manifest:
        say = self.say if verbosity and self.stdout.isatty() else lambda *_: None
        try:
            return restore(folder, replace=replace, say=say)
        except (NotABackup, NotRestored) as error:
            raise CommandError(_("Nothing was restored. %s") % error) from error
        except (BrokenRow, DatabaseError) as error:
            raise CommandError(_("Nothing was restored; the database is as it was. %s") % error) from error
        except OSError as error:
            raise CommandError(
                _("Nothing was restored; the database is as it was. %s")
                % f"{error.filename or folder}: {error.strerror or error}"
            ) from error

    def verified(self, manifest: Manifest, verbosity: int) -> None:
        if verbosity:
            said = {"rows": manifest.rows, "files": len(manifest.files), "made_at": manifest.made_at}
            self.stdout.write(_("%(rows)d rows and %(files)d files of %(made_at)s were restored.") % said)
        found = verify()
        for finding in found:
            self.stderr.write(f"✗ {finding}")
        if found:
            raise CommandError(
                _("Everything is restored; what stands above was so when the backup was made, or lies in the storage.")
            )

    def say(self, label: str, done: int, total: int) -> None:
        of = f" / {total}" if total else ""
        self.stdout.write(f"\r{label:40} {done}{of}", ending="\n" if done == total else "")
        self.stdout.flush()
