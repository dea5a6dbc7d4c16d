"""Codes, telephone numbers and the technician's number: keys for all of it on every panel, and what was typed."""

import pytest
from kiosk_gallery import BAD_FACTS, GOOD_FACTS, NOW, SCREENS, fronts, pending, special, view
from kiosk_panels import LANGUAGES, TEN, keys, words
from kiosk_worlds import AR, EN, site

from kiosk.corner import SoundState
from kiosk.fronts import HUB_AWAY, CheckIn, Phone, Pin, TakeTicket, Technician
from kiosk.screens import draw
from kiosk.screens.keypad import DIGITS, LETTERS, grouped
from kiosk.screens.speaking import spoken
from kiosk.screens.technician import facts_lines
from kiosk.screens.typed import phone_groups
from kiosk.terms import Link
from smartqueue.capabilities import ALPHABET
from smartqueue.i18n import Words
from smartqueue.look.scene import Scene
from smartqueue.terms import LANGUAGES as SHIPPED
from smartqueue.terms import PrinterState


def chars(scene: Scene) -> set[str]:
    return {target.key.partition(":")[2] for target in scene.targets if target.key.startswith("char:")}


# --- a code -------------------------------------------------------------------------------------------


def test_every_sign_of_a_code_and_every_letter_of_a_label_has_a_key():
    assert set(ALPHABET) <= set(DIGITS + LETTERS)
    assert set("AKRXHMLWUFT") <= set(LETTERS)
    assert not {"I", "O"} & set(LETTERS)


@pytest.mark.parametrize("panel", SCREENS)
def test_every_key_can_be_reached_and_none_is_too_small(panel):
    screen, seen = SCREENS[panel], set()
    pages = {0}
    for page in (0, 1, 2):
        scene = draw(view(CheckIn(page=page), EN), screen)
        seen |= chars(scene)
        pages |= {int(key.partition(":")[2]) for key in keys(scene) if key.startswith("page:")}
        small = [one.key for one in scene.targets if min(screen.mm(one.box.w), screen.mm(one.box.h)) < 19.8]
        assert small == []
        assert {"erase", "look_up", "back"} <= keys(scene)
    assert seen == set(DIGITS + LETTERS)
    assert pages in ({0}, {0, 1, 2})


def test_digits_and_letters_run_from_left_to_right_in_arabic_too():
    for panel in SCREENS.values():
        scene = draw(view(CheckIn(), AR), panel)
        one, two = scene.target("char:1").box, scene.target("char:2").box
        assert one.y == two.y
        assert one.x < two.x


def test_what_was_typed_is_shown_in_groups_of_four():
    assert grouped("7H4K2MPX") == "7H4K 2MPX"
    assert grouped("A012") == "A012"
    for panel in SCREENS.values():
        scene = draw(view(CheckIn("7H4K2MPX"), EN), panel)
        typed = next(text for text in scene.texts() if text.text == "7H4K 2MPX")
        assert panel.mm(typed.capital_px) >= 5.0


def test_the_end_of_what_is_too_long_is_shown():
    scene = draw(special(EN)["check_in-long"], SCREENS["7in"])
    assert any(text.text.endswith("E004 2") for text in scene.texts())


def test_a_reader_is_spoken_of_only_where_there_is_one():
    assert "before the reader" in words(draw(special(EN)["check_in-reader"], TEN))
    assert "before the reader" not in words(draw(view(CheckIn(), EN), TEN))


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        ("unknown_ticket", "Not found"),
        ("unknown_appointment", "Not found"),
        ("appointment_other_day", "another day"),
        ("appointment_too_early", "Too early"),
        ("appointment_settled", "used already"),
        ("too_many_requests", "wait a minute"),
        (HUB_AWAY, "No connection"),
        ("something_new", "ask at the desk"),
    ],
)
def test_every_problem_has_its_sentence_on_every_panel(problem, sentence):
    for screen in SCREENS.values():
        assert sentence in words(draw(view(CheckIn("7H4K", problem), EN), screen))


# --- a telephone number -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_what_is_agreed_to_stands_on_the_screen_whose_key_agrees(panel, language):
    scene = draw(view(Phone(pending(language)), language), SCREENS[panel])
    assert "agree" in keys(scene)
    assert Words(language).text("kiosk.phone.consent") in words(scene)
    assert Words(language).text("kiosk.key.agree").split()[0] in words(scene)


@pytest.mark.parametrize("panel", SCREENS)
def test_a_telephone_number_has_all_its_keys(panel):
    empty, begun = (draw(view(Phone(pending(EN), typed), EN), SCREENS[panel]) for typed in ("", "98"))
    digits = {f"digit:{one}" for one in "0123456789"}
    assert digits | {"plus", "agree", "back"} <= keys(empty)
    assert digits | {"erase", "agree", "back"} <= keys(begun)


def test_the_countrys_prefix_is_there_until_somebody_types_another():
    here = site(phone_prefix="+91")
    assert "+91 987" in words(draw(view(Phone(pending(EN), "987"), EN, site=here), TEN))
    assert "+91" not in words(draw(view(Phone(pending(EN), "+44779"), EN, site=here), TEN))


def test_digits_stand_in_groups_that_can_be_compared():
    assert phone_groups("9876543210") == "987 654 3210"
    assert phone_groups("+447700900123") == "+44 7700 900123"
    assert phone_groups("9876543210", "+91") == "98765 43210"
    assert phone_groups("09876543210", "+91") == "098765 43210"
    assert phone_groups("+2125") == "+212 5"
    assert phone_groups("+") == "+"
    assert phone_groups("") == ""


def test_no_digit_can_be_typed_while_the_hub_is_told():
    scene = draw(view(Phone(pending(EN), "9876543210", asked=True), EN), TEN)
    assert not any(key.startswith("digit:") for key in keys(scene))


def test_messages_are_offered_after_the_ticket_and_only_where_they_are_sent():
    ticket = TakeTicket(pending(EN), NOW, NOW + 6, 10)
    for screen in SCREENS.values():
        assert "message" in keys(draw(view(ticket, EN, asks_phone=True), screen))
        assert "message" not in keys(draw(view(ticket, EN), screen))


# --- the technician -----------------------------------------------------------------------------------


def test_the_number_of_a_technician_is_never_shown():
    assert "4711" not in words(draw(view(Pin("4711"), EN), TEN)).replace(" ", "")


def test_a_locked_pad_takes_no_digits_and_says_for_how_long():
    for panel in SCREENS.values():
        scene = draw(view(fronts(EN)["pin-locked"], EN), panel)
        assert keys(scene) == {"done"}
        assert "42 s" in words(scene)


def test_a_technician_can_always_leave():
    for name in ("pin", "pin-typed", "pin-wrong", "pin-locked", "technician", "technician-troubled"):
        assert "done" in keys(draw(view(fronts(EN)[name], EN), TEN)), name


@pytest.mark.parametrize("panel", SCREENS)
def test_who_looks_for_the_letters_o_and_i_is_told_what_to_type(panel):
    said = Words(EN).text("kiosk.check_in.digits")
    front = CheckIn(page=1) if SCREENS[panel].height_mm < 100 else CheckIn()
    assert said in words(draw(view(front, EN), SCREENS[panel]))
    assert said in spoken(view(CheckIn(), EN))
    assert "O is 0" in words(draw(view(CheckIn(typed="7H4K", problem="unknown_appointment"), EN), SCREENS[panel]))


@pytest.mark.parametrize("language", SHIPPED)
def test_every_state_has_its_words(language):
    words_ = Words(language)
    for state in PrinterState:
        assert words_.text(f"kiosk.technician.printer_state.{state}")
    for link in Link:
        assert words_.text(f"kiosk.technician.link.{link}")
    for sound in SoundState:
        assert words_.text(f"kiosk.technician.sound_state.{sound}")


def test_what_is_wrong_is_marked_and_what_is_right_too():
    good = {line.icon: line.good for line in facts_lines(Words(EN), GOOD_FACTS)}
    bad = {line.icon: line.good for line in facts_lines(Words(EN), BAD_FACTS)}
    assert set(good.values()) <= {True, None}
    assert {bad[icon] for icon in ("network", "hub", "printer", "clock", "ticket", "barcode", "speaker")} == {False}


@pytest.mark.parametrize("panel", ["10in", "15in", "15in-upright"])
def test_a_technician_reads_addresses_versions_and_numbers(panel):
    shown = words(draw(view(Technician(GOOD_FACTS), EN), SCREENS[panel]))
    for part in ("192.168.10.21", "hub.riverside.example", "1.4.0", "escpos-80", "A 40", "kiosk-hall", "#18204"):
        assert part in shown, part


@pytest.mark.parametrize(
    "note",
    [
        *("test_printing", "test_printed", "test_maybe_printed", "test_not_printed"),
        *("sound_testing", "sound_played", "sound_no_card", "sound_no_voice", "restarting"),
    ],
)
def test_what_came_of_an_action_is_said(note):
    scene = draw(view(Technician(GOOD_FACTS, note), EN), TEN)
    assert Words(EN).text(f"kiosk.technician.note.{note}") in words(scene)
    assert {"test_print", "test_sound", "restart", "done"} == keys(scene)
