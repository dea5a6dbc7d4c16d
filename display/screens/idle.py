"""The screen between calls: the last calls, larger, and the departments."""

from collections.abc import Iterator

from display.screens import history
from display.screens.departments import departments
from display.screens.grid import IDLE_ROWS, Grid
from display.screens.parts import columns, head, notes, placed_notes, scene
from display.screens.view import View
from smartqueue.look.scene import Item, Scene


def idle(view: View, grid: Grid) -> Scene:
    return scene(view, grid, "display-idle", _items(view, grid))


def _items(view: View, grid: Grid) -> Iterator[Item]:
    yield from head(view, grid)
    if grid.portrait:
        list_, beside = grid.body.split_top(history.height(grid.rows("idle"), IDLE_ROWS), grid.gap)
    else:
        list_, beside = columns(grid, grid.body)
    if view.board.history:
        yield from history.rows(view, grid, list_, "idle", IDLE_ROWS)
    else:
        yield from history.empty(view, grid, list_)
    beside, said = placed_notes(view, grid, beside, notes(view, hint=True))
    yield from said
    yield from departments(view, grid, beside)
