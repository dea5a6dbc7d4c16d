"""Numbers are typed on wide panels with what is said at the start and the pad at the end, its field right above it, so
that the way back stands where it always does and no digit is beside it."""

from dataclasses import dataclass

from kiosk.screens.frame import put_title
from kiosk.screens.pieces import tall_width
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stacked
from kiosk.screens.typed import told
from smartqueue.look.scene import Box
from smartqueue.look.theme import TARGET_MM

_PAD_SHARE = 0.42
_FIELD_MM = 18.0


@dataclass(frozen=True, slots=True)
class Pad:
    """bar: under what is said, beside the lowest digits."""

    said: Box
    field: Box
    keys: Box
    bar: Box


def pad_beside(sheet: Sheet) -> Pad:
    inner, top = sheet.inner, sheet.header.bottom + sheet.px(3)
    area = Box(inner.x, top, inner.w, inner.bottom - top)
    said, pad = area.split_right(area.w * _PAD_SHARE, sheet.px(8))
    where, keys = pad.split_top(sheet.px(_FIELD_MM), sheet.gap)
    said, bar = said.split_bottom((keys.h - 3 * sheet.gap) / 4, sheet.gap)
    return Pad(said, where, keys, bar)


def low_pad(sheet: Sheet, line: Box) -> Pad:
    """On 7 inches: three rows of four, as large as a finger needs. line: over all of it, for the title."""
    inner, high = sheet.inner, sheet.exact_px(TARGET_MM)
    wide = max(high, tall_width(sheet, sheet.view.words.text("kiosk.key.erase")))
    top, start = inner.bottom - 3 * high - 2 * sheet.gap, line.bottom + sheet.px(1.0)
    area = Box(inner.x, start, inner.w, inner.bottom - start)
    said, pad = area.split_right(4 * wide + 3 * sheet.gap, sheet.gap)
    said, bar = said.split_bottom(high, sheet.gap)
    where = Box(pad.x, start, pad.w, top - sheet.px(0.95) - start)
    return Pad(said, where, Box(pad.x, top, pad.w, inner.bottom - top), bar)


def said_beside(sheet: Sheet, box: Box, title: str, line: str, problem: str) -> None:
    """The title where it is on all screens, under it what is to be known, right above the keys what did not work."""
    sizes = sheet.steps(5.8, 5.4, 5.2, 4.8, 4.4, 4.2, 4.0)
    if problem:
        box, under = box.split_bottom(sheet.px(13), sheet.gap)
        told(sheet, under, problem)
    head = Row(title, sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7), 700, lines=2, rather_small=True)
    put_title(sheet, box, stacked(sheet, box.w, (head, Row(line, sizes, 400, lines=5, gap=sheet.px(7))), box.h))
