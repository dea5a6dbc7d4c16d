"""The panel of departments: letter, name, and what can be said of the wait. What does not fit takes turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from display.board import PAGE_S, Line, Wait
from display.screens.grid import Grid
from display.screens.parts import page_marks, rule
from display.screens.view import LATIN, View, named
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, inline, width
from smartqueue.look.scene import Box, Item, Panel, Text
from smartqueue.look.theme import NIGHT, ON_DEPARTMENT, department_ground
from smartqueue.terms import Language

_ROW_UNITS = 61.0
_TALLEST_UNITS = 150.0
_PAD_UNITS = 10.0
_AROUND_UNITS = {"latin": 34.0, "devanagari": 44.0, "arabic": 44.0}
"""Above and below a name of several lines: some scripts hang far below their line."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A department as it will be set: its name in lines; what is said of the wait stands at the end of the name's last
    line, or below it. lines: of both together."""

    line: Line
    name: tuple[str, ...]
    language: Language
    status: tuple[Part, ...]
    lines: int
    height: float


def departments(view: View, grid: Grid, box: Box) -> Iterator[Item]:
    """The panel, filled with the departments whose turn it is."""
    yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
    inner = box.inset(grid.px(30), grid.px(_PAD_UNITS))
    badge = grid.px(54 if all(len(line.letter) == 1 for line in view.board.departments) else 78)
    entries = [_entry(view, grid, line, inner.w - badge - grid.px(20)) for line in view.board.departments]
    pages = _pages(entries, inner.h)
    if not pages:
        return
    which = int(view.at_s // PAGE_S) % len(pages)
    y = inner.y
    for n, (entry, height) in enumerate(_stretched(grid, pages[which], inner.h)):
        row = Box(inner.x, y, inner.w, height)
        if n:
            yield rule(grid, row)
        yield from _row(view, grid, row, entry, badge)
        y += height
    yield from page_marks(grid, box.right + grid.px(20 if grid.portrait else 24), box, which, len(pages))


def status(view: View, line: Line) -> tuple[Part, ...]:
    """What is said of a department's wait."""
    words = view.words
    match line.wait:
        case Wait.RANGE:
            key = "display.range" if line.low_min else "display.up_to"
            return (Words(words.text(key, low=line.low_min, high=line.high_min), NIGHT.text, 700),)
        case Wait.WAITING:
            return (Words(words.count("display.waiting", line.waiting), NIGHT.quiet),)
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


def _entry(view: View, grid: Grid, line: Line, room: float) -> _Entry:
    name, said = named(line.names, view.words, view.site), status(view, line)
    style = typeset.Style(name.language)
    said_w = width(said, view.words.language, grid.rest) + grid.px(16)
    broken = typeset.wrap(name.text, grid.rest, style, room)
    lines = len(broken) + (typeset.width(broken[-1], grid.rest, style) + said_w > room)
    height = grid.px(_ROW_UNITS)
    if lines > 1:
        height = grid.rest + (lines - 1) * _pitch(grid, name.language) + grid.px(_AROUND_UNITS[style.script])
    return _Entry(line, broken, name.language, said, lines, height)


def _pages(entries: Sequence[_Entry], height: float) -> list[list[_Entry]]:
    """As many on each page as fit, in order; a page has at least one."""
    pages: list[list[_Entry]] = []
    used = 0.0
    for entry in entries:
        if not pages or used + entry.height > height + 0.5:
            pages.append([])
            used = 0.0
        pages[-1].append(entry)
        used += entry.height
    return pages


def _stretched(grid: Grid, entries: Sequence[_Entry], height: float) -> Iterator[tuple[_Entry, float]]:
    """Each with its share of the height that is left over."""
    spare = (height - sum(entry.height for entry in entries)) / len(entries)
    for entry in entries:
        yield entry, min(entry.height + spare, max(1.6 * entry.height, grid.px(_TALLEST_UNITS)))


def _row(view: View, grid: Grid, row: Box, entry: _Entry, badge_w: float) -> Iterator[Item]:
    mark, words = row.split_left(badge_w, grid.px(20))
    tall = min(grid.px(64), row.h - grid.px(10))
    badge = mark.centred(badge_w, tall)
    ground = department_ground(entry.line.ground)
    yield Panel(badge, fill=ground, edge=NIGHT.quiet, edge_px=grid.px(2), radius_px=grid.px(10))
    yield Text(badge.inset(grid.px(3), 0), entry.line.letter, LATIN, grid.rest, 700, ON_DEPARTMENT, "center")
    pitch = _pitch(grid, entry.language)
    block = words.centred(words.w, grid.rest + (entry.lines - 1) * pitch)
    for n, text in enumerate(entry.name):
        place = Box(block.x, block.y + n * pitch, block.w, grid.rest)
        yield Text(place, text, entry.language, grid.rest, 400, NIGHT.text, valign="bottom")
    _, said_box = block.split_bottom(grid.rest)
    yield from inline(said_box, entry.status, view.words.language, (grid.rest,), "end")
