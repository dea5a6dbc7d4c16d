"""`smartqueue display --test-sound`: what a technician listens to, and what it says of each sound and clip."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass

from display.chime import lead
from display.sounding import SAMPLE, nothing, unheard
from display.speech import Speech
from display.volume import FULL_PCT
from smartqueue.errors import SoundFault
from smartqueue.sound.pcm import louder, seconds
from smartqueue.sound.player import Player
from smartqueue.terms import Language


@dataclass(frozen=True, slots=True)
class Tried:
    """One sound. what: `chime`, `clips`, or the language of a sentence. ok: it was played to its end.

    about: what made it, or why it was not played or not as it should be.
    """

    what: str
    ok: bool
    about: str
    lasts_s: float = 0.0

    def line(self) -> str:
        lasts = f", {self.lasts_s:.1f} s" if self.lasts_s else ""
        return f"{self.what}: {'played' if self.ok else 'NOT AS IT SHOULD BE'}{lasts}: {self.about}"

    def plain(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


async def try_all(
    speech: Speech, player: Player, languages: Sequence[Language], volume_pct: int, device: str
) -> AsyncIterator[Tried]:
    """The chime and a sentence in each language, each played as the last call would be; then what the clips lack."""
    yield await _tried("chime", player, louder(lead(), volume_pct / FULL_PCT), f"{device}, volume {volume_pct} %")
    for language in languages:
        yield await _spoken(speech, player, language, volume_pct)
    for trouble in await asyncio.to_thread(speech.look_through):
        yield Tried("clips", ok=False, about=trouble)


async def _spoken(speech: Speech, player: Player, language: Language, volume_pct: int) -> Tried:
    try:
        sound = await speech.say(SAMPLE, language)
    except SoundFault as fault:
        return Tried(language, ok=False, about=str(fault))
    return await _tried(language, player, louder(sound, volume_pct / FULL_PCT), speech.made_by(language))


async def _tried(what: str, player: Player, sound: bytes, about: str) -> Tried:
    try:
        await player.play(f"test-{what}", sound, nothing(), unheard)
    except SoundFault as fault:
        return Tried(what, ok=False, about=str(fault))
    return Tried(what, ok=True, about=about, lasts_s=round(seconds(sound), 2))
