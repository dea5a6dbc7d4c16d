import xml.etree.ElementTree as ET

import pytest
from sound_hearing import spoken_sounds

from smartqueue.sound.spelling import as_said, numbered, spelled
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


def marked(signs: str) -> str:
    return f'<say-as interpret-as="characters">{signs}</say-as>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Your number is A012.", f"Your number is {marked('A')} 0 1 2."),
        ("AK1000 in room 12B", f"{marked('A')} {marked('K')} 1 0 0 0 in room 12 {marked('B')}"),
        ("Code 7KM2", f"Code 7 {marked('K')} {marked('M')} 2"),
        ("012 or 12345", "0 1 2 or 1 2 3 4 5"),
        ("+91 98765", "+ 9 1 9 8 7 6 5"),
        ("A 0 1 2", f"{marked('A')} 0 1 2"),
        ("K 7 M", f"{marked('K')} 7 {marked('M')}"),
        ("A", marked("A")),
        ("7", "7"),
        ("opens 09:05, 8 waiting, 1250 in all", "opens 09:05, 8 waiting, 1250 in all"),
        ("10\u201325 minutes", '10<break time="150ms"/>25 minutes'),
        ("Touch here\nfor your number", "Touch here for your number"),
        ("Bed & Bath <1>", "Bed &amp; Bath &lt;1&gt;"),
        ("\u60a8\u7684\u53f7\u7801\u662fA012\u3002", f"\u60a8\u7684\u53f7\u7801\u662f{marked('A')} 0 1 2\u3002"),
        ("A ticket, an X-ray, SMS, PHARMACY", "A ticket, an X-ray, SMS, PHARMACY"),
    ],
)
def test_in_a_sentence_labels_codes_and_telephone_numbers_are_spelt_and_nothing_else(text, said):
    assert as_said(text) == said


def test_no_sentence_can_break_the_markup():
    ET.fromstring(f"<s>{as_said('A012 < B & C > +91 234 <break/>')}</s>")


@pytest.mark.parametrize("language", VOICES)
def test_in_every_language_labels_in_a_sentence_that_differ_in_one_sign_sound_different(language):
    labels = ("A012", "A013", "A112", "E012", "K012")
    sounds = {spoken_sounds(as_said(f"{label}, 8", language), VOICES[language]).strip() for label in labels}
    assert len(sounds) == len(labels)
    read = spoken_sounds("A012, 8", VOICES[language]).strip()
    assert read not in sounds
