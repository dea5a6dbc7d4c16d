"""Trying the wiring without a hub: `smartqueue caller --test-lamps` and `--watch-pins`, on real pins or mock ones."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

from caller import pins
from caller.buttons import Button
from caller.contacts import Clock, Contacts
from caller.debounce import Signal, SignalKind
from caller.fingers import Fingers
from caller.lamps import Lamp
from caller.panel import MockPanel, Panel, make_panel
from caller.settings import CallerSettings
from caller.wiring import LampKind, Wiring
from smartqueue.line_control import LineControl, stdin_is_pipe

Say = Callable[[str], None]
Pause = Callable[[float], Awaitable[None]]

LIT_S, DARK_S = 1.0, 0.3
_SAYS = {
    SignalKind.DOWN: "pressed",
    SignalKind.SHORT: "short press",
    SignalKind.LONG: "long press",
    SignalKind.STUCK: "STUCK: held for too long or chattering; check contact and wire",
    SignalKind.FREED: "works again",
}


async def run(settings: CallerSettings, say: Say, *, watch: bool) -> None:
    """Tests the lamps once, or watches the buttons until cancelled or the remote control ends. Raises StartFault."""
    wiring = settings.wiring()
    for text in pins.warnings(wiring.wires):
        say(f"warning: {text}")
    panel = make_panel(wiring, simulate=settings.simulate)
    try:
        if watch:
            await watch_pins(panel, wiring, say, _fingers(panel))
        else:
            await try_lamps(panel, wiring, say, asyncio.sleep)
    finally:
        panel.close()


async def try_lamps(panel: Panel, wiring: Wiring, say: Say, pause: Pause) -> None:
    """Each LED by itself, then all together; of one with three colours, what it shows for each lamp."""
    for text, burning in _steps(wiring):
        say(text)
        panel.burn(burning)
        await pause(LIT_S)
        panel.burn(frozenset())
        await pause(DARK_S)


def _steps(wiring: Wiring) -> Iterator[tuple[str, frozenset[str]]]:
    for setting, pin in wiring.leds.items():
        yield f"{setting:<13} {pins.place(pin)}", frozenset({setting})
    if wiring.kind is LampKind.RGB:
        for lamp in Lamp:
            yield f"as {lamp}", wiring.burning(frozenset({lamp}))
    yield "all together", frozenset(wiring.leds)


async def watch_pins(panel: Panel, wiring: Wiring, say: Say, fingers: LineControl | None = None) -> None:
    """Says every change of every contact, and what the debouncing makes of it.

    fingers: on mock pins; their end is the end. Without them it never returns, cancel it to stop.
    """
    clock = asyncio.get_running_loop().time
    watcher = _Watcher(say, clock)
    contacts = Contacts(panel, watcher.signal, clock, watcher.edge)
    watching = asyncio.create_task(contacts.run(), name="contacts")
    try:
        await asyncio.sleep(0)
        for button, pin in wiring.buttons.items():
            level = "closed" if panel.pressed(button) else "open"
            watcher.tell(clock(), button, f"{pins.place(pin)}, {level}")
        await (watching if fingers is None else fingers.serve())
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


class _Watcher:
    """Lines with the seconds since the start."""

    def __init__(self, say: Say, clock: Clock) -> None:
        self._say = say
        self._began = clock()

    def tell(self, at: float, button: Button, text: str) -> None:
        self._say(f"{max(0.0, at - self._began):9.3f} s  {button:<8} {text}")

    def edge(self, button: Button, at: float, closed: bool) -> None:
        self.tell(at, button, "contact closes" if closed else "contact opens")

    def signal(self, button: Button, signal: Signal) -> None:
        self.tell(signal.at, button, _SAYS[signal.kind])


def _fingers(panel: Panel) -> LineControl | None:
    if isinstance(panel, MockPanel) and stdin_is_pipe():
        return LineControl({"press": Fingers(panel).press})
    return None
