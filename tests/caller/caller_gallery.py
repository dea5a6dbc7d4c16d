"""The panel in its states, as views: what tests check and pictures are painted from."""

from dataclasses import replace

from caller.buttons import Button
from caller.lamps import Lamp
from caller.screens.desk import DeskView
from smartqueue.terms import RoomKind

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
    "pressed": replace(_shown(CALLED, (GREEN, AMBER)), pressed=frozenset({Button.NEXT})),
    "confirm": _shown(CALLED, (GREEN,), (AMBER,)),
    "refused": _shown(CALLED, blinking=(RED,)),
    "paused": _shown(replace(ROOM_3, waiting=8, paused=True), (WHITE,)),
    "called_paused": _shown(replace(CALLED, paused=True), (GREEN, WHITE)),
    "hub_away": _shown(replace(CALLED, away=True), (RED,)),
    "window": _shown(replace(ROOM_3, room=(RoomKind.WINDOW, "12"), waiting=3), blinking=(WHITE,)),
    "longest": _shown(replace(CALLED, label="AK1012", waiting=108), (GREEN,), (WHITE,)),
    "three_buttons": replace(ROOM_3, buttons=(Button.NEXT, Button.NO_SHOW, Button.PAUSE)),
    "one_button": replace(ROOM_3, buttons=(Button.NEXT,)),
}
