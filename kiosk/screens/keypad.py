"""Keys for letters and digits, none smaller than a finger needs: where not all have room, pages of them.

Digits and Latin letters run from left to right in every language, so their rows are turned before the whole scene is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.screens.pieces import key_panel, tall_key
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, Stack, put, stacked
from smartqueue.look.scene import Align, Box
from smartqueue.look.theme import TARGET_MM
from smartqueue.look.typeset import width
from smartqueue.terms import Language

LATIN = Language("en")
DIGITS = "1234567890"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are taken for digits: no code has them, and no label."""
GROUP = 4
_SHORT_CODE = 8
"""Codes of so many signs are compared in groups; references that are longer are printed in one."""
_PER_PAGE = 12
_GROWN_MM = 16.0
"""Capitals of a key grow no further."""
_FIELD_MM = (11.4, 9.1, 7.3, 6.5, 5.8, 5.2, 4.7, 4.4, 4.0)
"""Capitals of what was typed."""
_ON_ONE_MM = 5.2
"""On two lines before it is smaller than this on one."""
_AIR_MM = 1.0
"""White between what was typed and the frame round it; it gives way to letters under the least."""
_LEAST_MM = 4.7
_AFTER_CARET_MM = 2.8
"""From what was typed to the place of the next digit."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One key. off: it is shown but does nothing now."""

    key: str
    kind: Literal["char", "icon", "empty"] = "char"
    show: str = ""
    off: bool = False


def char(one: str, *, off: bool = False) -> Cell:
    return Cell(f"char:{one}", show=one, off=off)


def digit(one: str, *, off: bool = False) -> Cell:
    return Cell(f"digit:{one}", show=one, off=off)


EMPTY = Cell("", "empty")
ERASE = Cell("erase", "icon", "backspace")
PLUS = Cell("plus", show="+")
OFF_PLUS = Cell("plus", show="+", off=True)
OFF_ERASE = Cell("erase", "icon", "backspace", off=True)


def pages_of_keys() -> tuple[str, ...]:
    """Digits first, then the letters in equal parts."""
    return (DIGITS, *(LETTERS[at : at + _PER_PAGE] for at in range(0, len(LETTERS), _PER_PAGE)))


def page_name(chars: str) -> str:
    """`123`, `A–M`: what stands on the key that leads there."""
    return "123" if chars == DIGITS else f"{chars[0]}–{chars[-1]}"


def grouped(typed: str) -> str:
    """In groups of four, as short codes are printed; what is longer as it is."""
    if len(typed) > _SHORT_CODE:
        return typed
    return " ".join(typed[at : at + GROUP] for at in range(0, len(typed), GROUP))


def fits(sheet: Sheet, area: Box, columns: int, rows: int) -> bool:
    """So many keys have room, each as large as a finger needs."""
    least = sheet.exact_px(TARGET_MM)
    wide, high = columns * (least + sheet.gap) - sheet.gap, rows * (least + sheet.gap) - sheet.gap
    return wide <= area.w + 1 and high <= area.h + 1


def draw_cells(sheet: Sheet, area: Box, cells: Sequence[Sequence[Cell]]) -> None:
    """Rows of keys that fill the area, all of one size."""
    columns = max(len(row) for row in cells)
    for place, row in zip(area.rows(*[1.0] * len(cells), gap=sheet.gap), cells, strict=True):
        boxes = place.columns(*[1.0] * columns, gap=sheet.gap)
        draw_row(sheet, boxes, [*row, *[EMPTY] * (columns - len(row))])


def draw_row(sheet: Sheet, boxes: Sequence[Box], cells: Sequence[Cell]) -> None:
    turned = cells[::-1] if sheet.view.words.direction == "rtl" else cells
    for box, cell in zip(boxes, turned, strict=False):
        _cell(sheet, box, cell)


def _cell(sheet: Sheet, box: Box, cell: Cell) -> None:
    if cell.kind == "empty":
        return
    if cell == ERASE:
        erase_key(sheet, box)
        return
    if cell.off:
        sheet.panel(box, fill=None, edge=sheet.theme.rule)
        colour = sheet.theme.quiet
    else:
        colour = key_panel(sheet, box, cell.key)
    if cell.kind == "icon":
        side = min(sheet.px(12), box.h * 0.55, box.w * 0.6)
        sheet.icon(box.centred(side, side), cell.show, colour, directional=False)
        return
    size = max(sheet.capitals(7.3), min(box.h * 0.36, sheet.px(_GROWN_MM)))
    sizes, place = (size, *sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0)), box.inset(sheet.px(1.4), 0)
    sheet.text(place, cell.show, sizes, weight=700, colour=colour, align="center", language=LATIN)


def erase_key(sheet: Sheet, box: Box) -> None:
    tall_key(sheet, box, "erase", "backspace", sheet.view.words.text("kiosk.key.erase"))


def number_pad(sheet: Sheet, area: Box, corners: tuple[Cell, Cell], *, off: bool = False) -> None:
    """1 to 9 as on a telephone, 0 below; corners: beside the 0."""
    left, right = corners
    rows = [[digit(one, off=off) for one in "123456789"[at : at + 3]] for at in (0, 3, 6)]
    draw_cells(sheet, area, [*rows, [left, digit("0", off=off), right]])


def low_number_pad(sheet: Sheet, area: Box, beside: tuple[Cell, Cell], *, off: bool = False) -> None:
    """In three rows, the 0 below a column of its own. beside: above it."""
    ends = (*beside, digit("0", off=off))
    draw_cells(
        sheet,
        area,
        [
            [*(digit(one, off=off) for one in "123456789"[at : at + 3]), end]
            for at, end in zip((0, 3, 6), ends, strict=True)
        ],
    )


# --- what was typed -----------------------------------------------------------------------------------


def field(sheet: Sheet, box: Box, text: str, before: str = "", lacks: str = "") -> None:
    """What was typed, as large as it fits, from left to right; on two lines before it becomes small, and the end of
    what is too long even so. before: what stands before it anyway; lacks: what is still to come, of which only the
    places are shown."""
    thick = 1.6 if not sheet.small else 1.0
    sheet.panel(box, edge=sheet.theme.primary, thick=thick)
    inner = box.inset(sheet.px(3.4), sheet.px(0.5))
    whole = f"{before} {text}".strip()
    after = lacks if whole else lacks.lstrip()
    room = inner.w - sheet.px(_AFTER_CARET_MM)
    parted = bool(text) and not (before or after or " " in text)
    most = max(box.h - 2 * (sheet.edge * thick + sheet.exact_px(_AIR_MM)), sheet.capitals(_LEAST_MM))
    size, lines = _set(sheet, whole + after, room, min(inner.h * 0.84, most), inner.h if parted else 0.0)
    lines = [whole] if len(lines) == 1 and not lines[0].startswith("…") else lines
    colour = sheet.theme.text if text else sheet.theme.quiet
    places = inner.rows(*[1.0] * len(lines))
    for place, line in zip(places, lines, strict=True):
        if line:
            align: Align = "end" if _turned(sheet) else "start"
            sheet.text(place, line, (size,), weight=700, colour=colour, align=align, language=LATIN)
    _caret(sheet, places[-1], lines[-1], after, size)


def _set(sheet: Sheet, text: str, room: float, high: float, both: float) -> tuple[float, list[str]]:
    """Size of the capitals and the lines. high: of one line; both: of two, 0 where there may be none."""
    sizes = [size for size in sheet.steps(*_FIELD_MM) if size <= high] or [high]
    large = next((size for size in sizes if _wide(sheet, text, size) <= room), 0.0)
    if large >= sheet.capitals(_ON_ONE_MM) or not both:
        return (large, [text]) if large else _cut(sheet, text, room, sizes[-1])
    for size in sheet.steps(*_FIELD_MM[2:]):
        end = next(end for end in range(len(text), 0, -1) if _wide(sheet, text[:end], size) <= room)
        if size > large and size * 2.6 <= both and _wide(sheet, text[end:], size) <= room:
            return size, [text[:end], text[end:]]
    return (large, [text]) if large else _cut(sheet, text, room, sizes[-1])


def _cut(sheet: Sheet, text: str, room: float, size: float) -> tuple[float, list[str]]:
    """Smaller, and then only its end."""
    small = [one for one in sheet.steps(3.6, 3.2) if one < size] or [size]
    size = next((one for one in small if _wide(sheet, text, one) <= room), small[-1])
    while _wide(sheet, text, size) > room:
        text = "…" + text.removeprefix("…")[1:]
    return size, [text]


def _wide(sheet: Sheet, text: str, size: float) -> float:
    return width(text, size, sheet.style(700, language=LATIN)) if text else 0.0


def _turned(sheet: Sheet) -> bool:
    return sheet.view.words.direction == "rtl"


def _caret(sheet: Sheet, line: Box, text: str, after: str, size: float) -> None:
    """Where the next sign goes, and places for those that are still to come."""
    end = line.x + _wide(sheet, text, size)
    here = line.centred(line.w, size * 1.3)
    marks = [(Box(end + (sheet.px(1.2) if text else 0), here.y, sheet.px(0.7), here.h), True)]
    one, low = _wide(sheet, "0", size), line.y + (line.h + size) / 2
    x = end + sheet.px(_AFTER_CARET_MM)
    for sign in after:
        if sign != " ":
            marks.append((Box(x + one * 0.12, low - sheet.px(0.6), one * 0.76, sheet.px(0.6)), False))
        x += _wide(sheet, "0 0", size) - 2 * one if sign == " " else one
    for mark, caret in marks:
        place = Box(line.x + line.right - mark.right, mark.y, mark.w, mark.h) if _turned(sheet) else mark
        sheet.bar(place, sheet.theme.primary if caret else sheet.theme.edge)


def hidden_field(sheet: Sheet, box: Box, count: int, places: int = 8) -> None:
    """As many dots as were typed, in places for what is usual."""
    sheet.panel(box, edge=sheet.theme.primary, thick=1.6)
    total = max(count, places)
    side = min(sheet.px(5), box.h * 0.35, (box.w - sheet.px(4)) / (total * 2 - 1))
    x = box.x + (box.w - (total * 2 - 1) * side) / 2
    for number in range(total):
        dot = Box(x + number * side * 2, box.y + (box.h - side) / 2, side, side)
        if number < count:
            sheet.panel(dot, fill=sheet.theme.text, edge=None, radius=side / 2)
        else:
            sheet.bar(Box(dot.x, dot.bottom - sheet.edge, side, sheet.edge), sheet.theme.edge)


def placed(sheet: Sheet, box: Box, rows: Sequence[Row], share: float = 0.5) -> None:
    """Rows in a box, or as many of the first ones as fit."""
    put(sheet, box, fitting(sheet, box, rows), share=share)


def fitting(sheet: Sheet, box: Box, rows: Sequence[Row]) -> Stack:
    """As many of the first rows as fit."""
    kept = list(rows)
    while True:
        made = stacked(sheet, box.w, kept, box.h)
        if len(kept) == 1 or (made.whole and made.height <= box.h):
            return made
        kept.pop()
