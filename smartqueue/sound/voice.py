"""The voice: sentences made by espeak-ng, each once."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from smartqueue.errors import SoundFault
from smartqueue.sound import child, pcm
from smartqueue.sound.shelf import KEPT_FILES, Shelf
from smartqueue.terms import Language

LONGEST_S: Final = 7.0
SPEEDS_WPM: Final = (140, 165, 195, 230)
LEVEL: Final = 0.9
VOICES: Final[Mapping[Language, str]] = {
    Language("ar"): "ar",
    Language("bn"): "bn",
    Language("en"): "en-gb",
    Language("es"): "es",
    Language("fr"): "fr-fr",
    Language("hi"): "hi",
    Language("pt"): "pt",
    Language("sw"): "sw",
    Language("ta"): "ta",
    Language("zh"): "cmn",
}
"""espeak-ng's voice for each language that we speak or are about to. Not Hebrew: its voice drops words."""
_LIMIT_S: Final = 10.0
_VOICE_COLUMN: Final = 1


@dataclass(frozen=True, slots=True)
class Manner:
    """How sentences are said. speeds_wpm: tried in turn until one fits `longest_s`. level: the peak, share of full
    scale."""

    speeds_wpm: tuple[int, ...] = SPEEDS_WPM
    longest_s: float = LONGEST_S
    level: float = LEVEL


@dataclass(frozen=True, slots=True)
class Sentence:
    """markup: SSML, spoken in `language`."""

    markup: str
    language: Language


async def installed(program: str = "espeak-ng") -> frozenset[str]:
    """The voices that espeak-ng has here. Raises SoundFault."""
    table = await child.said(program, "--voices", limit_s=_LIMIT_S)
    return frozenset(line.split()[_VOICE_COLUMN] for line in table.splitlines()[1:] if line.strip())


class Voice:
    """Turns sentences into sound; each is made once and then read from `folder`.

    voices: where espeak-ng's voice for a language is to be another one than in VOICES. kept_files: at most so many
    sentences stay on disk; those used longest ago go first. manner: as calls are said, unless it is another one.
    """

    def __init__(
        self,
        folder: Path,
        *,
        voices: Mapping[Language, str] | None = None,
        program: str = "espeak-ng",
        kept_files: int = KEPT_FILES,
        manner: Manner = Manner(),
    ) -> None:
        self._folder = folder
        self._shelf = Shelf(folder, kept_files)
        self._voices = {**VOICES, **(voices or {})}
        self._program = program
        self._manner = manner
        self._turn = asyncio.Lock()

    async def say(self, wanted: Sentence) -> bytes:
        """The sentence once, without silence around it, at most as long as the manner lets it be. Raises SoundFault.

        One is made at a time: whoever wants the same one takes what the first has made.
        """
        manner = self._manner
        about = (self.name(wanted.language), wanted.markup, repr(manner.speeds_wpm), str(manner.level))
        async with self._turn:
            kept = await asyncio.to_thread(self._shelf.take, *about)
            if kept is not None:
                return kept
            spoken = await self._at_a_fitting_speed(wanted)
            await asyncio.to_thread(self._shelf.keep, spoken, *about)
        return spoken

    async def _at_a_fitting_speed(self, wanted: Sentence) -> bytes:
        longest_s = self._manner.longest_s
        for speed in self._manner.speeds_wpm:
            spoken = await self._made(wanted, speed)
            if pcm.seconds(spoken) <= longest_s:
                return spoken
        raise SoundFault(f"no speed says it within {longest_s:g} s: {wanted.markup}")

    async def installed(self) -> frozenset[str]:
        """The voices that espeak-ng has here. Raises SoundFault."""
        return await installed(self._program)

    def name(self, language: Language) -> str:
        """Of espeak-ng's voice for it."""
        return self._voices.get(language, language)

    async def _made(self, wanted: Sentence, speed_wpm: int) -> bytes:
        await asyncio.to_thread(_made_sure_of, self._folder)
        raw = self._folder / f"{os.getpid()}.raw"
        command = (self._program, "-v", self.name(wanted.language), "-s", str(speed_wpm), "-m", "-w", str(raw))
        try:
            await child.completed(*command, given=wanted.markup.encode(), limit_s=_LIMIT_S)
            return await asyncio.to_thread(_cleaned, raw, self._manner.level)
        finally:
            raw.unlink(missing_ok=True)


def _made_sure_of(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise SoundFault(f"{folder} does not take sentences: {refused.strerror}") from refused


def _cleaned(raw: Path, level: float) -> bytes:
    try:
        spoken = pcm.trimmed(pcm.from_wav(raw.read_bytes()))
    except OSError as absent:
        raise SoundFault(f"the voice left no sound: {absent.strerror}") from absent
    if not spoken:
        raise SoundFault("the voice said nothing")
    return pcm.levelled(spoken, level)
