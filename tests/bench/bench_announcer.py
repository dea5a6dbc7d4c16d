"""24 hours of calls in simulated time, with the real voice: all announced, one by one, in memory that does not grow.

The short version, with a voice that murmurs, is tests/display/test_whole_days.py.
"""

import sys
from itertools import pairwise
from pathlib import Path

from figures import Figure, at_least, at_most

from display.speech import Speech
from smartqueue.sound.shelf import KEPT_FILES, Shelf
from smartqueue.sound.voice import Voice

sys.path.insert(0, str(Path(__file__).parents[1] / "display"))

from display_day import Hall

HOURS = 24
SETTLED = 12
"""Hours after which caches are full and the allocator has its pieces."""


async def run(directory: Path) -> list[Figure]:
    folder = directory / "voice"
    folder.mkdir()
    day = await Hall(Speech(Voice(folder), Shelf(folder)), folder, seed=1).spend(HOURS)
    announced = sorted((int(id_) for _, _, ids in day.spans for id_ in ids))
    missed = len(set(map(int, day.made)) ^ set(announced)) + len(announced) - len(set(announced))
    overlaps = sum(later[0] < earlier[1] for earlier, later in pairwise(day.spans))
    grown = (day.resident[-1] - day.resident[SETTLED]) / 2**20
    objects = day.objects[-1] - day.objects[SETTLED]
    return [
        at_least(f"calls in {HOURS} simulated hours", len(day.made), 2000, ""),
        at_most("of them not announced, or twice", missed, 0, ""),
        at_most("announcements that overlap", overlaps, 0, ""),
        at_most("the longest announcement of one call", longest(day.spans), 31.2, "s"),
        at_most("what the scheduler remembers, most", max(day.held) / 1024, 12, "KiB"),
        at_most(f"objects more at hour {HOURS} than at hour {SETTLED}", objects, 500, ""),
        at_most("memory grown in that time", grown, 4, "MiB"),
        at_most("sentences kept on disk, most", max(day.files), KEPT_FILES, ""),
    ]


def longest(spans: list[tuple[float, float, tuple[str, ...]]]) -> float:
    return max(ends - begins for begins, ends, ids in spans if len(ids) == 1)
