"""Colour arithmetic for whoever decides about colours and whoever draws with them: contrast, and what can be read.

Colours are `#RRGGBB`. Standard library only, no clock, no chance, no disk.
"""

import math
import re
from typing import Final

Colour = str

WHITE: Final[Colour] = "#FFFFFF"
PAPER: Final[Colour] = "#F6F8F7"
"""The ground of kiosk and pages; a clinic's colour stands on it and on white, and white on it."""
READABLE: Final = 7.0
"""Least contrast of words (WCAG 2.2, AAA)."""
_WRITTEN = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)
_HALVINGS = 24
"""Of an interval that is searched: far below one of 256 steps."""


def is_colour(text: str) -> bool:
    return _WRITTEN.fullmatch(text) is not None


def rgb(colour: Colour) -> tuple[int, int, int]:
    """`#RRGGBB` as three values of 0..255. Raises ValueError for anything else."""
    if not is_colour(colour):
        raise ValueError(f"not a colour: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0..1 (WCAG 2.2)."""
    red, green, blue = (_linear(value / 255) for value in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour: Colour) -> bool:
    """Whether words in it can be read on white and on paper, and white words on it."""
    return contrast(colour, PAPER) >= READABLE


def nearest_readable(colour: Colour) -> Colour:
    """The lightest readable colour of the same hue, as colourful as it was or as such a dark one can be.

    Darkened in OKLCH, where equal steps look equal; a colour that can be read stays as it is.
    """
    if is_readable(colour):
        return colour.upper()
    lightness, chroma, hue = oklch(colour)
    dark, light = 0.0, lightness
    for _ in range(_HALVINGS):
        middle = (dark + light) / 2
        if is_readable(_drawn(middle, chroma, hue)):
            dark = middle
        else:
            light = middle
    return _drawn(dark, chroma, hue)


def oklch(colour: Colour) -> tuple[float, float, float]:
    """Lightness 0..1, chroma, hue in radians, by the published matrices of OKLab (2020)."""
    red, green, blue = (_linear(value / 255) for value in rgb(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _drawn(lightness: float, chroma: float, hue: float) -> Colour:
    """The colour, with less chroma where a screen has no such colour."""
    least, most = 0.0, 1.0
    if _on_a_screen(_linear_rgb(lightness, chroma, hue)):
        least = 1.0
    else:
        for _ in range(_HALVINGS):
            middle = (least + most) / 2
            if _on_a_screen(_linear_rgb(lightness, chroma * middle, hue)):
                least = middle
            else:
                most = middle
    parts = (round(255 * _gamma(min(max(part, 0.0), 1.0))) for part in _linear_rgb(lightness, chroma * least, hue))
    return "#" + "".join(f"{part:02X}" for part in parts)


def _linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _on_a_screen(parts: tuple[float, float, float]) -> bool:
    return all(-1e-6 <= part <= 1 + 1e-6 for part in parts)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
