import pytest
from sound_hearing import loudness, part, power_at

from display import chime
from smartqueue.sound import pcm


def test_the_chime_lasts_between_0_6_and_1_second():
    assert 0.6 <= pcm.seconds(chime.chime()) <= 1.0


def test_the_first_tone_is_heard_first_and_the_second_one_then():
    high, low = chime.TONES_HZ
    start, end = part(chime.chime(), 0.02, 0.32), part(chime.chime(), 0.40, 0.75)
    assert power_at(start, high) > 20 * power_at(start, low)
    assert power_at(end, low) > 2 * power_at(end, high)


def test_nothing_but_the_two_tones_between_400_and_1000_hertz_is_heard():
    sound = chime.chime()
    assert all(400 <= tone <= 1000 for tone in chime.TONES_HZ)
    loudest = max(power_at(sound, tone) for tone in chime.TONES_HZ)
    outside = [*range(40, 380, 20), *range(1040, 8000, 40)]
    assert max(power_at(sound, hertz) for hertz in outside) < 0.03 * loudest


def test_the_attack_takes_20_milliseconds():
    levels = loudness(part(chime.chime(), 0, 0.1), window_s=0.002)
    highest = max(levels)
    full_after_ms = 2 * next(i for i, level in enumerate(levels) if level > 0.95 * highest)
    assert levels[0] < 0.05 * highest
    assert 14 <= full_after_ms <= 24


def test_the_chime_is_softer_than_speech_and_never_clipped():
    assert pcm.peak(chime.chime()) == pytest.approx(chime.PEAK, abs=0.001)


def test_the_chime_dies_away_without_a_click():
    assert max(loudness(chime.chime())[-2:]) < 0.02


def test_between_chime_and_speech_it_is_silent_for_300_to_500_milliseconds():
    after = chime.lead()[len(chime.chime()) :]
    assert 0.3 <= pcm.seconds(after) <= 0.5
    assert pcm.peak(after) == 0
