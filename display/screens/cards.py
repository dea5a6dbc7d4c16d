"""The layout by department: a card for each with its wait and its last calls; a call that is on stands above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from display.board import Card, Wait
from display.screens import history
from display.screens.band import band, urgent
from display.screens.call import band_height
from display.screens.departments import Entry, departments, entries_in, entry_row, packed
from display.screens.grid import CALL_ROWS, IDLE_ROWS, Grid, RowSizes
from display.screens.notes import beside_strip, strip
from display.screens.parts import beside_dots, columns, head, page_mark, row_dots, rule, scene
from display.screens.summons import word
from display.screens.table import LEAST_LABEL_UNITS, WORD_SHARE, table
from display.screens.turns import between_calls, newest_stays, newest_turn, page_of
from display.screens.view import LATIN, View
from smartqueue.look import typeset
from smartqueue.look.inline import Sign, Words, inline
from smartqueue.look.scene import Box, Item, Panel, Photo, Scene
from smartqueue.look.theme import NIGHT

__all__ = ["LEAST_LABEL_UNITS", "areas", "by_department"]

_LABEL_UNITS: Final = 124.0
_LEAST_ROW_UNITS, _LEAST_CALLING_UNITS = 84.0, 72.0
_ROOMY_UNITS: Final = 120.0
"""So high a row has to stay where others come below it: one large call says more than three small ones."""
_LABEL_SHARE: Final = 0.64
"""Of a row's height, for the label's capitals."""
_PAD_UNITS, _CALLING_PAD_UNITS = 14.0, 8.0
_SIDE_UNITS: Final = 30.0
_STRIP_UNITS: Final = 80.0
_PAGE_UNITS: Final = 50.0
_COUNT_UNITS: Final = 62.0
"""Below the first line of a card without calls, for how many wait."""
_MOST_ROWS: Final = 5
_COLUMNS: Final = 2
_BESIDE: Final = 6
"""So many cards stand in two columns; others would leave a hole, or each much room for one call."""
_TOLD_UNITS: Final = 190.0
"""For the sentence that nobody has been called yet; upright and far more than enough."""
_ALONE_UNITS: Final = 330.0
"""For a department that is alone, upright; calls have the rest."""
_MOST_ROW_UNITS, _MOST_CALLING_UNITS, _MOST_FEW_UNITS = 180.0, 130.0, 260.0
_FEW_CARDS: Final = 3
_HEADS_SHARE: Final = 0.3
"""Of the height of a card, for its first line, at most."""


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
    told = tuple(strip(view, grid, foot, 1))
    yield from told
    area = area if told else grid.body
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
        yield from _first(view, grid, area)
    elif len(cards) == 1:
        yield from _alone(view, grid, area)
    elif grid.portrait:
        yield from _column(view, grid, area)
    elif len(cards) == _BESIDE and not calling:
        yield from _beside(view, grid, area)
    else:
        yield from table(view, grid, area, cards)


def _first(view: View, grid: Grid, area: Box) -> Iterator[Item]:
    """Before anybody was called, or anybody else: no cards that would wait for calls."""
    if view.board.now is None:
        told, area = area.split_top(grid.px(_TOLD_UNITS), grid.gap)
        yield from history.empty(view, grid, told)
    yield from departments(view, grid, area)


def _alone(view: View, grid: Grid, area: Box) -> Iterator[Item]:
    """One department, large, and its last calls beside it, upright below it."""
    kind, fits = ("idle", IDLE_ROWS) if view.board.now is None else ("call", CALL_ROWS)
    if grid.portrait:
        calls = min(history.height(grid.rows(kind), fits), area.h - grid.px(_ALONE_UNITS))
        about, list_ = area.split_bottom(calls, grid.gap)
    else:
        list_, about = columns(grid, area)
    yield from departments(view, grid, about)
    yield from history.rows(view, grid, list_, kind, fits)


def _beside(view: View, grid: Grid, area: Box) -> Iterator[Item]:
    """Two columns of cards, those side by side as high as each other; all calls in one size, so that a department of
    which several have to be seen gets more height rather than smaller ones."""
    cards, pad = view.board.cards, grid.px(_PAD_UNITS)
    pairs = [range(n, n + _COLUMNS) for n in range(0, len(cards), _COLUMNS)]
    wide = area.columns(*(1,) * _COLUMNS, gap=grid.gap)[0].w
    several = any(card.must > 1 for card in cards)
    heads, entries = _heads(view, grid, wide, 0 if several else area.h / len(pairs))
    tops = [max(entries[n].height for n in pair) for pair in pairs]
    free = area.h - sum(tops) - len(pairs) * 2 * pad - (len(pairs) - 1) * grid.gap
    lines, places, tall = _shares(grid, heads, cards, pairs, free)
    spare = max(0.0, (free - sum(lines) - tall * sum(places)) / len(pairs))
    sizes, y = _sizes(view, grid, wide, cards, tall), area.y
    for pair, top, line, count in zip(pairs, tops, lines, places, strict=True):
        row = Box(area.x, y, area.w, top + spare + 2 * pad + line + count * tall)
        for n, box in zip(pair, row.columns(*(1,) * _COLUMNS, gap=grid.gap), strict=True):
            about = _Set(cards[n], entries[n], top + spare)
            yield from _card(view, heads, grid, box.inset(0, pad), about, sizes)
        y = row.bottom + grid.gap


def _shares(
    grid: Grid, heads: Grid, cards: Sequence[Card], pairs: Sequence[range], free: float
) -> tuple[Sequence[float], Sequence[int], float]:
    """Of what cards side by side have below their first lines: the height for how many wait where none of them has a
    call, else for how many calls; and the height of each call."""
    rows = _rows(cards, calling=False)
    lines = [
        0.0 if any(cards[n].calls for n in pair) else heads.px(_COUNT_UNITS) * any(rows[n] for n in pair)
        for pair in pairs
    ]
    free -= sum(lines)
    least = [max((rows[n] for n in pair if cards[n].calls), default=0) for pair in pairs]
    calls = [max(len(cards[n].calls) for n in pair) for pair in pairs]
    places = _more_rows(least, calls, int(free // grid.px(_ROOMY_UNITS)))
    return lines, places, min(free / sum(places), grid.px(_MOST_ROW_UNITS))


@dataclass(frozen=True, slots=True)
class _Set:
    """A card and its first line. head_px: height of that line. foot_px: what the card has below all else."""

    card: Card
    entry: Entry
    head_px: float
    foot_px: float = 0.0


def _column(view: View, grid: Grid, area: Box) -> Iterator[Item]:
    """One card below the other. During a call those without one are only as high as their line."""
    cards, calling = view.board.cards, view.board.now is not None
    gap, pad = (grid.px(12), grid.px(_CALLING_PAD_UNITS)) if calling else (grid.gap, grid.px(_PAD_UNITS))
    least, foot = grid.px(_LEAST_CALLING_UNITS if calling else _LEAST_ROW_UNITS), grid.px(_PAGE_UNITS)
    heads, entries = _heads(view, grid, area.w, area.h / len(cards))
    rows = _rows(cards, calling=calling)
    heights = [one.height + 2 * pad + gap for one in entries]
    pages = packed([tall + least * row for tall, row in zip(heights, rows, strict=True)], area.h + gap, foot)
    which = page_of(pages, view.at_s)
    area, below = area.split_bottom(foot if len(pages) > 1 else 0.0)
    part = pages[which]
    free = area.h + gap - sum(heights[n] for n in part)
    most = int(free // grid.px(_ROOMY_UNITS))
    counts = _more_rows([rows[n] for n in part], [len(cards[n].calls) for n in part], most)
    tall = min(free / max(1, sum(counts)), _most_row(grid, len(part), calling=calling))
    sizes, spare, y = _sizes(view, grid, area.w, cards, tall), (free - tall * sum(counts)) / len(part), area.y
    for n, count in zip(part, counts, strict=True):
        box = Box(area.x, y, area.w, heights[n] - gap + spare + count * tall)
        about = _Set(cards[n], entries[n], entries[n].height + spare, below.h if n == part[-1] else 0.0)
        yield from _card(view, heads, grid, box.inset(0, pad), about, sizes)
        y = box.bottom + gap
    if len(pages) > 1:
        yield from page_mark(grid, below, which, len(pages))


def _most_row(grid: Grid, cards: int, *, calling: bool) -> float:
    """Height of a row of a call. What is more is spread over so many cards."""
    if calling:
        return grid.px(_MOST_CALLING_UNITS)
    return grid.px(_MOST_ROW_UNITS if cards > _FEW_CARDS else _MOST_FEW_UNITS)


def _rows(cards: Sequence[Card], *, calling: bool) -> list[int]:
    """Places for calls, or for how many wait: two where several calls have to be seen."""
    return [min(2, max(1, card.must)) if card.calls else int(not calling and _counted(card)) for card in cards]


def _more_rows(rows: list[int], calls: list[int], most: int) -> list[int]:
    """So many rows on each card: where there is room, more for those that have more calls."""
    while sum(rows) < most:
        wanting = [n for n, (row, call) in enumerate(zip(rows, calls, strict=True)) if row < min(call, _MOST_ROWS)]
        if not wanting:
            break
        rows[min(wanting, key=lambda n: rows[n])] += 1
    return rows


def _heads(view: View, grid: Grid, width: float, height: float) -> tuple[Grid, tuple[Entry, ...]]:
    """First lines of cards of this size, and the grid they are set in: as large as leaves room for calls."""
    lines = [card.line for card in view.board.cards]
    return entries_in(view, grid, lines, width - 2 * grid.px(_SIDE_UNITS), height * _HEADS_SHARE)


def _card(view: View, heads: Grid, grid: Grid, box: Box, about: _Set, sizes: RowSizes) -> Iterator[Item]:
    """box: without what is free above and below. heads: for the first line."""
    card = box.inset(0, -_pad(view, grid))
    yield Panel(Box(card.x, card.y, card.w, card.h + about.foot_px), fill=NIGHT.card, radius_px=grid.radius)
    above, below = box.inset(grid.px(_SIDE_UNITS), 0).split_top(about.head_px)
    yield from entry_row(view, heads, above, about.entry)
    if about.card.calls:
        yield rule(grid, below)
        yield from _calls(view, grid, below, about.card, sizes)
    elif below.h > grid.rest and _counted(about.card):
        yield rule(grid, below)
        text = Words(view.words.count("display.waiting", about.card.line.waiting), NIGHT.quiet)
        place = Box(below.x, below.y, below.w, below.h + _pad(view, grid))
        yield from inline(place, (Sign("people", NIGHT.quiet), text), view.words.language, (heads.rest,))


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
    own = card.calls[: max(fits, card.must)]
    shown, (turn, turns) = newest_stays(own, fits, view.history_s), newest_turn(own, fits, view.history_s)
    hung = history.hanging_inside(view, shown, sizes)
    sizes = replace(hung, word=max(grid.rest, hung.word))
    widths = history.columns_of(view, shown, sizes)
    rows = _evenly(view, grid, box, len(shown), sizes)
    for row, call in zip(rows, shown, strict=True):
        yield from history.line(view, beside_dots(grid, row, needed=turns > 1)[0], call, sizes, widths)
    if turns > 1:
        yield from row_dots(grid, rows[-1], turn, turns)


def _evenly(view: View, grid: Grid, box: Box, count: int, sizes: RowSizes) -> Sequence[Box]:
    """So many rows with as much free above the first label and below the last one, to the card's edge, as between."""
    whole = Box(box.x, box.y, box.w, box.h + _pad(view, grid))
    free = (min(whole.h, count * sizes.height + _pad(view, grid)) - count * sizes.label) / (count + 1)
    return whole.centred(box.w, count * (sizes.label + free)).rows(*(1,) * count)


def _pad(view: View, grid: Grid) -> float:
    """Free at the top and the foot of a card."""
    return grid.px(_CALLING_PAD_UNITS if view.board.now is not None else _PAD_UNITS)
