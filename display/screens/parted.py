"""A notice that is too long to stand whole, in parts (smartqueue/parting.py), measured as it will be drawn."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from smartqueue.look import linebreak, typeset
from smartqueue.parting import Measure
from smartqueue.parting import parted as parted_by

_ELLIPSIS: Final = "…"
_SURELY: Final = 1.03
"""Words one by one are as wide as together, about."""


@lru_cache(maxsize=16)
def parted(text: str, capital_px: float, style: typeset.Style, width_px: float, most: int) -> tuple[str, ...]:
    """The parts in order, each of at most so many lines; one that ends between words ends with an ellipsis."""

    def wide(word: str) -> float:
        return typeset.width(word, capital_px, style)

    def fits(part: str, cut: bool) -> bool:
        """Set in lines only where the sum of its words does not say that it is too wide."""
        words = _words(part)
        if sum(map(wide, words)) > width_px * most * _SURELY:
            return False
        text = part + _ELLIPSIS if cut else part
        lines = typeset.wrap(text, capital_px, style, width_px)
        return len(lines) <= most

    return tuple(parted_by(text, Measure(_words, wide, fits)))


def _words(text: str) -> Sequence[str]:
    """With the space that follows."""
    pieces = list(linebreak.pieces(text))
    return [word + after for (_, word), (after, _) in pairwise((*pieces, ("", "")))]
