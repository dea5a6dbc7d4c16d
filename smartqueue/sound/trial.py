"""`--test-sound` of displays and kiosks: sounds are played one by one, and each has a line of what came of it."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from typing import Final

from smartqueue.errors import SoundFault
from smartqueue.sound import child, pcm
from smartqueue.sound.player import Player

VOICE: Final = "espeak-ng"
PLAYER: Final = "aplay"
PACKAGES: Final = {VOICE: "espeak-ng", PLAYER: "alsa-utils"}
"""Debian's packages with the programs that sound is made with."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One sound. what: `chime`, `clips`, a tone, or the language of a sentence. ok: it was played to its end; None =
    it was not to be played.

    about: what made it, or why it was not played or not as it should be.
    """

    what: str
    ok: bool | None
    about: str
    lasts_s: float = 0.0

    def line(self) -> str:
        lasts = f", {self.lasts_s:.1f} s" if self.lasts_s else ""
        state = {True: "played", False: "NOT AS IT SHOULD BE", None: "not played"}[self.ok]
        return f"{self.what}: {state}{lasts}: {self.about}"

    def told(self, *, as_json: bool) -> str:
        """As a line of text, or of JSON."""
        return json.dumps(asdict(self)) if as_json else self.line()


async def played(player: Player, what: str, sound: bytes, about: str) -> Tried:
    """Plays one sound to its end. about: what made it."""
    try:
        await player.play(f"test-{what.replace(' ', '-')}", sound, nothing(), unheard)
    except SoundFault as fault:
        return Tried(what, ok=False, about=str(fault))
    return Tried(what, ok=True, about=about, lasts_s=round(pcm.seconds(sound), 2))


async def tell_all(trials: AsyncIterator[Tried], say: Callable[[Tried], None]) -> bool:
    """say: is told of each sound as it ends. Whether all was as it should be."""
    good = True
    async for tried in trials:
        say(tried)
        good = good and tried.ok is not False
    return good


def missing(*programs: str) -> str:
    """What to do where programs of PACKAGES are missing; empty where all are there."""
    packages = " ".join(PACKAGES[one] for one in programs if not child.is_there(one))
    return f"programs are missing. Run: apt install {packages}" if packages else ""


async def nothing() -> bytes:
    """No speech."""
    return b""


def unheard() -> None:
    """What is no announcement is not reported as a chime."""
