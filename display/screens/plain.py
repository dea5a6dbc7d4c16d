"""The two screens without a board: one moment please, and out of service."""

from collections.abc import Iterator

from display.screens.breaks import broken
from display.screens.grid import Grid
from smartqueue.i18n import Words
from smartqueue.look import typeset
from smartqueue.look.scene import Box, Icon, Item, Panel, Scene, Text, Weight
from smartqueue.look.theme import NIGHT


def connecting(words: Words, grid: Grid) -> Scene:
    """Nothing is known yet."""
    return _scene(words, grid, "connecting", "clock", NIGHT.primary)


def refused(words: Words, grid: Grid, why: str = "refused") -> Scene:
    """The hub does not talk to this display, or not about this room; somebody must come. why: `refused` (its key),
    `other_version` or `no_room`."""
    return _scene(words, grid, why, "warning", NIGHT.trouble)


def _scene(words: Words, grid: Grid, name: str, icon: str, colour: str) -> Scene:
    items = tuple(_items(words, grid, name, icon, colour))
    made = Scene(grid.width_px, grid.height_px, NIGHT.ground, items, name=f"display-{name.replace('_', '-')}")
    return made.mirrored() if words.direction == "rtl" else made


def _items(words: Words, grid: Grid, name: str, icon: str, colour: str) -> Iterator[Item]:
    card = grid.body
    yield Panel(card, fill=NIGHT.card, radius_px=grid.radius)
    inner = card.inset(grid.px(80), grid.px(60))
    body, note_box = inner.split_bottom(grid.px(110 if grid.far == 1 else 150), grid.px(20))
    note = _Lines(words, f"display.{name}.note", grid.rest, 400, body.w)
    body = Box(body.x, body.y, body.w, min(body.h, note_box.bottom - note.height - grid.px(50) - body.y))
    for share in (1.0, 0.9, 0.8, 0.7, 0.6):
        title = _Lines(words, f"display.{name}.title", grid.px((60 if grid.far == 1 else 76) * share), 700, body.w)
        least = grid.rest * (1.0 if share > _KEPT else share)
        hint = _Lines(words, f"display.{name}.hint", max(grid.px(36 * share), least), 400, body.w)
        size, gaps = grid.px(170 * share), (grid.px(70 * share), grid.px((60 if grid.far == 1 else 80) * share))
        if size + title.height + hint.height + sum(gaps) <= body.h and max(title.width, hint.width) <= body.w + 1:
            break
    block = body.centred(body.w, size + title.height + hint.height + sum(gaps))
    mark, text = block.split_top(size, gaps[0])
    title_box, hint_box = text.split_top(title.height, gaps[1])
    yield Icon(mark.centred(size, size), icon, colour)
    yield title.text(title_box, NIGHT.text)
    yield hint.text(hint_box, NIGHT.text)
    yield note.text(note_box.split_bottom(note.height)[1], NIGHT.quiet)


_MOST_LINES = 4
_KEPT = 0.65
"""Down to this share of their size it is the icon, the title and the gaps that give way."""


class _Lines:
    """Words broken into as many lines as they need, in the middle. height: from first capitals to last baseline.
    width: of the longest line."""

    def __init__(self, words: Words, key: str, capital: float, weight: Weight, width: float) -> None:
        style = typeset.Style(words.language, weight, tight=weight == 700)
        self._style, self._capital, self._weight = style, capital, weight
        self._said = broken(words.text(key), capital, style, width, _MOST_LINES)
        lines = typeset.wrap(self._said, capital, style, width)
        self._lines = len(lines)
        self.width = max(typeset.width(line, capital, style) for line in lines)
        pitch = typeset.leading_em(style) * typeset.em_px(capital, style)
        self.height = capital + (self._lines - 1) * pitch + 1

    def text(self, box: Box, colour: str) -> Text:
        style = self._style
        return Text(
            box,
            self._said,
            style.language,
            self._capital,
            self._weight,
            colour,
            "center",
            "top",
            lines=self._lines,
            tight=style.tight,
        )
