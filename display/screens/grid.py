"""Places and sizes of the display's screens. Landscape is laid out on 1920 x 1080 units, portrait on 1080 x 1920, and
everything is scaled to the panel; nothing stands in the bottom tenth (heads hide it, and TVs cut there), but at a door,
which nobody sits before."""

import math
from dataclasses import dataclass, field
from typing import Final

from display.board import Layout
from smartqueue.look.scene import Box

CALL_ROWS: Final = 4
IDLE_ROWS: Final = 5
FREE_BELOW: Final = 0.10
"""Share of the height that stays free at the bottom."""
DOOR_FREE_BELOW: Final = 0.04
CALL_CAPITALS: Final = 0.197
"""Capitals of the label on call in landscape, as a share of the height."""
LEAST_CALL_CAPITALS: Final = 0.18
PORTRAIT_CALL_CAPITALS: Final = 0.215
"""In portrait, as a share of the width: 18 % of the height would not fit four signs into it."""
FAR: Final = 1.75
"""How much larger all but the call is where one call at a time is shown, to be read from far away, and at a door."""
_REST_UNITS: Final = 28.5


@dataclass(frozen=True, slots=True)
class RowSizes:
    """Of one row of the history, in pixels. label, word: heights of capitals. stacked: the room below the label."""

    height: float
    gap: float
    label: float
    word: float
    arrow: float
    side: float
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class CallSizes:
    """How a call is set that is on, in pixels. label, number, word: heights of capitals, the largest first; label and
    number step down together. sides: free on both sides; the smaller ones for long labels. gap: between two lines.
    above: free above and below, at least.

    lines: 1 = label, arrow and room side by side; 2 = arrow and room below the label; 3 = the word for the room has a
    line of its own.
    keep_arrow: the word gives way before the arrow does.
    """

    label: tuple[float, ...]
    number: tuple[float, ...]
    word: tuple[float, ...]
    arrow: float
    sides: tuple[float, ...]
    gap: float
    lines: int
    above: float
    keep_arrow: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One panel. unit: pixels of one layout unit. All boxes and sizes are in pixels."""

    width_px: int
    height_px: int
    unit: float
    margin: float
    top: float
    bottom: float
    layout: Layout = field(default=Layout.RECENT)

    @property
    def portrait(self) -> bool:
        return self.height_px > self.width_px

    @property
    def far(self) -> float:
        """How much larger words are here than on a board with many lines."""
        return FAR if self.layout in (Layout.CALL, Layout.DOOR) else 1.0

    def px(self, units: float) -> float:
        """Whole pixels, rounded up."""
        return math.ceil(units * self.unit - 1e-6)

    def word_px(self, units: float) -> float:
        """Capitals of words that are no call, larger where one reads from far away."""
        return self.px(units * self.far)

    @property
    def body(self) -> Box:
        """Everything between the head and the free part at the bottom."""
        return Box(self.margin, self.top, self.width_px - 2 * self.margin, self.bottom - self.top)

    @property
    def gap(self) -> float:
        return self.px(20)

    @property
    def radius(self) -> float:
        return self.px(20)

    @property
    def rest(self) -> float:
        """Capitals of all that is not a call: departments, ranges, date, notes."""
        return self.word_px(_REST_UNITS)

    @property
    def call(self) -> CallSizes:
        """Of one call that is on; a long label may step down, never under the promised share."""
        if self.layout is Layout.CALL:
            return self._sizes(_FAR_PORTRAIT if self.portrait else _FAR_CALL)
        if self.layout is Layout.DOOR:
            return self._sizes(_DOOR_PORTRAIT if self.portrait else _DOOR_CALL)
        shares, whole = ((CALL_CAPITALS, 0.188, LEAST_CALL_CAPITALS), self.height_px)
        if self.portrait:
            shares, whole = (PORTRAIT_CALL_CAPITALS, 0.195, 0.18), self.width_px
        capitals = tuple(math.ceil(share * whole) for share in shares)
        return CallSizes(
            label=capitals,
            number=capitals,
            word=(self.px(88), self.px(78)),
            arrow=self.px(132 if self.portrait else 160),
            sides=(self.px(60), self.px(40), self.px(32)),
            gap=self.px(56),
            lines=2 if self.portrait else 1,
            above=self.px(14),
            keep_arrow=True,
        )

    def cell(self, calls: int, which: int = 0) -> CallSizes:
        """Of one of several calls that are on at once. which: from 0."""
        if calls <= 2:
            return self.call
        if not self.portrait:
            return self._sizes(_WIDE_CELL if calls == 3 and which == 2 else _CELL)
        return self._sizes(_CELL_OF_3_PORTRAIT if calls == 3 else _CELL_OF_4_PORTRAIT)

    def rows(self, kind: str) -> RowSizes:
        """kind: `call`, `idle` or `away`."""
        layout = Layout.CALL if self.layout is Layout.CALL else Layout.RECENT
        height, gap, *others = _ROWS[(layout, kind, self.portrait)]
        label, word, arrow, side = (self.px(units) for units in others)
        down = math.floor(height * self.unit), math.floor(gap * self.unit)
        return RowSizes(*down, label, word, arrow, side, stacked=self.portrait and layout is Layout.CALL)

    def fits(self, kind: str) -> int:
        """How many earlier calls stand at once. kind: `call`, `idle` or `away`."""
        if self.layout is Layout.CALL:
            return 2 if self.portrait and kind == "away" else 3
        return CALL_ROWS if kind == "call" else IDLE_ROWS

    def _sizes(self, units: CallSizes) -> CallSizes:
        """From layout units."""

        def px(sizes: tuple[float, ...]) -> tuple[float, ...]:
            return tuple(self.px(size) for size in sizes)

        label, number, word, sides = (px(sizes) for sizes in (units.label, units.number, units.word, units.sides))
        arrow, gap, above = (self.px(size) for size in (units.arrow, units.gap, units.above))
        return CallSizes(label, number, word, arrow, sides, gap, units.lines, above, units.keep_arrow)


_FAR_CALL: Final = CallSizes((272, 252, 240), (224, 212, 204), (152, 143), 200, (70, 50, 40), 46, 2, 24)
_FAR_PORTRAIT: Final = CallSizes((270, 240, 222), (270, 240, 222), (150, 140), 220, (60, 40, 32), 110, 3, 40)
_DOOR_CALL: Final = CallSizes((330, 300, 270), (330, 300, 270), (90, 80), 0, (70, 50, 40), 0, 1, 40)
_DOOR_PORTRAIT: Final = CallSizes((270, 240, 222), (270, 240, 222), (90, 80), 0, (60, 40, 32), 0, 1, 40)
_CELL: Final = CallSizes((195,), (122,), (84, 78), 110, (48, 40, 32, 20), 28, 2, 5)
_WIDE_CELL: Final = CallSizes((195,), (195,), (88, 78), 160, (60, 40, 32), 0, 1, 5, keep_arrow=True)
_CELL_OF_3_PORTRAIT: Final = CallSizes((212, 200), (150, 140), (84, 78), 124, (60, 40, 32), 46, 2, 8)
_CELL_OF_4_PORTRAIT: Final = CallSizes((160,), (122,), (78,), 110, (60, 40, 32), 24, 2, 3)

_ROWS: Final[dict[tuple[Layout, str, bool], tuple[float, float, float, float, float, float]]] = {
    (Layout.RECENT, "call", False): (103, 15, 60.5, 45, 72, 40),
    (Layout.RECENT, "idle", False): (150, 24, 87.5, 57.5, 96, 40),
    (Layout.RECENT, "away", False): (108, 16, 64.5, 45, 78, 40),
    (Layout.RECENT, "call", True): (98, 12, 61, 45, 72, 36),
    (Layout.RECENT, "idle", True): (134, 16, 84, 56, 88, 36),
    (Layout.RECENT, "away", True): (106, 14, 64, 46, 76, 36),
    (Layout.CALL, "idle", False): (202, 20, 118, 84, 130, 70),
    (Layout.CALL, "away", False): (146, 16, 98, 66, 110, 70),
    (Layout.CALL, "idle", True): (418, 20, 140, 90, 150, 60),
    (Layout.CALL, "away", True): (414, 20, 130, 84, 140, 60),
}


def grid(width_px: int, height_px: int, layout: Layout = Layout.RECENT) -> Grid:
    """The grid of a panel of any size and shape."""
    if height_px > width_px:
        unit = min(width_px / 1080, height_px / 1920)
        margin, head = 40 * unit, 192 * unit
    else:
        unit = min(width_px / 1920, height_px / 1080)
        margin, head = 0.026 * width_px, 125 * unit
    bottom = math.floor(height_px * (1 - (DOOR_FREE_BELOW if layout is Layout.DOOR else FREE_BELOW)))
    return Grid(width_px, height_px, unit, round(margin), math.ceil(head), bottom, layout)
