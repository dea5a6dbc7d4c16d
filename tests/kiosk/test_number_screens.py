"""The screens with a number on them: it keeps its place and size, whatever happened to the ticket."""

import pytest
from kiosk_gallery import NOW, SCREENS, fronts, pending, special, view
from kiosk_panels import LANGUAGES, LANGUAGES_OF_SCREENS, TEN, keys, words
from kiosk_worlds import EN, answer, departments, site
from msgspec.structs import replace

from kiosk import flow
from kiosk.fronts import (
    Asking,
    Attract,
    Closed,
    Departments,
    IdleWarning,
    OutOfService,
    Printing,
    TakeTicket,
    Unprinted,
)
from kiosk.screens import draw, view_of
from kiosk.states import Rules
from kiosk.terms import Reason, Trouble
from smartqueue.i18n import Words
from smartqueue.look import qr
from smartqueue.look.paint import place
from smartqueue.look.scene import Icon, Panel, Qr, Scene, Text
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.screen import Screen
from smartqueue.look.theme import LIGHT


def label(scene: Scene) -> Text:
    return next(text for text in scene.texts() if text.text == "A012")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_the_number_stands_in_the_same_place_whatever_happens(panel, language):
    job = pending(language)
    shown = (
        Printing(job, moved_at=NOW),
        TakeTicket(job, since=NOW, until=NOW + 9, span=10),
        *(Unprinted(job, kind, since=NOW, until=NOW + 9, span=10) for kind in Trouble),
    )
    labels = {label(draw(view(front, language), SCREENS[panel])) for front in shown}
    assert len(labels) == 1


@pytest.mark.parametrize("panel", SCREENS)
def test_the_number_is_by_far_the_largest(panel):
    scene = draw(view(fronts(EN)["take_ticket"], EN), SCREENS[panel])
    others = [text.capital_px for text in scene.texts() if text.text != "A012"]
    assert label(scene).capital_px >= 1.7 * max(others)


@pytest.mark.parametrize("panel", SCREENS)
def test_the_code_can_be_read_from_the_screen(panel):
    screen = SCREENS[panel]
    scene = draw(special(EN)["ticket-secret"], screen)
    code = next(item for item in scene.items if isinstance(item, Qr))
    assert code.data == code.data.upper()
    assert screen.mm(qr.module_px(code.data, code.box.w)) >= 0.5
    assert screen.mm(_dark_px(code)) >= 20


def _dark_px(code: Qr) -> float:
    return qr.encode(code.data).modules * qr.module_px(code.data, min(code.box.w, code.box.h))


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
@pytest.mark.parametrize("panel", ["7in", "10in", "15in-upright"])
def test_label_and_facts_have_their_size_before_the_area_has_its_place(panel, language):
    screen, shown = SCREENS[panel], special(language)
    for name in ("ticket-plain-code", "ticket-long-code", "ticket-longest"):
        scene, front = draw(shown[name], screen), shown[name].front
        sizes = {text.text: screen.mm(place(text)[0].capital_px) for text in scene.texts()}
        assert sizes[front.pending.answer.label] >= (13.5 if panel == "7in" else 23.5), name
        before = Words(language).count("kiosk.before_you", front.pending.answer.ahead)
        assert sizes[before] >= (3.6 if panel == "7in" else 4.7), name
        assert min(sizes.values()) >= 3.5, (name, sizes)


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
@pytest.mark.parametrize("panel", SCREENS)
def test_the_phones_code_fills_its_card_and_can_be_typed_too(panel, language):
    """On small panels a picture of a phone says what it is for."""
    screen = SCREENS[panel]
    for name in ("take_ticket", "trouble-paper_out"):
        scene = draw(view(fronts(language)[name], language, asks_phone=True), screen)
        code = next(item for item in scene.items if isinstance(item, Qr))
        assert screen.mm(_dark_px(code)) >= 20
        quiet = code.box.centred(*2 * [qr.encode(code.data).modules_with_quiet * qr.module_px(code.data, code.box.w)])
        short = next(text for text in scene.texts() if text.text == "7H4K 2MPX")
        assert screen.mm(short.capital_px) >= 3.6
        assert not any(quiet.overlaps(ink_box(text)) for text in scene.texts())
        said = any(isinstance(item, Icon) and item.name == "phone" for item in scene.items)
        assert said or Words(language).text("kiosk.on_phone") in words(scene)


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
@pytest.mark.parametrize("panel", SCREENS)
def test_where_to_wait_stands_beside_every_usual_number(panel, language):
    for name in ("printing", "take_ticket", "trouble-paper_out", "found-waiting"):
        shown = view(fronts(language)[name], language, asks_phone=True)
        assert shown.named(departments()[0].areas)[0] in words(draw(shown, SCREENS[panel])), name


def test_the_code_is_left_out_where_phones_reach_nothing():
    scene = draw(special(EN)["ticket-plain-no-code"], TEN)
    assert not any(isinstance(item, Qr) for item in scene.items)
    assert "7H4K" not in words(scene)


def test_the_person_is_told_what_the_code_is_for_only_where_there_is_one():
    with_code = draw(view(fronts(EN)["trouble-paper_out"], EN), TEN)
    job = pending(EN, site(public_url=None))
    without = draw(view(Unprinted(job, Trouble.PAPER_OUT, NOW, NOW + 9, 10), EN), TEN)
    assert "scan the code" in words(with_code)
    assert "scan the code" not in words(without)


def test_the_bar_in_done_is_the_time_that_is_left():
    def bar(left: float) -> float:
        front = TakeTicket(pending(EN), since=NOW - 5, until=NOW + left, span=10)
        scene = draw(view(front, EN), TEN)
        box = scene.target("done").box
        return next(
            item.box.w
            for item in scene.items
            if not isinstance(item, Text | Panel) and box.encloses(item.box) and item.box.h < 20
        )

    assert bar(10) > bar(5) > bar(1)
    assert bar(5) == pytest.approx(bar(10) / 2, rel=0.05)


def test_nothing_can_be_touched_while_it_prints():
    assert keys(draw(view(fronts(EN)["printing"], EN), TEN)) == set()
    assert keys(draw(view(fronts(EN)["asking"], EN), TEN)) == set()


def test_the_next_person_is_told_so():
    job = replace(pending(EN), answer=answer(ahead=0))
    assert "You are next" in words(draw(view(TakeTicket(job, NOW, NOW + 5, 10), EN), TEN))


# --- notices ------------------------------------------------------------------------------------------


LOW_MM = 100.0
UNHEADED = ("phone", "pin", "technician", "check_in-unknown", "check_in-away")
"""Low panels need the header's line there: for a number that is never asked over an open network, for a technician, who
reads the hub's address, and as long as it says what did not work."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_every_screen_says_quietly_that_nothing_is_encrypted_and_keeps_the_clinics_name(panel, language):
    said, name = Words(language).text("kiosk.notice_insecure"), view(Attract(), language).named(site().names)[0]
    low = SCREENS[panel].height_mm < LOW_MM
    for kind, front in fronts(language).items():
        if low and kind.startswith(UNHEADED):
            continue
        scene = draw(view(front, language, site=site(insecure_lan=True)), SCREENS[panel])
        note = next(text for text in scene.texts() if text.text == said)
        assert note.colour == LIGHT.quiet, kind
        assert SCREENS[panel].mm(place(note)[0].capital_px) >= 3.55, kind
        assert name in words(scene) or (low and kind.startswith("check_in")), kind
        assert check(scene, SCREENS[panel]) == [], kind


def test_people_are_told_quietly_when_waiting_times_are_old_or_not_known():
    old = draw(view(Departments(), EN, picture_age_s=17), TEN)
    away = draw(view(Attract(), EN, picture_age_s=17, away=True), TEN)
    for scene, said in ((old, "Waiting times may have changed"), (away, "Waiting times are not known now")):
        assert next(text for text in scene.texts() if text.text == said).colour == LIGHT.quiet
    assert "Waiting times" not in words(draw(view(OutOfService(Reason.NO_HUB), EN, picture_age_s=17), TEN))


@pytest.mark.parametrize("reason", list(Reason))
def test_out_of_service_sends_people_to_the_desk_and_tells_staff_why(reason):
    scene = draw(view(OutOfService(reason), EN), TEN)
    assert keys(scene) == set()
    assert ("desk" in words(scene)) == (reason is not Reason.STARTING)
    assert any(text.text.startswith(("For staff", "For the technician", "Looking")) for text in scene.texts())


def test_a_closed_department_says_when_it_opens_and_offers_another():
    scene = draw(view(Closed(departments()[3], "department_closed"), EN), TEN)
    assert "opens 14:00" in words(scene)
    assert {"back", "department:general-medicine"} <= keys(scene)
    assert "department:orthopaedics" not in keys(scene)


def test_a_department_that_opened_meanwhile_is_shown_as_it_is():
    touched = departments()[3]
    scene = draw(view(Closed(touched, "department_closed"), EN, departments=departments(6, closed=())), TEN)
    assert "14:00" not in words(scene)


def test_the_warning_counts_down_with_one_large_key():
    scene = draw(view(IdleWarning(Departments(), until=NOW + 12.7, span=20), EN), TEN)
    assert "in 13 seconds" in words(scene)
    assert keys(scene) == {"more_time"}
    assert TEN.mm(scene.target("more_time").box.h) > 40


def test_asking_shows_where_the_number_will_be_and_how_long_is_tried():
    asked = replace(pending(EN), answer=None)
    early, late = (draw(view(Asking(asked, since=NOW - waited), EN), TEN) for waited in (1, 10))
    assert "General Medicine" in words(early)
    assert max(panel.box.w for panel in early.items if isinstance(panel, Panel) and panel.fill == "#0A5A52") < max(
        panel.box.w for panel in late.items if isinstance(panel, Panel) and panel.fill == "#0A5A52"
    )


def test_a_hub_that_answers_at_once_is_not_worth_a_word():
    asked = replace(pending(EN), answer=None)
    at_once, late = (draw(view(Asking(asked, since=NOW - waited), EN), TEN) for waited in (0.1, 2))
    assert "Printing your ticket" in words(at_once)
    assert "One moment" in words(late)


def test_equal_views_of_a_resting_screen_need_no_new_picture():
    state = flow.start(0.0)
    one, other = (view_of(state, now, "09:42", None, Rules()) for now in (1.0, 2.0))
    assert one == other


def test_an_unusual_panel_is_drawn_too():
    for screen in (Screen(800, 1280, 136.0), Screen(1366, 768, 344.0), Screen(1920, 1200, 217.0)):
        for name, front in fronts(EN).items():
            assert check(draw(view(front, EN), screen), screen) == [], (screen, name)
