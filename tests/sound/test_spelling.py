import xml.etree.ElementTree as ET

import pytest
from sound_hearing import spoken_sounds

from smartqueue.sound.spelling import numbered, spelled
from smartqueue.sound.voice import VOICES


def test_letter_and_digits_are_sent_one_by_one():
    assert spelled("A012") == '<say-as interpret-as="characters">A</say-as> 0 1 2'


def test_a_rooms_number_is_said_as_people_say_it():
    assert numbered("12") == "12"
    assert numbered("12B") == '12 <say-as interpret-as="characters">B</say-as>'
    assert numbered("B") == '<say-as interpret-as="characters">B</say-as>'


def test_a_rooms_number_can_not_break_the_markup():
    ET.fromstring(f"<s>{numbered('<3&')}</s>")


@pytest.mark.parametrize("language", VOICES)
def test_every_voice_says_ten_digits_and_every_letter_so_that_they_differ(language):
    digits, letters = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    said = spoken_sounds("\n\n".join(spelled(sign, language) for sign in digits + letters), VOICES[language])
    sounds = [line.strip() for line in said.splitlines() if line.strip()]
    assert len(sounds) == 36
    assert len(set(sounds)) == 36
