"""The panel of departments: letter, name, and what can be said of the wait. What does not fit takes turns."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, combinations
from typing import Final

from display.board import PAGE_S, Line, Wait, turn_of
from display.screens import few
from display.screens.breaks import even
from display.screens.grid import Grid
from display.screens.parts import page_mark, rule
from display.screens.view import LATIN, Named, View
from smartqueue.board import each_s
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, inline, width
from smartqueue.look.scene import Box, Item, Panel, Text
from smartqueue.look.theme import NIGHT, ON_DEPARTMENT, department_ground
from smartqueue.terms import Language

_ROW_UNITS, _CLOSE_ROW_UNITS = 57.0, 48.0
_TALLEST_UNITS: Final = 150.0
"""Of a row, where pages take turns."""
_MOST_AIR: Final = 0.5
"""Or so much more than it needs, of itself."""
_SIDE_UNITS, _PAD_UNITS = 30.0, 10.0
_COLUMN_GAP_UNITS: Final = 80.0
"""Between two columns."""
_PAGE_UNITS: Final = 46.0
"""Below the rows, for the dots of pages."""
_CLOSE_SHARE: Final = 0.94
"""Of the distance between lines, at least."""
_AROUND_UNITS, _CLOSE_AROUND_UNITS = 24.0, 14.0
"""Above and below a name of several lines, together."""
_TIGHTER: Final = 0.9
_CLOSE_SCRIPTS: Final = ("latin", "chinese")
"""Lines of one name stand closer than those of a text, in scripts that allow it."""
_MOST_LINES: Final = 4
_BESIDE_UNITS: Final = 18.0
"""Between a name and what is said of the wait."""
_BADGE_UNITS: Final = 54.0
_BESIDE_BADGE_UNITS: Final = 20.0
_TWO_LETTERS: Final = (0.9, 0.85, 0.8, 0.75, 0.7)
"""Of the size of one letter."""
_LETTER_SIDE_UNITS: Final = 5.0
"""Free beside letters in a badge."""
_GROWN: Final = (1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1)
"""So much larger everything may be where there is room."""
_AIRY: Final = 0.85
"""So much of the height rows that are larger take, at most."""
_WIDE, _WIDE_UNITS = 2.2, 1400.0
"""A box so wide, and so much wider than high, has two columns."""
_ELLIPSIS: Final = "…"
_SLACK_PX: Final = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """A department as it will be set: its name in lines, and what is said of the wait: beside the name or, below, at
    the end of the last line. pitch: from line to line."""

    line: Line
    name: tuple[str, ...]
    language: Language
    status: tuple[tuple[Part, ...], ...]
    height: float
    pitch: float
    below: bool = False

    @property
    def lines(self) -> int:
        return len(self.name)


def departments(view: View, grid: Grid, box: Box, least: Box | None = None) -> Iterator[Item]:
    """The panel, filled with the departments whose turn it is. Few stand large. least: what always remains of the box
    beside notes of any height; the rows keep their places in it."""
    inner = inside(grid, least or box)
    lines = view.board.departments
    said = [status(view, line) for line in lines]
    yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
    if _columns(grid, inner) > 1:
        across = few.across(view, grid, inner, lines, said)
        yield from across or _many(view, grid, inner, lines, inside(grid, box))
        return
    large = few.fitted(view, grid, inner, lines, said)
    yield from few.rows(view, grid, inner, large) if large else _many(view, grid, inner, lines, inside(grid, box))


def inside(grid: Grid, panel: Box) -> Box:
    return panel.inset(grid.px(_SIDE_UNITS), grid.px(_PAD_UNITS))


def _columns(grid: Grid, inner: Box) -> int:
    return 2 if inner.w > max(_WIDE * inner.h, grid.px(_WIDE_UNITS)) else 1


@dataclass(frozen=True, slots=True)
class _Set:
    """Rows as they are set, side by side in as many columns, and which of them stand together. grid: larger than the
    screen's where there is room for larger words."""

    grid: Grid
    entries: Sequence[Entry]
    heights: Sequence[float]
    pages: Sequence[range]
    columns: int


def _many(view: View, grid: Grid, inner: Box, lines: Sequence[Line], panel: Box) -> Iterator[Item]:
    """On as few pages as there is room for, none twice; the rows of each fill it. panel: of the moment, with the mark
    at its foot; pages that turn when notes do fill it."""
    made = _largest(view, grid, inner, lines)
    if not made.pages:
        return
    which = turn_of(len(made.pages), view.at_s)
    if len(made.pages) > 1:
        rows, foot = panel.split_bottom(grid.px(_PAGE_UNITS))
        yield from page_mark(grid, foot, which, len(made.pages))
        inner = rows if each_s(len(made.pages)) == PAGE_S else inner.split_bottom(foot.h)[0]
    part = made.pages[which]
    shown = [made.heights[n] for n in part]
    more = (inner.h - sum(shown)) / len(shown)
    if len(made.pages) > 1:
        more = min(more, max(made.grid.px(_TALLEST_UNITS) - min(shown), min(shown) * _MOST_AIR))
    cells, top = inner.columns(*(1,) * made.columns, gap=_between(grid, made.columns)), inner.y
    for n in part:
        tall = made.heights[n] + max(0.0, more)
        for entry, cell in zip(made.entries[n * made.columns :], cells, strict=False):
            row = Box(cell.x, top, cell.w, tall)
            if n != part[0]:
                yield rule(grid, row)
            yield from entry_row(view, made.grid, row, entry)
        top += tall


def _between(grid: Grid, columns: int) -> float:
    return grid.px(_COLUMN_GAP_UNITS) if columns > 1 else 0.0


def _largest(view: View, grid: Grid, inner: Box, lines: Sequence[Line]) -> _Set:
    """Where all stand at once they are as large as they get without more lines of any of them."""
    columns = _columns(grid, inner)
    usual = _set(view, grid, inner, lines, columns)
    if len(usual.pages) != 1:
        return usual
    shape = [(len(one.name), one.below) for one in usual.entries]
    for share in (one for one in _GROWN if sum(usual.heights) * one <= inner.h * _AIRY):
        made = _set(view, larger(grid, share), inner, lines, columns)
        airy = sum(made.heights) <= inner.h * _AIRY
        if airy and [(len(one.name), one.below) for one in made.entries] == shape:
            return made
    return usual


def _set(view: View, grid: Grid, inner: Box, lines: Sequence[Line], columns: int) -> _Set:
    """Closer to each other where that saves a page."""
    width = inner.columns(*(1,) * columns, gap=_between(grid, columns))[0].w
    entries = [entry_of(view, grid, line, beside_badge(grid, width)) for line in lines]
    usual = _paged(grid, inner, columns, entries)
    close = _paged(grid, inner, columns, [replace(one, height=_close(grid, one)) for one in entries])
    return close if len(close.pages) < len(usual.pages) else usual


def _paged(grid: Grid, inner: Box, columns: int, entries: Sequence[Entry]) -> _Set:
    rows = [entries[n : n + columns] for n in range(0, len(entries), columns)]
    heights = [max(one.height for one in row) for row in rows]
    return _Set(grid, entries, heights, packed(heights, inner.h, grid.px(_PAGE_UNITS)), columns)


def entries_in(
    view: View, grid: Grid, lines: Sequence[Line], width: float, tall: float
) -> tuple[Grid, tuple[Entry, ...]]:
    """Rows of this width, and the grid that they are set in: larger where none gets more lines or higher than this."""
    usual = tuple(entry_of(view, grid, line, beside_badge(grid, width)) for line in lines)
    shape = [(one.lines, one.below) for one in usual]
    highest = max(one.height for one in usual)
    for share in (one for one in _GROWN if highest * one <= tall):
        few_ = larger(grid, share)
        made = tuple(entry_of(view, few_, line, beside_badge(few_, width)) for line in lines)
        if max(one.height for one in made) <= tall and [(one.lines, one.below) for one in made] == shape:
            return few_, made
    return grid, usual


def larger(grid: Grid, share: float) -> Grid:
    """For things that are larger here than elsewhere on the screen."""
    return replace(grid, unit=grid.unit * share)


def _close(grid: Grid, one: Entry) -> float:
    """The least height of a row."""
    if one.lines == 1:
        return max(grid.px(_CLOSE_ROW_UNITS), one.pitch * _CLOSE_SHARE)
    return (
        grid.rest
        + (one.lines - 1) * one.pitch
        + max(grid.px(_CLOSE_AROUND_UNITS), one.pitch * _CLOSE_SHARE - grid.rest)
    )


def folded(view: View, grid: Grid, box: Box) -> bool:
    """Whether in a box so wide a department needs more than one line."""
    return any(one.lines > 1 for one in _set(view, grid, inside(grid, box), view.board.departments, 1).entries)


def page_count(view: View, grid: Grid, box: Box) -> int:
    """How many pages the panel would have in a box."""
    inner = inside(grid, box)
    return len(_set(view, grid, inner, view.board.departments, _columns(grid, inner)).pages)


def packed(heights: Sequence[float], room: float, foot: float) -> list[range]:
    """Which rows stand together: on as few pages as there is room for, and on pages as full as each other. foot: is
    taken from the room where there is more than one page."""
    if sum(heights) <= room + _SLACK_PX:
        return [range(len(heights))] if heights else []
    found = _filled(heights, room - foot)
    ends = [0.0, *accumulate(heights)]
    least = max(heights)
    tries = sorted({end - start for start, end in combinations(ends, 2) if least <= end - start <= room - foot})
    first = bisect_left(tries, -len(found), key=lambda tried: -len(_filled(heights, tried)))
    return _filled(heights, tries[first]) if first < len(tries) else found


def _filled(heights: Sequence[float], room: float) -> list[range]:
    """Each page as full as it gets; a row that is higher than the room stands alone."""
    pages, first, used = [], 0, 0.0
    for n, one in enumerate(heights):
        if n > first and used + one > room + _SLACK_PX:
            pages.append(range(first, n))
            first, used = n, 0.0
        used += one
    return [*pages, range(first, len(heights))]


def beside_badge(grid: Grid, width: float) -> float:
    """What a row so wide has for words."""
    return width - grid.px(_BADGE_UNITS) - grid.px(_BESIDE_BADGE_UNITS)


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


def _pitch(grid: Grid, *languages: str) -> float:
    """From line to line, where all of these languages stand; letters of some scripts reach far above and below."""
    pitches = []
    for style in map(typeset.Style, languages):
        close = _TIGHTER if style.script in _CLOSE_SCRIPTS else 1.0
        pitches.append(typeset.leading_em(style) * close * typeset.em_px(grid.rest, style))
    return max(pitches)


def entry_of(view: View, grid: Grid, line: Line, room: float) -> Entry:
    """In as few lines as the whole name needs, beside or above what is said of the wait. room: width beside the
    badge."""
    name, said = view.named(line.names), status(view, line)
    lines, below = _broken(name, said, view.words.language, _Room(room, grid.rest, grid.px(_BESIDE_UNITS)))
    pitch = _pitch(grid, *((name.language, view.words.language) if below else (name.language,)))
    height = _height(grid, len(lines), pitch)
    return Entry(line, lines, name.language, below or (said,), height, pitch, bool(below))


@dataclass(frozen=True, slots=True)
class _Room:
    """width: beside the badge. capital: of all words. gap: between a name and what is said of the wait."""

    width: float
    capital: float
    gap: float


@lru_cache(maxsize=256)
def _broken(
    name: Named, said: tuple[Part, ...], language: Language, room: _Room
) -> tuple[tuple[str, ...], tuple[tuple[Part, ...], ...]]:
    """The lines of a name, and those of what is said that stand below it: none where it has room beside it."""
    style, capital = typeset.Style(name.language), room.capital
    said_w = width(said, language, capital) + room.gap
    for most in range(1, _MOST_LINES + 1):
        lines = _unbroken(name.text, capital, style, room.width - said_w, most)
        if lines:
            return lines, ()
        lines = _unbroken(name.text, capital, style, room.width, most)
        if lines and typeset.width(lines[-1], capital, style) <= room.width - said_w:
            return lines, (said,)
        if lines and len(lines) < most:
            break
    lines = lines or typeset.fit(name.text, style, (capital,), room.width, _MOST_LINES).lines
    folded = (said,) if said_w <= room.width else _folded(said, language, capital)
    whole = tuple(_short(one, capital, style, room.width) for one in lines)
    return (*whole, *("" for _ in folded)), folded


def _folded(said: tuple[Part, ...], language: str, capital: float) -> tuple[tuple[Part, ...], ...]:
    """In two lines, at the space that makes them narrowest."""
    *signs, last = said
    assert isinstance(last, Words)
    words = last.text.split(" ")
    ways = [
        ((*signs, replace(last, text=" ".join(words[:n]))), (replace(last, text=" ".join(words[n:])),))
        for n in range(1, len(words))
    ]

    def wide(lines: tuple[tuple[Part, ...], ...]) -> float:
        return max(width(parts, language, capital) for parts in lines)

    return min(ways, key=wide, default=(said,))


def _height(grid: Grid, lines: int, pitch: float) -> float:
    """Of a row with so many lines."""
    return grid.px(_ROW_UNITS) if lines == 1 else grid.rest + (lines - 1) * pitch + grid.px(_AROUND_UNITS)


def _unbroken(text: str, capital: float, style: typeset.Style, room: float, most: int) -> tuple[str, ...]:
    """The lines of a name, of like width; none where it needs more than `most`, or a word is too wide."""
    if room <= 0:
        return ()
    lines = typeset.wrap(even(text, capital, style, room, most), capital, style, room)
    fits = len(lines) <= most and all(typeset.width(one, capital, style) <= room for one in lines)
    return tuple(lines) if fits else ()


def _short(line: str, capital: float, style: typeset.Style, room: float) -> str:
    """A line that is too wide loses its last words."""
    while typeset.width(line, capital, style) > room and " " in line:
        line = line.removesuffix(_ELLIPSIS).rpartition(" ")[0].rstrip(" ,،") + _ELLIPSIS
    return line


def entry_row(view: View, grid: Grid, row: Box, entry: Entry) -> Iterator[Item]:
    """Badge, name and what is said of the wait, in the row's middle."""
    mark, words = row.split_left(grid.px(_BADGE_UNITS), grid.px(_BESIDE_BADGE_UNITS))
    yield from _badge(grid, mark, entry.line)
    places = _line_boxes(grid, words, entry.lines, entry.pitch)
    for place, text in zip(places, entry.name, strict=True):
        if text:
            yield Text(place, text, entry.language, grid.rest, 400, NIGHT.text, valign="bottom")
    ends = places[-len(entry.status) :] if entry.below else [words.centred(words.w, grid.rest)]
    for place, parts in zip(ends, entry.status, strict=True):
        yield from inline(place, parts, view.words.language, (grid.rest,), "end")


def _badge(grid: Grid, mark: Box, line: Line) -> Iterator[Item]:
    """A square; two letters in it are smaller, and make it wider only where they would get too small."""
    high, side = min(grid.px(_BADGE_UNITS), mark.h - grid.px(4)), grid.px(_LETTER_SIDE_UNITS)
    sizes = [grid.rest * share for share in ((1.0,) if len(line.letter) == 1 else _TWO_LETTERS)]
    widths = [typeset.width(line.letter, size, typeset.Style(LATIN, 700, tight=True)) + 2 * side for size in sizes]
    n = next((n for n, wide in enumerate(widths) if wide <= high), len(sizes) - 1)
    box = mark.centred(mark.w, high)
    wide = max(high, widths[n])
    box = box.centred(wide, high) if wide <= box.w else Box(box.x, box.y, wide, high)
    ground = department_ground(line.ground)
    yield Panel(box, fill=ground, edge=NIGHT.quiet, edge_px=grid.px(2), radius_px=grid.px(10))
    inner, first = box.inset(side / 2, 0), sizes[n]
    smaller = (first * 0.96,) if len(line.letter) > 1 else ()
    yield Text(inner, line.letter, LATIN, first, 700, ON_DEPARTMENT, "center", smaller_px=smaller, tight=True)


def _line_boxes(grid: Grid, box: Box, lines: int, pitch: float) -> Sequence[Box]:
    """Of lines one below the other in the middle of the box's height, each as high as its capitals."""
    block = box.centred(box.w, grid.rest + (lines - 1) * pitch)
    return [Box(block.x, block.y + n * pitch, block.w, grid.rest) for n in range(lines)]
