"""An ear for tests: measures of a sound."""

import math
import subprocess
from array import array

from smartqueue.sound import pcm


def sine(hertz: float, seconds: float, level: float = 0.5) -> bytes:
    turn = 2 * math.pi * hertz / pcm.RATE_HZ
    count = round(seconds * pcm.RATE_HZ)
    return pcm.from_samples(array("h", [round(level * pcm.FULL_SCALE * math.sin(turn * i)) for i in range(count)]))


def power_at(sound: bytes, hertz: float) -> float:
    """Goertzel: the strength of one frequency, as amplitude in shares of full scale."""
    numbers = pcm.samples(sound)
    turn = 2 * math.cos(2 * math.pi * hertz / pcm.RATE_HZ)
    older = old = 0.0
    for value in numbers:
        older, old = old, value + turn * old - older
    power = old * old + older * older - turn * old * older
    return 2 * math.sqrt(max(power, 0.0)) / len(numbers) / pcm.FULL_SCALE


def part(sound: bytes, from_s: float, to_s: float) -> bytes:
    return sound[2 * round(from_s * pcm.RATE_HZ) : 2 * round(to_s * pcm.RATE_HZ)]


def loudness(sound: bytes, window_s: float = 0.005) -> list[float]:
    """The peak in each window, as a share of full scale."""
    size = round(window_s * pcm.RATE_HZ)
    numbers = [abs(value) for value in pcm.samples(sound)]
    return [max(numbers[at : at + size]) / pcm.FULL_SCALE for at in range(0, len(numbers) - size + 1, size)]


def silent_stretches(sound: bytes, longer_than_s: float, floor: float = 0.004) -> list[tuple[float, float]]:
    """(start, end) in seconds of every stretch inside the sound that stays below the floor for so long."""
    found = []
    began: int | None = None
    numbers = pcm.samples(sound)
    limit = floor * pcm.FULL_SCALE
    for at, value in enumerate([*numbers, pcm.FULL_SCALE]):
        if abs(value) <= limit:
            began = at if began is None else began
        elif began is not None:
            if (at - began) / pcm.RATE_HZ > longer_than_s:
                found.append((began / pcm.RATE_HZ, at / pcm.RATE_HZ))
            began = None
    return found


def spoken_sounds(markup: str, language: str) -> str:
    """The phonemes that espeak-ng would speak."""
    asked = subprocess.run(
        ["espeak-ng", "-v", language, "-m", "--ipa", "-q"], input=markup.encode(), capture_output=True, check=True
    )
    return asked.stdout.decode()
