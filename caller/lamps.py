"""Which lamps burn, and how: pure, from the room as the feed shows it and what presses left behind.

Green: somebody is called or in the room; it winks once while somebody is awaited who needs more time, twice for
somebody who may not hear or not see the call. White: people wait, blinking the faster the more they are; steady while
the room is paused. Amber: steady while a press is on its way or its outcome unknown, blinking while the hub asks. Red:
steady while no hub is heard, three blinks for a refused press. Amber puts white out, red puts out all others. While the
unit shows which one it is, one lamp after the other is lit.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from caller.buttons import BLINK_PERIOD_S, Presses
from caller.seen import Seen
from smartqueue.terms import Care, RoomState


class Lamp(StrEnum):
    GREEN = "green"
    WHITE = "white"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Lit and dark in turn for so many seconds each, over and over, beginning lit at `origin_s` (monotonic seconds).

    No step at all: dark. A single one: lit for good. name: one word for reports.
    """

    name: str
    steps_s: tuple[float, ...] = ()
    origin_s: float = 0.0

    @property
    def period_s(self) -> float:
        return sum(self.steps_s)

    @property
    def turns(self) -> bool:
        return len(self.steps_s) > 1

    def lit(self, now: float) -> bool:
        if not self.turns:
            return bool(self.steps_s)
        return self._step(self._phase(now)) % 2 == 0

    def next_turn(self, now: float) -> float | None:
        """When it turns on or off next, or None if it never does."""
        if not self.turns:
            return None
        phase = self._phase(now)
        end = tuple(accumulate(self.steps_s))[self._step(phase)]
        return max(now + end - phase, math.nextafter(now, math.inf))

    def _phase(self, now: float) -> float:
        return (now - self.origin_s) % self.period_s

    def _step(self, phase: float) -> int:
        ends = tuple(accumulate(self.steps_s))
        return next((n for n, end in enumerate(ends) if phase < end), len(ends) - 1)


OFF = Pattern("off")
STEADY = Pattern("on", (1.0,))
WINKS = {
    Care.TIME: Pattern("wink", (1.7, 0.3)),
    Care.FETCH: Pattern("wink_twice", (1.75, 0.25, 0.25, 0.25)),
}
"""Lit, with short gaps."""
CARE_S = 120.0
"""For so long after a call green tells what care it needs; then the person is here, or does not come."""
ASKING_PERIOD_S = 0.6
WAITING_PERIODS_S = ((1, 2.0), (3, 1.4), (7, 1.0), (15, 0.7))
"""Up to so many waiting: one blink in so many seconds."""
CROWD_PERIOD_S = 0.5
IDENTIFY_STEP_S = 0.25
IDENTIFY_S = 20.0
"""How long a unit shows which one it is: time to look into the next room, too."""


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


def lamps(seen: Seen, presses: Presses, now: float, *, identify_until: float = float("-inf")) -> Lamps:
    """The patterns at that time; they stay valid until something is pressed, fed, or `due`.

    identify_until: until then the unit shows which one it is, where no press has anything to say.
    """
    if presses.shows_refusal(now):
        return Lamps(red=_refused(presses))
    if presses.flight is not None:
        return Lamps(green=_green(seen), amber=STEADY)
    if now < identify_until and not presses.shows_touch(now):
        return _one_after_the_other(identify_until)
    return Lamps(red=STEADY) if seen.away else _of_room(seen, presses, now)


def due(seen: Seen, now: float, *, identify_until: float = float("-inf")) -> float | None:
    """When the patterns change by themselves, whatever presses do (that tells `Presses.due`)."""
    times = [identify_until]
    if seen.called and seen.care is not None:
        times.append(now + CARE_S - seen.called_age_s)
    return min((at for at in times if at > now), default=None)


def _of_room(seen: Seen, presses: Presses, now: float) -> Lamps:
    if presses.question is not None:
        return Lamps(green=_green(seen), amber=_blink(ASKING_PERIOD_S, presses.question.asked_at))
    if presses.shows_touch(now):
        return Lamps(green=_green(seen), amber=STEADY)
    return Lamps(green=_green(seen), white=_waiting(seen))


def _green(seen: Seen) -> Pattern:
    if seen.token is None or seen.away:
        return OFF
    if seen.care is None or not seen.called or seen.called_age_s >= CARE_S:
        return STEADY
    return WINKS[seen.care]


def _refused(presses: Presses) -> Pattern:
    """Red blinks; where red was burning already it begins by going dark, so that every press is seen to be answered."""
    begins = presses.refused_at + (BLINK_PERIOD_S / 2 if presses.refused_while_away else 0)
    return _blink(BLINK_PERIOD_S, begins)


def _waiting(seen: Seen) -> Pattern:
    if seen.state is RoomState.PAUSED:
        return STEADY
    if seen.state is RoomState.CLOSED or seen.waiting <= 0:
        return OFF
    period = next((period for upto, period in WAITING_PERIODS_S if seen.waiting <= upto), CROWD_PERIOD_S)
    return _blink(period, 0.0)


def _blink(period_s: float, origin_s: float) -> Pattern:
    return Pattern("blink", (period_s / 2, period_s / 2), origin_s)


def _one_after_the_other(origin_s: float) -> Lamps:
    dark_s = IDENTIFY_STEP_S * (len(Lamp) - 1)
    patterns = (
        Pattern("turn", (IDENTIFY_STEP_S, dark_s), origin_s + IDENTIFY_STEP_S * place) for place in range(len(Lamp))
    )
    return Lamps(*patterns)
