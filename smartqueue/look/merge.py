"""Merge two Noto faces into one font, shaping rules of both alive. Used once, when fonts are prepared."""

import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables.ttProgram import Program

_UNITS_PER_EM = 1000
_NO_HINTING = bytes((0xB8, 0x01, 0xFF, 0x85, 0xB0, 0x04, 0x8D, 0xB0, 0x04, 0x8D))
"""Sets drop-out control and nothing else; longer than 7 bytes, so that FreeType does not hint by itself."""
_LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x2B0, 0x370),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    *range(0x2070, 0x20D0),
    *range(0x2100, 0x2200),
    0x2212,
    0x25CC,
    0xFFFD,
)


def without_hints(path: Path, codepoints: tuple[int, ...] | None = None) -> TTFont:
    """The face with these code points (None: all) at 1000 units per em."""
    font = TTFont(path)
    options = Options(hinting=False, layout_features=["*"], notdef_outline=True, glyph_names=True, drop_tables=["DSIG"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap() if codepoints is None else codepoints)
    subsetter.subset(font)
    if font["head"].unitsPerEm != _UNITS_PER_EM:
        scale_upem(font, _UNITS_PER_EM)
    return font


def with_latin(base: TTFont, latin: Path | None) -> TTFont:
    """A font with the glyphs of `base` and, where it has none, the Latin face's (None: nothing is added). Not hinted:
    shapes stay true."""
    if latin is not None:
        with tempfile.TemporaryDirectory() as scratch:
            first, second = Path(scratch) / "first.ttf", Path(scratch) / "second.ttf"
            have = set(base.getBestCmap())
            base.save(first)
            without_hints(latin, tuple(point for point in _LATIN if point not in have or point < 0x7F)).save(second)
            base = Merger().merge([str(second), str(first)])
    prep = newTable("prep")
    prep.program = Program()
    prep.program.fromBytecode(_NO_HINTING)
    base["prep"] = prep
    return base
