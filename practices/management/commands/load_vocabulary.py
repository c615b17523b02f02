"""manage.py load_vocabulary: the words that records share, from fixtures/. Safe to run again."""

import csv
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from practices.models.synonym import SynonymGroup
from practices.models.vocabulary import Department, Municipality

FIXTURES = ("services", "categories", "criteria", "code_series", "organizations")


class Command(BaseCommand):
    help = "Load services, categories, criteria, series of codes, known organisations, departments and municipalities."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "fixtures"
        for name in FIXTURES:
            call_command("loaddata", folder / "vocabulary" / f"{name}.json", verbosity=0)
        if not SynonymGroup.objects.exists():
            # Only to begin with: staff keep them afterwards, and what they changed or removed stays so.
            call_command("loaddata", folder / "vocabulary" / "synonyms.json", verbosity=0)
        places = load_places(folder / "reference" / "municipalities.csv")
        if options["verbosity"]:
            self.stdout.write(f"{len(FIXTURES)} fixtures, {places} municipalities")


def load_places(path: Path) -> int:
    """Departments and municipalities of DIVIPOLA, added or renamed; none is ever deleted. Four queries."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    departments = {row["department_code"]: row["department"] for row in rows}
    Department.objects.bulk_create(
        [Department(code=code, name=name) for code, name in departments.items()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    Municipality.objects.bulk_create(
        [
            Municipality(code=row["municipality_code"], name=row["municipality"], department_id=row["department_code"])
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "department"],
    )
    return len(rows)
