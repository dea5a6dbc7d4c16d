"""How a wait is shown: rounding of its clock times, and an upper end that doesn't creep (queue-rules, Estimates)."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hub.domain.shown_range import ShownRange, shown_range, steady
from smartqueue.terms import Instant

AT = Instant(int(datetime(2026, 3, 2, 9, 42, tzinfo=UTC).timestamp() * 1000))
MINUTE_MS = 60_000

waits_s = st.integers(0, 20_000)
instants = st.integers(0, 10**8).map(lambda ms: Instant(AT + ms))


def clock(instant: Instant) -> str:
    return datetime.fromtimestamp(instant / 1000, UTC).strftime("%H:%M")


def clocks(shown: ShownRange) -> tuple[str, str]:
    return clock(shown.earliest), clock(shown.latest)


def later(minutes: float) -> Instant:
    return Instant(AT + int(minutes * MINUTE_MS))


@st.composite
def pictures(draw: st.DrawFn) -> tuple[ShownRange | None, ShownRange, Instant]:
    """What somebody was shown, maybe some time ago and held back since; what is computed now; and when that is."""
    before, at = None, draw(instants)
    for _ in range(draw(st.integers(0, 3))):
        low_s, more_s = draw(waits_s), draw(waits_s)
        before = steady(before, shown_range(low_s, low_s + more_s, at), at)
        at = Instant(at + draw(st.integers(0, 90 * MINUTE_MS)))
    low_s, more_s = draw(waits_s), draw(st.integers(0, 3000))
    return before, shown_range(low_s, low_s + more_s, at), at


def test_clock_times_are_rounded_outwards_to_five_minutes():
    shown = shown_range(38 * 60, 57 * 60, AT)
    assert clocks(shown) == ("10:20", "10:40")
    assert (shown.low_min, shown.high_min) == (35, 60)


def test_above_an_hour_the_upper_end_is_rounded_to_ten():
    shown = shown_range(38 * 60, 68 * 60, AT)
    assert clocks(shown) == ("10:20", "10:50")
    assert (shown.low_min, shown.high_min) == (35, 70)


def test_nobody_before_you_is_still_up_to_ten_minutes():
    shown = shown_range(0, 0, AT)
    assert (shown.low_min, shown.high_min) == (0, 10)


@given(waits_s, waits_s, instants)
def test_a_shown_range_holds_the_computed_one_and_is_ten_minutes_wide(low_s, more_s, at):
    shown = shown_range(low_s, low_s + more_s, at)
    assert shown.earliest <= at + low_s * 1000
    assert shown.latest >= at + (low_s + more_s) * 1000
    assert shown.latest - shown.earliest >= 10 * MINUTE_MS


@given(pictures())
def test_whatever_is_shown_is_in_steps_of_five_minutes_and_ten_minutes_wide(picture):
    shown = steady(*picture)
    assert shown.earliest % (5 * MINUTE_MS) == shown.latest % (5 * MINUTE_MS) == 0
    assert shown.latest - shown.earliest >= 10 * MINUTE_MS
    assert shown.low_min % 5 == shown.high_min % 5 == 0
    assert shown.high_min - shown.low_min >= 10


@given(pictures())
def test_the_minutes_hold_the_clock_times_from_which_they_come(picture):
    shown, at = steady(*picture), picture[2]
    assert at + shown.low_min * MINUTE_MS <= max(shown.earliest, at)
    assert at + shown.high_min * MINUTE_MS >= shown.latest > at


@given(pictures())
def test_the_upper_end_falls_freely_and_rises_only_by_more_than_ten_minutes(picture):
    before, now, _ = picture
    shown = steady(*picture)
    if before is None or now.latest <= before.latest:
        assert shown == now
    else:
        assert shown.latest == before.latest or shown.latest - before.latest > 10 * MINUTE_MS


@given(pictures())
def test_a_large_rise_is_shown_as_it_is(picture):
    before, now, _ = picture
    if before is not None and now.latest - before.latest > 10 * MINUTE_MS:
        assert steady(*picture) == now


@given(pictures())
def test_what_was_shown_a_moment_ago_is_shown_again(picture):
    shown, at = steady(*picture), picture[2]
    assert steady(shown, shown, at) == shown


def test_the_first_range_is_shown_as_it_is():
    now = shown_range(20 * 60, 40 * 60, AT)
    assert steady(None, now, AT) == now


def test_a_small_rise_is_held_back():
    before = shown_range(18 * 60, 38 * 60, AT)
    shown = steady(before, shown_range(25 * 60, 45 * 60, later(2)), later(2))
    assert clocks(before) == ("10:00", "10:20")
    assert clocks(shown) == ("10:05", "10:20")
    assert (shown.low_min, shown.high_min) == (20, 40)


def test_a_held_upper_end_draws_the_lower_one_down_to_ten_minutes_before_it():
    before = shown_range(8 * 60, 18 * 60, AT)
    shown = steady(before, shown_range(17 * 60, 22 * 60, later(2)), later(2))
    assert clocks(before) == ("09:50", "10:00")
    assert clocks(shown) == ("09:50", "10:00")


def test_more_than_ten_minutes_later_is_told():
    before = shown_range(18 * 60, 38 * 60, AT)
    shown = steady(before, shown_range(30 * 60, 51 * 60, later(2)), later(2))
    assert clocks(shown) == ("10:10", "10:35")


def test_whoever_stays_next_is_told_a_later_time_only_once_the_shown_one_has_come():
    told: list[ShownRange] = []
    for minute in range(20):
        computed = shown_range(0, 5 * 60, later(minute))
        told.append(steady(told[-1] if told else None, computed, later(minute)))
    rises = [
        (clock(later(minute)), clock(before.latest), clock(after.latest))
        for minute, (before, after) in enumerate(pairwise(told), start=1)
        if after.latest > before.latest
    ]
    assert rises == [("09:50", "09:50", "10:05"), ("10:00", "10:00", "10:15")]


def test_the_upper_end_is_never_a_time_that_has_passed():
    before = shown_range(0, 5 * 60, AT)
    shown = steady(before, shown_range(0, 5 * 60, later(8)), later(8))
    assert (clock(before.latest), clock(later(8))) == ("09:50", "09:50")
    assert clocks(shown) == ("09:50", "10:05")
    assert (shown.low_min, shown.high_min) == (0, 15)
