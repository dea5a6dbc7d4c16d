"""A physical panel: pixels and millimetres. Layouts are computed from millimetres and rounded up. No drawing here."""

import math
from dataclasses import dataclass

_KNOWN_WIDTHS_MM: dict[tuple[int, int], float] = {
    (800, 480): 154.0,  # 7 inches
    (1024, 600): 154.0,  # 7 inches
    (1280, 800): 217.0,  # 10.1 inches
    (1366, 768): 344.0,  # 15.6 inches
    (1920, 1200): 217.0,  # 10.1 inches, fine
    (1080, 1920): 194.0,  # 15.6 inches upright
    (720, 1280): 194.0,  # 15.6 inches upright
    (800, 1280): 136.0,  # 10.1 inches upright
    (600, 1024): 90.0,  # 7 inches upright
    (480, 800): 93.0,  # 7 inches upright
}
_TV_DIAGONAL_INCH = 43.0
_GUESS_MM_PER_PX = 0.17
_MM_PER_INCH = 25.4
_TV_FROM_PX = 1900


@dataclass(frozen=True, slots=True)
class Screen:
    """A panel of width_px x height_px square pixels that is width_mm wide."""

    width_px: int
    height_px: int
    width_mm: float

    def __post_init__(self) -> None:
        if self.width_px < 1 or self.height_px < 1 or self.width_mm <= 0:
            raise ValueError(f"not a screen: {self.width_px}x{self.height_px} px, {self.width_mm} mm wide")

    @property
    def mm_per_px(self) -> float:
        return self.width_mm / self.width_px

    @property
    def height_mm(self) -> float:
        return self.height_px * self.mm_per_px

    @property
    def portrait(self) -> bool:
        return self.height_px > self.width_px

    def px(self, mm: float) -> int:
        """Whole pixels that are at least `mm` millimetres."""
        return math.ceil(mm / self.mm_per_px - 1e-6)

    def near_px(self, mm: float) -> int:
        """The whole number of pixels nearest to `mm` millimetres: for gaps and margins that need not be exact."""
        return max(1, round(mm / self.mm_per_px))

    def mm(self, px: float) -> float:
        return px * self.mm_per_px

    def capital_px(self, mm: float) -> int:
        """Height in whole pixels of capitals that must be at least `mm` millimetres high."""
        return self.px(mm)


def from_diagonal(width_px: int, height_px: int, inches: float) -> Screen:
    """A screen sold by its diagonal, as televisions are."""
    diagonal_px = math.hypot(width_px, height_px)
    return Screen(width_px, height_px, inches * _MM_PER_INCH * width_px / diagonal_px)


def guess(width_px: int, height_px: int, width_mm: float | None = None, inches: float | None = None) -> Screen:
    """The screen of this size. What is configured (width_mm, else diagonal in inches) rules; else a sensible guess."""
    if width_mm is not None:
        return Screen(width_px, height_px, width_mm)
    if inches is not None:
        return from_diagonal(width_px, height_px, inches)
    known = _KNOWN_WIDTHS_MM.get((width_px, height_px))
    if known is not None:
        return Screen(width_px, height_px, known)
    if width_px >= _TV_FROM_PX:
        return from_diagonal(width_px, height_px, _TV_DIAGONAL_INCH)
    return Screen(width_px, height_px, width_px * _GUESS_MM_PER_PX)


def parse_size(text: str) -> tuple[int, int]:
    """`1280x800` as numbers. Raises ValueError with one clear line."""
    width, cross, height = text.lower().partition("x")
    if cross and width.isdecimal() and height.isdecimal() and int(width) >= 1 and int(height) >= 1:
        return int(width), int(height)
    raise ValueError(f"a size is written WIDTHxHEIGHT, such as 1280x800, not {text!r}")
