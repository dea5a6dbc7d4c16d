"""What is said for a call, in every language."""

import pytest
from sound_hearing import spoken_sounds

from display.speech import sentence
from smartqueue.i18n import Words
from smartqueue.sound import pcm, voice
from smartqueue.sound.voice import LONGEST_S, Sentence, Voice
from smartqueue.terms import LANGUAGES, Label, Language, RoomKind


def made(label: str, number: str, language: str = "en", kind: RoomKind = RoomKind.ROOM) -> Sentence:
    return sentence(Words(Language(language)).text, Language(language), Label(label), kind, number)


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
