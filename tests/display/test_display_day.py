"""A day of calls, shortened: what a display keeps does not grow. The whole day: `make bench ARGS="display_day"`."""

import gc
import tracemalloc
from datetime import timedelta

import pytest
from display_clinic import DEPARTMENTS, NOON, ROOMS, call, picture
from msgspec import structs

from display.announcer import Announcer
from display.board import Layout, Zone
from display.screens import draw, grid
from display.showing import Showing, next_change_s
from smartqueue.i18n import Words
from smartqueue.look import icons, paint, shapes, typeset
from smartqueue.picture import reduce
from smartqueue.terms import RoomId
from smartqueue.wire import Change, Hello

EVERY_S = 30.0
CALLS = 80
HELLO = Hello(schema=1, site="riverside", epoch="e1", seq=20, now=NOON)
BOUNDED = (typeset.width, typeset.block, shapes.corner_mask, icons.mask, paint._scaled)


class Day:
    """A display without a hub, a window and a voice, and a clinic that calls somebody every half minute."""

    def __init__(self, layout: Layout) -> None:
        room = RoomId("room-3")
        zone = Zone(rooms=frozenset({room})) if layout is Layout.DOOR else Zone()
        self.showing = Showing(zone, room if layout is Layout.DOOR else None)
        self.size, self.words = grid(640, 360, layout), Words("en")
        self.known, self.announcer = picture(calls=()), Announcer()
        self.calls = self.scenes = 0

    def call(self) -> None:
        """One call from its event to the calm after it."""
        self.calls += 1
        now_s = EVERY_S * self.calls
        at = NOON + timedelta(seconds=now_s)
        letter = "AKHM"[self.calls % 4]
        made = structs.replace(call(20 + self.calls, f"{letter}{self.calls % 1000:03}", "room-3"), at=at)
        waiting = structs.replace(DEPARTMENTS[self.calls % 6], waiting=self.calls % 40)
        change = Change(
            seq=20 + self.calls, at=at, kind="token_called", call=made, departments=[waiting], rooms=[ROOMS[2]]
        )
        self.known, _ = reduce(self.known, HELLO, change, now_s)
        self.announcer.consider(self.known.calls, at, self.showing.zone.shows)
        self.announcer.begin(now_s)
        for later_s in (0.0, 6.0):
            self.draw(now_s + later_s)
        self.announcer.sound_over(now_s + 11.0)
        assert self.announcer.end(now_s + 12.0)
        self.draw(now_s + 18.0)

    def draw(self, now_s: float) -> None:
        now = NOON + timedelta(seconds=now_s)
        standing = self.announcer.standing
        view = self.showing.view(
            self.known, self.words, self.size, now=now, now_s=now_s, standing=standing, pending=self.announcer.pending
        )
        draw(view, self.size)
        assert next_change_s(now_s, now, standing) > 0
        self.scenes += 1


def held_bytes() -> int:
    """What is held, but for the caches that are full at some size."""
    for cache in BOUNDED:
        cache.cache_clear()
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.parametrize("layout", Layout)
def test_a_day_of_calls_leaves_no_growing_memory_in_any_layout(layout):
    day = Day(layout)
    tracemalloc.start()
    try:
        held = []
        for n in range(CALLS):
            day.call()
            if n + 1 in (CALLS // 2, CALLS):
                held.append(held_bytes())
    finally:
        tracemalloc.stop()
    assert day.scenes == 3 * CALLS
    assert len(day.known.calls) == 20
    assert len(day.announcer.settled) <= 200
    assert held[1] - held[0] < 60_000


def test_what_is_drawn_again_and_again_is_kept_in_caches_with_an_end():
    assert all(cache.cache_info().maxsize for cache in BOUNDED)
