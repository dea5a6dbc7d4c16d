"""Chinese signs for the prepared fonts: those of GB 2312 out of Noto Sans CJK, as TrueType outlines.

The collection's outlines are of another kind (CFF) than those of Noto Sans, and only alike can be merged. Used once,
when fonts are prepared.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

from smartqueue.errors import StartFault

_FIRST = 0x2E80
"""Below it the Latin face's signs are taken, but for the marks that Chinese sets as wide as its letters."""
_WIDE_MARKS = "“”‘’—…"
_TOLERANCE_UNITS = 1.0
"""How far a curve may stray from the original, of 1000 units per em: 0.1 px at 100 px."""
_NO_LAYOUT = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG")
_NO_PROGRAMS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxComponentDepth",
)


@cache
def usual() -> frozenset[str]:
    """The 6,763 signs of both levels of GB 2312, with its punctuation."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    known = {pair.decode("gb2312", "ignore") for pair in pairs}
    return frozenset(sign for sign in known if sign and ord(sign) >= _FIRST) | frozenset(_WIDE_MARKS)


def further(signs: str) -> set[str]:
    """Those that are not among the usual ones and that another face does not have."""
    return {sign for sign in signs if ord(sign) >= _FIRST} - usual()


def outlines(collection: Path, within: str, signs: Iterable[str]) -> TTFont:
    """These signs as a TrueType font, to be closed. Raises StartFault when the collection lacks the font or a sign."""
    font = _member(collection, within)
    wanted, known = set(signs), font.getBestCmap()
    lacking = sorted(sign for sign in wanted if ord(sign) not in known)
    if lacking:
        font.close()
        raise StartFault(f"{collection.name} has no sign {', '.join(lacking)}. Leave it out.")
    few = Subsetter(Options(layout_features=[], drop_tables=list(_NO_LAYOUT), notdef_outline=True))
    few.populate(text="".join(wanted))
    few.subset(font)
    return _as_truetype(font)


def _member(collection: Path, within: str) -> TTFont:
    with TTCollection(collection, lazy=True) as several:
        names = [font["name"].getDebugName(16) or font["name"].getDebugName(1) for font in several.fonts]
    if within not in names:
        raise StartFault(f"{collection} does not hold {within}.")
    return TTFont(collection, fontNumber=names.index(within), lazy=True)


def _as_truetype(font: TTFont) -> TTFont:
    order, shapes = font.getGlyphOrder(), font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = {name: _quadratic(shapes[name]) for name in order}
    font["glyf"], font["loca"] = glyf, newTable("loca")
    del font["CFF "]
    most = font["maxp"]
    most.tableVersion, most.maxZones = 0x00010000, 1
    for field in _NO_PROGRAMS:
        setattr(most, field, 0)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"
    return font


def _quadratic(shape: Any) -> Any:
    pen = TTGlyphPen(None)
    shape.draw(Cu2QuPen(pen, _TOLERANCE_UNITS, reverse_direction=True))
    return pen.glyph()
