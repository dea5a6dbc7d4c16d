"""Sound as people record it, turned into ours: any plain WAV file, 8 to 32 bit, one or more channels, 8 to 96 kHz.

Standard library only, and slow for it: about 50 ms for a second of sound. So a clip is turned once and kept.
"""

import io
import math
import wave
from array import array
from collections.abc import Callable
from functools import cache
from operator import mul
from typing import Final

from smartqueue.errors import SoundFault
from smartqueue.sound import pcm

RATES_HZ: Final = (8_000, 96_000)
_LONGEST_S: Final = 10.0
"""Nobody needs so long to say a digit: it is the wrong file."""
_HALF_WIDTH: Final = 8
"""Zero crossings of the filter on each side."""
_CUT: Final = 0.88
"""Where the filter begins to take away, as a share of what the slower of the two rates can hold."""
_FRAME_S: Final = 0.02
_GATE: Final = 0.1
"""Frames softer than this share of the loudest one are pauses: they say nothing of how loud somebody speaks."""


def recorded(content: bytes) -> bytes:
    """The samples of a WAV file in our format. Raises SoundFault with what to do about it."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            channels, width, rate_hz = file.getnchannels(), file.getsampwidth(), file.getframerate()
            count, raw = file.getnframes(), file.readframes(file.getnframes())
    except (wave.Error, EOFError) as broken:
        raise SoundFault(f"is not a plain WAV file ({broken}); save it as WAV, signed 16-bit PCM") from broken
    if len(raw) != count * channels * width:
        raise SoundFault("is cut short")
    if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        raise SoundFault(f"has {rate_hz} samples a second; save it with 44100")
    if count > _LONGEST_S * rate_hz:
        raise SoundFault(f"lasts longer than {_LONGEST_S:g} s")
    return pcm.from_samples(_resampled(_mono(_NUMBERS[width](raw), channels), rate_hz))


def loudness(sound: bytes) -> float:
    """How loud it is while somebody speaks: the effective value of its frames without pauses, 0 to 1."""
    numbers, size = pcm.samples(sound), round(_FRAME_S * pcm.RATE_HZ)
    frames = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    powers = [sum(map(mul, frame, frame)) / len(frame) for frame in frames]
    limit = max(powers, default=0.0) * _GATE**2
    spoken = [power for power in powers if power >= limit]
    return math.sqrt(sum(spoken) / len(spoken)) / pcm.FULL_SCALE if spoken else 0.0


def matched(sound: bytes, wanted: float, most: float) -> bytes:
    """As loud as `wanted` (see loudness), but with no peak above `most`, share of full scale. Silence stays silence."""
    heard, highest = loudness(sound), pcm.peak(sound)
    if heard == 0 or highest == 0:
        return sound
    return pcm.louder(sound, min(wanted / heard, most / highest))


def faded(sound: bytes, fade_s: float) -> bytes:
    """With its first and last moments softened, so that it begins and ends without a click."""
    numbers = pcm.samples(sound)
    length = min(round(fade_s * pcm.RATE_HZ), len(numbers) // 2)
    for at in range(length):
        share = at / length
        numbers[at] = round(numbers[at] * share)
        numbers[-1 - at] = round(numbers[-1 - at] * share)
    return pcm.from_samples(numbers)


def _of_8_bits(raw: bytes) -> list[float]:
    return [(value - 128) * 256.0 for value in raw]


def _of_16_bits(raw: bytes) -> list[float]:
    return [float(value) for value in pcm.samples(raw)]


def _of_24_bits(raw: bytes) -> list[float]:
    return [int.from_bytes(raw[at : at + 3], "little", signed=True) / 256 for at in range(0, len(raw), 3)]


def _of_32_bits(raw: bytes) -> list[float]:
    return [int.from_bytes(raw[at : at + 4], "little", signed=True) / 65_536 for at in range(0, len(raw), 4)]


_NUMBERS: Final[dict[int, Callable[[bytes], list[float]]]] = {
    1: _of_8_bits,
    2: _of_16_bits,
    3: _of_24_bits,
    4: _of_32_bits,
}


def _mono(numbers: list[float], channels: int) -> list[float]:
    if channels == 1:
        return numbers
    return [sum(numbers[at : at + channels]) / channels for at in range(0, len(numbers), channels)]


def _resampled(numbers: list[float], rate_hz: int) -> "array[int]":
    """At our rate, by a windowed sinc for each of the places that a new sample can have between the old ones."""
    if rate_hz == pcm.RATE_HZ:
        return _whole(numbers)
    common = math.gcd(rate_hz, pcm.RATE_HZ)
    up, down = pcm.RATE_HZ // common, rate_hz // common
    side = _side(up, down)
    padded = [0.0] * side + numbers + [0.0] * (side + 1)
    made = []
    for at in range(len(numbers) * up // down):
        first, phase = divmod(at * down, up)
        made.append(sum(map(mul, padded[first : first + 2 * side + 1], _taps(up, down, phase))))
    return _whole(made)


def _side(up: int, down: int) -> int:
    """Taps on each side of the middle one."""
    return math.ceil(_HALF_WIDTH * max(1.0, down / up))


@cache
def _taps(up: int, down: int, phase: int) -> tuple[float, ...]:
    """The filter for new samples that lie `phase / up` behind an old one."""
    side, cut = _side(up, down), _CUT * min(1.0, up / down)
    taps = [_windowed((at - side - phase / up), cut, side + 1) for at in range(2 * side + 1)]
    whole = sum(taps)
    return tuple(tap / whole for tap in taps)


def _windowed(distance: float, cut: float, reach: float) -> float:
    """A sinc under a Blackman window that ends at `reach`."""
    turn = math.pi * distance / reach
    window = 0.42 + 0.5 * math.cos(turn) + 0.08 * math.cos(2 * turn)
    angle = math.pi * cut * distance
    return window * (math.sin(angle) / angle if angle else 1.0)


def _whole(numbers: list[float]) -> "array[int]":
    return array("h", [max(-pcm.FULL_SCALE, min(pcm.FULL_SCALE, round(value))) for value in numbers])
