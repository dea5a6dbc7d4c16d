"""Words one below the other, as large as their box allows: spaced by the ink that they really leave, so that the tails
of one script never touch the marks of the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.screens.sheet import OURS, Sheet
from smartqueue.look.inline import Part, Words
from smartqueue.look.scene import Align, Box, Weight
from smartqueue.look.typeset import Block, Style, block, width
from smartqueue.terms import Language

AIR_MM = 0.9
"""Least white between the ink of two rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """sizes: of capitals in px, to step down through. gap: px wished from the baseline above to the capitals.

    rather_small: on one line in any of the sizes before on several.
    """

    text: str
    sizes: tuple[float, ...]
    weight: Weight = 400
    colour: str = OURS
    align: Align = "start"
    lines: int = 1
    tight: bool = False
    language: Language | None = None
    gap: float = 0.0
    rather_small: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A row that was set. top: of its capitals, from the top of the ink of the whole stack."""

    row: Row
    set: Block
    top: float


@dataclass(frozen=True, slots=True)
class Stack:
    rows: tuple[Placed, ...]
    height: float
    """Of all ink."""
    whole: bool
    """Every row fitted its width unbroken."""


def above(setting: Block) -> float:
    """Ink over the first capitals."""
    return max(0.0, -setting.y - setting.capital_px)


def below(setting: Block) -> float:
    """Ink under the last baseline."""
    return max(0.0, setting.y + setting.mask.height - setting.baselines[-1])


def line_ink(sheet: Sheet, parts: Sequence[Part], size: float) -> tuple[float, float]:
    """Ink over the capitals and under the baseline of a line of several pieces."""
    words = [part for part in parts if isinstance(part, Words)]
    made = [block(one.text, Style(sheet.view.language, one.weight), (size,)) for one in words]
    return max(map(above, made), default=0.0), max(map(below, made), default=0.0)


def stacked(sheet: Sheet, width_px: float, rows: Sequence[Row], height_px: float = 0.0) -> Stack:
    """The rows at the largest sizes at which they fit the width and, together, the height (0: any). All step down
    together, each through its own sizes."""
    steps = max(len(row.sizes) for row in rows)
    for step in range(steps):
        made = _at(sheet, width_px, rows, step)
        if not height_px or made.height <= height_px:
            break
    return made


def put(sheet: Sheet, box: Box, stack: Stack, *, share: float = 0.5) -> None:
    """Draws a stack in the box. share: of the spare height that is left above it: 0 = at the top."""
    start = box.y + (box.h - stack.height) * share
    for placed in stack.rows:
        row = placed.row
        sheet.text(
            Box(box.x, start + placed.top, box.w, placed.set.height_px),
            row.text,
            (placed.set.capital_px,),
            weight=row.weight,
            colour=row.colour,
            align=row.align,
            valign="top",
            lines=len(placed.set.lines),
            tight=row.tight,
            language=row.language,
        )


def stack(sheet: Sheet, box: Box, rows: Sequence[Row], *, share: float = 0.5) -> Stack:
    """Sets the rows into the box and draws them."""
    made = stacked(sheet, box.w, rows, box.h)
    put(sheet, box, made, share=share)
    return made


def _at(sheet: Sheet, width_px: float, rows: Sequence[Row], step: int) -> Stack:
    placed: list[Placed] = []
    ink, baseline = 0.0, 0.0
    for number, row in enumerate(rows):
        setting = _set(sheet, row, width_px, step)
        top = above(setting) if number == 0 else max(ink + sheet.px(AIR_MM) + above(setting), baseline + row.gap)
        placed.append(Placed(row, setting, top))
        baseline = top + setting.height_px
        ink = baseline + below(setting)
    whole = not any(each.set.cut or each.set.hyphenated or each.set.squeezed for each in placed)
    return Stack(tuple(placed), ink, whole)


def _set(sheet: Sheet, row: Row, width_px: float, step: int) -> Block:
    style = Style(row.language or sheet.view.language, row.weight, row.tight)
    leading = sheet.leading(row.language) if row.tight and row.lines > 1 else 0.0
    sizes = row.sizes[min(step, len(row.sizes) - 1) :]
    lines = 1 if row.rather_small and width(row.text, sizes[-1], style) <= width_px else row.lines
    made = block(row.text, style, sizes, width_px, lines, None, leading, row.align)
    if not leading or sheet.leading(row.language, len(made.lines)) == leading:
        return made
    return block(row.text, style, sizes, width_px, lines, None, sheet.leading(row.language, len(made.lines)), row.align)
