"""A notice that is too long to stand whole, in few parts that take turns: displays and the browser's board cut alike,
each by its own measure.

A sentence that fits is never cut. One that does not is cut into as few parts as can be, rather after a colon or a comma
than between words, and among such ways into parts of like length.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

_SENTENCE: Final = re.compile(r"(?<=[.!?।؟]) |(?<=[。！？])(?=.)")
_COLONS: Final = tuple(":;؛；：")
_ENDS: Final = (*_COLONS, *".!?।؟。！？,،，、…")
_UNSPACED: Final = tuple("。！？，；：、")
_ELLIPSIS: Final = "…"
_AFTER_COMMA, _BETWEEN_WORDS = 0.1, 1.0
"""What a cut costs, beside how far parts are from being alike."""
_NONE: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Measure:
    """words: the pieces between which a line may end, which are the text again in one. wide: how wide a piece is.
    fits: whether a text has room as one part; `True` for a part of a sentence, which may get an ellipsis."""

    words: Callable[[str], Sequence[str]]
    wide: Callable[[str], float]
    fits: Callable[[str, bool], bool]


def parted(text: str, by: Measure) -> Sequence[str]:
    """The parts in order; one that ends between words ends with an ellipsis."""
    return [part for together in _together(sentences(text), by) for part in _cut(together, by)]


def sentences(text: str) -> Sequence[str]:
    """The text parted after each sentence."""
    return _SENTENCE.split(text)


def _together(whole: Sequence[str], by: Measure) -> Sequence[str]:
    """As many neighbours in one as fit."""
    parts = [whole[0]]
    for one in whole[1:]:
        both = parts[-1] + ("" if parts[-1].endswith(_UNSPACED) else " ") + one
        if by.fits(both, False):
            parts[-1] = both
        else:
            parts.append(one)
    return parts


def _cut(text: str, by: Measure) -> Sequence[str]:
    """The text whole if it fits, else in as few parts as can be; a word that fits nowhere is a part."""
    if by.fits(text, False):
        return [text]
    words = _Words(by.words(text), by)
    for count in range(2, len(words.words)):
        cuts = words.best(count)
        if cuts:
            return words.parts(cuts)
    return [one.strip() for one in words.words]


class _Words:
    """A sentence in words, and what its parts would be."""

    def __init__(self, words: Sequence[str], by: Measure) -> None:
        self.words, self._by = words, by
        self._to = [0.0, *accumulate(by.wide(word) for word in words)]
        self._longest = [1]
        for first in range(len(words)):
            self._longest.append(self._end(first, self._longest[-1]))
        del self._longest[0]

    def best(self, count: int) -> Sequence[int]:
        """Where each of so many parts ends; none where they do not fit."""
        every, each = len(self.words), self._to[-1] / count
        costs: list[tuple[float, Sequence[int]]] = [(0.0, ()), *[(_NONE, ())] * every]
        for _ in range(count):
            after: list[tuple[float, Sequence[int]]] = [(_NONE, ())] * (every + 1)
            for first, (cost, cuts) in enumerate(costs[:-1]):
                for end in range(first + 1, self._longest[first] + 1 if cost < _NONE else 0):
                    uneven = (self._to[end] - self._to[first]) / each - 1
                    after[end] = min(after[end], (cost + uneven**2 + self._ending(end), (*cuts, end)))
            costs = after
        return costs[-1][1]

    def parts(self, ends: Sequence[int]) -> Sequence[str]:
        texts = ["".join(self.words[first:end]).strip() for first, end in zip((0, *ends[:-1]), ends, strict=True)]
        return [*(one if one.endswith(_ENDS) else one + _ELLIPSIS for one in texts[:-1]), texts[-1]]

    def _end(self, first: int, before: int) -> int:
        """Of the longest part that begins there: a word alone always is one. before: of the one a word earlier, which
        fits without that word, too."""
        end = max(first + 1, before)
        while end < len(self.words) and self._by.fits("".join(self.words[first : end + 1]).strip(), True):
            end += 1
        return end

    def _ending(self, end: int) -> float:
        word = self.words[end - 1].strip()
        if end == len(self.words) or word.endswith(_COLONS):
            return 0.0
        return _AFTER_COMMA if word.endswith(_ENDS) else _BETWEEN_WORDS
