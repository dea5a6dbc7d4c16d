"""Which lamps burn, and how: pure, from the room as the feed shows it and what presses left behind.

Green: somebody is called or in the room. White: people wait, blinking the faster the more they are; steady while the
room is paused. Amber: steady while a press is on its way or its outcome unknown, blinking while the hub asks. Red:
steady while no hub is heard, three blinks for a refused press. Amber puts white out, red puts out all others.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from caller.buttons import BLINK_PERIOD_S, Presses
from caller.seen import Seen
from smartqueue.terms import RoomState


class Lamp(StrEnum):
    GREEN = "green"
    WHITE = "white"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Lit for `on_s`, dark for `off_s`, and so on, beginning at `origin_s` (monotonic seconds)."""

    on_s: float
    off_s: float
    origin_s: float = 0.0

    @property
    def name(self) -> str:
        """`on`, `off` or `blink`."""
        if self.on_s <= 0:
            return "off"
        return "on" if self.off_s <= 0 else "blink"

    def lit(self, now: float) -> bool:
        if self.name != "blink":
            return self.name == "on"
        return (now - self.origin_s) % (self.on_s + self.off_s) < self.on_s

    def next_turn(self, now: float) -> float | None:
        """When it turns on or off next, or None if it never does."""
        if self.name != "blink":
            return None
        phase = (now - self.origin_s) % (self.on_s + self.off_s)
        left = (self.on_s if phase < self.on_s else self.on_s + self.off_s) - phase
        return max(now + left, math.nextafter(now, math.inf))


OFF = Pattern(0, 1)
STEADY = Pattern(1, 0)
ASKING_PERIOD_S = 0.6
WAITING_PERIODS_S = ((1, 2.0), (3, 1.4), (7, 1.0), (15, 0.7))
"""Up to so many waiting: one blink in so many seconds."""
CROWD_PERIOD_S = 0.5


@dataclass(frozen=True, slots=True)
class Lamps:
    """All four lamps at a moment."""

    green: Pattern = OFF
    white: Pattern = OFF
    amber: Pattern = OFF
    red: Pattern = OFF

    def of(self, lamp: Lamp) -> Pattern:
        pattern: Pattern = getattr(self, lamp.value)
        return pattern

    def lit(self, now: float) -> frozenset[Lamp]:
        return frozenset(lamp for lamp in Lamp if self.of(lamp).lit(now))

    def next_turn(self, now: float) -> float | None:
        turns = (self.of(lamp).next_turn(now) for lamp in Lamp)
        return min((turn for turn in turns if turn is not None), default=None)


def lamps(seen: Seen, presses: Presses, now: float) -> Lamps:
    """The patterns at that time; they stay valid until something is pressed, fed, or `Presses.due`."""
    if presses.shows_refusal(now):
        return Lamps(red=_refused(presses))
    green = STEADY if seen.token is not None and not seen.away else OFF
    if presses.flight is not None:
        return Lamps(green=green, amber=STEADY)
    if seen.away:
        return Lamps(red=STEADY)
    if presses.question is not None:
        return Lamps(green=green, amber=_blink(ASKING_PERIOD_S, presses.question.asked_at))
    if presses.shows_touch(now):
        return Lamps(green=green, amber=STEADY)
    return Lamps(green=green, white=_waiting(seen))


def _refused(presses: Presses) -> Pattern:
    """Red blinks; where red was burning already it begins by going dark, so that every press is seen to be answered."""
    half = BLINK_PERIOD_S / 2
    return Pattern(half, half, presses.refused_at + (half if presses.refused_while_away else 0))


def _waiting(seen: Seen) -> Pattern:
    if seen.state is RoomState.PAUSED:
        return STEADY
    if seen.state is RoomState.CLOSED or seen.waiting <= 0:
        return OFF
    period = next((period for upto, period in WAITING_PERIODS_S if seen.waiting <= upto), CROWD_PERIOD_S)
    return _blink(period, 0.0)


def _blink(period_s: float, origin_s: float) -> Pattern:
    return Pattern(period_s / 2, period_s / 2, origin_s)
