"""Exactly what a list shows, all of it and in its order, to take away: CSV, spreadsheet, JSON Lines."""

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import IO
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.browse import Selection
from practices.browse.changes import Changes
from practices.browse.parameters import FORMAT, INTERNATIONAL, SINCE
from practices.exchange.writers import csv_out
from practices.exchange.writers.changed_lines import changed_lines
from practices.exchange.writers.columns_out import rows_of
from practices.exchange.writers.csv_table import table_of
from practices.models.page import Page
from practices.web.addresses import lasting_address
from practices.web.frame import frame

from .institution import filled_in, in_language
from .pdf import come_back_later

CSV = "text/csv; charset=utf-8"
LINES = "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE = 64 * 1024
"""Characters that leave together."""
COPYRIGHT = "/derechos-de-autor/"

LARGE = 2_000
"""Practices. A spreadsheet of more keeps a worker busy for seconds: each makes one of them at a time."""
PATIENCE, LATER = 5, 30
"""Seconds that somebody waits for his turn, and after which he is told to come back."""
_turn = threading.BoundedSemaphore()


@require_safe
def practice_list_csv(request: HttpRequest) -> HttpResponseBase:
    """A table for Excel in Spanish or, with `formato=internacional`, for everybody else. Two queries for up to 500
    practices, one more for each 500."""
    selection = Selection.from_query(request.GET)
    dialect = csv_out.INTERNATIONAL if request.GET.get(FORMAT) == INTERNATIONAL else csv_out.SPANISH
    table = table_of(selection.ordered().batches(), dialect, lasting_address(request, "practice_list"))
    return _streamed(request, selection, table, "csv", CSV)


@require_safe
def practice_list_jsonl(request: HttpRequest) -> HttpResponseBase:
    """A document a line, byte for byte as it was frozen; with `desde`, what changed. Queries as the CSV."""
    if SINCE in request.GET:
        changes = Changes(request.GET)
        told = in_pieces(changed_lines(changes, address_in(request)))
        return _streamed(request, changes.selection, told, "jsonl", LINES)
    selection = Selection.from_query(request.GET)
    lines = (f"{publication.document}\n" for publication in selection.publications())
    return _streamed(request, selection, in_pieces(lines), "jsonl", LINES)


@require_safe
def practice_list_xlsx(request: HttpRequest) -> HttpResponseBase:
    """A workbook, made whole on disk and then sent. Queries as the CSV, and one for the licence."""
    selection = Selection.from_query(request.GET)
    if request.method == "HEAD":
        return _streamed(request, selection, (), "xlsx", XLSX)
    try:
        with _one_at_a_time() if len(selection.ids) > LARGE else nullcontext():
            file = _workbook(request, selection)
    except TimeoutError:
        return come_back_later(request, LATER)
    return _named(FileResponse(file, content_type=XLSX), selection, "xlsx")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Raises TimeoutError for who has waited long enough."""
    if not _turn.acquire(timeout=PATIENCE):
        raise TimeoutError
    try:
        yield
    finally:
        _turn.release()


def _workbook(request: HttpRequest, selection: Selection) -> IO[bytes]:
    """It has no name: whoever closes it deletes it."""
    # Here, since most workers never make one: 20 MB.
    from practices.exchange.writers.xlsx_out import About, write_xlsx

    query = selection.kept
    address = request.build_absolute_uri(f"{reverse('web:practice_list')}{'?' if query else ''}{query}")
    sentence = selection.sentence(len(selection.ids))
    about = About(frame().site_name, sentence, address, localdate(), licence(request.build_absolute_uri))
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        write_xlsx(file, rows_of(selection.publications(), address_in(request)), about)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def licence(absolute: Callable[[str], str]) -> list[str]:
    """What may be done with the data, a line each, as the institution's own page says. One query."""
    page = Page.objects.filter(url=COPYRIGHT).first()
    if page is None:
        return [_("The texts belong to their authors. They may be reused as long as the source is named.")]
    title, text = in_language(page)
    lines = [line.strip().removeprefix("## ") for line in filled_in(text, frame()).splitlines()]
    address = absolute(reverse("web:page", args=[page.url.strip("/")]))
    return [title, address, *filter(None, lines)]


def address_in(request: HttpRequest) -> Callable[[str], str]:
    """From the code of a practice to its permanent address, the site's own looked up once."""
    start = lasting_address(request, "practice_list")
    return lambda code: f"{start}{quote(code)}/"


def in_pieces(lines: Iterable[str]) -> Iterator[str]:
    """The same text in fewer pieces: each costs the server, and what compresses it, as much as a large one."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PIECE:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


def _streamed(
    request: HttpRequest, selection: Selection, lines: Iterable[str | bytes], ending: str, kind: str
) -> HttpResponseBase:
    """Nothing of it is made for who asks for the headers only."""
    pieces = () if request.method == "HEAD" else lines
    return _named(StreamingHttpResponse(pieces, content_type=kind), selection, ending)


def _named(response: HttpResponseBase, selection: Selection, ending: str) -> HttpResponseBase:
    name = csv_out.file_name(selection.sentence(len(selection.ids)), ending=ending)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
