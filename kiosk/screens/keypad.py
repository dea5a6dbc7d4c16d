"""Keys for letters and digits, none smaller than a finger needs: where not all have room, pages of them.

Digits and Latin letters run from left to right in every language, so their rows are turned before the whole scene is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.screens.pieces import key_panel, tall_key
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stacked
from smartqueue.look.scene import Box
from smartqueue.look.theme import TARGET_MM
from smartqueue.look.typeset import width
from smartqueue.terms import Language

LATIN = Language("en")
DIGITS = "1234567890"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are taken for digits: no code has them, and no label."""
GROUP = 4
_LONGEST = 24
"""More characters of what was typed are not shown."""
_PER_PAGE = 12
_GROWN_MM = 16.0
"""Capitals of a key grow no further."""


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
    """In groups of four, the last ones of what is very long."""
    shown = typed if len(typed) <= _LONGEST else "…" + typed[-_LONGEST:]
    return " ".join(shown[at : at + GROUP] for at in range(0, len(shown), GROUP))


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


def field(sheet: Sheet, box: Box, text: str, before: str = "") -> None:
    """What was typed, as large as it fits, from left to right, the end of what is too long; before: what stands before
    it anyway."""
    sheet.panel(box, edge=sheet.theme.primary, thick=1.6)
    inner = box.inset(sheet.px(3.4), sheet.px(1.0))
    whole = f"{before} {text}".strip()
    room, least = inner.w - sheet.px(3), sheet.capitals(4.0 if sheet.small else 4.7)
    while width(whole, least, sheet.style(700, language=LATIN)) > room and " " in whole:
        whole = "…" + whole.removeprefix("…").partition(" ")[2]
    sizes = tuple(size for size in sheet.steps(11.4, 9.1, 7.3, 6.5, 5.8, 5.2, 4.7, 4.0) if size <= inner.h * 0.8)
    sizes = sizes or (inner.h * 0.6,)
    made = stacked(sheet, room, (Row(whole or "0", sizes, 700, language=LATIN),))
    size = made.rows[0].set.capital_px
    wide = made.rows[0].set.width_px
    rtl = sheet.view.words.direction == "rtl"
    if whole:
        quiet = sheet.theme.quiet if not text else ""
        sheet.text(
            inner,
            whole,
            (size,),
            weight=700,
            colour=quiet or sheet.theme.text,
            align="end" if rtl else "start",
            language=LATIN,
        )
    x, high = inner.x + (wide + sheet.px(1.4) if whole else 0), size * 1.3
    caret = Box(x, box.y + (box.h - high) / 2, sheet.px(0.7), high)
    if rtl:
        caret = Box(inner.x + inner.w - (caret.x - inner.x) - caret.w, caret.y, caret.w, caret.h)
    sheet.bar(caret, sheet.theme.primary)


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
    kept = list(rows)
    while True:
        made = stacked(sheet, box.w, kept, box.h)
        if len(kept) == 1 or (made.whole and made.height <= box.h):
            break
        kept.pop()
    put(sheet, box, made, share=share)
