"""The panel of departments: letter, name, and what can be said of the wait. What does not fit takes turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from display.board import Line, Wait, page
from display.screens import few
from display.screens.breaks import even
from display.screens.grid import Grid
from display.screens.parts import page_mark, rule
from display.screens.view import LATIN, View
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, inline, width
from smartqueue.look.scene import Box, Item, Panel, Text
from smartqueue.look.theme import NIGHT, ON_DEPARTMENT, department_ground
from smartqueue.terms import Language

_ROW_UNITS = 61.0
_TALLEST_UNITS = 150.0
_PAD_UNITS = 10.0
_PAGE_UNITS = 46.0
"""Below the rows, for `1/2`."""
_AROUND_UNITS, _AROUND_TALL_UNITS = 28.0, 32.0
"""Above and below a name of several lines: scripts that need more from line to line hang far below it too."""
_MOST_LINES = 2
_BESIDE_UNITS = 16.0
"""Between a name and what is said of the wait."""
_FOLD_SHARE = 0.4
"""Why there is no range takes two lines where it would leave a long name less than the rest of the row."""
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Entry:
    """A department as it will be set: its name, and in a column of its own what is said of the wait, both in lines."""

    line: Line
    name: tuple[str, ...]
    language: Language
    status: tuple[tuple[Part, ...], ...]
    height: float


def departments(view: View, grid: Grid, box: Box) -> Iterator[Item]:
    """The panel, filled with the departments whose turn it is; all rows are of one height. Few stand large."""
    inner = box.inset(grid.px(30), grid.px(_PAD_UNITS))
    lines = view.board.departments
    yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
    large = few.fitted(view, grid, inner, lines, [status(view, line) for line in lines])
    if large is not None:
        yield from few.rows(view, grid, inner, large)
    else:
        yield from _many(view, grid, inner, lines)


def _many(view: View, grid: Grid, inner: Box, lines: Sequence[Line]) -> Iterator[Item]:
    badge = badge_width(view, grid)
    entries = [entry_of(view, grid, line, inner.w - badge - grid.px(20)) for line in lines]
    if not entries:
        return
    least = max(entry.height for entry in entries)
    if len(entries) * least > inner.h + 0.5:
        inner, foot = inner.split_bottom(grid.px(_PAGE_UNITS))
        shown, which, pages = page(entries, max(1, int((inner.h + 0.5) // least)), view.at_s)
        yield page_mark(view, grid, foot, which, pages)
    else:
        shown = entries
    height = min(inner.h / len(shown), max(1.6 * least, grid.px(_TALLEST_UNITS)))
    for n, entry in enumerate(shown):
        row = Box(inner.x, inner.y + n * height, inner.w, height)
        if n:
            yield rule(grid, row)
        yield from entry_row(view, grid, row, entry, badge)


def badge_width(view: View, grid: Grid) -> float:
    """Of every department's letter, on this board."""
    return grid.px(54 if all(len(line.letter) == 1 for line in view.board.departments) else 78)


def status(view: View, line: Line) -> tuple[Part, ...]:
    """What is said of a department's wait, with a sign where an emergency goes first."""
    said = _wait(view, line)
    return (Sign("warning", NIGHT.trouble), *said) if line.emergency else said


def _wait(view: View, line: Line) -> tuple[Part, ...]:
    words = view.words
    match line.wait:
        case Wait.RANGE:
            key = "display.range" if line.low_min else "display.up_to"
            return (Words(words.text(key, low=line.low_min, high=line.high_min), NIGHT.text, 700),)
        case Wait.WAITING:
            return (Words(words.count("display.waiting", line.waiting), NIGHT.quiet),)
        case Wait.LAST:
            text = words.text("display.last", label=line.last) if line.last else words.text("display.no_more")
            return Sign("ticket", NIGHT.quiet), Words(text, NIGHT.quiet)
        case Wait.PAUSED:
            text = words.text("display.break")
            if line.back_at is not None:
                text = words.text("display.break_until", time=words.time(line.back_at, view.clock.tzinfo))
            return Sign("pause", NIGHT.quiet), Words(text, NIGHT.quiet)
        case Wait.CLOSED:
            text = words.text("display.opens", time=line.opens_at) if line.opens_at else words.text("display.closed")
            return Sign("clock", NIGHT.quiet), Words(text, NIGHT.quiet)


def _pitch(grid: Grid, language: str) -> float:
    style = typeset.Style(language)
    return typeset.leading_em(style) * typeset.em_px(grid.rest, style)


def entry_of(view: View, grid: Grid, line: Line, room: float, most: int = _MOST_LINES) -> Entry:
    """room: width beside the badge. most: lines of the name."""
    name, said = view.named(line.names), status(view, line)
    style = typeset.Style(name.language)
    lines: tuple[tuple[Part, ...], ...] = (said,)
    said_w = _said_width(view, grid, lines)
    crowded = typeset.width(name.text, grid.rest, style) > room - said_w
    if most > 1 and crowded and line.wait is not Wait.RANGE and said_w > room * _FOLD_SHARE:
        lines = _folded(view, grid, said)
    named_in: tuple[str, ...] = (name.text,)
    if crowded:
        named_in = _cut(name.text, grid.rest, style, room - _said_width(view, grid, lines), most)
    height = grid.px(_ROW_UNITS)
    if max(len(named_in), len(lines)) > 1:
        height = max(_tall(grid, len(named_in), style), _tall(grid, len(lines), typeset.Style(view.words.language)))
    return Entry(line, named_in, name.language, lines, height)


def _tall(grid: Grid, lines: int, style: typeset.Style) -> float:
    """Height of a row with so many lines."""
    hanging = typeset.leading_em(style) > typeset.leading_em(typeset.Style(LATIN))
    around = grid.px(_AROUND_TALL_UNITS if hanging else _AROUND_UNITS)
    return grid.rest + (lines - 1) * _pitch(grid, style.language) + around


def _said_width(view: View, grid: Grid, lines: Sequence[Sequence[Part]]) -> float:
    """With the distance from the name."""
    return max(width(parts, view.words.language, grid.rest) for parts in lines) + grid.px(_BESIDE_UNITS)


def _folded(view: View, grid: Grid, said: tuple[Part, ...]) -> tuple[tuple[Part, ...], ...]:
    """In two lines, at the space that makes them narrowest."""
    *signs, last = said
    assert isinstance(last, Words)
    words = last.text.split(" ")
    ways = [
        ((*signs, replace(last, text=" ".join(words[:n]))), (replace(last, text=" ".join(words[n:])),))
        for n in range(1, len(words))
    ]
    return min(ways, key=lambda lines: _said_width(view, grid, lines), default=(said,))


def _cut(text: str, capital: float, style: typeset.Style, room: float, most: int) -> tuple[str, ...]:
    """At most so many lines; what is missing is missing in whole words where that can be, never set smaller."""
    lines = list(typeset.wrap(even(text, capital, style, room, most), capital, style, room))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + _ELLIPSIS]
    return tuple(_short(line, capital, style, room) for line in lines)


def _short(line: str, capital: float, style: typeset.Style, room: float) -> str:
    """A line that is too wide loses its last words; a word alone loses its last letters."""
    while typeset.width(line, capital, style) > room and len(line) > 1:
        kept = line.removesuffix(_ELLIPSIS)
        kept = kept.rpartition(" ")[0] or kept[:-1]
        line = kept.rstrip(" ,،") + _ELLIPSIS
    return line


def entry_row(view: View, grid: Grid, row: Box, entry: Entry, badge_w: float) -> Iterator[Item]:
    """Badge, name and what is said of the wait, in the row's middle."""
    mark, words = row.split_left(badge_w, grid.px(20))
    tall = min(grid.px(64), row.h - grid.px(10))
    badge = mark.centred(badge_w, tall)
    ground = department_ground(entry.line.ground)
    yield Panel(badge, fill=ground, edge=NIGHT.quiet, edge_px=grid.px(2), radius_px=grid.px(10))
    yield Text(badge.inset(grid.px(3), 0), entry.line.letter, LATIN, grid.rest, 700, ON_DEPARTMENT, "center")
    names = _line_boxes(grid, words, len(entry.name), entry.language)
    for place, text in zip(names, entry.name, strict=True):
        yield Text(place, text, entry.language, grid.rest, 400, NIGHT.text, valign="bottom")
    for place, parts in zip(
        _line_boxes(grid, words, len(entry.status), view.words.language), entry.status, strict=True
    ):
        yield from inline(place, parts, view.words.language, (grid.rest,), "end")


def _line_boxes(grid: Grid, box: Box, lines: int, language: str) -> Iterator[Box]:
    """Of lines one below the other in the middle of the box's height, each as high as its capitals."""
    pitch = _pitch(grid, language)
    block = box.centred(box.w, grid.rest + (lines - 1) * pitch)
    return (Box(block.x, block.y + n * pitch, block.w, grid.rest) for n in range(lines))
