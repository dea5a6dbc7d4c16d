"""How large calls stand that share the screen: the label as high as promised; what says where to go steps down beside
or below it, but never under what displays hold to. Where that fits in no way, fewer calls stand at once.

Units as in hub/web/static/board.css, which draws these cells; a size is that of the type.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from hub.web.fitting import bold_em, percent

_TIGHT_EM: Final = 0.03
"""Letters of labels and numbers stand that much closer to each other."""
LEAST_WORD, LEAST_NUMBER, LEAST_ARROW = 118, 173, 110
"""Capitals of 84 and of 123 units (8 and 12.2 mm for each metre, where a label of 18 % of the height has 18.8 mm)."""
SECOND: Final = 0.8
"""The word in the token's language, of the board's own."""
_BETWEEN_EM: Final = 0.32
"""Between both words, side by side."""
_BEFORE_NUMBER_EM: Final = 0.33
_GAP_EM, _CLOSE_EM = 0.36, 0.24
"""On both sides of the arrow together; where the word stands over its number."""
_STEPS: Final = range(100, 15, -5)


class Way(Enum):
    """How a call is set, by the classes of the style sheet. Two words for the room stand one above the other, or
    abreast."""

    LINE = ""
    OVER = "over abreast"
    OVER_BOTH = "over both"
    QUARTER = "abreast"
    STACK = "tall-stack"
    STACK_ABREAST = "tall-abreast"
    THREE = "tall-three tall-both"
    THREE_ABREAST = "tall-three tall-abreast"


_ABREAST: Final = (Way.OVER, Way.QUARTER, Way.STACK_ABREAST, Way.THREE_ABREAST)
_OVER: Final = (Way.OVER, Way.OVER_BOTH)


@dataclass(frozen=True, slots=True)
class Said:
    """A call as it is written. word: for the room; second: the same in the token's language, SECOND as large."""

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

    @property
    def abreast_em(self) -> float:
        return bold_em(self.word) + (_BETWEEN_EM + SECOND * bold_em(self.second) if self.second else 0.0)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Percent of full size: of the label, and of what says where to go."""

    label: int
    place: int
    way: Way = Way.LINE


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a call stands, set in this way. width: of a line; size: of the label; word, number, arrow in em of it;
    least, low: percent of the label, and of the others, at least."""

    way: Way
    width: int
    size: int
    word: float
    number: float
    arrow: float
    least: int = 100
    low: int = 20

    def wide(self, said: Said, label: int, place: int) -> float:
        """Units that the widest line of this call takes."""
        word = max(LEAST_WORD, self.size * self.word * place / 100)
        number = max(LEAST_NUMBER, self.size * self.number * place / 100) * said.number_em
        arrow = max(LEAST_ARROW, self.size * self.arrow * place / 100)
        gap = self.size * (_CLOSE_EM if self.way in _OVER else _GAP_EM)
        words = word * (said.abreast_em if self.way in _ABREAST else said.word_em)
        title, line = self.size * label / 100 * said.label_em, words + word * _BEFORE_NUMBER_EM + number
        match self.way:
            case Way.LINE:
                return title + gap + arrow + line
            case Way.OVER | Way.OVER_BOTH:
                return title + gap + arrow + max(words, number)
            case Way.THREE | Way.THREE_ABREAST:
                return max(title, words, arrow + gap / 2 + number)
            case _:
                return max(title, arrow + gap / 4 + line)


_LINE: Final = Cell(Way.LINE, 1700, 304, 0.41, 1.0, 0.74, 90, low=60)
_ABOVE: Final = Cell(Way.OVER, 1740, 304, 0.39, 0.75, 0.55, 90)
_BOTH_ABOVE: Final = Cell(Way.OVER_BOTH, 1740, 304, 0.39, 0.57, 0.45, 90)
_THIRD: Final = Cell(Way.LINE, 1700, 274, 0.43, 1.0, 0.74)
_QUARTER: Final = Cell(Way.QUARTER, 820, 274, 0.44, 0.64, 0.44)
_LYING: Final = ((_LINE, _ABOVE), (_LINE, _ABOVE, _BOTH_ABOVE), (_THIRD,), (_QUARTER,))
_STACK: Final = Cell(Way.STACK, 880, 312, 0.41, 1.0, 0.64, 75)
_TALL_THREE: Final = Cell(Way.THREE, 880, 228, 0.52, 0.76, 0.7)
_TALL_THREE_ABREAST: Final = Cell(Way.THREE_ABREAST, 880, 250, 0.47, 0.7, 0.64, 90)
_TALL_THIRD: Final = Cell(Way.STACK_ABREAST, 880, 290, 0.44, 0.75, 0.54, 80)
_TALL_THIRD_STACK: Final = Cell(Way.STACK, 880, 250, 0.47, 0.7, 0.48, 95)
_TALL_QUARTER: Final = Cell(Way.STACK_ABREAST, 880, 230, 0.52, 0.76, 0.5)
_UPRIGHT: Final = (
    (_STACK, _TALL_THREE_ABREAST, _TALL_THREE),
    (_STACK, _TALL_THREE_ABREAST, _TALL_THREE),
    (_TALL_THIRD, _TALL_THIRD_STACK, _TALL_THREE_ABREAST),
    (_TALL_QUARTER,),
)


def fits(all_said: Sequence[Said]) -> bool:
    """Whether all of these can share the screen, however the television hangs."""
    return fits_lying(all_said) and any(_sizes(all_said, cell) for cell in _UPRIGHT[len(all_said) - 1])


def fits_lying(all_said: Sequence[Said]) -> bool:
    return any(_sizes(all_said, cell) for cell in _LYING[len(all_said) - 1])


def lying(all_said: Sequence[Said]) -> Sizes:
    """Of all calls that share a lying screen. Where they fit in no way, the smallest of the last one."""
    return _best(all_said, _LYING[len(all_said) - 1])


def upright(all_said: Sequence[Said]) -> Sizes:
    return _best(all_said, _UPRIGHT[len(all_said) - 1])


def far(said: Said) -> Sizes:
    """The one call of a lying screen: the room stands below."""
    label = percent(1660 / 400 / said.label_em)
    below = 0.6 + _GAP_EM / 2 + 0.36 * (said.word_em + _GAP_EM) + 0.7 * said.number_em
    return Sizes(label, min(percent(1660 / 400 / below), int(label / 0.7)))


def upright_far(said: Said) -> Sizes:
    """The word has a line of its own."""
    wide = 880 / 370
    label = percent(wide / said.label_em)
    number, word = percent(wide / (said.number_em + 0.62 + _GAP_EM / 2)), percent(wide / (0.54 * said.word_em))
    return Sizes(label, min(label, number, word))


def _best(all_said: Sequence[Said], cells: Sequence[Cell]) -> Sizes:
    found = (_sizes(all_said, cell) for cell in cells)
    return next((sizes for sizes in found if sizes), None) or _forced(all_said, cells[-1])


def _sizes(all_said: Sequence[Said], cell: Cell) -> Sizes | None:
    """The largest at which all fit."""
    for label, place in _tries(cell):
        if all(cell.wide(said, label, place) <= cell.width for said in all_said):
            return Sizes(label, place, cell.way)
    return None


def _tries(cell: Cell) -> Iterator[tuple[int, int]]:
    """First all a little smaller, then only what says where to go, never larger than the label."""
    beside, labels = cell.way in (Way.LINE, *_OVER), [one for one in _STEPS if one >= cell.least]
    if beside:
        yield from ((both, both) for both in labels)
    for label in labels[-1:] if beside else labels:
        yield from ((label, one) for one in _STEPS if cell.low <= one <= label / cell.number)


def _forced(all_said: Sequence[Said], cell: Cell) -> Sizes:
    """No site has labels or words so wide; what still is too wide steps down in the page."""
    label = min(percent(cell.width / cell.size / said.label_em) for said in all_said)
    return Sizes(min(label, cell.least), cell.low, cell.way)


def _tight(text: str) -> float:
    return bold_em(text) - _TIGHT_EM * len(text)
