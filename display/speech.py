"""Says a call in a language: with the clinic's own clips where they have the whole sentence, else with the voice."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from display.board import Place
from display.clips import Pack
from smartqueue.errors import SoundFault
from smartqueue.i18n import Words, shipped
from smartqueue.sound.shelf import Shelf
from smartqueue.sound.spelling import numbered, spelled
from smartqueue.sound.voice import Sentence, Voice
from smartqueue.terms import Label, Language, RoomKind

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """One call as it is spoken. language: the token's."""

    label: Label
    place: Place
    language: Language


def sentence(say: Callable[..., str], language: Language, label: Label, kind: RoomKind, number: str) -> Sentence:
    """What is said for a call. say: words of that language, key and values to text."""
    text = say(f"display.voice.call_{kind}", label=spelled(label, language), room=numbered(number, language))
    return Sentence(text, language)


class Speech:
    """troubles: what a technician should mend, one line for each, in the order of being found; on_trouble is told of
    each once. wrong: those known from the start."""

    def __init__(
        self, voice: Voice, shelf: Shelf, packs: Mapping[Language, Pack] | None = None, wrong: Iterable[str] = ()
    ) -> None:
        self.on_trouble: Callable[[str], None] = lambda _trouble: None
        self._voice = voice
        self._shelf = shelf
        self._packs = dict(packs or {})
        self._fingerprints: dict[Language, str] = {}
        self._troubles: dict[str, None] = {}
        for trouble in (*wrong, *self._absent()):
            self._found(trouble)

    @property
    def troubles(self) -> tuple[str, ...]:
        return tuple(self._troubles)

    @property
    def clips(self) -> tuple[Language, ...]:
        """Languages with clips."""
        return tuple(self._packs)

    def spoken(self, language: Language) -> Language | None:
        """The language that it is said in: itself or its base; None where nobody here speaks it."""
        base = Language(language.split("-")[0].lower())
        if language in self._packs:
            return language
        return base if base in self._packs or shipped(base) == base else None

    def made_by(self, language: Language) -> str:
        """Who speaks it, for a technician."""
        pack = self._packs.get(language)
        return f"{len(pack.clips)} clips" if pack is not None else f"voice {self._voice.name(language)}"

    def look_through(self) -> tuple[str, ...]:
        """Every trouble that can be found by listening to each clip. Blocking, and slow: for a thread."""
        found = list(self._troubles)
        for language, pack in self._packs.items():
            there = [name for name in pack.expected() if name not in pack.absent([name])]
            found += [f"clips {language}: {problem}" for problem in pack.problems((*there, *pack.clips))]
        return tuple(dict.fromkeys(found))

    async def say(self, said: Said, language: Language) -> bytes:
        """The sentence once, at most LONGEST_S, without silence around it. Raises SoundFault."""
        pack = self._packs.get(language)
        if pack is not None:
            try:
                return await self._clips(pack, said)
            except SoundFault as fault:
                self._found(f"clips {language}: {fault}; the voice speaks instead")
        words = Words(language)
        return await self._voice.say(
            sentence(words.text, words.language, said.label, said.place.kind, said.place.number)
        )

    async def _clips(self, pack: Pack, said: Said) -> bytes:
        return await asyncio.to_thread(self._made_of_clips, pack, said)

    def _made_of_clips(self, pack: Pack, said: Said) -> bytes:
        names = pack.names(said.label, said.place.kind, said.place.number)
        about = ("clips", pack.language, self._fingerprint(pack), " ".join(names))
        kept = self._shelf.take(*about)
        if kept is None:
            kept = pack.spoken(names)
            self._shelf.keep(kept, *about)
        return kept

    def _fingerprint(self, pack: Pack) -> str:
        if pack.language not in self._fingerprints:
            self._fingerprints[pack.language] = pack.fingerprint()
        return self._fingerprints[pack.language]

    def _absent(self) -> Iterable[str]:
        for language, pack in self._packs.items():
            names = pack.absent(pack.expected())
            if names:
                missing = ", ".join(f"{name}.wav" for name in names)
                yield f"clips {language}: missing are {missing}; sentences with them are spoken by the voice"

    def _found(self, trouble: str) -> None:
        """A pack whose files were taken away would say it again for every label: the first hundred are enough."""
        if trouble in self._troubles or len(self._troubles) >= _MOST:
            return
        self._troubles[trouble] = None
        log.error("%s", trouble)
        self.on_trouble(trouble)


_MOST = 100
