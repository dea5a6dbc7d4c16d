"""A notice that is too long to stand whole, in few parts: each well filled, and among such parts rather between
sentences, else after a comma, else between words."""

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from smartqueue.look import linebreak, typeset

_SENTENCE_ENDS: Final = tuple(".!?।؟。！？")
_PHRASE_ENDS: Final = tuple(",;:،؛，；：、")
_ENDS: Final = (*_SENTENCE_ENDS, *_PHRASE_ENDS, "…")
_ELLIPSIS: Final = "…"
WELL_FILLED: Final = 0.6
"""So much of what fits has every part but the last, at least."""
_PART, _AFTER_PHRASE, _BETWEEN_WORDS = 10.0, 2.0, 6.0
"""What a part costs, and where it ends; a sentence's end costs nothing."""
_ILL_FILLED, _ALONE = 200.0, 100.0
"""What it costs where a part is nearly empty, or the last word of all stands alone."""
_SHORT, _SHORT_LAST = 0.25, 8.0
"""What it costs where so little is left for the last part."""
_SURELY: Final = 1.03
"""Words one by one are as wide as together, about."""
_MOST_EMPTY: Final = 3.0
"""What it costs where a part is only just well filled."""


@lru_cache(maxsize=16)
def parted(text: str, capital_px: float, style: typeset.Style, width_px: float, most: int) -> tuple[str, ...]:
    """The parts in order, each of at most so many lines; one that ends between words ends with an ellipsis."""
    told = _Told(text, capital_px, style, width_px, most)
    costs, starts = [0.0], [0]
    for end in range(1, told.count + 1):
        best, start = float("inf"), end - 1
        for first in range(end - 1, -1, -1):
            if first < end - 1 and not told.fits(first, end):
                break
            cost = costs[first] + told.cost(first, end)
            if cost <= best:
                best, start = cost, first
        costs.append(best)
        starts.append(start)
    ends = [told.count]
    while ends[-1]:
        ends.append(starts[ends[-1]])
    return tuple(told.part(first, end) for end, first in reversed(list(pairwise(ends))))


class _Told:
    """A notice in words, and what its parts would be."""

    def __init__(self, text: str, capital_px: float, style: typeset.Style, width_px: float, most: int) -> None:
        self._words = tuple(linebreak.pieces(text))
        self._capital_px, self._style, self._width_px, self._most = capital_px, style, width_px, most
        widths = [typeset.width(word, capital_px, style) for _, word in self._words]
        space = typeset.width(" ", capital_px, style)
        self._longest = max(widths) + space + typeset.width(_ELLIPSIS, capital_px, style)
        glues = (space if glue else 0.0 for glue, _ in self._words)
        self._to = [0.0, *accumulate(wide + glue for wide, glue in zip(widths, glues, strict=True))]

    @property
    def count(self) -> int:
        return len(self._words)

    def part(self, first: int, end: int) -> str:
        text = linebreak.line_of(self._words[first:end])
        return text if end == self.count or text.endswith(_ENDS) else text + _ELLIPSIS

    def fits(self, first: int, end: int) -> bool:
        """Measured only where the sum of its words does not tell."""
        wide, room = self._to[end] - self._to[first], self._width_px * self._most
        if wide > room * _SURELY or wide < (room - self._most * self._longest) / _SURELY:
            return wide < room
        lines = typeset.wrap(self.part(first, end), self._capital_px, self._style, self._width_px)
        return len(lines) <= self._most

    def cost(self, first: int, end: int) -> float:
        filled = (self._to[end] - self._to[first]) / (self._width_px * self._most)
        if end == self.count:
            return _PART + _ALONE * (end - first == 1) + _SHORT_LAST * (filled < _SHORT)
        empty = _ILL_FILLED if filled < WELL_FILLED else _MOST_EMPTY * max(0.0, 1 - filled) / (1 - WELL_FILLED)
        return _PART + empty + self._end(self._words[end - 1][1])

    def _end(self, word: str) -> float:
        if word.endswith(_SENTENCE_ENDS):
            return 0.0
        return _AFTER_PHRASE if word.endswith(_PHRASE_ENDS) else _BETWEEN_WORDS
