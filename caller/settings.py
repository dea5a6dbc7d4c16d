"""Settings of a caller unit, read once at its start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caller.buttons import Button
from caller.lamps import Lamp
from smartqueue.config import Contradiction, section, setting
from smartqueue.look.screen import parse_size
from smartqueue.terms import LANGUAGES, Language, RoomId

FIRST_PIN, LAST_PIN = 2, 27
"""GPIO numbers that lead to the 40-pin header and are free; 0 and 1 belong to add-on boards."""
NOT_WIRED = 0


def _pin(default: int, doc: str, *, optional: bool = False) -> Any:
    low = NOT_WIRED if optional else FIRST_PIN
    return setting(default, low=low, high=LAST_PIN, unit="BCM", doc=doc + (" 0 = not wired." if optional else ""))


def _size(text: str) -> str:
    parse_size(text)
    return text


@dataclass(frozen=True, slots=True)
class ButtonPins:
    """Where the buttons are wired: each from its pin to ground."""

    next: int = _pin(17, "Button Next.")
    recall: int = _pin(27, "Button Recall; without it a long press of Next recalls.", optional=True)
    no_show: int = _pin(22, "Button No-show.", optional=True)
    pause: int = _pin(23, "Button Pause.", optional=True)

    def wired(self) -> Mapping[Button, int]:
        """The buttons that are there, and their pins."""
        pins = {button: int(getattr(self, button.value)) for button in Button}
        return {button: pin for button, pin in pins.items() if pin != NOT_WIRED}


@dataclass(frozen=True, slots=True)
class LampPins:
    """Where the lamps are wired: lit while the pin is high."""

    green: int = _pin(13, "Green lamp: somebody is called or in the room.")
    white: int = _pin(19, "White or blue lamp: people wait.")
    amber: int = _pin(26, "Amber lamp: a question, or a press on its way.")
    red: int = _pin(21, "Red lamp: hub away, or refused.")

    def wired(self) -> Mapping[Lamp, int]:
        return {lamp: int(getattr(self, lamp.value)) for lamp in Lamp}


@dataclass(frozen=True, slots=True)
class CallerSettings:
    """Caller unit.

    Read from the file given with `--config`, then from the command line, which wins. Pins are BCM numbers, as on most
    breakout boards; docs/hardware.md says where they lie on the header.
    """

    key: str = setting(secret=True, low=1, doc="Key of this unit, printed by `smartqueue setup`.")
    data: Path | None = setting(
        None, doc="Directory of what this unit keeps; taken as every unit takes it, but a caller keeps nothing on disk."
    )
    hub: str | None = setting(None, doc="Address of the hub, such as http://192.168.1.10:8080; none = found by mDNS.")
    insecure_lan: bool = setting(
        False, doc="Follow a hub without TLS that was found on the network; the key can then be overheard."
    )
    room: RoomId | None = setting(
        None, low=1, high=64, doc="Room that this unit must belong to; the key says which it does. For checking only."
    )
    simulate: bool = setting(False, doc="Mock pins instead of real ones, and a panel on the screen to press them.")
    headless: bool = setting(False, doc="No panel on the screen when pins are simulated.")
    size: str = setting("468x426", parse=_size, unit="px", doc="Size of the simulated panel.")
    language: Language | None = setting(
        None, choices=LANGUAGES, doc="Language of the words on the simulated panel; none = the site's first."
    )
    buttons: ButtonPins = section(ButtonPins, doc="Pins of the buttons.")
    lamps: LampPins = section(LampPins, doc="Pins of the lamps.")

    def contradictions(self) -> Iterable[Contradiction]:
        """A pin that can't be used, or is used twice."""
        users: dict[int, str] = {}
        pins = [(f"buttons.{button}", pin) for button, pin in self.buttons.wired().items()]
        pins += [(f"lamps.{lamp}", pin) for lamp, pin in self.lamps.wired().items()]
        for key, pin in pins:
            if pin < FIRST_PIN:
                yield Contradiction((key,), f"{key} = {pin}: pin {pin} belongs to add-on boards; use {FIRST_PIN} to 27")
            elif pin in users:
                yield Contradiction((key,), f"{key} = {pin}: pin {pin} is taken by {users[pin]} already")
            users.setdefault(pin, key)
        if self.headless and not self.simulate:
            yield Contradiction(("headless",), "headless is for simulated pins; a unit with real pins has no screen")
