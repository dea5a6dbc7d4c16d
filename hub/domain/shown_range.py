"""How a wait is shown: as clock times, rounded once, that don't creep (queue-rules, Estimates)."""

from dataclasses import dataclass
from typing import Final

from smartqueue.terms import Instant

MINUTE_MS: Final = 60_000
STEP_MIN: Final = 5
LONG_STEP_MIN: Final = 10
"""Rounding of the upper end above an hour."""
LEAST_WIDTH_MIN: Final = 10
LEAST_RISE_MIN: Final = 10
"""The upper end that somebody has been shown rises only by more than this."""


@dataclass(frozen=True, slots=True)
class ShownRange:
    """Clock times, rounded once, and the minutes from now that are derived from them."""

    earliest: Instant
    latest: Instant
    low_min: int
    high_min: int


def shown_range(q20_s: int, q85_s: int, at: Instant) -> ShownRange:
    """Lower end down, upper end up to 5 minutes (10 above an hour), at least 10 minutes wide.

    q20_s, q85_s: of a Promise, seconds from `at`.
    """
    earliest = _down(at + q20_s * 1000, STEP_MIN)
    latest = _up(at + q85_s * 1000, _step(q85_s / 60))
    return _range(earliest, max(latest, earliest + LEAST_WIDTH_MIN * MINUTE_MS), at)


def steady(before: ShownRange | None, now: ShownRange, at: Instant) -> ShownRange:
    """What to show to somebody who has been shown `before`. now: as computed at `at`.

    The upper end falls freely. A rise of up to 10 minutes is held back as long as the time that was shown is still to
    come; once that has passed, the upper end rises by 15 minutes at once instead of minute by minute. Where `latest`
    rises, the screen says why.
    """
    if before is None or not 0 < now.latest - before.latest <= LEAST_RISE_MIN * MINUTE_MS:
        return now
    if before.latest <= at:
        return _range(now.earliest, before.latest + (LEAST_RISE_MIN + STEP_MIN) * MINUTE_MS, at)
    return _range(min(now.earliest, before.latest - LEAST_WIDTH_MIN * MINUTE_MS), before.latest, at)


def _range(earliest: int, latest: int, at: Instant) -> ShownRange:
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
