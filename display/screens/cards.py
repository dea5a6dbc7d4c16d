"""The layout by department: a card for each with its wait and its last calls; a call that is on stands above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from display.board import Card, Wait
from display.screens import history
from display.screens.band import band, urgent
from display.screens.call import band_height
from display.screens.departments import Entry, badge_width, entry_of, entry_row
from display.screens.grid import Grid, RowSizes
from display.screens.notes import beside_strip, strip
from display.screens.parts import head, page_mark, rule, scene
from display.screens.summons import word
from display.screens.table import LEAST_LABEL_UNITS, WORD_SHARE, table
from display.screens.turns import between_calls, even_pages, newest_stays, page_of
from display.screens.view import LATIN, View
from smartqueue.look import typeset
from smartqueue.look.inline import Sign, Words, inline
from smartqueue.look.scene import Box, Item, Panel, Photo, Scene
from smartqueue.look.theme import NIGHT

__all__ = ["LEAST_LABEL_UNITS", "areas", "by_department"]

_LABEL_UNITS: Final = 112.0
_LEAST_ROW_UNITS, _LEAST_CALLING_UNITS = 84.0, 72.0
_ROOMY_UNITS: Final = 120.0
"""So high a row has to stay where others come below it: one large call says more than three small ones."""
_LABEL_SHARE: Final = 0.64
"""Of a row's height, for the label's capitals."""
_PAD_UNITS, _CALLING_PAD_UNITS = 14.0, 8.0
_SIDE_UNITS: Final = 30.0
_STRIP_UNITS: Final = 80.0
_PAGE_UNITS: Final = 50.0
_MOST_ROWS: Final = 5
_COLUMNS: Final = 2
_BESIDE: Final = (2, 6)
"""So many cards stand in two columns; others would leave a hole, or each much room for one call."""


def by_department(view: View, grid: Grid) -> Scene:
    """Between calls, and while one call is on."""
    name = "display-departments" if view.board.now is None else "display-call"
    return scene(view, grid, name, _items(view, grid))


def _items(view: View, grid: Grid) -> Iterator[Item]:
    now = view.board.now
    if now is not None:
        yield from head(view, grid, urgent(view))
        above, below = grid.body.split_top(band_height(grid), grid.px(25))
        yield from band(view, grid, above, now.calls[:1], ring=now.ring)
        yield from _cards(view, grid, below)
        return
    turning, photo = between_calls(view, grid)
    yield from head(view, grid, beside_strip(view, grid))
    area, foot = areas(grid)
    yield from strip(view, grid, foot, 1)
    if photo is not None:
        yield Photo(area, photo)
    else:
        yield from _cards(turning, grid, area)


def areas(grid: Grid) -> tuple[Box, Box]:
    """For the cards, and for notes."""
    return grid.body.split_bottom(grid.px(_STRIP_UNITS), grid.gap)


def _cards(view: View, grid: Grid, area: Box) -> Iterator[Item]:
    """Cards where they leave no hole and are not crowded by a call; else one line across the width for each."""
    cards, calling = view.board.cards, view.board.now is not None
    if not cards:
        return
    if not any(card.calls for card in cards):
        yield from table(view, grid, area, cards)
    elif grid.portrait or (len(cards) == 1 and not calling):
        yield from _column(view, grid, area)
    elif len(cards) in _BESIDE and not calling:
        yield from _beside(view, grid, area)
    else:
        yield from table(view, grid, area, cards)


def _beside(view: View, grid: Grid, area: Box) -> Iterator[Item]:
    """Two columns of cards of one size."""
    cards, pad = view.board.cards, grid.px(_PAD_UNITS)
    lines = area.rows(*(1,) * (len(cards) // _COLUMNS), gap=grid.gap)
    boxes = [box for line in lines for box in line.columns(*(1,) * _COLUMNS, gap=grid.gap)]
    entries = _entries(view, grid, boxes[0].w)
    head_px = max(one.height for one in entries)
    free = boxes[0].h - head_px - 2 * pad
    rows = min(_MOST_ROWS, int(free // grid.px(_ROOMY_UNITS)), max(len(card.calls) for card in cards))
    sizes = _sizes(view, grid, boxes[0].w, cards, free / max(1, rows))
    for box, card, entry in zip(boxes, cards, entries, strict=True):
        yield from _card(view, grid, box.inset(0, pad), _Set(card, entry, head_px), sizes)


@dataclass(frozen=True, slots=True)
class _Set:
    """A card and its first line. head_px: height of that line."""

    card: Card
    entry: Entry
    head_px: float


def _column(view: View, grid: Grid, area: Box) -> Iterator[Item]:
    """One card below the other. During a call those without one are only as high as their line."""
    cards, calling = view.board.cards, view.board.now is not None
    gap, pad = (grid.px(12), grid.px(_CALLING_PAD_UNITS)) if calling else (grid.gap, grid.px(_PAD_UNITS))
    sets = [_Set(*one, one[1].height) for one in zip(cards, _entries(view, grid, area.w), strict=True)]
    rows = [1 if card.calls or (not calling and _counted(card)) else 0 for card in cards]
    row_h = grid.px(_LEAST_CALLING_UNITS if calling else _LEAST_ROW_UNITS)
    heights = [one.head_px + 2 * pad + row_h * count for one, count in zip(sets, rows, strict=True)]
    pages = even_pages(heights, gap, area.h, grid.px(_PAGE_UNITS))
    which = page_of(pages, view.at_s)
    if len(pages) > 1:
        area, foot = area.split_bottom(grid.px(_PAGE_UNITS))
        yield from page_mark(grid, foot, which, len(pages))
    part = pages[which]
    free = area.h - (len(part) - 1) * gap - sum(sets[n].head_px + 2 * pad for n in part)
    most = int(free // grid.px(_ROOMY_UNITS))
    counts = _more_rows([rows[n] for n in part], [len(cards[n].calls) for n in part], most)
    sizes = _sizes(view, grid, area.w, cards, free / max(1, sum(counts)))
    y = area.y
    for n, count in zip(part, counts, strict=True):
        tall = sets[n].head_px + 2 * pad + count * sizes.height
        yield from _card(view, grid, Box(area.x, y, area.w, tall).inset(0, pad), sets[n], sizes)
        y += tall + gap


def _more_rows(rows: list[int], calls: list[int], most: int) -> list[int]:
    """So many rows on each card: where there is room, more for those that have more calls."""
    while sum(rows) < most:
        wanting = [n for n, (row, call) in enumerate(zip(rows, calls, strict=True)) if row < min(call, _MOST_ROWS)]
        if not wanting:
            break
        rows[min(wanting, key=lambda n: rows[n])] += 1
    return rows


def _entries(view: View, grid: Grid, width: float) -> tuple[Entry, ...]:
    """Of cards of this width."""
    room = width - 2 * grid.px(_SIDE_UNITS) - badge_width(view, grid) - grid.px(20)
    return tuple(entry_of(view, grid, card.line, room) for card in view.board.cards)


def _card(view: View, grid: Grid, box: Box, about: _Set, sizes: RowSizes) -> Iterator[Item]:
    """box: without what is free above and below."""
    pad = grid.px(_CALLING_PAD_UNITS if view.board.now is not None else _PAD_UNITS)
    yield Panel(box.inset(0, -pad), fill=NIGHT.card, radius_px=grid.radius)
    above, below = box.inset(grid.px(_SIDE_UNITS), 0).split_top(about.head_px)
    yield from entry_row(view, grid, above, about.entry, badge_width(view, grid))
    if about.card.calls:
        yield rule(grid, below)
        yield from _calls(view, grid, below, about.card, sizes)
    elif below.h > grid.rest and _counted(about.card):
        yield rule(grid, below)
        text = Words(view.words.count("display.waiting", about.card.line.waiting), NIGHT.quiet)
        yield from inline(below, (Sign("people", NIGHT.quiet), text), view.words.language, (grid.rest,))


def _counted(card: Card) -> bool:
    """Whether a card without a call says how many wait: not where its first line does, nor where it means nothing."""
    return not card.calls and card.line.wait is not Wait.WAITING and bool(card.line.waiting)


def _sizes(view: View, grid: Grid, width: float, cards: Sequence[Card], height: float) -> RowSizes:
    """Of all rows on all cards: as high as the cards allow, and no wider than the widest call of them allows."""
    room, least = width - 2 * grid.px(_SIDE_UNITS), grid.px(LEAST_LABEL_UNITS)
    label = max(least, min(grid.px(_LABEL_UNITS), height * _LABEL_SHARE))
    while label > least and _widest(view, cards, label) > room:
        label = max(least, label * 0.96)
    return RowSizes(height, 0, label, label * WORD_SHARE, label * 1.15, 0)


def _widest(view: View, cards: Sequence[Card], label: float) -> float:
    """Of the calls on these cards at this size, with an arrow."""
    capital, plain = typeset.Style(LATIN, 700, tight=True), typeset.Style(view.words.language)
    widths = (
        typeset.width(call.label, label, capital)
        + typeset.width(word(view, call.place), label * WORD_SHARE, plain)
        + typeset.width(call.place.number, label, capital)
        for card in cards
        for call in card.calls
    )
    return max(widths, default=0.0) + 2.4 * label


def _calls(view: View, grid: Grid, box: Box, card: Card, sizes: RowSizes) -> Iterator[Item]:
    """The newest, as many as fit; more only where they have to be seen."""
    fits = max(1, int((box.h + 1) // sizes.height))
    shown = newest_stays(card.calls[: max(fits, card.must)], fits, view.history_s)
    hung = history.hanging_inside(view, shown, sizes)
    sizes = replace(hung, word=max(grid.rest, hung.word))
    columns = history.columns_of(view, shown, sizes)
    for n, call in enumerate(shown):
        row = Box(box.x, box.y + n * sizes.height, box.w, sizes.height)
        yield from history.line(view, row, call, sizes, columns)
