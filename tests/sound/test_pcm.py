import pytest
from sound_hearing import power_at, sine

from smartqueue.errors import SoundFault
from smartqueue.sound import pcm

SOUND = sine(440, 0.3)


def test_the_ear_of_these_tests_hears_a_frequency_and_only_that():
    assert power_at(sine(600, 0.5), 600) == pytest.approx(0.5, abs=0.01)
    assert power_at(sine(600, 0.5), 750) < 0.01


def test_a_wav_file_comes_back_as_it_was():
    assert pcm.from_wav(pcm.to_wav(SOUND)) == SOUND


def test_a_wav_file_that_was_cut_short_is_refused():
    with pytest.raises(SoundFault, match="cut short"):
        pcm.from_wav(pcm.to_wav(SOUND)[:-1000])


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
