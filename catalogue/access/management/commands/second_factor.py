"""Who has a second factor; and the way in for the last superuser, who has lost device and codes."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.access import factor, sessions


class Command(BaseCommand):
    help = "List who has a second factor, or take it from somebody who lost the device and the recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", metavar="USER", help="remove this account's second factor and end its sessions")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reset"]:
            self.reset(options["reset"])
            return
        for user in User.objects.filter(is_staff=True, is_active=True).order_by("username"):
            state = "set up" if factor.is_set(user) else "MISSING" if factor.must_have(user) else "none"
            self.stdout.write(f"{user.get_username()}: {state}")

    def reset(self, username: str) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if not factor.is_set(user):
            raise CommandError(f"{username} has no second factor.")
        factor.remove(user)
        ended = sessions.end_others(user)
        self.stdout.write(f"{username} signs in with the password alone; {ended} sessions ended.")
