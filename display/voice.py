"""The voice: sentences made by espeak-ng, kept on disk, letter and digits one by one.

espeak-ng reads `012` as twelve and a lone `A` as the article: so digits go separated, letters marked as letters.
"""

import asyncio
import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from display import child, pcm
from smartqueue.errors import SoundFault
from smartqueue.terms import Label, Language, RoomKind

LONGEST_S: Final = 7.0
PAUSE_S: Final = 2.0
"""Between the first and the second time a sentence is said."""
SPEEDS_WPM: Final = (140, 165, 195, 230)
"""Tried in turn until a sentence fits LONGEST_S."""
LEVEL: Final = 0.9
KEPT_FILES: Final = 400
"""About 60 MB."""
_LIMIT_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """markup: SSML, spoken in `language`."""

    markup: str
    language: Language


def spelled(label: str) -> str:
    """SSML that says a label or a room's number: letters by name, digits of a label one by one.

    `A012` -> A, zero, one, two.
    """
    parts = []
    for sign in label:
        parts.append(f'<say-as interpret-as="characters">{escape(sign)}</say-as>' if sign.isalpha() else escape(sign))
    return " ".join(parts)


def numbered(room: str) -> str:
    """SSML that says a room's number as people do: `12` -> twelve, `12B` -> twelve B."""
    digits = "".join(sign for sign in room if sign.isdigit())
    if digits and room.startswith(digits):
        return f"{digits} {spelled(room[len(digits) :])}".rstrip()
    return spelled(room)


def sentence(say: Callable[..., str], language: Language, label: Label, kind: RoomKind, number: str) -> Sentence:
    """What is said for a call. say: words of that language, key and values to text."""
    text = say(f"display.voice.call_{kind}", label=spelled(label), room=numbered(number))
    return Sentence(text, language)


class Voice:
    """Turns sentences into sound; each is made once and then read from `folder`.

    voices: espeak-ng's voice for a language, where it is not the language's own code. kept_files: at most so many
    sentences stay on disk; those used longest ago go first.
    """

    def __init__(
        self,
        folder: Path,
        *,
        voices: Mapping[Language, str] | None = None,
        program: str = "espeak-ng",
        kept_files: int = KEPT_FILES,
    ) -> None:
        self._folder = folder
        self._kept_files = kept_files
        self._voices = dict(voices or {})
        self._program = program

    async def say(self, wanted: Sentence) -> bytes:
        """The sentence once, without silence around it, at most LONGEST_S. Raises SoundFault."""
        path = self._path(wanted)
        kept = await asyncio.to_thread(_read, path)
        if kept is not None:
            return kept
        for speed in SPEEDS_WPM:
            spoken = await self._made(wanted, speed, path)
            if pcm.seconds(spoken) <= LONGEST_S:
                break
        else:
            raise SoundFault(f"no speed says it within {LONGEST_S:g} s: {wanted.markup}")
        await asyncio.to_thread(_keep, path, spoken, self._kept_files)
        return spoken

    async def say_twice(self, wanted: Sentence) -> bytes:
        """The sentence, PAUSE_S of silence, the sentence again."""
        once = await self.say(wanted)
        return once + pcm.silence(PAUSE_S) + once

    def _path(self, wanted: Sentence) -> Path:
        name = "\n".join((self._voice(wanted.language), wanted.markup, repr(SPEEDS_WPM), str(LEVEL)))
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.wav"

    def _voice(self, language: Language) -> str:
        return self._voices.get(language, language)

    async def _made(self, wanted: Sentence, speed_wpm: int, path: Path) -> bytes:
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        raw = path.with_suffix(f".{os.getpid()}.raw")
        command = (self._program, "-v", self._voice(wanted.language), "-s", str(speed_wpm), "-m", "-w", str(raw))
        try:
            await child.completed(*command, given=wanted.markup.encode(), limit_s=_LIMIT_S)
            return await asyncio.to_thread(_cleaned, raw)
        finally:
            raw.unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    """A sentence kept before, or None where there is none or it is damaged."""
    try:
        kept = pcm.from_wav(path.read_bytes())
        os.utime(path)
    except (OSError, SoundFault):
        return None
    return kept


def _cleaned(raw: Path) -> bytes:
    try:
        spoken = pcm.trimmed(pcm.from_wav(raw.read_bytes()))
    except OSError as absent:
        raise SoundFault(f"the voice left no sound: {absent.strerror}") from absent
    if not spoken:
        raise SoundFault("the voice said nothing")
    return pcm.levelled(spoken, LEVEL)


def _keep(path: Path, spoken: bytes, most: int) -> None:
    """Write it whole or not at all; a full disk costs the cache, not the announcement."""
    new = path.with_suffix(f".{os.getpid()}.new")
    try:
        new.write_bytes(pcm.to_wav(spoken))
        new.replace(path)
        _forget_oldest(path.parent, most)
    except OSError:
        new.unlink(missing_ok=True)


def _forget_oldest(folder: Path, most: int) -> None:
    kept = sorted(folder.glob("*.wav"), key=lambda file: file.stat().st_mtime)
    for file in kept[: max(0, len(kept) - most)]:
        file.unlink(missing_ok=True)
