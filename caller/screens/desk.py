"""The unit as it stands on a desk, drawn: number sign, four lamps, four buttons. Pure.

All measures are in units of a drawing 468 wide and 426 high, in which the unit takes 420 x 378 and 3 units are 1 mm.
The scene is that drawing, as large as fits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from caller.buttons import Button
from caller.lamps import Lamp
from smartqueue.i18n import Words
from smartqueue.look.scene import Box, Icon, Item, Panel, Scene, Target, Text
from smartqueue.look.theme import LIGHT, NIGHT
from smartqueue.terms import Label, RoomKind

WIDTH, HEIGHT = 468.0, 426.0
UNIT = Box(24, 24, 420, 378)
_CORNER = 30.0
_PADDING = 24.0
_SIGN_H = 108.0
_LABEL, _COUNT = 56.0, 35.0
"""Heights of capitals on the sign."""
_LAMPS_Y, _LAMP_BOX, _LAMP = 14.0, 46.0, 27.0
_WORD_H = 24.0
_WORDS_CAPITAL = 11.5
_SMALLER = 9.2
_KEYS_BOTTOM = 18.0
_KEY, _NEXT_KEY = 72.0, 90.0

_LIT = {Lamp.GREEN: NIGHT.primary, Lamp.WHITE: NIGHT.text, Lamp.AMBER: NIGHT.call, Lamp.RED: NIGHT.trouble}
_LAMP_WORDS = {Lamp.GREEN: "called", Lamp.WHITE: "waiting", Lamp.AMBER: "confirm", Lamp.RED: "hub_away"}
_ICONS = {Button.NEXT: "next", Button.RECALL: "recall", Button.NO_SHOW: "person-x", Button.PAUSE: "pause"}


@dataclass(frozen=True, slots=True)
class DeskView:
    """What there is to see.

    lit: lamps whose pins are high now. burning: lamps that are on or blink. pressed: buttons whose contacts are closed.
    """

    label: Label | None = None
    waiting: int = 0
    room: tuple[RoomKind, str] | None = None
    """Kind and number, once known."""
    away: bool = True
    paused: bool = False
    lit: frozenset[Lamp] = frozenset()
    burning: frozenset[Lamp] = frozenset()
    blinking: frozenset[Lamp] = frozenset()
    pressed: frozenset[Button] = frozenset()
    buttons: tuple[Button, ...] = tuple(Button)


def desk(view: DeskView, words: Words, width_px: int, height_px: int) -> Scene:
    """The unit in a window of this size. Targets are the buttons, by their names."""
    scale = min(width_px / WIDTH, height_px / HEIGHT)
    drawing = _Drawing(words, scale, (width_px - WIDTH * scale) / 2, (height_px - HEIGHT * scale) / 2)
    items: list[Item] = [drawing.panel(UNIT, NIGHT.card, radius=_CORNER)]
    items += drawing.sign(view)
    items += drawing.lamps(view)
    items += drawing.keys(view)
    targets = tuple(Target(drawing.box(box), button.value) for button, box in _key_boxes(view.buttons))
    scene = Scene(width_px, height_px, LIGHT.ground, tuple(items), targets, name=state_name(view))
    return scene.mirrored() if words.direction == "rtl" else scene


def state_name(view: DeskView) -> str:
    """One word for what the unit shows: the scene's name."""
    if Lamp.AMBER in view.burning:
        return "confirm" if Lamp.AMBER in view.blinking else "pressed"
    if view.away or Lamp.RED in view.burning:
        return "hub_away" if view.away else "refused"
    if view.label is not None:
        return "called"
    if view.paused:
        return "paused"
    return "waiting" if view.waiting else "rest"


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Items of the drawing at a place and scale of the window."""

    words: Words
    scale: float
    left: float
    top: float

    def box(self, box: Box) -> Box:
        scale = self.scale
        return Box(self.left + box.x * scale, self.top + box.y * scale, box.w * scale, box.h * scale)

    def panel(self, box: Box, fill: str | None, edge: str | None = None, edge_w: float = 0, radius: float = 0) -> Panel:
        scale = self.scale
        return Panel(self.box(box), fill, edge, edge_w * scale, radius * scale)

    def disc(self, centre: tuple[float, float], across: float, fill: str, edge: str, edge_w: float) -> Panel:
        box = Box(centre[0] - across / 2, centre[1] - across / 2, across, across)
        return self.panel(box, fill, edge, edge_w, across / 2)

    def word(self, box: Box, text: str, colour: str, weight: int = 400) -> Text:
        capital, smaller = _WORDS_CAPITAL * self.scale, _SMALLER * self.scale
        made = Text(self.box(box), text, self.words.language, capital, colour=colour, align="center")
        return replace(made, weight=700 if weight == 700 else 400, smaller_px=(smaller,))

    # --- parts

    def sign(self, view: DeskView) -> Iterator[Item]:
        box = Box(UNIT.x + _PADDING, UNIT.y + _PADDING, UNIT.w - 2 * _PADDING, _SIGN_H)
        yield self.panel(box, NIGHT.ground, NIGHT.edge, 2, radius=12)
        left, right = box.inset(20, 10).split_right(max(110.0, _count_w(view.waiting)), gap=12)
        if view.label is not None:
            yield self._label(left, view.label, NIGHT.quiet if view.away else NIGHT.call)
        else:
            yield from self._state(view, left)
        yield from self._count(view, right)

    def _label(self, box: Box, label: str, colour: str) -> Text:
        steps = tuple(size * self.scale for size in (46, 38, 32))
        capital = _LABEL * self.scale
        return Text(self.box(box), label, "en", capital, weight=700, colour=colour, tight=True, smaller_px=steps)

    def _state(self, view: DeskView, place: Box) -> Iterator[Item]:
        """What the sign says where no label stands."""
        if view.paused and not view.away:
            icon, rest = place.split_left(40, gap=10)
            yield Icon(self.box(icon.centred(40, 40)), "pause", NIGHT.quiet)
            yield self._large(rest, self.words.text("caller.paused"), NIGHT.quiet)
        elif view.room is not None:
            yield self._large(place, self._room(view.room), NIGHT.quiet)

    def _large(self, box: Box, text: str, colour: str) -> Text:
        steps = tuple(size * self.scale for size in (20, 16, 13))
        return Text(self.box(box), text, self.words.language, 25 * self.scale, colour=colour, smaller_px=steps)

    def _count(self, view: DeskView, place: Box) -> Iterator[Item]:
        """How many wait; beside a label also the room, and the two together as high as the label."""
        middle = place.centred(place.w, _COUNT)
        if view.label is not None and view.room is not None:
            beside = place.centred(place.w, _LABEL)
            middle = beside.split_bottom(_COUNT)[1]
            caption = beside.split_top(_WORDS_CAPITAL)[0]
            text = self.words.text("caller.paused") if view.paused else self._room(view.room)
            yield replace(self.word(caption, text, NIGHT.quiet), align="end")
        if view.away:
            yield Icon(self.box(middle.split_right(44)[1].centred(44, 44)), "wifi-off", NIGHT.trouble)
            return
        number, colour = str(view.waiting), NIGHT.call if view.waiting else NIGHT.quiet
        icon, digits = middle.split_right(_count_w(view.waiting) - 48, gap=8)
        yield Icon(self.box(icon.split_right(40)[1].centred(40, 40)), "people", colour)
        capital = _COUNT * self.scale
        yield Text(self.box(digits), number, "en", capital, weight=700, colour=colour, align="end", tight=True)

    def _room(self, room: tuple[RoomKind, str]) -> str:
        return self.words.text(f"caller.{room[0].value}", number=room[1])

    def lamps(self, view: DeskView) -> Iterator[Item]:
        row = Box(UNIT.x + _PADDING, UNIT.y + _PADDING + _SIGN_H + _LAMPS_Y, UNIT.w - 2 * _PADDING, 0)
        for lamp, column in zip(Lamp, row.columns(1, 1, 1, 1), strict=True):
            centre = (column.x + column.w / 2, column.y + _LAMP_BOX / 2)
            lit = lamp in view.lit
            if lit and lamp in view.blinking:
                rays = Box(centre[0] - _LAMP_BOX / 2, centre[1] - _LAMP_BOX / 2, _LAMP_BOX, _LAMP_BOX)
                yield Icon(self.box(rays), "rays", _LIT[lamp])
            edge = _LIT[lamp] if lamp in view.burning or lit else NIGHT.quiet
            yield self.disc(centre, _LAMP, _LIT[lamp] if lit else NIGHT.ground, edge, 2.5)
            word = Box(column.x, column.y + _LAMP_BOX, column.w, _WORD_H)
            colour = NIGHT.text if lamp in view.burning else NIGHT.quiet
            yield self.word(word, self.words.text(f"caller.{_LAMP_WORDS[lamp]}"), colour)

    def keys(self, view: DeskView) -> Iterator[Item]:
        for button, box in _key_boxes(view.buttons):
            main, pressed = button is Button.NEXT, button in view.pressed
            fill, edge = (NIGHT.primary, NIGHT.text) if main else (LIGHT.card, NIGHT.quiet)
            yield self.panel(box, fill, NIGHT.ground if pressed else edge, 6 if pressed else 3, radius=box.w / 2)
            side = 48 if main else 36
            colour = NIGHT.on_primary if main else LIGHT.text
            yield Icon(self.box(box.centred(side, side)), _ICONS[button], colour, directional=main)
            column = Box(
                box.x + box.w / 2 - _column_w(view.buttons) / 2, box.bottom + 4, _column_w(view.buttons), _WORD_H
            )
            yield self.word(column, self.words.text(f"caller.{button.value}"), NIGHT.text, weight=700)


def _count_w(waiting: int) -> float:
    """Icon, gap and digits."""
    return 40 + 8 + 10 + 26 * len(str(waiting))


def _column_w(buttons: tuple[Button, ...]) -> float:
    return (UNIT.w - 2 * _PADDING) / max(1, len(buttons))


def _key_boxes(buttons: tuple[Button, ...]) -> Iterator[tuple[Button, Box]]:
    """Where the buttons are, as much room for each; their lower ends on one line."""
    bottom = UNIT.bottom - _KEYS_BOTTOM - _WORD_H - 4
    width = _column_w(buttons)
    for n, button in enumerate(buttons):
        across = _NEXT_KEY if button is Button.NEXT else _KEY
        middle = UNIT.x + _PADDING + width * (n + 0.5)
        yield button, Box(middle - across / 2, bottom - across, across, across)
