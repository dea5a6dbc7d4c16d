"""Settings of a caller unit, read once at its start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caller import pins
from caller.buttons import Button
from caller.lamps import Lamp
from caller.sign import SignWords, counted, plain
from caller.sign_protocols import Characters, SignProtocol
from caller.wiring import LampKind, Leg, Level, Pull, Wiring
from smartqueue.config import Contradiction, section, setting
from smartqueue.look.screen import parse_size
from smartqueue.terms import LANGUAGES, Language, RoomId

NOT_WIRED = 0
_MOST_CHARACTERS = 40


def _pin(default: int, doc: str, *, optional: bool = False) -> Any:
    low = NOT_WIRED if optional else pins.FIRST
    return setting(default, low=low, high=pins.LAST, unit="BCM", doc=doc + (" 0 = not wired." if optional else ""))


def _size(text: str) -> str:
    parse_size(text)
    return text


@dataclass(frozen=True, slots=True)
class ButtonPins:
    """Where the buttons are wired."""

    next: int = _pin(17, "Button Next.")
    recall: int = _pin(27, "Button Recall; without it a long press of Next recalls.", optional=True)
    no_show: int = _pin(22, "Button No-show.", optional=True)
    pause: int = _pin(23, "Button Pause.", optional=True)
    pull: Pull = setting(
        Pull.UP, doc="Where the pins are pulled while nothing is pressed. `up`: a press connects to ground."
    )

    def wired(self) -> Mapping[Button, int]:
        """The buttons that are there, and their pins."""
        numbers = {button: int(getattr(self, button.value)) for button in Button}
        return {button: pin for button, pin in numbers.items() if pin != NOT_WIRED}


@dataclass(frozen=True, slots=True)
class LampPins:
    """Where four lamps are wired, and how any lamps are driven."""

    kind: LampKind = setting(
        LampKind.SINGLE,
        doc="`single`: four lamps, on the pins below. `rgb`: one of three colours, on those of `[rgb]`.",
    )
    lit_by: Level = setting(Level.HIGH, doc="Level of a pin at which its lamp burns, three colours included.")
    green: int = _pin(13, "Green lamp: somebody is called or in the room.")
    white: int = _pin(19, "White or blue lamp: people wait.")
    amber: int = _pin(26, "Amber lamp: a question, or a press on its way.")
    red: int = _pin(21, "Red lamp: hub away, or refused.")


@dataclass(frozen=True, slots=True)
class RgbPins:
    """Where one lamp of three colours is wired, if `lamps.kind` says so."""

    red: int = _pin(21, "Its red.")
    green: int = _pin(13, "Its green.")
    blue: int = _pin(19, "Its blue, which stands for white.")


def wiring(buttons: ButtonPins = ButtonPins(), lamps: LampPins = LampPins(), rgb: RgbPins = RgbPins()) -> Wiring:
    """All of them together."""
    if lamps.kind is LampKind.SINGLE:
        leds = {f"lamps.{lamp}": int(getattr(lamps, lamp.value)) for lamp in Lamp}
    else:
        leds = {f"rgb.{leg}": int(getattr(rgb, leg.value)) for leg in Leg}
    return Wiring(buttons.wired(), leds, lamps.kind, buttons.pull, lamps.lit_by)


@dataclass(frozen=True, slots=True)
class SignLine:
    """A number sign on a serial line."""

    device: str | None = setting(
        None, low=1, doc="Its serial line, best by its name under `/dev/serial/by-id/`; none = no sign."
    )
    protocol: SignProtocol = setting(
        SignProtocol.PLAIN,
        doc="What it understands: `alpha` message signs, `cd5220` customer displays, or plain lines.",
    )
    baud: int = setting(9600, low=300, high=115200, unit="baud", doc="Speed of the line.")
    characters: Characters | None = setting(
        None, doc="How a character travels: data bits, parity, stop bits; none = what is usual for its kind."
    )
    columns: int | None = setting(
        None,
        low=4,
        high=_MOST_CHARACTERS,
        doc="Characters that fit into a line of it; none = what is usual for its kind.",
    )
    waiting: str = setting("waiting {n}", parse=counted, doc="How it says how many wait, in letters of plain ASCII.")
    paused: str = setting("paused", parse=plain, doc="How it says that the room is paused.")
    closed: str = setting("closed", parse=plain, doc="How it says that the room is closed.")
    away: str = setting("hub away", parse=plain, doc="How it says that the hub is away.")

    def words(self) -> SignWords:
        return SignWords(self.waiting, self.paused, self.closed, self.away)


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
        None, low=1, high=64, doc="Room that this unit must belong to; the hub says which it does. For checking only."
    )
    simulate: bool = setting(False, doc="Mock pins instead of real ones, and a panel on the screen to press them.")
    headless: bool = setting(False, doc="No panel on the screen when pins are simulated.")
    size: str = setting("468x426", parse=_size, unit="px", doc="Size of the simulated panel.")
    language: Language | None = setting(
        None, choices=LANGUAGES, doc="Language of the words on the simulated panel; none = the site's first."
    )
    buttons: ButtonPins = section(ButtonPins, doc="Pins of the buttons.")
    lamps: LampPins = section(LampPins, doc="Pins of the lamps.")
    rgb: RgbPins = section(RgbPins, doc="Pins of one lamp of three colours.")
    sign: SignLine = section(SignLine, doc="A number sign.")

    def wiring(self) -> Wiring:
        return wiring(self.buttons, self.lamps, self.rgb)

    def contradictions(self) -> Iterable[Contradiction]:
        """A pin that can't be used, or is used twice."""
        made = self.wiring()
        for wire, text in pins.mistakes(made.wires, pull_down=made.pulled_down):
            yield Contradiction((wire.setting,), text)
        if self.sign.device in pins.HEADER_SERIAL_LINES:
            for wire in made.wires:
                if wire.pin in pins.SERIAL_LINE:
                    text = f"{wire}: pin {wire.pin} belongs to the sign's serial line {self.sign.device}"
                    yield Contradiction((wire.setting, "sign.device"), text)
        if self.headless and not self.simulate:
            yield Contradiction(("headless",), "headless is for simulated pins; a unit with real pins has no screen")
