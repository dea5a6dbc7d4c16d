"""What stands now of what is more than fits: parts take turns by the hub's clock, alike on all boards."""

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, TypeVar

from hub.web.markup import Markup, el
from smartqueue.board import PAGE_S
from smartqueue.board import page as page_at

TURN_S: Final = PAGE_S
"""How long one part stands: as on displays."""
_MOST_BESIDE: Final = 4
"""Dots beside one row, one below the other: more would be too small to tell apart."""
Item = TypeVar("Item")
_Cut = tuple[tuple[float, float], list[range]]
"""Sums of the squares of the numbers and of the heights of parts, and these parts."""
_NEVER: Final = (math.inf, math.inf)


def turn(at_s: float) -> int:
    """The number of the turn that is on; at_s: seconds since 1970."""
    return int(at_s // TURN_S)


def ms_left(at_s: float, each_s: float = TURN_S) -> int:
    """Until the next turn. each_s: of departments, whose parts may stand shorter."""
    return int(min(one - at_s % one for one in (TURN_S, each_s)) * 1000) + 1


def part(items: Sequence[Item], fits: int, now: int) -> Sequence[Item]:
    """Of items that are equally high. Every part is full."""
    return page_at(items, fits, now * PAGE_S)[0]


def newest_stays(items: Sequence[Item], fits: int, now: int) -> tuple[Sequence[Item], int, int]:
    """The newest, which is the first, always, and of the others those whose turn it is; which turn, of how many.

    As displays do (display/screens/turns.py). A place for one call only has the newest, which never gives way.
    """
    if len(items) <= fits or fits < 2:
        return items[: max(1, fits)], 0, 1
    others, which, count = page_at(items[1:], fits - 1, now * PAGE_S)
    return [items[0], *others], which, count


def shares(heights: Sequence[int], room: int, mark: int) -> Sequence[range]:
    """The parts in which items of these heights stand: as few as can be, as many items in one as in the next if that is
    possible, then filled as alike as can be.

    mark: what the sign for the part takes of the room where there are several.
    """
    if sum(heights) <= room:
        return [range(len(heights))]
    return _even(heights, room - mark, len(_filled(heights, room - mark)))


def _even(heights: Sequence[int], room: int, count: int) -> list[range]:
    """So many parts, cut where the sum of the squares of their numbers is least, then that of their heights."""
    sums = [0, *accumulate(heights)]
    best: list[_Cut] = [((0, 0), []), *([(_NEVER, [])] * len(heights))]
    for _ in range(count):
        best = [
            min((_with(best[a], range(a, b), sums, room) for a in range(b, -1, -1)), key=_cost)
            for b in range(len(best))
        ]
    return best[-1][1]


def _with(before: _Cut, part: range, sums: Sequence[int], room: int) -> _Cut:
    height = sums[part.stop] - sums[part.start]
    if not part or (height > room and len(part) > 1):
        return _NEVER, []
    (numbers, squares), parts = before
    return (numbers + len(part) ** 2, squares + height**2), [*parts, part]


def _cost(tried: _Cut) -> tuple[float, float]:
    return tried[0]


def _filled(heights: Sequence[int], room: int) -> list[range]:
    """One after the other, each part as full as it gets; what is higher than the room has a part for itself."""
    parts: list[range] = []
    first = taken = 0
    for n, height in enumerate(heights):
        if n > first and taken + height > room:
            parts.append(range(first, n))
            first, taken = n, 0
        taken += height
    return [*parts, range(first, len(heights))]


def marks(which: int, count: int, name: str = "p", kind: str = "mark", most: int | None = None) -> Markup | None:
    """Dots as on displays, the one of this part filled. most: so many dots also of more turns."""
    if count < 2:
        return None
    dots = min(count, most or count)
    now = which * dots // count
    made = [el("i", class_="now" if n == now else None) for n in range(dots)]
    return el(name, made, class_=kind, aria_hidden="true")


def marks_beside(which: int, count: int) -> Markup | None:
    """The same at a single row."""
    return marks(which, count, "li", "mark beside", _MOST_BESIDE)
