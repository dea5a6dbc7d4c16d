"""How large a call can stand: the label as high as promised; only what is too wide beside or below it steps down.

Units as in hub/web/static/board.css, which draws these cells; a size is that of the type.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hub.web.fitting import bold_em, percent

_TIGHT_EM: Final = 0.03
"""Letters of labels and numbers stand that much closer to each other."""
_LEAST: Final = 90
"""Percent of its full size at which a label beside its room is still 18 % of the screen's height."""
_LEAST_PLACE: Final = 60
"""Percent of its full size at which a room on the line of its label is as large as above or below its word."""
SECOND: Final = 0.8
"""The word in the token's language, of the board's own."""


@dataclass(frozen=True, slots=True)
class Said:
    """A call as it is written. word: for the room; second: the same in the token's language, above it and SECOND as
    large."""

    label: str
    word: str
    number: str
    second: str = ""

    @property
    def label_em(self) -> float:
        return _tight(self.label)

    @property
    def number_em(self) -> float:
        return _tight(self.number)

    @property
    def word_em(self) -> float:
        """Of the wider one of both."""
        return max(bold_em(self.word), SECOND * bold_em(self.second))


@dataclass(frozen=True, slots=True)
class Sizes:
    """Percent of full size: of the label, and of what says where to go. over: the word stands over the number."""

    label: int
    place: int
    over: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one call stands. width: of a line; size: of the label. The rest in em of the label."""

    width: int
    size: int
    word: float
    number: float
    arrow: float


_GAP_EM = 0.36
"""On both sides of the arrow together, and behind the word for a room."""
_LINE: Final = Cell(1700, 304, 0.41, 1.0, 0.74)
_OVER: Final = Cell(1700, 304, 0.33, 0.75, 0.55)
_OVER_BOTH: Final = Cell(1700, 304, 0.27, 0.52, 0.4)
_THIRD: Final = Cell(1700, 274, 0.41, 1.0, 0.74)
_THIRD_OVER: Final = Cell(1700, 274, 0.27, 0.54, 0.55)
_QUARTER: Final = Cell(800, 274, 0.28, 0.63, 0.44)
_FAR: Final = Cell(1660, 400, 0.36, 0.7, 0.6)
_TALL: Final = Cell(880, 312, 0.41, 1.0, 0.64)
_TALL_SHARE: Final = Cell(880, 260, 0.41, 0.72, 0.44)
_TALL_QUARTER: Final = Cell(880, 206, 0.4, 0.72, 0.44)
_TALL_FAR: Final = Cell(880, 370, 0.54, 1.0, 0.62)


def lying(all_said: Sequence[Said]) -> Sizes:
    """Of all calls that share a lying screen: label and room on one line, the room smaller where that is needed; only
    where it would get too small, or for a quarter of the screen, on two."""
    if len(all_said) > 3:
        return least(_two_lines(said, _QUARTER) for said in all_said)
    third = len(all_said) == 3
    promised, cell = 100 if third else _LEAST, _THIRD if third else _LINE
    full = least(_one_line(said, cell) for said in all_said)
    if full.label >= promised:
        return full
    smaller = least(_smaller_place(said, cell, promised) for said in all_said)
    if smaller.place >= _LEAST_PLACE:
        return smaller
    both = _OVER_BOTH if any(said.second for said in all_said) else _OVER
    return least(_over(said, _THIRD_OVER if third else both, promised) for said in all_said)


def least(of: Iterable[Sizes]) -> Sizes:
    """One size for calls that stand together."""
    every = list(of)
    return Sizes(min(one.label for one in every), min(one.place for one in every), every[0].over)


def fits_thirds(three: Sequence[Said]) -> bool:
    """Whether three can share a lying screen: two words and a number do not fit there one above the other."""
    return not lying(three).over or not any(said.second for said in three)


def far(said: Said) -> Sizes:
    """The one call of a lying screen for far seats: the room stands below."""
    return _two_lines(said, _FAR)


def upright(said: Said, of: int) -> Sizes:
    return _two_lines(said, _TALL if of < 3 else _TALL_SHARE if of == 3 else _TALL_QUARTER)


def upright_far(said: Said) -> Sizes:
    """The word has a line of its own."""
    cell = _TALL_FAR
    label = percent(cell.width / cell.size / said.label_em)
    place = percent(cell.width / cell.size / (said.number_em + cell.arrow + _GAP_EM / 2))
    word = percent(cell.width / cell.size / (cell.word * said.word_em))
    return Sizes(label, min(label, place, word))


def fits_quarter(label: str) -> bool:
    """Whether a label is as high as promised where four share the screen."""
    return _tight(label) * _QUARTER.size <= _QUARTER.width


def _one_line(said: Said, cell: Cell) -> Sizes:
    place = cell.word * (said.word_em + _GAP_EM) + cell.number * said.number_em
    both = percent(cell.width / cell.size / (said.label_em + cell.arrow + _GAP_EM + place))
    return Sizes(both, both)


def _smaller_place(said: Said, cell: Cell, label: int) -> Sizes:
    place = cell.arrow + cell.word * (said.word_em + _GAP_EM) + cell.number * said.number_em
    left = cell.width / cell.size - label / 100 * said.label_em - _GAP_EM
    return Sizes(label, min(label, percent(left / place)) if left > 0 else 0)


def _over(said: Said, cell: Cell, least: int) -> Sizes:
    """The label keeps its size as long as there is room; then the place becomes small."""
    place = max(cell.word * said.word_em, cell.number * said.number_em)
    beside = cell.arrow + _GAP_EM + place
    both = percent(cell.width / cell.size / (said.label_em + beside))
    if both >= least:
        return Sizes(both, both, over=True)
    label = min(least, percent(cell.width / cell.size / (said.label_em + 0.5 * beside)))
    return Sizes(label, percent((cell.width / cell.size - label / 100 * said.label_em) / beside), over=True)


def _two_lines(said: Said, cell: Cell) -> Sizes:
    label = percent(cell.width / cell.size / said.label_em)
    place = cell.arrow + _GAP_EM / 2 + cell.word * (said.word_em + _GAP_EM) + cell.number * said.number_em
    below = percent(cell.width / cell.size / place)
    return Sizes(label, min(below, int(label / cell.number)))


def _tight(text: str) -> float:
    return bold_em(text) - _TIGHT_EM * len(text)
