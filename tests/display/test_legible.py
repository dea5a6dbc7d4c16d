"""Can every layout be read from the farthest seat? Millimetres of capitals for each metre of distance."""

from itertools import pairwise

import pytest
from display_clinic import picture
from display_gallery import LANGUAGES, crowded, grids, scenes, view

from display.board import Layout
from display.screens import draw, grid, legible
from smartqueue.errors import StartFault
from smartqueue.look import paint
from smartqueue.look.scene import Text

HD = grid(1920, 1080)
LAYOUTS = tuple(Layout)
SHAPES = ((1920, 1080), (1080, 1920))


def text(scene, wanted):
    found = [item for item in scene.items if isinstance(item, Text) and item.text == wanted]
    return max(found, key=lambda item: item.capital_px)


def test_a_screen_that_can_be_read_from_the_farthest_seat_is_accepted():
    legible.check(HD, tv_inches=55, seat_m=6.0)


def test_a_screen_that_is_too_small_is_refused_with_the_reason_and_a_way_out():
    with pytest.raises(StartFault) as refusal:
        legible.check(HD, tv_inches=43, seat_m=8.0)
    said = str(refusal.value)
    assert "from 8 m on a 43-inch screen" in said
    assert "would have capitals of" in said
    assert "the farthest seat at 4.8 m" in said
    assert "a screen of 72 inches" in said
    assert 'set layout = "call", which can be read from 8.2 m' in said


def test_what_the_refusal_proposes_is_accepted():
    legible.check(HD, tv_inches=43, seat_m=4.8)
    legible.check(HD, tv_inches=72, seat_m=8.0)
    legible.check(grid(1920, 1080, Layout.CALL), tv_inches=43, seat_m=8.2)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", SHAPES, ids=["landscape", "portrait"])
def test_every_layout_is_refused_from_where_it_can_not_be_read(layout, shape):
    size = grid(*shape, layout)
    reach_m = legible.farthest_m(size, 43)
    legible.check(size, 43, reach_m)
    with pytest.raises(StartFault, match="Too small to be read"):
        legible.check(size, 43, reach_m + 0.1)


@pytest.mark.parametrize(("shape", "times"), [((1920, 1080), 1.6), ((1080, 1920), 1.3)], ids=["landscape", "portrait"])
def test_one_call_at_a_time_is_read_from_much_farther_away(shape, times):
    """Upright the longest labels fill the width in both layouts."""
    far, usual = (legible.farthest_m(grid(*shape, layout), 43) for layout in (Layout.CALL, Layout.RECENT))
    assert far > times * usual


def test_a_door_is_read_by_whoever_stands_before_it():
    assert legible.farthest_m(grid(800, 480, Layout.DOOR), 7) > 1.2
    assert legible.farthest_m(grid(1280, 800, Layout.DOOR), 10.1) > 1.8


def test_a_door_that_is_too_small_is_not_sent_to_another_layout():
    with pytest.raises(StartFault) as refusal:
        legible.check(grid(800, 480, Layout.DOOR), 7, 4.0)
    assert "layout" not in str(refusal.value)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_screen_reaches_as_far_in_any_resolution(layout):
    reaches = [legible.farthest_m(grid(*size, layout), 43) for size in ((1280, 720), (1920, 1080), (3840, 2160))]
    assert max(reaches) / min(reaches) < 1.03


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_smaller_than_what_the_check_measured(layout, language):
    """But for the name of a site or a department that is longer than its line."""
    for size in list(grids(layout))[:2]:
        measured = min(one.capital_px for one in legible.measures(size))
        for one in scenes(size, language):
            for item in one.scene.texts():
                assert paint.place(item)[0].capital_px >= measured - 0.5 or item.smaller_px, (one.name, item.text)


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.DEPARTMENTS])
@pytest.mark.parametrize("shape", SHAPES, ids=["landscape", "portrait"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_that_share_the_screen_are_as_large_as_the_check_measured(layout, shape, language):
    size = grid(*shape, layout)
    measured = {one.what: one.capital_px for one in legible.measures(size)}
    calls = (("A012", "room-3"), ("K007", "room-2"), ("H019", "room-5"), ("M1004", "room-12b"))
    for some in (calls[:2], calls[:3], calls):
        scene = draw(view(crowded(), language, layout, on=some), size)
        for label, room in some:
            assert paint.place(text(scene, label))[0].capital_px >= measured["the label on call"]
            number = text(scene, room.removeprefix("room-").upper())
            assert paint.place(number)[0].capital_px >= measured["the room's number on call"]


def test_no_call_has_its_word_below_what_the_check_measured():
    word_px = next(one.capital_px for one in legible.measures(HD) if "word" in one.what)
    for on in (("A012", "room-3"), ("A1000", "window-12"), ("K999", "room-12b"), ("HK1000", "window-1000")):
        scene = draw(view(picture(), "en", on=on), HD)
        word = text(scene, "Window" if "window" in on[1] else "Room")
        assert word.capital_px >= word_px


def test_larger_screens_and_nearer_seats_are_never_refused_where_smaller_and_farther_ones_are_not():
    for layout in LAYOUTS:
        reaches = [legible.farthest_m(grid(1920, 1080, layout), inches) for inches in (32, 43, 55, 75)]
        assert all(smaller < larger for smaller, larger in pairwise(reaches))
