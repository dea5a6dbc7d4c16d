"""Can it be read from the farthest seat? Capital heights for each metre of distance: experience.md, Display."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from display.board import Layout
from display.screens.cards import LEAST_LABEL_UNITS
from display.screens.door import NEXT_UNITS
from display.screens.grid import Grid
from display.screens.grid import grid as make_grid
from smartqueue.errors import StartFault

MM_PER_INCH: Final = 25.4
CALL_MM_PER_M: Final = 12.2
WORD_MM_PER_M: Final = 8.0
HISTORY_MM_PER_M: Final = 5.5
REST_MM_PER_M: Final = 2.8


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of text. capital_px: the smallest it is set in; needed: millimetres for each metre of distance."""

    what: str
    capital_px: float
    needed: float


def measures(grid: Grid) -> Iterator[Measure]:
    """What has to be read from every seat, in the layout of the grid."""
    calls = [grid.call] if grid.layout in (Layout.CALL, Layout.DOOR) else [grid.call, grid.cell(3), grid.cell(4)]
    yield Measure("the label on call", min(one.label[-1] for one in calls), CALL_MM_PER_M)
    if grid.layout is Layout.DOOR:
        yield Measure("the label of who is next", grid.px(NEXT_UNITS), HISTORY_MM_PER_M)
        yield Measure("the words beside the label", grid.rest, REST_MM_PER_M)
        return
    yield Measure("the room's number on call", min(one.number[-1] for one in calls), CALL_MM_PER_M)
    yield Measure("the word for the room on call", min(one.word[-1] for one in calls), WORD_MM_PER_M)
    yield Measure("labels of earlier calls", _earlier_px(grid), HISTORY_MM_PER_M)
    yield Measure("names and waiting times of departments", grid.rest, REST_MM_PER_M)


def _earlier_px(grid: Grid) -> float:
    if grid.layout is Layout.CALL:
        return min(grid.rows(kind).label for kind in ("idle", "away"))
    return grid.px(LEAST_LABEL_UNITS) if grid.layout is Layout.DEPARTMENTS else grid.rows("call").label


def farthest_m(grid: Grid, tv_inches: float) -> float:
    """From so far everything can be read on a screen of this diagonal."""
    return min(_reaches_m(one, grid, tv_inches) for one in measures(grid))


def check(grid: Grid, tv_inches: float, seat_m: float) -> None:
    """Raises StartFault, with the reason and a way out, when something is too small from `seat_m` metres."""
    worst = min(measures(grid), key=lambda one: _reaches_m(one, grid, tv_inches))
    reach_m = _reaches_m(worst, grid, tv_inches)
    if reach_m >= seat_m - 0.005:
        return
    inches = math.ceil(tv_inches * seat_m / reach_m)
    other = _other_layout(grid, tv_inches, reach_m)
    has_mm = worst.capital_px * _mm_per_px(grid, tv_inches)
    raise StartFault(
        f"Too small to be read from {seat_m:g} m on a {tv_inches:g}-inch screen: {worst.what} would have capitals of "
        f"{has_mm:.0f} mm and need {worst.needed * seat_m:.0f}. Put the farthest seat at "
        f"{math.floor(reach_m * 10) / 10:g} m, or take a screen of {inches} inches{other}."
    )


def _other_layout(grid: Grid, tv_inches: float, reach_m: float) -> str:
    """One call at a time can be read from farther away."""
    far = farthest_m(make_grid(grid.width_px, grid.height_px, Layout.CALL), tv_inches)
    if grid.layout is Layout.DOOR or far <= reach_m * 1.05:
        return ""
    return f', or set layout = "call", which can be read from {math.floor(far * 10) / 10:g} m'


def _mm_per_px(grid: Grid, tv_inches: float) -> float:
    return tv_inches * MM_PER_INCH / math.hypot(grid.width_px, grid.height_px)


def _reaches_m(one: Measure, grid: Grid, tv_inches: float) -> float:
    return one.capital_px * _mm_per_px(grid, tv_inches) / one.needed
