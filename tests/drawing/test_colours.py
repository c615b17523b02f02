"""How well colours are read on each other."""

import pytest

from practices.drawing.colours import BLACK, WHITE, channels, contrast, lightened_for, mixed


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (BLACK, WHITE, 21),
        (WHITE, WHITE, 1),
        ("#777777", WHITE, 4.48),
        ("#767676", WHITE, 4.54),
        (WHITE, "#3366cc", 5.37),
    ],
)
def test_contrast_is_what_wcag_defines(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("text", ["", "#fff", "fff", "#12345g", "#1234567", "#123456\n", "red", "rgb(0,0,0)"])
def test_what_is_not_six_digits_is_no_colour(text):
    with pytest.raises(ValueError, match=r"^"):
        channels(text)


def test_mixing_goes_from_one_colour_to_the_other():
    assert [mixed("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


@pytest.mark.parametrize("colour", ["#000000", "#0b5a85", "#8a1538", "#ffffff", "#00ff00"])
def test_a_colour_is_lightened_until_it_is_read(colour):
    ground = "#19232b"
    found = lightened_for(colour, ground, 7)
    assert contrast(found, ground) >= 7
    assert lightened_for(found, ground, 7) == found
