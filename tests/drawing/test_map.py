import json
import re

import pytest
from html5lib import HTMLParser

from bench import outlines
from practices.drawing.map import Area, Step, areas, country_map, shade, steps
from practices.templatetags.maps import map_of

# Space for the list to stay under 60 kB on the way.
MOST_TEXT = 9_000


def test_every_department_is_on_the_map_once():
    codes = [shape.code for shape in country_map().shapes]
    assert (len(codes), len(set(codes))) == (33, 33)
    assert {"11", "88"} <= set(codes)


def test_stored_map_is_the_one_that_the_script_draws():
    stored = json.loads(outlines.RESULT.read_text(encoding="utf-8"))
    assert stored == json.loads(json.dumps(outlines.drawn()))
    assert sum(len(shape.path) for shape in country_map().shapes) < MOST_TEXT


def test_every_shape_lies_inside_the_view_and_san_andres_inside_its_frame():
    drawn = country_map()
    _x, _y, width, height = map(int, drawn.view_box.split())
    for shape in drawn.shapes:
        points = list(_points(shape.path))
        left, top, right, bottom = 0, 0, width, height
        if shape.code == "88":
            left, top = drawn.frame.x, drawn.frame.y
            right, bottom = left + drawn.frame.width, top + drawn.frame.height
        assert all(left < x < right and top < y < bottom for x, y in points), shape.name
        # Large enough to be pointed at, San Andrés too.
        assert max(x for x, _ in points) - min(x for x, _ in points) > 18, shape.name


def _points(path):
    for ring in re.findall(r"M(\d+) (\d+)l([^z]+)z", path):
        x, y = int(ring[0]), int(ring[1])
        yield x, y
        numbers = [int(number) for number in re.findall(r"-?\d+", ring[2])]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


def test_neighbours_share_the_points_of_their_border():
    by_code = {shape.code: set(_points(shape.path)) for shape in country_map().shapes}
    assert len(by_code["17"] & by_code["66"]) > 3
    assert len(by_code["11"] & by_code["25"]) > 3


@pytest.mark.parametrize(
    ("count", "largest", "expected"),
    [
        *[(0, 0, 0), (0, 9, 0), (-1, 9, 0), (1, 1, 5), (1, 1_000_000, 1)],
        *[(1, 5, 1), (2, 5, 2), (4, 9, 3), (9, 9, 5), (9, 3, 5)],
    ],
)
def test_shade_is_none_only_for_none(count, largest, expected):
    assert shade(count, largest) == expected


def test_areas_lead_somewhere_only_where_there_is_something():
    drawn = {area.code: area for area in areas({"17": 3, "nacional": 90}, lambda code: f"?d={code}", {"05"})}
    assert len(drawn) == 33
    assert (drawn["17"].count, drawn["17"].shade, drawn["17"].address) == (3, 5, "?d=17")
    assert (drawn["05"].count, drawn["05"].address, drawn["05"].selected) == (0, "?d=05", True)
    assert (drawn["11"].count, drawn["11"].shade, drawn["11"].address) == (0, 0, "")


@pytest.mark.parametrize("largest", [1, 2, 3, 7, 40, 1_000])
def test_legend_says_what_each_shade_stands_for(largest):
    found = steps([Area("17", "Caldas", "", largest, 5)])
    assert [count for step in found for count in range(step.lowest, step.highest + 1)] == list(range(1, largest + 1))
    for step in found:
        assert {shade(count, largest) for count in range(step.lowest, step.highest + 1)} == {step.shade}


def test_map_of_nothing_has_no_legend():
    assert steps(areas({})) == []
    assert steps([Area("17", "Caldas", "", 1, 5)]) == [Step(5, 1, 1)]


def test_drawn_map_is_valid_and_names_its_links():
    drawn = areas({"17": 3, "11": 1}, lambda code: f"?departamento={code}&q=a", {"11"})
    html = map_of(drawn, "Prácticas por departamento")
    HTMLParser(strict=True).parse(f"<!doctype html><title>x</title>{html}")
    names = re.findall(r'<a href="([^"]+)"[^>]* aria-label="([^"]+)"', html)
    assert [(address, name.split(":")[0]) for address, name in names] == [
        ("?departamento=11&amp;q=a", "Bogotá, D.C."),
        ("?departamento=17&amp;q=a", "Caldas"),
    ]
    assert html.count("<path ") == 33
