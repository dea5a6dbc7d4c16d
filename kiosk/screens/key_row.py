"""Keys side by side whose words have one size: none looks more important than the one that goes on. Where long words
leave no room for that, it alone keeps its size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from kiosk.screens.pieces import KEY_MM, key_panel
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stacked
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width

_SPARE_PX = 12.0
"""For what letters stand out beyond their width."""
_AIR_MM = 2.0
_OVER_MM = 1.5
"""Between a word and the sides of its key, and over and under it."""
_BAR_MM = 2.4
"""More of it where a bar runs."""
SIZES_MM = (5.8, 5.2, 4.7, 4.4)
_SMALL_MM = (4.0, 3.6)
LEAST_MM, LOW_LEAST_MM = 5.8, 4.8
"""Least capitals of the key that goes on, wherever there is any way to it; on small panels."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key, its icon and its word. primary: it is what most people want next. timed: a bar runs along its bottom, so
    that its word has two lines only where nothing else helps."""

    name: str
    icon: str
    word: str
    primary: bool = False
    timed: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """How a key says its word. mm: its capitals. wide: of the key, px."""

    mm: float
    lines: int
    wide: float


def key_row(sheet: Sheet, box: Box, row: Sequence[Keyed], places: Sequence[Box] = ()) -> Sequence[Box]:
    """Draws them; gives their places. places: where they would rather be; elsewhere they are as wide as their words
    need."""
    said, placed = _placed(sheet, box, row, places)
    for place, one, how in zip(placed, row, said, strict=True):
        _draw(sheet, place, one, how)
    return placed


def _placed(
    sheet: Sheet, box: Box, row: Sequence[Keyed], places: Sequence[Box]
) -> tuple[Sequence[_Said], Sequence[Box]]:
    room = box.w - sheet.gap * (len(row) - 1)
    for first, others in _ways(sheet, row):
        ways = [_said(sheet, one, first if one.primary else others, box.h) for one in row]
        if places:
            said = [_in(way, place.w) for way, place in zip(ways, places, strict=True)]
            if all(one.wide <= place.w for one, place in zip(said, places, strict=True)):
                return said, places
        said = _narrowed(ways, [one.timed for one in row], room)
        spare = (room - sum(one.wide for one in said)) / len(row)
        if spare >= 0:
            return said, box.columns(*[one.wide + spare for one in said], gap=sheet.gap)
    return said, places or box.columns(*[1.0] * len(row), gap=sheet.gap)


Way = tuple[float, int]
"""Capitals, mm, and the most lines."""


def _ways(sheet: Sheet, row: Sequence[Keyed]) -> Iterator[tuple[Way, Way]]:
    """Of the key that goes on and of the others: what comes first is best."""
    least = LOW_LEAST_MM if sheet.small else LEAST_MM
    large = (5.8, 5.2, LOW_LEAST_MM) if sheet.small else (LEAST_MM,)
    near, rest = ((4.4, 4.0), (4.4, *_SMALL_MM)) if sheet.small else (SIZES_MM[1:], SIZES_MM[1:])
    goes_on = any(one.primary for one in row)
    yield from (((mm, 1), (mm, 1)) for mm in large)
    yield from (((mm, 1), (mm, 2)) for mm in large)
    if goes_on:
        yield from (((least, 1), (mm, 2)) for mm in near)
    yield from (((mm, 2), (mm, 2)) for mm in large)
    if goes_on:
        yield from (((least, 2), (mm, 2)) for mm in rest)
    for sizes, lines in ((SIZES_MM, 1), (SIZES_MM[-1:], 2), (_SMALL_MM, 1), (_SMALL_MM[-1:], 2)):
        yield from (((mm, lines), (mm, lines)) for mm in sizes)


def _said(sheet: Sheet, one: Keyed, way: Way, high: float) -> list[_Said]:
    """On one line, and on two where it may and can be."""
    mm, lines = way
    return [_Said(mm, count, _width(sheet, one, mm, count, high)) for count in range(1, lines + 1)]


def _in(ways: list[_Said], wide: float) -> _Said:
    return next((one for one in ways if one.wide <= wide), ways[0])


def _narrowed(ways: Sequence[list[_Said]], timed: Sequence[bool], room: float) -> list[_Said]:
    """Words on two lines, those that gain most by it first, until all have room."""
    said = [way[0] for way in ways]
    for last in (False, True):
        while sum(one.wide for one in said) > room:
            gains = [
                one.wide - way[-1].wide if last or not bar else 0.0
                for one, way, bar in zip(said, ways, timed, strict=True)
            ]
            at = gains.index(max(gains))
            if gains[at] <= 0:
                break
            said[at] = ways[at][-1]
    return said


def _width(sheet: Sheet, one: Keyed, mm: float, lines: int, high: float) -> float:
    """Of the key, with its icon before its word; endless where the word is too high for it."""
    size, parts = sheet.capitals(mm), one.word.split()
    beside = sum(_before(sheet, mm)) + 2 * sheet.px(_AIR_MM) + _SPARE_PX
    word = width(one.word, size, sheet.style(700))
    if lines > 1 and len(parts) > 1:
        ways = [(" ".join(parts[:end]), " ".join(parts[end:])) for end in range(1, len(parts))]
        word = min(max(width(line, size, sheet.style(700, tight=True)) for line in way) for way in ways)
        made = stacked(sheet, word + _SPARE_PX, (Row(one.word, (size,), 700, lines=2, tight=True),))
        if made.height > high - 2 * sheet.px(_OVER_MM + (_BAR_MM if one.timed else 0.0)):
            return inf
    return max(word + beside, sheet.exact_px(KEY_MM))


def _before(sheet: Sheet, mm: float) -> tuple[float, float]:
    """Of the icon and of the white after it."""
    return sheet.px(mm * 1.9), sheet.px(mm * 0.5)


def _draw(sheet: Sheet, box: Box, one: Keyed, how: _Said) -> None:
    colour = key_panel(sheet, box, one.name, "primary" if one.primary else "plain")
    icon, apart = _before(sheet, how.mm)
    icon = min(icon, box.h * 0.6)
    room = box.w - 2 * sheet.px(_AIR_MM) - icon - apart
    two = how.lines > 1
    row = Row(one.word, (sheet.capitals(how.mm),), 700, colour, lines=how.lines, tight=two)
    made = stacked(sheet, room, (row,))
    wide = min(max(max(each.set.width_px, each.set.mask.width) for each in made.rows) + _SPARE_PX / 2, room)
    icon_box, words = box.centred(icon + apart + wide, box.h).split_left(icon, apart)
    sheet.icon(icon_box, one.icon, colour)
    if two:
        put(sheet, words, made)
    else:
        sheet.text(words, one.word, row.sizes, weight=700, colour=colour)
