"""The display's screens: pure, from a view and a panel's grid to a Scene."""

from display.screens.away import away
from display.screens.call import call
from display.screens.grid import CALL_ROWS, IDLE_ROWS, Grid, grid
from display.screens.idle import idle
from display.screens.plain import connecting, refused
from display.screens.view import View
from smartqueue.look.scene import Scene

__all__ = ["CALL_ROWS", "IDLE_ROWS", "Grid", "View", "connecting", "draw", "grid", "refused"]


def draw(view: View, size: Grid) -> Scene:
    """The screen of a board: a call before everything, then the hub's absence, then the last calls."""
    if view.board.now is not None:
        return call(view, size)
    if view.board.away_since is not None:
        return away(view, size)
    return idle(view, size)
