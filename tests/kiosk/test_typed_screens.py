"""Codes, telephone numbers and the technician's number: keys for all of it on every panel, and what was typed."""

import phonenumbers
import pytest
from kiosk_gallery import BAD_FACTS, GOOD_FACTS, NOW, SCREENS, fronts, pending, special, view
from kiosk_panels import TEN, keys, words
from kiosk_worlds import AR, EN, site

from kiosk.corner import SoundState
from kiosk.fronts import HUB_AWAY, CheckIn, Phone, Pin, TakeTicket, Technician
from kiosk.phone_groups import MOBILE, may_be_whole
from kiosk.phone_groups import grouped as grouped_phone
from kiosk.screens import draw
from kiosk.screens.keypad import DIGITS, LETTERS, grouped
from kiosk.screens.speaking import spoken
from kiosk.screens.technician import facts_lines
from kiosk.screens.typed import problem_key
from kiosk.terms import Link
from smartqueue.capabilities import ALPHABET
from smartqueue.i18n import Words
from smartqueue.look.paint import place
from smartqueue.look.scene import Bar, Panel, Scene
from smartqueue.look.scene_check import ink_box
from smartqueue.look.typeset import Style, width
from smartqueue.terms import LANGUAGES as SHIPPED
from smartqueue.terms import PrinterState

LONG_REFERENCE = "APPT20260302RIVERSIDE0042"


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


@pytest.mark.parametrize("panel", SCREENS)
def test_a_reference_is_shown_whole_and_in_one_as_it_is_printed(panel):
    screen = SCREENS[panel]
    shown = [text for text in draw(special(EN)["check_in-long"], screen).texts() if text.text in LONG_REFERENCE]
    lines = [text for text in shown if len(text.text) > 5]
    assert "".join(text.text for text in lines) == LONG_REFERENCE
    assert min(screen.mm(text.capital_px) for text in lines) >= (3.1 if screen.height_mm < 100 else 4.4)


def test_of_what_is_longer_than_any_reference_the_end_is_shown():
    scene = draw(view(CheckIn("0123456789" * 6 + "WXYZ"), EN), SCREENS["7in"])
    assert any(text.text.startswith("…") and text.text.endswith("89WXYZ") for text in scene.texts())


@pytest.mark.parametrize("panel", SCREENS)
def test_the_way_back_is_far_from_what_is_typed(panel):
    """No finger that slips from a digit or means to erase one loses all."""
    screen = SCREENS[panel]
    for front in (CheckIn("7H4K"), fronts(EN)["phone-typed"]):
        scene = draw(view(front, EN), screen)
        back = scene.target("back").box.inset(-screen.px(15.0))
        near = {target.key for target in scene.targets if back.overlaps(target.box)}
        if isinstance(front, Phone):
            assert not any(key.startswith("digit:") or key == "erase" for key in near), near
        else:
            assert "erase" not in near
            field = next(text for text in scene.texts() if text.text == "7H4K")
            assert not back.overlaps(field.box)


@pytest.mark.parametrize("language", SHIPPED)
def test_what_did_not_work_stands_under_the_title_which_stays_where_it_was(language):
    title = Words(language).text("kiosk.check_in.title")
    before, after = (draw(view(CheckIn("7H4K", problem), language), TEN) for problem in ("", "unknown"))
    first, second = (next(text for text in scene.texts() if text.text == title) for scene in (before, after))
    wrong = next(text for text in after.texts() if text.text == Words(language).text("kiosk.check_in.problem.unknown"))
    assert first == second
    assert first.box.bottom < wrong.box.y
    assert wrong.box.bottom <= after.target("erase").box.bottom


@pytest.mark.parametrize("panel", ["7in", "7in-fine"])
@pytest.mark.parametrize("name", ["check_in-unknown", "phone-typed"])
def test_what_was_typed_has_air_inside_its_frame_on_low_panels(panel, name):
    screen = SCREENS[panel]
    scene = draw(view(fronts(EN)[name], EN), screen)
    frame = next(item for item in scene.items if isinstance(item, Panel))
    typed = next(text for text in scene.texts() if frame.box.encloses(text.box) and any(map(str.isdigit, text.text)))
    ink = ink_box(typed)
    assert screen.mm(ink.y - frame.box.y - frame.edge_px) >= 0.7
    assert screen.mm(frame.box.bottom - frame.edge_px - ink.bottom) >= 0.7
    assert min(target.box.y for target in scene.targets if target.key.endswith(":1")) - frame.box.bottom >= screen.px(
        0.9
    )


def test_hints_begin_with_where_the_code_is_to_be_found():
    scene = draw(special(EN)["check_in-reader"], SCREENS["15in-upright"])
    hints = [Words(EN).text(f"kiosk.check_in.{name}") for name in ("line", "reader", "digits")]
    places = [next(text.box.y for text in scene.texts() if text.text == hint) for hint in hints]
    assert places == sorted(places)


def test_a_reader_is_spoken_of_only_where_there_is_one():
    assert "in front of the reader" in words(draw(special(EN)["check_in-reader"], TEN))
    assert "in front of the reader" not in words(draw(view(CheckIn(), EN), TEN))


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


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("panel", SCREENS)
def test_what_did_not_work_is_as_large_as_all_that_is_to_be_read(panel, language):
    """And the screen still says what it is."""
    screen, said = SCREENS[panel], Words(language)
    problems = ("unknown_ticket", "appointment_too_early", "too_many_requests", HUB_AWAY, "something_new")
    longest = max(problems, key=lambda one: width(said.text(problem_key(one)), 20.0, Style(language, 700)))
    scene = draw(view(CheckIn("7H4K", longest), language), screen)
    told = next(text for text in scene.texts() if text.text == said.text(problem_key(longest)))
    assert screen.mm(place(told)[0].capital_px) >= (3.9 if screen.height_mm < 100 else 4.0), told.text
    assert not place(told)[0].cut
    assert said.text("kiosk.check_in.title") in words(scene)


# --- a telephone number -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("panel", SCREENS)
def test_what_is_agreed_to_stands_on_the_screen_whose_key_agrees(panel, language):
    screen, said = SCREENS[panel], Words(language)
    for name in ("phone", "phone-typed", "phone-bad"):
        scene = draw(view(fronts(language)[name], language, site=site(phone_prefix="+91")), screen)
        assert said.text("kiosk.phone.consent") in words(scene), name
        agree = {said.text("kiosk.key.agree"), said.text("kiosk.key.agree_short")}
        word = next(text for text in scene.texts() if text.text in agree)
        assert screen.mm(place(word)[0].capital_px) >= (4.6 if screen.height_mm < 100 else 5.7), word.text


@pytest.mark.parametrize("panel", SCREENS)
def test_the_key_that_agrees_wakes_when_the_number_may_be_whole(panel):
    here = site(phone_prefix="+91")
    typed = {"": False, "98765": False, "987654321": False, "9876543210": True, "09876543210": True, "+4477": False}
    for number, wakes in typed.items():
        scene = draw(view(Phone(pending(EN), number), EN, site=here), SCREENS[panel])
        assert ("agree" in keys(scene)) == wakes, number
        assert any(text.text in {"Yes, text me", "Text me"} for text in scene.texts()), number


def test_who_listens_is_never_left_before_a_key_that_is_asleep():
    assert "agree" in keys(draw(view(Phone(pending(EN)), EN, speech=True), TEN))


@pytest.mark.parametrize("panel", SCREENS)
def test_a_telephone_number_has_all_its_keys(panel):
    empty, begun = (draw(view(Phone(pending(EN), typed), EN), SCREENS[panel]) for typed in ("", "98"))
    digits = {f"digit:{one}" for one in "0123456789"}
    assert digits | {"plus", "back"} <= keys(empty)
    assert digits | {"erase", "back"} <= keys(begun)


@pytest.mark.parametrize("language", [EN, AR])
@pytest.mark.parametrize("panel", SCREENS)
def test_the_field_shows_a_place_for_each_digit_that_is_missing(panel, language):
    here, screen = site(phone_prefix="+91"), SCREENS[panel]
    for typed, missing in (("", 10), ("98765", 5), ("9876543210", 0), ("+212612", 6)):
        scene = draw(view(Phone(pending(language), typed), language, site=here), screen)
        places = [item.box for item in scene.items if isinstance(item, Bar) and item.box.w > 3 * item.box.h > 0]
        assert len(places) == missing, typed
        text = next(one for one in scene.texts() if one.text.startswith("+"))
        assert screen.mm(text.capital_px) >= 4.7
        assert all(box.x >= ink_box(text).right for box in places)


@pytest.mark.parametrize("code", MOBILE)
def test_a_number_is_whole_by_the_length_of_its_countrys_mobile_numbers(code):
    region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)][0]
    known = phonenumbers.PhoneMetadata.metadata_for_region(region).mobile
    assert sum(MOBILE[code]) == max(known.possible_length)
    assert may_be_whole(known.example_number, f"+{code}")
    assert may_be_whole(f"+{code}{known.example_number}", "+91")
    assert not may_be_whole(known.example_number[:-1], f"+{code}")


def test_the_countrys_prefix_is_there_until_somebody_types_another():
    here = site(phone_prefix="+91")
    assert "+91 987" in words(draw(view(Phone(pending(EN), "987"), EN, site=here), TEN))
    assert "+91" not in words(draw(view(Phone(pending(EN), "+44779"), EN, site=here), TEN))


def test_digits_stand_in_groups_that_can_be_compared():
    assert grouped_phone("9876543210") == "987 654 3210"
    assert grouped_phone("+447700900123") == "+44 7700 900123"
    assert grouped_phone("9876543210", "+91") == "98765 43210"
    assert grouped_phone("09876543210", "+91") == "098765 43210"
    assert grouped_phone("+2125") == "+212 5"
    assert grouped_phone("+") == "+"
    assert grouped_phone("") == ""


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
    wrong = view(CheckIn("7H4K", "unknown_appointment"), EN)
    assert said in spoken(wrong)
    if SCREENS[panel].portrait:  # on others what did not work has the place of hints
        assert said in words(draw(wrong, SCREENS[panel]))


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


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("panel", SCREENS)
def test_all_that_is_told_of_the_machine_can_be_read(panel, language):
    screen = SCREENS[panel]
    for name, parts in (("technician", ("escpos-80", "tcp://192.168.10.30:9100", "8443")), ("technician-troubled", ())):
        scene = draw(view(fronts(language)[name], language), screen)
        least = 2.5 if screen.height_mm < 100 else 3.1
        assert min(screen.mm(place(text)[0].capital_px) for text in scene.texts() if text.text.strip()) >= least
        assert all(part in words(scene) for part in (*parts, "1.4.0", "#18204"))
    assert "A503 A504" in words(scene)


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
