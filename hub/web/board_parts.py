"""A notice that is too long to stand whole, in parts: between sentences, else after a comma, else between words."""

import math
import re
from collections.abc import Sequence
from typing import Final

from hub.web.fitting import folded, plain_em

_SENTENCE: Final = re.compile(r"(?<=[.!?।؟]) |(?<=[。！？])(?=.)")
_PHRASE: Final = re.compile(r"(?<=[,;:،؛]) |(?<=[，；：、])(?=.)")
_ENDS: Final = tuple(".!?।؟。！？,;:،؛，；：、…")
_UNSPACED: Final = tuple("。！？，；：、")


def parted(text: str, width_em: float, most: int) -> Sequence[str]:
    """Parts of at most so many lines of this width; one that ends between words ends with an ellipsis."""
    parts: list[str] = []
    for sentences in _together(_SENTENCE.split(text), width_em, most):
        for phrases in _together(_PHRASE.split(sentences), width_em, most):
            parts += _between_words(phrases, width_em, most)
    return parts


def _long(text: str, width_em: float, most: int) -> bool:
    return sum(math.ceil(plain_em(one) / width_em) for one in folded(text, width_em)) > most


def _together(pieces: Sequence[str], width_em: float, most: int) -> Sequence[str]:
    """As many neighbours in one as fit."""
    joined = [pieces[0]]
    for piece in pieces[1:]:
        both = joined[-1] + ("" if joined[-1].endswith(_UNSPACED) else " ") + piece
        if _long(both, width_em, most):
            joined.append(piece)
        else:
            joined[-1] = both
    return joined


def _between_words(text: str, width_em: float, most: int) -> Sequence[str]:
    """The text whole if it fits, else parts of like length."""
    lines = folded(text, width_em)
    if len(lines) <= most:
        return [text]
    lines = folded(text, width_em - 0.9)
    count = -(-len(lines) // most)
    ends = [round(len(lines) * n / count) for n in range(count + 1)]
    parts = [" ".join(lines[ends[n] : ends[n + 1]]) for n in range(count)]
    return [*(part if part.endswith(_ENDS) else f"{part}…" for part in parts[:-1]), parts[-1]]
