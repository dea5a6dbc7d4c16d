"""The two screens without a board: one moment please, and out of service."""

from collections.abc import Iterator

from display.screens.grid import Grid
from smartqueue.i18n import Words
from smartqueue.look.scene import Icon, Item, Panel, Scene, Text
from smartqueue.look.theme import NIGHT


def connecting(words: Words, grid: Grid) -> Scene:
    """Nothing is known yet."""
    return _scene(words, grid, "connecting", "clock", NIGHT.primary)


def refused(words: Words, grid: Grid, why: str = "refused") -> Scene:
    """The hub does not talk to this display; somebody must come. why: `refused` (its key) or `other_version`."""
    return _scene(words, grid, why, "warning", NIGHT.trouble)


def _scene(words: Words, grid: Grid, name: str, icon: str, colour: str) -> Scene:
    items = tuple(_items(words, grid, name, icon, colour))
    made = Scene(grid.width_px, grid.height_px, NIGHT.ground, items, name=f"display-{name.replace('_', '-')}")
    return made.mirrored() if words.direction == "rtl" else made


def _items(words: Words, grid: Grid, name: str, icon: str, colour: str) -> Iterator[Item]:
    card = grid.body
    yield Panel(card, fill=NIGHT.card, radius_px=grid.radius)
    inner = card.inset(grid.px(80), grid.px(60))
    body, note = inner.split_bottom(grid.px(110), grid.px(20))
    size = grid.px(170)
    lines = 3 if grid.portrait else 2
    block = body.centred(body.w, min(body.h, size + grid.px(80 + 130 * lines)))
    mark, text = block.split_top(size, grid.px(60))
    yield Icon(mark.centred(size, size), icon, colour)
    title, hint = text.rows(1, 1, gap=grid.px(30))
    yield Text(
        title,
        words.text(f"display.{name}.title"),
        words.language,
        grid.px(60),
        700,
        NIGHT.text,
        "center",
        "middle",
        lines=lines,
        tight=True,
        smaller_px=(grid.px(50),),
    )
    yield Text(
        hint,
        words.text(f"display.{name}.hint"),
        words.language,
        grid.px(36),
        400,
        NIGHT.text,
        "center",
        "top",
        lines=lines + 1,
    )
    yield Text(
        note,
        words.text(f"display.{name}.note"),
        words.language,
        grid.rest,
        400,
        NIGHT.quiet,
        "center",
        "bottom",
        lines=2,
    )
