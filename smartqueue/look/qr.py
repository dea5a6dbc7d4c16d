"""QR codes: alphanumeric mode keeps them small, error correction M, whole pixels for each module."""

from dataclasses import dataclass
from functools import lru_cache

import segno
from PIL import Image

QUIET_MODULES = 4
"""Width of the white border that readers need."""


@dataclass(frozen=True, slots=True)
class Code:
    """rows of dark (1) and light (0) modules, without the quiet zone."""

    rows: tuple[bytes, ...]

    @property
    def modules(self) -> int:
        return len(self.rows)

    @property
    def modules_with_quiet(self) -> int:
        return self.modules + 2 * QUIET_MODULES


@lru_cache(maxsize=64)
def encode(data: str) -> Code:
    """The smallest code of level M or better. Data in capitals (A-Z 0-9 $%*+-./: and space) needs fewest modules."""
    made = segno.make_qr(data, error="m", boost_error=False)
    return Code(tuple(bytes(row) for row in made.matrix))


def module_px(data: str, box_px: float) -> int:
    """Largest whole number of pixels a module for which code and quiet zone fit in a square of box_px; 0: none."""
    return int(box_px // encode(data).modules_with_quiet)


def mask(data: str, px: int) -> Image.Image:
    """The dark modules as an 8-bit mask (255 = dark), px pixels each, quiet zone around."""
    code = encode(data)
    size = code.modules_with_quiet
    small = Image.new("L", (size, size), 0)
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            if dark:
                small.putpixel((x + QUIET_MODULES, y + QUIET_MODULES), 255)
    return small.resize((size * px, size * px), Image.Resampling.NEAREST)
