"""Ten times as many visitors as on a busy day: slower, and never wrong."""

import time

from .load import PAGES, Visitors
from .site import Site

VISITORS, SECONDS = 40, 6.0
GROWTH = 24
"""Megabytes that two workers may hold after the second round beyond those of the first."""


def same(site: Site) -> dict[str, bytes]:
    """What each page says when nobody else asks."""
    return {page: site.get(page).body for page in PAGES}


def test_answers_are_the_same_and_memory_is_flat(on_sqlite: Site) -> None:
    site = on_sqlite.start()
    expected = same(site)
    held = []
    for _round in range(2):
        with Visitors(site, VISITORS) as report:
            time.sleep(SECONDS)
        held.append(site.memory())
        print(f"{report}; {held[-1]} MB")
        assert dict(report.broken) == {}
        assert set(report.statuses) <= {200, 429, 503}
        wrong = {one.path for one in report.got if one.status == 200 and one.body != expected[one.path]}
        assert wrong == set()
    assert held[1] - held[0] < GROWTH


def test_publication_is_seen_by_the_next_request_of_each_worker(on_sqlite: Site) -> None:
    site = on_sqlite.start()
    before = site.get("/practicas.json").body
    with Visitors(site, 8) as report:
        time.sleep(1)
        site.run("publish_one")
        published = time.monotonic()
        time.sleep(2)
        expected = site.get("/practicas.json").body
    assert (set(report.statuses), dict(report.broken)) == ({200}, {})
    lists = [one for one in report.got if one.path == "/practicas.json"]
    assert {one.body for one in lists} == {before, expected}
    assert {one.body for one in lists if one.began > published} == {expected}
    assert b"BP-PRUEBA-SSPD-001-2020" in expected
