"""`smartqueue kiosk --test-sound`: what a technician listens to, and what it says of each tone and language."""

from collections.abc import AsyncIterator, Sequence

from kiosk.speech import sample
from kiosk.terms import Sound
from kiosk.tones import tone
from smartqueue.errors import SoundFault
from smartqueue.sound.player import Player
from smartqueue.sound.trial import Tried, played
from smartqueue.sound.voice import Voice
from smartqueue.terms import Language


async def try_all(
    player: Player, voice: Voice | None, languages: Sequence[Language], *, tones: bool, device: str
) -> AsyncIterator[Tried]:
    """Each tone, then a sentence in each language, as loud as by day. voice: None = this kiosk does not speak."""
    for one in Sound:
        if tones:
            yield await played(player, f"tone {one}", tone(one), device)
        else:
            yield Tried(f"tone {one}", ok=None, about="sound = false in the settings")
    for language in languages:
        if voice is None:
            yield Tried(language, ok=None, about="speech_volume = 0 in the settings")
        else:
            yield await _spoken(player, voice, language)


async def _spoken(player: Player, voice: Voice, language: Language) -> Tried:
    try:
        sound = await voice.say(sample(language))
    except SoundFault as fault:
        return Tried(language, ok=False, about=str(fault))
    return await played(player, language, sound, f"voice {voice.name(language)}")
