"""Cold-start range and its rounding for showing (queue-rules, Estimates)."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hub.domain.estimates import shown_range, wait_range
from hub.domain.results import WaitRange
from smartqueue.terms import DepartmentId, Instant, RoomId, RoomState


def clock(instant: Instant) -> str:
    return datetime.fromtimestamp(instant / 1000, UTC).strftime("%H:%M")


AT = Instant(int(datetime(2026, 3, 2, 9, 42, tzinfo=UTC).timestamp() * 1000))


def test_the_range_is_half_to_twice_the_configured_minutes_per_open_room(clinic):
    assert wait_range(clinic.state, DepartmentId("medicine"), 6) == WaitRange(6 * 600 // 3 // 2, 6 * 600 // 3 * 2)


def test_without_an_open_room_there_is_no_range(clinic):
    for number in ("3", "4", "6"):
        clinic.state.desks[RoomId(f"room-{number}")].state = RoomState.PAUSED
    assert wait_range(clinic.state, DepartmentId("medicine"), 6) is None


def test_clock_times_are_rounded_outwards_to_five_minutes():
    shown = shown_range(WaitRange(38 * 60, 57 * 60), AT)
    assert (clock(shown.earliest), clock(shown.latest)) == ("10:20", "10:40")
    assert (shown.low_min, shown.high_min) == (35, 60)


def test_above_an_hour_the_upper_end_is_rounded_to_ten():
    shown = shown_range(WaitRange(38 * 60, 68 * 60), AT)
    assert (clock(shown.earliest), clock(shown.latest)) == ("10:20", "10:50")
    assert (shown.low_min, shown.high_min) == (35, 70)


def test_nobody_before_you_is_still_up_to_ten_minutes():
    shown = shown_range(WaitRange(0, 0), AT)
    assert (shown.low_min, shown.high_min) == (0, 10)


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 10**8))
def test_a_shown_range_holds_the_computed_one_and_is_ten_minutes_wide(low_s, more_s, offset_ms):
    at = Instant(AT + offset_ms)
    shown = shown_range(WaitRange(low_s, low_s + more_s), at)
    assert shown.earliest <= at + low_s * 1000
    assert shown.latest >= at + (low_s + more_s) * 1000
    assert shown.latest - shown.earliest >= 10 * 60_000
    assert shown.low_min % 5 == 0
    assert shown.high_min % 5 == 0
    assert shown.high_min - shown.low_min >= 10
