import math
from array import array

import pytest
from display_hearing import loudness, part, power_at

from display import chime, pcm
from smartqueue.errors import SoundFault


def sine(hertz: float, seconds: float, level: float = 0.5) -> bytes:
    turn = 2 * math.pi * hertz / pcm.RATE_HZ
    count = round(seconds * pcm.RATE_HZ)
    return pcm.from_samples(array("h", [round(level * pcm.FULL_SCALE * math.sin(turn * i)) for i in range(count)]))


def test_the_ear_of_these_tests_hears_a_frequency_and_only_that():
    assert power_at(sine(600, 0.5), 600) == pytest.approx(0.5, abs=0.01)
    assert power_at(sine(600, 0.5), 750) < 0.01


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


def test_a_wav_file_comes_back_as_it_was():
    assert pcm.from_wav(pcm.to_wav(chime.chime())) == chime.chime()


def test_a_wav_file_that_was_cut_short_is_refused():
    with pytest.raises(SoundFault, match="cut short"):
        pcm.from_wav(pcm.to_wav(chime.chime())[:-1000])


def test_something_else_than_a_sound_is_refused():
    with pytest.raises(SoundFault, match="not a sound"):
        pcm.from_wav(b"hello")


def test_silence_around_a_sound_is_cut_off_and_inside_it_stays():
    tone = sine(600, 0.1)
    both = tone + pcm.silence(0.2) + tone
    cut = pcm.trimmed(pcm.silence(0.3) + both + pcm.silence(0.4))
    assert pcm.seconds(cut) == pytest.approx(0.4, abs=0.002)


def test_silence_alone_is_cut_to_nothing():
    assert pcm.trimmed(pcm.silence(0.3)) == b""


def test_levelling_brings_the_peak_to_the_wanted_share_of_full_scale():
    assert pcm.peak(pcm.levelled(sine(600, 0.1, level=0.2), 0.9)) == pytest.approx(0.9, abs=0.001)
    assert pcm.levelled(pcm.silence(0.1), 0.9) == pcm.silence(0.1)
