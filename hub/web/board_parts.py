"""A notice that is too long to stand whole, in parts of like length: between sentences, else after a near comma,
else between words. And how a text ends: not with one word on a line of its own.
"""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from hub.web.fitting import folded, plain_em

_SENTENCE: Final = re.compile(r"(?<=[.!?।؟]) |(?<=[。！？])(?=.)")
_WORD: Final = re.compile(r"(?<= )|(?<=[，；：、])(?=.)")
_ENDS: Final = tuple(".!?।؟。！？,;:،؛，；：、…")
_UNSPACED: Final = tuple("。！？，；：、")
_NEAR: Final = 0.3
"""So far from the middle of two parts, in their length, one ends rather after a comma than between words."""
_TAIL: Final = 0.3
"""A last line is at least so much of the width."""
_MARGIN_EM: Final = 0.9
"""For the ellipsis."""


def parted(text: str, width_em: float, most: int) -> Sequence[str]:
    """Parts of at most so many lines of this width; one that ends between words ends with an ellipsis."""
    return [
        part
        for sentences in _together(_SENTENCE.split(text), width_em, most)
        for part in _alike(sentences, width_em, most)
    ]


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


def _together(pieces: Sequence[str], width_em: float, most: int) -> Sequence[str]:
    """As many neighbours in one as fit."""
    joined = [pieces[0]]
    for piece in pieces[1:]:
        both = joined[-1] + ("" if joined[-1].endswith(_UNSPACED) else " ") + piece
        if _fits(both, width_em, most):
            joined[-1] = both
        else:
            joined.append(piece)
    return joined


def _alike(text: str, width_em: float, most: int) -> Sequence[str]:
    """The text whole if it fits, else as few parts as can be, of like length."""
    words = _WORD.split(text)
    for count in range(1, len(words)):
        for near in (_NEAR, 0.0):
            parts = _cut(words, count, near)
            if all(_fits(part, width_em - (_MARGIN_EM if count > 1 else 0), most) for part in parts):
                return [*(part if part.endswith(_ENDS) else f"{part}…" for part in parts[:-1]), parts[-1]]
    return [word.strip() for word in words]


def _cut(words: Sequence[str], count: int, near: float) -> Sequence[str]:
    """near: how far a comma may be away from where the text would be cut into parts of one length."""
    ends = list(accumulate(plain_em(word) for word in words))
    each = ends[-1] / count
    cuts = [0]
    for n in range(1, count):
        left = range(cuts[-1] + 1, len(words) - count + n + 1)
        away = {cut: abs(ends[cut - 1] - n * each) for cut in left}
        phrases = [cut for cut in left if words[cut - 1].strip().endswith(_ENDS) and away[cut] <= near * each]
        cuts.append(min(phrases or left, key=away.__getitem__))
    return ["".join(words[a:b]).strip() for a, b in zip(cuts, [*cuts[1:], len(words)], strict=True)]
