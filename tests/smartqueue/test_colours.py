"""A clinic's colour: whether it can be read, and the nearest one of its hue that can."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smartqueue.colours import (
    PAPER,
    WHITE,
    contrast,
    is_colour,
    is_readable,
    nearest_readable,
    oklch,
    rgb,
)

colours = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#{:02X}{:02X}{:02X}".format(*parts))


@pytest.mark.parametrize("text", ["#10A0ff", "#000000"])
def test_a_colour_is_written_with_six_digits(text):
    assert is_colour(text)
    assert len(rgb(text)) == 3


@pytest.mark.parametrize(
    "text", ["", "#FFF", "10A0FF", "#10A0F", "#10A0FFF", "#10A0FG", "#+1+1+1", "#١٢٣٤٥٦", "#10A0FF\n"]
)
def test_what_is_no_colour_is_told(text):
    assert not is_colour(text)
    with pytest.raises(ValueError, match="not a colour"):
        rgb(text)


@pytest.mark.parametrize(
    ("bright", "nearest"),
    [("#FF0000", (0, 40)), ("#00A0E0", (200, 260)), ("#FFD400", (60, 110)), ("#7CC242", (110, 160))],
)
def test_a_bright_brand_stays_its_own_hue(bright, nearest):
    """Degrees in OKLCH."""
    made = nearest_readable(bright)
    assert made != bright
    degrees = math.degrees(oklch(made)[2]) % 360
    assert nearest[0] <= degrees <= nearest[1]


def test_white_becomes_the_lightest_grey_that_can_be_read():
    parts = rgb(nearest_readable(WHITE))
    assert max(parts) - min(parts) <= 1
    lighter = max(parts) + 1
    assert not is_readable(f"#{lighter:02X}{lighter:02X}{lighter:02X}")


@given(colours)
def test_the_nearest_can_be_read_on_white_and_on_paper(colour):
    made = nearest_readable(colour)
    assert contrast(made, PAPER) >= 7
    assert contrast(made, WHITE) >= 7


@given(colours)
def test_what_can_be_read_stays_as_it_is_and_the_nearest_is_its_own_nearest(colour):
    made = nearest_readable(colour)
    assert (made == colour) is is_readable(colour)
    assert nearest_readable(made) == made


@given(colours)
def test_it_is_no_darker_than_it_has_to_be(colour):
    """One step of 256 makes about a tenth of a contrast there."""
    assume(not is_readable(colour))
    assert contrast(nearest_readable(colour), PAPER) < 7.35


@given(colours)
def test_it_keeps_its_hue_as_well_as_one_step_in_256_can_tell(colour):
    assume(not is_readable(colour))
    (_, before, hue), (_, after, kept) = oklch(colour), oklch(nearest_readable(colour))
    assert after <= before + 0.01
    assume(after > 0.04)
    turned = abs((kept - hue + math.pi) % (2 * math.pi) - math.pi)
    assert turned < 0.12
