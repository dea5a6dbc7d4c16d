"""Pictures of the clinic take turns with what else stands, between calls only; nothing is away for long."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from display.board import PAGE_S, Call, Layout, page
from display.screens.grid import Grid
from display.screens.view import View

LINES_S: Final = 4 * PAGE_S
"""So long stands what a picture then takes the place of."""
PICTURE_S: Final = 2 * PAGE_S
_SLACK_PX: Final = 0.5


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


def newest_stays(calls: Sequence[Call], fits: int, at_s: float) -> Sequence[Call]:
    """Those of the calls that stand now: the newest, which is the first, always, and of the others whose turn it is."""
    if fits < 2:
        return page(calls, fits, at_s)[0]
    return (*calls[:1], *page(calls[1:], fits - 1, at_s)[0])


def newest_turn(calls: Sequence[Call], fits: int, at_s: float) -> tuple[int, int]:
    """Which turn of the others it is, from 0, and of how many."""
    return page(calls, fits, at_s)[1:] if fits < 2 else page(calls[1:], fits - 1, at_s)[1:]


def even_pages(heights: Sequence[float], gap: float, room: float, foot: float) -> tuple[range, ...]:
    """Which of the things of these heights stand together, one below the other: on as few pages as there is room for,
    about as many on each, none twice. foot: is taken from the room where there is more than one page."""
    count = len(heights)
    for pages in range(1, count + 1):
        each = -(-count // pages)
        free = room - foot if pages > 1 else room
        parts = tuple(range(first, min(first + each, count)) for first in range(0, count, each))
        if each == 1 or all(tall(heights, part, gap) <= free + _SLACK_PX for part in parts):
            return parts
    return ()


def tall(heights: Sequence[float], part: range, gap: float) -> float:
    """Of a page."""
    return sum(heights[n] for n in part) + (len(part) - 1) * gap


def page_of(pages: Sequence[range], at_s: float) -> int:
    """Which page stands, from 0."""
    return int(at_s // PAGE_S) % len(pages)
