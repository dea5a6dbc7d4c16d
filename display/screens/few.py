"""The panel of departments where they are few: each large, what is said of its wait below its name."""

from collections.abc import Iterator, Sequence
from typing import Final

from display.board import Line
from display.screens.breaks import even
from display.screens.grid import Grid
from display.screens.parts import rule
from display.screens.view import LATIN, View
from smartqueue.look import typeset
from smartqueue.look.inline import Part, common_px, inline
from smartqueue.look.scene import Box, Item, Panel, Text
from smartqueue.look.theme import NIGHT, ON_DEPARTMENT, department_ground

MOST: Final = 4
_LEAST_UNITS, _MOST_UNITS = 165.0, 240.0
"""Height of a row."""
_BADGE_UNITS: Final = 104.0
_NAME_UNITS: Final = (36.0, 32.0, 28.5)
_SAID_UNITS: Final = (46.0, 40.0, 34.0, 28.5)
_GAP_UNITS: Final = 30.0


def fits(grid: Grid, box: Box, count: int) -> bool:
    """Whether so many stand large in a box."""
    return 0 < count <= MOST and box.h / count >= grid.px(_LEAST_UNITS)


def height(grid: Grid, box: Box, count: int) -> float:
    """Of a row, when so many share the box."""
    return min(box.h / count, grid.px(_MOST_UNITS))


def rows(view: View, grid: Grid, box: Box, lines: Sequence[Line], said: Sequence[Sequence[Part]]) -> Iterator[Item]:
    """said: of each line's wait."""
    badge = grid.px(_BADGE_UNITS)
    words_w = box.w - badge - grid.px(_GAP_UNITS)
    capital = common_px(said, view.words.language, [grid.px(units) for units in _SAID_UNITS], words_w)
    tall = height(grid, box, len(lines))
    for n, (line, parts) in enumerate(zip(lines, said, strict=True)):
        row = Box(box.x, box.y + n * tall, box.w, tall)
        if n:
            yield rule(grid, row)
        mark, words = row.split_left(badge, grid.px(_GAP_UNITS))
        yield from _badge(grid, mark.centred(badge, badge), line)
        yield from _words(view, grid, words, line, parts, capital)


def _badge(grid: Grid, box: Box, line: Line) -> Iterator[Item]:
    ground = department_ground(line.ground)
    yield Panel(box, fill=ground, edge=NIGHT.quiet, edge_px=grid.px(2), radius_px=grid.px(18))
    sizes = (grid.px(52), grid.px(36))
    yield Text(
        box.inset(grid.px(6), 0), line.letter, LATIN, sizes[0], 700, ON_DEPARTMENT, "center", smaller_px=sizes[1:]
    )


def _words(view: View, grid: Grid, box: Box, line: Line, parts: Sequence[Part], capital: float) -> Iterator[Item]:
    name = view.named(line.names)
    style = typeset.Style(name.language)
    size = next((px for px in _sizes(grid) if len(typeset.wrap(name.text, px, style, box.w)) <= 2), _sizes(grid)[-1])
    count = min(2, len(typeset.wrap(name.text, size, style, box.w)))
    name_h = size + (count - 1) * typeset.leading_em(style) * typeset.em_px(size, style)
    gap = typeset.em_px(capital, typeset.Style(view.words.language)) * 0.75
    block = box.centred(box.w, name_h + gap + capital)
    above, below = block.split_top(name_h, gap)
    text = even(name.text, size, style, box.w, 2)
    yield Text(above, text, name.language, size, 400, NIGHT.text, valign="top", lines=count)
    yield from inline(below, parts, view.words.language, (capital,))


def _sizes(grid: Grid) -> tuple[float, ...]:
    return tuple(grid.px(units) for units in _NAME_UNITS)
