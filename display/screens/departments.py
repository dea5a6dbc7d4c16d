"""The panel of departments: letter, name, and what can be said of the wait. What does not fit takes turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from display.board import PAGE_S, Line, Standing
from display.screens.grid import Grid
from display.screens.parts import page_marks, rule
from display.screens.view import LATIN, Named, View, named
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, inline, width
from smartqueue.look.scene import Box, Item, Panel, Text
from smartqueue.look.theme import NIGHT, ON_DEPARTMENT, department_ground

_ROW_UNITS = 61.0
_TALLEST_UNITS = 132.0
_PAD_UNITS = 10.0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A department as it will be set. lines: of its name; stacked: what is said of the wait stands below the name."""

    line: Line
    name: Named
    status: tuple[Part, ...]
    lines: int
    stacked: bool
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
    yield from page_marks(grid, box.right + grid.px(24), box, which, len(pages))


def status(view: View, line: Line) -> tuple[Part, ...]:
    """What is said of a department's wait."""
    words = view.words
    match line.standing:
        case Standing.RANGE:
            return (Words(words.text("display.range", low=line.low_min, high=line.high_min), NIGHT.text, 700),)
        case Standing.WAITING:
            return (Words(words.count("display.waiting", line.waiting), NIGHT.quiet),)
        case Standing.PAUSED:
            text = words.text("display.break")
            if line.back_at is not None:
                text = words.text("display.break_until", time=words.time(line.back_at, view.clock.tzinfo))
            return Sign("pause", NIGHT.quiet), Words(text, NIGHT.quiet)
        case Standing.CLOSED:
            text = words.text("display.opens", time=line.opens_at) if line.opens_at else words.text("display.closed")
            return Sign("clock", NIGHT.quiet), Words(text, NIGHT.quiet)


def _pitch(grid: Grid, language: str) -> float:
    style = typeset.Style(language)
    return typeset.leading_em(style) * typeset.em_px(grid.rest, style)


def _entry(view: View, grid: Grid, line: Line, room: float) -> _Entry:
    name, said = named(line.names, view.words, view.site), status(view, line)
    said_w = width(said, view.words.language, grid.rest)
    name_w = typeset.width(name.text, grid.rest, typeset.Style(name.language))
    if name_w + grid.px(24) + said_w <= room:
        return _Entry(line, name, said, 1, False, grid.px(_ROW_UNITS))
    lines = len(typeset.wrap(name.text, grid.rest, typeset.Style(name.language), room))
    height = grid.rest + lines * _pitch(grid, name.language) + grid.px(32)
    return _Entry(line, name, said, lines, True, height)


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
        yield entry, min(entry.height + spare, max(entry.height, grid.px(_TALLEST_UNITS)))


def _row(view: View, grid: Grid, row: Box, entry: _Entry, badge_w: float) -> Iterator[Item]:
    mark, words = row.split_left(badge_w, grid.px(20))
    tall = min(grid.px(64), row.h - grid.px(10))
    badge = mark.centred(badge_w, tall)
    ground = department_ground(entry.line.ground)
    yield Panel(badge, fill=ground, edge=NIGHT.quiet, edge_px=grid.px(2), radius_px=grid.px(10))
    yield Text(badge.inset(grid.px(3), 0), entry.line.letter, LATIN, grid.rest, 700, ON_DEPARTMENT, "center")
    if not entry.stacked:
        said_w = width(entry.status, view.words.language, grid.rest)
        name_box, said_box = words.split_right(said_w, grid.px(20))
        yield Text(name_box, entry.name.text, entry.name.language, grid.rest, 400, NIGHT.text)
        yield from inline(said_box, entry.status, view.words.language, (grid.rest,), "end")
        return
    pitch = _pitch(grid, entry.name.language)
    block = words.centred(words.w, grid.rest + entry.lines * pitch)
    name_box, said_box = block.split_bottom(grid.rest, pitch - grid.rest)
    yield Text(
        name_box, entry.name.text, entry.name.language, grid.rest, 400, NIGHT.text, valign="top", lines=entry.lines
    )
    yield from inline(said_box, entry.status, view.words.language, (grid.rest,), "end")
