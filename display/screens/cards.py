"""The layout by department: a card for each with its wait and its last calls; a call that is on stands above them."""

from collections.abc import Iterator, Sequence
from typing import Final

from display.board import Card, page
from display.screens import history
from display.screens.band import band, urgent
from display.screens.call import band_height
from display.screens.departments import Entry, badge_width, entry_of, entry_row
from display.screens.grid import Grid, RowSizes
from display.screens.notes import beside_strip, strip
from display.screens.parts import head, page_mark, rule, scene
from display.screens.summons import word
from display.screens.turns import between_calls
from display.screens.view import LATIN, View
from smartqueue.look import typeset
from smartqueue.look.inline import Sign, Words, inline
from smartqueue.look.scene import Box, Item, Panel, Photo, Scene
from smartqueue.look.theme import NIGHT

LEAST_LABEL_UNITS: Final = 54.0
_LABEL_UNITS: Final = 87.5
_LEAST_ROW_UNITS: Final = 84.0
_LABEL_SHARE: Final = 0.64
"""Of a row's height, for the label's capitals."""
_WORD_SHARE: Final = 0.68
"""Of the label's capitals, for those of the word before the room's number."""
_PAD_UNITS: Final = 14.0
_SIDE_UNITS: Final = 30.0
_STRIP_UNITS: Final = 80.0
_PAGE_UNITS: Final = 46.0
_MOST_ROWS: Final = 5


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
    cards = view.board.cards
    if not cards:
        return
    columns = 1 if grid.portrait or len(cards) == 1 else 2
    width = (area.w - (columns - 1) * grid.gap) / columns - 2 * grid.px(_SIDE_UNITS)
    badge = badge_width(view, grid)
    most = 2 if view.board.now is None else 1
    entries = [entry_of(view, grid, one.line, width - badge - grid.px(20), most) for one in cards]
    head_px = max(one.height for one in entries)
    fits = columns * _rows_of_cards(grid, area.h, head_px)
    if len(cards) > fits:
        area, foot = area.split_bottom(grid.px(_PAGE_UNITS))
        fits = columns * _rows_of_cards(grid, area.h, head_px)
        _, which, pages = page(cards, fits, view.at_s)
        yield page_mark(view, grid, foot, which, pages)
    shown, _, _ = page(tuple(zip(cards, entries, strict=True)), fits, view.at_s)
    yield from _placed(view, grid, area, shown, columns, head_px, badge)


def _rows_of_cards(grid: Grid, height: float, head_px: float) -> int:
    """How many cards stand one below the other, each with one call at least."""
    least = head_px + grid.px(_LEAST_ROW_UNITS) + 2 * grid.px(_PAD_UNITS)
    return max(1, int((height + grid.gap) // (least + grid.gap)))


def _placed(
    view: View,
    grid: Grid,
    area: Box,
    shown: Sequence[tuple[Card, Entry]],
    columns: int,
    head_px: float,
    badge: float,
) -> Iterator[Item]:
    rows = -(-len(shown) // columns)
    boxes = [
        box for line in area.rows(*(1,) * rows, gap=grid.gap) for box in line.columns(*(1,) * columns, gap=grid.gap)
    ]
    sizes = _sizes(view, grid, boxes[0], [card for card, _ in shown], head_px)
    for box, (card, entry) in zip(boxes, shown, strict=False):
        yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
        inner = box.inset(grid.px(_SIDE_UNITS), grid.px(_PAD_UNITS))
        above, below = inner.split_top(head_px)
        yield from entry_row(view, grid, above, entry, badge)
        yield rule(grid, below)
        yield from _calls(view, grid, below, card, sizes)


def _sizes(view: View, grid: Grid, box: Box, cards: Sequence[Card], head_px: float) -> RowSizes:
    """Of all rows on all cards: as high as the cards allow, and no wider than the widest call of them allows."""
    room = box.inset(grid.px(_SIDE_UNITS), grid.px(_PAD_UNITS))
    free = room.h - head_px
    rows = max(1, min(_MOST_ROWS, int(free // grid.px(_LEAST_ROW_UNITS)), max(len(card.calls) for card in cards) or 1))
    height = free / rows
    label = max(grid.px(LEAST_LABEL_UNITS), min(grid.px(_LABEL_UNITS), height * _LABEL_SHARE))
    while label > grid.px(LEAST_LABEL_UNITS) and _widest(view, cards, label) > room.w:
        label = max(grid.px(LEAST_LABEL_UNITS), label * 0.96)
    return RowSizes(height, 0, label, label * _WORD_SHARE, label * 1.15, 0)


def _widest(view: View, cards: Sequence[Card], label: float) -> float:
    """Of the calls on these cards at this size, with an arrow."""
    capital, plain = typeset.Style(LATIN, 700, tight=True), typeset.Style(view.words.language)
    widths = (
        typeset.width(call.label, label, capital)
        + typeset.width(word(view, call.place), label * _WORD_SHARE, plain)
        + typeset.width(call.place.number, label, capital)
        for card in cards
        for call in card.calls
    )
    return max(widths, default=0.0) + 2.4 * label


def _calls(view: View, grid: Grid, box: Box, card: Card, sizes: RowSizes) -> Iterator[Item]:
    fits = round(box.h / sizes.height)
    shown, _, _ = page(card.calls, fits, view.history_s)
    if not shown:
        line = Box(box.x, box.y, box.w, sizes.height)
        text = Words(view.words.count("display.waiting", card.line.waiting), NIGHT.quiet)
        yield from inline(line, (Sign("people", NIGHT.quiet), text), view.words.language, (grid.rest,))
    sizes = history.hanging_inside(view, shown, sizes)
    columns = history.columns_of(view, shown, sizes)
    for n, call in enumerate(shown):
        row = Box(box.x, box.y + n * sizes.height, box.w, sizes.height)
        yield from history.line(view, row, call, sizes, columns)
