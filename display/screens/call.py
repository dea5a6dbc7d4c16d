"""The screen of a call: label, arrow and room across the whole width, in the colour that nothing else has."""

from collections.abc import Iterator
from itertools import product

from display.board import Now
from display.screens import history
from display.screens.away import advice, as_of
from display.screens.departments import departments
from display.screens.grid import CALL_ROWS, Grid
from display.screens.parts import away_sign, columns, head, notes, placed_notes, scene
from display.screens.view import LATIN, View
from smartqueue.look import typeset
from smartqueue.look.scene import Box, Icon, Item, Panel, Scene, Text
from smartqueue.look.theme import NIGHT

_BAND_UNITS = 365.0
_ARROW_UNITS, _ARROW_PORTRAIT_UNITS = 160.0, 132.0
"""The arrow is as large for every call; only where even the smallest words leave no room for it does it shrink."""
_AROUND_UNITS = 17.0
"""Least distance from the arrow's box on each side; its drawing stands as far again inside the box."""
_SIDE_UNITS = (60.0, 40.0, 32.0)
"""Beside the call; the smaller ones for long labels."""
_BEFORE_NUMBER_UNITS = 34.0
_TIGHTEST_WORD = 0.85
"""Of the smallest ordinary size of the word, where nothing else gives room for the arrow (`A1000`, `Room 12B`)."""


def call(view: View, grid: Grid) -> Scene:
    """Needs a call that is on."""
    assert view.board.now is not None
    return scene(view, grid, "display-call", _items(view, grid, view.board.now))


def _items(view: View, grid: Grid, now: Now) -> Iterator[Item]:
    yield from head(view, grid, away_sign(as_of(view)) if view.board.away_since else ())
    tall = grid.px(_BAND_UNITS) if not grid.portrait else 2 * grid.call[0] + grid.px(160)
    band, below = grid.body.split_top(tall, grid.px(25))
    if now.ring:
        yield Panel(band.inset(-grid.px(12)), edge=NIGHT.call, edge_px=grid.px(6), radius_px=grid.radius + grid.px(12))
    yield Panel(band, fill=NIGHT.call, radius_px=grid.radius)
    yield from _stacked(view, grid, band, now) if grid.portrait else _in_line(view, grid, band, now)
    list_, beside = _below(grid, below)
    yield from history.rows(view, grid, list_, "call", CALL_ROWS)
    whole = beside
    beside, said = placed_notes(view, grid, whole, notes(view, hint=False))
    yield from said
    if view.board.away_since:
        yield from advice(view, grid, beside, whole, ("valid", "listen"))
    else:
        yield from departments(view, grid, beside)


def _below(grid: Grid, box: Box) -> tuple[Box, Box]:
    if not grid.portrait:
        return columns(grid, box)
    return box.split_top(history.height(grid.rows("call"), CALL_ROWS), grid.gap)


def _widths(view: View, now: Now, capital: float, word: float) -> tuple[float, float, float]:
    """Of the label, the word for the room, and its number."""
    return (
        typeset.width(now.call.label, capital, typeset.Style(LATIN, 700, tight=True)),
        typeset.width(history.word(view, now.call), word, typeset.Style(view.words.language, 700)),
        typeset.width(now.call.place.number, capital, typeset.Style(LATIN, 700, tight=True)),
    )


def _arrow(grid: Grid) -> float:
    return grid.px(_ARROW_PORTRAIT_UNITS if grid.portrait else _ARROW_UNITS)


def _sizes(view: View, grid: Grid, now: Now, room: float) -> tuple[float, float, float]:
    """The largest capitals of label and word that leave room for an arrow, and the width beside the call.

    room: width of the band.
    """
    arrow = _arrow(grid) + 2 * grid.px(_AROUND_UNITS) + grid.px(_BEFORE_NUMBER_UNITS)
    sides, tightest = [grid.px(units) for units in _SIDE_UNITS], grid.call_word[-1] * _TIGHTEST_WORD
    for side, capital, word in (
        *product(sides, grid.call, grid.call_word),
        *product(sides, grid.call[-1:], (tightest,)),
    ):
        label_w, word_w, number_w = _widths(view, now, capital, word)
        beside = word_w + number_w + arrow
        if (max(label_w, beside) if grid.portrait else label_w + beside) <= room - 2 * side:
            break
    return capital, word, side


def _in_line(view: View, grid: Grid, band: Box, now: Now) -> Iterator[Item]:
    capital, word, side = _sizes(view, grid, now, band.w)
    label_w, word_w, number_w = _widths(view, now, capital, word)
    line = band.inset(side, 0).centred(band.w - 2 * side, capital)
    label_box, rest = line.split_left(label_w)
    rest, number_box = rest.split_right(number_w, grid.px(_BEFORE_NUMBER_UNITS))
    rest, word_box = rest.split_right(word_w)
    yield _label(label_box, now, capital)
    arrow = min(_arrow(grid), rest.w - grid.px(_AROUND_UNITS))
    yield Icon(rest.centred(arrow, arrow), "arrow-right", NIGHT.on_call, directional=True)
    yield from _place(view, word_box, number_box, now, (capital, word))


def _stacked(view: View, grid: Grid, band: Box, now: Now) -> Iterator[Item]:
    """Upright there is no width for both: the label above, arrow and room below it."""
    gap = grid.px(56)
    capital, word, side = _sizes(view, grid, now, band.w)
    inner = band.inset(side, 0)
    label_w, word_w, number_w = _widths(view, now, capital, word)
    above, below = inner.centred(inner.w, 2 * capital + gap).split_top(capital, gap)
    yield _label(above.split_left(min(label_w, above.w))[0], now, capital)
    rest, number_box = below.split_right(number_w, grid.px(_BEFORE_NUMBER_UNITS))
    rest, word_box = rest.split_right(word_w, grid.px(_AROUND_UNITS))
    arrow = min(_arrow(grid), rest.w)
    mark, _ = rest.split_left(arrow)
    yield Icon(mark.centred(arrow, arrow), "arrow-right", NIGHT.on_call, directional=True)
    yield from _place(view, word_box, number_box, now, (capital, word))


def _label(box: Box, now: Now, capital: float) -> Text:
    return Text(
        box,
        now.call.label,
        LATIN,
        capital,
        700,
        NIGHT.on_call,
        valign="bottom",
        tight=True,
        smaller_px=(capital * 0.85, capital * 0.7),
    )


def _place(view: View, word_box: Box, number_box: Box, now: Now, sizes: tuple[float, float]) -> Iterator[Text]:
    capital, word = sizes
    language = view.words.language
    yield Text(word_box, history.word(view, now.call), language, word, 700, NIGHT.on_call, "end", "bottom")
    yield Text(number_box, now.call.place.number, LATIN, capital, 700, NIGHT.on_call, "end", "bottom", tight=True)
