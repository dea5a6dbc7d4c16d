"""Places and sizes of the display's screens. Landscape is laid out on 1920 x 1080 units, portrait on 1080 x 1920, and
everything is scaled to the panel; nothing stands in the bottom tenth (heads hide it, and TVs cut there)."""

import math
from dataclasses import dataclass
from typing import Final

from smartqueue.look.scene import Box

CALL_ROWS: Final = 4
IDLE_ROWS: Final = 5
FREE_BELOW: Final = 0.10
"""Share of the height that stays free at the bottom."""
CALL_CAPITALS: Final = 0.197
"""Capitals of the label on call in landscape, as a share of the height."""
LEAST_CALL_CAPITALS: Final = 0.18
PORTRAIT_CALL_CAPITALS: Final = 0.215
"""In portrait, as a share of the width: 18 % of the height would not fit four signs into it."""


@dataclass(frozen=True, slots=True)
class RowSizes:
    """Of one row of the history, in pixels. label, word: heights of capitals."""

    height: float
    gap: float
    label: float
    word: float
    arrow: float
    side: float


@dataclass(frozen=True, slots=True)
class Grid:
    """One panel. unit: pixels of one layout unit. All boxes and sizes are in pixels."""

    width_px: int
    height_px: int
    unit: float
    margin: float
    top: float
    bottom: float

    @property
    def portrait(self) -> bool:
        return self.height_px > self.width_px

    def px(self, units: float) -> float:
        """Whole pixels, rounded up."""
        return math.ceil(units * self.unit - 1e-6)

    @property
    def body(self) -> Box:
        """Everything between the head and the free tenth at the bottom."""
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
        return self.px(28.5)

    @property
    def call(self) -> tuple[float, ...]:
        """Capitals of label and room number on call; a long label may step down, never under the promised share."""
        if self.portrait:
            return tuple(math.ceil(share * self.width_px) for share in (PORTRAIT_CALL_CAPITALS, 0.195, 0.18))
        return tuple(math.ceil(share * self.height_px) for share in (CALL_CAPITALS, 0.188, LEAST_CALL_CAPITALS))

    @property
    def call_word(self) -> tuple[float, ...]:
        """Capitals of the word before the room's number on call."""
        return tuple(self.px(units) for units in (88, 78))

    def rows(self, kind: str) -> RowSizes:
        """kind: `call`, `idle` or `away`."""
        height, gap, label, word, arrow, side = _ROWS[(kind, self.portrait)]
        down = math.floor(height * self.unit), math.floor(gap * self.unit)
        return RowSizes(*down, *(self.px(units) for units in (label, word, arrow, side)))


_ROWS: Final[dict[tuple[str, bool], tuple[float, float, float, float, float, float]]] = {
    ("call", False): (103, 15, 60.5, 45, 72, 40),
    ("idle", False): (150, 24, 87.5, 57.5, 96, 40),
    ("away", False): (108, 16, 64.5, 45, 78, 40),
    ("call", True): (98, 12, 61, 45, 72, 36),
    ("idle", True): (134, 16, 84, 56, 88, 36),
    ("away", True): (106, 14, 64, 46, 76, 36),
}


def grid(width_px: int, height_px: int) -> Grid:
    """The grid of a panel of any size and shape."""
    if height_px > width_px:
        unit = min(width_px / 1080, height_px / 1920)
        margin, head = 40 * unit, 192 * unit
    else:
        unit = min(width_px / 1920, height_px / 1080)
        margin, head = 0.026 * width_px, 125 * unit
    bottom = math.floor(height_px * (1 - FREE_BELOW))
    return Grid(width_px, height_px, unit, round(margin), math.ceil(head), bottom)
