"""A real Kivy window, drawn into memory, in a process of its own: what it shows and what a finger does to it."""

import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import look_scenes
import pytest
import ui_bed
from PIL import Image, ImageChops
from ui_unit import LIMIT_S, Unit, difference, middle, started

from smartqueue.look.paint import paint
from smartqueue.look.scene import Scene

pytestmark = pytest.mark.xdist_group("kivy")


@pytest.fixture(scope="module")
def shared_unit() -> Iterator[Unit]:
    unit = started("641x401")
    yield unit
    unit.close()


@pytest.fixture
def unit(shared_unit: Unit) -> Unit:
    """The shared process, showing the first scene and with no event left over."""
    shared_unit.show("two")
    shared_unit.show("one")
    return shared_unit


def test_the_window_shows_what_pillow_paints_pixel_for_pixel(unit, tmp_path):
    assert difference(unit.picture(tmp_path), paint(ui_bed.small_scene("one"))) <= 3


def test_a_photo_is_shown_with_its_own_colours(unit, tmp_path):
    path = tmp_path / "photo.png"
    Image.linear_gradient("L").resize((60, 40)).convert("RGB").point(lambda value: value // 2 + 40).save(path)
    unit.show("one", photo=str(path))
    assert difference(unit.picture(tmp_path), paint(ui_bed.small_scene("one", path))) <= 3


def test_a_touch_by_key_is_a_real_touch_and_the_next_scene_is_reported_when_it_is_drawn(unit):
    unit.tell("touch", key="first")
    events = {event["event"]: event for event in unit.until("shown")}
    assert events["touch"]["key"] == "first"
    assert events["screen"]["name"] == "two"
    assert events["touch"]["down"] < events["touch"]["t"] < events["screen"]["t"] <= events["shown"]["t"]


def test_a_touch_beside_every_target_is_noticed_and_does_nothing(unit):
    unit.tell("touch", x=320, y=380)
    unit.tell("screen")
    events = [event["event"] for event in unit.until("screen")]
    assert events == ["contact", "screen"]


def test_what_is_not_there_cannot_be_touched_and_the_refusal_names_what_is(unit):
    unit.tell("touch", key="third")
    assert unit.event("refused")["why"] == "nothing to touch for 'third'; there are: first, second"


def test_a_broken_line_is_refused_and_the_next_one_is_obeyed(unit):
    unit.process.stdin.write("{nonsense\n")
    unit.tell("dance")
    assert "line 1" in unit.event("refused")["why"]
    assert "unknown command 'dance'" in unit.event("refused")["why"]
    unit.tell("screen")
    assert unit.event("screen")["keys"] == ["first", "second"]


@pytest.mark.parametrize("box", [ui_bed.FIRST_KEY, ui_bed.SECOND_KEY])
def test_a_key_under_a_finger_looks_pressed_until_the_finger_leaves_it(unit, tmp_path, box):
    before = unit.picture(tmp_path)
    unit.tell("down", **middle(box))
    assert unit.event("held")["down"] is True
    pressed = unit.picture(tmp_path)
    changed = ImageChops.difference(before, pressed).convert("L").point(lambda value: 255 if value > 8 else 0).getbbox()
    assert changed == (box.x, box.y, box.right, box.bottom)
    unit.tell("up", x=320, y=380)
    assert unit.event("held")["down"] is False
    assert difference(before, unit.picture(tmp_path)) == 0


def test_a_finger_that_slips_to_another_key_presses_neither(unit):
    unit.tell("down", **middle(ui_bed.FIRST_KEY))
    unit.tell("up", **middle(ui_bed.SECOND_KEY))
    unit.tell("screen")
    events = unit.until("screen")
    assert [event["event"] for event in events] == ["contact", "held", "held", "screen"]
    assert events[-1]["name"] == "one"


def test_a_finger_that_trembles_over_the_rim_still_presses(unit):
    unit.tell("down", x=ui_bed.FIRST_KEY.x + 3, y=ui_bed.FIRST_KEY.y + 3)
    unit.tell("up", x=ui_bed.FIRST_KEY.x - 5, y=ui_bed.FIRST_KEY.y - 5)
    assert unit.event("acted")["key"] == "first"
    unit.event("shown")


def test_a_forgotten_finger_does_not_block_the_next_one(unit):
    unit.tell("down", x=320, y=380)
    unit.tell("touch", key="second")
    assert unit.event("acted")["key"] == "second"
    unit.event("shown")


def test_a_scene_that_changes_under_a_finger_is_not_pressed_by_lifting_it(unit):
    unit.tell("down", **middle(ui_bed.FIRST_KEY))
    unit.tell("show", scene="kiosk")
    unit.event("shown")
    unit.tell("up")
    unit.tell("screen")
    assert "acted" not in [event["event"] for event in unit.until("screen")]


def test_a_screenshot_has_exactly_the_name_that_was_asked_for(unit, tmp_path):
    unit.picture(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["shot.png"]


def test_a_screenshot_into_a_missing_folder_is_refused(unit, tmp_path):
    unit.tell("screenshot", path=str(tmp_path / "nowhere" / "shot.png"))
    assert "nowhere" in unit.event("refused")["why"]


def test_nothing_is_drawn_while_nothing_changes(unit):
    unit.tell("show", scene="two")
    unit.tell("frames", count=5)
    assert unit.event("frames")["drawn"] >= 1
    unit.tell("frames", count=15)
    assert unit.event("frames")["drawn"] == 0


def test_what_is_drawn_at_once_stands_on_the_screen_when_the_call_returns(unit, tmp_path):
    before = unit.picture(tmp_path)
    unit.tell("show", scene="two", now=True)
    events = [event["event"] for event in unit.until("returned")]
    assert events == ["screen", "shown", "returned"]
    assert difference(before, unit.picture(tmp_path)) > 0


def test_showing_the_same_scene_again_still_says_when_it_stood_on_the_screen(unit):
    unit.tell("show", scene="one")
    assert unit.event("shown")["scene"] == "one"


@pytest.mark.parametrize("code", [27, 282, 293, 113])
def test_no_key_of_a_keyboard_leads_out(unit, code):
    unit.tell("key", code=code)
    unit.tell("screen")
    assert unit.event("screen")["name"] == "one"


def test_a_scene_of_another_size_fills_the_window_and_is_touched_where_it_is_seen(unit, tmp_path):
    unit.show("kiosk")
    width, height = unit.picture(tmp_path).size
    assert (width, height) == ui_bed.SIZE
    unit.tell("touch", key="needs")
    assert unit.event("acted")["key"] == "needs"
    unit.event("shown")


@pytest.mark.parametrize(
    ("name", "size", "scene"),
    [
        ("kiosk-ar", "1280x800", lambda: look_scenes.kiosk_departments("ar")),
        ("display", "1920x1080", look_scenes.display_call),
    ],
)
def test_whole_screens_look_the_same_in_the_window_and_in_pictures(tmp_path, name, size, scene):
    whole: Scene = scene()
    unit = started(size)
    try:
        unit.show(name)
        assert difference(unit.picture(tmp_path), paint(whole)) <= 3
    finally:
        unit.close()


def test_on_a_device_the_window_refuses_to_be_closed_and_touches_land_in_the_scaled_scene(tmp_path):
    unit = started("641x401", "--fullscreen")
    try:
        unit.tell("close")
        assert unit.event("close")["refused"] is True
        picture = unit.picture(tmp_path)
        assert picture.size != ui_bed.SIZE
        unit.tell("touch", key="second")
        assert unit.event("acted")["key"] == "second"
    finally:
        unit.close()


def test_textures_stay_within_their_memory_and_screens_stay_whole(tmp_path):
    bound = 40_000
    unit = started("1280x800", "--texture-bytes", str(bound))
    try:
        for scene in ("kiosk", "kiosk-ar", "kiosk", "kiosk-ar"):
            unit.show(scene)
            unit.tell("memory")
            assert 0 < unit.event("memory")["texture_bytes"] <= bound
        assert difference(unit.picture(tmp_path), paint(look_scenes.kiosk_departments("ar"))) <= 3
    finally:
        unit.close()


def test_screens_that_were_left_leave_nothing_behind():
    """No textures of words that nobody can ask for again, no instructions that the garbage collector has to find, no
    drawings that a slow processor has not finished."""
    unit = started("641x401")
    try:
        found = []
        for first, last in ((0, 10), (10, 300), (300, 450)):
            unit.tell("many", first=first, last=last)
            found.append(unit.event("many"))
        few, some, more = found
        assert few["rectangles"] < some["rectangles"] == more["rectangles"] < 400  # some rest for a while
        assert few["texture_bytes"] < some["texture_bytes"]
        assert more["texture_bytes"] == pytest.approx(some["texture_bytes"], rel=0.1)
        assert more["held_bytes"] - some["held_bytes"] < 8_000_000
    finally:
        unit.close()


def test_a_bouncing_finger_counts_once(tmp_path):
    unit = started("641x401", "--bounce", "1000")
    try:
        unit.tell("touch", key="first")
        unit.event("shown")
        unit.tell("touch", key="first")
        unit.event("bounce")
        unit.tell("touch", key="second")
        assert unit.event("acted")["key"] == "second"
    finally:
        unit.close()


def test_a_key_that_is_touched_twice_quickly_counts_twice_where_that_is_meant():
    unit = started("641x401", "--bounce", "1000", "--quick", "first")
    try:
        for _ in range(2):
            unit.tell("touch", key="first")
            assert unit.event("acted")["key"] == "first"
    finally:
        unit.close()


def test_the_end_of_stdin_ends_the_unit_cleanly_and_nothing_is_left_at_home(tmp_path):
    unit = started("641x401", environment={"HOME": str(tmp_path)})
    try:
        assert unit.end() == 0
        assert unit.process.stderr.read() == ""
        assert [path.name for path in tmp_path.iterdir() if path.name != ".cache"] == []
    finally:
        unit.close()


def framebuffer(folder: Path) -> Image.Image:
    """What Xvfb holds in memory: a file of X's window dump format, header of 32-bit numbers first."""
    data = (folder / "Xvfb_screen0").read_bytes()
    head = struct.unpack(">25I", data[:100])
    header_size, width, height, line, colours = head[0], head[4], head[5], head[12], head[19]
    pixels = data[header_size + colours * 12 :]
    return Image.frombytes("RGB", (width, height), pixels, "raw", "BGRX", line)


@contextmanager
def x_screen(folder: Path, size: str):
    """The environment of a unit whose screen is Xvfb's, with its pixels in this folder."""
    command = ["Xvfb", "-displayfd", "1", "-fbdir", str(folder), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield {"DISPLAY": f":{screen.stdout.readline().strip()}", "WAYLAND_DISPLAY": ""}
    finally:
        screen.terminate()
        screen.wait(LIMIT_S)
        screen.stdout.close()


def seen_within(unit, folder: Path, wanted: Image.Image, left: int = 0, top: int = 0) -> bool:
    """Whether this picture comes to stand at this place of the screen, while frames go on."""
    until = time.monotonic() + LIMIT_S
    area = (left, top, left + wanted.width, top + wanted.height)
    while difference(framebuffer(folder).crop(area), wanted) > 3 and time.monotonic() < until:
        unit.tell("frames", count=1)
        unit.event("frames")
    return difference(framebuffer(folder).crop(area), wanted) <= 3


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_on_an_x_screen_people_really_see_the_scene(tmp_path):
    with x_screen(tmp_path, "641x401") as environment:
        unit = started("641x401", "--on-screen", environment=environment)
        try:
            unit.tell("touch", key="first")
            unit.event("shown")
            assert seen_within(unit, tmp_path, paint(ui_bed.small_scene("two")))
        finally:
            unit.close()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_window_goes_where_it_is_placed(tmp_path):
    with x_screen(tmp_path, "900x700") as environment:
        unit = started("641x401", "--on-screen", environment=environment)
        try:
            unit.tell("place", left=210, top=250)
            assert seen_within(unit, tmp_path, paint(ui_bed.small_scene("one")), 210, 250)
        finally:
            unit.close()


def test_without_a_screen_there_is_one_clear_line_and_exit_code_1():
    unit = Unit("641x401", "--on-screen", environment={"DISPLAY": ":73491", "WAYLAND_DISPLAY": ""})
    try:
        assert unit.process.wait(LIMIT_S) == 1
        lines = unit.process.stderr.read().splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("No window could be opened (x11 not available).")
    finally:
        unit.close()
