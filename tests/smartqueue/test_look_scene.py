"""Scenes as data: boxes, mirroring, and what lies under a finger."""

import look_scenes
import pytest

from smartqueue.look.inline import Sign, Words, common_px, inline, width
from smartqueue.look.paint import paint
from smartqueue.look.scene import START_CORNERS, Box, Icon, Panel, Scene, Target, Text


def scene_of(*items, targets=()):
    return Scene(200, 100, "#FFFFFF", items, targets)


def test_columns_and_rows_share_the_room_that_gaps_leave():
    left, right = Box(0, 0, 110, 40).columns(1, 3, gap=10)
    assert (left, right) == (Box(0, 0, 25, 40), Box(35, 0, 75, 40))
    top, bottom = Box(0, 0, 40, 110).rows(1, 1, gap=10)
    assert (top, bottom) == (Box(0, 0, 40, 50), Box(0, 60, 40, 50))


def test_splitting_leaves_the_rest_beyond_the_gap():
    box = Box(10, 20, 100, 60)
    assert box.split_left(30, 5) == (Box(10, 20, 30, 60), Box(45, 20, 65, 60))
    assert box.split_right(30, 5) == (Box(10, 20, 65, 60), Box(80, 20, 30, 60))
    assert box.split_top(10, 5) == (Box(10, 20, 100, 10), Box(10, 35, 100, 45))
    assert box.split_bottom(10, 5) == (Box(10, 20, 100, 45), Box(10, 70, 100, 10))


def test_boxes_that_only_touch_do_not_overlap():
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 10, 10))
    assert Box(0, 0, 10, 10).overlaps(Box(9, 9, 10, 10))
    assert not Box(0, 0, 10, 10).overlaps(Box(9, 9, 10, 10), slack=1)


def test_mirroring_turns_places_round_and_keeps_sizes():
    text = Text(Box(10, 20, 50, 30), "x", "ar", 10)
    mirrored = scene_of(text).mirrored().items[0]
    assert mirrored.box == Box(140, 20, 50, 30)
    assert mirrored.align == "end"


def test_mirroring_turns_only_directional_icons():
    arrow = Icon(Box(0, 0, 20, 20), "arrow-right", "#000000", directional=True)
    clock = Icon(Box(0, 0, 20, 20), "clock", "#000000")
    assert [item.flipped for item in scene_of(arrow, clock).mirrored().items] == [True, False]


def test_mirroring_exchanges_round_corners():
    panel = scene_of(Panel(Box(0, 0, 20, 20), "#000000", corners=START_CORNERS)).mirrored().items[0]
    assert panel.corners == (False, True, True, False)


def test_mirroring_moves_targets_with_what_is_drawn():
    mirrored = scene_of(targets=(Target(Box(0, 0, 50, 50), "a"),)).mirrored()
    assert mirrored.target("a").box == Box(150, 0, 50, 50)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_mirroring_twice_gives_the_same_screen(language):
    scene = look_scenes.kiosk_departments(language)
    assert scene.mirrored() != scene
    assert paint(scene.mirrored().mirrored()).tobytes() == paint(scene).tobytes()


def test_the_uppermost_target_is_touched():
    scene = scene_of(targets=(Target(Box(0, 0, 200, 100), "whole"), Target(Box(50, 50, 20, 20), "key")))
    assert scene.target_at(60, 60).key == "key"
    assert scene.target_at(10, 10).key == "whole"
    assert scene.target_at(200, 10) is None
    assert scene.target("nothing") is None


def test_words_in_a_line_stand_side_by_side_and_fill_the_width_that_was_measured():
    parts = (Sign("clock", "#000000"), Words("opens", "#000000"), Words("14:00", "#000000", 700))
    items = inline(Box(10, 0, 400, 30), parts, "en", (26,))
    assert [type(item).__name__ for item in items] == ["Icon", "Text", "Text"]
    assert items[0].box.x == 10
    assert items[-1].box.right == pytest.approx(10 + width(parts, "en", 26))
    assert items[0].box.right < items[1].box.x < items[1].box.right < items[2].box.x


def test_a_line_aligned_to_the_end_ends_there():
    items = inline(Box(10, 0, 400, 30), (Words("5", "#000000"), Words("waiting", "#000000")), "en", (20,), "end")
    assert items[-1].box.right == pytest.approx(410)


def test_a_line_that_is_too_long_takes_the_next_size():
    parts = (Words("some words", "#000000"),)
    room = width(parts, "en", 20) + 1
    assert inline(Box(0, 0, room, 30), parts, "en", (26, 20, 16))[0].capital_px == 20


def test_a_group_of_lines_takes_one_size_together():
    short, long = (Words("5", "#000000"),), (Words("five hundred", "#000000"),)
    room = width(long, "en", 20)
    assert common_px((short, long), "en", (26, 20, 16), room) == 20
