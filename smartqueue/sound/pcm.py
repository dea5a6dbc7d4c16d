"""Raw sound as this unit handles it: 16-bit samples, one channel, 22,050 per second, little-endian, in `bytes`."""

import io
import sys
import wave
from array import array
from typing import Final

from smartqueue.errors import SoundFault

RATE_HZ: Final = 22_050
BYTES_PER_SECOND: Final = RATE_HZ * 2
FULL_SCALE: Final = 32_767


def silence(seconds: float) -> bytes:
    """Whole samples of nothing."""
    return bytes(2 * round(seconds * RATE_HZ))


def seconds(pcm: bytes) -> float:
    return len(pcm) / BYTES_PER_SECOND


def beginning(pcm: bytes, seconds: float) -> bytes:
    """The first seconds of it, in whole samples."""
    return pcm[: 2 * max(0, round(seconds * RATE_HZ))]


def samples(pcm: bytes) -> "array[int]":
    """The samples as signed numbers, in the machine's own byte order."""
    numbers = array("h", pcm)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def from_samples(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers = array("h", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def to_wav(pcm: bytes) -> bytes:
    """A complete WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(pcm)
    return file.getvalue()


def from_wav(content: bytes) -> bytes:
    """The samples of a WAV file. Raises SoundFault unless it is complete and in our format."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            pcm: bytes = file.readframes(file.getnframes())
            complete = len(pcm) == 2 * file.getnframes()
    except (wave.Error, EOFError) as broken:
        raise SoundFault(f"not a sound file: {broken}") from broken
    if shape != (1, 2, RATE_HZ):
        raise SoundFault(f"expected one channel, 16 bit, {RATE_HZ} Hz; the file has {shape}")
    if not complete:
        raise SoundFault("the sound file is cut short")
    return pcm


def peak(pcm: bytes) -> float:
    """Highest level as a share of full scale, 0 to 1."""
    numbers = samples(pcm)
    if not numbers:
        return 0.0
    highest, lowest = max(numbers), min(numbers)
    return max(highest, -lowest) / FULL_SCALE


def trimmed(pcm: bytes, floor: float = 0.004) -> bytes:
    """Without the silence before and after: whatever stays below `floor` (share of full scale) at either end."""
    numbers = samples(pcm)
    limit = floor * FULL_SCALE
    first = next((i for i, value in enumerate(numbers) if abs(value) > limit), len(numbers))
    last = next((i for i in range(len(numbers) - 1, first, -1) if abs(numbers[i]) > limit), first - 1)
    return from_samples(numbers[first : last + 1])


def levelled(pcm: bytes, level: float) -> bytes:
    """The same sound with its peak at `level` (share of full scale); silence stays silence."""
    highest = peak(pcm)
    if highest == 0:
        return pcm
    return louder(pcm, level / highest)


def louder(pcm: bytes, gain: float) -> bytes:
    """Every sample times `gain`; what would not fit is held at full scale."""
    if gain == 1:
        return pcm
    return from_samples(array("h", [max(-FULL_SCALE, min(FULL_SCALE, round(value * gain))) for value in samples(pcm)]))
