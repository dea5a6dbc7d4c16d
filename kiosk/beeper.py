"""The kiosk's few sounds: two soft tones each, made here, played by `aplay` one at a time. Silence where it can't."""

import asyncio
import contextlib
import logging
import math
import struct
from collections.abc import Iterator

from kiosk.terms import Sound

log = logging.getLogger(__name__)

RATE_HZ = 22_050
LONGEST_S = 3.0
"""A player that takes longer is ended."""
_LOUDNESS = 0.35
_ATTACK_S, _TONE_S, _PAUSE_S = 0.02, 0.22, 0.06
_TONES: dict[Sound, tuple[float, float]] = {
    Sound.TICKET: (587.0, 784.0),
    Sound.WARNING: (784.0, 784.0),
    Sound.TROUBLE: (587.0, 440.0),
}


def samples(sound: Sound) -> bytes:
    """16-bit mono at RATE_HZ, little-endian."""
    values = [value for tone_hz in _TONES[sound] for value in (*_tone(tone_hz), *[0] * round(_PAUSE_S * RATE_HZ))]
    return struct.pack(f"<{len(values)}h", *values)


def _tone(hertz: float) -> Iterator[int]:
    """Rises softly, fades to nothing."""
    count = round(_TONE_S * RATE_HZ)
    for n in range(count):
        rise = min(1.0, n / (_ATTACK_S * RATE_HZ))
        fade = math.cos(math.pi / 2 * n / count) ** 2
        yield round(32767 * _LOUDNESS * rise * fade * math.sin(2 * math.pi * hertz * n / RATE_HZ))


class Beeper:
    """Plays through `program`; says once in the log when that does not work."""

    def __init__(self, program: str = "aplay") -> None:
        self._command = (program, "-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE_HZ), "-c", "1", "-")
        self._turn = asyncio.Lock()
        self._complained = False

    async def beep(self, sound: Sound) -> None:
        """Returns when it was heard, or can't be."""
        async with self._turn:
            try:
                await self._play(samples(sound))
            except OSError as trouble:
                self._complain(trouble.strerror or str(trouble))
            except TimeoutError:
                self._complain(f"it took longer than {LONGEST_S:g} s")

    async def _play(self, sound: bytes) -> None:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(LONGEST_S):
                await process.communicate(sound)
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode != 0:
            self._complain(f"it ended with {process.returncode}")

    def _complain(self, why: str) -> None:
        if not self._complained:
            log.warning("no sound: %s: %s", self._command[0], why)
        self._complained = True
