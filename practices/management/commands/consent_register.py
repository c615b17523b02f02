"""manage.py consent_register FILE: the register of consents as a table."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from practices.models.consent import Consent
from practices.upkeep.consent_register import lines

OWNER_ONLY = 0o600


class Command(BaseCommand):
    help = (
        "Write the register of consents (whose, since when, given by whom and how, until when, withdrawn when) into a "
        "new CSV file that only its owner may read. It holds personal data: give it only to whom it is due."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where to write it; nothing is written over")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            path.touch(mode=OWNER_ONLY, exist_ok=False)
            with translation.override(settings.LANGUAGE_CODE), path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines())
        except FileExistsError as error:
            raise CommandError(_("%s exists already; nothing is written over.") % path) from error
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        if options["verbosity"]:
            self.stdout.write(_("%d consents written.") % Consent.objects.count())
