"""The screen between calls: the last calls, larger, and the departments."""

from collections.abc import Iterator

from display.screens import history
from display.screens.departments import departments
from display.screens.grid import IDLE_ROWS, Grid
from display.screens.notes import least_beside, placed_notes, urgent
from display.screens.parts import columns, head, scene
from display.screens.raised import raised
from display.screens.turns import between_calls
from display.screens.view import View
from smartqueue.look.scene import Box, Item, Photo, Scene


def idle(view: View, grid: Grid) -> Scene:
    return scene(view, grid, "display-idle", _items(view, grid))


def areas(grid: Grid) -> tuple[Box, Box]:
    """For the last calls, and for what stands beside or below them."""
    if grid.portrait:
        return grid.body.split_top(history.height(grid.rows("idle"), IDLE_ROWS), grid.gap)
    return columns(grid, grid.body)


def _items(view: View, grid: Grid) -> Iterator[Item]:
    turning, photo = between_calls(view, grid)
    list_, beside = areas(grid)
    up = raised(view, grid, beside, calm=True)
    yield from head(view, grid, urgent(view) if up else ())
    if view.board.history:
        yield from history.rows(view, grid, list_, "idle", IDLE_ROWS)
    else:
        yield from history.empty(view, grid, list_)
    least = least_beside(view, grid, beside, calm=True, raised=up)
    beside, said = placed_notes(view, grid, beside, calm=True, raised=up)
    yield from said
    if photo is not None:
        yield Photo(least, photo)
    else:
        yield from departments(turning, grid, beside, least)
