"""Places and sizes of the display's screens. Landscape is laid out on 1920 x 1080 units, portrait on 1080 x 1920, and
everything is scaled to the panel; nothing stands in the bottom tenth (heads hide it, and TVs cut there), but at a door,
which nobody sits before."""

import math
from dataclasses import dataclass, field, replace
from typing import Final

from display.board import Layout
from display.screens.sizes import ROWS, CallSizes, RowSizes, call_sizes
from smartqueue.look.scene import Box

__all__ = ["CALL_ROWS", "IDLE_ROWS", "CallSizes", "Grid", "RowSizes", "grid"]

CALL_ROWS: Final = 4
IDLE_ROWS: Final = 5
FREE_BELOW: Final = 0.10
"""Share of the height that stays free at the bottom."""
DOOR_FREE_BELOW: Final = 0.04
FAR: Final = 1.65
"""How much larger all but the call is where one call at a time is shown, to be read from far away."""
DOOR: Final = 1.75
"""The same at a door."""
_REST_UNITS: Final = 28.5


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
        return {Layout.CALL: FAR, Layout.DOOR: DOOR}.get(self.layout, 1.0)

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

    def calls(self, count: int) -> tuple[CallSizes, ...]:
        """Ways to set each of so many calls that share the screen, the most wanted first, in pixels. What must be a
        share of the panel (the label, and the number beside it) follows its height, in portrait its width."""
        share = self.unit
        if self.layout not in (Layout.CALL, Layout.DOOR):
            share = (self.width_px if self.portrait else self.height_px) / 1080
        return tuple(self._in_px(one, share) for one in call_sizes(self.layout, count, upright=self.portrait))

    @property
    def call(self) -> CallSizes:
        """Of one call that is on, as it is wanted."""
        return self.calls(1)[0]

    def rows(self, kind: str) -> RowSizes:
        """kind: `call`, `idle` or `away`."""
        layout = Layout.CALL if self.layout is Layout.CALL else Layout.RECENT
        height, gap, *others = ROWS[(layout, kind, self.portrait)]
        label, word, arrow, side = (self.px(units) for units in others)
        down = math.floor(height * self.unit), math.floor(gap * self.unit)
        stacked = self.portrait and layout is Layout.CALL
        return RowSizes(*down, label, word, arrow, side, stacked=stacked)

    def fits(self, kind: str) -> int:
        """How many earlier calls stand at once. kind: `call`, `idle` or `away`."""
        if self.layout is Layout.CALL:
            return 3
        return CALL_ROWS if kind == "call" else IDLE_ROWS

    def _in_px(self, units: CallSizes, share: float) -> CallSizes:
        def px(sizes: tuple[float, ...], unit: float = self.unit) -> tuple[float, ...]:
            return tuple(math.ceil(size * unit - 1e-6) for size in sizes)

        return replace(
            units,
            label=px(units.label, share),
            number=px(units.number),
            word=px(units.word),
            arrow=px(units.arrow),
            sides=px(units.sides),
            gap=self.px(units.gap),
            above=self.px(units.above),
        )


def grid(width_px: int, height_px: int, layout: Layout = Layout.RECENT) -> Grid:
    """The grid of a panel of any size and shape."""
    if height_px > width_px:
        unit = min(width_px / 1080, height_px / 1920)
        margin, head = 40 * unit, (226 if layout is Layout.CALL else 192) * unit
    else:
        unit = min(width_px / 1920, height_px / 1080)
        margin, head = 0.026 * width_px, 125 * unit
    bottom = math.floor(height_px * (1 - (DOOR_FREE_BELOW if layout is Layout.DOOR else FREE_BELOW)))
    return Grid(width_px, height_px, unit, round(margin), math.ceil(head), bottom, layout)
