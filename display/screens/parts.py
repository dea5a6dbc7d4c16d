"""What several screens have: the head with the clock, page marks, columns."""

import math
from collections.abc import Iterator, Sequence

from display.screens.grid import Grid
from display.screens.view import LATIN, Named, View
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, inline, width
from smartqueue.look.scene import Bar, Box, Icon, Item, Panel, Scene, Text
from smartqueue.look.theme import NIGHT

_COLUMNS = (1060, 740)
_WIDE_COLUMNS = (940, 860)
_MOST_SAID = 0.74
"""Of the room for the site's name, for what is more important than the date."""
_DOT_UNITS = 22.0
"""Of a dot that stands for one of several calls, and the distance to the next."""
_PAGE_DOT_UNITS = 18.0
"""The same for one of several pages."""
_ROW_DOT_UNITS, _ROW_DOTS_UNITS = 15.0, 46.0
"""The same for one of several calls that have one place in turn."""
_MOST_ROW_DOTS = 4
_PAGE_COLOURS = (NIGHT.text, NIGHT.quiet)


def scene(view: View, grid: Grid, name: str, items: Iterator[Item]) -> Scene:
    """The finished screen, turned round where people read from the right."""
    made = Scene(grid.width_px, grid.height_px, NIGHT.ground, tuple(items), name=name)
    return made.mirrored() if view.words.direction == "rtl" else made


def columns(grid: Grid, box: Box, *, wide: bool = False) -> tuple[Box, Box]:
    """The history and what stands beside it (in portrait below it): both as high as the box. wide: more room beside
    it, for longer words."""
    list_, beside = box.columns(*(_WIDE_COLUMNS if wide else _COLUMNS), gap=grid.px(20))
    return list_, beside


def head(
    view: View, grid: Grid, instead_of_date: Sequence[Part] = (), turn: tuple[int, int] | None = None
) -> Iterator[Item]:
    """The site's name, the date and the clock. instead_of_date: what is more important than the date. turn: which of
    how many the rest of the screen shows, where it takes turns as a whole."""
    about = view.named(view.site.names)
    box = Box(grid.margin, grid.px(25), grid.width_px - 2 * grid.margin, grid.px(80))
    time = view.words.time(view.clock)
    box, clock_box = box.split_right(typeset.width(time, grid.px(56), typeset.Style(LATIN, 700)), grid.px(40))
    yield Text(clock_box, time, LATIN, grid.px(56), 700, NIGHT.text, "end")
    if turn is not None and turn[1] > 1:
        box, turns = box.split_right(_dots_w(grid, turn[1]), grid.px(40))
        yield from _dots(grid, turns.x, turns.centre[1], *turn, _PAGE_COLOURS)
    icon = grid.px(min(80, 62 * grid.far))
    mark, name_box = box.split_left(icon, grid.px(18))
    yield Icon(mark.centred(icon, icon), "clinic", NIGHT.primary)
    parts = list(instead_of_date) or [Words(view.words.date_day(view.clock), NIGHT.quiet)]
    sizes = (grid.rest, grid.word_px(24), grid.word_px(20))
    if grid.portrait:
        below = Box(name_box.x, grid.px(114 if grid.far == 1 else 132), grid.body.right - name_box.x, grid.px(50))
        if width(parts, view.words.language, grid.rest) > below.w:
            below = Box(grid.body.x, below.y, grid.body.w, below.h)
        yield from inline(below, parts, view.words.language, sizes)
    else:
        name_box, date_box = _beside(view, grid, about, parts, name_box, needed=bool(instead_of_date))
        yield from inline(date_box, parts, view.words.language, sizes, "end") if date_box.w > 1 else ()
    yield Text(name_box, about.text, about.language, sizes[0], 700, NIGHT.text, lines=2, smaller_px=sizes[1:])


def _beside(view: View, grid: Grid, about: Named, parts: Sequence[Part], box: Box, *, needed: bool) -> tuple[Box, Box]:
    """For the site's name, and for what else is said; which goes where there is no room for both, unless it is needed:
    then the name gives way, down to a part of the box."""
    said_w, gap = width(parts, view.words.language, grid.rest), grid.px(40)
    name_w = typeset.width(about.text, grid.rest, typeset.Style(about.language, 700))
    if name_w + gap + said_w <= box.w:
        return box.split_right(said_w, gap)
    if not needed:
        return box.split_right(0)
    return box.split_right(min(said_w, box.w * _MOST_SAID), gap)


def dots(grid: Grid, box: Box, which: int, count: int) -> Iterator[Item]:
    """Which of several calls stands in the box: along its end, upright along its lower edge. which: from 0."""
    long, colours, inset = _dots_w(grid, count), (NIGHT.on_call, NIGHT.on_call), grid.px(_DOT_UNITS)
    if grid.portrait:
        yield from _dots(grid, box.centre[0] - long / 2, box.bottom - inset, which, count, colours)
    else:
        for n in range(count):
            y = box.centre[1] - long / 2 + (2 * n + 0.5) * inset
            yield _dot(grid, box.right - 1.5 * inset, y, colours, filled=n == which)


def _dots_w(grid: Grid, count: int, units: float = _DOT_UNITS) -> float:
    return grid.px(units) * (2 * count - 1)


def _dots(
    grid: Grid, x: float, y: float, which: int, count: int, colours: tuple[str, str], units: float = _DOT_UNITS
) -> Iterator[Panel]:
    """The one of this moment is filled. y: of their middle."""
    for n in range(count):
        yield _dot(grid, x + 2 * n * grid.px(units), y, colours, units, filled=n == which)


def _dot(grid: Grid, x: float, y: float, colours: tuple[str, str], units: float = _DOT_UNITS, *, filled: bool) -> Panel:
    size = grid.px(units)
    fill, edge = (colours[0], colours[0]) if filled else (None, colours[1])
    return Panel(Box(x, y - size / 2, size, size), fill, edge, grid.px(3), size / 2)


def beside_dots(grid: Grid, row: Box, *, needed: bool) -> tuple[Box, Box]:
    """What a row has, and the strip for the dots of turns at its end."""
    return row.split_right(grid.px(_ROW_DOTS_UNITS) if needed else 0.0)


def row_dots_size(grid: Grid) -> tuple[float, float]:
    """What dots of turns need: one of them, and several side by side."""
    return grid.px(_ROW_DOT_UNITS), _dots_w(grid, _MOST_ROW_DOTS, _ROW_DOT_UNITS)


def dots_in_line(grid: Grid, strip: Box, which: int, count: int, *, turned: bool) -> Iterator[Panel]:
    """Like `row_dots`, but side by side at the strip's end. turned: both the other way round."""
    shown = min(count, _MOST_ROW_DOTS)
    filled, long = which * shown // count, _dots_w(grid, shown, _ROW_DOT_UNITS)
    x, filled = (strip.x, shown - 1 - filled) if turned else (strip.right - long, filled)
    yield from _dots(grid, x, strip.centre[1], filled, shown, _PAGE_COLOURS, _ROW_DOT_UNITS)


def row_dots(grid: Grid, strip: Box, which: int, count: int) -> Iterator[Panel]:
    """A dot for each turn of calls that share a place, one below the other at the end of the strip; of many turns only
    a few. which: from 0."""
    shown = min(count, _MOST_ROW_DOTS)
    size = math.floor(min(grid.px(_ROW_DOT_UNITS), strip.h * 0.8 / (2 * shown - 1)))
    y = strip.centre[1] - (2 * shown - 1) * size / 2
    for n in range(shown):
        fill, edge = (_PAGE_COLOURS[0],) * 2 if n == which * shown // count else (None, _PAGE_COLOURS[1])
        yield Panel(Box(strip.right - size, y + 2 * n * size, size, size), fill, edge, grid.px(2), size / 2)


def page_mark(grid: Grid, box: Box, which: int, pages: int) -> Iterator[Panel]:
    """A dot for each page: there is more, and it comes by itself. which: from 0."""
    x, y = box.centre
    yield from _dots(
        grid, x - _dots_w(grid, pages, _PAGE_DOT_UNITS) / 2, y, which, pages, _PAGE_COLOURS, _PAGE_DOT_UNITS
    )


def rule(grid: Grid, box: Box) -> Bar:
    """A thin line along the top of a row."""
    return Bar(Box(box.x, box.y - grid.px(1), box.w, grid.px(2)), NIGHT.rule)


def away_sign(text: str) -> tuple[Part, ...]:
    """`Board as of 10:58` in the head, with its sign."""
    return Sign("wifi-off", NIGHT.trouble), Words(text, NIGHT.trouble, 700)


def upright_rule(grid: Grid, box: Box) -> Bar:
    """A thin line down the box's start."""
    return Bar(Box(box.x - grid.px(1), box.y, grid.px(2), box.h), NIGHT.rule)
