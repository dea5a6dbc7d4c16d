"""Sizes of calls and of rows of earlier calls, in layout units: for a width or height of 1080."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from display.board import Layout


class Lines(Enum):
    """How a call is set: label, arrow and room on one line; the word for the room above its number, which stands on the
    label's line; the label above arrow and room; the word on a line of its own between label and number."""

    ONE = auto()
    CAPTION = auto()
    STACK = auto()
    THREE = auto()


@dataclass(frozen=True, slots=True)
class CallSizes:
    """One way to set a call; heights of capitals, the most wanted first. number: none = as the label; never higher than
    it. arrow: width, 0 = none. sides: free on both sides. gap: between two lines. above: free above and below.

    centred: the lines stand in the middle, with the arrow right before the word for the room. raised: the word in the
    token's language stands after the label, above the room, so that the arrow keeps its place before the room.
    """

    lines: Lines
    label: tuple[float, ...]
    number: tuple[float, ...]
    word: tuple[float, ...]
    arrow: tuple[float, ...]
    sides: tuple[float, ...]
    gap: float = 0.0
    above: float = 20.0
    centred: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class RowSizes:
    """Of one row of the history, in pixels. label, word: heights of capitals. stacked: the room below the label."""

    height: float
    gap: float
    label: float
    word: float
    arrow: float
    side: float
    stacked: bool = False


LEAST_CALL: Final = 0.18 * 1080
"""18 % of the height: experience.md, Display."""
_WORD: Final = (88.0, 78.0)
_SIDES: Final = (60.0, 40.0, 32.0)
_LABEL: Final = (0.197 * 1080, 0.188 * 1080, LEAST_CALL)
_LABEL_TALL: Final = (0.222 * 1080, 0.21 * 1080, *_LABEL)
_NUMBER_BELOW: Final = (160.0, 150.0, 135.0, 122.0)
"""Below the word for the room: both together are about as high as a label looks."""
_LABEL_UPRIGHT: Final = (233.0, 222.0, 211.0, 204.0, 198.0, 192.0, 186.0, 180.0, 174.0, 168.0, 162.0)
_NUMBER_UPRIGHT: Final = (*_LABEL_UPRIGHT, 150.0, 135.0, 122.0)

_ONE = (
    CallSizes(Lines.ONE, _LABEL, (), _WORD, (220, 190, 160, 130), _SIDES),
    CallSizes(Lines.CAPTION, _LABEL, _NUMBER_BELOW, _WORD, (190, 160, 130), _SIDES, gap=30),
    CallSizes(Lines.CAPTION, (LEAST_CALL,), _NUMBER_BELOW, _WORD[1:], (100, 0), _SIDES, gap=24),
)
_TWO = (
    CallSizes(Lines.ONE, _LABEL_TALL, (), _WORD, (220, 190, 160, 130), _SIDES),
    CallSizes(Lines.CAPTION, _LABEL_TALL, _NUMBER_BELOW, _WORD, (220, 190, 160), _SIDES, gap=30),
    CallSizes(Lines.CAPTION, _LABEL_TALL, _NUMBER_BELOW, _WORD, (130, 100, 0), _SIDES, gap=28),
)
_THREE = (
    CallSizes(Lines.ONE, _LABEL, (), _WORD, (190, 160, 130, 110), _SIDES),
    CallSizes(Lines.ONE, (LEAST_CALL,), (150, 135, 122), _WORD, (130, 100), _SIDES),
    CallSizes(Lines.CAPTION, (LEAST_CALL,), (150, 135, 122), _WORD, (130, 100, 0), _SIDES, gap=20),
)
_CELL = CallSizes(Lines.STACK, _LABEL, (150, 135, 122), (84, 78), (140, 110, 90), (48, 40, 32, 20), gap=32)
_FOUR = (
    _CELL,
    replace(_CELL, label=(LEAST_CALL,), number=(122,), gap=18),
    replace(_CELL, label=(LEAST_CALL,), number=(150, 135, 122), arrow=(0,), gap=18),
)
_UPRIGHT = CallSizes(
    Lines.STACK, _LABEL_UPRIGHT, (*_LABEL_UPRIGHT, 150), _WORD, (170, 132, 100), _SIDES, gap=44, above=24
)
_TALL_UPRIGHT = CallSizes(
    Lines.THREE, _LABEL_UPRIGHT, _NUMBER_UPRIGHT, _WORD, (170, 132, 100), _SIDES, gap=40, above=24
)
_ONE_UPRIGHT = (
    _UPRIGHT,
    replace(_UPRIGHT, number=_NUMBER_UPRIGHT[-2:], arrow=(100,)),
    replace(_UPRIGHT, number=_NUMBER_UPRIGHT, arrow=(0,)),
    _TALL_UPRIGHT,
)
_CELL_UPRIGHT = CallSizes(
    Lines.STACK, _LABEL_UPRIGHT, (150, 135, 122), (84, 78), (140, 110, 90), _SIDES, gap=40, above=24
)
_THREE_UPRIGHT = (
    _CELL_UPRIGHT,
    replace(_CELL_UPRIGHT, sides=(*_SIDES, 28.0), raised=True),
    replace(_TALL_UPRIGHT, number=(150, 135, 122), word=_WORD[1:], gap=24, above=20),
)
_CLOSE_UPRIGHT = replace(_CELL_UPRIGHT, label=(180, 170, 162), number=(135, 122), gap=24, above=14)
_FOUR_UPRIGHT = (
    _CLOSE_UPRIGHT,
    replace(_CLOSE_UPRIGHT, sides=(*_SIDES, 28.0), raised=True),
)
_FAR_STACK = CallSizes(
    Lines.STACK,
    (340, 326, 312, 298, 284, 270, 255, 240),
    (224, 212, 204),
    (152, 143, 138),
    (240, 200, 160, 120),
    (70, 50, 40, 32),
    gap=40,
    above=24,
    centred=True,
)
_FAR_CLOSE = replace(_FAR_STACK, gap=22, above=14)
_FAR = (_FAR_STACK, _FAR_CLOSE, replace(_FAR_STACK, arrow=(0,)), replace(_FAR_CLOSE, arrow=(0,)))
_FAR_UPRIGHT = CallSizes(
    Lines.THREE,
    (290, 270, 255, 240, 222, 212, 205, 198, 192, 186, 180, 174, 168, 162),
    (270, 255, 240, 222, 212, 205, 198, 192, 186, 180, 174, 168, 162),
    (150, 140, 130, 124),
    (240, 200, 160, 120, 0),
    (60, 40, 32),
    gap=110,
    above=40,
)
_DOOR = CallSizes(Lines.ONE, (330, 300, 270, 250, 230), (), (90, 80), (0,), (70, 50, 40), above=40)
_DOOR_UPRIGHT = CallSizes(
    Lines.ONE, (270, 240, 222, 205, 190, 175, 160, 146), (), (90, 80), (0,), (60, 40, 32), above=40
)


def call_sizes(layout: Layout, calls: int, *, upright: bool) -> tuple[CallSizes, ...]:
    """Ways to set each of so many calls that share the screen (at most four), the most wanted first."""
    if layout is Layout.CALL:
        return (_FAR_UPRIGHT,) if upright else _FAR
    if layout is Layout.DOOR:
        return (_DOOR_UPRIGHT,) if upright else (_DOOR,)
    if upright:
        return (_ONE_UPRIGHT, _ONE_UPRIGHT, _THREE_UPRIGHT, _FOUR_UPRIGHT)[calls - 1]
    return (_ONE, _TWO, _THREE, _FOUR)[calls - 1]


ROWS: Final[dict[tuple[Layout, str, bool], tuple[float, float, float, float, float, float]]] = {
    (Layout.RECENT, "call", False): (103, 15, 60.5, 45, 72, 40),
    (Layout.RECENT, "idle", False): (150, 24, 87.5, 57.5, 96, 40),
    (Layout.RECENT, "away", False): (108, 16, 64.5, 45, 78, 40),
    (Layout.RECENT, "call", True): (98, 12, 61, 45, 72, 36),
    (Layout.RECENT, "idle", True): (134, 16, 84, 56, 88, 36),
    (Layout.RECENT, "away", True): (106, 14, 64, 46, 76, 36),
    (Layout.CALL, "call", False): (204, 20, 118, 84, 130, 70),
    (Layout.CALL, "idle", False): (188, 20, 114, 80, 130, 70),
    (Layout.CALL, "away", False): (146, 16, 92, 64, 110, 70),
    (Layout.CALL, "call", True): (220, 20, 84, 58, 92, 60),
    (Layout.CALL, "idle", True): (400, 20, 138, 88, 150, 60),
    (Layout.CALL, "away", True): (266, 20, 95, 65, 104, 60),
}
"""height, gap, label, word, arrow, side: of RowSizes."""
