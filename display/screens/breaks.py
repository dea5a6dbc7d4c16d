"""Where lines end: between sentences if that takes no more lines, else after a comma, else so that no last word stands
alone."""

import re
from functools import lru_cache

from smartqueue.look import linebreak, typeset
from smartqueue.look.scene import Box
from smartqueue.parting import sentences

_COMMAS = (",", "،", "，")
_PHRASE = re.compile(r"(?<=[,،]) |(?<=，)(?=.)")
_SHORT_SIGNS = 3
"""So many Chinese signs are a word and not more."""
_NARROWER = 0.97
_SLACK_PX = 1.0
"""Boxes are shares of others, sizes whole pixels."""


@lru_cache(maxsize=256)
def broken(text: str, capital_px: float, style: typeset.Style, width_px: float, most: int) -> str:
    """The text with its line ends as line feeds; as it was where it fits in one line or not in `most` lines."""
    whole = typeset.wrap(text, capital_px, style, width_px)
    if not 1 < len(whole) <= most:
        return text
    for pieces in (sentences(text), _phrases(text)):
        if 1 < len(pieces) <= len(whole) and all(_one(piece, capital_px, style, width_px) for piece in pieces):
            return "\n".join(pieces)
    apart = [(one, typeset.wrap(one, capital_px, style, width_px)) for one in sentences(text)]
    if len(apart) > 1 and sum(len(lines) for _, lines in apart) <= len(whole):
        return "\n".join(line for one, lines in apart for line in _even(one, lines, capital_px, style, width_px))
    return "\n".join(_even(text, whole, capital_px, style, width_px))


def _phrases(text: str) -> list[str]:
    """Parted after commas; not where a single word would stand at the end."""
    pieces = _PHRASE.split(text)
    several = " " in pieces[-1] or (linebreak.wide(pieces[-1][-1:]) and len(pieces[-1]) > _SHORT_SIGNS)
    return pieces if several else [text]


@lru_cache(maxsize=256)
def even(text: str, capital_px: float, style: typeset.Style, width_px: float, most: int) -> str:
    """Like `broken`, but for a name, in which a comma means nothing: only lines of like width."""
    whole = typeset.wrap(text, capital_px, style, width_px)
    return "\n".join(_even(text, whole, capital_px, style, width_px)) if 1 < len(whole) <= most else text


def _one(text: str, capital_px: float, style: typeset.Style, width_px: float) -> bool:
    return len(typeset.wrap(text, capital_px, style, width_px)) == 1


def _even(
    text: str, whole: tuple[str, ...], capital_px: float, style: typeset.Style, width_px: float
) -> tuple[str, ...]:
    """In as many lines, but as narrow as that goes: so they are of like width."""
    kept = whole
    while True:
        width_px *= _NARROWER
        lines = typeset.wrap(text, capital_px, style, width_px)
        if len(lines) != len(whole) or any(typeset.width(line, capital_px, style) > width_px for line in lines):
            return kept
        kept = lines


def broken_to_fit(
    text: str, sizes_px: tuple[float, ...], style: typeset.Style, room: Box, most: int
) -> tuple[str, float]:
    """The text with its line ends, and the largest of the sizes at which it fits the room in `most` lines; else the
    smallest.

    A text of several phrases takes a smaller size rather than break within one.
    """
    apart = len(_phrases(text)) == most > 1
    for size in sizes_px:
        said = broken(text, size, style, room.w, most)
        lines = typeset.wrap(said, size, style, room.w)
        height = size + (len(lines) - 1) * typeset.leading_em(style) * typeset.em_px(size, style)
        if len(lines) <= most and height <= room.h + _SLACK_PX and not (apart and _within_phrase(said)):
            return said, size
    return broken(text, sizes_px[-1], style, room.w, most), sizes_px[-1]


def _within_phrase(said: str) -> bool:
    return any(not line.rstrip().endswith(_COMMAS) for line in said.split("\n")[:-1])
