"""`smartqueue display --test-sound`: what a technician listens to, and what it says of each sound and clip."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from display.chime import lead
from display.sounding import SAMPLE
from display.speech import Speech
from display.volume import FULL_PCT
from smartqueue.errors import SoundFault
from smartqueue.sound.pcm import louder
from smartqueue.sound.player import Player
from smartqueue.sound.trial import Tried, played
from smartqueue.terms import Language


async def try_all(
    speech: Speech, player: Player, languages: Sequence[Language], volume_pct: int, device: str
) -> AsyncIterator[Tried]:
    """The chime and a sentence in each language, each played as the last call would be; then what the clips lack."""
    yield await played(player, "chime", louder(lead(), volume_pct / FULL_PCT), f"{device}, volume {volume_pct} %")
    for language in languages:
        yield await _spoken(speech, player, language, volume_pct)
    for trouble in await asyncio.to_thread(speech.look_through):
        yield Tried("clips", ok=False, about=trouble)


async def _spoken(speech: Speech, player: Player, language: Language, volume_pct: int) -> Tried:
    try:
        sound = await speech.say(SAMPLE, language)
    except SoundFault as fault:
        return Tried(language, ok=False, about=str(fault))
    return await played(player, language, louder(sound, volume_pct / FULL_PCT), speech.made_by(language))
