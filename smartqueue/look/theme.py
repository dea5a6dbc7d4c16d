"""The one file of values for screens, pages and tickets: colours with checked contrast, type scale, spacing, corners.

Colours are `#RRGGBB`. Light is for kiosk and pages, night for display and caller panel. Standard library only.
"""

from dataclasses import dataclass
from functools import cache

from smartqueue.colours import PAPER, READABLE, Colour, contrast, luminance, rgb

__all__ = ["Colour", "contrast", "luminance", "rgb"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme. Text, quiet, primary and trouble may stand on ground and on card."""

    name: str
    ground: Colour
    card: Colour
    text: Colour
    quiet: Colour
    edge: Colour
    rule: Colour
    """Thin lines between rows; never the only sign of anything."""
    primary: Colour
    """Of the main key, and of icons and words that are chosen."""
    on_primary: Colour
    accent: Colour
    """Progress on a primary key, lamps."""
    call: Colour
    """Ground of a call, and of nothing else."""
    on_call: Colour
    trouble: Colour
    """Words and icons of trouble and emergency on ground and card."""
    trouble_ground: Colour
    on_trouble: Colour


LIGHT = Theme(
    name="light",
    ground=PAPER,
    card="#FFFFFF",
    text="#10242B",
    quiet="#44565C",
    edge="#7A8C91",
    rule="#D5DDDD",
    primary="#0A5A52",
    on_primary="#FFFFFF",
    accent="#5FE0C2",
    call="#FFC53D",
    on_call="#1A1300",
    trouble="#A3121F",
    trouble_ground="#A3121F",
    on_trouble="#FFFFFF",
)
NIGHT = Theme(
    name="night",
    ground="#0B1F2A",
    card="#13303D",
    text="#F4F7F5",
    quiet="#B4C4C9",
    edge="#607C87",
    rule="#2A4A59",
    primary="#5FE0C2",
    on_primary="#0B1F2A",
    accent="#5FE0C2",
    call="#FFC53D",
    on_call="#1A1300",
    trouble="#FFA098",
    trouble_ground="#A3121F",
    on_trouble="#FFFFFF",
)
CONTRAST = Theme(
    name="contrast",
    ground="#000000",
    card="#000000",
    text="#FFFFFF",
    quiet="#EDEDED",
    edge="#FFFFFF",
    rule="#8C8C8C",
    primary="#FFE14D",
    on_primary="#000000",
    accent="#000000",
    call="#FFE14D",
    on_call="#000000",
    trouble="#FFE9E6",
    trouble_ground="#FFFFFF",
    on_trouble="#000000",
)
"""For who sees little: at least 15:1 for words. A trouble's band is inverse, departments' tiles have no colour."""

LED_GREEN: Colour = "#7BE37F"
LED_BLUE: Colour = "#86B6FF"
"""Light of a lamp of three colours, drawn on the night theme's card; both together are its primary colour."""

DEPARTMENT_GROUNDS: tuple[Colour, ...] = (
    "#0B4F8A",
    "#5B3A8C",
    "#2F5D1E",
    "#7A1F5C",
    "#6B3E12",
    "#37474F",
    "#0A5A52",
    "#8A1C2B",
)
"""Grounds for white text, given out in this order; letter and icon always stand with them."""
ON_DEPARTMENT: Colour = "#FFFFFF"

SCALE = 1.25
"""One step of the type scale."""
LEADING_NAME = 0.93
"""Line height of names set tight on two lines, in em."""
PAGE_SIZES_PX = (16, 20, 25, 31)
"""Type sizes of pages; nothing is smaller."""
FONT_FAMILIES = '"Noto Sans", "Noto Sans Devanagari", "Noto Sans Arabic", sans-serif'


MARGIN_MM = 4.0
GAP_MM = 3.0
RADIUS_MM = 3.06
EDGE_MM = 0.5
TARGET_MM = 20.0
"""Least width and height of anything to touch."""

CONTRAST_TEXT = READABLE
CONTRAST_EDGE = 3.0


def department_ground(index: int) -> Colour:
    """Colour of the department with this index among the grounds; starts again after the last."""
    return DEPARTMENT_GROUNDS[index % len(DEPARTMENT_GROUNDS)]


@cache
def lightened(colour: Colour, ground: Colour, least: float) -> Colour:
    """The colour with as much white as it needs to have at least this contrast with the ground."""
    parts = rgb(colour)
    for share in range(11):
        mixed = "#" + "".join(f"{round(part + (255 - part) * share / 10):02X}" for part in parts)
        if contrast(mixed, ground) >= least:
            break
    return mixed


def step(base: float, n: int) -> float:
    """`base` moved by n steps of the type scale (negative: smaller)."""
    return base * SCALE**n


def space(base: float, eighths: int) -> float:
    """Spacing in eighths of a base size."""
    return base * eighths / 8


def _properties(theme: Theme) -> str:
    names = (name for name in Theme.__slots__ if name != "name")
    return " ".join(f"--{name.replace('_', '-')}: {getattr(theme, name)};" for name in names)


def css() -> str:
    """A style sheet with every value as a custom property: light on `:root`, night on `[data-theme=night]`."""
    grounds = " ".join(f"--department-{n}: {ground};" for n, ground in enumerate(DEPARTMENT_GROUNDS))
    sizes = " ".join(f"--size-{n}: {size}px;" for n, size in enumerate(PAGE_SIZES_PX))
    return (
        f":root {{ {_properties(LIGHT)} {grounds} {sizes} --radius: 12px; --font: {FONT_FAMILIES}; }}\n"
        f"[data-theme=night] {{ {_properties(NIGHT)} }}\n"
    )
