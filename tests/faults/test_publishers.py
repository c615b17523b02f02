"""Who publishes at the same moment as others."""

import json
from itertools import pairwise

from .publishers import ALONE, TOGETHER
from .site import Site

ROUNDS = 3


def test_one_publishes_and_the_others_are_told(site: Site) -> None:
    site.run("enter")
    lines = [json.loads(line) for line in site.run("publishers", str(ROUNDS)).splitlines()]
    told = [line for line in lines if isinstance(line, list)]
    stands = [line for line in lines if isinstance(line, dict)]
    for turn in range(ROUNDS):
        together = told[turn * TOGETHER : (turn + 1) * TOGETHER]
        number = turn + 1
        assert sorted((shared for shared, _own in together), key=str) == [number, *["unchanged"] * (TOGETHER - 1)]
        assert [own for _shared, own in together] == [number] * TOGETHER
    codes = [f"BP-PRUEBA-SSPD-{ALONE - 1 + place}-2020" for place in range(TOGETHER + 1)]
    found = [(code, number) for code, number in stands[-1]["numbers"] if code in codes]
    assert found == [(code, number) for code in codes for number in range(1, ROUNDS + 1)]
    versions = [stand["version"] for stand in stands]
    assert [after - before for before, after in pairwise(versions)] == [TOGETHER + 1] * (ROUNDS - 1)
    assert stands[-1]["changed"] == versions[-1]
