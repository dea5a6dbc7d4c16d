"""A ticket as what a printer puts on paper one below the other: pictures, lines of its own text, its QR codes. Pure.

Sides are the paper's: `left` is left also for a language that is read from the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PIL import Image

from smartqueue.look import qr

CHAR_DOTS = 24
"""Height of a character of the printer's own larger font."""
CLOSE_DOTS, _USUAL_DOTS = 26, 34
"""From line to line at 203 dpi where they stand close, and elsewhere. Printers that count in finer steps put them
closer, but never into each other."""


class Side(IntEnum):
    """The n of `ESC a`."""

    LEFT = 0
    MIDDLE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """image: 1 bit, 0 = ink. doubled: each dot printed as two by two, for a quarter of the bytes."""

    image: Image.Image
    side: Side = Side.MIDDLE
    doubled: bool = False

    @property
    def size_dots(self) -> tuple[int, int]:
        times = 2 if self.doubled else 1
        return self.image.width * times, self.image.height * times


@dataclass(frozen=True, slots=True)
class Line:
    """One line in the printer's own larger font. wide, tall: 1 or 2 times; inverse: white on black; close: with less
    white to the next one than printers give by themselves."""

    text: str
    side: Side = Side.LEFT
    bold: bool = False
    wide: int = 1
    tall: int = 1
    inverse: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class QrCode:
    """Drawn by the printer. module_dots: side of a module, 1 to 16."""

    data: str
    module_dots: int
    side: Side = Side.MIDDLE

    @property
    def size_dots(self) -> int:
        return qr.encode(self.data).modules * self.module_dots


Strip = Picture | Line | QrCode
Strips = tuple[Strip, ...]


def one_picture(image: Image.Image) -> Strips:
    """A ticket that was drawn as a whole."""
    return (Picture(image),)


def rule(width_dots: int) -> Picture:
    """A line across the paper, two dots high."""
    return Picture(Image.new("1", (width_dots // 2, 1), 0), Side.LEFT, doubled=True)


def gap(dots: int) -> Picture:
    """White. As a picture, since printers differ in how far they feed for a number."""
    return Picture(Image.new("1", (8, max(1, dots)), 1), Side.LEFT)


def height_dots(strips: Sequence[Strip], line_dots: int) -> int:
    """How long they are on paper. line_dots: of a line of ordinary text, which is 1/6 inch."""
    return sum(_height(strip, line_dots) for strip in strips)


def _height(strip: Strip, line_dots: int) -> int:
    match strip:
        case Picture():
            return strip.size_dots[1]
        case Line():
            pitch = round(line_dots * CLOSE_DOTS / _USUAL_DOTS) if strip.close else line_dots
            return max(pitch, CHAR_DOTS * strip.tall)
        case QrCode():
            return strip.size_dots
