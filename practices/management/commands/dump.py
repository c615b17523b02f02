"""manage.py dump DIR: all public data of the catalogue as files, of one catalogue version, while it is in use."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from practices.browse.parameters import SINCE
from practices.exchange.writers.dump import Around, NotReplaced, problems_of, write_dump
from practices.web.frame import frame
from practices.web.views.exports import licence

BAR = 30
STEP = 200
"""Records between two drawings of the bar."""


class Command(BaseCommand):
    help = (
        "Write all public data of the catalogue into a new folder: practices as JSON Lines and CSV, their versions, "
        "tombstones of the withdrawn ones, and a manifest with checksums. The folder is there whole or not at all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--address", default="", help="of this site, for example https://practicas.example.gov.co")
        parser.add_argument("--replace", action="store_true", help="put it in the place of the dump that DIR holds")
        parser.add_argument("--gzip", action="store_true", help="pack each file of data")
        parser.add_argument(
            "--verify", action="store_true", help="check the files of DIR by its manifest, write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Headers, words of the rows and the text for people are those of the first language.
        with translation.override(settings.LANGUAGE_CODE):
            if options["verify"]:
                self.verify(options["folder"], options["verbosity"])
            else:
                self.dump(options)

    def dump(self, options: dict[str, Any]) -> None:
        folder, address = options["folder"], site_address(options["address"])
        start = f"{address}{reverse('web:practice_list')}"
        try:
            manifest = write_dump(
                folder,
                lambda: around(address),
                lambda code: f"{start}{quote(code)}/",
                replace=options["replace"],
                packed=options["gzip"],
                say=self.say if options["verbosity"] and self.stdout.isatty() else lambda *_: None,
            )
        except NotReplaced as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            said = {"folder": folder, "error": error.strerror or error}
            raise CommandError(_("Nothing was written to %(folder)s: %(error)s") % said) from error
        if options["verbosity"]:
            counts = {**manifest.counts, "version": manifest.version, "folder": folder}
            done = _(
                "%(folder)s: catalogue version %(version)d, %(practices)d practices, %(versions)d versions of them, "
                "%(withdrawn)d withdrawn."
            )
            self.stdout.write(done % counts)

    def verify(self, folder: Path, verbosity: int) -> None:
        try:
            problems = problems_of(folder)
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}") from error
        except ValueError as error:
            raise CommandError(_("The manifest of %s cannot be read.") % folder) from error
        for problem in problems:
            self.stderr.write(f"✗ {problem}")
        if problems:
            raise CommandError(_("%s is not what its manifest says.") % folder)
        if verbosity:
            self.stdout.write(_("%s: every file is what the manifest says.") % folder)

    def say(self, name: str, done: int, total: int) -> None:
        """A bar on the terminal, one for each file."""
        if done % STEP and done < total:
            return
        filled = "█" * (BAR * done // total)
        ending = "\n" if done >= total else ""
        self.stdout.write(f"\r{name:32} {filled:·<{BAR}} {done} / {total}", ending=ending)
        self.stdout.flush()


def site_address(given: str) -> str:
    """The address that all others begin with: as given, else the first host that the settings name.

    Raises CommandError where there is none, or it is no address.
    """
    named = [host for host in settings.ALLOWED_HOSTS if host != "*" and not host.startswith(".")]
    if not given and not named:
        raise CommandError(_("ALLOWED_HOSTS names no host: give the address of this site with --address."))
    scheme = "http" if settings.INSECURE_HTTP else "https"
    address = (given or f"{scheme}://{named[0]}").rstrip("/")
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query or parts.fragment:
        raise CommandError(_("“%s” is not the address of a site, as https://practicas.example.gov.co is.") % address)
    return address


def around(address: str) -> Around:
    absolute: Callable[[str], str] = lambda path: f"{address}{path}"  # noqa: E731
    return Around(
        site=frame().site_name,
        address=absolute("/"),
        data_page=absolute(reverse("web:open_data")),
        changes=absolute(f"{reverse('web:practice_list_jsonl')}?{SINCE}="),
        licence=licence(absolute),
    )
