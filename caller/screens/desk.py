"""The unit as it stands on a desk, drawn: number sign, four lamps or one of three colours, buttons. Pure.

All measures are in units of a drawing 468 wide and 426 high, in which the unit takes 420 x 378 and 3 units are 1 mm.
The scene is that drawing, as large as fits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from caller.buttons import NOBODY_WAITS, Button, LocalRefusal
from caller.lamps import Lamp
from caller.wiring import by_one_lamp
from smartqueue.i18n import Words
from smartqueue.look.scene import Box, Icon, Item, Panel, Scene, Target, Text, Weight
from smartqueue.look.theme import LED_BLUE, LED_GREEN, LIGHT, NIGHT
from smartqueue.terms import Care, Label, RoomKind

WIDTH, HEIGHT = 468.0, 426.0
UNIT = Box(24, 24, 420, 378)
_CORNER = 30.0
_PADDING = 24.0
_SIGN = Box(42, 42, 384, 118)
_LABEL, _COUNT, _FOOT = 56.0, 34.0, 14.0
"""Heights of capitals on the sign: the number, how many wait, and the line below."""
_FOOT_H = 22.0
_LAMPS_Y, _LAMP_BOX, _LAMP = 166.5, 46.0, 27.0
_ONE_BOX, _ONE_LAMP = 61.0, 36.0
_BELOW_LAMP = 5.0
_WORD_H = 24.0
_TWO_WORDS_H = 36.0
_WORDS_CAPITAL = 11.5
"""Of the words below lamps and keys, all of them: the words are chosen so that they fit."""
_BESIDE_WORD = 2.5
_ONE_LINE = 16
"""Signs of a unit's name."""
_KEYS_BOTTOM = 14.0
_KEY, _NEXT_KEY = 72.0, 90.0

_LIT = {Lamp.GREEN: NIGHT.primary, Lamp.WHITE: NIGHT.text, Lamp.AMBER: NIGHT.call, Lamp.RED: NIGHT.trouble}
_MIXED = {
    frozenset({Lamp.GREEN}): LED_GREEN,
    frozenset({Lamp.WHITE}): LED_BLUE,
    frozenset({Lamp.GREEN, Lamp.WHITE}): NIGHT.primary,
    frozenset({Lamp.AMBER}): NIGHT.call,
    frozenset({Lamp.RED}): NIGHT.trouble,
}
"""Light of the one lamp of three colours, by what it says."""
_LAMP_WORDS = {Lamp.GREEN: "called", Lamp.WHITE: "waiting", Lamp.AMBER: "confirm", Lamp.RED: "trouble"}
_CARE_WORDS = {Care.TIME: "needs_time", Care.FETCH: "fetch"}
_ICONS = {Button.NEXT: "next", Button.RECALL: "recall", Button.NO_SHOW: "person-x", Button.PAUSE: "pause"}
_WHY = {
    NOBODY_WAITS: "nobody_waits",
    LocalRefusal.NOBODY_CALLED: "nobody_called",
    LocalRefusal.BUSY: "busy",
    LocalRefusal.HUB_AWAY: "hub_away",
    LocalRefusal.TOO_OLD: "too_late",
    LocalRefusal.NOT_OBEYED: "too_late",
    "room_paused": "room_paused",
    "room_closed": "room_closed",
    "impossible_transition": "not_possible",
    "nothing_to_confirm": "not_possible",
    "token_elsewhere": "not_possible",
}
"""What came of a press, as a word of the sign; any other code is `refused`."""


@dataclass(frozen=True, slots=True)
class DeskView:
    """What there is to see.

    tells: what came of the last press (`Presses.tells`). lit: lamps that are seen to burn now. burning: lamps that are
    on or blink. care: what green tells while it winks. identifies: name of the unit while it shows which one it is.
    pressed: buttons whose contacts are closed. one_lamp: of three colours, instead of four.
    """

    label: Label | None = None
    waiting: int = 0
    room: tuple[RoomKind, str] | None = None
    """Kind and number, once known."""
    away: bool = True
    paused: bool = False
    tells: str = ""
    care: Care | None = None
    identifies: str = ""
    lit: frozenset[Lamp] = frozenset()
    burning: frozenset[Lamp] = frozenset()
    blinking: frozenset[Lamp] = frozenset()
    pressed: frozenset[Button] = frozenset()
    buttons: tuple[Button, ...] = tuple(Button)
    one_lamp: bool = False


def desk(view: DeskView, words: Words, width_px: int, height_px: int) -> Scene:
    """The unit in a window of this size. Targets are the buttons, by their names."""
    scale = min(width_px / WIDTH, height_px / HEIGHT)
    drawing = _Drawing(words, scale, (width_px - WIDTH * scale) / 2, (height_px - HEIGHT * scale) / 2)
    items: list[Item] = [drawing.panel(UNIT, NIGHT.card, radius=_CORNER)]
    items += drawing.sign(view)
    items += drawing.one_lamp(view) if view.one_lamp else drawing.lamps(view)
    items += drawing.keys(view)
    targets = tuple(Target(drawing.box(box), button.value) for button, box in _key_boxes(view.buttons))
    scene = Scene(width_px, height_px, LIGHT.ground, tuple(items), targets, name=state_name(view))
    return scene.mirrored() if words.direction == "rtl" else scene


def state_name(view: DeskView) -> str:
    """One word for what the unit shows: the scene's name."""
    if view.identifies:
        return "identify"
    if Lamp.AMBER in view.burning:
        return "confirm" if _asks(view) else "pressed"
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

    def word(self, box: Box, text: str, colour: str, weight: Weight = 400) -> Text:
        capital = _WORDS_CAPITAL * self.scale
        inner = self.box(box.inset(_BESIDE_WORD, 0))
        return Text(inner, text, self.words.language, capital, weight, colour, "center")

    # --- parts

    def sign(self, view: DeskView) -> Iterator[Item]:
        """A large line, and below it a small one where there is more to say."""
        yield self.panel(_SIGN, NIGHT.ground, NIGHT.edge, 2, radius=14)
        inner = _SIGN.inset(20, 12)
        if view.identifies:
            yield self._name(inner, view.identifies)
            return
        large, small = inner.split_bottom(_FOOT_H, gap=14)
        foot = tuple(self._foot(view, small))
        yield from self._large_line(view, large if foot else inner)
        yield from foot

    def _large_line(self, view: DeskView, place: Box) -> Iterator[Item]:
        """The number that is called or the state of the room, and how many wait; or a message alone. While the hub is
        away the number stays, not in the colour of a call, and how many wait is not known."""
        if view.away and view.label is not None:
            yield self._label(place, view.label, NIGHT.text)
        elif view.away:
            known = view.room is not None
            yield from self._message(place, "wifi-off", "hub_away" if known else "connecting", NIGHT.trouble)
        elif view.label is None and view.tells:
            yield from self._message(place, _icon(view), _why(view), _tone(view))
        else:
            left, right = place.split_right(_count_w(view.waiting), gap=16)
            if view.label is not None:
                yield self._label(left, view.label, NIGHT.call)
            elif view.paused:
                yield from self._message(left, "pause", "paused", NIGHT.text)
            elif view.room is not None:
                yield self._large(left, self._room(view.room), NIGHT.quiet)
            yield from self._count(view, right)

    def _foot(self, view: DeskView, place: Box) -> Iterator[Item]:
        """The line below: a question, a message or the room; nothing where the room is the large line."""
        if _asks(view):
            yield self._small(place, self.words.text("caller.nobody_came"), NIGHT.call)
        elif view.label is not None and view.tells and not view.away:
            yield from self._message(place, _icon(view), _why(view), _tone(view), small=True)
        elif view.label is not None and (view.away or view.paused):
            left, right = place.columns(3, 2, gap=12)
            if view.away:
                yield from self._message(left, "wifi-off", "hub_away", NIGHT.trouble, small=True)
            else:
                yield from self._message(left, "pause", "paused", NIGHT.text, small=True)
            if view.room is not None:
                yield replace(self._small(right, self._room(view.room), NIGHT.quiet), align="end")
        elif view.room is not None and (view.label is not None or view.away or view.tells or view.paused):
            yield self._small(place, self._room(view.room), NIGHT.quiet)

    def _message(self, place: Box, icon: str, key: str, colour: str, *, small: bool = False) -> Iterator[Item]:
        side = 22 if small else 44
        mark, rest = place.split_left(side, gap=8 if small else 12)
        yield Icon(self.box(mark.centred(side, side)), icon, colour)
        text = self.words.text(f"caller.{key}")
        yield self._small(rest, text, colour) if small else self._large(rest, text, colour)

    def _label(self, box: Box, label: str, colour: str) -> Text:
        steps = tuple(size * self.scale for size in range(int(_LABEL) - 2, 30, -2))
        capital = _LABEL * self.scale
        return Text(self.box(box), label, "en", capital, weight=700, colour=colour, tight=True, smaller_px=steps)

    def _name(self, box: Box, name: str) -> Text:
        steps = tuple(size * self.scale for size in range(28, 10, -2))
        capital = 30 * self.scale
        shown = Text(self.box(box), _on_two_lines(name), "en", capital, weight=700, align="center", colour=NIGHT.text)
        return replace(shown, smaller_px=steps, lines=2)

    def _large(self, box: Box, text: str, colour: str) -> Text:
        steps = tuple(size * self.scale for size in (24, 22, 20, 18, 16))
        return Text(self.box(box), text, self.words.language, 27 * self.scale, colour=colour, smaller_px=steps)

    def _small(self, box: Box, text: str, colour: str) -> Text:
        steps = (12.5 * self.scale, _WORDS_CAPITAL * self.scale)
        return Text(self.box(box), text, self.words.language, _FOOT * self.scale, colour=colour, smaller_px=steps)

    def _count(self, view: DeskView, place: Box) -> Iterator[Item]:
        """How many wait."""
        number, colour = str(view.waiting), NIGHT.call if view.waiting else NIGHT.quiet
        icon, digits = place.split_right(_count_w(view.waiting) - 48, gap=8)
        yield Icon(self.box(icon.centred(40, 40)), "people", colour)
        capital = _COUNT * self.scale
        yield Text(self.box(digits), number, "en", capital, weight=700, colour=colour, align="end", tight=True)

    def _room(self, room: tuple[RoomKind, str]) -> str:
        return self.words.text(f"caller.{room[0].value}", number=room[1])

    def lamps(self, view: DeskView) -> Iterator[Item]:
        row = Box(UNIT.x + _PADDING, _LAMPS_Y, UNIT.w - 2 * _PADDING, 0)
        for lamp, column in zip(Lamp, row.columns(1, 1, 1, 1), strict=True):
            centre = (column.x + column.w / 2, column.y + _LAMP_BOX / 2)
            lit = lamp in view.lit
            if lit and lamp in view.blinking:
                yield self._rays(centre, _LAMP_BOX, _LIT[lamp])
            edge = _LIT[lamp] if lamp in view.burning or lit else NIGHT.quiet
            yield self.disc(centre, _LAMP, _LIT[lamp] if lit else NIGHT.ground, edge, 2.5)
            word = Box(column.x, column.y + _LAMP_BOX + _BELOW_LAMP, column.w, _TWO_WORDS_H)
            colour = NIGHT.text if _true(lamp, view) else NIGHT.quiet
            said = self.words.text(f"caller.{_lamp_word(lamp, view)}").replace(" / ", " /\n")
            yield replace(self.word(word, said, colour), lines=2, valign="top")

    def one_lamp(self, view: DeskView) -> Iterator[Item]:
        """As its colours mix; below it stands what that says now."""
        centre = (UNIT.x + UNIT.w / 2, _LAMPS_Y + _ONE_BOX / 2)
        shown = by_one_lamp(view.burning) if not view.identifies else frozenset()
        colour = _MIXED.get(view.lit)
        if colour and view.lit & view.blinking:
            yield self._rays(centre, _ONE_BOX, colour)
        yield self.disc(centre, _ONE_LAMP, colour or NIGHT.ground, colour or _MIXED.get(shown, NIGHT.quiet), 2.5)
        said = [self.words.text(f"caller.{_lamp_word(lamp, view)}") for lamp in Lamp if lamp in shown]
        if said and (Lamp.AMBER not in shown or _asks(view)):
            top = centre[1] + _ONE_BOX / 2 + 2
            place = Box(UNIT.x + _PADDING, top, UNIT.w - 2 * _PADDING, _WORD_H)
            yield self.word(place, " · ".join(said), NIGHT.text)

    def _rays(self, centre: tuple[float, float], across: float, colour: str) -> Icon:
        """Around a lamp that blinks, while it is lit."""
        return Icon(self.box(Box(centre[0] - across / 2, centre[1] - across / 2, across, across)), "rays", colour)

    def keys(self, view: DeskView) -> Iterator[Item]:
        width = _column_w(view.buttons)
        for button, box in _key_boxes(view.buttons):
            latched = button is Button.PAUSE and view.paused
            yield from self._key(button, box, pressed=button in view.pressed, latched=latched)
            column = Box(box.x + box.w / 2 - width / 2, box.bottom + 4, width, _WORD_H)
            word = "resume" if latched else button.value
            yield self.word(column, self.words.text(f"caller.{word}"), NIGHT.text, weight=700)

    def _key(self, button: Button, box: Box, *, pressed: bool, latched: bool) -> Iterator[Item]:
        """A latched key is dark in a bright ring. Icons of playing are never turned round, in any script."""
        icon, side = _ICONS[button], 36
        fill, edge, ink = LIGHT.card, NIGHT.quiet, LIGHT.text
        if button is Button.NEXT:
            fill, edge, ink, side = NIGHT.primary, NIGHT.text, NIGHT.on_primary, 48
        if latched:
            fill, edge, ink, icon = NIGHT.ground, LIGHT.card, NIGHT.text, "play"
        if pressed:
            edge = NIGHT.edge if latched else NIGHT.ground
        yield self.panel(box, fill, edge, 6 if pressed or latched else 3, radius=box.w / 2)
        yield Icon(self.box(box.centred(side, side)), icon, ink)


def _asks(view: DeskView) -> bool:
    return Lamp.AMBER in view.blinking


def _lamp_word(lamp: Lamp, view: DeskView) -> str:
    return _CARE_WORDS[view.care] if lamp is Lamp.GREEN and view.care is not None else _LAMP_WORDS[lamp]


def _true(lamp: Lamp, view: DeskView) -> bool:
    """The word below the lamp is true now: a steady amber is a press on its way and asks for nothing."""
    return not view.identifies and lamp in view.burning and (lamp is not Lamp.AMBER or _asks(view))


def _why(view: DeskView) -> str:
    return _WHY.get(view.tells, "refused")


def _icon(view: DeskView) -> str:
    return "info" if view.tells == NOBODY_WAITS else "warning"


def _tone(view: DeskView) -> str:
    """That nobody waits is no refusal."""
    return NIGHT.text if view.tells == NOBODY_WAITS else NIGHT.trouble


def _on_two_lines(name: str) -> str:
    """A long name of a unit, parted where it is written apart, nearest to its middle: it is read letter by letter."""
    places = [n + 1 for n, sign in enumerate(name) if sign in "-_" and 0 < n < len(name) - 1]
    if len(name) <= _ONE_LINE or not places:
        return name
    middle = min(places, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:middle]}\n{name[middle:]}"


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
