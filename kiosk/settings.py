"""Settings of a kiosk, read once at its start."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk import night
from kiosk.code_reader import checked_url
from kiosk.corner_rules import LONGEST_PIN
from kiosk.night import Night
from kiosk.printer_url import transport_from_url
from kiosk.profiles import GENERIC, PROFILES, Profile
from kiosk.states import Rules
from kiosk.terms import AskNeeds
from smartqueue.addresses import base_url
from smartqueue.config import Contradiction, section, setting
from smartqueue.errors import StartFault
from smartqueue.look.screen import Screen, guess, parse_size
from smartqueue.terms import LANGUAGES, Language

ALSA = "alsa"
_KIOSK_WIDTHS_MM = {(1920, 1080): 344.0}
"""What a kiosk's panel of this size usually is: 15.6 inches, not a television."""


def panel(width_px: int, height_px: int, width_mm: float | None) -> Screen:
    """The panel of this size; its width in millimetres is guessed where it was not measured."""
    return guess(width_px, height_px, width_mm or _KIOSK_WIDTHS_MM.get((width_px, height_px)))


class Paper(StrEnum):
    WIDE = "80mm"
    NARROW = "58mm"


def _size(text: str) -> str:
    parse_size(text)
    return text


def _hub(text: str) -> str:
    try:
        return base_url(text)
    except StartFault as wrong:
        raise ValueError(str(wrong)) from wrong


def _printer(text: str) -> str:
    transport_from_url(text)
    return text


KEYBOARD = "keyboard"
LEAST_PIN = 4


def _reader(text: str) -> str:
    return text if text == KEYBOARD else checked_url(text)


def _pin(text: str) -> str:
    if not (text.isascii() and text.isdecimal() and LEAST_PIN <= len(text) <= LONGEST_PIN):
        raise ValueError(f"it has {LEAST_PIN} to {LONGEST_PIN} digits")
    return text


def _night(text: str) -> str:
    night.parsed(text)
    return text


@dataclass(frozen=True, slots=True)
class Times:
    """How long screens stay."""

    idle_s: float = setting(30.0, low=10, high=300, unit="s", doc="Without a touch, until the kiosk asks.")
    warning_s: float = setting(
        20.0, low=20, high=120, unit="s", doc="That question stays, then the kiosk starts again."
    )
    ticket_s: float = setting(10.0, low=5, high=120, unit="s", doc="The number stays on the screen after printing.")
    trouble_s: float = setting(
        60.0, low=30, high=600, unit="s", doc="The number stays on the screen when there is no ticket."
    )


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """Kiosk.

    Read from the file given with `--config`, then from the command line, which wins.
    """

    key: str = setting(secret=True, low=1, doc="Key of this unit, printed by `smartqueue setup`.")
    data: Path = setting(doc="Directory of what this unit keeps: issues that have not ended.")
    printer: str = setting(
        low=1,
        parse=_printer,
        doc="The printer: tcp://host:9100, serial:///dev/ttyUSB0?baud=115200, usb://vendor:product, "
        "file:///dev/usb/lp0, or virtual:DIR, which draws what it would print.",
    )
    profile: str | None = setting(
        None, choices=tuple(PROFILES), doc="What kind of printer it is, see docs/printers.md; none = by its paper."
    )
    paper: Paper | None = setting(None, doc="Width of the paper; none = the profile's, or else 80mm.")
    hub: str | None = setting(
        None, parse=_hub, doc="Address of the hub, such as http://192.168.1.10:8080; none = found by mDNS."
    )
    insecure_lan: bool = setting(
        False, doc="Follow a hub without TLS that was found on the network; the key can then be overheard."
    )
    size: str = setting("1280x800", parse=_size, unit="px", doc="Size of the panel.")
    width_mm: float | None = setting(
        None, low=60, high=2000, unit="mm", doc="Width of the panel's picture; none = guessed from its size in pixels."
    )
    language: Language | None = setting(
        None, choices=LANGUAGES, doc="Language that the kiosk returns to; none = the site's first."
    )
    reader: str | None = setting(
        None,
        parse=_reader,
        doc="Code reader: `keyboard` = it types like one (such are always heard; this lets the screens tell of it), "
        "or serial:///dev/smartqueue/code-reader?baud=9600; none = there is none.",
    )
    ask_needs: AskNeeds = setting(
        AskNeeds.BY_KEY,
        doc="When it asks for needs such as a wheelchair: `by_key` = whoever touches the key for it, "
        "`always` = everybody, before each ticket.",
    )
    tickets_a_minute: int = setting(
        6, low=1, high=60, doc="More in one minute, and the kiosk asks whether a number is still needed."
    )
    night: str | None = setting(
        None,
        parse=_night,
        doc="Hours in which the screen is dimmed while nobody is there, such as `22:00-06:00`, by the hub's clock; "
        "none = it never is.",
    )
    night_dim: int = setting(
        20, low=0, high=100, unit="%", doc="How bright the panel's own light then is, where it can be set."
    )
    night_sound: int = setting(
        50, low=0, high=100, unit="%", doc="How loud tones and voice then are, of what they are by day."
    )
    technician_pin: str | None = setting(
        None,
        secret=True,
        parse=_pin,
        doc="Number of 4 to 8 digits for the technician's corner: five touches on the clinic's mark at the top within "
        "five seconds, then this number. none = there is no way in.",
    )
    sound: bool = setting(True, doc="Soft tones for a ticket, for trouble, and before the kiosk starts again.")
    speech_volume: int = setting(
        80, low=0, high=100, unit="%", doc="How loud the kiosk speaks to whoever asks it to; 0 = it never does."
    )
    audio: str | None = setting(
        None,
        low=1,
        doc="`alsa` = heard by the sound card; else a directory that gets a WAV file for each sound. "
        "none = `alsa`, or `sounds` in the data directory when simulated.",
    )
    alsa_device: str = setting("default", low=1, doc="Device that `aplay` plays on.")
    motion: bool = setting(True, doc="A new screen comes with a short movement, of less than a fifth of a second.")
    simulate: bool = setting(False, doc="A window instead of the whole panel, and remote control by stdin.")
    headless: bool | None = setting(None, doc="Draw into memory; none = where there is no screen.")
    times: Times = section(Times, doc="How long screens stay.")

    @property
    def screen(self) -> Screen:
        return panel(*parse_size(self.size), self.width_mm)

    @property
    def sounds(self) -> Path | None:
        """Directory for sounds; None where a sound card plays them."""
        if self.audio is None:
            return self.data / "sounds" if self.simulate else None
        return None if self.audio == ALSA else Path(self.audio)

    @property
    def printer_profile(self) -> Profile:
        return PROFILES[self.profile] if self.profile else GENERIC[self.paper or Paper.WIDE]

    def contradictions(self) -> Iterable[Contradiction]:
        if self.profile and self.paper and PROFILES[self.profile].paper.name != self.paper:
            known = ", ".join(profile.name for profile in PROFILES.values() if profile.paper.name == self.paper)
            text = f"profile {self.profile} is not for paper of {self.paper}; those for it are {known}"
            yield Contradiction(("profile", "paper"), text)

    @property
    def rules(self) -> Rules:
        times = self.times
        return Rules(
            idle_s=times.idle_s,
            warning_s=times.warning_s,
            ticket_s=times.ticket_s,
            trouble_s=times.trouble_s,
            ask_needs=self.ask_needs,
            tickets_a_minute=self.tickets_a_minute,
            pin=self.technician_pin,
        )

    @property
    def night_hours(self) -> Night | None:
        return None if self.night is None else night.parsed(self.night)

    @property
    def serial_reader(self) -> str | None:
        return None if self.reader == KEYBOARD else self.reader
