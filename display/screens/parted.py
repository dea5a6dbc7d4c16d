"""A notice that is too long to stand whole, in parts: between sentences, else after a comma, else between words."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from display.screens.breaks import even
from smartqueue.look import linebreak, typeset

_PHRASE: Final = re.compile(r"(?<=[,;:،؛]) |(?<=[，；：、])(?=.)")
_ENDS: Final = tuple(".!?।؟。！？,;:،؛，；：、…")
_ELLIPSIS: Final = "…"


def parted(text: str, capital_px: float, style: typeset.Style, width_px: float, most: int) -> tuple[str, ...]:
    """The parts in order, each of at most so many lines; one that ends between words ends with an ellipsis."""

    def fits(piece: str) -> bool:
        return len(typeset.wrap(piece, capital_px, style, width_px)) <= most

    parts: list[str] = []
    for sentences in _together(linebreak.sentences(text), fits):
        if fits(sentences):
            parts.append(sentences)
            continue
        for phrases in _together(_PHRASE.split(sentences), fits):
            parts += [phrases] if fits(phrases) else _between_words(phrases, capital_px, style, width_px, most)
    return tuple(parts)


def _together(pieces: Sequence[str], fits: Callable[[str], bool]) -> list[str]:
    """As many neighbours in one as fit."""
    joined = [pieces[0]]
    for piece in pieces[1:]:
        both = linebreak.joined((joined[-1], piece))
        if fits(both):
            joined[-1] = both
        else:
            joined.append(piece)
    return joined


def _between_words(text: str, capital_px: float, style: typeset.Style, width_px: float, most: int) -> list[str]:
    """Parts of like length."""
    room = width_px - 1.4 * capital_px
    most_lines = len(typeset.wrap(text, capital_px, style, room))
    lines = typeset.wrap(even(text, capital_px, style, room, most_lines), capital_px, style, room)
    count = -(-len(lines) // most)
    ends = [round(len(lines) * n / count) for n in range(count + 1)]
    parts = [linebreak.joined(lines[first:end]) for first, end in pairwise(ends)]
    return [*(part if part.endswith(_ENDS) else part + _ELLIPSIS for part in parts[:-1]), parts[-1]]
