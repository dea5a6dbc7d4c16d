"""What a technician is told in the kiosk's hidden corner, as plain data."""

from dataclasses import dataclass
from enum import StrEnum

from smartqueue.terms import Label, PrinterState


class ReaderState(StrEnum):
    """Of the code reader. Whether one that types is there can be known only once it has typed."""

    THERE = "there"
    MISSING = "missing"
    UNHEARD = "unheard"
    UNSET = "unset"


class SoundState(StrEnum):
    """Of tones and voice. UNTRIED: the sound card has played nothing yet; OFF: by the settings nothing is heard."""

    WORKS = "works"
    UNTRIED = "untried"
    NO_CARD = "no_card"
    NO_VOICE = "no_voice"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Facts:
    """How the kiosk is. addresses: its own; hub: address of the hub, empty = none found; reach_ms: the last answer's
    way there and back; seq: of the hub's journal; clock_off_s: how far this machine's clock is ahead of the hub's;
    numbers: left in its blocks, by department's letter; unmerged: tickets issued alone that the hub has not; link: a
    value of Link; sound_device: sound card or directory."""

    version: str
    unit: str
    addresses: tuple[str, ...]
    hub: str
    hub_version: str
    link: str
    reach_ms: int | None
    seq: int | None
    clock_off_s: float | None
    printer: PrinterState
    printer_profile: str
    printer_address: str
    numbers: tuple[tuple[str, int], ...] = ()
    unmerged: int = 0
    astray: tuple[Label, ...] = ()
    reader: ReaderState = ReaderState.UNSET
    sound: SoundState = SoundState.OFF
    sound_device: str = ""
    up_s: int = 0


NOTHING_KNOWN = Facts(
    version="",
    unit="",
    addresses=(),
    hub="",
    hub_version="",
    link="",
    reach_ms=None,
    seq=None,
    clock_off_s=None,
    printer=PrinterState.UNKNOWN,
    printer_profile="",
    printer_address="",
)
"""Until they are gathered."""
