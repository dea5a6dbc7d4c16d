"""Settings of a display, read once at its start."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from display.volume import volume
from smartqueue.addresses import base_url
from smartqueue.board import Layout, Way, Zone
from smartqueue.config import Contradiction, setting
from smartqueue.errors import StartFault
from smartqueue.look.screen import parse_size
from smartqueue.terms import LANGUAGES, DepartmentId, Language, RoomId

ALSA = "alsa"


def _size(text: str) -> str:
    parse_size(text)
    return text


def _hub(text: str) -> str:
    try:
        return base_url(text)
    except StartFault as wrong:
        raise ValueError(str(wrong)) from wrong


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """Display.

    Read from the file given with `--config`, then from the command line, which wins. Size of the screen and distance
    of the farthest seat decide whether everything can be read: what is too small is refused with the reason.
    """

    key: str = setting(secret=True, low=1, doc="Key of this display, printed by `smartqueue setup`.")
    data: Path = setting(doc="Directory of what this display keeps: the last board, spoken sentences.")
    hub: str | None = setting(
        None, parse=_hub, doc="Address of the hub, such as http://192.168.1.10:8080; none = found by mDNS."
    )
    insecure_lan: bool = setting(
        False, doc="Follow a hub without TLS that was found on the network; the key can then be overheard."
    )
    size: str = setting(
        "1920x1080", parse=_size, unit="px", doc="Size of the screen; upright ones are higher than wide."
    )
    tv_inches: float = setting(43.0, low=7, high=150, unit="inches", doc="Diagonal of the screen.")
    farthest_m: float = setting(4.0, low=0.5, high=50, unit="m", doc="From the screen to the farthest seat.")
    layout: Layout = setting(
        Layout.RECENT,
        doc="How the board is laid out: a call and the last ones; one call as large as it gets, for far seats; a card "
        "for each department; the door of one room.",
    )
    departments: tuple[DepartmentId, ...] = setting(
        (), doc="Departments whose calls and waiting times this display shows; none here and in `rooms` = all."
    )
    rooms: tuple[RoomId, ...] = setting(
        (), doc="Rooms whose calls this display shows, whatever the department; exactly one for `door`."
    )
    ways: dict[RoomId, Way] | None = setting(
        None, doc='Table of rooms and where each lies, seen from this screen, such as `room-3 = "left"`.'
    )
    pictures: Path | None = setting(
        None, doc="Directory with pictures of the clinic (JPEG, PNG, WebP) for between calls; none = no pictures."
    )
    language: Language | None = setting(
        None, choices=LANGUAGES, doc="Language of words and voice; none = the site's first."
    )
    audio: str | None = setting(
        None,
        low=1,
        doc="`alsa` = heard by the sound card; else a directory that gets a WAV file for each announcement. "
        "none = `alsa`, or `announcements` in the data directory when simulated.",
    )
    alsa_device: str = setting("default", low=1, doc="Device that `aplay` plays on.")
    volume: dict[str, int] | None = setting(
        None,
        unit="%",
        doc="Table of hours and how loud it is from then on, such as `7 = 80`; none = always 100, 0 = silent.",
    )
    second_language: bool = setting(True, doc="Tokens of another language are called in that one too.")
    voices: dict[Language, str] | None = setting(
        None, doc='Table of languages and espeak-ng voices other than ours, such as `en = "en-us"`.'
    )
    clips: Path | None = setting(
        None, doc="Directory with a folder of recorded clips for each language; they win over the voice."
    )
    simulate: bool = setting(False, doc="A window instead of the whole screen, and remote control by stdin.")
    headless: bool | None = setting(None, doc="With `simulate`: draw into memory; none = when there is no screen.")
    speed: float = setting(
        1.0, low=1, high=100, doc="With `simulate`: how much faster announcements pass; for demonstrations and tests."
    )

    @property
    def zone(self) -> Zone:
        """Which part of the site this display shows."""
        return Zone(frozenset(self.departments), frozenset(self.rooms), self.ways)

    @property
    def room(self) -> RoomId | None:
        """The one at whose door it hangs."""
        return self.rooms[0] if self.layout is Layout.DOOR else None

    @property
    def sounds(self) -> Path | None:
        """Directory for sounds; None where a sound card plays them."""
        if self.audio is None:
            return self.data / "announcements" if self.simulate else None
        return None if self.audio == ALSA else Path(self.audio)

    def contradictions(self) -> Iterable[Contradiction]:
        """What is for simulated displays only, and hours that are none."""
        try:
            volume(self.volume)
        except ValueError as wrong:
            yield Contradiction(("volume",), f"volume: {wrong}")
        if self.layout is Layout.DOOR and (len(self.rooms) != 1 or self.departments):
            yield Contradiction(("layout", "rooms"), 'layout = "door" needs exactly one of rooms, and no departments')
        if self.headless is not None and not self.simulate:
            yield Contradiction(("headless",), "headless is for simulated displays; a real one has a screen")
        if self.speed != 1.0 and not self.simulate:
            yield Contradiction(("speed",), "speed is for simulated displays; people listen at speed 1")
        if self.speed != 1.0 and self.sounds is None:
            yield Contradiction(("speed",), "speed is for sounds in a directory; a sound card plays at speed 1")
