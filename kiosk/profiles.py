"""What kinds of printers there are, as data: paper, images, own text, own QR codes, cutter, what they answer. Pure.

Code pages and widths are those that the makers document; a generic profile claims only what nearly all of them can.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.paper import PAPER_58, PAPER_80, Paper


class Cut(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    """Torn off by hand at an edge."""


class ImageWay(StrEnum):
    """The three commands for images; values are the encoder's names."""

    RASTER = "bitImageRaster"
    GRAPHICS = "graphics"
    COLUMNS = "bitImageColumn"


class Status(StrEnum):
    """Which questions it answers."""

    ORDERED = "ordered"
    """`DLE EOT`, and `GS r` behind the data: it can say that a ticket is on paper."""
    REALTIME = "realtime"
    """`DLE EOT` only."""
    NONE = "none"
    """It prints and says nothing."""


CodePages = tuple[tuple[str, int], ...]
"""Codec and the number that `ESC t` takes for it, in the order in which they are tried."""

COMMON_PAGES: CodePages = (("cp437", 0), ("cp850", 2), ("cp1252", 16), ("cp858", 19))
"""Numbers that Epson gave and nearly everybody took over."""
EPSON_PAGES: CodePages = (*COMMON_PAGES, ("cp852", 18), ("iso8859_15", 40), ("cp1250", 45), ("cp1254", 48))
FONT_A_DOTS = 12
"""Width of a character of the printer's own larger font."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What one kind of printer needs and can do.

    dpi: dots per inch, both ways; feed_lines: of 1/6 inch, from the print head past the cutter; strip_dots: height of
    one image command: the paper moves after the first. qr: it draws QR codes itself.
    """

    name: str
    about: str = ""
    width_dots: int = 576
    dpi: int = 203
    cut: Cut = Cut.PARTIAL
    feed_lines: int = 4
    image_way: ImageWay = ImageWay.RASTER
    strip_dots: int = 24
    code_pages: CodePages = COMMON_PAGES
    qr: bool = False
    status: Status = Status.ORDERED

    @property
    def paper(self) -> Paper:
        """The paper it prints on, in its own dots."""
        paper = PAPER_58 if self.width_dots < 480 * self.dpi / 203 else PAPER_80
        dots_per_mm = paper.dots_per_mm if self.dpi == 203 else self.dpi / 25.4
        return replace(paper, width_dots=self.width_dots, dots_per_mm=dots_per_mm)

    @property
    def line_dots(self) -> int:
        """Height of a line of its own text: 1/6 inch."""
        return round(self.dpi / 6)

    @property
    def columns(self) -> int:
        """Characters in a line of its own text."""
        return self.width_dots // FONT_A_DOTS


_ALL = (
    Profile("generic-80mm", "any ESC/POS printer for 80 mm paper"),
    Profile("generic-58mm", "any ESC/POS printer for 58 mm paper", width_dots=384),
    Profile("epson-tm-t20", "Epson TM-T20II, TM-T20III, TM-m30 and others of 203 dpi", code_pages=EPSON_PAGES, qr=True),
    Profile(
        "epson-tm-t88",
        "Epson TM-T88V, VI, VII and others of 180 dpi",
        width_dots=512,
        dpi=180,
        code_pages=EPSON_PAGES,
        qr=True,
    ),
    Profile("star-escpos", "Star TSP100IV, TSP650II, mC-Print3, switched to ESC/POS", qr=True),
    Profile(
        "cheap-80mm",
        "80 mm printers that take images and cut, but answer only the short status questions",
        status=Status.REALTIME,
    ),
    Profile(
        "cheap-58mm",
        "58 mm printers without cutter that answer nothing",
        width_dots=384,
        cut=Cut.NONE,
        feed_lines=3,
        code_pages=(("cp437", 0),),
        status=Status.NONE,
    ),
)
PROFILES: dict[str, Profile] = {profile.name: profile for profile in _ALL}
GENERIC: dict[str, Profile] = {name: PROFILES[f"generic-{name}"] for name in ("80mm", "58mm")}
"""By the paper's name, where nobody says which printer it is."""
