"""A screen as plain data: boxes with texts, icons and panels, and what a touch on each place means.

All boxes are in pixels, origin top left, y down. Screens are built for left-to-right; `Scene.mirrored()` turns one
round for right-to-left languages. The order of items is the order of drawing. Nothing here draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

Align = Literal["start", "center", "end"]
"""Side of the box, as built for left-to-right: start is left. Mirroring a scene exchanges start and end."""
Valign = Literal["top", "middle", "bottom"]
"""Capitals touch the box's top, stand in its middle, or have their baseline on its bottom. With several lines the
block from the first line's capitals to the last baseline is placed so. Descenders and marks hang outside."""
Weight = Literal[400, 700]
Corners = tuple[bool, bool, bool, bool]
"""Which corners are round: top start, top end, bottom end, bottom start."""

ALL_CORNERS: Corners = (True, True, True, True)
START_CORNERS: Corners = (True, False, False, True)

_OTHER_SIDE: dict[Align, Align] = {"start": "end", "center": "center", "end": "start"}


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def inset(self, dx: float, dy: float | None = None) -> "Box":
        """Smaller by dx on the left and right and by dy (default dx) at top and bottom; negative grows."""
        dy = dx if dy is None else dy
        return Box(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)

    def moved(self, dx: float, dy: float) -> "Box":
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def encloses(self, other: "Box", slack: float = 0.0) -> bool:
        """The other box lies inside this one; `slack` px may stand out."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def overlaps(self, other: "Box", slack: float = 0.0) -> bool:
        """The two share an area that is more than `slack` px wide and high."""
        wide = min(self.right, other.right) - max(self.x, other.x)
        high = min(self.bottom, other.bottom) - max(self.y, other.y)
        return wide > slack and high > slack

    def columns(self, *shares: float, gap: float = 0.0) -> tuple["Box", ...]:
        """Side by side from the start, widths in these proportions, `gap` px between them."""
        unit = (self.w - gap * (len(shares) - 1)) / sum(shares)
        boxes, x = [], self.x
        for share in shares:
            boxes.append(Box(x, self.y, unit * share, self.h))
            x += unit * share + gap
        return tuple(boxes)

    def rows(self, *shares: float, gap: float = 0.0) -> tuple["Box", ...]:
        """One below the other, heights in these proportions, `gap` px between them."""
        unit = (self.h - gap * (len(shares) - 1)) / sum(shares)
        boxes, y = [], self.y
        for share in shares:
            boxes.append(Box(self.x, y, self.w, unit * share))
            y += unit * share + gap
        return tuple(boxes)

    def split_left(self, width: float, gap: float = 0.0) -> tuple["Box", "Box"]:
        """A box of this width at the start, and what remains beyond the gap."""
        return (
            Box(self.x, self.y, width, self.h),
            Box(self.x + width + gap, self.y, self.w - width - gap, self.h),
        )

    def split_right(self, width: float, gap: float = 0.0) -> tuple["Box", "Box"]:
        """What remains before the gap, and a box of this width at the end."""
        rest = self.w - width - gap
        return Box(self.x, self.y, rest, self.h), Box(self.right - width, self.y, width, self.h)

    def split_top(self, height: float, gap: float = 0.0) -> tuple["Box", "Box"]:
        return (
            Box(self.x, self.y, self.w, height),
            Box(self.x, self.y + height + gap, self.w, self.h - height - gap),
        )

    def split_bottom(self, height: float, gap: float = 0.0) -> tuple["Box", "Box"]:
        """What remains above the gap, and a box of this height at the bottom."""
        rest = self.h - height - gap
        return Box(self.x, self.y, self.w, rest), Box(self.x, self.bottom - height, self.w, height)

    def centred(self, w: float, h: float) -> "Box":
        """A box of this size in the middle of this one."""
        return Box(self.x + (self.w - w) / 2, self.y + (self.h - h) / 2, w, h)


@dataclass(frozen=True, slots=True)
class Panel:
    """A rectangle with round corners; a radius of half its width makes a disc. The edge lies inside the box."""

    box: Box
    fill: str | None = None
    edge: str | None = None
    edge_px: float = 0.0
    radius_px: float = 0.0
    dashed: bool = False
    corners: Corners = ALL_CORNERS


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one weight and colour. `lines` is how many lines they may take; `smaller_px` are further capital
    heights to step down to; `leading` is the line height in em (0: the language's own); tight is for labels and
    large names."""

    box: Box
    text: str
    language: str
    capital_px: float
    weight: Weight = 400
    colour: str = "#10242B"
    align: Align = "start"
    valign: Valign = "middle"
    lines: int = 1
    tight: bool = False
    smaller_px: tuple[float, ...] = ()
    leading: float = 0.0


@dataclass(frozen=True, slots=True)
class Icon:
    """A drawing of `icons.py`, as large as the box allows and in its middle. Directional ones turn when mirrored."""

    box: Box
    name: str
    colour: str
    directional: bool = False
    flipped: bool = False


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code with its quiet zone in whole pixels for each module, in the middle of the box; always dark on white."""

    box: Box
    data: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A plain rectangle: rules, progress."""

    box: Box
    colour: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture from a file, as large as the box allows without cutting or stretching."""

    box: Box
    path: Path


@dataclass(frozen=True, slots=True)
class Target:
    """What a touch in the box means; not drawn. Later targets lie above earlier ones."""

    box: Box
    key: str


Item = Panel | Text | Icon | Qr | Bar | Photo


def _mirrored_box(box: Box, width: float) -> Box:
    return Box(width - box.right, box.y, box.w, box.h)


def _mirrored_item(item: Item, width: float) -> Item:
    box = _mirrored_box(item.box, width)
    match item:
        case Text():
            return replace(item, box=box, align=_OTHER_SIDE[item.align])
        case Icon():
            return replace(item, box=box, flipped=item.flipped != item.directional)
        case Panel():
            top_start, top_end, bottom_end, bottom_start = item.corners
            return replace(item, box=box, corners=(top_end, top_start, bottom_start, bottom_end))
        case _:
            return replace(item, box=box)


@dataclass(frozen=True)
class Scene:
    """A whole screen. `name` says which one it is, for logs and remote control."""

    width_px: int
    height_px: int
    ground: str
    items: tuple[Item, ...]
    targets: tuple[Target, ...] = ()
    name: str = ""

    def mirrored(self) -> "Scene":
        """The same screen for right-to-left readers: places turned round, words and digits as they are."""
        width = float(self.width_px)
        return replace(
            self,
            items=tuple(_mirrored_item(item, width) for item in self.items),
            targets=tuple(replace(target, box=_mirrored_box(target.box, width)) for target in self.targets),
        )

    def target_at(self, x: float, y: float) -> Target | None:
        """The uppermost target under this point."""
        return next((target for target in reversed(self.targets) if target.box.contains(x, y)), None)

    def target(self, key: str) -> Target | None:
        return next((target for target in self.targets if target.key == key), None)

    def texts(self) -> Iterator[Text]:
        return (item for item in self.items if isinstance(item, Text))
