"""kill -9, in the middle of whatever it is."""

import json
import re

import pytest

from .site import Site

KILLS = 10
ACTIONS = ("saves", "publications", "imports", "uploads")
CUT_OFF = re.compile(r"orphan file: [0-9a-f]{2}/(\.[0-9a-f]{16}\.part|[0-9a-f]{64}\w*) .*")
"""What a file looks like that lost its process on the way: `clean_staged` removes it after an hour."""


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_is_half_written(site: Site, action: str) -> None:
    site.run("enter")
    said = [json.loads(line) for line in site.run("busy", action, str(KILLS)).splitlines()]
    assert len(said) == KILLS
    assert [finding for found in said for finding in found if not CUT_OFF.fullmatch(finding)] == []
