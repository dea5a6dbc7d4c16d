"""Hub time: never back, never still; a jump ahead waits until it is confirmed."""

import pytest

from hub.clock import HubClock, is_synchronised
from smartqueue.terms import Instant

MINUTE = 60_000


class Clocks:
    """A wall clock and a stopwatch that the test sets."""

    def __init__(self):
        self.wall, self.elapsed_s, self.synchronised = 1_000_000_000, 50.0, False
        self.clock = HubClock(lambda: self.wall, lambda: self.elapsed_s, lambda: self.synchronised)

    def pass_time(self, seconds, *, wall_moves_ms=0):
        """The stopwatch goes on; the wall clock too, and is moved besides."""
        self.elapsed_s += seconds
        self.wall += int(seconds * 1000) + wall_moves_ms
        return self.clock.moment()


@pytest.fixture
def clocks():
    return Clocks()


def test_hub_time_follows_the_wall_clock(clocks):
    assert clocks.clock.moment().at == clocks.wall
    assert clocks.pass_time(90).at == clocks.wall
    assert clocks.pass_time(1, wall_moves_ms=5000).at == clocks.wall


def test_a_wall_clock_that_was_set_back_slows_hub_time_until_they_meet(clocks):
    before = clocks.clock.moment().at
    assert clocks.pass_time(0, wall_moves_ms=-40 * MINUTE).at == before
    assert clocks.pass_time(10).at == before + 5_000
    assert clocks.pass_time(2400).at == before + 5_000 + 1_200_000
    assert clocks.pass_time(2400).at == clocks.wall


def test_many_looks_within_a_millisecond_still_make_time_go_on(clocks):
    before = clocks.clock.moment().at
    clocks.wall -= 40 * MINUTE
    for _ in range(10_000):
        clocks.elapsed_s += 0.0002
        moment = clocks.clock.moment()
    assert moment.at - before == pytest.approx(1000, abs=2)


def test_after_a_power_cut_time_goes_on_from_the_last_event_though_the_clock_is_behind(clocks):
    last = Instant(clocks.wall + 40 * MINUTE)
    clocks.clock.not_before(last)
    assert clocks.clock.moment().at == last
    assert clocks.pass_time(20).at == last + 10_000


def test_a_jump_ahead_of_more_than_ten_minutes_waits_for_synchronisation(clocks):
    before = clocks.clock.moment().at
    assert clocks.pass_time(1, wall_moves_ms=72 * 60 * MINUTE).at == before + 1000
    assert clocks.pass_time(3600).at == before + 3_601_000
    clocks.synchronised = True
    assert clocks.pass_time(1).at == clocks.wall


def test_a_jump_that_is_taken_back_leaves_no_trace(clocks):
    before = clocks.clock.moment().at
    clocks.pass_time(1, wall_moves_ms=60 * MINUTE)
    assert clocks.pass_time(1, wall_moves_ms=-60 * MINUTE).at == before + 2000


def test_a_smaller_step_ahead_is_believed_at_once(clocks):
    clocks.clock.moment()
    assert clocks.pass_time(1, wall_moves_ms=9 * MINUTE).at == clocks.wall


def test_the_tick_counts_on_whatever_the_wall_clock_does(clocks):
    first = clocks.clock.moment()
    second = clocks.pass_time(2.5, wall_moves_ms=-10 * MINUTE)
    assert (second.tick - first.tick, second.boot_tick) == (2500, first.boot_tick)


def test_this_machine_can_be_asked_whether_its_clock_is_right():
    assert is_synchronised() in (True, False)
