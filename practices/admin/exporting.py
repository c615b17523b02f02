"""The chosen records as files: their documents as JSON, and the main columns for a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from practices.document import to_json
from practices.editorial.documents import build_document
from practices.models.practice import Practice

from .field_names import column_name

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
EACH = 200


class Echo:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        return text


def harmless(value: Any) -> str:
    """The cell as text that no spreadsheet takes for a formula: an apostrophe stands before those that could be."""
    text = str(value if value is not None else "")
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(FORMULA) else text


def as_json(practices: QuerySet[Practice]) -> StreamingHttpResponse:
    """A list of documents, which an import takes again. About twelve queries a record, streamed."""

    def pieces() -> Iterator[str]:
        yield "["
        for number, practice in enumerate(whole(practices)):
            yield (",\n" if number else "\n") + to_json(build_document(practice))
        yield "\n]\n"

    return _download(pieces(), "json", "application/json")


def as_csv(practices: QuerySet[Practice]) -> StreamingHttpResponse:
    """As Excel in Spanish opens it: semicolons, UTF-8 with its mark."""
    writer = csv.writer(Echo(), delimiter=";")
    rows = (writer.writerow([harmless(cell) for cell in row]) for row in _rows(practices))
    return _download(_with_mark(rows), "csv", "text/csv; charset=utf-8")


def _with_mark(rows: Iterable[str]) -> Iterator[str]:
    yield BOM
    yield from rows


def _rows(practices: QuerySet[Practice]) -> Iterator[list[Any]]:
    names = ("code", "title", "organizations", "category", "call", "implemented_text", "coverage_text", "state")
    yield [
        *map(column_name, names),
        _("Version"),
        _("Has changes that are not published"),
        capfirst(_("last change")),
    ]
    # The list's own columns: its category, its authors and its version are read with it.
    for practice in practices.select_related("category", "call").iterator(chunk_size=EACH):
        yield _row(practice)


def _row(practice: Any) -> list[Any]:
    return [
        practice.code,
        practice.title,
        practice.author_text or "; ".join(map(str, practice.authorship_set.all())),
        practice.category or "",
        practice.call or "",
        practice.implemented_text,
        practice.coverage_text,
        practice.get_state_display(),
        practice.version or "",
        _("yes") if practice.differs else "",
        localtime(practice.changed_at).isoformat(sep=" ", timespec="minutes"),
    ]


def whole(practices: QuerySet[Practice]) -> Iterator[Practice]:
    """The records with all their fields, in the order of the list, a few hundred at a time."""
    keys = list(practices.values_list("pk", flat=True))
    for start in range(0, len(keys), EACH):
        found = Practice.objects.select_related("category", "call").in_bulk(keys[start : start + EACH])
        yield from (found[key] for key in keys[start : start + EACH] if key in found)


def _download(pieces: Iterator[str], ending: str, media_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=media_type)
    name = f"practicas-{localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
