"""The calls that are on, in the colour that nothing else has: one band, or one for each of several calls."""

from collections.abc import Iterator, Sequence
from typing import Final

from display.board import Call
from display.screens.away import as_of
from display.screens.grid import Grid
from display.screens.notes import urgent as pressing
from display.screens.parts import away_sign
from display.screens.summons import ON_CALL, summons
from display.screens.view import View
from smartqueue.look.inline import Part
from smartqueue.look.scene import Box, Item, Panel
from smartqueue.look.theme import NIGHT

RING_UNITS: Final = 12.0
"""From a call to the outside of its ring."""
TURN_S: Final = 3.0
"""Where only one call is large enough to be read from far away, several take turns so often: four in one hold."""


def band(view: View, grid: Grid, box: Box, calls: Sequence[Call], *, ring: bool) -> Iterator[Item]:
    """Fills the box. ring: around all of it."""
    if ring:
        yield ring_around(grid, box)
    for n, (place, call) in enumerate(zip(_cells(grid, box, len(calls)), calls, strict=True)):
        yield Panel(place, fill=NIGHT.call, radius_px=grid.radius)
        yield from summons(view, grid, place, call, grid.cell(len(calls), n), ON_CALL)


def ring_around(grid: Grid, box: Box) -> Panel:
    """The ring of the pulse."""
    out = grid.px(RING_UNITS)
    return Panel(box.inset(-out), edge=NIGHT.call, edge_px=grid.px(6), radius_px=grid.radius + out)


def in_turn(calls: Sequence[Call], standing_s: float) -> Call:
    """The call whose turn it is, for how long they have stood."""
    return calls[int(standing_s // TURN_S) % len(calls)]


def urgent(view: View) -> tuple[Part, ...]:
    """For the head of a screen without place for notes: how old the board is, else what everybody has to know."""
    if view.board.away_since is not None:
        return away_sign(as_of(view))
    return pressing(view)


def _cells(grid: Grid, box: Box, calls: int) -> Sequence[Box]:
    """One below the other; in landscape more than two in two columns, the third across both."""
    if calls == 1:
        return (box,)
    if grid.portrait or calls == 2:
        return box.rows(*(1 for _ in range(calls)), gap=grid.gap)
    above, below = box.rows(1, 1, gap=grid.gap)
    columns = above.columns(1, 1, gap=grid.gap)
    return (*columns, below) if calls == 3 else (*columns, *below.columns(1, 1, gap=grid.gap))
