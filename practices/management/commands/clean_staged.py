"""manage.py clean_staged: forget the files of forms that nobody saved and of savings that were cut off, for a timer to
run once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from practices.editorial.staging import forget_old
from practices.upkeep.checks.files import remove_orphans


class Command(BaseCommand):
    help = "Forget files that were chosen in a form and not saved in seven days, and remove what nothing needs."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten, removed = forget_old()
        # What a process left that was stopped before it wrote the row.
        removed += remove_orphans()
        if options["verbosity"]:
            counts = {"forgotten": forgotten, "removed": removed}
            self.stdout.write(_("%(forgotten)d kept files forgotten, %(removed)d stored files removed.") % counts)
