"""The rows of earlier calls: label, arrow, room; their columns stand below each other."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from display.board import Call
from display.screens.breaks import broken_to_fit
from display.screens.grid import Grid
from display.screens.parts import beside_dots, row_dots
from display.screens.sizes import CallSizes, Lines, RowSizes
from display.screens.summons import EARLIER, Alike, Ink, alike, arrow, hang, word
from display.screens.turns import newest_stays, newest_turn
from display.screens.view import LATIN, View
from smartqueue.look import typeset
from smartqueue.look.scene import Box, Icon, Item, Panel, Text
from smartqueue.look.theme import NIGHT
from smartqueue.parting import sentences

_LEAST_PLACE_EM = 3.4
"""Width of the column of rooms, in sizes of its word: keeps it in its place while numbers change."""
_BEFORE_NUMBER = 0.65
"""Between the word and its number, in capitals of the word."""
_LEAST_BESIDE_ARROW = 0.25
"""On each side of an arrow, in capitals of the word; its own drawing leaves some more."""
_LEAST_ARROW = 0.5
"""Of its size. Where a column of arrows has not so much room there are none."""
_LEAST_APART = 0.4
"""Between label and room where there is no arrow, in capitals of the label."""
_LAST_RESORTS = (0.76, 0.7, 0.64, 0.58, 0.52)
_SMALLER = (1.0, 0.94, 0.88, 0.82)
"""Of the label, for longer ones."""
_LITTLE_SMALLER, _ARROWS = (1.0, 0.95, 0.91), (1.0, 0.75)
"""Of the label, rather than have a small arrow; of the arrow."""
_LEAST_WORD = 0.9
_EMPTY_LINES = 4
_EMPTY_UNITS = (46, 40, 36, 32, 28.5)
_LOW_UNITS = 330.0
"""In a box that is lower the sign stands beside the words."""
_MOST_GROWN = 1.8
"""So much higher and larger than usual are rows of few calls, at most; and so finely it is tried."""
_STEPS = 8
_AIRY = 0.86
"""Larger rows fill no more of the width."""
_LEAST_BELOW = 0.045
"""Between the lowest ink of a row and its edge, of its height."""


def rows(view: View, grid: Grid, box: Box, kind: str, fits: int, *, ink: Ink = EARLIER) -> Iterator[Item]:
    """The calls that stand now, the newest always, with a mark where others take turns. Fewer than there are places
    for are larger; of a board that is nearly empty the rest says what will stand there. kind: `call`, `idle` or `away`;
    box: its top and width count."""
    sizes = grid.rows(kind)
    whole = Box(box.x, box.y, box.w, min(box.h, height(sizes, fits)))
    fits = min(fits, max(1, int((box.h + sizes.gap + 1) // (sizes.height + sizes.gap))))
    shown = newest_stays(view.board.history, fits, view.history_s)
    sizes, rest = _grown(view, grid, whole, shown, sizes)
    yield from in_turn(view, grid, box, shown, sizes, ink, newest_turn(view.board.history, fits, view.history_s))
    if rest.h > 1 and kind != "away":
        yield from empty(view, grid, rest, still=True)


def in_turn(
    view: View, grid: Grid, box: Box, shown: Sequence[Call], sizes: RowSizes, ink: Ink, turn: tuple[int, int]
) -> Iterator[Item]:
    """These calls, with a mark in the last row where it is one turn of several: which, from 0, and of how many."""
    yield from listed(view, grid, box, shown, sizes, ink, turns=turn[1] > 1)
    if turn[1] > 1:
        y = box.y + (len(shown) - 1) * (sizes.height + sizes.gap)
        tall = sizes.height / 2 if sizes.stacked else sizes.height
        yield from row_dots(grid, Box(box.x, y, box.w - sizes.side, tall), *turn)


def _grown(view: View, grid: Grid, box: Box, shown: Sequence[Call], sizes: RowSizes) -> tuple[RowSizes, Box]:
    """Sizes at which these calls have the box for themselves, up to a largest size; and what then remains of it."""
    if not shown:
        return sizes, Box(box.x, box.bottom, box.w, 0)
    share = (box.h - (len(shown) - 1) * sizes.gap) / len(shown)
    tall = min(share, sizes.height * _MOST_GROWN)
    rest = box.h - height(replace(sizes, height=tall), len(shown)) - sizes.gap
    if rest < sizes.height:
        tall, rest = share, 0.0
    most = min(tall / sizes.height, _MOST_GROWN)
    if most <= 1:
        return replace(sizes, height=tall), box.split_bottom(rest)[1]
    for step in range(_STEPS, 0, -1):
        by = 1 + (most - 1) * step / _STEPS
        made = replace(sizes, height=tall, label=sizes.label * by, word=sizes.word * by, arrow=sizes.arrow * by)
        if _whole(view, grid, box.w, shown, made):
            return made, box.split_bottom(rest)[1]
    return replace(sizes, height=tall), box.split_bottom(rest)[1]


def _whole(view: View, grid: Grid, width: float, shown: Sequence[Call], sizes: RowSizes) -> bool:
    """Whether nothing has to be set smaller than these sizes."""
    if sizes.stacked:
        found = stacked(view, grid, Box(0, 0, width, sizes.height), shown, sizes)
        return found is not None and found.chosen.fits and found.chosen.label >= math.floor(sizes.label)
    made = fitting(view, shown, sizes, (width - 2 * sizes.side) * _AIRY)
    return made.label >= sizes.label and made.arrow >= sizes.arrow


def listed(
    view: View,
    grid: Grid,
    box: Box,
    shown: Sequence[Call],
    sizes: RowSizes,
    ink: Ink = EARLIER,
    *,
    turns: bool = False,
) -> Iterator[Item]:
    """These calls one below the other, each on a card; their columns stand below each other. turns: room is left for
    the mark of turns."""
    if sizes.stacked:
        yield from _listed_tall(view, grid, box, shown, sizes, ink)
        return
    sizes = fitting(view, shown, sizes, beside_dots(grid, box, needed=turns)[0].w - 2 * sizes.side)
    columns = columns_of(view, shown, sizes)
    for n, call in enumerate(shown):
        row = Box(box.x, box.y + n * (sizes.height + sizes.gap), box.w, sizes.height)
        yield Panel(row, fill=NIGHT.card, radius_px=grid.radius)
        inner, _ = beside_dots(grid, row.inset(sizes.side, 0), needed=turns)
        yield from line(view, inner, call, sizes, columns, ink)


def _listed_tall(view: View, grid: Grid, box: Box, shown: Sequence[Call], sizes: RowSizes, ink: Ink) -> Iterator[Item]:
    """Where there is no width for a row: the room below the label."""
    found = stacked(view, grid, Box(box.x, box.y, box.w, sizes.height), shown, sizes, ink) if shown else None
    for n, call in enumerate(shown):
        place = Box(box.x, box.y + n * (sizes.height + sizes.gap), box.w, sizes.height)
        yield Panel(place, fill=NIGHT.card, radius_px=grid.radius)
        if found is not None:
            yield from found.draw(view, place, call)


def stacked(
    view: View, grid: Grid, row: Box, shown: Sequence[Call], sizes: RowSizes, ink: Ink = EARLIER
) -> Alike | None:
    """How calls are set in rows as large as this one, the room below the label."""
    labels = tuple(math.floor(sizes.label * share) for share in _SMALLER)
    words = (sizes.word, math.floor(sizes.word * _LEAST_WORD))
    gap = (sizes.height - 2 * sizes.label) / 3
    arrows = (sizes.arrow, sizes.arrow * 0.75, 0.0)
    cell = CallSizes(Lines.STACK, labels, labels, words, arrows, (sizes.side,), gap, grid.px(18))
    return alike(view, grid, row, shown, (cell,), ink)


def least_label(view: View, grid: Grid, width: float, calls: Sequence[Call], sizes: RowSizes) -> float:
    """Capitals of the labels of these calls in a list so wide."""
    if not sizes.stacked:
        return fitting(view, calls, sizes, width - 2 * sizes.side).label
    found = stacked(view, grid, Box(0, 0, width, sizes.height), calls, sizes)
    return found.chosen.label if found is not None else sizes.label


def height(sizes: RowSizes, fits: int) -> float:
    return fits * sizes.height + (fits - 1) * sizes.gap


def empty(view: View, grid: Grid, box: Box, *, still: bool = False) -> Iterator[Item]:
    """Nobody has been called today: say where the label will stand; or that all is closed, and until when. In a low box
    the sign stands beside the words. still: in what remains below the first calls of a day."""
    yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
    text = view.words.text("display.your_number") if still and not view.board.shut else _why_empty(view)
    icon, sign = grid.px(120), "clock" if view.board.shut else "ticket"
    style = typeset.Style(view.words.language)
    if box.h < grid.px(_LOW_UNITS):
        yield from _beside_sign(grid, box, text, style, sign)
        return
    gap, inner = grid.px(50), box.inset(grid.px(60), grid.px(30))
    room = Box(inner.x, inner.y, inner.w, inner.h - icon - gap)
    text, capital = _in_sentences(grid, text, style, room)
    lines = len(typeset.wrap(text, capital, style, inner.w))
    tall = capital + (lines - 1) * typeset.leading_em(style) * typeset.em_px(capital, style) + 1
    mark, words = inner.centred(inner.w, icon + gap + tall).split_top(icon, gap)
    yield Icon(mark.centred(icon, icon), sign, NIGHT.primary)
    yield Text(words, text, style.language, capital, 400, NIGHT.text, "center", "top", lines=lines)


def _beside_sign(grid: Grid, box: Box, text: str, style: typeset.Style, sign: str) -> Iterator[Item]:
    """Both in the middle of the box, as one group."""
    icon, gap, inner = grid.px(96), grid.px(40), box.inset(grid.px(50), grid.px(36))
    room = inner.split_left(icon, gap)[1]
    text, capital = _in_sentences(grid, text, style, room)
    lines = typeset.wrap(text, capital, style, room.w)
    wide = max(typeset.width(line, capital, style) for line in lines) + 2
    mark, words = inner.centred(min(inner.w, icon + gap + wide), inner.h).split_left(icon, gap)
    yield Icon(mark.centred(icon, icon), sign, NIGHT.primary)
    words = Box(words.x, box.y, words.w, box.h)
    yield Text(words, text, style.language, capital, 400, NIGHT.text, lines=len(lines))


def _in_sentences(grid: Grid, text: str, style: typeset.Style, room: Box) -> tuple[str, float]:
    """With its line ends, each sentence on a line of its own if at all possible, and its capitals."""
    sizes = tuple(dict.fromkeys(max(grid.rest, grid.word_px(units)) for units in _EMPTY_UNITS))
    words = text.split()
    whole = [one for one in sizes if all(typeset.width(word, one, style) <= room.w for word in words)]
    sizes = tuple(whole) or sizes[-1:]
    most = len(sentences(text))
    said, capital = broken_to_fit(text, sizes, style, room, most)
    if len(typeset.wrap(said, capital, style, room.w)) <= most:
        return said, capital
    return broken_to_fit(text, sizes, style, room, _EMPTY_LINES)


def _why_empty(view: View) -> str:
    if not view.board.shut:
        return view.words.text("display.no_calls")
    opens_at = view.board.opens_at
    return view.words.text("display.shut_until", time=opens_at) if opens_at else view.words.text("display.shut")


def _label_width(sizes: RowSizes, call: Call) -> float:
    return typeset.width(call.label, sizes.label, typeset.Style(LATIN, 700, tight=True))


def _number_width(sizes: RowSizes, call: Call) -> float:
    return typeset.width(call.place.number, sizes.label, typeset.Style(LATIN, 700))


def _place_width(view: View, sizes: RowSizes, call: Call) -> float:
    word_w = typeset.width(word(view, call.place), sizes.word, typeset.Style(view.words.language))
    return word_w + sizes.word * _BEFORE_NUMBER + _number_width(sizes, call)


def hanging_inside(view: View, shown: Sequence[Call], sizes: RowSizes) -> RowSizes:
    """The word for the room smaller where its letters would hang out of the row: far in some scripts."""
    style = typeset.Style(view.words.language)
    free = (sizes.height - sizes.label) / 2 - sizes.height * _LEAST_BELOW
    words = {word(view, call.place) for call in shown}
    for share in (1.0, 0.92, 0.85, 0.78, 0.7):
        if all(hang(one, style, sizes.word * share) <= free for one in words):
            break
    return replace(sizes, word=sizes.word * share)


def fitting(view: View, shown: Sequence[Call], sizes: RowSizes, room: float) -> RowSizes:
    """Sizes at which all rows of a list have their columns and, as large for all, their arrows; without arrows only
    where that would make labels too small. room: width of a row."""
    sizes = hanging_inside(view, shown, sizes)
    shares = (*product(_ARROWS, _LITTLE_SMALLER), *((_LEAST_ARROW, share) for share in _SMALLER))
    for arrow_share, share in shares:
        arrow_px = sizes.arrow * arrow_share
        few = replace(sizes, label=sizes.label * share, word=sizes.word * share, arrow=arrow_px)
        if _free(view, shown, few, room) >= arrow_px:
            return few
    for share in (*_SMALLER, *_LAST_RESORTS):
        few = replace(sizes, label=sizes.label * share, word=sizes.word * share, arrow=0.0)
        if _free(view, shown, few, room) >= sizes.label * _LEAST_APART:
            break
    return few


def _free(view: View, shown: Sequence[Call], sizes: RowSizes, room: float) -> float:
    """For an arrow, between the columns."""
    return room - sum(columns_of(view, shown, sizes)) - 2 * sizes.word * _LEAST_BESIDE_ARROW


def columns_of(view: View, shown: Sequence[Call], sizes: RowSizes) -> tuple[float, float]:
    """Widths for all labels and all rooms of a list."""
    place_w = max((_place_width(view, sizes, call) for call in shown), default=0)
    place_w = max(place_w, _LEAST_PLACE_EM * typeset.em_px(sizes.word, typeset.Style(view.words.language)))
    return max((_label_width(sizes, call) for call in shown), default=0), place_w


def line(
    view: View, row: Box, call: Call, sizes: RowSizes, columns: tuple[float, float], ink: Ink = EARLIER
) -> Iterator[Item]:
    """Label, arrow, room in the row's middle. columns: as `columns_of` gives them."""
    label_w, place_w = columns
    middle = row.centred(row.w, sizes.label)
    label_box, rest = middle.split_left(label_w)
    yield Text(label_box, call.label, LATIN, sizes.label, 700, ink.label, valign="bottom", tight=True)
    arrow_box, place_box = rest.split_right(place_w)
    beside = 2 * sizes.word * _LEAST_BESIDE_ARROW
    arrow_w = min(sizes.arrow, arrow_box.w - beside)
    icon = arrow(call.place, arrow_box.centred(arrow_w, arrow_w), ink.arrow)
    if icon is not None and arrow_w >= sizes.arrow * _LEAST_ARROW and arrow_w >= 1:
        yield icon
    yield from _place(view, sizes, place_box, call, ink)


def _place(view: View, sizes: RowSizes, box: Box, call: Call, ink: Ink) -> Sequence[Text]:
    word_box, number_box = box.split_right(_number_width(sizes, call), sizes.word * _BEFORE_NUMBER)
    language = view.words.language
    return (
        Text(word_box, word(view, call.place), language, sizes.word, 400, ink.word, "end", "bottom"),
        Text(number_box, call.place.number, LATIN, sizes.label, 700, ink.label, "end", "bottom"),
    )
