"""Makes an announcement heard: chime at once, the speech behind it, all by the one player."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from display.board import Place
from display.chime import chime, lead
from display.speech import Said, Speech
from display.volume import FULL_PCT
from smartqueue.errors import SoundFault
from smartqueue.sound.pcm import louder, silence
from smartqueue.sound.player import Player
from smartqueue.sound.trial import nothing, unheard
from smartqueue.terms import Label, Language, RoomId, RoomKind

log = logging.getLogger(__name__)

AGAIN_S: Final = 30.0
"""A sound that did not work is tried so often until it does."""
PAUSE_S: Final = 2.0
"""Between the first and the second time."""
BETWEEN_S: Final = 0.7
"""Between two sentences that follow each other: other calls, or the same one in another language."""
SELF_TEST: Final = 0.3
"""How loud the chime of the self-test is, of the hour's volume."""
_PROBE_S: Final = 0.2
SAMPLE: Final = Said(Label("A001"), Place(RoomId("room-1"), RoomKind.ROOM, "1"), Language(""))
"""What is said when nobody is called."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """heard: chime and speech, both whole. file: where the sound lies, if it is kept."""

    heard: bool
    file: Path | None = None


def rounds(
    calls: Sequence[Said], language: Language, own: Callable[[Said], Language]
) -> list[list[tuple[Said, Language]]]:
    """What is said the first and the second time: calls and the languages they are said in.

    One call is said in the display's language and then in its token's, both times. Several take turns: first all in
    the display's language, then each in its own.
    """
    first = [(one, language) for one in calls]
    second = [(one, own(one)) for one in calls]
    if len(calls) > 1:
        return [first, second]
    both = list(dict.fromkeys((*first, *second)))
    return [both, both]


class Sounding:
    """Chime and speech together. works: as far as is known, which is nothing before it was tried; on_change: is told
    when that changes.

    probe: try the player before the first announcement, with silence. second_language: tokens of another language
    are called in it too.
    """

    def __init__(self, speech: Speech, player: Player, *, probe: bool, second_language: bool = True) -> None:
        self.works = True
        self.tried = False
        self.on_change: Callable[[], None] = lambda: None
        self.speech = speech
        self._player = player
        self._probe = probe
        self._second_language = second_language
        self._expected: dict[tuple[Said, Language], None] = {}
        self._lined_up = asyncio.Event()
        self._unplayed = False
        """The last sound was not played: a voice that speaks says nothing of the card."""

    async def announce(
        self, calls: Sequence[Said], language: Language, started: Callable[[], None], volume_pct: int = FULL_PCT
    ) -> Outcome:
        """Returns when the last sample was heard, or when it is clear that it was not. volume_pct: 0 = not played."""
        if volume_pct == 0:
            return Outcome(heard=False)
        name = "-".join(f"{one.label}-{one.place.kind}-{one.place.number.lower()}" for one in calls)
        speech = self._speech(calls, language, volume_pct)
        return await self._played(name, _lead(volume_pct), speech, started)

    def expect(self, calls: Iterable[Said], language: Language) -> None:
        """These are announced soon: their sentences are made while others are heard."""
        for one in calls:
            self._expected.update(dict.fromkeys(((one, language), (one, self._own(one, language)))))
        self._lined_up.set()

    async def self_test(self, volume_pct: int) -> Outcome:
        """The chime, softly."""
        soft = await asyncio.to_thread(louder, chime(), SELF_TEST * volume_pct / FULL_PCT)
        return await self._played("self-test", soft, nothing(), unheard)

    async def watch(self, language: Callable[[], Language]) -> None:
        """Tries voice and sound card once at the start, and again and again while they don't work."""
        while True:
            await self._try(language())
            await asyncio.sleep(AGAIN_S)
            while self.works:  # noqa: ASYNC110 - nothing announces that a card was pulled out
                await asyncio.sleep(AGAIN_S)

    async def prepare(self) -> None:
        """Until cancelled: makes the sentences that are expected, one after the other."""
        while True:
            while self._expected:
                said, language = next(iter(self._expected))
                del self._expected[said, language]
                await self._made(said, language)
            self._lined_up.clear()
            await self._lined_up.wait()

    async def _made(self, said: Said, language: Language) -> None:
        try:
            await self.speech.say(said, language)
        except SoundFault as fault:
            log.debug("not made beforehand: %s", fault)

    async def _speech(self, calls: Sequence[Said], language: Language, volume_pct: int) -> bytes:
        """All of it, twice. In a language that fails it is left out, if it was to be said in another one too."""
        parts = []
        for one_round in rounds(calls, language, lambda said: self._own(said, language)):
            said = [await self._sentence(said, in_, language) for said, in_ in one_round]
            parts.append(silence(BETWEEN_S).join(one for one in said if one))
        return await asyncio.to_thread(louder, silence(PAUSE_S).join(parts), volume_pct / FULL_PCT)

    async def _sentence(self, said: Said, in_: Language, language: Language) -> bytes:
        try:
            return await self.speech.say(said, in_)
        except SoundFault as fault:
            if in_ == language:
                raise
            log.error("not said in %s: %s", in_, fault)
            return b""

    def _own(self, said: Said, language: Language) -> Language:
        """The token's language where somebody here speaks it, else the display's."""
        own = self.speech.spoken(said.language) if self._second_language else None
        return own or language

    async def _played(self, name: str, lead_in: bytes, rest: Awaitable[bytes], started: Callable[[], None]) -> Outcome:
        try:
            file = await self._player.play(name, lead_in, rest, started)
        except SoundFault as fault:
            self._unplayed = True
            self._found(works=False, why=str(fault))
            return Outcome(heard=False)
        self._unplayed = False
        self._found(works=True)
        return Outcome(heard=True, file=file)

    async def _try(self, language: Language) -> None:
        """Without a sound: a sentence is made (which loads the voice), silence is played."""
        try:
            await self.speech.say(SAMPLE, language)
            if self._probe:
                await self._player.play("probe", silence(_PROBE_S), nothing(), unheard)
        except SoundFault as fault:
            self._found(works=False, why=str(fault))
        else:
            if self._probe or not self._unplayed:
                self._found(works=True)

    def _found(self, *, works: bool, why: str = "") -> None:
        before, known = self.works, self.tried
        self.works, self.tried = works, True
        if works and not before:
            log.info("sound works again")
        elif before and not works:
            log.error("no sound: %s", why)
        if works != before or not known:
            self.on_change()


@lru_cache(maxsize=4)
def _lead(volume_pct: int) -> bytes:
    return louder(lead(), volume_pct / FULL_PCT)
