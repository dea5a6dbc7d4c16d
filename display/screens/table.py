"""Departments one below the other across the whole width: badge, name, wait, and on the same line the last call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from display.board import Call, Card
from display.screens import few, history
from display.screens.departments import Entry, beside_badge, entries_in, entry_of, entry_row, packed, status
from display.screens.grid import Grid, RowSizes
from display.screens.parts import beside_dots, page_mark, row_dots, rule
from display.screens.turns import newest_stays, newest_turn, page_of
from display.screens.view import View
from smartqueue.look.scene import Box, Item, Panel
from smartqueue.look.theme import NIGHT

LEAST_LABEL_UNITS: Final = 54.0
WORD_SHARE: Final = 0.68
"""Of the label's capitals, for those of the word before the room's number."""
_MOST_LABEL_UNITS, _MOST_OF_TWO_UNITS = 124.0, 96.0
_LABEL_SHARE: Final = 0.62
"""Of a row's height, for the label's capitals."""
_LEAST_ROW_UNITS: Final = 72.0
_WORDS_SHARE: Final = 0.65
"""Of a row's height, for a name in one line with what is free around it."""
_CALL_LINE, _MOST_CALL_LINE = 1.4, 1.7
"""From call to call of one department, in capitals of the label, as wanted and at most."""
_CLOSE_LINE: Final = 1.17
"""The same where rows are close, rather than that the newest call takes turns with others."""
_ALONE_PAD_UNITS: Final = 20.0
"""Free above and below several calls of one department, together."""
_SIDE_UNITS, _PAD_UNITS = 30.0, 6.0
_BETWEEN_UNITS: Final = 60.0
"""Between what is said of the wait and the call."""
_PAGE_UNITS: Final = 50.0
_CALLS_SHARE: Final = 0.5
"""Of the width, which calls do not exceed unless their labels would get too small."""


@dataclass(frozen=True, slots=True)
class _Calls:
    """Of each department those that have to be seen and those that may, and how they are set: alike on all pages."""

    of: Sequence[Sequence[Call]]
    musts: Sequence[int]
    sizes: RowSizes
    columns: tuple[float, float]
    width: float
    turns: bool
    """Some of one department take turns in one place."""


def table(view: View, grid: Grid, box: Box, cards: Sequence[Card]) -> Iterator[Item]:
    """Fills the box; what does not fit takes turns, about as much of it each time."""
    yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
    inner = box.inset(grid.px(_SIDE_UNITS), grid.px(_PAD_UNITS))
    calls = _calls(view, grid, inner, cards)
    words_w = inner.w - calls.width - grid.px(_BETWEEN_UNITS)
    entries = [entry_of(view, grid, card.line, beside_badge(grid, words_w)) for card in cards]
    pages, rows = _placed(grid, inner, _heights(grid, inner, entries, calls))
    which = page_of(pages, view.at_s)
    if len(pages) > 1:
        yield from page_mark(grid, box.split_bottom(grid.px(_PAGE_UNITS))[1], which, len(pages))
    lowest = min(row.h for some in rows for row in some)
    large = _large(view, grid, Box(0, 0, words_w, lowest), cards) if len(pages) == 1 else None
    larger, rows_of = entries_in(view, grid, [card.line for card in cards], words_w, lowest * _WORDS_SHARE)
    for n, row in zip(pages[which], rows[which], strict=True):
        if n != pages[which][0]:
            yield rule(grid, row)
        words, place = row.split_left(words_w, grid.px(_BETWEEN_UNITS))
        if large is not None:
            yield from few.row_of(view, grid, words, large, n)
        else:
            yield from entry_row(view, larger, words, rows_of[n])
        yield from _called(view, grid, place, calls, n)


def _large(view: View, grid: Grid, cell: Box, cards: Sequence[Card]) -> few.Fitted | None:
    """Few departments, as large as the lowest of their rows allows; not where a name in one line with its wait beside
    it is larger."""
    if len(cards) > few.MOST:
        return None
    lines = [card.line for card in cards]
    found = few.fitted_in(view, grid, cell, lines, [status(view, line) for line in lines])
    return found if found is not None and found.grown >= 1 else None


def _called(view: View, grid: Grid, box: Box, calls: _Calls, which: int) -> Iterator[Item]:
    """The last calls of one department, as many as there is room for; those that have to be seen and have none take
    turns below the newest, with a mark."""
    label, own, must = calls.sizes.label, calls.of[which], calls.musts[which]
    airy = max(1, int((box.h - grid.px(_ALONE_PAD_UNITS)) // (label * _CALL_LINE)))
    own = own[: max(must, min(airy, len(own)))]
    fits = max(airy, int((box.h + 1) // (label * _CLOSE_LINE)))
    shown = newest_stays(own, fits, view.history_s)
    if not shown:
        return
    place = box.centred(box.w, min(box.h, len(shown) * calls.sizes.label * _MOST_CALL_LINE))
    rows = place.rows(*(1,) * len(shown))
    for row, call in zip(rows, shown, strict=True):
        inner, _ = beside_dots(grid, row, needed=calls.turns)
        yield from history.line(view, inner, call, calls.sizes, calls.columns)
    turn, turns = newest_turn(own, fits, view.history_s)
    if turns > 1:
        yield from row_dots(grid, rows[-1], turn, turns)


def _heights(grid: Grid, inner: Box, entries: Sequence[Entry], calls: _Calls) -> Sequence[float]:
    """Of the rows, at least. A department of which several calls have to be seen has more than one place for them,
    unless that would cost the others a page."""
    least = [max(one.height, grid.px(_LEAST_ROW_UNITS)) for one in entries]
    close = [
        max(one.height, min(2, max(must, min(1, len(own)))) * calls.sizes.label * _CLOSE_LINE)
        for one, must, own in zip(entries, calls.musts, calls.of, strict=True)
    ]
    line, pad = calls.sizes.label * _CALL_LINE, grid.px(_ALONE_PAD_UNITS) + 1
    places = [_places(must, len(entries)) for must in calls.musts]
    wanted = [max(one, line * count + pad if count > 1 else 0.0) for one, count in zip(least, places, strict=True)]
    foot = grid.px(_PAGE_UNITS)
    usual = len(packed(least, inner.h, foot))
    return next(some for some in (wanted, close, least) if len(packed(some, inner.h, foot)) <= usual)


def _places(must: int, departments: int) -> int:
    """For the calls of one department that have to be seen, one below the other."""
    return max(1, min(must, 3 if departments < 3 else 2))


def _placed(grid: Grid, inner: Box, heights: Sequence[float]) -> tuple[Sequence[range], Sequence[Sequence[Box]]]:
    """Which departments stand together, and the rows of each page, which fill it."""
    foot = grid.px(_PAGE_UNITS)
    pages = packed(heights, inner.h, foot)
    free = inner.h - (foot if len(pages) > 1 else 0)
    rows = []
    for part in pages:
        filled = _level([heights[n] for n in part], free)
        tops = [inner.y, *(inner.y + sum(filled[:n]) for n in range(1, len(part)))]
        rows.append([Box(inner.x, top, inner.w, tall) for top, tall in zip(tops, filled, strict=True)])
    return pages, rows


def _level(heights: Sequence[float], room: float) -> list[float]:
    """Heights that fill the room, the lowest raised first, so that they get as even as that goes."""
    for kept in range(len(heights)):
        highest = sorted(heights, reverse=True)[:kept]
        level = (room - sum(highest)) / (len(heights) - kept)
        if kept == len(heights) - 1 or level >= sorted(heights, reverse=True)[kept]:
            return [max(one, level) for one in heights]
    return list(heights)


def _calls(view: View, grid: Grid, inner: Box, cards: Sequence[Card]) -> _Calls:
    every, turns = [call for card in cards for call in card.calls], any(card.must > 1 for card in cards)
    height = max(grid.px(_LEAST_ROW_UNITS), inner.h / sum(_places(card.must, len(cards)) for card in cards))
    least = grid.px(LEAST_LABEL_UNITS)
    most = grid.px(_MOST_OF_TWO_UNITS if turns else _MOST_LABEL_UNITS)
    label = max(least, min(most, height * _LABEL_SHARE))
    mark = beside_dots(grid, inner, needed=turns)[1].w
    while True:
        sizes = history.hanging_inside(view, every, RowSizes(height, 0, label, label * WORD_SHARE, label * 1.15, 0))
        sizes = replace(sizes, word=max(grid.rest, sizes.word))
        columns = history.columns_of(view, every, sizes)
        width = sum(columns) + 2.2 * label + mark
        if width <= inner.w * _CALLS_SHARE or label <= least:
            own, musts = [card.calls for card in cards], [card.must for card in cards]
            return _Calls(own, musts, sizes, columns, width, turns)
        label = max(least, label * 0.96)
