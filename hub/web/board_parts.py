"""A notice that is too long to stand whole, in parts (smartqueue/parting.py), measured as a television will draw them.
And how a text ends: not with one word on a line of its own.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from hub.web.fitting import folded, plain_em
from smartqueue.parting import Measure, sentences
from smartqueue.parting import parted as parted_by

__all__ = ["bound", "parted", "sentences"]

_WORD: Final = re.compile(r"(?<= )|(?<=[，；：、])(?=.)")
_TAIL: Final = 0.3
"""A last line is at least so much of the width."""
_MARGIN_EM: Final = 0.9
"""For the ellipsis."""


def parted(text: str, width_em: float, most: int) -> Sequence[str]:
    """Parts of at most so many lines of this width; one that ends between words ends with an ellipsis."""
    return list(_parted(text, width_em, most))


@lru_cache(maxsize=64)
def _parted(text: str, width_em: float, most: int) -> tuple[str, ...]:
    def fits(part: str, cut: bool) -> bool:
        return _fits(part, width_em - (_MARGIN_EM if cut else 0), most)

    return tuple(parted_by(text, Measure(_WORD.split, plain_em, fits)))


def bound(text: str, width_em: float) -> str:
    """The text, its last words together, so that no short one stands on a line of its own."""
    words = text.split(" ")
    tail = words.pop()
    while len(words) > 1 and plain_em(tail) < _TAIL * width_em:
        tail = f"{words.pop()}\u00a0{tail}"
    return " ".join([*words, tail])


def _fits(text: str, width_em: float, most: int) -> bool:
    lines = folded(bound(text, width_em), width_em)
    return len(lines) <= most and all(plain_em(one) <= width_em for one in lines)
