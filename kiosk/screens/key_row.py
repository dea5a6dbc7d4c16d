"""Keys side by side whose words have one size: none looks more important than the one that goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from kiosk.screens.pieces import KEY_MM, key
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stacked
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width

_SPARE_PX = 14.0
"""For what letters stand out beyond their width."""
_AIR_MM = 2.0
_OVER_MM = 1.5
"""Between a word and the sides of its key, and over and under it."""
SIZES_MM = (5.8, 5.2, 4.7, 4.4)
_SMALL_MM = (4.0, 3.6)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key, its icon and its word. primary: it is what most people want next."""

    name: str
    icon: str
    word: str
    primary: bool = False


def key_row(sheet: Sheet, box: Box, row: Sequence[Keyed], places: Sequence[Box] = ()) -> Sequence[Box]:
    """Draws them; gives their places. places: where they would rather be; elsewhere they are as wide as their words
    need, where that makes the words larger."""
    mm, placed = _placed(sheet, box, row, places)
    for place, one in zip(placed, row, strict=True):
        key(sheet, place, one.name, one.icon, one.word, kind="primary" if one.primary else "plain", mm=mm)
    return placed


def _placed(sheet: Sheet, box: Box, row: Sequence[Keyed], places: Sequence[Box]) -> tuple[float, Sequence[Box]]:
    room = box.w - sheet.gap * (len(row) - 1)
    for sizes, lines in ((SIZES_MM, 1), (SIZES_MM[-1:], 2), (_SMALL_MM, 1), (_SMALL_MM[-1:], 2)):
        for mm in sizes:
            needed = [_width(sheet, one, mm, lines, box.h) for one in row]
            if places and all(need <= place.w for need, place in zip(needed, places, strict=True)):
                return mm, places
            if sum(needed) <= room and (mm < SIZES_MM[0] or not places):
                spare = (room - sum(needed)) / len(row)
                return mm, box.columns(*[need + spare for need in needed], gap=sheet.gap)
    return SIZES_MM[0], places or box.columns(*[1.0] * len(row), gap=sheet.gap)


def _width(sheet: Sheet, one: Keyed, mm: float, lines: int, high: float) -> float:
    """Of the key, with its icon before its word; endless where the word is too high for it."""
    size, parts = sheet.capitals(mm), one.word.split()
    beside = sheet.px(mm * 1.9) + sheet.px(mm * 0.5) + 2 * sheet.px(_AIR_MM) + _SPARE_PX
    word = width(one.word, size, sheet.style(700))
    if lines > 1 and len(parts) > 1:
        ways = [(" ".join(parts[:end]), " ".join(parts[end:])) for end in range(1, len(parts))]
        word = min(max(width(line, size, sheet.style(700, tight=True)) for line in way) for way in ways)
        made = stacked(sheet, word + _SPARE_PX, (Row(one.word, (size,), 700, lines=2, tight=True),))
        if made.height > high - 2 * sheet.px(_OVER_MM):
            return inf
    return max(word + beside, sheet.exact_px(KEY_MM))
