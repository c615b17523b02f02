"""What was added to a text and what was removed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.language.differences import MOST_WORDS, differences

SIGNS = {"same": "{}", "added": "+{}+", "removed": "-{}-"}


def said(before: str, after: str) -> str:
    return "".join(SIGNS[stretch.fate].format(stretch.text) for stretch in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("igual", "igual", "igual"),
        ("", "nuevo", "+nuevo+"),
        ("viejo", "", "-viejo-"),
        ("Se atendieron 355 peticiones.", "Se atendieron 360 peticiones.", "Se atendieron -355-+360+ peticiones."),
        ("uno dos", "uno dos tres", "uno dos+ tres+"),
        ("• uno\n• dos", "• uno\n• dos\n• tres", "• uno\n• dos+\n• tres+"),
    ],
)
def test_words_that_differ_are_told(before, after, expected):
    assert said(before, after) == expected


def test_very_long_texts_are_compared_line_by_line():
    line = "palabra " * MOST_WORDS
    assert said(f"{line}\nfin", f"{line}\notro") == f"{line}\n-fin-+otro+"


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_both_texts_can_be_read_out_of_the_difference(before, after):
    found = differences(before, after)
    assert "".join(s.text for s in found if s.fate != "added") == before
    assert "".join(s.text for s in found if s.fate != "removed") == after
