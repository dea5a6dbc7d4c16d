"""The unit's buttons and lamps on their pins; the only file that knows gpiozero.

gpiozero calls back on threads of its own: every edge crosses into the loop once, with its time. No bounce time is set:
the driver's own debouncing loses edges, ours is in `debounce.py`.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping

from gpiozero import DigitalInputDevice, DigitalOutputDevice, GPIOZeroError
from gpiozero.pins import Factory
from gpiozero.pins.mock import MockFactory, MockPin

from caller.buttons import Button
from caller.lamps import Lamp
from smartqueue.errors import StartFault

log = logging.getLogger(__name__)

OnEdge = Callable[[Button, float, bool], None]
"""Button, monotonic seconds, whether its contact closed."""


class Panel:
    """Buttons to ground with the Pi's pull-up, lamps lit by a high pin. `close` darkens and frees everything."""

    def __init__(self, factory: Factory, buttons: Mapping[Button, int], lamps: Mapping[Lamp, int]) -> None:
        """Raises StartFault when a pin can't be had."""
        self._factory = factory
        self._contacts: dict[Button, _Contact] = {}
        self._lamps: dict[Lamp, DigitalOutputDevice] = {}
        try:
            for lamp, pin in lamps.items():
                self._lamps[lamp] = DigitalOutputDevice(pin, pin_factory=factory)
            for button, pin in buttons.items():
                self._contacts[button] = _Contact(button, pin, factory)
        except (GPIOZeroError, OSError) as trouble:
            self.close()
            raise StartFault(
                f"A pin can't be used: {trouble}. Check [buttons] and [lamps] of the settings."
            ) from trouble

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(self._contacts)

    def listen(self, loop: asyncio.AbstractEventLoop, on_edge: OnEdge) -> None:
        """From now on `on_edge` is called in the loop for every edge."""
        for contact in self._contacts.values():
            contact.listen(loop, on_edge)

    def pressed(self, button: Button) -> bool:
        """The level of its pin now."""
        return self._contacts[button].pressed

    def light(self, lit: frozenset[Lamp]) -> None:
        """These lamps on, the others off; pins are written only where something changes."""
        for lamp, device in self._lamps.items():
            if device.value != (lamp in lit):
                device.value = lamp in lit

    def lit(self) -> frozenset[Lamp]:
        """The lamps whose pins are high."""
        return frozenset(lamp for lamp, device in self._lamps.items() if device.value)

    def close(self) -> None:
        for device in (*self._lamps.values(), *self._contacts.values()):
            device.close()
        self._factory.close()


class MockPanel(Panel):
    """The same panel on gpiozero's mock pins, with fingers: everything behind the pins is what a device runs."""

    def __init__(self, buttons: Mapping[Button, int], lamps: Mapping[Lamp, int]) -> None:
        super().__init__(MockFactory(pin_class=MockPin), buttons, lamps)

    def push(self, button: Button) -> None:
        """Closes the contact. Raises KeyError for a button that is not wired."""
        self._contacts[button].drive(closed=True)

    def let_go(self, button: Button) -> None:
        self._contacts[button].drive(closed=False)


class _Contact:
    """One button's pin."""

    def __init__(self, button: Button, pin: int, factory: Factory) -> None:
        self._button = button
        self._device = DigitalInputDevice(pin, pull_up=True, pin_factory=factory)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._on_edge: OnEdge | None = None

    @property
    def pressed(self) -> bool:
        return bool(self._device.value)

    def listen(self, loop: asyncio.AbstractEventLoop, on_edge: OnEdge) -> None:
        self._loop, self._on_edge = loop, on_edge
        self._device.when_activated = self._closed
        self._device.when_deactivated = self._opened

    def drive(self, *, closed: bool) -> None:
        if closed:
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


def device_panel(buttons: Mapping[Button, int], lamps: Mapping[Lamp, int]) -> Panel:
    """The panel on the header of a Raspberry Pi. Raises StartFault where there is none or its pins can't be opened."""
    return Panel(_header(), buttons, lamps)


def _header() -> Factory:
    try:
        import lgpio  # noqa: PLC0415 - only devices have it
        from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415
    except ImportError as missing:
        raise StartFault(
            "The driver of the pins is not installed: apt install python3-lgpio on a Raspberry Pi, "
            "or try the unit with --simulate."
        ) from missing
    try:
        return LGPIOFactory()
    except (GPIOZeroError, OSError, lgpio.error) as trouble:
        raise StartFault(
            f"The pins can't be opened: {trouble}. This must be a Raspberry Pi, and its user in the group gpio; "
            "or try the unit with --simulate."
        ) from trouble
