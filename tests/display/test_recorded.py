import pytest
from display_packs import wav
from sound_hearing import part, power_at

from display.recorded import faded, loudness, matched, recorded
from smartqueue.errors import SoundFault
from smartqueue.sound import pcm


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000])
def test_a_recording_of_any_usual_rate_keeps_its_length_pitch_and_level(rate):
    heard = recorded(wav(600, rate=rate, seconds=0.2))
    assert pcm.seconds(heard) == pytest.approx(0.2, abs=0.001)
    assert power_at(heard, 600) == pytest.approx(0.5, abs=0.01)
    assert power_at(heard, 700) < 0.02


@pytest.mark.parametrize("rate", [32_000, 44_100, 48_000])
def test_what_our_rate_can_not_hold_is_taken_away_and_does_not_come_back_as_another_tone(rate):
    heard = recorded(wav(14_000, rate=rate, seconds=0.2))
    assert pcm.peak(part(heard, 0.05, 0.15)) < 0.001


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_recording_of_any_usual_kind_becomes_one_channel_of_16_bits(width, channels):
    heard = recorded(wav(600, width=width, channels=channels, seconds=0.1))
    assert pcm.seconds(heard) == pytest.approx(0.1, abs=0.001)
    assert power_at(heard, 600) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"ID3 something else", "save it as WAV"),
        (b"", "save it as WAV"),
        (wav(600)[:-500], "cut short"),
        (wav(600, rate=4_000), "save it with 44100"),
        (wav(600, seconds=11, rate=8_000), "lasts longer than 10 s"),
    ],
)
def test_what_can_not_be_used_is_refused_with_what_to_do(content, why):
    with pytest.raises(SoundFault, match=why):
        recorded(content)


def test_loudness_is_that_of_the_speech_and_not_of_the_pauses_in_it():
    tone = recorded(wav(600, level=0.4))
    assert loudness(tone) == pytest.approx(0.4 / 2**0.5, rel=0.02)
    assert loudness(tone + pcm.silence(1) + tone) == pytest.approx(loudness(tone), rel=0.02)
    assert loudness(pcm.silence(1)) == 0


@pytest.mark.parametrize("level", [0.02, 0.1, 0.9])
def test_a_soft_and_a_loud_recording_become_equally_loud(level):
    heard = matched(recorded(wav(600, level=level)), 0.12, 0.95)
    assert loudness(heard) == pytest.approx(0.12, rel=0.02)


def test_no_peak_goes_beyond_the_limit():
    tone = recorded(wav(600, level=0.4))
    assert pcm.peak(matched(tone, 0.9, 0.95)) == pytest.approx(0.95, abs=0.001)


def test_silence_is_not_made_louder():
    assert matched(pcm.silence(0.1), 0.12, 0.95) == pcm.silence(0.1)


def test_a_clip_begins_and_ends_without_a_click():
    square = pcm.louder(recorded(wav(600)), 1000)
    soft = pcm.samples(faded(square, 0.004))
    assert abs(soft[0]) < 400
    assert abs(soft[-1]) < 400
    assert pcm.peak(faded(square, 0.004)) == 1
