"""At night, while nobody is there, the screen is dimmed; the first touch wakes it and acts."""

from dataclasses import replace
from datetime import time

import pytest
from kiosk_bench import Bench
from kiosk_gallery import SCREENS, view
from kiosk_worlds import DAY, EN, answer, site

from kiosk.backlight import Backlight
from kiosk.events import Answered, HallChanged, Printed
from kiosk.fronts import Attract, OutOfService
from kiosk.night import Night, is_dim, parsed
from kiosk.screens import draw
from kiosk.terms import Reason

NIGHT = Night(time(22), time(6))
LATE = time(23, 30)


def dim(bench: Bench, at: time | None = LATE, night: Night | None = NIGHT) -> bool:
    return is_dim(bench.state, bench.now, at, night)


# --- the hours ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "holds"), [("21:59", False), ("22:00", True), ("02:00", True), ("06:00", False)])
def test_a_night_goes_over_midnight(at, holds):
    assert NIGHT.holds(time.fromisoformat(at)) is holds


@pytest.mark.parametrize(("at", "holds"), [("00:59", False), ("01:00", True), ("05:00", False), ("23:00", False)])
def test_one_that_does_not_is_possible_too(at, holds):
    assert parsed("01:00-05:00").holds(time.fromisoformat(at)) is holds


@pytest.mark.parametrize("text", ["22-6", "22:00", "24:00-06:00", "22:00-22:00", "at night", "22:00–06:00", ""])
def test_what_is_no_span_of_hours_is_told_with_an_example(text):
    with pytest.raises(ValueError, match="22:00-06:00"):
        parsed(text)


# --- when it is dim -----------------------------------------------------------------------------------


def test_a_minute_without_a_touch_at_night_dims_the_screen(kiosk):
    assert not dim(kiosk.wait(59))
    assert dim(kiosk.wait(1))


def test_by_day_and_without_a_night_it_stays_bright(kiosk):
    kiosk.wait(600)
    assert not dim(kiosk, time(12))
    assert not dim(kiosk, night=None)


def test_while_nobody_knows_the_time_it_stays_bright(kiosk):
    assert not dim(kiosk.wait(600), at=None)


def test_out_of_service_is_dimmed_too(kiosk):
    kiosk.tell(HallChanged(DAY, site(), ())).wait(61)
    assert (kiosk.screen, dim(kiosk)) == ("out_of_service", True)


def test_the_first_touch_wakes_it_and_acts(kiosk):
    assert dim(kiosk.wait(600))
    assert kiosk.touch("start").screen == "departments"
    assert not dim(kiosk)


def test_a_touch_beside_every_key_wakes_it(kiosk):
    assert not dim(kiosk.wait(600).touch(""))
    assert kiosk.screen == "attract"


def test_somebody_elses_ticket_leaves_it_bright_for_a_minute(asking):
    """Nobody has touched anything while it was asked for and printed."""
    asking.wait(11).tell(Answered(asking.state.pendings[0].command_id, answer()))
    asking.wait(19).tell(Printed(asking.state.front.pending.command_id)).wait(40)
    assert (asking.screen, dim(asking)) == ("attract", False)
    assert dim(asking.wait(40))


# --- the panel's own light ----------------------------------------------------------------------------


def light(root, name: str, brightness: str):
    path = root / name / "brightness"
    path.parent.mkdir()
    path.write_text(brightness, "ascii")
    return path


def test_every_light_is_turned_down_and_up_again_to_what_it_was(tmp_path):
    one, other = light(tmp_path, "panel", "200\n"), light(tmp_path, "second", "10\n")
    backlight = Backlight(20, tmp_path)
    backlight.dim(True)
    assert (one.read_text(), other.read_text()) == ("40\n", "2\n")
    backlight.dim(False)
    assert (one.read_text(), other.read_text()) == ("200\n", "10\n")


def test_dimming_twice_is_dimming_once(tmp_path):
    one = light(tmp_path, "panel", "200")
    backlight = Backlight(20, tmp_path)
    for dimmed in (True, True, False, False):
        backlight.dim(dimmed)
    assert one.read_text() == "200\n"


def test_no_light_is_ever_put_out(tmp_path):
    one = light(tmp_path, "panel", "3")
    Backlight(0, tmp_path).dim(True)
    assert one.read_text() == "1\n"


def test_after_a_crash_in_the_dark_a_light_is_as_bright_as_before_and_not_dimmed_twice(tmp_path):
    one, memory = light(tmp_path, "panel", "200"), tmp_path / "lights.json"
    Backlight(20, tmp_path, memory).dim(True)
    assert one.read_text() == "40\n"
    again = Backlight(20, tmp_path, memory)
    assert (one.read_text(), memory.exists()) == ("200\n", False)
    again.dim(True)
    again.dim(False)
    assert (one.read_text(), memory.exists()) == ("200\n", False)


@pytest.mark.parametrize("kept", ["", "[]", '{"panel": "x"}', '{"../panel": 3}', '{"gone": 7}', "{"])
def test_a_memory_of_lights_that_makes_no_sense_changes_nothing(tmp_path, kept):
    one, memory = light(tmp_path, "panel", "200"), tmp_path / "lights.json"
    memory.write_text(kept)
    Backlight(20, tmp_path, memory).dim(False)
    assert one.read_text() == "200"


@pytest.mark.parametrize("brightness", ["", "bright", "0"])
def test_a_light_that_says_nothing_or_is_out_is_left_alone(tmp_path, brightness):
    one = light(tmp_path, "panel", brightness)
    Backlight(20, tmp_path).dim(True)
    assert one.read_text() == brightness


def test_a_light_that_cannot_be_read_or_set_is_left_alone(tmp_path):
    (tmp_path / "panel" / "brightness").mkdir(parents=True)
    one = light(tmp_path, "second", "100")
    Backlight(20, tmp_path).dim(True)
    assert one.read_text() == "20\n"


def test_where_there_is_no_light_nothing_happens(tmp_path):
    backlight = Backlight(20, tmp_path / "nowhere")
    backlight.dim(True)
    backlight.dim(False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("front", [Attract(), OutOfService(Reason.NO_HUB)])
@pytest.mark.parametrize("panel", ["7in", "15in-upright"])
def test_a_finger_on_the_dark_screen_finds_every_key_where_it_is_by_day(front, panel):
    """The touch that wakes it counts: its key may not move under the finger."""
    by_day = view(front, EN)
    assert draw(replace(by_day, dim=True), SCREENS[panel]).targets == draw(by_day, SCREENS[panel]).targets
