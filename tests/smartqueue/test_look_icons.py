"""Our drawings: each in its grid, in any size, and as SVG."""

import re
import xml.etree.ElementTree as ET

import pytest
from PIL import ImageChops

from smartqueue.look import icons

ASKED_FOR = (
    *("clinic", "stethoscope", "bear", "heart", "bone", "flask", "pill", "eye", "tooth", "ear", "globe"),
    *("person-plus", "person-x", "people", "message", "printer", "printer-x", "wifi-off", "info", "warning"),
    *("arrow-right", "arrow-left", "arrow-down", "arrow-up", "check", "cross", "clock", "pause", "ticket"),
    *("speaker", "bell", "recall", "next", "back", "touch", "phone"),
    *("elderly", "pregnant", "baby", "accessibility", "wheelchair", "walker", "deaf", "blind"),
    *("check-in", "contrast", "speech", "see-hear", "backspace", "barcode", "copy", "network", "hub", "lock"),
)


@pytest.mark.parametrize("name", ASKED_FOR)
def test_every_icon_that_screens_need_is_drawn(name):
    assert icons.known(name)


@pytest.mark.parametrize("name", icons.names())
def test_an_icon_stays_inside_its_grid_and_fills_it(name):
    size = 240
    left, top, right, bottom = icons.mask(name, size).getbbox()
    assert min(left, top) >= 2
    assert max(right, bottom) <= size - 2
    assert max(right - left, bottom - top) >= size * 0.6


def test_no_two_icons_look_the_same():
    same = {"back": "arrow-left", "child": "bear"}
    pictures = {name: icons.mask(name, 48).tobytes() for name in icons.names() if name not in same}
    assert len(set(pictures.values())) == len(pictures)


@pytest.mark.parametrize("size", [16, 24, 75, 220])
def test_strokes_are_two_units_of_the_grid_wide_in_every_size(size):
    column = icons.mask("pause", size).crop((0, size // 2, size // 2, size // 2 + 1))
    assert sum(column.tobytes()) / 255 == pytest.approx(size / 12, abs=0.15)


def test_edges_are_smooth():
    levels = set(icons.mask("globe", 64).tobytes())
    assert len(levels) > 20


def test_a_flipped_icon_is_the_mirror_image():
    plain, flipped = icons.mask("arrow-right", 60), icons.mask("arrow-right", 60, flipped=True)
    other = icons.mask("arrow-left", 60)
    assert flipped.tobytes() != plain.tobytes()
    difference = ImageChops.difference(flipped, other)
    assert difference.getextrema()[1] < 140  # the left arrow is drawn a fraction of a unit beside the mirror image


@pytest.mark.parametrize("name", icons.names())
def test_svg_is_well_formed_and_takes_the_colour_of_the_text(name):
    root = ET.fromstring(icons.svg(name))
    assert root.get("stroke") == "currentColor"
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("aria-hidden") == "true"
    assert re.match(r"^M", root.find("path").get("d"))


def test_svg_with_a_title_is_an_image_for_screen_readers():
    root = ET.fromstring(icons.svg("deaf", 'Deaf & "hard of hearing"'))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Deaf & "hard of hearing"'


def test_an_unknown_icon_is_refused_with_the_names_that_there_are():
    with pytest.raises(KeyError, match=r"no icon 'dragon'; there are: .*stethoscope"):
        icons.mask("dragon", 24)
