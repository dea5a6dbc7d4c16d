"""The layout of one call at a time, as large as it gets, for halls where people sit far away: few things, all large."""

from collections.abc import Iterator
from typing import Final

from display.board import Now
from display.screens import history
from display.screens.away import as_of
from display.screens.band import band, in_turn
from display.screens.breaks import broken_to_fit
from display.screens.grid import Grid
from display.screens.notes import beside_strip, strip
from display.screens.parts import away_sign, head, page_text, scene
from display.screens.summons import STALE
from display.screens.turns import between_calls
from display.screens.view import View
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Words
from smartqueue.look.scene import Box, Icon, Item, Panel, Photo, Scene, Text
from smartqueue.look.theme import NIGHT

_STRIP_UNITS, _STRIP_PORTRAIT_UNITS = 180.0, 200.0
_STRIP_LINES: Final = 2
_BANNER_UNITS: Final = 350.0
_BANNER_PORTRAIT_UNITS: Final = 660.0


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
    said: tuple[Part, ...] = beside_strip(view, grid)
    if view.board.away_since is not None:
        said = away_sign(as_of(view))
    elif len(now.calls) > 1:
        said = (Words(page_text(view, now.calls.index(call), len(now.calls)), NIGHT.text, 700),)
    yield from head(view, grid, said)
    area, foot = areas(grid)
    yield from band(view, grid, area, (call,), ring=now.ring)
    yield from strip(view, grid, foot, _STRIP_LINES)


def _idle(view: View, grid: Grid) -> Iterator[Item]:
    turning, photo = between_calls(view, grid)
    yield from head(view, grid, beside_strip(view, grid))
    area, foot = areas(grid)
    yield from strip(view, grid, foot, _STRIP_LINES)
    if photo is not None:
        yield Photo(area, photo)
    elif view.board.history:
        yield from history.rows(turning, grid, area, "idle", grid.fits("idle"))
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
    yield Panel(box, edge=NIGHT.trouble, edge_px=grid.px(6), radius_px=grid.radius)
    icon = grid.px(150)
    mark, words = box.inset(grid.px(44), grid.px(34)).split_left(icon, grid.px(40))
    yield Icon(mark.centred(icon, icon), "wifi-off", NIGHT.trouble)
    lines = 2 if grid.portrait else 1
    title, hint = words.rows(3, 5, gap=grid.px(36))
    style = typeset.Style(view.words.language, 700, tight=True)
    said, capital = broken_to_fit(as_of(view), (grid.px(76), grid.px(64), grid.rest), style, title, lines)
    yield Text(title, said, style.language, capital, 700, NIGHT.trouble, lines=lines, tight=True)
    style = typeset.Style(view.words.language)
    lines = 4 if grid.portrait else 2
    said, capital = broken_to_fit(view.words.text("display.away.hint"), (grid.rest,), style, hint, lines)
    yield Text(hint, said, style.language, capital, 400, NIGHT.text, lines=lines)
