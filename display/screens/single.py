"""The layout of one call at a time, as large as it gets, for halls where people sit far away: few things, all large."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from display.board import PAGE_S, Now
from display.screens import history
from display.screens.away import as_of, text_height
from display.screens.band import RING_UNITS, band, crowded, in_turn, urgent
from display.screens.breaks import broken_to_fit
from display.screens.grid import Grid, RowSizes
from display.screens.notes import Note, beside_strip, pressing, standing, strip, turning, words_width
from display.screens.parts import away_sign, beside_dots, dots, head, scene
from display.screens.summons import EARLIER, STALE
from display.screens.turns import between_calls
from display.screens.view import View
from smartqueue.look import typeset
from smartqueue.look.scene import Box, Icon, Item, Panel, Photo, Scene, Text
from smartqueue.look.theme import NIGHT

_STRIP_UNITS, _STRIP_PORTRAIT_UNITS = 217.0, 222.0
_STRIP_LINES: Final = 2
_BANNER_UNITS: Final = 350.0
_BANNER_PORTRAIT_UNITS: Final = 638.0
_BANNER_SIDE_UNITS: Final = (44.0, 28.0)
"""Upright there is less, so that a sentence has room on its line."""
_TITLE_UNITS: Final = (76.0, 70.0, 64.0, 58.0, 52.0, 47.5)
_APART_PX: Final = 4.0
_BESIDE_SHARES: Final = (0.62, 0.57, 0.53, 0.49)
"""Of the width, for a call beside notes."""
_BESIDE_SIDE_UNITS: Final = 44.0


def single(view: View, grid: Grid) -> Scene:
    """A call, the hub's absence, or the last calls."""
    if view.board.now is not None:
        return scene(view, grid, "display-call", _call(view, grid, view.board.now))
    if view.board.away_since is not None:
        return scene(view, grid, "display-away", _away(view, grid))
    return scene(view, grid, "display-idle", _idle(view, grid))


def areas(grid: Grid) -> tuple[Box, Box]:
    """For calls, and for notes."""
    return grid.body.split_bottom(grid.px(_STRIP_PORTRAIT_UNITS if grid.portrait else _STRIP_UNITS), grid.gap)


def _call(view: View, grid: Grid, now: Now) -> Iterator[Item]:
    """Of several calls each has its turn: side by side they could not be read from so far."""
    call = in_turn(now.calls, view.standing_s or 0.0)
    away = view.board.away_since is not None
    area, foot = areas(grid)
    alone = crowded(view, grid, area, (call,))
    if alone:
        area = grid.body.split_bottom(grid.px(RING_UNITS))[0]
    said = urgent(view) if alone else beside_strip(view, grid)
    yield from head(view, grid, away_sign(as_of(view)) if away else said)
    yield from band(view, grid, area, (call,), ring=now.ring)
    if len(now.calls) > 1:
        yield from dots(grid, area, now.calls.index(call), len(now.calls))
    if not alone:
        yield from _foot(view, grid, foot)


def _foot(view: View, grid: Grid, box: Box) -> Iterator[Item]:
    """The calls before this one in turn, each as long as a note. Notes stand beside them where both have room, else
    they have every other turn, and what has to stand stays."""
    beside = _beside_notes(view, grid, box)
    if beside is not None:
        place, list_, sizes = beside
        yield from strip(view, grid, place, _STRIP_LINES)
        yield from _earlier(view, grid, list_, sizes, int(view.at_s // PAGE_S))
        return
    turn, told = int(view.at_s // PAGE_S), bool(standing(view) or turning(view))
    free = not pressing(view) or beside_strip(view, grid)
    if not view.board.history or not free or (told and turn % 2 == 0):
        at_s = turn // 2 * PAGE_S if view.board.history and free else view.at_s
        yield from strip(replace(view, at_s=at_s), grid, box, _STRIP_LINES)
        return
    yield from _earlier(view, grid, box, grid.rows("call"), turn // 2 if told else turn)


def _earlier(view: View, grid: Grid, box: Box, sizes: RowSizes, turn: int) -> Iterator[Item]:
    """One of the calls before this one, with a mark of which."""
    which, count = turn % len(view.board.history), len(view.board.history)
    ink = EARLIER if view.board.away_since is None else STALE
    yield from history.in_turn(view, grid, box, view.board.history[which : which + 1], sizes, ink, (which, count))


def _beside_notes(view: View, grid: Grid, box: Box) -> tuple[Box, Box, RowSizes] | None:
    """For notes, each whole, and for the last calls beside them, with their sizes; None where one of them would have to
    be told in parts, or a call would get small or lose its arrow."""
    said = () if beside_strip(view, grid) else pressing(view)
    said = said or (*standing(view)[len(pressing(view)) :], *turning(view))
    if grid.portrait or not said or not view.board.history:
        return None
    usual = replace(grid.rows("call"), height=box.h, side=grid.px(_BESIDE_SIDE_UNITS))
    for share in _BESIDE_SHARES:
        place, list_ = box.columns(1 - share, share, gap=grid.gap)
        inner = beside_dots(grid, list_.inset(usual.side, 0), needed=len(view.board.history) > 1)[0]
        sizes = history.fitting(view, view.board.history, usual, inner.w)
        if sizes.arrow >= 1 and all(_whole(view, grid, place, one) for one in said):
            return place, list_, sizes
    return None


def _whole(view: View, grid: Grid, box: Box, told: Note) -> bool:
    """Whether a note needs no more lines in this box than it may have."""
    style = typeset.Style(told.language or view.words.language)
    room = words_width(grid, box)
    lines = typeset.wrap(told.text, grid.rest, style, room)
    return len(lines) <= _STRIP_LINES and all(typeset.width(line, grid.rest, style) <= room for line in lines)


def _idle(view: View, grid: Grid) -> Iterator[Item]:
    turning, photo = between_calls(view, grid)
    yield from head(view, grid, beside_strip(view, grid))
    area, foot = areas(grid)
    told = tuple(strip(view, grid, foot, _STRIP_LINES))
    yield from told
    area = area if told else grid.body
    if photo is not None:
        yield Photo(area, photo)
    elif view.board.history:
        rows = grid.rows("idle")
        fits = max(grid.fits("idle"), int((area.h + rows.gap) // (rows.height + rows.gap)))
        yield from history.rows(turning, grid, area, "idle", fits)
    else:
        yield from history.empty(view, grid, area)


def _away(view: View, grid: Grid) -> Iterator[Item]:
    yield from head(view, grid)
    tall = grid.px(_BANNER_PORTRAIT_UNITS if grid.portrait else _BANNER_UNITS)
    banner, below = grid.body.split_top(tall, grid.px(25))
    yield from _banner(view, grid, banner)
    if view.board.history:
        yield from history.rows(view, grid, below, "away", grid.fits("away"), ink=STALE)
    else:
        yield from history.empty(view, grid, below)


def _banner(view: View, grid: Grid, box: Box) -> Iterator[Item]:
    """How old the board is, large, and what that means; upright that stands below the sign, too."""
    yield Panel(box, edge=NIGHT.trouble, edge_px=grid.px(6), radius_px=grid.radius)
    icon, gap = grid.px(130 if grid.portrait else 150), grid.px(40)
    inner = box.inset(grid.px(_BANNER_SIDE_UNITS[grid.portrait]), grid.px(34))
    whole = inner if grid.portrait else inner.split_left(icon, gap)[1]
    bold, plain = typeset.Style(view.words.language, 700), typeset.Style(view.words.language)
    most = (2, 4) if grid.portrait else (1, 2)
    hint, _ = broken_to_fit(view.words.text("display.away.hint"), (grid.rest,), plain, whole, most[1])
    hint_h = text_height(hint, grid.rest, plain, whole.w)
    room = Box(inner.x, inner.y, inner.w - icon - gap, inner.h - hint_h - grid.px(60))
    title, title_px = broken_to_fit(as_of(view), tuple(grid.px(one) for one in _TITLE_UNITS), bold, room, most[0])
    title_h = text_height(title, title_px, bold, room.w)
    apart = max(grid.px(60 if grid.portrait else 52), _ink_between((title, title_px, bold), (hint, grid.rest, plain)))
    above, below = whole.centred(whole.w, title_h + apart + hint_h).split_top(title_h, apart)
    mark, words = (above if grid.portrait else inner).split_left(icon, gap)
    yield Icon(mark.centred(icon, icon), "wifi-off", NIGHT.trouble)
    words = Box(words.x, above.y, words.w, title_h)
    yield Text(words, title, bold.language, title_px, 700, NIGHT.trouble, valign="top", lines=most[0])
    yield Text(below, hint, plain.language, grid.rest, 400, NIGHT.text, valign="top", lines=most[1])


def _ink_between(above: tuple[str, float, typeset.Style], below: tuple[str, float, typeset.Style]) -> float:
    """From the last baseline of one text to the capitals of the other, so that none of their ink meets."""
    upper, lower = (typeset.block(text, style, (capital,)) for text, capital, style in (above, below))
    hang = upper.y + upper.mask.height - upper.baselines[-1]
    return max(0.0, hang) + max(0.0, -lower.y - lower.capital_px) + _APART_PX
