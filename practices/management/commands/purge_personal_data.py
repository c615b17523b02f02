"""manage.py purge_personal_data: forget what is past its time, or everything about one person."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from practices.upkeep.erasure import Found, forget
from practices.upkeep.person import Person, TooShort
from practices.upkeep.retention import purge


class Command(BaseCommand):
    help = (
        "Forget personal data that is past its time (settings RETENTION_…_DAYS), for a timer to run once a day; or, "
        "with --person, everything about one person who asks for it. Prints counts and places, never what stood there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be forgotten")
        parser.add_argument("--person", default="", help="a mail address, or a name of two words at least")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if options["person"]:
                self.forget_person(options["person"], dry_run=options["dry_run"])
            else:
                self.purge(dry_run=options["dry_run"], everything=options["verbosity"] > 1)
            if options["dry_run"]:
                self.stdout.write(_("Nothing was changed (--dry-run)."))

    def purge(self, *, dry_run: bool, everything: bool) -> None:
        total = 0
        for name, count in purge(dry_run=dry_run):
            total += count
            if count or everything:
                self.stdout.write(f"{capfirst(name)}: {count}")
        if not total:
            self.stdout.write(_("There was nothing to forget."))

    def forget_person(self, given: str, *, dry_run: bool) -> None:
        try:
            found = forget(Person(given), dry_run=dry_run)
        except TooShort as error:
            raise CommandError(_("Give a mail address, or a name of two words at least.")) from error
        self.tell(_("Erased"), [one for one in found if not one.is_left])
        self.tell(_("To be decided by an editor"), [one for one in found if one.is_left])
        if not found:
            self.stdout.write(_("Nothing was found."))

    def tell(self, title: str, found: list[Found]) -> None:
        if found:
            self.stdout.write(f"{title}:")
        for one in found:
            self.stdout.write(f"  {capfirst(str(one.place))}: {len(one.where)} ({', '.join(one.where)})")
