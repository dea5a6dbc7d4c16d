"""The display's screens: pure, from a view and a panel's grid to a Scene."""

from display.board import HURRIED_S, QUICK_S, SLOW_PAGES, Layout
from display.screens.away import away
from display.screens.band import TURN_S
from display.screens.call import alone, call, split
from display.screens.cards import areas as card_areas
from display.screens.cards import by_department
from display.screens.door import door
from display.screens.grid import CALL_ROWS, IDLE_ROWS, Grid, grid
from display.screens.idle import areas as idle_areas
from display.screens.idle import idle
from display.screens.plain import connecting, refused
from display.screens.single import areas as single_areas
from display.screens.single import single
from display.screens.view import View
from smartqueue.look.scene import Box, Scene

__all__ = [
    "CALL_ROWS",
    "HURRIED_S",
    "IDLE_ROWS",
    "QUICK_S",
    "SLOW_PAGES",
    "TURN_S",
    "Grid",
    "View",
    "connecting",
    "draw",
    "grid",
    "photo_box",
    "refused",
]


def photo_box(size: Grid) -> Box:
    """Where pictures of the clinic stand; the same for all of them."""
    if size.layout is Layout.CALL:
        return single_areas(size)[0]
    return card_areas(size)[0] if size.layout is Layout.DEPARTMENTS else idle_areas(size)[1]


def draw(view: View, size: Grid) -> Scene:
    """The screen of a board: a call before everything, then the hub's absence, then the last calls."""
    if size.layout is Layout.DOOR:
        return door(view, size) if view.board.door is not None else refused(view.words, size, "no_room")
    if size.layout is Layout.CALL:
        return single(view, size)
    if view.board.now is not None and (len(view.board.now.calls) > 1 or alone(view, size)):
        return split(view, size)
    if view.board.now is not None:
        return by_department(view, size) if view.board.cards and size.layout is Layout.DEPARTMENTS else call(view, size)
    if view.board.away_since is not None:
        return away(view, size)
    return by_department(view, size) if size.layout is Layout.DEPARTMENTS else idle(view, size)
