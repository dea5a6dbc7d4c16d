"""Waiting time until the call, and how it is shown (queue-rules, Estimates).

Level one: the configured minutes of a consultation. Learned throughput joins here with the complete rules.
"""

from dataclasses import dataclass

from hub.domain.clinic import Clinic
from hub.domain.results import WaitRange
from smartqueue.terms import DepartmentId, Instant, RoomState

MINUTE_MS = 60_000
STEP_MIN = 5
LONG_STEP_MIN = 10
"""Rounding of the upper end above an hour."""
LEAST_WIDTH_MIN = 10


@dataclass(frozen=True, slots=True)
class ShownRange:
    """Clock times, rounded once, and the minutes from now that are derived from them."""

    earliest: Instant
    latest: Instant
    low_min: int
    high_min: int


def wait_range(clinic: Clinic, department: DepartmentId, ahead: int) -> WaitRange | None:
    """Cold start: ahead x configured minutes / open rooms, from half of it to twice. None when no room is open."""
    rooms = sum(clinic.desks[room].state is RoomState.OPEN for room in clinic.serving_rooms.get(department, ()))
    if not rooms:
        return None
    middle_s = ahead * clinic.departments[department].minutes * 60 / rooms
    return WaitRange(low_s=int(middle_s / 2), high_s=int(middle_s * 2))


def shown_range(wait: WaitRange, at: Instant) -> ShownRange:
    """Lower end down, upper end up to 5 minutes (10 above an hour), at least 10 minutes wide."""
    earliest = _down(at + wait.low_s * 1000, STEP_MIN)
    latest = _up(at + wait.high_s * 1000, _step(wait.high_s / 60))
    latest = max(latest, earliest + LEAST_WIDTH_MIN * MINUTE_MS)
    low_min = max(earliest - at, 0) // MINUTE_MS // STEP_MIN * STEP_MIN
    high = -(-(latest - at) // MINUTE_MS)
    high_min = -(-high // _step(high)) * _step(high)
    return ShownRange(Instant(earliest), Instant(latest), low_min, max(high_min, low_min + LEAST_WIDTH_MIN))


def _step(minutes: float) -> int:
    return LONG_STEP_MIN if minutes > 60 else STEP_MIN


def _down(at: int, step_min: int) -> int:
    return at // (step_min * MINUTE_MS) * (step_min * MINUTE_MS)


def _up(at: int, step_min: int) -> int:
    return -_down(-at, step_min)
