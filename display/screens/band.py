"""The calls that are on, in the colour that nothing else has: one band, or one for each of several calls."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from display.board import Call, Layout
from display.screens.away import as_of
from display.screens.grid import CallSizes, Grid
from display.screens.notes import urgent as pressing
from display.screens.parts import away_sign
from display.screens.summons import ON_CALL, Alike, alike
from display.screens.view import View
from smartqueue.look.inline import Part
from smartqueue.look.scene import Box, Item, Panel
from smartqueue.look.theme import NIGHT

RING_UNITS: Final = 12.0
"""From a call to the outside of its ring."""
_CLOSE_UNITS: Final = 12.0
"""Between three and more calls."""
_TALL: Final = 0.3
"""Of its width: so high is a box of one call only where it has the screen for itself."""
TURN_S: Final = 3.0
"""Where only one call is large enough to be read from far away, several take turns so often: four in one hold."""


def band(view: View, grid: Grid, box: Box, calls: Sequence[Call], *, ring: bool) -> Iterator[Item]:
    """Fills the box. ring: around all of it. All calls are set alike; those that can't be read side by side from far
    away have their turns."""
    if ring:
        yield ring_around(grid, box)
    places, found = shared(view, grid, box, calls)
    for place, call in zip(places, _in_turn(calls, len(places), view.standing_s or 0.0)[0], strict=True):
        yield Panel(place, fill=NIGHT.call, radius_px=grid.radius)
        yield from found.draw(view, place, call)


def turn(view: View, grid: Grid, box: Box, calls: Sequence[Call]) -> tuple[int, int]:
    """Which turn it is, from 0, and of how many, where these calls share the box."""
    places, _ = shared(view, grid, box, calls)
    return _in_turn(calls, len(places), view.standing_s or 0.0)[1:]


def shared(view: View, grid: Grid, box: Box, calls: Sequence[Call]) -> tuple[Sequence[Box], Alike]:
    """As many places as can be read, and how calls are set in them."""
    for count in dict.fromkeys((len(calls), min(len(calls), 2), 1)):
        places, ways = _cells(grid, box, count), _ways(grid, box, count)
        found = alike(view, grid, places[0], calls, ways, ON_CALL, force=count == 1)
        if found is not None:
            return places, found
    raise AssertionError("no calls")


def _ways(grid: Grid, box: Box, count: int) -> Sequence[CallSizes]:
    """How so many calls are wanted. One that has most of a wide screen is set like one at a time."""
    whole = count == 1 and not grid.portrait and box.h > box.w * _TALL
    return (replace(grid, layout=Layout.CALL) if whole else grid).calls(count)


def _in_turn(calls: Sequence[Call], fits: int, standing_s: float) -> tuple[Sequence[Call], int, int]:
    """The calls whose turn it is, for how long they have stood; which turn it is, and of how many."""
    turns = -(-len(calls) // fits)
    which = int(standing_s // TURN_S) % turns
    first = min(which * fits, len(calls) - fits)
    return calls[first : first + fits], which, turns


def crowded(view: View, grid: Grid, box: Box, calls: Sequence[Call]) -> bool:
    """The box has no room for the word in the token's language too: what is spoken has to be written, so such a call
    stands alone. One call at a time does so too rather than lose its arrow."""
    found = shared(view, grid, box, calls)[1]
    return found.bare or (grid.layout is Layout.CALL and not found.chosen.arrow)


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
    """All of one size: one below the other; four in landscape in two columns."""
    gap = grid.gap if calls < 3 else grid.px(_CLOSE_UNITS)
    if grid.portrait or calls < 4:
        return box.rows(*(1 for _ in range(calls)), gap=gap)
    return [cell for row in box.rows(1, 1, gap=gap) for cell in row.columns(1, 1, gap=gap)]
