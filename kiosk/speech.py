"""What is heard at a kiosk: its tones, and in speech mode what stands on its screens and keys.

One thing at a time. A tone is heard at once and whole: what is being said stops for it and is said again afterwards.
What is said stops for whatever is newer: a person who has touched on is not talked at.
"""

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kiosk.corner import SoundState
from kiosk.fronts import IdleWarning
from kiosk.screens.view import View
from kiosk.terms import Sound
from kiosk.tones import tone
from smartqueue.errors import SoundFault
from smartqueue.i18n import Words
from smartqueue.sound import pcm
from smartqueue.sound.player import Player
from smartqueue.sound.spelling import as_said
from smartqueue.sound.voice import LEVEL, Manner, Sentence, Voice
from smartqueue.terms import Language

log = logging.getLogger(__name__)

Texts = Callable[[View, str | None], Sequence[str]]
"""The sentences of a screen, or of its key of this name."""

GAP_S: Final = 0.4
"""Between two sentences."""
AGAIN_S: Final = 10.0
"""A voice or a sound card that does not work is tried so often until it does."""
WARNING_EVERY_S: Final = 5.0
"""The tone of the idle warning is heard as long as it is shown."""
_PROBE_S: Final = 0.2
_CARD, _VOICE = "sound", "voice"


def manner(volume_pct: int) -> Manner:
    """How a kiosk speaks: slower than calls are, and a sentence may be longer. 100 is as loud as a call."""
    return Manner(speeds_wpm=(150,), longest_s=30.0, level=LEVEL * volume_pct / 100)


def sample(language: Language) -> Sentence:
    """What is said to try the voice."""
    return Sentence(as_said(Words(language).text("kiosk.say.twice"), language), language)


@dataclass(slots=True, eq=False)
class _Talk:
    """over: it was said, or will not be any more. trial: it is said with speech mode off, too."""

    name: str
    sentences: tuple[Sentence, ...]
    over: asyncio.Event = field(default_factory=asyncio.Event)
    trial: bool = False


class Speaker:
    """The one mouth of a kiosk. `run` never returns, cancel it to stop; nothing is heard before.

    on_change: is told when `missing` has changed. voice: None = the kiosk does not speak. tones: False = none are
    played. probe: try the sound card with silence. share: how loud it is at this time of the site (`09:42`, or empty),
    of what it usually is.
    """

    def __init__(
        self,
        player: Player,
        voice: Voice | None,
        texts: Texts,
        *,
        tones: bool = True,
        probe: bool = True,
        share: Callable[[str], float] = lambda _clock: 1.0,
        again_s: float = AGAIN_S,
    ) -> None:
        self.on_change: Callable[[], None] = lambda: None
        self._player = player
        self._voice = voice
        self._texts = texts
        self._has_tones = tones
        self._probe = probe
        self._share = share
        self._again_s = again_s
        self._installed: frozenset[str] = frozenset()
        self._wrong: dict[str, str] = {}
        self._looked = False
        self._played_any = False
        self._tones: deque[tuple[Sound, asyncio.Event]] = deque()
        self._wanted: _Talk | None = None
        self._warned_at: float | None = None
        self._clock = ""
        self._news = asyncio.Event()
        self._doubt = asyncio.Event()

    @property
    def missing(self) -> tuple[str, ...]:
        """Of `sound` and `voice`, what does not work, as far as is known."""
        return tuple(sorted(self._wrong))

    @property
    def available(self) -> bool:
        """Whether anything can be said: there are a voice and a sound card, as far as is known."""
        return self._voice is not None and self._looked and not self._wrong

    def speaks(self, language: Language) -> bool:
        """Whether it can be said in this language."""
        if self._voice is None or not self.available:
            return False
        return self._voice.name(language).partition("+")[0] in self._installed

    def state(self) -> SoundState:
        """As far as is known, for a technician."""
        if not self._has_tones and self._voice is None:
            return SoundState.OFF
        if _CARD in self._wrong:
            return SoundState.NO_CARD
        if _VOICE in self._wrong:
            return SoundState.NO_VOICE
        return SoundState.WORKS if self._played_any else SoundState.UNTRIED

    async def trial(self, language: Language) -> SoundState:
        """A tone, and a sentence where this kiosk speaks, whatever is switched off; what came of them."""
        await self._line_up(Sound.TICKET).wait()
        if _CARD in self._wrong:
            return SoundState.NO_CARD
        if self._voice is None:
            return SoundState.WORKS
        wanted = sample(language)
        if not await self._made(wanted):
            return SoundState.NO_VOICE
        talk = _Talk(f"trial-{language}", (wanted,), trial=True)
        self._want(talk)
        await talk.over.wait()
        return SoundState.NO_CARD if _CARD in self._wrong else SoundState.WORKS

    # --- what is to be heard ------------------------------------------------------------------------------

    async def beep(self, sound: Sound) -> None:
        """Returns when it was heard, or can't be."""
        if self._has_tones:
            await self._line_up(sound).wait()

    async def say(self, view: View, key: str | None = None) -> None:
        """The screen, or what its key is. Returns when it was said, something newer stopped it, or it can't be said.

        With speech mode off: it is quiet.
        """
        talk = self._talk_of(view, key)
        self._want(talk)
        if talk is not None:
            await talk.over.wait()

    def seen(self, view: View) -> None:
        """What is shown now: without speech mode it is quiet, an idle warning is heard as long as it is there."""
        self._clock = view.clock
        if not view.speech and self._wanted is not None and not self._wanted.trial:
            self._want(None)
        if not isinstance(view.front, IdleWarning):
            self._warned_at = None
        elif self._warned_at is None:
            self._warned_at = view.now
        elif view.now - self._warned_at >= WARNING_EVERY_S and self._wanted is None and self._has_tones:
            self._warned_at = view.now
            self._line_up(Sound.WARNING)

    def _line_up(self, sound: Sound) -> asyncio.Event:
        """Set when it is over."""
        over = asyncio.Event()
        self._tones.append((sound, over))
        self._news.set()
        return over

    def _talk_of(self, view: View, key: str | None) -> _Talk | None:
        if self._voice is None or not view.speech:
            return None
        texts = [text for text in self._texts(view, key) if text.strip()]
        sentences = tuple(Sentence(as_said(text, view.language), view.language) for text in texts)
        name = re.sub(r"\W+", "-", key or view.front.name)
        return _Talk(f"{view.language}-{name}", sentences) if sentences else None

    def _want(self, talk: _Talk | None) -> None:
        if self._wanted is not None:
            self._wanted.over.set()
        self._wanted = talk
        self._news.set()

    # --- what is heard ------------------------------------------------------------------------------------

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._watch(), name="sound card")
            tasks.create_task(self._work(), name="sounds")

    async def _work(self) -> None:
        while True:
            self._news.clear()
            try:
                if self._tones:
                    await self._tone(*self._tones.popleft())
                elif self._wanted is not None:
                    await self._talk(self._wanted)
                else:
                    await self._news.wait()
            except Exception:
                log.exception("something could not be made heard")

    async def _tone(self, sound: Sound, over: asyncio.Event) -> None:
        try:
            await self._played(f"tone-{sound}", await self._as_loud(tone(sound)), ())
        finally:
            over.set()

    async def _talk(self, talk: _Talk) -> None:
        """Until it was said or there is something newer."""
        said = asyncio.create_task(self._said(talk), name=talk.name)
        news = asyncio.create_task(self._news.wait(), name="something newer")
        try:
            await asyncio.wait({said, news}, return_when=asyncio.FIRST_COMPLETED)
            if said.done() and self._wanted is talk:
                self._want(None)
        finally:
            for task in (said, news):
                task.cancel()
            await asyncio.wait({said, news})
        if not said.cancelled() and (trouble := said.exception()) is not None:
            raise trouble

    async def _said(self, talk: _Talk) -> None:
        first, *rest = talk.sentences
        lead = await self._as_loud(await self._made(first))
        await self._played(talk.name, lead, rest)

    async def _made(self, sentence: Sentence) -> bytes:
        """Empty where the voice fails, which is looked into."""
        assert self._voice is not None
        try:
            return await self._voice.say(sentence)
        except SoundFault as fault:
            log.warning("not said in %s: %s", sentence.language, fault)
            self._doubt.set()
            return b""

    async def _rest(self, sentences: Iterable[Sentence]) -> bytes:
        """What follows the first sentence."""
        made = [pcm.silence(GAP_S) + await self._made(one) for one in sentences]
        return await self._as_loud(b"".join(made))

    async def _as_loud(self, sound: bytes) -> bytes:
        share = self._share(self._clock)
        return sound if share == 1 else await asyncio.to_thread(pcm.louder, sound, share)

    async def _played(self, name: str, lead: bytes, rest: Iterable[Sentence]) -> None:
        try:
            await self._player.play(name, lead, self._rest(rest), lambda: None)
        except SoundFault as fault:
            if self._found(_CARD, str(fault)):
                self._doubt.set()  # it may be back already
        else:
            self._played_any = True
            self._found(_CARD, None)

    # --- whether it can be heard --------------------------------------------------------------------------

    async def _watch(self) -> None:
        """Looks for voice and sound card: at the start, in doubt, and again and again while one is missing."""
        while True:
            await self._look()
            self._doubt.clear()
            try:
                async with asyncio.timeout(self._again_s if self._wrong else None):
                    await self._doubt.wait()
            except TimeoutError:
                continue

    async def _look(self) -> None:
        if self._voice is not None:
            try:
                self._installed = await self._voice.installed()
                self._found(_VOICE, None)
            except SoundFault as fault:
                self._found(_VOICE, str(fault))
        if self._probe and (self._wrong.get(_CARD) or not self._looked):
            await self._played("probe", pcm.silence(_PROBE_S), ())
        self._looked = True

    def _found(self, what: str, why: str | None) -> bool:
        """Whether it has just gone wrong. why: None = it works."""
        before = self._wrong.get(what)
        if why is None:
            if self._wrong.pop(what, None):
                log.info("%s works again", what)
        else:
            self._wrong[what] = why
            if before is None:
                log.warning("no %s: %s", what, why)
        if (before is None) != (why is None):
            self.on_change()
        return before is None and why is not None
