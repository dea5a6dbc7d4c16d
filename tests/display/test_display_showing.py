"""A display that is set up to show a part of the site, against a hub over real HTTP; and what makes it draw anew."""

import asyncio
import logging
from itertools import groupby

import pytest
from display_clinic import NOON, picture
from display_desk import LIMIT_S, display
from display_gallery import announced
from display_hubs import SmallHub

from display.announcer import Standing
from display.board import Layout, Zone
from display.screens import TURN_S, grid
from display.showing import Showing, next_change_s
from smartqueue.i18n import Words
from smartqueue.look.scene import Panel, Text
from smartqueue.look.theme import NIGHT
from smartqueue.terms import DepartmentId, RoomId

PAEDIATRICS = Showing(Zone(frozenset({DepartmentId("paediatrics")})))


@pytest.fixture
async def hub():
    small = SmallHub()
    await small.start()
    yield small
    await small.stop()


def on_call(scene) -> list[str]:
    """Labels that stand in the colour of calls."""
    bands = [item.box for item in scene.items if isinstance(item, Panel) and item.fill == NIGHT.call]
    texts = [item for item in scene.items if isinstance(item, Text) and item.colour == NIGHT.on_call]
    return [one.text for box in bands for one in texts if box.encloses(one.box, 2) and one.text[1:].isdigit()]


async def acked(hub, count):
    async with asyncio.timeout(LIMIT_S):
        while len(hub.acked) < count:  # noqa: ASYNC110 - the hub of the tests tells nobody
            await asyncio.sleep(0.01)


async def test_a_display_of_one_department_announces_and_acknowledges_only_its_calls(hub, tmp_path):
    async with display(hub, tmp_path, showing=PAEDIATRICS) as front:
        await front.shows("display-idle")
        await hub.call("A012")
        ours = await hub.call("K007", "room-2")
        await front.reported("announced")
        await acked(hub, 1)
        await front.shows("display-idle")
        assert "A012" not in front.texts()
    assert [one["label"] for one in front.of("announced")] == ["K007"]
    assert hub.acked == [(ours, True)]


async def test_settings_that_the_site_does_not_know_are_logged_once_and_shown(hub, tmp_path, caplog):
    lost = Showing(Zone(frozenset({DepartmentId("urology")}), frozenset({RoomId("room-2")})))
    with caplog.at_level(logging.WARNING, "display.unit"):
        async with display(hub, tmp_path, showing=lost) as front:
            await front.shows("display-idle")
            await hub.call("K007", "room-2")
            await front.reported("announced")
            await front.until(lambda: any("urology" in text for text in front.texts()))
    assert [one.getMessage() for one in caplog.records] == ["set to show what the hub does not have: urology"]


async def test_a_door_shows_its_call_and_then_whom_its_room_is_busy_with(hub, tmp_path):
    room = RoomId("room-3")
    showing = Showing(Zone(rooms=frozenset({room})), room)
    async with display(hub, tmp_path, showing=showing, layout=Layout.DOOR) as front:
        await front.shows("display-door")
        await hub.call("K007", "room-2")
        await hub.call("A012", "room-3")
        await front.until(lambda: on_call(front.scene) == ["A012"])
        await front.reported("announced")
        await front.until(lambda: on_call(front.scene) == [])
    assert [one["label"] for one in front.of("announced")] == ["A012"]


async def test_twenty_calls_in_ten_seconds_all_stand_in_the_colour_of_calls_in_their_order(hub, tmp_path):
    """Ten seconds pass as fast as announcements do here."""
    speed = 20.0
    async with display(hub, tmp_path, speed=speed) as front:
        await front.shows("display-idle")
        for n in range(20):
            await hub.call(f"A{n:03}", f"room-{n % 3 + 1}")
            await asyncio.sleep(0.5 / speed)
        await front.reported("announced", 20)
        await acked(hub, 20)
    standing = [labels for labels, _ in groupby(on_call(scene) for scene in front.scenes) if labels]
    assert [label for labels in standing for label in labels] == [f"A{n:03}" for n in range(20)]
    assert max(map(len, standing)) == 4
    names = {scene.name for scene in front.scenes}
    assert {"display-call", "display-split"} <= names


async def test_two_rooms_that_call_within_ten_milliseconds_each_have_the_screen_to_themselves(hub, tmp_path):
    async with display(hub, tmp_path) as front:
        await front.shows("display-idle")
        await hub.call("A012", "room-3")
        await asyncio.sleep(0.01)
        await hub.call("K007", "room-2")
        await front.reported("announced", 2)
        await front.shows("display-idle")
    standing = [labels for labels, _ in groupby(on_call(scene) for scene in front.scenes)]
    assert [labels for labels in standing if labels] == [["A012"], ["K007"]]


async def test_a_display_that_starts_in_the_middle_of_a_call_shows_it_in_full(hub, tmp_path):
    await hub.call("A012", ago_s=30)
    async with display(hub, tmp_path) as front:
        await front.until(lambda: front.scene is not None and on_call(front.scene) == ["A012"])
        frame = await front.reported("frame")
        done = await front.reported("announced")
    assert frame["announcement"] == done["announcement"]
    assert done["heard"]


# --- when to draw anew -------------------------------------------------------------------------------


def standing(since_s: float, *calls) -> Standing:
    return Standing(announced(*calls), since_s)


ONE, TWO = ("A012", "room-3"), ("K007", "room-2")


def test_the_screen_is_drawn_anew_for_the_next_page_and_the_next_minute():
    assert next_change_s(13.0, None, None) == 5.0
    assert next_change_s(12.0, NOON.replace(second=58), None) == 2.0


def test_the_ring_of_a_call_is_drawn_anew_twice_a_second_while_it_pulses():
    assert next_change_s(100.25, NOON, standing(100.0, ONE)) == pytest.approx(0.25)
    assert next_change_s(105.5, NOON, standing(100.0, ONE)) == pytest.approx(0.5)


def test_calls_that_take_turns_are_drawn_anew_for_each_turn():
    now_s = 106.5
    assert next_change_s(now_s, NOON, standing(100.0, ONE, TWO)) == pytest.approx(min(TURN_S * 3 - 6.5, 1.5))
    assert next_change_s(now_s, NOON, standing(100.0, ONE)) == pytest.approx(1.5)


def test_a_view_has_as_many_calls_as_its_layout_shows_at_once():
    def rows(layout: Layout, **about) -> int:
        view = Showing().view(picture(), Words("en"), grid(1280, 720, layout), now=NOON, now_s=0.0, **about)
        return len(view.board.history)

    assert rows(Layout.RECENT) == 5
    assert rows(Layout.RECENT, standing=standing(0.0, ONE)) == 4
    assert rows(Layout.CALL, away=True) >= 3
