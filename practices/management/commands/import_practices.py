"""manage.py import_practices FILE…: practices as people write them (JSON, DOCX, XLSX, CSV, ZIP), into the record."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from practices.editorial.gazetteer import gazetteer
from practices.exchange.importing import CHANGED, NEW, REFUSED, SAME, Outcome, import_readings
from practices.exchange.readers import NotAnImport, Reading, read_file
from practices.exchange.readers.values import Note
from practices.language.texts import shorten
from practices.models.vocabulary import CodeSeries

MESSAGE = 300


def placed(note: Note, reading: Reading) -> str:
    """The field, and where in the file its value stands."""
    return ", ".join(part for part in (note.field, reading.where if note.column else "", note.column) if part)


class Command(BaseCommand):
    help = (
        "Import practices from JSON, DOCX, XLSX, CSV or a ZIP of them. "
        "The same code updates the same record; nothing is published unless asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report everything and change nothing")
        parser.add_argument("--publish", action="store_true", help="publish what has the required minimum")
        parser.add_argument("--demonstration", action="store_true", help="mark the records as demonstration records")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = [
            self.reported(outcome, options["verbosity"])
            for outcome in import_readings(
                self.readings(options["files"], options["verbosity"]),
                publishing=options["publish"],
                dry_run=options["dry_run"],
                demonstration=options["demonstration"],
            )
        ]
        self.summarise(outcomes, options["dry_run"], options["verbosity"])

    def readings(self, files: list[Path], verbosity: int) -> list[Reading]:
        """The records of all files; what is to be said of a file as a whole is printed."""
        places = gazetteer()
        prefixes = list(CodeSeries.objects.values_list("prefix", flat=True))
        try:
            found = [read_file(path, path.name, places, prefixes) for path in files]
        except NotAnImport as error:
            raise CommandError(_("Nothing was imported: %s") % error) from error
        for note in [note for readings in found for note in readings.notes] if verbosity else []:
            self.stdout.write(f"· {shorten(note.message, MESSAGE)}")
        return [reading for readings in found for reading in readings]

    def reported(self, outcome: Outcome, verbosity: int) -> Outcome:
        """Print what became of one record, as soon as it is known."""
        if verbosity < 1:
            return outcome
        reading = outcome.reading
        title = shorten(reading.given.get("title", ""), MESSAGE)
        self.stdout.write(f"{reading.place}. {reading.code or '?'} {title} — {self.said(outcome)}")
        for note in outcome.errors + outcome.unpublished:
            self.stdout.write(self.style.ERROR(f"     ✗ {placed(note, reading)}: {shorten(note.message, MESSAGE)}"))
        kept = _("kept as text")
        for note in reading.notes if outcome.status != SAME else []:
            mark = "✓" if note.understood else "·"
            tail = "" if note.understood else f" ({kept})"
            self.stdout.write(f"     {mark} {note.field}: {shorten(note.message, MESSAGE)}{tail}")
        return outcome

    def said(self, outcome: Outcome) -> str:
        names = {NEW: _("new"), CHANGED: _("changed"), SAME: _("without changes"), REFUSED: _("refused")}
        parts = [names[outcome.status]]
        if outcome.status != REFUSED:
            parts.append(_("%d %% complete") % outcome.completeness)
        if outcome.version:
            parts.append(_("published, version %d") % outcome.version)
        elif outcome.unpublished:
            parts.append(_("not published"))
        return ", ".join(parts)

    def summarise(self, outcomes: list[Outcome], dry_run: bool, verbosity: int) -> None:
        counts = {status: sum(o.status == status for o in outcomes) for status in (NEW, CHANGED, SAME, REFUSED)}
        if verbosity:
            self.stdout.write(
                _("%(new)d new, %(changed)d changed, %(same)d without changes, %(refused)d refused.") % counts
            )
        if verbosity and dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
        if counts[REFUSED]:
            raise CommandError(_("Some records were refused; the others were imported."))
