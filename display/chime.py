"""The chime before each announcement, made from sines: two soft falling tones, then a short silence.

Two tones, never three or five pulses: those are alarms of medical devices (experience.md, Sound).
"""

import math
from array import array
from functools import cache
from typing import Final

from smartqueue.sound import pcm

TONES_HZ: Final = (659.26, 523.25)
"""E5 then C5: a falling major third."""
LENGTH_S: Final = 0.8
ATTACK_S: Final = 0.020
SILENCE_S: Final = 0.4
PEAK: Final = 0.5
"""Share of full scale: softer than the speech that follows."""
_SECOND_TONE_AT_S: Final = 0.34
_DECAY_S: Final = 0.26
_RELEASE_S: Final = 0.08


def _envelope(at_s: float, lasts_s: float) -> float:
    """Loudness of one tone at a moment of it, 0 to 1: a rounded attack, a bell's decay, a rounded end."""
    if at_s < ATTACK_S:
        return 0.5 - 0.5 * math.cos(math.pi * at_s / ATTACK_S)
    level = math.exp(-(at_s - ATTACK_S) / _DECAY_S)
    left_s = lasts_s - at_s
    if left_s < _RELEASE_S:
        level *= 0.5 - 0.5 * math.cos(math.pi * max(left_s, 0) / _RELEASE_S)
    return level


def _tone(hertz: float, starts_s: float) -> list[float]:
    """One tone in its place in the chime, -1 to 1."""
    lasts_s = LENGTH_S - starts_s
    ahead = round(starts_s * pcm.RATE_HZ)
    count = round(LENGTH_S * pcm.RATE_HZ) - ahead
    turn = 2 * math.pi * hertz / pcm.RATE_HZ
    ringing = [math.sin(turn * i) * _envelope(i / pcm.RATE_HZ, lasts_s) for i in range(count)]
    return [0.0] * ahead + ringing


@cache
def chime() -> bytes:
    """The two tones, LENGTH_S long, with their peak at PEAK."""
    first, second = _tone(TONES_HZ[0], 0.0), _tone(TONES_HZ[1], _SECOND_TONE_AT_S)
    mixed = [a + b for a, b in zip(first, second, strict=True)]
    scale = PEAK * pcm.FULL_SCALE / max(abs(value) for value in mixed)
    return pcm.from_samples(array("h", [round(value * scale) for value in mixed]))


@cache
def lead() -> bytes:
    """What begins every announcement: the chime and the silence before the speech."""
    return chime() + pcm.silence(SILENCE_S)
