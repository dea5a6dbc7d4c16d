import subprocess
import xml.etree.ElementTree as ET

import pytest

from display import pcm, voice
from display.voice import LONGEST_S, VOICES, Sentence, Voice, installed, numbered, sentence, spelled
from smartqueue.errors import SoundFault
from smartqueue.i18n import Words
from smartqueue.terms import LANGUAGES, Label, Language, RoomKind


def spoken_sounds(markup: str, language: str) -> str:
    """The phonemes that espeak-ng would speak."""
    asked = subprocess.run(
        ["espeak-ng", "-v", language, "-m", "--ipa", "-q"], input=markup.encode(), capture_output=True, check=True
    )
    return asked.stdout.decode()


def made(label: str, number: str, language: str = "en", kind: RoomKind = RoomKind.ROOM) -> Sentence:
    return sentence(Words(Language(language)).text, Language(language), Label(label), kind, number)


def test_letter_and_digits_are_sent_one_by_one():
    assert spelled("A012") == '<say-as interpret-as="characters">A</say-as> 0 1 2'


def test_a_rooms_number_is_said_as_people_say_it():
    assert numbered("12") == "12"
    assert numbered("12B") == '12 <say-as interpret-as="characters">B</say-as>'
    assert numbered("B") == '<say-as interpret-as="characters">B</say-as>'


def test_a_rooms_number_can_not_break_the_markup():
    ET.fromstring(f"<s>{numbered('<3&')}</s>")


def test_the_letter_a_is_spoken_as_a_letter_and_not_as_the_article():
    sounds = spoken_sounds(made("A012", "3").markup, "en")
    assert "ˈeɪ zˈiəɹəʊ wˈɒn tˈuː" in sounds
    assert "θɹˈiː" in sounds


def test_012_is_never_read_as_twelve():
    assert "twˈɛlv" not in spoken_sounds(made("A012", "3").markup, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(RoomKind))
def test_every_language_says_all_four_signs_and_the_place(language, kind):
    one, other = made("A012", "3", language, kind).markup, made("A013", "3", language, kind).markup
    assert spoken_sounds(one, language) != spoken_sounds(other, language)
    assert made("A012", "3", language, kind).markup != made("A012", "4", language, kind).markup


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("label", "number"), [("A012", "3"), ("AK1000", "12B")])
async def test_a_sentence_is_spoken_within_seven_seconds(tmp_path, language, label, number):
    spoken = await Voice(tmp_path).say(made(label, number, language))
    assert 1.0 < pcm.seconds(spoken) <= LONGEST_S
    assert pcm.peak(spoken) == pytest.approx(voice.LEVEL, abs=0.01)


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


@pytest.mark.parametrize("language", VOICES)
def test_every_voice_says_ten_digits_and_every_letter_so_that_they_differ(language):
    digits, letters = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    said = spoken_sounds("\n\n".join(spelled(sign, language) for sign in digits + letters), VOICES[language])
    sounds = [line.strip() for line in said.splitlines() if line.strip()]
    assert len(sounds) == 36
    assert len(set(sounds)) == 36


async def test_espeak_ng_that_is_missing_has_no_voices():
    with pytest.raises(SoundFault, match="can't be started"):
        await installed("no-such-voice")
