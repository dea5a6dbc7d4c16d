"""The printer's own text and QR codes as ESC/POS bytes, which texts it can print at all, and what strips cost. Pure.

A text goes to the printer as text only if one of its code pages has every character of it; else somebody has to draw
it. Scripts that join or stack their letters are never left to a printer.
"""

from collections.abc import Iterable, Sequence

from kiosk.profiles import CodePages, Cut, Profile
from kiosk.strips import CLOSE_DOTS, Line, Picture, QrCode, Side, Strip

_PLAIN = str.maketrans(
    {
        **{"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200e": None, "\u200f": None, "\u00ad": None},
        **{"–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "‑": "-"},
    }
)
"""What looks the same on paper, and what is not seen at all."""
INDENT_DOTS = 8
"""Before a line at the left: letters that begin at the very edge of what can be printed look cut."""
_FROM, _PITCH, _USUAL_PITCH = b"\x1b$", b"\x1b3", b"\x1b2"
START = b"\x1b@\x1c."
"""Forget every setting of whoever printed before; and one byte is one character, which some makes must be told."""


def ending(profile: Profile) -> bytes:
    """Feed the print past the cutter, then cut where the paper stands: copies of the big makes differ in all else."""
    cut = {Cut.FULL: b"\x1dV\x00", Cut.PARTIAL: b"\x1dV\x01", Cut.NONE: b""}[profile.cut]
    return b"\x1bd" + bytes((profile.feed_lines,)) + cut


def plain(text: str) -> str:
    """The text with typographic signs that code pages lack replaced by ordinary ones."""
    return text.translate(_PLAIN)


def page_for(text: str, pages: CodePages) -> tuple[str, int] | None:
    """The first code page that has every character, as codec and number of `ESC t`; None = it must be drawn."""
    words = plain(text)
    if any(ord(char) < 0x20 for char in words):
        return None
    return next((page for page in pages if _has(page[0], words)), None)


def _has(codec: str, words: str) -> bool:
    try:
        words.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def wrapped(text: str, columns: int) -> tuple[str, ...]:
    """Lines of at most so many characters, broken at spaces; an address too long for a line is broken at its signs."""
    lines: list[str] = []
    for paragraph in plain(text).split("\n"):
        line = ""
        for word in _fitting(paragraph.split(" "), columns):
            longer = f"{line} {word}" if line else word
            if len(longer) > columns:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return tuple(lines)


def balanced(text: str, columns: int) -> tuple[str, ...]:
    """As few lines as `wrapped` needs, about equally long."""
    lines = wrapped(text, columns)
    for fewer in range(columns - 1, columns // 2, -1):
        tried = wrapped(text, fewer)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _fitting(words: Iterable[str], columns: int) -> Iterable[str]:
    for word in words:
        rest = word
        while len(rest) > columns:
            at = 1 + max(rest.rfind(sign, 1, columns) for sign in ".-:/")
            head, rest = (rest[:at], rest[at:]) if at > 1 else (rest[:columns], rest[columns:])
            yield head
        yield rest


def line_bytes(line: Line, pages: CodePages) -> bytes:
    """The line and what it has to be told before; every setting is said anew. What stands at the left begins a little
    off the first dot. Raises ValueError if no page has it."""
    page = page_for(line.text, pages)
    if page is None:
        raise ValueError(f"no code page of this printer has all of {line.text!r}")
    codec, number = page
    settings = (
        *(b"\x1ba", bytes((line.side,)), b"\x1bt", bytes((number,)), b"\x1bE", bytes((line.bold,))),
        *(b"\x1d!", bytes(((line.wide - 1) << 4 | (line.tall - 1),)), b"\x1dB", bytes((line.inverse,))),
    )
    start = _FROM + bytes((INDENT_DOTS, 0)) if line.side is Side.LEFT else b""
    pitch, usual = (_PITCH + bytes((CLOSE_DOTS,)), _USUAL_PITCH) if line.close else (b"", b"")
    return b"".join((*settings, pitch, start, plain(line.text).encode(codec), b"\n", usual))


def qr_bytes(code: QrCode) -> bytes:
    """Model 2, error correction M, in the size that is asked for."""
    data = code.data.encode("ascii")
    return b"".join(
        (
            *(b"\x1ba", bytes((code.side,))),
            *(_code(65, b"2\x00"), _code(67, bytes((code.module_dots,))), _code(69, b"1")),
            *(_code(80, b"0" + data), _code(81, b"0")),
        )
    )


def _code(function: int, rest: bytes) -> bytes:
    """`GS ( k` for two-dimensional codes of the kind QR."""
    length = 2 + len(rest)
    return b"\x1d(k" + length.to_bytes(2, "little") + b"1" + bytes((function,)) + rest


# --- what strips cost -----------------------------------------------------------------------------------

IMAGE_HEAD_BYTES = 8
"""Of the command for an image, before its dots."""
_SIDE = b"\x1ba"


def side_bytes(picture: Picture, profile: Profile) -> bytes:
    """Says where a picture stands; what fills the paper stands nowhere else."""
    fills = picture.size_dots[0] > profile.width_dots - 8
    return b"" if fills else _SIDE + bytes((picture.side,))


def bytes_of(strips: Sequence[Strip], profile: Profile) -> int:
    """What strips are on the line with all that belongs to a ticket, known without encoding images."""
    return len(START) + sum(_bytes_of(strip, profile) for strip in strips) + len(ending(profile))


def _bytes_of(strip: Strip, profile: Profile) -> int:
    match strip:
        case Picture(image):
            heads = -(-image.height // profile.strip_dots)
            rows = image.height * ((image.width + 7) // 8)
            return rows + heads * IMAGE_HEAD_BYTES + len(side_bytes(strip, profile))
        case Line():
            return len(line_bytes(strip, profile.code_pages))
        case QrCode():
            return len(qr_bytes(strip))
