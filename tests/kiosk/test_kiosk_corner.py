"""A kiosk at work, beside its tickets: technician's corner, clock, speech and night, against a small hub."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from kiosk_hall import Hall, until
from kiosk_worlds import site

from kiosk.corner import SoundState
from kiosk.night import Night
from kiosk.printer_model import Faults
from kiosk.states import Rules

# --- the technician's corner --------------------------------------------------------------------------

WITH_PIN = Rules(reach_s=0.1, ask_s=0.3, away_s=0.2, settle_s=0.0, same_touch_s=0.0, start_s=0.2, pin="2468")


async def enters(hall: Hall):
    await hall.shows("attract")
    await hall.touch(*["corner"] * 5, "digit:2", "digit:4", "digit:6", "digit:8")
    return await hall.shows("technician")


async def test_the_technician_sees_how_the_kiosk_is_and_it_follows(hub, tmp_path):
    hall = Hall(hub.url, tmp_path, WITH_PIN)
    async with hall.open():
        await enters(hall)
        await until(lambda: hall.unit.state.front.facts.reach_ms is not None)
        facts = hall.unit.state.front.facts
        assert (facts.version, facts.unit, facts.hub, facts.hub_version) == ("0.0.test", "hall", hub.url, "0.0.small")
        assert (facts.link, facts.seq, facts.addresses, facts.unmerged) == ("up", 1, ("127.0.0.1",), 0)
        assert facts.printer_address.startswith("virtual:")
        assert abs(facts.clock_off_s) < 60
        await hub.stop()
        await until(lambda: hall.unit.state.front.facts.link == "away")
        assert hall.unit.state.front.facts.reach_ms is None


async def test_a_trial_ticket_is_printed_by_the_same_printer(hub, tmp_path):
    hall = Hall(hub.url, tmp_path, WITH_PIN)
    async with hall.open():
        await enters(hall)
        await hall.touch("test_print")
        await hall.shows("technician", note="test_printed")
        await hall.touch("done", "start", "department:cardiology")
        await hall.shows("take_ticket")
    assert len(hall.tickets) == 2


async def test_a_printer_without_paper_is_told_there(hub, tmp_path):
    hall = Hall(hub.url, tmp_path, WITH_PIN)
    hall.transport.model.faults = Faults(out_of_paper=True)
    async with hall.open():
        await enters(hall)
        await hall.touch("test_print")
        await hall.shows("technician", note="test_not_printed")


async def test_the_sound_is_tried_and_what_is_known_of_it_follows(hub, tmp_path):
    hall = Hall(hub.url, tmp_path, WITH_PIN)
    async with hall.open():
        await enters(hall)
        await until(lambda: hall.unit.state.front.facts.sound is SoundState.UNTRIED)
        await hall.touch("test_sound")
        await hall.shows("technician", note="sound_played")
        await until(lambda: hall.unit.state.front.facts.sound is SoundState.WORKS)
        assert hall.unit.state.front.facts.sound_device == "hall"
    assert [path.name for path in (tmp_path / "sounds").glob("*.wav")] == ["0001-tone-ticket.wav"]


async def test_a_restart_is_handed_on(hub, tmp_path):
    hall = Hall(hub.url, tmp_path, WITH_PIN)
    async with hall.open():
        await enters(hall)
        await hall.touch("restart")
        await until(lambda: hall.restarts == 1)


async def test_a_clock_that_is_wrong_is_seen_by_the_technician_and_by_nobody_else(hub, tmp_path):
    hub.now = datetime(2026, 3, 2, 4, 12, 20, tzinfo=UTC)
    hall = Hall(hub.url, tmp_path, WITH_PIN, wall=lambda: hub.now + timedelta(hours=7))
    async with hall.open():
        await hall.shows("attract")
        assert hall.unit.view().clock == "09:42"
        await hall.touch("start", "department:cardiology")
        front = await hall.shows("take_ticket")
        assert front.pending.answer.label == "A001"
        await hall.touch("done")
        await enters(hall)
        await until(lambda: hall.unit.state.front.facts.clock_off_s is not None)
        assert hall.unit.state.front.facts.clock_off_s == pytest.approx(7 * 3600, abs=60)


# --- speech and night ---------------------------------------------------------------------------------


async def test_what_is_touched_is_said_and_then_done(hub, tmp_path):
    hall = Hall(hub.url, tmp_path)
    async with hall.open():
        await hall.shows("attract")
        await hall.touch("start", "easier", "speech", "back", "back")
        await hall.shows("departments")
        await until(lambda: hall.said == [None, "back", None])


async def test_at_night_by_the_hubs_clock_it_is_dim_until_somebody_touches_it(hub, tmp_path):
    hub.now = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    loop, passed = asyncio.get_running_loop(), [0.0]
    hall = Hall(hub.url, tmp_path, night=Night(time(22), time(6)), stopwatch=lambda: loop.time() + passed[0])
    async with hall.open():
        await hall.shows("attract")
        bright = hall.unit.view().dim
        passed[0] = 61.0
        assert (bright, hall.unit.view().dim) == (False, True)
        await hall.touch("start")
        assert not hall.unit.view().dim


async def test_the_view_says_what_there_is(hub, tmp_path):
    hub.site = site(books=True, phone_prefix="+91")
    hall = Hall(hub.url, tmp_path)
    async with hall.open():
        await hall.shows("attract")
        view = hall.unit.view()
        assert (view.checks_in, view.asks_phone, view.reads_codes, view.dim) == (True, False, False, False)
        await hall.touch("start", "department:cardiology")
        await hall.shows("take_ticket")
        assert hall.unit.view().asks_phone
