"""Departments one below the other across the whole width: badge, name, wait, and on the same line the last call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from display.board import Call, Card, page
from display.screens import few, history
from display.screens.departments import badge_width, entry_of, entry_row, status
from display.screens.grid import Grid, RowSizes
from display.screens.parts import page_mark, rule
from display.screens.turns import even_pages, page_of, tall
from display.screens.view import View
from smartqueue.look.scene import Box, Item, Panel
from smartqueue.look.theme import NIGHT

LEAST_LABEL_UNITS: Final = 54.0
WORD_SHARE: Final = 0.68
"""Of the label's capitals, for those of the word before the room's number."""
_MOST_LABEL_UNITS: Final = 112.0
_LABEL_SHARE: Final = 0.62
"""Of a row's height, for the label's capitals."""
_LEAST_ROW_UNITS, _MOST_ROW_UNITS = 72.0, 240.0
_SIDE_UNITS, _PAD_UNITS = 30.0, 6.0
_BETWEEN_UNITS: Final = 60.0
"""Between what is said of the wait and the call."""
_PAGE_UNITS: Final = 50.0
_CALLS_SHARE: Final = 0.5
"""Of the width, which calls do not exceed unless their labels would get too small."""


@dataclass(frozen=True, slots=True)
class _Calls:
    """Of each department those that take turns, and how they are set: alike on all pages. width: 0 where nobody was
    called yet."""

    of: Sequence[Sequence[Call]]
    sizes: RowSizes
    columns: tuple[float, float]
    width: float


def table(view: View, grid: Grid, box: Box, cards: Sequence[Card]) -> Iterator[Item]:
    """What does not fit takes turns, about as much of it each time."""
    inner = box.inset(grid.px(_SIDE_UNITS), grid.px(_PAD_UNITS))
    calls = _calls(view, grid, inner, cards)
    words_w = inner.w - calls.width - (grid.px(_BETWEEN_UNITS) if calls.width else 0)
    badge = badge_width(view, grid)
    entries = [entry_of(view, grid, card.line, words_w - badge - grid.px(20)) for card in cards]
    heights = [max(one.height, grid.px(_LEAST_ROW_UNITS)) for one in entries]
    pages, rows = _placed(grid, inner, heights)
    which = page_of(pages, view.at_s)
    if len(pages) > 1:
        yield from page_mark(grid, box.split_bottom(grid.px(_PAGE_UNITS))[1], which, len(pages))
    shown = tuple(zip(pages[which], rows[which], strict=True))
    bottom = shown[-1][1].bottom + grid.px(_PAD_UNITS)
    yield Panel(Box(box.x, box.y, box.w, bottom - box.y), fill=NIGHT.card, radius_px=grid.radius)
    lines = [card.line for card in cards]
    words = Box(inner.x, inner.y, words_w, bottom - inner.y - grid.px(_PAD_UNITS))
    even = len(pages) == 1 and max(heights) == min(heights)
    large = few.fitted(view, grid, words, lines, [status(view, line) for line in lines]) if even else None
    if large is not None:
        yield from few.rows(view, grid, words, large)
    for n, row in shown:
        if n != pages[which][0]:
            yield rule(grid, row)
        words, place = row.split_left(words_w, row.w - words_w - calls.width)
        if large is None:
            yield from entry_row(view, grid, words, entries[n], badge)
        for call in page(calls.of[n], 1, view.history_s)[0]:
            yield from history.line(view, place, call, calls.sizes, calls.columns)


def _placed(grid: Grid, inner: Box, heights: Sequence[float]) -> tuple[Sequence[range], Sequence[Sequence[Box]]]:
    """Which departments stand together, and the rows of each page: as high as the fullest page allows."""
    foot = grid.px(_PAGE_UNITS)
    pages = even_pages(heights, 0, inner.h, foot)
    free = inner.h - (foot if len(pages) > 1 else 0)
    most = free if len(heights) == 1 else grid.px(_MOST_ROW_UNITS)
    grown = min(free / max(tall(heights, part, 0) for part in pages), most / max(heights))
    rows = []
    for part in pages:
        tops = [inner.y + grown * sum(heights[part.start : n]) for n in part]
        rows.append([Box(inner.x, top, inner.w, heights[n] * grown) for n, top in zip(part, tops, strict=True)])
    return pages, rows


def _calls(view: View, grid: Grid, inner: Box, cards: Sequence[Card]) -> _Calls:
    own = [card.calls[: max(1, card.must)] for card in cards]
    every = [call for some in own for call in some]
    height = max(grid.px(_LEAST_ROW_UNITS), min(inner.h / len(cards), grid.px(_MOST_ROW_UNITS)))
    least = grid.px(LEAST_LABEL_UNITS)
    label = max(least, min(grid.px(_MOST_LABEL_UNITS), height * _LABEL_SHARE))
    while True:
        sizes = history.hanging_inside(view, every, RowSizes(height, 0, label, label * WORD_SHARE, label * 1.15, 0))
        sizes = replace(sizes, word=max(grid.rest, sizes.word))
        columns = history.columns_of(view, every, sizes)
        width = sum(columns) + 2.2 * label
        if width <= inner.w * _CALLS_SHARE or label <= least:
            return _Calls(own, sizes, columns, width if every else 0.0)
        label = max(least, label * 0.96)
