"""The screen while the hub is away: how old the board is, the labels that stand, what to do. No waiting ranges."""

from collections.abc import Iterator, Sequence

from display.screens import history
from display.screens.breaks import broken, broken_to_fit
from display.screens.grid import IDLE_ROWS, Grid
from display.screens.notes import every_note, place_notes, placed_notes
from display.screens.parts import columns, head, scene
from display.screens.summons import STALE
from display.screens.view import View
from smartqueue.look import typeset
from smartqueue.look.scene import Box, Icon, Item, Panel, Scene, Text
from smartqueue.look.theme import NIGHT

_ICON_CAPITALS = 2.3
"""Size of an icon beside words, in heights of their capitals."""
_BANNER_UNITS = 216.0
_BANNER_PORTRAIT_UNITS = 450.0
_NO_BREAK = "\u00a0"
_ADVICE = {"valid": "ticket", "listen": "speaker", "ranges": "clock"}
"""What is said, and its icon."""


def away(view: View, grid: Grid) -> Scene:
    """Needs a board with `away_since`."""
    return scene(view, grid, "display-away", _items(view, grid))


def as_of(view: View) -> str:
    """`Board as of 10:58, 9 minutes old`; the age is left out where the clocks contradict each other."""
    since, words = view.board.away_since, view.words
    assert since is not None
    local = since.astimezone(view.clock.tzinfo)
    time = words.time(local)
    minutes = int((view.clock - local).total_seconds() // 60)
    if local.date() != view.clock.date() and minutes >= 0:
        date = words.date_short(local).replace(" ", _NO_BREAK)
        return words.text("display.away.as_of_day", date=date, time=time)
    if minutes >= 60:
        return words.count("display.away.hours", minutes // 60, time=time)
    return words.count("display.away.minutes", max(0, minutes), time=time)


def _items(view: View, grid: Grid) -> Iterator[Item]:
    yield from head(view, grid)
    banner, below = grid.body.split_top(
        grid.px(_BANNER_PORTRAIT_UNITS if grid.portrait else _BANNER_UNITS), grid.px(25)
    )
    yield from _banner(view, grid, banner)
    if grid.portrait:
        list_, beside = below.split_top(history.height(grid.rows("away"), IDLE_ROWS), grid.gap)
    else:
        list_, beside = columns(grid, below)
    if view.board.history:
        yield from history.rows(view, grid, list_, "away", IDLE_ROWS, ink=STALE)
    else:
        yield from history.empty(view, grid, list_)
    rest, said = placed_notes(view, grid, beside, calm=True)
    yield from said
    yield from advice(view, grid, rest, beside)


def _banner(view: View, grid: Grid, box: Box) -> Iterator[Item]:
    yield Panel(box, edge=NIGHT.trouble, edge_px=grid.px(6), radius_px=grid.radius)
    icon = grid.px(122)
    mark, words = box.inset(grid.px(44), grid.px(37)).split_left(icon, grid.px(40))
    yield Icon(mark.centred(icon, icon), "wifi-off", NIGHT.trouble)
    lines = 2 if grid.portrait else 1
    share = 0.46 if grid.portrait else 36 / 92
    title, hint = words.split_bottom((words.h - grid.px(50)) * share, grid.px(50))
    language = view.words.language
    style = typeset.Style(language, 700, tight=True)
    said, capital = broken_to_fit(as_of(view), (grid.px(55), grid.px(48)), style, title, lines)
    yield Text(title, said, language, capital, 700, NIGHT.trouble, lines=lines, tight=True)
    about = view.words.text("display.away.hint")
    lines = 3 if grid.portrait else 1
    said, capital = broken_to_fit(about, (grid.px(36), grid.rest), typeset.Style(language), hint, lines)
    yield Text(hint, said, language, capital, 400, NIGHT.text, lines=lines)


def advice(view: View, grid: Grid, box: Box, whole: Box, keys: Sequence[str] = tuple(_ADVICE)) -> Iterator[Item]:
    """What people can rely on and do now, all in one size; where there is no room for all, the most important.

    whole: the box before notices took their part of it; the size is one at which the words fit with every notice.
    """
    yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
    texts = [view.words.text(f"display.away.{key}") for key in _ADVICE]
    least = _rows(grid, place_notes(view, grid, whole, every_note(view))[0], len(_ADVICE))[0]
    gap = grid.px(30)
    capital = _common(view, grid, texts, least.w - _ICON_CAPITALS * grid.px(36) - gap, least.h)
    icon = round(_ICON_CAPITALS * capital)
    style = typeset.Style(view.words.language)
    while (
        len(keys) > 1
        and _tall(view, keys, capital, box.w - icon - gap - 2 * grid.px(40)) > _rows(grid, box, len(keys))[0].h
    ):
        keys = keys[:-1]
    for row, key in zip(_rows(grid, box, len(keys)), keys, strict=True):
        mark, words = row.split_left(icon, gap)
        yield Icon(mark.centred(icon, icon), _ADVICE[key], NIGHT.primary)
        said = broken(view.words.text(f"display.away.{key}"), capital, style, words.w, 3)
        yield Text(words, said, view.words.language, capital, 400, NIGHT.text, lines=3)


def _rows(grid: Grid, box: Box, count: int) -> tuple[Box, ...]:
    return box.inset(grid.px(40), grid.px(24)).rows(*(1 for _ in range(count)), gap=grid.px(26))


def _tall(view: View, keys: Sequence[str], capital: float, width: float) -> float:
    """Height of the longest of these texts."""
    style = typeset.Style(view.words.language)
    lines = max(len(typeset.wrap(view.words.text(f"display.away.{key}"), capital, style, width)) for key in keys)
    return capital + (lines - 1) * typeset.leading_em(style) * typeset.em_px(capital, style)


def _common(view: View, grid: Grid, texts: Sequence[str], width: float, height: float) -> float:
    """The largest capitals in which every text fits."""
    style = typeset.Style(view.words.language)
    sizes = (grid.px(36), grid.px(32), grid.rest)
    for capital in sizes:
        pitch = typeset.leading_em(style) * typeset.em_px(capital, style)
        lines = max(len(typeset.wrap(text, capital, style, width)) for text in texts)
        if lines * pitch <= height + 1:
            return capital
    return sizes[-1]
