"""Stencils: texts drawn once with slots in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.drawing.stencil import Stencil, filled, slot, without_slots


def test_slot_is_filled_or_keeps_its_default():
    text = f"<b>{slot('name', 'nobody')}</b> {slot('count')}"
    assert filled(text, {}) == "<b>nobody</b> "
    assert filled(text, {"name": "Ana", "count": "3", "other": "x"}) == "<b>Ana</b> 3"
    assert Stencil(text).fill() == "<b>nobody</b> "
    assert Stencil(text).fill(name="Ana", count="3") == "<b>Ana</b> 3"


def test_what_is_filled_in_opens_no_slot():
    text = slot("name")
    assert filled(text, {"name": without_slots(slot("count", "5"))}) == "\N{REPLACEMENT CHARACTER}".join(
        ("", "count", "5", "")
    )


def test_half_filled_stencil_is_a_stencil():
    once = Stencil(f"{slot('name')} ({slot('count', '0')})").fill(name="Aseo", count=slot("count"))
    assert Stencil(once).fill(count="12") == "Aseo (12)"


@pytest.mark.parametrize("text", ["100 %", "%s", "%(name)s", "%%", "{name}", "\\1"])
def test_text_around_the_slots_stays_as_it_is(text):
    assert Stencil(f"{text}{slot('a')}{text}").fill(a=text) == text * 3
    assert filled(f"{text}{slot('a')}{text}", {"a": text}) == text * 3


@given(st.text(), st.text(), st.text())
def test_both_ways_to_fill_agree(before, value, after):
    text = f"{without_slots(before)}{slot('a', 'd')}{without_slots(after)}"
    expected = f"{without_slots(before)}{value}{without_slots(after)}"
    assert (Stencil(text).fill(a=value), filled(text, {"a": value})) == (expected, expected)
