"""How wide the letters of Noto Sans are, as a table in Python, for pages that are made where no font is.

Writes hub/web/advances.py anew; needs the Debian package fonts-noto-core. `--check` says whether it is still true.
"""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

FACES = Path("/usr/share/fonts/truetype/noto")
TABLE = Path(__file__).parent.parent / "hub" / "web" / "advances.py"
BLOCKS = (
    ("NotoSans", 0x20, 0x80),
    ("NotoSans", 0xA0, 0x180),
    ("NotoSans", 0x2010, 0x2028),
    ("NotoSansArabic", 0x600, 0x700),
    ("NotoSansDevanagari", 0x900, 0x980),
    ("NotoSansBengali", 0x980, 0xA00),
    ("NotoSansTamil", 0xB80, 0xC00),
)
_HEAD = '''"""Advance widths of Noto Sans, made by scripts/advances.py.

By the block's first code point: one byte for each letter, in hundredths of an em; 0 where there is none, and for marks
above or below a letter. _JOINED: Arabic
letters with another one after them.
"""

'''
_BYTES_IN_A_LINE = 50
_FORMS = range(0xFE70, 0xFEFD)
"""Where Unicode keeps the shapes of Arabic letters."""


def widths(face: str, weight: str, first: int, after: int) -> bytes:
    font = TTFont(FACES / f"{face}-{weight}.ttf")
    glyphs, em, advances = font.getBestCmap(), font["head"].unitsPerEm, font["hmtx"]
    return bytes(_width(chr(one), glyphs.get(one), em, advances) for one in range(first, after))


def _width(letter: str, glyph: str | None, em: int, advances: dict[str, tuple[int, int]]) -> int:
    if glyph is None or unicodedata.category(letter) == "Mn":
        return 0
    return min(255, round(100 * advances[glyph][0] / em))


def joined(weight: str) -> bytes:
    """Of each letter of the Arabic block the wider one of its shapes at the beginning and in the middle of a word."""
    wide = dict(enumerate(widths("NotoSansArabic", weight, 0x600, 0x700), 0x600))
    shapes = dict(zip(_FORMS, widths("NotoSansArabic", weight, _FORMS.start, _FORMS.stop), strict=True))
    found: dict[int, int] = {}
    for shape, width in shapes.items():
        kind, _, of = unicodedata.decomposition(chr(shape)).partition(" ")
        if kind in ("<initial>", "<medial>") and " " not in of:
            letter = int(of, 16)
            found[letter] = max(width, found.get(letter, 0))
    return bytes(found.get(letter) or width for letter, width in wide.items())


def table() -> str:
    weights = (("PLAIN", "Regular"), ("BOLD", "Bold"))
    return _HEAD + "\n".join(_weight(name, weight) for name, weight in weights)


def _weight(name: str, weight: str) -> str:
    blocks = "".join(_block(first, widths(face, weight, first, after)) for face, first, after in BLOCKS)
    arabic = _block(0x600, joined(weight))
    return f"{name}: dict[int, bytes] = {{\n{blocks}}}\n{name}_JOINED: dict[int, bytes] = {{\n{arabic}}}\n"


def _block(first: int, made: bytes) -> str:
    lines = [f'"{line}"' for line in _lines(made.hex())]
    if len(lines) == 1:
        return f"    0x{first:04X}: bytes.fromhex({lines[0]}),\n"
    within = "".join(f"        {line}\n" for line in lines)
    return f"    0x{first:04X}: bytes.fromhex(\n{within}    ),\n"


def _lines(text: str) -> Iterator[str]:
    step = 2 * _BYTES_IN_A_LINE
    yield from (text[n : n + step] for n in range(0, len(text), step))


def main(arguments: list[str]) -> int:
    made = table()
    if "--check" in arguments:
        return 0 if TABLE.read_text() == made else 1
    TABLE.write_text(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
