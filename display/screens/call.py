"""The screens of calls: one across the whole width, above the calls before it; or several that share the screen."""

from collections.abc import Iterator
from typing import Final

from display.board import Now
from display.screens import history
from display.screens.away import advice
from display.screens.band import RING_UNITS, band, crowded, turn, urgent
from display.screens.departments import departments, folded, page_count
from display.screens.grid import CALL_ROWS, Grid
from display.screens.notes import least_beside, placed_notes
from display.screens.parts import columns, head, scene
from display.screens.raised import raised
from display.screens.view import View
from smartqueue.look.scene import Box, Item, Scene

_BAND_UNITS: Final = 365.0
_BAND_PORTRAIT_UNITS: Final = 626.0
_MOST_PAGES: Final = 3
"""Of departments; where there are more, notices wait until nobody is called."""


def call(view: View, grid: Grid) -> Scene:
    """Needs a call that is on; of several it shows the first."""
    assert view.board.now is not None
    return scene(view, grid, "display-call", _items(view, grid, view.board.now))


def split(view: View, grid: Grid) -> Scene:
    """Needs calls that are on."""
    assert view.board.now is not None
    return scene(view, grid, "display-split", _shared(view, grid, view.board.now))


def band_height(grid: Grid) -> float:
    """Of one call among other things."""
    return grid.px(_BAND_UNITS) if not grid.portrait else grid.px(_BAND_PORTRAIT_UNITS)


def alone(view: View, grid: Grid) -> bool:
    """Whether one call needs the whole screen."""
    now = view.board.now
    return now is not None and len(now.calls) == 1 and crowded(view, grid, above(grid)[0], now.calls)


def together(grid: Grid) -> Box:
    """Where several calls share the screen."""
    return grid.body.split_bottom(grid.px(RING_UNITS))[0]


def above(grid: Grid) -> tuple[Box, Box]:
    """Where one call stands among other things, and what is below it."""
    return grid.body.split_top(band_height(grid), grid.px(25))


def _shared(view: View, grid: Grid, now: Now) -> Iterator[Item]:
    body = together(grid)
    yield from head(view, grid, urgent(view), turn(view, grid, body, now.calls))
    yield from band(view, grid, body, now.calls, ring=now.ring)


def _items(view: View, grid: Grid, now: Now) -> Iterator[Item]:
    place, below = above(grid)
    list_, whole = _below(view, grid, below)
    up = raised(view, grid, whole, calm=False)
    yield from head(view, grid, urgent(view) if up or view.board.away_since else ())
    yield from band(view, grid, place, now.calls[:1], ring=now.ring)
    yield from history.rows(view, grid, list_, "call", CALL_ROWS)
    least = least_beside(view, grid, whole, calm=False, raised=up)
    brief = page_count(view, grid, least) > _MOST_PAGES
    beside, said = placed_notes(view, grid, whole, calm=False, brief=brief, raised=up)
    yield from said
    if view.board.away_since:
        yield from advice(view, grid, beside, ("valid", "listen"))
    else:
        yield from departments(view, grid, beside, beside if brief else least)


def _below(view: View, grid: Grid, box: Box) -> tuple[Box, Box]:
    """For the history and the departments, which get more room where one of them needs several lines, and all of it
    before anybody else was called."""
    if not view.board.history:
        return box, box
    if not grid.portrait:
        return columns(grid, box, wide=folded(view, grid, columns(grid, box)[1]))
    return box.split_top(history.height(grid.rows("call"), CALL_ROWS), grid.gap)
