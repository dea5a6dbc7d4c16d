"""Can it be read from the farthest seat? Capital heights for each metre of distance: experience.md, Display."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import permutations, product
from typing import Final

from display.board import Board, Call, Layout, Place
from display.screens import history
from display.screens.band import crowded, shared
from display.screens.call import above, together
from display.screens.cards import LEAST_LABEL_UNITS
from display.screens.door import NEXT_UNITS, least_label
from display.screens.grid import Grid
from display.screens.grid import grid as make_grid
from display.screens.parts import columns
from display.screens.single import areas as single_areas
from display.screens.view import View
from smartqueue.errors import StartFault
from smartqueue.i18n import Words
from smartqueue.look import typeset
from smartqueue.look.scene import Box
from smartqueue.terms import LANGUAGES, Label, Language, RoomId, RoomKind
from smartqueue.wire import SiteView

MM_PER_INCH: Final = 25.4
CALL_MM_PER_M: Final = 12.2
WORD_MM_PER_M: Final = 8.0
HISTORY_MM_PER_M: Final = 5.5
REST_MM_PER_M: Final = 2.8
WIDEST_LABELS: Final = ("M999", "M9999", "MW9999")
"""A department has one letter or two, a clinic day at most 9999 tokens."""
WIDEST_NUMBER: Final = "1000"
"""Of a room; one that is wider still, of several capitals, is set smaller."""
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
MOST_TOGETHER: Final = 4
"""Calls that share the screen."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of text. capital_px: the smallest it is set in; needed: millimetres for each metre of distance."""

    what: str
    capital_px: float
    needed: float


def measures(grid: Grid) -> Iterator[Measure]:
    """What has to be read from every seat, in the layout of the grid."""
    if grid.layout is Layout.DOOR:
        yield Measure("the label on call", least_label(grid, WIDEST_LABELS), CALL_MM_PER_M)
        yield Measure("the label of who is next", grid.px(NEXT_UNITS), HISTORY_MM_PER_M)
        yield Measure("the words beside the label", grid.rest, REST_MM_PER_M)
        return
    label, number, word, second = _least_on_call(grid)
    yield Measure("the label on call", label, CALL_MM_PER_M)
    yield Measure("the room's number on call", number, CALL_MM_PER_M)
    yield Measure("the word for the room on call", word, WORD_MM_PER_M)
    yield Measure("the word for the room in the token's language on call", second, WORD_MM_PER_M)
    yield Measure("labels of earlier calls", _earlier_px(grid), HISTORY_MM_PER_M)
    yield Measure("names and waiting times of departments", grid.rest, REST_MM_PER_M)


@lru_cache(maxsize=32)
def _least_on_call(grid: Grid) -> tuple[float, float, float, float]:
    """The smallest capitals of label, number and word, and of the word in the token's language, at which the widest
    calls are drawn, alone or together."""
    most = 1 if grid.layout is Layout.CALL else MOST_TOGETHER
    found = [
        shared(view, grid, _room_for(grid, count), calls[:1] * count)[1].chosen
        for count in range(1, most + 1)
        for view, calls in (*_widest_calls(), *_widest_spoken())
    ]
    least = [min(sizes) for sizes in zip(*((one.label, one.number, one.word) for one in found), strict=True)]
    return least[0], least[1], least[2], _least_second(grid, most)


def _least_second(grid: Grid, most: int) -> float:
    """Of the word in the token's language: where it has no room beside other things its call stands alone."""
    found = []
    for count, (view, calls) in product(range(1, most + 1), _widest_spoken()):
        box = _room_for(grid, count)
        box = together(grid) if crowded(view, grid, box, calls[:1] * count) else box
        set_ = shared(view, grid, box, calls[:1] * count)[1]
        found.append(0.0 if set_.bare else set_.chosen.second)
    return min(found)


def _room_for(grid: Grid, count: int) -> Box:
    if grid.layout is Layout.CALL:
        return single_areas(grid)[0]
    return above(grid)[0] if count == 1 else together(grid)


@lru_cache(maxsize=32)
def _earlier_px(grid: Grid) -> float:
    """The smallest capitals of a label among earlier calls."""
    if grid.layout is Layout.DEPARTMENTS:
        return grid.px(LEAST_LABEL_UNITS)
    whole = grid.portrait or grid.layout is Layout.CALL
    return min(
        history.least_label(view, grid, columns(grid, grid.body, wide=wide)[0].w, calls, grid.rows(kind))
        if not whole
        else history.least_label(view, grid, grid.body.w, calls, grid.rows(kind))
        for kind, wide in (("call", True), ("idle", False), ("away", False))
        for view, calls in _widest_calls()
    )


@lru_cache(maxsize=1)
def _widest_calls() -> tuple[tuple[View, tuple[Call, ...]], ...]:
    """Of each length of label the widest, called to a room of four digits, in every language and kind of room."""
    site, board = _nothing()
    made = []
    for language, kind, label in product(LANGUAGES, RoomKind, WIDEST_LABELS):
        view = View(board, site, _NEVER, Words(language))
        made.append((view, (Call(Label(label), Place(RoomId(""), kind, WIDEST_NUMBER)),)))
    return tuple(made)


@lru_cache(maxsize=1)
def _widest_spoken() -> tuple[tuple[View, tuple[Call, ...]], ...]:
    """Of each kind of room a call of which both words are wide, in two languages."""
    site, board = _nothing()
    made = []
    for kind in RoomKind:
        place = Place(RoomId(""), kind, WIDEST_NUMBER)
        by_width = sorted(LANGUAGES, key=lambda one: _word_width(one, kind))
        for language, token in permutations(by_width[-2:]):
            view = View(board, site, _NEVER, Words(language))
            made.append((view, (Call(Label(WIDEST_LABELS[-1]), place, language=token),)))
    return tuple(made)


def _word_width(language: Language, kind: RoomKind) -> float:
    return typeset.width(Words(language).text(f"display.{kind}"), 100.0, typeset.Style(language, 700))


def _nothing() -> tuple[SiteView, Board]:
    site = SiteView(id="", names={}, languages=list(LANGUAGES), default_language=LANGUAGES[0], zone="UTC")
    return site, Board(None, (), (), None)


def farthest_m(grid: Grid, tv_inches: float) -> float:
    """From so far everything can be read on a screen of this diagonal."""
    return min(_reaches_m(one, grid, tv_inches) for one in measures(grid))


def check(grid: Grid, tv_inches: float, seat_m: float) -> None:
    """Raises StartFault, with the reason and a way out, when something is too small from `seat_m` metres."""
    worst = min(measures(grid), key=lambda one: _reaches_m(one, grid, tv_inches))
    reach_m = _reaches_m(worst, grid, tv_inches)
    if reach_m >= seat_m - 0.005:
        return
    inches = math.ceil(tv_inches * seat_m / reach_m)
    other = _other_layout(grid, tv_inches, reach_m)
    has_mm = worst.capital_px * _mm_per_px(grid, tv_inches)
    raise StartFault(
        f"Too small to be read from {seat_m:g} m on a {tv_inches:g}-inch screen: {worst.what} would have capitals of "
        f"{has_mm:.0f} mm and need {worst.needed * seat_m:.0f}. Put the farthest seat at "
        f"{math.floor(reach_m * 10) / 10:g} m, or take a screen of {inches} inches{other}."
    )


def _other_layout(grid: Grid, tv_inches: float, reach_m: float) -> str:
    """One call at a time can be read from farther away."""
    far = farthest_m(make_grid(grid.width_px, grid.height_px, Layout.CALL), tv_inches)
    if grid.layout is Layout.DOOR or far <= reach_m * 1.05:
        return ""
    return f', or set layout = "call", which can be read from {math.floor(far * 10) / 10:g} m'


def _mm_per_px(grid: Grid, tv_inches: float) -> float:
    return tv_inches * MM_PER_INCH / math.hypot(grid.width_px, grid.height_px)


def _reaches_m(one: Measure, grid: Grid, tv_inches: float) -> float:
    return one.capital_px * _mm_per_px(grid, tv_inches) / one.needed
