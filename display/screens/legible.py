"""Can it be read from the farthest seat? Capital heights for each metre of distance: experience.md, Display."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from display.screens.grid import Grid
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
    """What has to be read from every seat."""
    yield Measure("the label on call", grid.call[-1], CALL_MM_PER_M)
    yield Measure("the word for the room on call", grid.call_word[-1], WORD_MM_PER_M)
    yield Measure("labels of earlier calls", grid.rows("call").label, HISTORY_MM_PER_M)
    yield Measure("names and waiting times of departments", grid.rest, REST_MM_PER_M)


def farthest_m(grid: Grid, tv_inches: float) -> float:
    """From so far everything can be read on a screen of this diagonal."""
    return min(_reaches_m(one, grid, tv_inches) for one in measures(grid))


def check(grid: Grid, tv_inches: float, seat_m: float) -> None:
    """Raises StartFault, with the reason and a way out, when something is too small from `seat_m` metres."""
    worst = min(measures(grid), key=lambda one: _reaches_m(one, grid, tv_inches))
    reach_m = _reaches_m(worst, grid, tv_inches)
    if reach_m >= seat_m - 0.005:
        return
    has_mm = worst.capital_px * _mm_per_px(grid, tv_inches)
    raise StartFault(
        f"Too small to be read from {seat_m:g} m on a {tv_inches:g}-inch screen: {worst.what} would have capitals of "
        f"{has_mm:.0f} mm and need {worst.needed * seat_m:.0f}. Put the farthest seat at "
        f"{math.floor(reach_m * 10) / 10:g} m, or take a screen of {math.ceil(tv_inches * seat_m / reach_m)} inches."
    )


def _mm_per_px(grid: Grid, tv_inches: float) -> float:
    return tv_inches * MM_PER_INCH / math.hypot(grid.width_px, grid.height_px)


def _reaches_m(one: Measure, grid: Grid, tv_inches: float) -> float:
    return one.capital_px * _mm_per_px(grid, tv_inches) / one.needed
