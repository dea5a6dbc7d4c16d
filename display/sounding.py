"""Makes an announcement heard: chime at once, the voice behind it, all by the one player."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from display.board import Place
from display.chime import lead
from display.pcm import silence
from display.player import Player
from display.voice import PAUSE_S, Voice, sentence
from smartqueue.errors import SoundFault
from smartqueue.i18n import Words
from smartqueue.terms import Label, Language, RoomKind

log = logging.getLogger(__name__)

AGAIN_S: Final = 30.0
"""A sound that did not work is tried so often until it does."""
BETWEEN_S: Final = 0.7
"""Between two calls of one announcement."""
_PROBE_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Said:
    """One call as it is spoken. language: the token's."""

    label: Label
    place: Place
    language: Language


@dataclass(frozen=True, slots=True)
class Outcome:
    """heard: chime and voice, both whole. file: where the sound lies, if it is kept."""

    heard: bool
    file: Path | None = None


class Sounding:
    """Chime and voice together. works: as far as is known; on_change: is told when that changes. probe: try the player
    before the first announcement, with silence."""

    def __init__(self, voice: Voice, player: Player, *, probe: bool) -> None:
        self.works = True
        self.on_change: Callable[[], None] = lambda: None
        self._voice = voice
        self._player = player
        self._probe = probe

    async def announce(self, calls: Sequence[Said], words: Words, started: Callable[[], None]) -> Outcome:
        """Returns when the last sample was heard, or when it is clear that it was not."""
        name = "-".join(f"{one.label}-{one.place.kind}-{one.place.number.lower()}" for one in calls)
        try:
            file = await self._player.play(name, lead(), self._speech(calls, words), started)
        except SoundFault as fault:
            self._found(works=False, why=str(fault))
            return Outcome(heard=False)
        self._found(works=True)
        return Outcome(heard=True, file=file)

    async def _speech(self, calls: Sequence[Said], words: Words) -> bytes:
        """All calls in turn, twice."""
        said = [
            await self._voice.say(sentence(words.text, words.language, one.label, one.place.kind, one.place.number))
            for one in calls
        ]
        once = silence(BETWEEN_S).join(said)
        return once + silence(PAUSE_S) + once

    async def watch(self, words: Callable[[], Words]) -> None:
        """Tries voice and sound card once at the start, and again and again while they don't work."""
        while True:
            await self._try(words())
            await asyncio.sleep(AGAIN_S)
            while self.works:  # noqa: ASYNC110 - nothing announces that a card was pulled out
                await asyncio.sleep(AGAIN_S)

    async def _try(self, words: Words) -> None:
        """Without a sound: a sentence is made (which loads the voice), silence is played."""
        try:
            await self._voice.say(sentence(words.text, words.language, Label("A001"), RoomKind.ROOM, "1"))
            if self._probe:
                await self._player.play("probe", silence(_PROBE_S), _nothing(), _unheard)
        except SoundFault as fault:
            self._found(works=False, why=str(fault))
        else:
            self._found(works=True)

    def _found(self, *, works: bool, why: str = "") -> None:
        if works == self.works:
            return
        self.works = works
        if works:
            log.info("sound works again")
        else:
            log.error("no sound: %s", why)
        self.on_change()


async def _nothing() -> bytes:
    return b""


def _unheard() -> None:
    """Silence is not reported as a chime."""
