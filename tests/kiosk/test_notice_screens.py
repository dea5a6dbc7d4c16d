"""Notices, speech mode's signs and what waits for the hub, in every language: nothing crowded, nothing too small."""

from dataclasses import replace

import pytest
from kiosk_gallery import SCREENS, fronts, special, view
from kiosk_panels import TEN, keys, of_departments, words
from kiosk_worlds import AR, EN, departments, site

from kiosk.fronts import NO_NUMBER, Attract, Closed, Departments, Needs, OneEach, OutOfService
from kiosk.screens import View, draw
from kiosk.screens.band import halves
from kiosk.screens.frame import LOWERED_SHARE
from kiosk.screens.speaking import spoken
from kiosk.terms import Reason, Trouble
from smartqueue.i18n import Words
from smartqueue.look.paint import place
from smartqueue.look.scene import Panel, Scene
from smartqueue.look.scene_check import check
from smartqueue.look.theme import CONTRAST, LIGHT
from smartqueue.terms import LANGUAGES, Language

TORN = "trouble-maybe_printed"
"""Its title is the longest of all troubles."""
NOTICES = ("closed", "closed-full", "hub_trouble", "out-no_hub", "idle_warning", "one_each", "asking", "seeking", TORN)
SPOKEN = ("speech-need", "speech-ticket")
LEAST_MM = 3.6


def capitals(scene: Scene, panel: str) -> dict[str, float]:
    """Capitals of every text as they are drawn, mm."""
    screen = SCREENS[panel]
    return {text.text: screen.mm(place(text)[0].capital_px) for text in scene.texts()}


def shown(language: Language) -> dict[str, View]:
    every, rare = fronts(language), special(language)
    return {**{name: view(every[name], language) for name in NOTICES}, **{name: rare[name] for name in SPOKEN}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", ["7in", "10in", "15in-upright"])
def test_no_notice_is_crowded_in_any_language(panel, language):
    found = {
        name: defects
        for name, one in shown(language).items()
        if (defects := check(draw(one, SCREENS[panel]), SCREENS[panel]))
    }
    assert found == {}


HEADS = {"7in": (4.4, 3.6), "10in": (5.8, 4.0), "15in-upright": (5.8, 4.4)}
"""Least capitals of what happened, and of what to do, mm."""
HEADED = ("closed", "closed-full", "closed-refused", "hub_trouble", "out-no_hub", "asking", "printing", "take_ticket")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", HEADS)
def test_heads_say_what_happened_and_what_to_do_in_letters_that_can_be_read(panel, language):
    (large, small), screen = HEADS[panel], SCREENS[panel]
    every, said = fronts(language), Words(language)
    told = {f"trouble-{one}": f"kiosk.trouble.{one}.title" for one in Trouble}
    told |= {name: "" for name in (*HEADED, *(one for one in every if one.startswith("found-")))}
    for name, title in told.items():
        scene = draw(view(every[name], language), screen)
        bold = [text for text in scene.texts() if text.weight == 700 and text.box.y < scene.height_px / 3]
        drawn = capitals(scene, panel)
        first = said.text(title)[:2] if title else ""
        heads = [screen.mm(place(text)[0].capital_px) for text in bold if text.text.startswith(first)]
        assert max(heads) >= large - 0.05, name
        if title:
            assert drawn[said.text("kiosk.trouble.line_told")] >= small - 0.05, name
            assert halves(said.text(title))[1] in words(scene), name
            assert not any(place(text)[0].hyphenated for text in scene.texts()), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_low_panels_leave_out_only_what_their_keys_say_too(language):
    said = Words(language)
    lines = {"found-called": "found.called", "found-serving": "found.serving", "found-waiting": "found.waiting"}
    for name, key in {**lines, "take_ticket": "take", "printing": "printing", "hub_trouble": "hub_trouble"}.items():
        scene = draw(view(fronts(language)[name], language), SCREENS["7in"])
        assert said.text(f"kiosk.{key}.line") in words(scene), name
    scene = draw(view(fronts(language)["found-problem"], language), SCREENS["7in"])
    assert said.text("kiosk.found.problem") in words(scene)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_low_panels_questions_stand_in_the_headers_place_well_above_the_keys(language):
    screen, said = SCREENS["7in"], Words(language)
    questions = {"departments": "kiosk.question", "visit_types": "kiosk.visit_types.question"}
    for name, question in questions.items():
        scene = draw(view(fronts(language)[name], language), screen)
        title = next(text for text in scene.texts() if text.text == said.text(question))
        first = min(one.box.y for one in scene.targets if one.key != "corner")
        assert first - title.box.bottom >= screen.px(4.0), name
        assert title.box.y >= screen.px(6.0), name
    old = draw(view(Departments(), language, picture_age_s=17), screen)
    assert said.text("kiosk.notice_stale") in words(old)
    assert check(old, screen) == []


# --- speech mode --------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", SCREENS)
def test_speech_mode_is_seen_on_every_screen_and_its_sign_can_be_touched(panel):
    screen = SCREENS[panel]
    for name, front in fronts(EN).items():
        scene = draw(view(front, EN, speech=True), screen)
        assert "Hear again" in words(scene), name
        sign = scene.target("repeat").box
        assert min(screen.mm(sign.w), screen.mm(sign.h)) >= 19.8, name
        assert not any(sign.overlaps(one.box, 1.0) for one in scene.targets if one.key != "repeat"), name
    assert "repeat" not in keys(draw(view(Departments(), EN), screen))


@pytest.mark.parametrize("panel", SCREENS)
@pytest.mark.parametrize("contrast", [False, True])
def test_the_key_that_was_said_has_a_thick_frame_and_is_to_be_touched_again(panel, contrast):
    screen, colour = SCREENS[panel], CONTRAST.primary if contrast else LIGHT.text
    plain = draw(view(Needs(), EN, speech=True, contrast=contrast), screen)
    said = draw(view(Needs(), EN, speech=True, contrast=contrast, spoken="need:deaf"), screen)
    assert "Touch again" not in words(plain)
    assert "Touch again" in words(said)
    box = said.target("need:deaf").box
    frames = [
        item
        for item in said.items
        if isinstance(item, Panel) and item.fill is None and item.edge == colour and item.box.encloses(box)
    ]
    assert max(screen.mm(frame.edge_px) for frame in frames) >= 1.0
    assert [one for one in said.targets if one.key != "corner"] == [one for one in plain.targets if one.key != "corner"]


@pytest.mark.parametrize("panel", SCREENS)
def test_it_is_said_once_that_a_key_is_to_be_touched_again_and_on_the_key_only_where_it_has_room(panel):
    screen = SCREENS[panel]
    every = {name: one for name, one in special(EN).items() if name.startswith("speech-")}
    every["start"] = view(Attract(), EN, speech=True, spoken="start")
    for name, one in every.items():
        scene = draw(one, screen)
        assert sum(text.text == "Touch again" for text in scene.texts()) == 1, name
        assert check(scene, screen) == [], name
    start = draw(every["start"], screen)
    if screen.height_mm >= 100:
        said = next(text for text in start.texts() if text.text == "Touch again")
        assert start.target("start").box.encloses(said.box)


@pytest.mark.parametrize("panel", ["15in-upright", "15in-upright-fine"])
def test_upright_who_sits_or_does_not_see_hears_again_by_a_key_at_the_lower_edge(panel):
    screen = SCREENS[panel]
    for lowered in (False, True):
        for name, front in fronts(EN).items():
            scene = draw(view(front, EN, speech=True, lowered=lowered), screen)
            assert scene.target("repeat").box.y > 0.9 * scene.height_px, name
            assert check(scene, screen) == [], name


@pytest.mark.parametrize("panel", SCREENS)
def test_what_the_header_says_in_speech_mode_is_as_large_as_other_words(panel):
    scene = draw(view(Departments(), EN, speech=True), SCREENS[panel])
    assert capitals(scene, panel)["Hear again"] >= 4.35


# --- what the header tells -----------------------------------------------------------------------------


@pytest.mark.parametrize("panel", SCREENS)
def test_that_nobody_knows_how_long_it_takes_is_said_in_each_card_and_not_over_them(panel):
    for name in ("away-departments", "away-ticket", "away-trouble", "away-closed"):
        said = words(draw(special(EN)[name], SCREENS[panel]))
        assert "Wait not known" in said, name
        assert "Waiting times" not in said, name


# --- closed, and out of service -----------------------------------------------------------------------


@pytest.mark.parametrize("panel", SCREENS)
def test_a_department_that_was_refused_as_closed_looks_closed_and_is_no_key(panel):
    touched = departments()[0]
    scene = draw(view(Closed(touched, "department_closed"), EN), SCREENS[panel])
    assert f"department:{touched.id}" not in keys(scene)
    assert "8 waiting" not in words(scene)
    assert any(isinstance(item, Panel) and item.dashed for item in scene.items)


def test_other_departments_that_give_numbers_can_be_chosen_at_once():
    offered = keys(draw(view(Closed(departments()[3], "department_closed"), EN), TEN))
    assert {"department:general-medicine", "back"} <= offered
    assert "department:orthopaedics" not in offered


@pytest.mark.parametrize("panel", ["15in-upright", "15in-upright-fine"])
@pytest.mark.parametrize("name", ["closed", "away-closed", "closed-long"])
def test_other_departments_lie_within_reach_and_follow_the_key_for_it(panel, name):
    screen, shown = SCREENS[panel], {**special(EN), "closed": view(fronts(EN)["closed"], EN)}[name]
    for lowered, share in ((False, 1 / 3), (True, LOWERED_SHARE)):
        scene = draw(replace(shown, lowered=lowered), screen)
        assert min(one.box.y for one in of_departments(scene)) >= share * screen.height_px - 1, lowered
        assert "lower" in keys(scene)
        assert check(scene, screen) == []


@pytest.mark.parametrize("panel", SCREENS)
def test_where_a_department_is_closed_there_is_a_way_to_other_languages_and_to_what_makes_it_easier(panel):
    found = keys(draw(view(fronts(EN)["closed"], EN), SCREENS[panel]))
    assert {"languages", "lower" if SCREENS[panel].height_mm >= 200 else "easier"} <= found


@pytest.mark.parametrize("panel", SCREENS)
def test_numbers_that_are_not_given_just_now_are_not_said_to_be_used_up(panel):
    shown = special(EN)["away-closed"]
    scene = draw(shown, SCREENS[panel])
    assert "no number now" in words(scene)
    assert "no numbers left" not in words(scene)
    assert "no number now" in spoken(shown)[0]


def test_nobody_is_sent_to_another_department_where_none_gives_numbers():
    only = departments()[0]
    for code in ("department_closed", NO_NUMBER):
        said = words(draw(view(Closed(only, code), EN, departments=(only,)), TEN))
        assert "Please ask at the desk." in said
        assert "Choose another" not in said


@pytest.mark.parametrize("reason", [one for one in Reason if one is not Reason.STARTING])
def test_a_machine_without_numbers_tells_its_trouble_as_any_other_is_told(reason):
    scene = draw(view(OutOfService(reason), EN), TEN)
    assert any(isinstance(item, Panel) and item.fill == LIGHT.trouble_ground for item in scene.items)
    assert "You will get your number there." in words(scene)


def test_what_was_not_done_has_no_tick_and_no_ground_of_success():
    for name in ("strange-product", "hub_trouble", "closed", "closed-full", "closed-refused"):
        scene = draw(view(fronts(EN)[name], EN), TEN)
        assert "Done" not in words(scene), name
        large = [item for item in scene.items if isinstance(item, Panel) and item.fill == LIGHT.primary]
        assert all(any(item.box == one.box for one in scene.targets) or item.box.w < TEN.px(20) for item in large), name


# --- one number for each person -----------------------------------------------------------------------


@pytest.mark.parametrize("language", [EN, AR])
def test_whoever_still_needs_a_number_is_told_for_which_department(language):
    front = OneEach(departments()[0])
    scene = draw(view(front, language, site=site()), TEN)
    assert departments()[0].names[language] in words(scene)
    assert Words(language).text("kiosk.key.one_more") in words(scene)


# --- heads --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", SCREENS)
def test_questions_begin_at_one_height_on_every_screen_of_a_panel(panel):
    screen, asked = SCREENS[panel], {}
    questions = {"departments": "kiosk.question", "needs": "kiosk.needs.question"}
    questions |= {"attract": "kiosk.welcome"} if screen.height_mm >= 100 else {}
    questions |= {"easier": "kiosk.easier.title", "visit_types": "kiosk.visit_types.question"}
    for name, key in questions.items():
        scene = draw(view(fronts(EN)[name], EN), screen)
        asked[name] = next(text.box.y for text in scene.texts() if text.text == Words(EN).text(key))
    assert max(asked.values()) - min(asked.values()) <= screen.px(1.0), asked
