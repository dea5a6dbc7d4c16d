"""Scenes as pictures, and the check that looks for what is wrong with them."""

import dataclasses

import look_scenes
import pytest
from PIL import Image

from smartqueue.look import paint
from smartqueue.look.scene import START_CORNERS, Bar, Box, Icon, Panel, Photo, Qr, Scene, Target, Text
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.screen import Screen

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def scene_of(*items, targets=(), size=(300, 200)):
    return Scene(*size, "#FFFFFF", items, targets)


def painted(*items):
    return paint.paint(scene_of(*items))


def kinds(scene, **values):
    return sorted({defect.kind for defect in check(scene, **values)})


def test_a_plain_panel_fills_its_box_to_the_pixel():
    assert painted(Panel(Box(10, 20, 30, 40), "#000000")).point(lambda v: 255 - v).getbbox() == (10, 20, 40, 60)


def test_round_corners_are_empty_at_the_tip_and_smooth():
    picture = painted(Panel(Box(10, 10, 100, 80), "#000000", radius_px=20))
    assert [picture.getpixel(tip) for tip in ((10, 10), (109, 10), (109, 89), (10, 89))] == [WHITE] * 4
    assert picture.getpixel((60, 10)) == BLACK
    assert len({picture.getpixel((x, 12))[0] for x in range(10, 30)}) > 3


def test_only_the_corners_that_are_asked_for_are_round():
    picture = painted(Panel(Box(10, 10, 100, 80), "#000000", radius_px=20, corners=START_CORNERS))
    assert [picture.getpixel(tip) for tip in ((10, 10), (109, 10), (109, 89), (10, 89))] == [WHITE, BLACK, BLACK, WHITE]


def test_a_panel_without_fill_shows_what_lies_beneath():
    picture = painted(Bar(Box(0, 0, 300, 200), "#00FF00"), Panel(Box(10, 10, 100, 80), None, "#000000", 3, 20))
    assert picture.getpixel((60, 50)) == (0, 255, 0)
    assert picture.getpixel((60, 11)) == BLACK
    assert picture.getpixel((60, 13)) == (0, 255, 0)
    assert picture.getpixel((11, 11)) == (0, 255, 0)


def test_an_edge_lies_inside_the_box_and_the_fill_within_it():
    picture = painted(Panel(Box(10, 10, 100, 80), "#00FF00", "#000000", 3, 20))
    assert [picture.getpixel((x, 50)) for x in (9, 10, 12, 13)] == [WHITE, BLACK, BLACK, (0, 255, 0)]


def test_a_disc_is_round():
    mask = painted(Panel(Box(10, 10, 60, 60), "#000000", radius_px=30)).convert("L").point(lambda v: 255 - v)
    assert mask.getbbox() == (10, 10, 70, 70)
    assert sum(mask.tobytes()) / 255 == pytest.approx(3.14159 * 30 * 30, rel=0.01)


def test_a_dashed_edge_has_gaps_on_every_side():
    picture = painted(Panel(Box(10, 10, 200, 120), None, "#000000", 3, 18, dashed=True)).convert("L")
    sides = [
        [picture.getpixel((x, 11)) for x in range(30, 190)],
        [picture.getpixel((x, 128)) for x in range(30, 190)],
        [picture.getpixel((11, y)) for y in range(30, 110)],
        [picture.getpixel((208, y)) for y in range(30, 110)],
    ]
    for side in sides:
        assert min(side) < 30
        assert max(side) > 225


def test_capitals_stand_in_the_middle_at_the_top_or_on_the_bottom_of_their_box():
    box = Box(10, 50, 280, 100)
    ink = {valign: ink_box(Text(box, "HH", "en", 40, 700, valign=valign)) for valign in ("top", "middle", "bottom")}
    assert (ink["top"].y, ink["middle"].y, ink["bottom"].bottom) == (50, 80, 150)


def test_words_of_different_size_share_a_baseline_when_they_stand_on_the_bottom():
    small = ink_box(Text(Box(0, 0, 140, 100), "Room", "en", 30, valign="bottom"))
    large = ink_box(Text(Box(150, 0, 140, 100), "4", "en", 90, 700, valign="bottom"))
    assert small.bottom == pytest.approx(large.bottom, abs=1)


def test_start_middle_and_end_are_places_in_the_box():
    ink = {
        align: ink_box(Text(Box(10, 0, 280, 50), "H", "en", 30, align=align)) for align in ("start", "center", "end")
    }
    assert ink["start"].x < 16
    assert ink["center"].x + ink["center"].w / 2 == pytest.approx(150, abs=1)
    assert ink["end"].right > 284


def test_a_code_is_dark_on_white_even_at_night():
    scene = dataclasses.replace(scene_of(Qr(Box(10, 10, 150, 150), "HTTPS://Q.EXAMPLE/7H4K2MPX")), ground="#0B1F2A")
    picture = paint.paint(scene)
    assert picture.getpixel((85, 21)) == WHITE
    assert BLACK in {picture.getpixel((x, 50)) for x in range(30, 140)}


def test_a_photo_is_neither_cut_nor_stretched(tmp_path):
    path = tmp_path / "wide.png"
    Image.new("RGB", (200, 100), "#00FF00").save(path)
    picture = painted(Photo(Box(10, 10, 100, 100), path))
    assert [picture.getpixel((60, y)) for y in (20, 40, 60, 80, 100)] == [
        WHITE,
        (0, 255, 0),
        (0, 255, 0),
        (0, 255, 0),
        WHITE,
    ]


def test_a_photo_that_is_not_there_leaves_the_rest_of_the_screen(tmp_path):
    picture = painted(Photo(Box(10, 10, 100, 100), tmp_path / "gone.png"), Bar(Box(150, 10, 10, 10), "#000000"))
    assert picture.getpixel((155, 15)) == BLACK


def test_a_mirrored_arrow_points_the_other_way():
    scene = scene_of(Icon(Box(0, 0, 100, 100), "arrow-right", "#000000", directional=True))
    assert (
        paint.paint(scene.mirrored()).tobytes()
        == paint.paint(scene).transpose(Image.Transpose.FLIP_LEFT_RIGHT).tobytes()
    )


# --- what the check finds


@pytest.mark.parametrize("language", look_scenes.WORDS)
def test_a_good_kiosk_screen_has_no_defect(language):
    assert check(look_scenes.kiosk_departments(language), look_scenes.KIOSK) == []


def test_a_good_display_has_no_defect():
    assert check(look_scenes.display_call(), look_scenes.TELEVISION) == []


def test_cut_words_are_found():
    assert "cut" in kinds(scene_of(Text(Box(0, 50, 100, 40), "Mmmmmmmm nnnnnnnnn", "en", 30)))


def test_words_that_only_fit_smaller_are_found():
    assert kinds(scene_of(Text(Box(0, 50, 60, 60), "A012", "en", 50))) == ["squeezed"]


def test_words_too_small_to_read_are_found():
    text = Text(Box(20, 50, 200, 40), "HH", "en", 17)
    panel = Screen(300, 200, 60.0)
    assert kinds(scene_of(text), screen=panel, capital_mm=3.6) == ["tiny"]
    assert kinds(scene_of(dataclasses.replace(text, capital_px=18)), screen=panel, capital_mm=3.6) == []


def test_too_low_a_box_is_found():
    assert kinds(scene_of(Text(Box(20, 50, 200, 30), "HH", "en", 50))) == ["high"]


def test_words_over_words_and_words_over_icons_are_found():
    text = Text(Box(10, 50, 280, 40), "Pharmacy", "en", 30)
    assert kinds(scene_of(text, dataclasses.replace(text, text="Cardiology"))) == ["overlap"]
    assert kinds(scene_of(text, Icon(Box(20, 40, 60, 60), "globe", "#000000"))) == ["overlap"]


def test_words_that_leave_the_screen_are_found():
    assert kinds(scene_of(Text(Box(10, 190, 200, 30), "gy", "en", 20))) == ["outside"]


def test_weak_contrast_is_found_on_the_ground_and_on_a_panel():
    text = Text(Box(10, 50, 200, 40), "Pharmacy", "en", 30, colour="#888888")
    assert kinds(scene_of(text)) == ["contrast"]
    dark = Panel(Box(0, 0, 300, 200), "#0A5A52")
    assert kinds(scene_of(dark, dataclasses.replace(text, colour="#10242B"))) == ["contrast"]
    assert kinds(scene_of(dark, dataclasses.replace(text, colour="#FFFFFF"))) == []


def test_words_half_on_a_panel_are_found():
    text = Text(Box(10, 50, 200, 40), "Pharmacy", "en", 30, colour="#000000")
    assert "straddles" in kinds(scene_of(Panel(Box(0, 0, 80, 200), "#FFFFEE"), text))


def test_small_crowded_and_doubled_targets_are_found():
    panel = Screen(300, 200, 60.0)
    small = Target(Box(0, 0, 50, 120), "a")
    assert kinds(scene_of(targets=(small,)), screen=panel) == ["small"]
    assert kinds(scene_of(targets=(Target(Box(0, 0, 100, 100), "a"),)), screen=panel) == []
    crowd = (Target(Box(0, 0, 100, 100), "a"), Target(Box(90, 0, 100, 100), "b"))
    assert kinds(scene_of(targets=crowd), screen=panel) == ["overlap"]
    twice = (Target(Box(0, 0, 100, 100), "a"), Target(Box(100, 0, 100, 100), "a"))
    assert kinds(scene_of(targets=twice), screen=panel) == ["twice"]


def test_a_key_on_a_touchable_whole_is_no_defect():
    targets = (Target(Box(0, 0, 300, 200), "whole"), Target(Box(10, 10, 100, 100), "key"))
    assert check(scene_of(targets=targets)) == []


def test_a_code_too_small_to_scan_is_found():
    assert kinds(scene_of(Qr(Box(0, 0, 50, 50), "HTTPS://Q.EXAMPLE/7H4K2MPX"))) == ["code"]
