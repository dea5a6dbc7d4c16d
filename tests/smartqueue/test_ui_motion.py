"""How a screen of another name comes, in a real window: quickly, whole in the end, and never in a finger's way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import ui_bed
from ui_unit import Unit, difference, middle, started

from smartqueue.look.paint import paint

pytestmark = pytest.mark.xdist_group("kivy")


@pytest.fixture(scope="module")
def moving_unit() -> Iterator[Unit]:
    unit = started("641x401", "--transition", "0.2")
    yield unit
    unit.close()


@pytest.fixture
def unit(moving_unit: Unit, tmp_path: Path) -> Unit:
    """The shared process, with the first scene in its place: a picture is taken when nothing moves any more."""
    moving_unit.show("two")
    moving_unit.show("one")
    moving_unit.picture(tmp_path)
    return moving_unit


def test_it_comes_in_several_frames(unit):
    unit.tell("entrance", scene="two")
    seen = unit.event("entrance")
    assert seen["frames"] >= 2
    assert 0.0 < seen["first_clear"] < 1.0
    assert seen["seconds"] == 0.2


def test_in_the_end_it_is_the_very_picture(unit, tmp_path):
    unit.show("two")
    assert difference(unit.picture(tmp_path), paint(ui_bed.small_scene("two"))) <= 3


def test_what_was_there_before_stays_where_it_was(unit):
    unit.tell("entrance", scene="two")
    seen = unit.event("entrance")
    assert seen["moved"] == seen["new"]
    assert 0 < seen["new"] < seen["items"]


def test_a_finger_is_obeyed_while_it_comes(unit):
    unit.tell("entrance", scene="two", touch=middle(ui_bed.FIRST_KEY))
    seen = [event["event"] for event in unit.until("entrance")]
    assert "acted" in seen
    assert seen.index("acted") < seen.index("entrance")


def test_another_screen_in_the_middle_of_it_is_whole_too(unit, tmp_path):
    for scene in ("two", "one", "two"):
        unit.tell("show", scene=scene)
    unit.tell("screen")
    unit.until("screen")
    assert difference(unit.picture(tmp_path), paint(ui_bed.small_scene("two"))) <= 3


def test_the_same_screen_with_other_words_does_not_move(unit):
    unit.tell("entrance", scene="one", words="else")
    assert unit.event("entrance")["frames"] == 0


def test_a_screen_of_work_in_hand_is_whole_in_its_first_frame(unit, tmp_path):
    unit.tell("entrance", scene="two", still=True)
    seen = unit.event("entrance")
    assert (seen["frames"], seen["moved"], seen["first_clear"]) == (0, 0, 1.0)
    assert difference(unit.picture(tmp_path), paint(ui_bed.small_scene("two"))) <= 3


def test_a_transition_that_would_be_waited_for_is_refused():
    unit = Unit("641x401", "--transition", "0.4")
    try:
        assert unit.process.wait(60) != 0
        assert "0 to 0.25 s, not 0.4" in unit.process.stderr.read()
    finally:
        unit.close()
