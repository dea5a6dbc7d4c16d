"""The unit's buttons and lamps on their pins; the only file that knows gpiozero.

gpiozero calls back on threads of its own: every edge crosses into the loop once, with its time. No bounce time is set:
the driver's own debouncing loses edges, ours is in `debounce.py`.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence

from gpiozero import DigitalInputDevice, DigitalOutputDevice, GPIOZeroError
from gpiozero.pins import Factory
from gpiozero.pins.mock import MockFactory, MockPin

from caller.buttons import Button
from caller.lamps import Lamp
from caller.pins import Wire
from caller.wiring import LampKind, Level, Pull, Wiring
from smartqueue.errors import StartFault

log = logging.getLogger(__name__)

OnEdge = Callable[[Button, float, bool], None]
"""Button, monotonic seconds, whether its contact closed."""


class Panel:
    """Buttons and lamps as they are wired. `close` darkens and frees everything."""

    def __init__(self, factory: Factory, wiring: Wiring, errors: tuple[type[Exception], ...] = ()) -> None:
        """errors: what the driver raises besides gpiozero's own. Raises StartFault with every pin that can't be had."""
        self._factory = factory
        self._wiring = wiring
        self._errors = (GPIOZeroError, OSError, *errors)
        self._contacts: dict[Button, _Contact] = {}
        self._leds: dict[str, DigitalOutputDevice] = {}
        troubles = [*self._missing()] or [*self._take()]
        if troubles:
            self.close()
            raise StartFault("\n".join((f"{_count(troubles)} can't be used:", *(f"  {text}" for text in troubles))))

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(self._contacts)

    @property
    def one_lamp(self) -> bool:
        """One of three colours instead of four."""
        return self._wiring.kind is LampKind.RGB

    def listen(self, loop: asyncio.AbstractEventLoop, on_edge: OnEdge) -> None:
        """From now on `on_edge` is called in the loop for every edge."""
        for contact in self._contacts.values():
            contact.listen(loop, on_edge)

    def pressed(self, button: Button) -> bool:
        """Whether its contact is closed now."""
        return self._contacts[button].closed

    def light(self, lit: frozenset[Lamp]) -> None:
        """These lamps on, the others off."""
        self.burn(self._wiring.burning(lit))

    def burn(self, leds: frozenset[str]) -> None:
        """These LEDs on, the others off, by their settings' names; pins are written only where something changes."""
        for setting, device in self._leds.items():
            if bool(device.value) != (setting in leds):
                device.value = setting in leds

    def burning(self) -> frozenset[str]:
        return frozenset(setting for setting, device in self._leds.items() if device.value)

    def lit(self) -> frozenset[Lamp]:
        """The lamps that somebody sees burning, by the levels of the pins."""
        return self._wiring.seen(self.burning())

    def close(self) -> None:
        for device in (*self._leds.values(), *self._contacts.values()):
            device.close()
        self._factory.close()

    def _missing(self) -> Iterator[str]:
        """The pins that this board has not got; an old one has only 26 of them."""
        try:
            board = self._factory.board_info
        except self._errors as trouble:
            yield f"this board is not known: {trouble}"
            return
        for wire in self._wiring.wires:
            if not any(True for _ in board.find_pin(f"GPIO{wire.pin}")):
                yield f"{wire}: this board ({board.description}) has no such pin on its header"

    def _take(self) -> Iterator[str]:
        """Takes every pin. Yields what is wrong with each that can't be had."""
        active_high, pull_up = self._wiring.lit_by is Level.HIGH, self._wiring.pull is Pull.UP
        for setting, pin in self._wiring.leds.items():
            try:
                self._leds[setting] = DigitalOutputDevice(pin, active_high=active_high, pin_factory=self._factory)
            except self._errors as trouble:
                yield f"{Wire(setting, pin)}: {trouble}{_hint(trouble)}"
        for button, pin in self._wiring.buttons.items():
            try:
                self._contacts[button] = _Contact(button, pin, self._factory, pull_up=pull_up)
            except self._errors as trouble:
                yield f"{Wire(f'buttons.{button}', pin)}: {trouble}{_hint(trouble)}"


class MockPanel(Panel):
    """The same panel on gpiozero's mock pins, with fingers: everything behind the pins is what a device runs."""

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(MockFactory(pin_class=MockPin), wiring)

    def push(self, button: Button) -> None:
        """Closes the contact. Raises KeyError for a button that is not wired."""
        self._contacts[button].drive(closed=True)

    def let_go(self, button: Button) -> None:
        self._contacts[button].drive(closed=False)


class _Contact:
    """One button's pin."""

    def __init__(self, button: Button, pin: int, factory: Factory, *, pull_up: bool) -> None:
        self._button = button
        self._pull_up = pull_up
        self._device = DigitalInputDevice(pin, pull_up=pull_up, pin_factory=factory)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._on_edge: OnEdge | None = None

    @property
    def closed(self) -> bool:
        return bool(self._device.value)

    def listen(self, loop: asyncio.AbstractEventLoop, on_edge: OnEdge) -> None:
        self._loop, self._on_edge = loop, on_edge
        self._device.when_activated = self._closed
        self._device.when_deactivated = self._opened

    def drive(self, *, closed: bool) -> None:
        """A closed contact connects the pin to the side that it is not pulled to."""
        if closed is self._pull_up:
            self._device.pin.drive_low()
        else:
            self._device.pin.drive_high()

    def close(self) -> None:
        self._device.close()

    def _closed(self) -> None:
        self._cross(closed=True)

    def _opened(self) -> None:
        self._cross(closed=False)

    def _cross(self, *, closed: bool) -> None:
        """On gpiozero's thread. The loop may have ended already while the unit shuts down."""
        at = time.monotonic()
        if self._loop is not None and self._on_edge is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._on_edge, self._button, at, closed)


def make_panel(wiring: Wiring, *, simulate: bool) -> Panel:
    """On the header of a Raspberry Pi, or on mock pins. Raises StartFault where there are none or they can't be had."""
    if simulate:
        return MockPanel(wiring)
    factory, errors = _header()
    return Panel(factory, wiring, errors)


def _header() -> tuple[Factory, tuple[type[Exception], ...]]:
    """The real pins, and what their driver raises."""
    try:
        import lgpio  # noqa: PLC0415 - only devices have it
        from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415
    except ImportError as missing:
        raise StartFault(
            "The driver of the pins is not installed: apt install python3-lgpio on a Raspberry Pi, "
            "or try the unit with --simulate."
        ) from missing
    try:
        return LGPIOFactory(), (lgpio.error,)
    except (GPIOZeroError, OSError, lgpio.error) as trouble:
        raise StartFault(
            f"The pins can't be opened: {trouble}. This must be a Raspberry Pi, and its user in the group gpio; "
            "or try the unit with --simulate."
        ) from trouble


def _count(troubles: Sequence[str]) -> str:
    return "A pin" if len(troubles) == 1 else f"{len(troubles)} pins"


def _hint(trouble: Exception) -> str:
    return "; another program or an interface of the board uses it" if "busy" in str(trouble).lower() else ""
