"""The panel in its states, as views: what tests check and pictures are painted from."""

from dataclasses import replace

from caller.buttons import NOBODY_WAITS, Button
from caller.lamps import Lamp
from caller.screens.desk import DeskView
from caller.wiring import by_one_lamp
from smartqueue.terms import Care, RoomKind

GREEN, WHITE, AMBER, RED = Lamp


def _shown(view: DeskView, steady: tuple[Lamp, ...] = (), blinking: tuple[Lamp, ...] = ()) -> DeskView:
    """These lamps, in the lit half of their blinking."""
    burning = frozenset({*steady, *blinking})
    return replace(view, lit=burning, burning=burning, blinking=frozenset(blinking))


ROOM_3 = DeskView(room=(RoomKind.ROOM, "3"), away=False)
CALLED = replace(ROOM_3, label="A012", waiting=8)

VIEWS = {
    "starting": _shown(DeskView(), (RED,)),
    "rest": ROOM_3,
    "waiting": _shown(replace(ROOM_3, waiting=8), blinking=(WHITE,)),
    "called": _shown(CALLED, (GREEN,), (WHITE,)),
    "called_needs_time": _shown(replace(CALLED, care=Care.TIME), (), (GREEN, WHITE)),
    "called_fetch": _shown(replace(CALLED, care=Care.FETCH), (), (GREEN, WHITE)),
    "identify": replace(CALLED, identifies="desk-3", lit=frozenset({WHITE}), burning=frozenset(Lamp)),
    "identify_longest": replace(ROOM_3, identifies="orthopaedics_consultation-room-12-ground"),
    "pressed": replace(_shown(CALLED, (GREEN, AMBER)), pressed=frozenset({Button.NEXT})),
    "confirm": _shown(CALLED, (GREEN,), (AMBER,)),
    "refused": _shown(replace(CALLED, tells="room_closed"), blinking=(RED,)),
    "refused_paused": _shown(replace(ROOM_3, waiting=8, paused=True, tells="room_paused"), blinking=(RED,)),
    "refused_late": _shown(replace(CALLED, tells="press_too_old"), blinking=(RED,)),
    "refused_unknown": _shown(replace(CALLED, tells="not_permitted"), (GREEN,), (WHITE,)),
    "refused_nobody": _shown(replace(ROOM_3, tells="nobody_called"), blinking=(RED,)),
    "refused_empty_late": _shown(replace(ROOM_3, waiting=108, tells="not_obeyed"), blinking=(RED,)),
    "refused_busy": _shown(replace(CALLED, tells="press_in_flight"), blinking=(RED,)),
    "refused_impossible": _shown(replace(CALLED, tells="impossible_transition"), blinking=(RED,)),
    "nobody_waits": replace(ROOM_3, tells=NOBODY_WAITS),
    "paused": _shown(replace(ROOM_3, waiting=8, paused=True), (WHITE,)),
    "called_paused": _shown(replace(CALLED, paused=True), (GREEN, WHITE)),
    "resuming": replace(_shown(replace(ROOM_3, waiting=8, paused=True), (AMBER,)), pressed=frozenset({Button.PAUSE})),
    "hub_away": _shown(replace(CALLED, away=True), (RED,)),
    "empty_hub_away": _shown(replace(ROOM_3, away=True), (RED,)),
    "window": _shown(replace(ROOM_3, room=(RoomKind.WINDOW, "12"), waiting=3), blinking=(WHITE,)),
    "longest": _shown(replace(CALLED, label="AK1012", waiting=108), (GREEN,), (WHITE,)),
    "three_buttons": replace(ROOM_3, buttons=(Button.NEXT, Button.NO_SHOW, Button.PAUSE)),
    "one_button": replace(ROOM_3, buttons=(Button.NEXT,)),
}


def _by_one_lamp(name: str) -> DeskView:
    """The same with one lamp of three colours."""
    view = VIEWS[name]
    return replace(view, lit=by_one_lamp(view.lit), one_lamp=True)


RGB = {
    f"rgb_{name}": _by_one_lamp(name)
    for name in ("rest", "waiting", "called", "called_fetch", "pressed", "confirm", "hub_away", "refused", "identify")
}
RGB |= {
    "rgb_called_alone": replace(_shown(replace(CALLED, waiting=0), (GREEN,)), one_lamp=True),
    "rgb_waiting_dark": replace(RGB["rgb_waiting"], lit=frozenset()),
}
VIEWS |= RGB
