"""Pictures of the clinic take turns with what else stands, between calls only; nothing is away for long."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from display.board import PAGE_S, Layout
from display.screens.grid import Grid
from display.screens.view import View

LINES_S: Final = 4 * PAGE_S
"""So long stands what a picture then takes the place of."""
PICTURE_S: Final = 2 * PAGE_S


def turn(pictures: int, at_s: float) -> tuple[float, int | None]:
    """The seconds of everything that takes turns among itself, which wait while a picture stands; and which picture
    stands now, if one does. pictures: how many there are."""
    if not pictures:
        return at_s, None
    round_, within_s = divmod(at_s, LINES_S + PICTURE_S)
    if within_s < LINES_S:
        return round_ * LINES_S + within_s, None
    return (round_ + 1) * LINES_S, int(round_) % pictures


def between_calls(view: View, grid: Grid) -> tuple[View, Path | None]:
    """The view with its time for the other turns, and the picture that stands now, if one does.

    Where a picture would cover the last calls it waits until nobody can be looking for them any more.
    """
    if grid.layout is not Layout.RECENT and view.board.recent:
        return view, None
    at_s, which = turn(len(view.pictures), view.at_s)
    return replace(view, at_s=at_s), view.pictures[which] if which is not None else None
