"""Somebody else writes the SQLite database for a while: pages are read, and what is sent waits or comes back."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .load import Visitors
from .site import ADD, FILES, SQLITE, Answer, Site, form_of, without_ticket

LOCKED = 5.0
QUICK = 1.0
BUSY = "El catálogo está ocupado o no está del todo disponible: no se guardó nada."
# A search that finds nothing is counted, which is a writing.
PAGES = ("/", "/practicas/", "/practicas/?q=zzqxv", "/practicas.json?q=agua", "/practicas/?q=xkcdq+vvzz")


@contextmanager
def written_by_another(site: Site, seconds: float) -> Iterator[None]:
    """A transaction that writes, in a thread of its own."""
    locked = threading.Event()

    def write() -> None:
        connection = sqlite3.connect(site.folder / SQLITE, isolation_level=None, timeout=10)
        connection.execute("BEGIN IMMEDIATE")
        locked.set()
        time.sleep(seconds)
        connection.execute("ROLLBACK")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert locked.wait(10)
    try:
        yield
    finally:
        writer.join()


def test_reads_go_on_and_a_form_waits(on_sqlite: Site) -> None:
    staff, seen_long_ago = on_sqlite.staff(), on_sqlite.staff(seen_before=20 * 60)
    site = on_sqlite.start()
    form = {**form_of(staff.get(ADD)), "title": ["Escrita mientras otro escribe"]}
    answers: list[Answer] = []
    with Visitors(site, 2, PAGES) as before:
        time.sleep(2)
    with written_by_another(site, LOCKED):
        sent = threading.Thread(target=lambda: answers.append(staff.post(ADD, form)))
        sent.start()
        began = time.monotonic()
        # That this person was seen is a writing, too.
        desk = seen_long_ago.get("/admin/practices/practice/")
        took = time.monotonic() - began
        with Visitors(site, 2, PAGES, pause=0.1) as report:
            time.sleep(LOCKED - 2)
    sent.join()
    print(f"before: {before}; locked: {report}; the staff's list took {took:.2f} s")
    assert (set(report.statuses), dict(report.broken), desk.status) == ({200}, {}, 200)
    # What this machine takes without a lock, besides.
    assert max(report.slowest, took) < QUICK + before.slowest
    assert (answers[0].status, answers[0].headers["Location"].split("?")[0] != ADD) == (302, True)


def test_form_that_waited_too_long_comes_back_as_it_was_typed(made: Site, tmp_path: Path) -> None:
    site = Site(tmp_path / "site", FAULTS_PATIENCE="1").copied(made)
    staff = site.staff()
    site.start()
    try:
        form = {**form_of(staff.get(ADD)), "title": ["Escrita mientras otro escribe"]}
        with written_by_another(site, LOCKED):
            answer = staff.post(ADD, form, ((FILES, "informe.txt", b"Lo que se hizo.\n"),))
        again = {**form_of(answer), "title": ["Escrita mientras otro escribe"]}
        saved = staff.post(ADD, again)
    finally:
        site.end()
    assert (answer.status, BUSY in answer.text) == (200, True)
    assert "informe.txt" in answer.text
    assert without_ticket(form_of(answer)) == without_ticket(form)
    assert saved.status == 302
