"""A finger of flesh for Kivy: a motion event as a touchscreen would send it."""

import itertools
from typing import Any

from kivy.input.motionevent import MotionEvent

_numbers = itertools.count(1)


class Finger(MotionEvent):  # type: ignore[misc]
    """Position as shares of the window, from the bottom left."""

    def __init__(self, share_x: float, share_y: float) -> None:
        place = {"x": share_x, "y": share_y}
        super().__init__("finger", next(_numbers), place, is_touch=True, type_id="touch")
        self.profile = ["pos"]

    def depack(self, args: Any) -> None:
        self.sx = args["x"]
        self.sy = args["y"]
        super().depack(args)


def finger(share_x: float, share_y: float) -> Finger:
    """A new finger, not yet down."""
    return Finger(share_x, share_y)
