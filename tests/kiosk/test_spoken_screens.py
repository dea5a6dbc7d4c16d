"""What speech mode says of a screen and of its keys, in every language that is shipped."""

import pytest
from kiosk_gallery import SCREENS, fronts, many, special, view
from kiosk_panels import TEN
from kiosk_worlds import EN, departments, site
from msgspec.structs import replace

from kiosk.fronts import Attract, CheckIn, Departments, Easier, Needs, Phone
from kiosk.screens import View, draw
from kiosk.screens.speaking import spoken, spoken_key
from kiosk.terms import RoomSign
from smartqueue.look import fonts, icons
from smartqueue.terms import LANGUAGES, Language, Need, RoomKind


def every_view(language: Language) -> dict[str, View]:
    here = site(languages=list(dict.fromkeys([language, EN])), default_language=language)
    shown = {name: view(front, language, site=here, checks_in=True) for name, front in fronts(language).items()}
    return {**shown, **special(language)} if language == EN else shown


@pytest.mark.parametrize("language", [one for one in LANGUAGES if fonts.drawable(one)])
def test_every_key_of_every_screen_says_something_that_is_no_name_of_ours(language):
    for name, shown in every_view(language).items():
        for target in draw(shown, SCREENS["15in-upright"]).targets:
            said = spoken_key(shown, target.key)
            verb, _, what = target.key.partition(":")
            single = verb in {"char", "digit"}
            assert said.strip(), (name, target.key)
            assert single == (said == what), (name, target.key)
            assert said not in icons.names(), (name, target.key)
            assert "\n" not in said


@pytest.mark.parametrize("language", [one for one in LANGUAGES if fonts.drawable(one)])
def test_every_screen_is_told_by_its_heading_and_what_can_be_touched(language):
    for name, front in fronts(language).items():
        said = spoken(view(front, language, checks_in=True), TEN)
        assert said, name
        assert all(sentence.strip() and "\n" not in sentence for sentence in said), name


def test_keys_are_told_in_the_order_in_which_they_stand():
    said = spoken(view(Departments(), EN), TEN)
    assert said[:3] == ["Where do you want to go?", "You can touch:", "General Medicine, 8 waiting, 35 to 70 minutes"]
    assert said[-1] == "Help"


def test_only_what_has_room_on_the_panel_is_told():
    offered = many(14)
    on_small = spoken(view(Departments(), EN, departments=offered), SCREENS["7in"])
    on_large = spoken(view(Departments(), EN, departments=offered), SCREENS["15in-upright"])
    assert not any(sentence.startswith("Dermatology") for sentence in on_small)
    assert any(sentence.startswith("Dermatology") for sentence in on_large)


def test_a_keypad_is_told_in_a_few_words_and_not_key_by_key():
    assert spoken(view(CheckIn(), EN), TEN).count("Letters and digits") == 1
    assert "7" not in spoken(view(fronts(EN)["phone"], EN), TEN)


def test_a_label_is_told_letter_by_letter():
    assert "Your number: A 0 1 2" in spoken(view(fronts(EN)["take_ticket"], EN), TEN)


def test_a_code_that_was_typed_is_told_letter_by_letter():
    assert "7 H 4 K" in spoken(view(CheckIn("7H4K"), EN), TEN)


def test_a_closed_department_says_when_it_opens():
    assert spoken_key(view(Departments(), EN), "department:orthopaedics") == "Orthopaedics, opens 14:00"


def test_a_department_without_numbers_says_so():
    first, *rest = departments()
    ended = view(Departments(), EN, departments=(replace(first, issuing=False), *rest))
    assert spoken_key(ended, "department:general-medicine") == "General Medicine, no numbers left"


def test_an_emergency_is_told():
    first, *rest = departments()
    urgent = view(Departments(), EN, departments=(replace(first, emergency=True), *rest))
    assert spoken_key(urgent, "department:general-medicine").endswith("urgent first")


def test_what_is_chosen_or_switched_on_is_told_with_its_key():
    assert spoken_key(view(Needs(), EN, needs=(Need.DEAF,)), "need:deaf") == "Deaf, chosen"
    assert spoken_key(view(Needs(), EN), "need:deaf") == "Deaf"
    assert spoken_key(view(Easier(), EN, contrast=True), "contrast") == "High contrast, on"
    assert spoken_key(view(Easier(), EN), "contrast") == "High contrast, off"


def test_the_one_department_that_is_open_is_told_with_the_key_that_gives_its_ticket():
    shown = view(Attract(), EN, departments=many(1))
    assert spoken_key(shown, "start") == "Touch here for your number. General Medicine, 8 waiting, 35 to 70 minutes"


def test_a_problem_comes_before_everything_else():
    shown = view(CheckIn("7H4K", "unknown_ticket"), EN)
    assert spoken(shown, TEN)[0] == "Not found. Compare it with your paper."


def test_who_agrees_to_messages_has_heard_to_what():
    front = fronts(EN)["phone"]
    assert isinstance(front, Phone)
    said = spoken(view(front, EN), TEN)
    assert any("sends" in sentence or "send messages" in sentence for sentence in said)


def test_who_switches_speech_on_is_told_how_it_works():
    assert spoken(view(Easier(), EN, speech=True), TEN)[-1].startswith("Touch once to hear")


def test_who_is_called_hears_the_room():
    called = view(fronts(EN)["found-called"], EN, room=RoomSign(RoomKind.ROOM, "3"))
    said = spoken(called, TEN)
    assert said[1:4] == ["You are called now", "Please go at once.", "Room 3"]
