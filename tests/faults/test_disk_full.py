"""No room is left, on whichever disk: that is said, and nothing is lost or half there."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from practices.document import to_json
from tests.factories import document

from .site import ADD, FILES, SQLITE, Site, form_of, without_ticket

NO_ROOM = "No queda espacio en el servidor: no se guardó nada."
PAGE = "No queda espacio en el servidor"
KILOBYTE, MEGABYTE = 1024, 1024 * 1024
IMPORT = "/admin/practices/importbatch/add/"
PAGE_OF_SQLITE = 4096


@contextmanager
def full(site: Site) -> Iterator[None]:
    """The disk of the uploaded files."""
    mark = site.folder / "full"
    mark.touch()
    try:
        yield
    finally:
        mark.unlink()


def kept(site: Site) -> list[str]:
    """The uploaded files, whole or not."""
    return sorted(path.name for path in (site.folder / "files").rglob("*") if path.is_file())


def allow_no_more(site: Site) -> None:
    """Its database, which nobody has open, may not grow any more."""
    size = (site.folder / SQLITE).stat().st_size
    site.server.environment["FAULTS_MOST_PAGES"] = str(size // PAGE_OF_SQLITE)


@contextmanager
def opened(site: Site) -> Iterator[None]:
    """The files that SQLite keeps beside a database that is in use are there already."""
    connection = sqlite3.connect(site.folder / SQLITE)
    connection.execute("SELECT * FROM django_migrations").fetchall()
    try:
        yield
    finally:
        connection.close()


def test_upload_is_told_and_the_form_keeps_what_was_typed(on_sqlite: Site) -> None:
    staff = on_sqlite.staff()
    site = on_sqlite.start()
    before = kept(site)
    form = {**form_of(staff.get(ADD)), "title": ["Con archivo"], "summary": ["Lo que se hizo, con ñ."]}
    small, large = ((FILES, "informe.txt", b"Lo que se hizo.\n" * n) for n in (10, 300_000))
    with full(site):
        answers = [staff.post(ADD, form, (file,)) for file in (small, large)]
        imported = staff.post(IMPORT, {}, (("chosen", "lote.json", f"[{to_json(document())}]".encode()),))
    for answer in answers:
        assert (answer.status, NO_ROOM in answer.text) == (200, True)
        assert "Elija de nuevo estos archivos: informe.txt." in answer.text
        assert without_ticket(form_of(answer)) == without_ticket(form)
    assert (imported.status, f"lote.json: {NO_ROOM}" in imported.text) == (200, True)
    assert kept(site) == before
    saved = staff.post(ADD, form_of(answers[-1]), (small,))
    assert (saved.status, len(kept(site))) == (302, len(before) + 1)


def test_database_that_is_full_is_told_and_read(on_sqlite: Site) -> None:
    staff = on_sqlite.staff()
    allow_no_more(on_sqlite)
    site = on_sqlite.start()
    form = {
        **form_of(staff.get(ADD)),
        "title": ["Sin espacio"],
        "summary": ["Lo que se hizo. " * 300],
        "impact": ["Se logró. " * 900],
    }
    answer = staff.post(ADD, form)
    batch = f"[{to_json(document(summary='Lo que se hizo. ' * 3_000))}]".encode()
    imported = staff.post(IMPORT, {}, (("chosen", "lote.json", batch),))
    assert (answer.status, NO_ROOM in answer.text) == (200, True)
    assert without_ticket(form_of(answer)) == without_ticket(form)
    assert (imported.status, f"lote.json: {NO_ROOM}" in imported.text) == (200, True)
    assert [site.get(page).status for page in ("/", "/practicas/", "/practicas/?q=agua")] == [200, 200, 200]


def test_upload_that_does_not_fit_while_it_comes_is_told(on_sqlite: Site) -> None:
    staff = on_sqlite.staff()
    site = on_sqlite.start()
    site.limit(8 * MEGABYTE)
    # Most of it is still to come when there is no room left.
    answer = staff.post(ADD, {}, tuple((FILES, f"informe-{n}.txt", b"x" * 12 * MEGABYTE) for n in range(8)))
    assert (answer.status, PAGE in answer.text, staff.get(ADD).status) == (507, True, 200)
    assert [path.name for path in site.folder.glob("*.upload*")] == []


def test_export_is_whole_or_told(on_sqlite: Site) -> None:
    site = on_sqlite.start()
    addresses = ("/practicas.csv", "/practicas.jsonl", "/practicas.xlsx")
    # Each worker has opened the files of its database.
    whole = [[site.get(address).body for address in addresses] for _turn in range(4)][-1]
    before = {path.name for path in site.folder.iterdir()}
    site.limit(4 * KILOBYTE)
    table, lines, book = (site.get(address) for address in addresses)
    # Only a spreadsheet is written to the disk before it is sent.
    assert [(table.status, table.body), (lines.status, lines.body)] == [(200, whole[0]), (200, whole[1])]
    assert (book.status, PAGE in book.text) == (507, True)
    assert (site.get("/practicas/").status, {path.name for path in site.folder.iterdir()}) == (200, before)


@pytest.mark.parametrize("command", ["dump", "backup"])
def test_command_that_finds_no_room_leaves_what_was_there(on_sqlite: Site, command: str) -> None:
    site, place = on_sqlite, on_sqlite.folder / "out"
    place.mkdir()
    first = site.manage(command, str(place / command), "-v0")
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    with opened(site):
        done = site.manage(command, str(place / command), "--replace", "-v0", most_written=4 * KILOBYTE)
    assert (first.returncode, bool(before)) == (0, True)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "File too large" in done.stderr
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before
    assert [path.name for path in place.iterdir()] == [command]
