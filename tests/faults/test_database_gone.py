"""The database is away for a while: whoever asks is told so at once, and nobody has to touch anything afterwards."""

import json
import os
import signal
import time

from tests.deploy.services import PostgreSQL, until

from .load import Visitors
from .site import Site

AWAY = float(os.environ.get("FAULTS_AWAY", "7"))
"""Seconds."""
LONGEST, HEALED = 6.0, 10.0
VISITORS = 12
UNKNOWN = "/practicas/?q=nunca+buscado"


def test_site_says_so_and_heals_by_itself(on_postgresql: Site, server: PostgreSQL) -> None:
    site = on_postgresql.start()
    try:
        with Visitors(site, VISITORS, pause=0.05) as report:
            time.sleep(1)
            stopped = time.monotonic()
            server.stop(signal.SIGQUIT)
            time.sleep(AWAY)
            server.begin()
            back = time.monotonic()
            until(lambda: site.get(UNKNOWN).status == 200, "the site does not heal", HEALED)
            healed = time.monotonic() - back
            time.sleep(2)
    finally:
        site.end()
    print(f"{report}; healed after {healed:.1f} s")
    assert (set(report.statuses), dict(report.broken)) == ({200, 503}, {})
    assert report.slowest < LONGEST
    assert [one.path for one in report.got if one.status == 503 and one.began > back + HEALED] == []
    refused = [one for one in report.got if one.status == 503]
    assert {one.headers["retry-after"] for one in refused} == {"10"}
    assert {one.headers["cache-control"] for one in refused} == {"no-store"}
    assert {one.status for one in report.got if stopped + 1 < one.began < back - 4} == {503}
    told = {one.body for one in refused if one.path.partition("?")[0].endswith(".json")}
    assert [json.loads(body) for body in told] == [{"error": "unavailable"}]
    pages = [one.body.decode() for one in refused if one.path.partition("?")[0].endswith("/")]
    assert [page for page in pages if "El catálogo no está disponible" not in page] == []


def test_killed_connection_is_missed_by_one_request_at_most(on_postgresql: Site, server: PostgreSQL) -> None:
    site = on_postgresql.start()
    try:
        for page in ("/practicas/", UNKNOWN):
            site.get(page)
        server.asked("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'catalogue'")
        time.sleep(0.5)
        statuses = [site.get(f"{UNKNOWN}+{number}").status for number in range(12)]
    finally:
        site.end()
    # One for each worker.
    assert (statuses.count(503) <= 2, set(statuses) <= {200, 503}, set(statuses[-4:])) == (True, True, {200})
