"""Departments that no display announces: an alarm for staff and technicians, in the log and for Prometheus."""

import asyncio
import logging
from dataclasses import replace

import pytest
from hub_world import DEPARTMENTS, LABORATORY, MEDICINE, ROOMS, UNITS, make, plan, running

from hub.coverage import PATIENCE_MS, Coverage, unannounced
from hub.domain import turning
from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import AdmitUnit, ConfigureSite, IssueToken
from hub.domain.configuration import Unit
from hub.domain.decide import decide
from hub.domain.evolve import evolve
from hub.sounds import Sounds
from smartqueue.terms import Instant, Tick, TokenId, UnitKind, UnitName
from smartqueue.wire import SoundBody

TEN = Instant(1_772_445_600_000)
"""2 March 2026, 10:00 UTC."""
WALL, DOOR = UnitName("wall"), UnitName("door")
ALL, MEDICINES = SoundBody(works=True), SoundBody(works=True, departments=[MEDICINE])
ROOM_2 = SoundBody(works=None, rooms=["room-2"])


def clinic(*units, departments=DEPARTMENTS):
    """Medicine in rooms 1 and 2, laboratory in room 2 and window 3."""
    state = Clinic()
    commands = [ConfigureSite(plan().configuration.site, departments, ROOMS, ()), *map(AdmitUnit, units)]
    for seq, command in enumerate(commands, 1):
        for event in decide(state, command, Moment(TEN, Tick(TEN), Tick(TEN))).events:
            evolve(state, seq, TEN, event)
    for seq, event in enumerate(turning.due(state, TEN), 100):
        evolve(state, seq, TEN, event)
    return state


DISPLAYS = (Unit(WALL, UnitKind.DISPLAY), Unit(DOOR, UnitKind.DISPLAY))


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ([ALL], {}),
        ([None], {}),
        ([MEDICINES], {LABORATORY: ("room-2", "window-3")}),
        ([ROOM_2], {MEDICINE: ("room-1",), LABORATORY: ("window-3",)}),
        ([MEDICINES, ROOM_2], {LABORATORY: ("window-3",)}),
        ([MEDICINES, ALL], {}),
        ([], {MEDICINE: ("room-1", "room-2"), LABORATORY: ("room-2", "window-3")}),
    ],
)
def test_a_department_is_named_with_the_rooms_to_which_nobody_hears_a_call(said, missing):
    assert unannounced(clinic(*DISPLAYS), said) == missing


def test_a_site_without_displays_raises_no_alarm():
    assert unannounced(clinic(Unit(UnitName("hall"), UnitKind.KIOSK)), []) == {}


def test_a_department_that_is_closed_raises_none_unless_somebody_still_waits_there():
    closed = tuple(replace(one, opens=11 * 60, closes=12 * 60) for one in DEPARTMENTS)
    state = clinic(*DISPLAYS, departments=closed)
    assert unannounced(state, []) == {}
    state.open.add(MEDICINE)
    for event in decide(state, IssueToken(TokenId("t-1"), MEDICINE), Moment(TEN, Tick(TEN), Tick(TEN))).events:
        evolve(state, 200, TEN, event)
    state.open.discard(MEDICINE)
    assert list(unannounced(state, [])) == [MEDICINE]


def test_it_is_said_once_after_a_minute_and_once_when_it_is_over(caplog):
    caplog.set_level(logging.INFO, "hub.coverage")
    state, sounds, connected = clinic(*DISPLAYS), Sounds(), {WALL}
    sounds.take(WALL, MEDICINES)
    watch = Coverage(lambda: state, lambda: connected, sounds)

    def said_at(seconds):
        caplog.clear()
        watch.look(Instant(TEN + seconds * 1000))
        return [one.getMessage() for one in caplog.records]

    patience_s = PATIENCE_MS // 1000
    assert said_at(0) == said_at(patience_s - 1) == []
    assert said_at(patience_s) == ["no display announces calls of laboratory to room-2, window-3"]
    assert said_at(patience_s + 1) == []
    connected.add(DOOR)
    assert said_at(patience_s + 2) == ["calls of laboratory are announced again"]
    connected.remove(DOOR)
    assert said_at(patience_s + 3) == []


# --- a hub that runs ----------------------------------------------------------------------------------


@pytest.fixture
async def two_walls(tmp_path):
    await make(tmp_path, units=(*UNITS, Unit(DOOR, UnitKind.DISPLAY)))
    async with running(tmp_path) as world:
        yield world


async def missing(hub, key="technician"):
    answer = await hub.read("/announcements/unheard", key=key)
    return {one["department"]: one["rooms"] for one in answer["departments"]}


async def becomes(hub, wanted):
    async with asyncio.timeout(10):
        while await missing(hub) != wanted:  # noqa: ASYNC110 - a feed that ends tells nobody
            await asyncio.sleep(0.02)


async def test_technicians_and_staff_see_which_departments_have_no_display(two_walls):
    hub = two_walls
    everything = {"medicine": ["room-1", "room-2"], "laboratory": ["room-2", "window-3"]}
    assert await missing(hub) == await missing(hub, "nurse-1") == everything
    async with hub.feed("wall") as reader:
        await reader.greeted()
        await becomes(hub, {})
        await hub.told("/sound", {"works": None, "departments": ["medicine"]}, key="wall")
        await becomes(hub, {"laboratory": ["room-2", "window-3"]})
        assert "smartqueue_departments_unannounced 1\n" in (await hub.get("/metrics")).body.decode()
        async with hub.feed("door") as other:
            await other.greeted()
            await hub.told("/sound", {"works": True, "rooms": ["room-2", "window-3"]}, key="door")
            await becomes(hub, {})
            (wall,) = [
                one for one in (await hub.read("/announcements/unheard"))["displays"] if one["display"] == "wall"
            ]
            assert (wall["works"], wall["departments"], wall["rooms"]) == (None, ["medicine"], [])
        await becomes(hub, {"laboratory": ["room-2", "window-3"]})
    await becomes(hub, everything)
