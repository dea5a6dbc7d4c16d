"""The screen while the hub is away: how old the board is, the labels that stand, what to do. No waiting ranges."""

from collections.abc import Iterator, Sequence

from display.screens import history
from display.screens.breaks import broken, broken_to_fit
from display.screens.grid import IDLE_ROWS, Grid
from display.screens.notes import placed_notes
from display.screens.parts import columns, head, scene
from display.screens.summons import STALE
from display.screens.view import View
from smartqueue.look import typeset
from smartqueue.look.linebreak import wide
from smartqueue.look.scene import Box, Icon, Item, Panel, Scene, Text
from smartqueue.look.theme import NIGHT

_ICON_CAPITALS = 2.3
"""Size of an icon beside words, in heights of their capitals."""
_ADVICE_UNITS = (46.0, 40.0, 36.0, 32.0, 28.5)
_ADVICE_LINES = 3
_BESIDE_ICON_UNITS = 30.0
_BETWEEN_LINES = 2.0
"""Between two pieces of advice, at least: so much more than between two lines of one."""
_BANNER_UNITS = 216.0
_BANNER_PORTRAIT_UNITS = 450.0
_BANNER_PAD_UNITS, _BANNER_GAP_UNITS = 37.0, 46.0
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
    yield from advice(view, grid, rest)


def _banner(view: View, grid: Grid, box: Box) -> Iterator[Item]:
    yield Panel(box, edge=NIGHT.trouble, edge_px=grid.px(6), radius_px=grid.radius)
    icon = grid.px(122)
    mark, words = box.inset(grid.px(44), grid.px(_BANNER_PAD_UNITS)).split_left(icon, grid.px(40))
    yield Icon(mark.centred(icon, icon), "wifi-off", NIGHT.trouble)
    gap, language = grid.px(_BANNER_GAP_UNITS), view.words.language
    most = (2, 4) if grid.portrait else (1, 1)
    style, plain = typeset.Style(language, 700, tight=not grid.portrait), typeset.Style(language)
    free = Box(words.x, words.y, words.w, words.h - gap)
    for share in (0.5, 0.44, 0.38):
        room, below = free.split_top(free.h * share)
        title, title_px = broken_to_fit(as_of(view), (grid.px(55), grid.px(48)), style, room, most[0])
        hint, hint_px = broken_to_fit(
            view.words.text("display.away.hint"), (grid.px(36), grid.px(32), grid.rest), plain, below, most[1]
        )
        title_h, hint_h = text_height(title, title_px, style, words.w), text_height(hint, hint_px, plain, words.w)
        if title_h <= room.h + 1 and hint_h <= below.h + 1:
            break
    above, rest = words.centred(words.w, title_h + gap + hint_h).split_top(title_h, gap)
    lines = (title.count("\n") + 1, hint.count("\n") + 1)
    tight = style.tight
    yield Text(above, title, language, title_px, 700, NIGHT.trouble, valign="top", lines=lines[0], tight=tight)
    yield Text(rest, hint, language, hint_px, 400, NIGHT.text, valign="top", lines=lines[1])


def advice(view: View, grid: Grid, box: Box, keys: Sequence[str] = tuple(_ADVICE)) -> Iterator[Item]:
    """What people can rely on and do now, as large as fits, all in one size; where there is no room for all, the most
    important."""
    yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
    inner = box.inset(grid.px(40), grid.px(28))
    while True:
        texts = [view.words.text(f"display.away.{key}") for key in keys]
        capital = _common(view, grid, texts, inner)
        if capital is not None or len(keys) == 1:
            break
        keys = keys[:-1]
    capital = capital or grid.rest
    icon, style = round(_ICON_CAPITALS * capital), typeset.Style(view.words.language)
    set_ = [broken(text, capital, style, _beside(grid, inner, capital), _ADVICE_LINES) for text in texts]
    heights = [max(icon, text_height(text, capital, style, inner.w)) for text in set_]
    spare = (inner.h - sum(heights)) / len(heights)
    y = inner.y + spare / 2
    for key, text, tall in zip(keys, set_, heights, strict=True):
        mark, words = Box(inner.x, y, inner.w, tall).split_left(icon, grid.px(_BESIDE_ICON_UNITS))
        yield Icon(mark.centred(icon, icon), _ADVICE[key], NIGHT.primary)
        yield Text(words, text, style.language, capital, 400, NIGHT.text, lines=text.count("\n") + 1)
        y += tall + spare


def _beside(grid: Grid, box: Box, capital: float) -> float:
    """Width for words beside an icon."""
    return box.w - round(_ICON_CAPITALS * capital) - grid.px(_BESIDE_ICON_UNITS)


def text_height(text: str, capital: float, style: typeset.Style, width: float) -> float:
    """From the first capitals to the last baseline."""
    lines = sum(len(typeset.wrap(one, capital, style, width)) for one in text.split("\n"))
    return capital + (lines - 1) * typeset.leading_em(style) * typeset.em_px(capital, style) + 1


def _common(view: View, grid: Grid, texts: Sequence[str], box: Box) -> float | None:
    """The largest capitals in which all texts have room one below the other, no word of them broken, and where that can
    be none alone on the last line."""
    style, kept = typeset.Style(view.words.language), None
    for capital in (grid.px(units) for units in _ADVICE_UNITS):
        width = _beside(grid, box, capital)
        gap = _BETWEEN_LINES * (typeset.leading_em(style) * typeset.em_px(capital, style) - capital)
        parts = [broken(text, capital, style, width, _ADVICE_LINES).split("\n") for text in texts]
        lines = [[line for one in some for line in typeset.wrap(one, capital, style, width)] for some in parts]
        whole = all(typeset.width(line, capital, style) <= width for some in lines for line in some)
        tall = sum(max(_ICON_CAPITALS * capital, text_height("\n".join(some), capital, style, width)) for some in lines)
        if whole and max(map(len, lines)) <= _ADVICE_LINES and tall + (len(texts) - 1) * gap <= box.h + 1:
            kept = kept or capital
            if all(len(some) == 1 or " " in some[-1] or wide(some[-1][-1]) for some in lines):
                return capital
    return kept
