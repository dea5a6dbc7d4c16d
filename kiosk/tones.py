"""The kiosk's few tones: two soft ones each, made here. Never three or five pulses: those are alarms of medical devices
(experience.md, Sound)."""

import math
from array import array
from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Final

from kiosk.terms import Sound
from smartqueue.sound import pcm

TONES_HZ: Final[Mapping[Sound, tuple[float, float]]] = {
    Sound.TICKET: (587.33, 783.99),
    Sound.WARNING: (783.99, 783.99),
    Sound.TROUBLE: (587.33, 440.0),
}
"""Rising, level, falling: each is known by its tune alone."""
PEAK: Final = 0.45
"""Share of full scale: softer than speech, and heard in a hall."""
ATTACK_S: Final = 0.02
TONE_S: Final = 0.29
PAUSE_S: Final = 0.06
LENGTH_S: Final = 2 * TONE_S + PAUSE_S


@cache
def tone(sound: Sound) -> bytes:
    """LENGTH_S of sound, as in smartqueue/sound/pcm.py."""
    first, second = (_tone(hertz) for hertz in TONES_HZ[sound])
    pause = [0] * round(PAUSE_S * pcm.RATE_HZ)
    return pcm.from_samples(array("h", chain(first, pause, second)))


def _tone(hertz: float) -> list[int]:
    """Rises softly, stays a while, fades to nothing."""
    count = round(TONE_S * pcm.RATE_HZ)
    turn = 2 * math.pi * hertz / pcm.RATE_HZ
    return [round(PEAK * pcm.FULL_SCALE * _envelope(n, count) * math.sin(turn * n)) for n in range(count)]


def _envelope(n: int, count: int) -> float:
    """0 to 1."""
    attack = ATTACK_S * pcm.RATE_HZ
    if n < attack:
        return 0.5 - 0.5 * math.cos(math.pi * n / attack)
    return math.cos(math.pi / 2 * (n - attack) / (count - attack)) ** 2
