"""Files that an import gives back: its report beside the rows of the file, and the empty templates."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.exchange import templates_out
from practices.exchange.readers import NotAnImport
from practices.exchange.readers.values import Note
from practices.exchange.reports import NOT_YET, report_of
from practices.exchange.understood import line_of
from practices.models.batch import ImportBatch, ImportRow
from practices.models.files import UNKNOWN_TYPE, media_type_of

from .import_rows import said

# Excel in Spanish reads this as a table: UTF-8 with its mark, and semicolons.
ENCODING, SEPARATOR = "utf-8-sig", ";"
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report(batch: ImportBatch) -> HttpResponse:
    """The spreadsheet that was imported with one column more, or, for other files, a table of the records."""
    ending = PurePath(batch.name).suffix.lower()
    stem = f"{PurePath(batch.name).stem} - " + _("report")
    if ending in {".xlsx", ".csv"}:
        try:
            content = _marked_spreadsheet(batch)
        except (NotAnImport, FileNotFoundError):
            pass
        else:
            return _download(content, f"{stem}{ending}")
    return _download(_table(batch).encode(ENCODING), f"{stem}.csv")


def _marked_spreadsheet(batch: ImportBatch) -> bytes:
    problems = {line: _problems(row) for row in batch.rows.all() if (line := line_of(row.reading))}
    with NamedTemporaryFile(suffix=PurePath(batch.name).suffix) as copy:
        with batch.source.content.open("rb") as stored:
            copy.writelines(stored.chunks())
        copy.flush()
        return templates_out.report_spreadsheet(Path(copy.name), batch.name, problems)


def _problems(row: ImportRow) -> list[str]:
    """What is wrong in one record, a line each: column, field, message and the value that was not taken."""
    if row.report == NOT_YET:
        return []
    found = report_of(row.report)
    lines = [": ".join(filter(None, (one.note.column, one.name, one.note.message))) for one in said(found.errors)]
    lines += [": ".join(filter(None, (one.name, one.note.message))) for one in said(_kept_as_text(row))]
    return lines


def _kept_as_text(row: ImportRow) -> list[Note]:
    return [note for note in report_of(row.report).notes if not note.understood]


def _table(batch: ImportBatch) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=SEPARATOR)
    header = (_("record"), _("where"), _("code"), _("title"), _("what it is"), _("field"), _("column"), _("value"))
    writer.writerow([*header, _("problem")])
    writer.writerows([*map(_harmless, line)] for row in batch.rows.all() for line in _lines(row))
    return text.getvalue()


def _lines(row: ImportRow) -> Iterator[tuple[str, ...]]:
    """One for each problem of the record; one without where it has none."""
    record = (str(row.place), row.where, row.code, row.title, str(row.get_status_display()))
    found = report_of(row.report) if row.report != NOT_YET else None
    notes = [*found.errors, *_kept_as_text(row)] if found else []
    for one in said(notes):
        yield (*record, one.name, one.note.column, one.note.value, one.note.message)
    if not notes:
        yield (*record, "", "", "", "")


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value


TEMPLATES: dict[str, tuple[Any, str, Callable[[], bytes]]] = {
    "spreadsheet": (gettext_lazy("Spreadsheet of many practices"), "xlsx", templates_out.spreadsheet_template),
    "ficha": (gettext_lazy("Form of a practice"), "docx", templates_out.ficha_template),
}


def templates() -> list[tuple[str, Any]]:
    """The kinds of empty templates there are, with their names."""
    return [(kind, name) for kind, (name, _ending, _make) in TEMPLATES.items()]


def template(kind: str) -> HttpResponse:
    """An empty template. Raises Http404."""
    if kind not in TEMPLATES:
        raise Http404
    name, ending, make = TEMPLATES[kind]
    return _download(make(), f"{name}.{ending}")


def _download(content: bytes, name: str) -> HttpResponse:
    kind = media_type_of(name)
    response = HttpResponse(content, content_type=kind if kind != UNKNOWN_TYPE else "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
