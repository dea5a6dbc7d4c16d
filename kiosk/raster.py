"""Draws what an ESC/POS printer would put on paper, dot for dot, from the bytes it was sent. Pure.

Raster images in the three ways that encoders send them, text in the printer's own cells and code pages, QR codes,
feeds and cuts. What it does not know or what would not fit is told in `Printed.problems`, because a real printer would
print rubbish there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from kiosk.command_stream import Command, CommandStream, is_known
from kiosk.profiles import EPSON_PAGES
from smartqueue.look import qr, typeset

DEFAULT_WIDTH_DOTS = 576
LINE_DOTS = 34
"""One line of 1/6 inch at 203 dpi."""
CUTTER_DOTS = 96
"""About 12 mm from head to cutter: a cut without that much feed goes through the print."""
LONGEST_DOTS = 8000
"""One metre; more without a cut is cut off and told."""
_FONT_CELLS = {0: (12, 24), 1: (9, 17)}
_FEEDING_CUTS = (65, 66, 97, 98, 103, 104)
_CAPITAL_SHARE, _BASELINE_SHARE = 0.68, 0.78
"""Of the height of a cell: how high capitals are, and where they stand."""
_INK_FROM = 110
_PAGES = {number: codec for codec, number in EPSON_PAGES}


@dataclass(frozen=True, slots=True)
class Printed:
    """One piece of paper. image: 1 bit, 0 = ink; cut: it was cut off and not just left hanging.

    texts: the lines that were printed as text; codes: what its QR codes hold, if the printer drew them.
    """

    image: Image.Image
    cut: bool
    problems: tuple[str, ...]
    texts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        return self.image.getextrema()[0] != 0


def draw(data: bytes, width_dots: int = DEFAULT_WIDTH_DOTS) -> list[Printed]:
    """Every piece of paper that these bytes make; the last one may be uncut."""
    sheet = Sheet(width_dots)
    stream = CommandStream()
    pieces = sheet.put_all(stream.feed(data))
    if stream.begun:
        sheet.note(f"ends inside a command ({stream.begun[:8].hex(' ')} ...)")
    last = sheet.tear()
    return [*pieces, last] if last else pieces


class Sheet:
    """The paper under the head: takes commands, gives a piece back at each cut."""

    def __init__(self, width_dots: int = DEFAULT_WIDTH_DOTS) -> None:
        self.width_dots = width_dots
        self._start()
        self._reset()

    def put_all(self, commands: Iterable[Command]) -> list[Printed]:
        return [piece for command in commands if (piece := self.put(command))]

    def put(self, command: Command) -> Printed | None:
        """Obey one command; the finished piece when it was a cut."""
        if command.code == b"\x1dV":
            return self._cut(command.args)
        act = _ACTS.get(command.code)
        if act:
            act(self, command.args)
        elif not is_known(command):
            self.note(f"unknown command {command.raw[:8].hex(' ')}")
        return None

    def tear(self) -> Printed | None:
        """What is under the head without a cut; None when nothing was printed or fed."""
        self._line_feed_if_text()
        return self._piece(cut=False) if self._y else None

    def note(self, problem: str) -> None:
        if problem not in self._problems:
            self._problems.append(problem)

    def _start(self) -> None:
        self._y = 0
        self._inked_to = 0
        self._marks: list[tuple[int, int, Image.Image]] = []
        self._problems: list[str] = []
        self._texts: list[str] = []
        self._codes: list[str] = []

    def _reset(self, _args: bytes = b"") -> None:
        self._align = 0
        self._bold = self._inverse = False
        self._font = 0
        self._scale = (1, 1)
        self._page = "cp437"
        self._code_data, self._code_module = "", 3
        self._spacing = LINE_DOTS
        self._text = ""
        self._from = 0
        self._line_height = 0
        self._stored: Image.Image | None = None

    # --- paper ------------------------------------------------------------------------------------------

    def _piece(self, cut: bool) -> Printed:
        height = min(max(self._y, 1), LONGEST_DOTS)
        if self._y > LONGEST_DOTS:
            self.note(f"longer than {LONGEST_DOTS} dots")
        paper = Image.new("1", (self.width_dots, height), 1)
        for x, y, ink in self._marks:
            paper.paste(0, (x, y), ink)
        piece = Printed(paper, cut, tuple(self._problems), tuple(self._texts), tuple(self._codes))
        self._start()
        return piece

    def _cut(self, args: bytes) -> Printed | None:
        self._line_feed_if_text()
        if args[0] in _FEEDING_CUTS:
            self._feed(CUTTER_DOTS + args[1])
        missing = self._inked_to + CUTTER_DOTS - self._y
        if self._inked_to and missing > 0:
            self.note(f"cut {missing} dots into the print: feed before the cut")
        return self._piece(cut=True) if self._y else None

    def _feed(self, dots: int) -> None:
        self._y += dots

    def _feed_dots(self, args: bytes) -> None:
        self._line_feed_if_text()
        self._feed(args[0])

    def _feed_lines(self, args: bytes) -> None:
        self._line_feed_if_text()
        self._feed(args[0] * self._spacing)

    def _put_ink(self, ink: Image.Image, start: int = 0) -> None:
        """ink: 1 = black; at the current line, placed by the alignment, or from so many dots on where that is left."""
        if ink.width + start > self.width_dots:
            self.note(f"{ink.width + start} dots wide on {self.width_dots}")
        x = max(0, (self.width_dots - ink.width) * self._align // 2) or start
        self._marks.append((x, self._y, ink))
        box = ink.getbbox()
        if box:
            self._inked_to = max(self._inked_to, self._y + box[3])

    # --- images -----------------------------------------------------------------------------------------

    def _raster(self, args: bytes) -> None:
        self._line_feed_if_text()
        width, height = 8 * int.from_bytes(args[1:3], "little"), int.from_bytes(args[3:5], "little")
        if not width or not height:
            self.note("empty raster image")
            return
        mode = args[0] & 3
        ink = Image.frombytes("1", (width, height), args[5:])
        self._put_ink(_stretched(ink, 1 + (mode & 1), 1 + (mode >> 1)))
        self._feed(height * (1 + (mode >> 1)))

    def _graphics(self, args: bytes) -> None:
        """`GS ( L`, after its three fixed bytes: store (function 112) or print (2 and 50)."""
        self._graphics_function(args[2:])

    def _long_graphics(self, args: bytes) -> None:
        self._graphics_function(args[4:])

    def _graphics_function(self, body: bytes) -> None:
        function = body[1] if len(body) > 1 else -1
        if function == 112 and len(body) >= 10:
            width, height = int.from_bytes(body[6:8], "little"), int.from_bytes(body[8:10], "little")
            row = (width + 7) // 8
            if not width or not height or len(body) - 10 < row * height:
                self.note("graphics data shorter than promised")
                return
            ink = Image.frombytes("1", (width, height), body[10 : 10 + row * height])
            self._stored = _stretched(ink, body[3], body[4])
        elif function in (2, 50) and self._stored:
            self._line_feed_if_text()
            self._put_ink(self._stored)
            self._feed(self._stored.height)
            self._stored = None

    def _column_bits(self, args: bytes) -> None:
        """`ESC *`: columns of 8 or 24 dots, put into the line; the line feed behind it moves the paper."""
        deep = 24 if args[0] in (32, 33) else 8
        width = int.from_bytes(args[1:3], "little")
        if not width:
            return
        turned = Image.frombytes("1", (deep, width), args[3:])
        upright = turned.transpose(Image.Transpose.TRANSPOSE)
        bits = _stretched(upright, 1 if args[0] in (1, 33) else 2, 1 if deep == 24 else 3)
        self._put_ink(bits)
        self._line_height = max(self._line_height, bits.height)

    def _two_dimensional(self, args: bytes) -> None:
        """`GS ( k`, after its length: of QR codes their size, their data, and that they be printed."""
        kind, function, rest = args[2], args[3], args[4:]
        if kind != ord("1"):
            self.note(f"unknown kind of code {kind}")
        elif function == 67:
            self._code_module = rest[0]
        elif function == 80:
            self._code_data = rest[1:].decode("latin-1")
        elif function == 81 and self._code_data:
            self._line_feed_if_text()
            size = qr.encode(self._code_data).modules * self._code_module
            around = qr.QUIET_MODULES * self._code_module
            mask = qr.mask(self._code_data, self._code_module).crop((around, around, around + size, around + size))
            self._put_ink(mask.convert("1"))
            self._codes.append(self._code_data)
            self._feed(size)

    # --- text -------------------------------------------------------------------------------------------

    def _chars(self, args: bytes) -> None:
        self._text += args.decode(self._page, "replace")
        per_line = max(1, (self.width_dots - self._from) // (_FONT_CELLS[self._font][0] * self._scale[0]))
        while len(self._text) > per_line:
            rest = self._text[per_line:]
            self._text = self._text[:per_line]
            self._line_feed()
            self._text = rest

    def _line_feed(self, _args: bytes = b"") -> None:
        height, self._line_height = max(self._spacing, self._line_height), 0
        if self._text:
            line = _typed(self._text, self._font, self._scale, self._bold)
            self._put_ink(_inverted(line) if self._inverse else line, self._from)
            self._texts.append(self._text)
            height = max(height, line.height)
            self._text, self._from = "", 0
        self._feed(height)

    def _line_feed_if_text(self) -> None:
        if self._text:
            self._line_feed()

    def _set_from(self, args: bytes) -> None:
        """`ESC $`: where the next letter of this line begins; here that of the whole line."""
        if not self._text:
            self._from = args[0] + 256 * args[1]

    def _set_align(self, args: bytes) -> None:
        self._align = {0: 0, 48: 0, 1: 1, 49: 1, 2: 2, 50: 2}.get(args[0], self._align)

    def _set_bold(self, args: bytes) -> None:
        self._bold = bool(args[0] & 1)

    def _set_inverse(self, args: bytes) -> None:
        self._inverse = bool(args[0] & 1)

    def _set_page(self, args: bytes) -> None:
        if args[0] in _PAGES:
            self._page = _PAGES[args[0]]
        else:
            self.note(f"unknown code page {args[0]}")

    def _set_font(self, args: bytes) -> None:
        self._font = args[0] & 1

    def _set_mode(self, args: bytes) -> None:
        self._font = args[0] & 1
        self._bold = bool(args[0] & 0x08)
        self._scale = (2 if args[0] & 0x20 else 1, 2 if args[0] & 0x10 else 1)

    def _set_scale(self, args: bytes) -> None:
        self._scale = (1 + (args[0] >> 4 & 7), 1 + (args[0] & 7))

    def _set_spacing(self, args: bytes) -> None:
        self._spacing = args[0]

    def _default_spacing(self, _args: bytes) -> None:
        self._spacing = LINE_DOTS


_ACTS: dict[bytes, Callable[[Sheet, bytes], None]] = {
    b"": Sheet._chars,
    b"\n": Sheet._line_feed,
    b"\x1b@": Sheet._reset,
    b"\x1ba": Sheet._set_align,
    b"\x1bE": Sheet._set_bold,
    b"\x1bG": Sheet._set_bold,
    b"\x1bM": Sheet._set_font,
    b"\x1b!": Sheet._set_mode,
    b"\x1d!": Sheet._set_scale,
    b"\x1b$": Sheet._set_from,
    b"\x1b2": Sheet._default_spacing,
    b"\x1b3": Sheet._set_spacing,
    b"\x1bJ": Sheet._feed_dots,
    b"\x1bd": Sheet._feed_lines,
    b"\x1b*": Sheet._column_bits,
    b"\x1dB": Sheet._set_inverse,
    b"\x1bt": Sheet._set_page,
    b"\x1d(k": Sheet._two_dimensional,
    b"\x1dv0": Sheet._raster,
    b"\x1d(L": Sheet._graphics,
    b"\x1d8L": Sheet._long_graphics,
}


def _stretched(ink: Image.Image, across: int, down: int) -> Image.Image:
    if across <= 1 and down <= 1:
        return ink
    return ink.resize((ink.width * max(1, across), ink.height * max(1, down)), Image.Resampling.NEAREST)


def _inverted(ink: Image.Image) -> Image.Image:
    """Ink where there was none."""
    turned = Image.new("1", ink.size, 1)
    turned.paste(0, (0, 0), ink)
    return turned


def _typed(text: str, font: int, scale: tuple[int, int], bold: bool) -> Image.Image:
    """A line of text in the printer's cells; 1 = ink. Stands for the printer's own font, it does not copy it."""
    wide, high = _FONT_CELLS[font]
    line = Image.new("1", (wide * len(text), high), 0)
    for index, char in enumerate(text):
        line.paste(_cell(char, font, bold), (wide * index, 0))
    return line.resize((line.width * scale[0], high * scale[1]), Image.Resampling.NEAREST)


@lru_cache(maxsize=512)
def _cell(char: str, font: int, bold: bool) -> Image.Image:
    """One character in the middle of its cell, set narrower where it is too wide."""
    wide, high = _FONT_CELLS[font]
    cell = Image.new("1", (wide, high), 0)
    if not char.strip():
        return cell
    block = typeset.block(char, typeset.Style("en", 700 if bold else 400), (round(high * _CAPITAL_SHARE),))
    mask = block.mask.resize((min(block.mask.width, wide - 1), block.mask.height))
    ink = mask.point(lambda dark: 255 * (dark > _INK_FROM)).convert("1", dither=Image.Dither.NONE)
    cell.paste(1, ((wide - ink.width) // 2, round(high * _BASELINE_SHARE) + block.y), ink)
    return cell
