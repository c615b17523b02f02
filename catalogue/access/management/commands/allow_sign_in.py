"""End the pause of an account that somebody else's attempts have brought about."""

from typing import Any

from axes.models import AccessAttempt
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.access.limits import forget_attempts


class Command(BaseCommand):
    help = "Forget the failed sign-ins of an account (or all), so that it need not wait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", nargs="?", help="the name that is typed at the sign-in")
        parser.add_argument("--all", action="store_true", help="of all accounts and addresses")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["user"]) == options["all"]:
            raise CommandError("Name one account, or --all.")
        deleted = AccessAttempt.objects.all().delete()[0] if options["all"] else forget_attempts(options["user"])
        self.stdout.write(f"{deleted} counts of failed sign-ins forgotten.")
