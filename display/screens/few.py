"""The panel of departments where they are few: each large, what is said of its wait below its name, and the larger the
fewer they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from display.board import Line, Wait
from display.screens.breaks import even
from display.screens.grid import Grid
from display.screens.parts import rule, upright_rule
from display.screens.view import LATIN, Named, View
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, common_px, inline
from smartqueue.look.inline import width as inline_width
from smartqueue.look.scene import Box, Item, Panel, Text
from smartqueue.look.theme import NIGHT, ON_DEPARTMENT, department_ground

MOST: Final = 4
_LEAST_UNITS: Final = 120.0
"""Height of a row."""
_GROWN: Final = (1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.92, 0.85, 0.78)
"""So much larger, or a little smaller, everything may be."""
_GROWN_ALONE: Final = (2.2, 2.0, 1.85, *_GROWN)
"""The same where one has the whole width."""
_AROUND_UNITS, _LEAST_AROUND_UNITS = 56.0, 38.0
"""Free above and below the words of a row, together."""
_ONE_LINE: Final = 1.3
"""Names stand in one line where they can still be so much larger."""
_NAME_LINES: Final = 3
_COUNTED_UNITS: Final = 260.0
"""From this height on a row also says how many wait."""
_BADGE_UNITS: Final = 104.0
_LETTER_UNITS: Final = (52.0, 46.0, 42.0, 38.0, 34.0)
"""Capitals in a badge; two letters are smaller."""
_NAME_UNITS: Final = (36.0, 32.0, 28.5)
_RANGE_UNITS: Final = (46.0, 40.0, 36.0)
_SAID_UNITS: Final = (*_RANGE_UNITS, 32.0, 28.5)
_COUNT_UNITS: Final = 28.5
_GAP_UNITS: Final = 30.0
_BESIDE_UNITS: Final = 80.0
"""Between two that stand beside each other."""
_NAME_SHARE: Final = 0.8
"""A name's capitals are at most so large, of those of the ranges."""
_LINE_EM: Final = 0.75
"""Between a name and what is said below it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row as it is set: its name in lines, and what is said below it, each with its capitals."""

    line: Line
    name: Named
    name_px: float
    name_lines: int
    said: tuple[tuple[Sequence[Part], float], ...]
    height: float
    """From the first capitals to the last baseline."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Rows that fit their box. grown: so much larger than the least."""

    entries: tuple[_Entry, ...]
    grown: float


def fitted(view: View, grid: Grid, box: Box, lines: Sequence[Line], said: Sequence[Sequence[Part]]) -> Fitted | None:
    """As large as fits in rows that share the box; None where they are too many or too long. said: of each line's
    wait."""
    if not 0 < len(lines) <= MOST:
        return None
    return fitted_in(view, grid, Box(box.x, box.y, box.w, box.h / len(lines)), lines, said)


def fitted_in(
    view: View,
    grid: Grid,
    cell: Box,
    lines: Sequence[Line],
    said: Sequence[Sequence[Part]],
    shares: Sequence[float] = _GROWN,
) -> Fitted | None:
    """cell: what each has."""
    tall = cell.h
    if tall < grid.px(_LEAST_UNITS):
        return None
    usual = [(share, _NAME_LINES) for share in shares]
    ways = [*((share, 1) for share in shares if share >= _ONE_LINE), *usual]
    for (grown, most), counted in product(ways, (tall >= grid.px(_COUNTED_UNITS), False)):
        entries = _entries(view, grid, _words_width(grid, cell, grown), lines, said, grown, counted=counted)
        around = grid.px(_AROUND_UNITS if grown > 1 else _LEAST_AROUND_UNITS)
        whole = entries and max(one.name_lines for one in entries) <= most
        if whole and max(one.height for one in entries) <= tall - around:
            return Fitted(tuple(entries), grown)
    return None


def rows(view: View, grid: Grid, box: Box, about: Fitted) -> Iterator[Item]:
    """Fill the box."""
    for n, row in enumerate(box.rows(*(1 for _ in about.entries), gap=0)):
        if n:
            yield rule(grid, row)
        yield from row_of(view, grid, row, about, n)


def row_of(view: View, grid: Grid, row: Box, about: Fitted, which: int) -> Iterator[Item]:
    """One of them in the middle of its row's height."""
    one, badge = about.entries[which], grid.px(_BADGE_UNITS * about.grown)
    mark, words = row.split_left(badge, grid.px(_GAP_UNITS))
    yield from _badge(grid, mark.centred(badge, badge), one.line, about.grown)
    yield from _words(view, words, one)


def across(
    view: View, grid: Grid, box: Box, lines: Sequence[Line], said: Sequence[Sequence[Part]]
) -> Iterator[Item] | None:
    """Beside each other in a box that is much wider than high, four in two rows; one alone in the middle. None where
    they are too many or would be small."""
    if not 0 < len(lines) <= MOST:
        return None
    in_row, gap = (len(lines) if len(lines) < MOST else 2), grid.px(_BESIDE_UNITS)
    cells = [
        cell
        for row in box.rows(*(1,) * -(-len(lines) // in_row), gap=0)
        for cell in row.columns(*(1,) * in_row, gap=gap)
    ]
    about = fitted_in(view, grid, cells[0], lines, said, _GROWN_ALONE if len(lines) == 1 else _GROWN)
    return _across(view, grid, cells, about, in_row) if about is not None and about.grown >= 1 else None


def _across(view: View, grid: Grid, cells: Sequence[Box], about: Fitted, in_row: int) -> Iterator[Item]:
    for n, cell in enumerate(cells):
        if n >= in_row:
            yield rule(grid, cell)
        if n % in_row:
            x, inset = cell.x - grid.px(_BESIDE_UNITS) / 2, grid.px(_GAP_UNITS)
            yield upright_rule(grid, Box(x, cell.y, 0, cell.h).inset(0, inset))
        wide = _group_width(view, grid, about, n) if len(cells) == 1 else cell.w
        yield from row_of(view, grid, cell.centred(min(cell.w, wide), cell.h), about, n)


def _group_width(view: View, grid: Grid, about: Fitted, which: int) -> float:
    """Of the badge with all that stands beside it."""
    one = about.entries[which]
    named = (
        typeset.width(one.name.text, one.name_px, typeset.Style(one.name.language))
        if one.name_lines == 1
        else grid.width_px
    )
    said = max(inline_width(parts, view.words.language, px) for parts, px in one.said)
    return grid.px(_BADGE_UNITS * about.grown) + grid.px(_GAP_UNITS) + max(named, said) + 2


def _words_width(grid: Grid, box: Box, grown: float) -> float:
    return box.w - grid.px(_BADGE_UNITS * grown) - grid.px(_GAP_UNITS)


def _entries(
    view: View,
    grid: Grid,
    width: float,
    lines: Sequence[Line],
    said: Sequence[Sequence[Part]],
    grown: float,
    *,
    counted: bool,
) -> Sequence[_Entry]:
    """None at all where something is too wide. Ranges are of one size, and so is what is said instead of one. counted:
    say how many wait, too."""
    ranges = [parts for line, parts in zip(lines, said, strict=True) if line.wait is Wait.RANGE]
    others = [parts for line, parts in zip(lines, said, strict=True) if line.wait is not Wait.RANGE]
    language = view.words.language
    range_px = common_px(ranges, language, _px(grid, _RANGE_UNITS, grown), width)
    other_px = common_px(others, language, [px for px in _px(grid, _SAID_UNITS, grown) if px <= range_px], width)
    name_sizes = _px(grid, _NAME_UNITS, grown)
    names = [px for px in name_sizes if px <= range_px * _NAME_SHARE] or name_sizes[-1:]
    made = []
    for line, parts in zip(lines, said, strict=True):
        below = [(parts, range_px if line.wait is Wait.RANGE else other_px)]
        if counted and line.wait is not Wait.WAITING and (line.waiting or line.wait is not Wait.CLOSED):
            below.append((_count(view, line), _px(grid, (_COUNT_UNITS,), grown)[0]))
        name = view.named(line.names)
        name_px, count = _name_px(name, names, width)
        if not count or any(inline_width(one, language, px) > width for one, px in below):
            return ()
        made.append(_Entry(line, name, name_px, count, tuple(below), _tall(view, name, name_px, count, below)))
    return made


def _tall(view: View, name: Named, name_px: float, lines: int, below: Sequence[tuple[Sequence[Part], float]]) -> float:
    own, style = typeset.Style(name.language), typeset.Style(view.words.language)
    height = name_px + (lines - 1) * typeset.leading_em(own) * typeset.em_px(name_px, own)
    return height + sum(px + typeset.em_px(px, style) * _LINE_EM for _, px in below)


def _count(view: View, line: Line) -> tuple[Part, ...]:
    return Sign("people", NIGHT.quiet), Words(view.words.count("display.waiting", line.waiting), NIGHT.quiet)


def _name_px(name: Named, sizes: Sequence[float], width: float) -> tuple[float, int]:
    """The largest of the sizes at which the name fits two lines without a broken word, else three; and the lines: 0
    where it does not."""
    style = typeset.Style(name.language)
    for most in (2, _NAME_LINES):
        for size in sizes:
            lines = typeset.wrap(name.text, size, style, width)
            if len(lines) <= most and all(typeset.width(line, size, style) <= width for line in lines):
                return size, len(lines)
    return sizes[-1], 0


def _px(grid: Grid, units: Sequence[float], grown: float) -> tuple[float, ...]:
    """Nothing gets smaller than the rest of the board."""
    return tuple(dict.fromkeys(max(grid.rest, grid.px(one * grown)) for one in units))


def _badge(grid: Grid, box: Box, line: Line, grown: float) -> Iterator[Item]:
    ground = department_ground(line.ground)
    yield Panel(box, fill=ground, edge=NIGHT.quiet, edge_px=grid.px(2), radius_px=grid.px(18))
    sizes = tuple(grid.px(one * grown) for one in _LETTER_UNITS)
    yield Text(
        box.inset(grid.px(6), 0), line.letter, LATIN, sizes[0], 700, ON_DEPARTMENT, "center", smaller_px=sizes[1:]
    )


def _words(view: View, box: Box, one: _Entry) -> Iterator[Item]:
    """The name and, below it, what is said."""
    style, plain = typeset.Style(one.name.language), typeset.Style(view.words.language)
    name_h = one.name_px + (one.name_lines - 1) * typeset.leading_em(style) * typeset.em_px(one.name_px, style)
    above, below = box.centred(box.w, one.height).split_top(name_h)
    text = even(one.name.text, one.name_px, style, box.w, one.name_lines)
    yield Text(above, text, style.language, one.name_px, 400, NIGHT.text, valign="top", lines=one.name_lines)
    for parts, capital in one.said:
        place, below = below.moved(0, typeset.em_px(capital, plain) * _LINE_EM).split_top(capital)
        yield from inline(place, parts, plain.language, (capital,))
