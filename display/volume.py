"""How loud it is at which hour of the day: pure.

A volume is a share of full scale, in percent: 50 is half the amplitude, which is 6 dB less. 0 is silence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

FULL_PCT: Final = 100
_HOUR = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d))?")


@dataclass(frozen=True, slots=True)
class Volume:
    """steps: (minute of the day, percent), by time; each holds until the next one, the last one over midnight."""

    steps: tuple[tuple[int, int], ...] = ((0, FULL_PCT),)

    def at(self, clock: datetime) -> int:
        """Percent at this local time."""
        minute = clock.hour * 60 + clock.minute
        begun = [percent for starts, percent in self.steps if starts <= minute]
        return begun[-1] if begun else self.steps[-1][1]


def volume(table: Mapping[str, int] | None) -> Volume:
    """From a table of hours (`7`, `07`, `07:30`) to percent; nothing given = always full.

    Raises ValueError with every mistake in it.
    """
    if not table:
        return Volume()
    wrong = [mistake for hour, percent in table.items() for mistake in _mistakes(hour, percent)]
    minutes = [_minute(hour) for hour in table]
    twice = [hour for hour, minute in zip(table, minutes, strict=True) if minute >= 0 and minutes.count(minute) > 1]
    if twice:
        wrong.append(f"{' and '.join(twice)} are the same hour")
    if wrong:
        raise ValueError("; ".join(wrong))
    return Volume(tuple(sorted(zip(minutes, table.values(), strict=True))))


def _minute(hour: str) -> int:
    """Of the day; -1 where it is no hour."""
    found = _HOUR.fullmatch(hour)
    return int(found[1]) * 60 + int(found[2] or 0) if found else -1


def _mistakes(hour: str, percent: int) -> list[str]:
    wrong = []
    if _minute(hour) < 0:
        wrong.append(f"{hour} is no hour of the day, such as 7 or 07:30")
    if not 0 <= percent <= FULL_PCT:
        wrong.append(f"{hour} = {percent}: from 0 (silent) to {FULL_PCT} percent")
    return wrong
