"""The caller unit at work: signals of the buttons become orders for the hub, the feed becomes lamps.

Everything is decided in `debounce.py`, `buttons.py` and `lamps.py`; here it meets the clock, the hub and the pins, in
one loop.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from caller.buttons import Button, Order, Press, Presses, answered, look, press, touch, unanswered
from caller.contacts import Clock, Contacts
from caller.debounce import Signal, SignalKind
from caller.lamps import IDENTIFY_S, Lamp, Lamps, lamps
from caller.lamps import due as lamps_due
from caller.orders import found_nobody, request, told
from caller.panel import Panel
from caller.seen import SILENT_S, Beat, Seen, seen
from smartqueue.client import HubClient
from smartqueue.errors import Fault, HubAway, Refusal
from smartqueue.feed_link import LinkState
from smartqueue.picture import Changed, Picture
from smartqueue.terms import CommandId, RoomId, UnitKind
from smartqueue.wire import FeedMessage, Heartbeat, Identify, UnitView

log = logging.getLogger(__name__)

BEATS_KEPT = 5
"""Heartbeats of a press's life, and one more."""

Report = Callable[..., None]
"""`report(event, **values)`: tells whoever controls a simulated unit."""


def silent(_event: str, **_values: object) -> None:
    """Nobody listens."""


class CallerUnit:
    """Panel and hub of one room.

    room: the one that this unit must belong to, if the settings say so; which it does, the hub says. on_shown: is told
    whenever the lamps have been set. Used with an entered client; `run` never returns, cancel it to stop.
    """

    def __init__(
        self,
        panel: Panel,
        client: HubClient,
        *,
        clock: Clock,
        new_command_id: Callable[[], CommandId],
        room: RoomId | None = None,
        report: Report = silent,
        on_shown: Callable[[], None] = lambda: None,
    ) -> None:
        self.presses = Presses()
        self.shown = Lamps()
        self._panel = panel
        self._client = client
        self._clock = clock
        self._new_command_id = new_command_id
        self._expected_room = room
        self._report = report
        self._on_shown = on_shown
        self._identify_until = float("-inf")
        self._beats: deque[Beat] = deque(maxlen=BEATS_KEPT)
        self._woken = asyncio.Event()
        self._orders: asyncio.Queue[Order] = asyncio.Queue()
        self._said = ""

    async def run(self) -> None:
        forget = self._client.on_change(self._feed), self._client.on_state(self._link)
        contacts = Contacts(self._panel, self._signal, self._clock)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(contacts.run(), name="buttons")
                tasks.create_task(self._send_orders(), name="orders")
                tasks.create_task(self._shine(), name="lamps")
        finally:
            for stop in forget:
                stop()
            self._panel.light(frozenset())

    def seen(self) -> Seen:
        """The room as the feed shows it now."""
        beats = tuple(self._beats) if self._client.online else ()
        return seen(self._client.picture, self._room(), beats, self._clock())

    def tells(self) -> str:
        """What a sign says of the last press, see `Presses.tells`."""
        return self.presses.tells(self._clock())

    def identifies(self) -> str:
        """The unit's name while it shows which one it is, else nothing."""
        unit = self._client.unit
        return unit.name if unit is not None and self._clock() < self._identify_until else ""

    # --- the hub ----------------------------------------------------------------------------------------

    def _room(self) -> RoomId | None:
        """The room that this unit may act for; None, and said once, where there is none."""
        unit = self._client.unit
        why = "" if unit is None else self._mistake(unit)
        if why and why != self._said:
            log.error("no room to act for: %s", why)
        self._said = why
        return None if unit is None or why else unit.room

    def _mistake(self, unit: UnitView) -> str:
        """Why this unit can't act, in a sentence; empty when it can."""
        if unit.kind is not UnitKind.CALLER or unit.room is None:
            return f"The key of {unit.name} belongs to a {unit.kind}, not to a caller with a room."
        if self._expected_room not in (None, unit.room):
            return f"The settings say {self._expected_room}, the key belongs to {unit.room}."
        picture = self._client.picture
        if picture is not None and unit.room not in picture.rooms:
            return f"The hub has no room {unit.room}."
        return ""

    def _feed(self, _picture: Picture, message: FeedMessage, _changed: Changed) -> None:
        if isinstance(message, Heartbeat):
            self._beats.append(Beat(self._clock(), message.tick))
        elif isinstance(message, Identify):
            self._identify_until = self._clock() + IDENTIFY_S
            log.info("asked which unit this is")
        self._woken.set()

    def _link(self, state: LinkState) -> None:
        if state is LinkState.WRONG_KEY:
            log.error("the hub refuses the key of this unit; get a new one from `smartqueue setup`")
        self._woken.set()

    async def _send_orders(self) -> None:
        while True:
            await self._send(await self._orders.get())

    async def _send(self, order: Order) -> None:
        """Until the hub has answered or the press is over; retries with the same command id are the client's."""
        what = request(order)
        try:
            left_s = order.expires_at - self._clock()
            answer = await self._client.request(
                "POST", what.path, what.body, what.answer, command_id=order.command_id, deadline_s=left_s
            )
        except Refusal as refusal:
            self._answered(order, refusal.code)
        except HubAway as away:
            self._lost(order, away, sent=away.sent)
        except Fault as fault:
            self._lost(order, fault, sent=True)
        else:
            self._answered(order, None, nobody=found_nobody(answer), **told(answer))

    def _answered(self, order: Order, code: str | None, *, nobody: bool = False, **values: object) -> None:
        now = self._clock()
        self.presses = answered(self.presses, self.seen(), order.command_id, code, now, nobody=nobody)
        self._woken.set()
        log.info("answered: %s %s", order.action, code or "obeyed")
        values |= {"code": code} if code else {}
        self._report("answer", command=order.action.value, command_id=order.command_id, **values)

    def _lost(self, order: Order, fault: Fault, *, sent: bool) -> None:
        if not sent:
            self._answered(order, fault.code)
            return
        log.warning("outcome unknown: %s: %s", order.action, fault)
        self.presses = unanswered(self.presses, order.command_id)
        self._woken.set()
        self._report("unanswered", command=order.action.value, command_id=order.command_id)

    # --- the buttons ------------------------------------------------------------------------------------

    def _signal(self, button: Button, signal: Signal) -> None:
        match signal.kind:
            case SignalKind.DOWN:
                self._report("press", button=button.value, t=signal.at)
                self.presses = touch(self.presses, self.seen(), self._clock())
            case SignalKind.SHORT:
                self._press(button, signal.at)
            case SignalKind.LONG:
                self._press(Button.RECALL, signal.at)
            case SignalKind.STUCK:
                log.warning("button stuck: %s; check its contact and wire", button)
            case SignalKind.FREED:
                log.info("button works again: %s", button)
        self._woken.set()

    def _press(self, button: Button, at: float) -> None:
        before, now = self.presses, self._clock()
        self.presses, order = press(before, self.seen(), Press(button, at), now, self._new_command_id())
        if order is not None:
            log.info("pressed: %s", order.action)
            self._orders.put_nowait(order)
        elif self.presses.refused_at > before.refused_at:
            log.info("pressed: %s, refused: %s", button, self.presses.refusal)
            self._report("answer", command=button.value, code=self.presses.refusal)

    # --- the lamps --------------------------------------------------------------------------------------

    async def _shine(self) -> None:
        while True:
            self._woken.clear()
            await self._wait(self._show(self._clock()))

    def _show(self, now: float) -> float | None:
        """Sets the lamps as they must be now. Gives the time at which something changes by itself."""
        seen_now = self.seen()
        self.presses = look(self.presses, seen_now, now)
        shown = lamps(seen_now, self.presses, now, identify_until=self._identify_until)
        self._panel.light(shown.lit(now))
        if names(shown) != names(self.shown):
            self._report("lamps", **names(shown))
        self.shown = shown
        self._on_shown()
        silent_at = None if seen_now.away else seen_now.heard_at + SILENT_S
        times = (self.presses.due(now), shown.next_turn(now), self._lamps_due(seen_now, now), silent_at)
        return min((at for at in times if at is not None), default=None)

    def _lamps_due(self, seen_now: Seen, now: float) -> float | None:
        return lamps_due(seen_now, now, identify_until=self._identify_until)

    async def _wait(self, until: float | None) -> None:
        timer = None
        if until is not None:
            timer = asyncio.get_running_loop().call_later(max(0.0, until - self._clock()), self._woken.set)
        try:
            await self._woken.wait()
        finally:
            if timer is not None:
                timer.cancel()


def names(shown: Lamps) -> dict[str, str]:
    """Each lamp's pattern as one word, for reports."""
    return {lamp.value: shown.of(lamp).name for lamp in Lamp}
