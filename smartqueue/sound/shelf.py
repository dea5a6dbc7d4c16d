"""Spoken sentences on disk: each is made once, and those used longest ago make room for new ones."""

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from smartqueue.errors import SoundFault
from smartqueue.sound import pcm

KEPT_FILES: Final = 400
"""About 60 MB."""


class Shelf:
    """A folder of WAV files. Blocking: for a thread. A disk that refuses costs time, never an announcement."""

    def __init__(self, folder: Path, most: int = KEPT_FILES) -> None:
        self._folder = folder
        self._most = most

    def take(self, *about: str) -> bytes | None:
        """What was kept about these words, or None where nothing was or it is damaged."""
        path = self._path(about)
        try:
            kept = pcm.from_wav(path.read_bytes())
            os.utime(path)
        except (OSError, SoundFault):
            return None
        return kept

    def keep(self, sound: bytes, *about: str) -> None:
        """Whole or not at all."""
        path = self._path(about)
        new = path.with_suffix(f".{os.getpid()}.new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(pcm.to_wav(sound))
            new.replace(path)
            self._make_room()
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Takes away what processes left behind that were killed in the middle. Only while nobody else works here."""
        for stray in (*self._folder.glob("*.new"), *self._folder.glob("*.raw")):
            stray.unlink(missing_ok=True)

    def _path(self, about: Sequence[str]) -> Path:
        return self._folder / f"{hashlib.sha256(chr(10).join(about).encode()).hexdigest()[:32]}.wav"

    def _make_room(self) -> None:
        kept = sorted(self._folder.glob("*.wav"), key=lambda file: file.stat().st_mtime)
        for file in kept[: max(0, len(kept) - self._most)]:
            file.unlink(missing_ok=True)
