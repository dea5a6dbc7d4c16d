import pytest

from smartqueue.errors import SoundFault
from smartqueue.sound import pcm
from smartqueue.sound.spelling import spelled
from smartqueue.sound.voice import LONGEST_S, VOICES, Sentence, Voice, installed
from smartqueue.terms import LANGUAGES, Language


def made(label: str, room: str) -> Sentence:
    return Sentence(f"Number {spelled(label)}, room {room}", Language("en"))


async def test_a_sentence_that_is_too_long_is_spoken_faster(tmp_path):
    long = " ".join(["Please come to room"] * 6)
    spoken = await Voice(tmp_path).say(Sentence(long, Language("en")))
    assert pcm.seconds(spoken) <= LONGEST_S


async def test_a_sentence_that_no_speed_can_say_in_seven_seconds_is_a_fault(tmp_path):
    endless = " ".join(["Please come to room"] * 40)
    with pytest.raises(SoundFault, match="7 s"):
        await Voice(tmp_path).say(Sentence(endless, Language("en")))


async def test_a_sentence_is_made_once_and_then_read_from_disk(tmp_path):
    first = await Voice(tmp_path).say(made("A012", "3"))
    from_disk = await Voice(tmp_path, program="no-such-voice").say(made("A012", "3"))
    assert from_disk == first


async def test_another_voice_makes_its_own_sound(tmp_path):
    wanted = made("A012", "3")
    usual = await Voice(tmp_path).say(wanted)
    other = await Voice(tmp_path, voices={Language("en"): "en-us"}).say(wanted)
    assert other != usual


async def test_a_damaged_file_is_made_again(tmp_path):
    first = await Voice(tmp_path).say(made("A012", "3"))
    (kept,) = tmp_path.glob("*.wav")
    kept.write_bytes(kept.read_bytes()[:5000])
    assert await Voice(tmp_path).say(made("A012", "3")) == first


async def test_files_used_longest_ago_are_deleted(tmp_path):
    speaker = Voice(tmp_path, kept_files=2)
    for n in range(4):
        await speaker.say(made("A012", str(n + 1)))
    assert len(list(tmp_path.iterdir())) == 2


async def test_a_voice_that_is_missing_is_a_fault_in_one_line(tmp_path):
    with pytest.raises(SoundFault, match="no-such-voice can't be started"):
        await Voice(tmp_path, program="no-such-voice").say(made("A012", "3"))


async def test_a_language_without_a_voice_is_a_fault_that_says_why(tmp_path):
    with pytest.raises(SoundFault, match="espeak-ng failed"):
        await Voice(tmp_path).say(Sentence("x", Language("zz-none")))


async def test_every_voice_of_the_table_is_installed():
    assert set(VOICES.values()) <= await installed()


def test_every_shipped_language_has_a_voice():
    assert set(LANGUAGES) <= set(VOICES)


async def test_espeak_ng_that_is_missing_has_no_voices():
    with pytest.raises(SoundFault, match="can't be started"):
        await installed("no-such-voice")
