"""Where notes and departments share a column: what everybody has to know goes to the head, where it always stands, if
departments would have to take turns for its place below them, and during a call if there is anything else to tell."""

from display.screens.departments import page_count
from display.screens.grid import Grid
from display.screens.notes import elsewhere, fits_head, least_beside
from display.screens.view import View
from smartqueue.look.scene import Box


def raised(view: View, grid: Grid, box: Box, *, calm: bool) -> bool:
    """Whether it stands in the head. box: of the departments and the notes below them. calm: nobody is called now."""
    if view.board.away_since is not None or not fits_head(view, grid):
        return False
    if not calm and elsewhere(view):
        return True
    below, above = (least_beside(view, grid, box, calm=calm, raised=one) for one in (False, True))
    return page_count(view, grid, above) < page_count(view, grid, below)
