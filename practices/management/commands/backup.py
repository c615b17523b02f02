"""manage.py backup DIR: everything that the catalogue cannot make again, while it is in use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from practices.exchange.writers.dump import NotReplaced
from practices.upkeep.backup import make_backup
from practices.upkeep.manifest import Manifest, NotABackup, faults_of, read_manifest
from practices.upkeep.rotation import make_dated

STEP = 5_000


class Command(BaseCommand):
    help = (
        "Write all data and files of the catalogue into a new folder, of one moment, while it is in use. The folder "
        "is there whole or not at all. It holds personal data: only who made it may read it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--replace", action="store_true", help="put it in the place of the backup that DIR holds")
        way.add_argument(
            "--keep", type=int, metavar="N", help="make DIR/<moment>, and of all backups in DIR keep the N newest"
        )
        way.add_argument("--verify", action="store_true", help="check the backup in DIR, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if options["verify"]:
                self.verify(options["folder"], options["verbosity"])
            else:
                self.backup(options)

    def backup(self, options: dict[str, Any]) -> None:
        folder, keep = options["folder"], options["keep"]
        if keep is not None and keep < 1:
            raise CommandError(_("--keep takes a number from 1."))
        say = self.say if options["verbosity"] and self.stdout.isatty() else lambda *_: None
        try:
            if keep:
                folder, manifest = make_dated(folder, keep, say=say)
            else:
                manifest = make_backup(folder, replace=options["replace"], say=say)
        except NotReplaced as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            said = {"folder": folder, "error": error.strerror or error}
            raise CommandError(_("Nothing was written to %(folder)s: %(error)s") % said) from error
        self.told(folder, manifest, options["verbosity"])

    def told(self, folder: Path, manifest: Manifest, verbosity: int) -> None:
        """Raises CommandError where a file is missing, though the backup is made."""
        if verbosity:
            said = {"folder": folder, "rows": manifest.rows, "files": len(manifest.files)}
            self.stdout.write(_("%(folder)s: %(rows)d rows, %(files)d files.") % said)
        for file in manifest.missing:
            self.stderr.write(f"✗ {file.name}: {file.why}")
        if manifest.missing:
            raise CommandError(
                _("The backup was made, but %d files that the database names are missing.") % len(manifest.missing)
            )

    def verify(self, folder: Path, verbosity: int) -> None:
        try:
            manifest = read_manifest(folder)
            faults = list(faults_of(folder, manifest))
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror or error}") from error
        except NotABackup as error:
            raise CommandError(str(error)) from error
        for fault in faults:
            self.stderr.write(f"✗ {fault}")
        if faults:
            raise CommandError(_("%s is not what its manifest says.") % folder)
        if verbosity:
            self.stdout.write(_("%s: every file is what the manifest says.") % folder)

    def say(self, label: str, rows: int) -> None:
        if rows % STEP == 0:
            self.stdout.write(f"\r{label:40} {rows}", ending="")
            self.stdout.flush()
