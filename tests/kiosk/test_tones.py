"""The kiosk's tones: soft, short, and told apart by their tune."""

from itertools import pairwise

import pytest
from sound_hearing import loudness, part, power_at

from kiosk import night
from kiosk.terms import Sound
from kiosk.tones import LENGTH_S, PAUSE_S, PEAK, TONE_S, TONES_HZ, tone
from smartqueue.sound import pcm
from smartqueue.sound.voice import LEVEL

EVERY = pytest.mark.parametrize("sound", list(Sound))


def halves(sound: Sound) -> tuple[bytes, bytes]:
    whole = tone(sound)
    return part(whole, 0, TONE_S), part(whole, TONE_S + PAUSE_S, LENGTH_S)


@EVERY
def test_it_lasts_as_long_as_a_chime_may(sound):
    assert 0.6 <= pcm.seconds(tone(sound)) <= 1.0


@EVERY
def test_it_is_heard_in_a_hall_and_softer_than_speech(sound):
    assert pcm.peak(tone(sound)) == pytest.approx(PEAK, rel=0.02)
    assert LEVEL / 3 < pcm.peak(tone(sound)) < LEVEL


@EVERY
def test_its_two_tones_are_the_ones_that_are_meant_and_nothing_else_is_heard(sound):
    for half, hertz in zip(halves(sound), TONES_HZ[sound], strict=True):
        assert 400 <= hertz <= 1000
        others = [*range(40, round(hertz) - 60, 20), *range(round(hertz) + 60, 8000, 40)]
        assert max(power_at(half, other) for other in others) < 0.05 * power_at(half, hertz)


@EVERY
def test_each_tone_rises_within_twenty_milliseconds_and_dies_away_without_a_click(sound):
    for half in halves(sound):
        levels = loudness(half, window_s=0.002)
        assert 14 <= 2 * next(n for n, level in enumerate(levels) if level > 0.95 * PEAK) <= 24
        assert levels[0] < 0.05 * PEAK
        assert levels[-1] < 0.01
        assert all(later < earlier + 0.02 for earlier, later in pairwise(levels[12:]))


@EVERY
def test_it_has_two_tones_because_three_or_five_are_an_alarm(sound):
    loud = [level > 0.1 for level in loudness(tone(sound), window_s=0.005)]
    assert sum(later and not earlier for earlier, later in pairwise([False, *loud])) == 2


def test_a_ticket_rises_trouble_falls_and_a_warning_stays():
    (first, second), (one, same), (high, low) = (
        TONES_HZ[sound] for sound in (Sound.TICKET, Sound.WARNING, Sound.TROUBLE)
    )
    assert first < second
    assert one == same
    assert high > low


@pytest.mark.parametrize(
    ("clock", "share"), [("21:59", 1.0), ("22:00", 0.3), ("02:10", 0.3), ("06:00", 1.0), ("", 1.0)]
)
def test_at_night_a_kiosk_is_quieter_and_where_nobody_knows_the_time_it_is_not(clock, share):
    assert night.loudness(clock, night.parsed("22:00-06:00"), 30) == share
    assert night.loudness(clock, None, 30) == 1.0
