"""Physical panels: millimetres are never short of pixels."""

import pytest

from smartqueue.look.screen import Screen, from_diagonal, guess, parse_size


def test_millimetres_are_rounded_up_to_whole_pixels():
    panel = Screen(1280, 800, 217.0)
    assert panel.px(7.3) * panel.mm_per_px >= 7.3
    assert (panel.px(7.3) - 1) * panel.mm_per_px < 7.3
    assert panel.capital_px(7.3) == panel.px(7.3) == 44


def test_a_measure_that_is_already_whole_pixels_stays_so():
    panel = Screen(100, 50, 300.0)
    assert panel.px(9.0) == 3
    assert panel.mm(3) == pytest.approx(9)


def test_gaps_take_the_nearest_pixel_and_never_vanish():
    panel = Screen(1280, 800, 217.0)
    assert panel.near_px(3.0) == 18
    assert panel.near_px(0.01) == 1


@pytest.mark.parametrize(
    ("size", "width_mm"),
    [((800, 480), 154), ((1024, 600), 154), ((1280, 800), 217), ((720, 1280), 194), ((1080, 1920), 194)],
)
def test_well_known_panels_are_known(size, width_mm):
    assert guess(*size).width_mm == width_mm


def test_what_is_configured_rules():
    assert guess(1280, 800, width_mm=256).width_mm == 256
    assert guess(1920, 1080, inches=55).width_mm == pytest.approx(1217.6, abs=0.5)
    assert guess(1280, 800, width_mm=256, inches=55).width_mm == 256


def test_a_television_is_taken_for_one_of_43_inches():
    assert guess(1920, 1080) == from_diagonal(1920, 1080, 43)
    assert guess(1920, 1080).width_mm == pytest.approx(952, abs=1)


def test_an_unknown_panel_gets_a_usual_pixel_size():
    assert guess(1000, 700).mm_per_px == pytest.approx(0.17)


def test_height_and_orientation_follow_from_the_pixels():
    panel = Screen(720, 1280, 194.0)
    assert panel.portrait
    assert panel.height_mm == pytest.approx(344.9, abs=0.1)
    assert not Screen(1280, 800, 217.0).portrait


@pytest.mark.parametrize("size", [(0, 800, 200.0), (1280, 0, 200.0), (1280, 800, 0.0)])
def test_an_impossible_panel_is_refused(size):
    with pytest.raises(ValueError, match="not a screen"):
        Screen(*size)


def test_a_size_is_read_from_the_command_line():
    assert parse_size("1280x800") == (1280, 800)
    assert parse_size("720X1280") == (720, 1280)


@pytest.mark.parametrize("wrong", ["1280", "1280x", "x800", "12.5x8", "0x600", "-1x600", "big"])
def test_a_wrong_size_is_refused_with_an_example(wrong):
    with pytest.raises(ValueError, match="such as 1280x800"):
        parse_size(wrong)
