"""Whatever happens between touch and merge: every number that anybody has ends as exactly one place under its label."""

import asyncio
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from lease_hub import LeaseHub
from lease_worlds import CARDIOLOGY, MEDICINE
from offline_life import Kiosk, Life
from virtual_time import run

from kiosk.fronts import TakeTicket, Unprinted

MOMENTS = (0.004, 0.011, 0.016, 0.03, 0.4, 1.6, 3.5, 13.0, 31.0)
"""Within a write, after it, on the way to the hub, and past every time-out."""
WALLS = (timedelta(), timedelta(days=-9000), timedelta(hours=-2), timedelta(minutes=40), timedelta(hours=23))

which = st.integers(0, 1)
steps = st.one_of(
    st.tuples(st.just("touch"), which, st.sampled_from((MEDICINE, CARDIOLOGY))),
    st.tuples(st.just("passes"), st.sampled_from(MOMENTS)),
    st.tuples(st.just("line"), which, st.sampled_from(("whole", "cut", "deaf", "hole"))),
    st.tuples(st.just("hub"), st.booleans()),
    st.tuples(st.just("cut"), which, st.booleans(), st.sampled_from(WALLS)),
    st.tuples(st.just("broken"), which, st.booleans()),
    st.tuples(st.just("paper"), which, st.booleans()),
    st.tuples(st.just("done"), which),
    st.tuples(st.just("call")),
    st.tuples(st.just("night")),
)


def touch(kiosk: Kiosk, department: str) -> None:
    for key in ("done", "start"):
        kiosk.unit.touch(key)
    kiosk.unit.touch(f"department:{department}")


async def take(life: Life, step: tuple) -> None:
    match step:
        case ("touch", number, department):
            touch(life.kiosks[number], department)
        case ("passes", seconds):
            await life.passes(seconds)
        case ("line", number, line):
            life.kiosks[number].weather.line = line
        case ("hub", is_up):
            for kiosk in life.kiosks:
                kiosk.weather.hub = is_up
        case ("cut", number, lands, wall_off):
            kiosk = life.kiosks[number]
            kiosk.disk.lands, kiosk.wall_off = lands, wall_off
            await kiosk.cut_power()
            kiosk.switch_on()
        case ("broken", number, is_broken):
            life.kiosks[number].disk.broken = is_broken
        case ("paper", number, is_out):
            life.kiosks[number].paper_out = is_out
        case ("done", number):
            life.kiosks[number].unit.touch("done")
        case ("call",):
            life.hub.call_next()
        case ("night",):
            await life.night()


async def heal(life: Life) -> None:
    """Everything works again, for as long as the slowest retry takes."""
    for kiosk in life.kiosks:
        kiosk.weather.hub, kiosk.weather.line = True, "whole"
        kiosk.disk.broken = kiosk.paper_out = False
    for _ in range(200):
        await life.passes(3)
        for kiosk in life.kiosks:
            if isinstance(kiosk.unit.state.front, TakeTicket | Unprinted):
                kiosk.unit.touch("done")
        if life.is_settled():
            return


async def story(told: list[tuple]) -> None:
    life = Life(LeaseHub(), "hall", "gate")
    await life.passes(3)
    for step in told:
        await take(life, step)
        await asyncio.sleep(0)
        life.check()
    await heal(life)
    life.check_end()
    for kiosk in life.kiosks:
        await kiosk.cut_power()


@settings(max_examples=80, deadline=None)
@given(st.lists(steps, max_size=30))
def test_every_number_that_anybody_has_is_exactly_one_place(told):
    run(story(told))
