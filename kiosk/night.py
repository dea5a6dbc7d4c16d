"""When the screen is dimmed: at night, while nobody is there. Pure; the time is the hub's, of the site's zone."""

import re
from dataclasses import dataclass
from datetime import time

from kiosk.fronts import Attract, OutOfService
from kiosk.states import State

UNTOUCHED_S = 60.0
"""So long nobody has touched it, nor has it shown anything to anybody."""
_SPAN = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Night:
    """From `begins` on, and no more at `ends`; mostly over midnight."""

    begins: time
    ends: time

    def holds(self, at: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def parsed(text: str) -> Night:
    """Of `22:00-06:00`. Raises ValueError with what was meant."""
    found = _SPAN.fullmatch(text.strip())
    try:
        night = Night(time.fromisoformat(found[1]), time.fromisoformat(found[2])) if found else None
    except ValueError:
        night = None
    if night is None or night.begins == night.ends:
        raise ValueError(f"{text!r} is no span of hours; write it like 22:00-06:00")
    return night


def is_dim(state: State, now: float, at: time | None, night: Night | None) -> bool:
    """now: monotonic seconds. at: of the day, None = nobody knows, then it stays bright."""
    if night is None or at is None or not isinstance(state.front, Attract | OutOfService):
        return False
    return now >= max(state.touched_at, state.shown_at) + UNTOUCHED_S and night.holds(at)


def loudness(clock: str, night: Night | None, quiet_pct: int) -> float:
    """Of tones and voice at a time of the day (`09:42`, empty = nobody knows), as a share of what it is by day."""
    quiet = night is not None and clock and night.holds(time.fromisoformat(clock))
    return quiet_pct / 100 if quiet else 1.0
