"""manage.py verify_catalogue: whether the catalogue agrees with itself, and with its files."""

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from practices.upkeep.verification import Finding, verify

MOST_SHOWN = 50


class Command(BaseCommand):
    help = (
        "Check that the search index, the facets and what is drawn are those of the publications, that history has no "
        "gaps, and that every file is there with its content. Ends with 1 where something is not as it should be."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="make anew what is derived; nothing else is touched")
        parser.add_argument("--deep", action="store_true", help="draw everything again, compare every record")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            found = verify(repair=options["repair"], deep=options["deep"])
            if options["format"] == "json":
                self.stdout.write(json.dumps([described(finding) for finding in found], ensure_ascii=False, indent=1))
            else:
                self.tell(found, options["verbosity"])
            if left := sum(not finding.repaired for finding in found):
                raise CommandError(_("%d things are not as they should be.") % left)

    def tell(self, found: list[Finding], verbosity: int) -> None:
        """The first of each kind, and how many more there are."""
        shown: Counter[tuple[str, bool]] = Counter()
        for finding in found:
            shown[finding.kind, finding.repaired] += 1
            if shown[finding.kind, finding.repaired] <= MOST_SHOWN:
                self.stdout.write(f"{'✓' if finding.repaired else '✗'} {finding}")
        for (kind, repaired), count in shown.items():
            if count > MOST_SHOWN:
                self.stdout.write(f"{'✓' if repaired else '✗'} {kind}: … (+{count - MOST_SHOWN})")
        if verbosity and not found:
            self.stdout.write(_("The catalogue agrees with itself."))


def described(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "what": finding.what,
        "derived": finding.derived,
        "repaired": finding.repaired,
    }
