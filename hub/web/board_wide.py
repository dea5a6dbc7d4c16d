"""Departments across the whole width, where no other call stands beside them: two of them large, side by side, three as
rows, more of them in two columns. What does not fit takes turns. Units as in board.css.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hub.web.board_lines import Entry, entry_of, entry_parts, few
from hub.web.board_turns import marks, shares
from hub.web.board_view import Sight
from hub.web.markup import Markup, el
from smartqueue.board import turn_of

_TYPES: Final = (64, 56, 48, 40)
_ONE_COLUMN: Final = 3
_MOST_FEW: Final = 2
_MOST_LARGE, _LARGE_UNITS = 6, 150
"""So many stand large where each has this height."""
_ONE_WIDE, _TWO_WIDE, _UPRIGHT_WIDE = 1660, 825, 930
"""Width of a line: alone, as one of two columns, and on an upright screen, where there is one column."""
_BADGE_EM, _TEXT, _AIR_UNITS, _FOLDED_UNITS, _MARK_UNITS = 1.8, 1.15, 14, 16, 30


@dataclass(frozen=True, slots=True)
class Place:
    """Height for departments, lying and upright."""

    lying: int
    upright: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """Lines by turns, in how many columns on a lying screen, units of type."""

    parts: Sequence[range]
    columns: int
    type: int
    entries: Sequence[Entry]


def wide(sight: Sight, place: Place) -> Markup:
    """The list; of what does not fit the part whose turn it is."""
    if not sight.lines:
        return el("ul", class_="panel", data_part="panel")
    if _are_few(sight, place):
        return few(sight, across=True)
    plan = _plan(sight, place)
    now = turn_of(len(plan.parts), sight.at_s)
    part = plan.parts[now]
    tops = range(part.start, part.start + plan.columns)
    shown = [_li(one, later=n not in part, top=n in tops) for n, one in enumerate(plan.entries)]
    kind = f"panel many wide in-{plan.columns} type-{plan.type}"
    return el("ul", shown, marks(now, len(plan.parts), "li"), class_=kind, data_part="panel")


def wide_parts(sight: Sight, place: Place) -> int:
    """In how many parts departments take turns; 1 where all fit."""
    return 1 if _are_few(sight, place) else len(_plan(sight, place).parts)


def _are_few(sight: Sight, place: Place) -> bool:
    """Whether each has its range below its name, large."""
    count = len(sight.lines)
    if count <= _MOST_FEW:
        return True
    high = min(place.lying / -(-count // 2), place.upright / count)
    return _ONE_COLUMN < count <= _MOST_LARGE and high >= _LARGE_UNITS


def _li(one: Entry, *, later: bool, top: bool) -> Markup:
    kind = " ".join([one.kind, *(["later"] if later else []), *(["top-of"] if top else [])]).strip()
    return el("li", entry_parts(one.line, one.name, one.sign, one.text), class_=kind or None)


def _plan(sight: Sight, place: Place) -> _Plan:
    """The largest type at which all stand whole; else the least, by turns."""
    for size in _TYPES:
        plan = _planned(sight, place, size)
        if len(plan.parts) == 1 and all(one.texts == 1 for one in plan.entries):
            return plan
    return _planned(sight, place, _TYPES[-1])


def _planned(sight: Sight, place: Place, size: int) -> _Plan:
    columns = 1 if len(sight.lines) <= _ONE_COLUMN else 2
    width = min(_ONE_WIDE if columns == 1 else _TWO_WIDE, _UPRIGHT_WIDE)
    entries = [entry_of(sight.page, one, width / size - _BADGE_EM) for one in sight.lines]
    units = [_AIR_UNITS + one.texts * size * _TEXT + (_FOLDED_UNITS if one.texts > 1 else 0) for one in entries]
    rows = [units[n : n + columns] for n in range(0, len(units), columns)]
    heights = [math.ceil(1000 * max(max(row) / place.lying, sum(row) / place.upright)) for row in rows]
    turns = shares(heights, 1000, 1000 * _MARK_UNITS // place.lying)
    parts = [range(turn.start * columns, min(turn.stop * columns, len(units))) for turn in turns]
    return _Plan(parts, columns, size, entries)
