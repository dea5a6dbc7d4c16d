"""A clinic's own voice: clips of letters, digits and a few words, put together to sentences.

One folder for each language, with a manifest and a WAV file for each clip; how to record them: docs/voice.md. A pack
speaks a sentence whole or refuses it: half of one voice and half of another is understood by nobody.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from display.recorded import faded, matched, recorded
from smartqueue.config import load, setting
from smartqueue.errors import SettingsFault, SoundFault
from smartqueue.sound import pcm
from smartqueue.sound.voice import LEVEL, LONGEST_S
from smartqueue.terms import Language, RoomKind

MANIFEST: Final = "clips.toml"
DIGITS: Final = "0123456789"
PAUSE: Final = ","
"""In a sentence of the manifest: a breath."""
LOUDNESS: Final = 0.12
"""Effective value that every clip is brought to, share of full scale."""
_HIGHEST: Final = 0.95
_FADE_S: Final = 0.004
_QUIET: Final = 0.01
"""What is softer at either end of a clip is the room, not the voice; of the clip's own peak."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _sentence(text: str) -> str:
    for place in ("{label}", "{room}"):
        if text.split().count(place) != 1:
            raise ValueError(f"{place} must stand in it once, as a word by itself")
    return text


@dataclass(frozen=True, slots=True)
class ClipManifest:
    """Recorded clips.

    Manifest of a folder of clips, `clips.toml`; one folder for each language, named by its code (docs/voice.md). A
    sentence is a row of clips by name; `{label}` and `{room}` stand for theirs, `,` for a pause.
    """

    gap_ms: int = setting(70, low=0, high=500, unit="ms", doc="Silence between two clips.")
    pause_ms: int = setting(300, low=0, high=1500, unit="ms", doc="Silence for a `,`.")
    room: str = setting("number {label} , room {room}", parse=_sentence, doc="Said for a call to a room.")
    window: str = setting("number {label} , window {room}", parse=_sentence, doc="Said for a call to a window.")
    files: dict[str, str] | None = setting(
        None, doc='Table of clips whose file is called otherwise, such as `number = "please.wav"`.'
    )


class Pack:
    """The clips of one language. Blocking: for a thread. Made by `open_pack`."""

    def __init__(self, language: Language, manifest: ClipManifest, files: Mapping[str, Path]) -> None:
        self.language = language
        self._manifest = manifest
        self._files = files
        self._ready: dict[str, bytes] = {}

    @property
    def clips(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def names(self, label: str, kind: RoomKind, number: str) -> tuple[str, ...]:
        """The sentence as a row of clips, PAUSE between them where one breathes."""
        row: list[str] = []
        for word in self._pattern(kind).split():
            match word:
                case "{label}":
                    row += label.lower()
                case "{room}":
                    row += self._numbered(number.lower())
                case _:
                    row.append(word.lower())
        return tuple(row)

    def expected(self, letters: Iterable[str] = ()) -> tuple[str, ...]:
        """What it needs for labels with these letters: digits, letters, the words of its sentences."""
        words = [word for kind in RoomKind for word in self._pattern(kind).lower().split()]
        plain = [word for word in words if word != PAUSE and not word.startswith("{")]
        return tuple(dict.fromkeys((*DIGITS, *(letter.lower() for letter in letters), *plain)))

    def problems(self, names: Iterable[str]) -> tuple[str, ...]:
        """Why these clips can't be spoken, one line for each that can't."""
        found = []
        for name in dict.fromkeys(names):
            try:
                self._clip(name)
            except SoundFault as fault:
                found.append(str(fault))
        return tuple(found)

    def absent(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those without a file; quick, nothing is read."""
        return tuple(name for name in dict.fromkeys(names) if name != PAUSE and name not in self._files)

    def spoken(self, names: Iterable[str]) -> bytes:
        """The clips in a row, as loud as the voice. Raises SoundFault where not every one of them is there and good."""
        row = tuple(names)
        problems = self.problems(name for name in row if name != PAUSE)
        if problems:
            raise SoundFault(", ".join(problems))
        sound = b"".join(self._joined(row))
        if pcm.seconds(sound) > LONGEST_S:
            raise SoundFault(f"{' '.join(row)} takes {pcm.seconds(sound):.1f} s, more than {LONGEST_S:g}")
        return pcm.levelled(sound, LEVEL)

    def fingerprint(self) -> str:
        """Another one when manifest or files are others."""
        about = [repr(self._manifest)]
        for name, path in sorted(self._files.items()):
            stat = path.stat()
            about.append(f"{name} {path.name} {stat.st_size} {stat.st_mtime_ns}")
        return hashlib.sha256("\n".join(about).encode()).hexdigest()[:16]

    def _pattern(self, kind: RoomKind) -> str:
        return self._manifest.window if kind is RoomKind.WINDOW else self._manifest.room

    def _numbered(self, number: str) -> list[str]:
        """`12b`: the clip `12` where there is one, else 1 and 2; then b."""
        digits = re.match(r"\d*", number)
        whole = digits[0] if digits else ""
        first = [whole] if whole in self._files else list(whole)
        return first + list(number[len(whole) :])

    def _joined(self, row: tuple[str, ...]) -> Iterator[bytes]:
        gap_s = 0.0
        for name in row:
            if name == PAUSE:
                gap_s = self._manifest.pause_ms / 1000
                continue
            yield pcm.silence(gap_s)
            yield self._clip(name)
            gap_s = self._manifest.gap_ms / 1000

    def _clip(self, name: str) -> bytes:
        """Read once, brought to our format and loudness, then kept. Raises SoundFault, with its file's name."""
        if name not in self._ready:
            path = self._files.get(name)
            if path is None:
                raise SoundFault(f"{name}.wav is missing")
            try:
                self._ready[name] = _prepared(recorded(path.read_bytes()))
            except OSError as trouble:
                raise SoundFault(f"{path.name} can't be read: {trouble.strerror}") from trouble
            except SoundFault as fault:
                raise SoundFault(f"{path.name} {fault}") from fault
        return self._ready[name]


def open_pack(folder: Path) -> Pack:
    """The clips in this folder, whose name is their language. Raises SoundFault with what to do about it."""
    if not _LANGUAGE.fullmatch(folder.name):
        raise SoundFault("is not named after a language, such as en or hi")
    if not (folder / MANIFEST).is_file():
        raise SoundFault(f"has no {MANIFEST}")
    try:
        manifest = load(ClipManifest, folder / MANIFEST)
        there = {file.stem.lower(): file for file in sorted(folder.iterdir()) if file.suffix.lower() == ".wav"}
    except SettingsFault as mistakes:
        raise SoundFault(str(mistakes)) from mistakes
    except OSError as trouble:
        raise SoundFault(f"can't be read: {trouble.strerror}") from trouble
    named = {name.lower(): folder / file for name, file in (manifest.files or {}).items()}
    files = {**there, **{name: path for name, path in named.items() if path.is_file()}}
    absent = {name for name, path in named.items() if not path.is_file()}
    return Pack(Language(folder.name), manifest, {name: path for name, path in files.items() if name not in absent})


def open_packs(folder: Path) -> tuple[dict[Language, Pack], tuple[str, ...]]:
    """All packs under a folder, and one line for each folder that is none."""
    packs: dict[Language, Pack] = {}
    wrong = []
    try:
        folders = sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))
    except OSError as trouble:
        return {}, (f"clips {folder} can't be read: {trouble.strerror}",)
    for one in folders:
        try:
            pack = open_pack(one)
            packs[pack.language] = pack
        except SoundFault as fault:
            wrong.append(f"clips {one.name}: {fault}")
    return packs, tuple(wrong)


def _prepared(sound: bytes) -> bytes:
    heard = pcm.trimmed(sound, _QUIET * pcm.peak(sound))
    if not heard:
        raise SoundFault("is silent")
    return faded(matched(heard, LOUDNESS, _HIGHEST), _FADE_S)
