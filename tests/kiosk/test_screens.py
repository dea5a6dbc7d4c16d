"""The kiosk's screens as scenes: nothing cut, crowded or too small on any panel, in any script."""

from itertools import combinations

import pytest
from kiosk_gallery import SCREENS, fronts, long_names, many, special, view
from kiosk_panels import LANGUAGES, LANGUAGES_OF_SCREENS, TEN, keys, of_departments, words
from kiosk_worlds import AR, EN, HI, departments, site
from msgspec.structs import replace

from kiosk.fronts import Attract, Departments, Easier
from kiosk.screens import draw
from kiosk.screens.frame import LOWERED_SHARE
from smartqueue.look.scene import Icon, Panel
from smartqueue.look.scene_check import check
from smartqueue.terms import Need

# --- everywhere ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_no_screen_has_a_defect(panel, language):
    found = {
        name: defects
        for name, front in fronts(language).items()
        if (defects := check(draw(view(front, language), SCREENS[panel]), SCREENS[panel]))
    }
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", ["7in-fine", "10in", "15in-upright"])
def test_no_rare_screen_has_a_defect(panel, language):
    found = {
        name: defects
        for name, shown in special(language).items()
        if (defects := check(draw(shown, SCREENS[panel]), SCREENS[panel]))
    }
    assert found == {}


@pytest.mark.parametrize("panel", SCREENS)
def test_targets_lie_three_millimetres_apart(panel):
    screen = SCREENS[panel]
    for name, shown in special(EN).items():
        fingers = [target for target in draw(shown, screen).targets if target.key not in {"corner", "repeat"}]
        for one, other in combinations(fingers, 2):
            grown = one.box.inset(-(screen.px(3.0) - 1) / 2)
            assert not grown.overlaps(other.box.inset(-(screen.px(3.0) - 1) / 2)), (name, one.key, other.key)


@pytest.mark.parametrize("panel", SCREENS)
def test_the_name_of_the_scene_is_the_screens(panel):
    for front in fronts(EN).values():
        assert draw(view(front, EN), SCREENS[panel]).name == front.name


def test_arabic_turns_the_places_round_and_keeps_labels_latin():
    left, right = draw(view(Departments(), EN), TEN), draw(view(Departments(), AR), TEN)
    first = "department:general-medicine"
    assert left.target(first).box.x < TEN.width_px / 2 < right.target(first).box.x
    assert {"A", "K", "R"} <= {text.text for text in right.texts()}


# --- departments --------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 4, 6, 9, 14])
@pytest.mark.parametrize("panel", SCREENS)
def test_departments_keys_are_thirty_millimetres_high(panel, count):
    screen = SCREENS[panel]
    for lowered in (False, True):
        scene = draw(view(Departments(), EN, departments=many(count), lowered=lowered), screen)
        assert min(screen.mm(target.box.h) for target in of_departments(scene)) >= 29.9


@pytest.mark.parametrize("panel", SCREENS)
def test_departments_lie_within_reach(panel):
    screen = SCREENS[panel]
    scene = draw(view(Departments(), EN), screen)
    share = 1 / 3 if screen.height_mm >= 200 else 1 / 4 if screen.height_mm >= 100 else 0.22
    assert min(target.box.y for target in of_departments(scene)) >= share * screen.height_px - 1


@pytest.mark.parametrize("panel", ["7in", "7in-fine"])
def test_a_seven_inch_panel_shows_four_departments_a_page(panel):
    scene = draw(view(Departments(), EN), SCREENS[panel])
    assert len(of_departments(scene)) == 4
    assert "page:1" in keys(scene)
    assert "1 / 2" in words(scene)


def test_a_ten_inch_panel_shows_six():
    assert len(of_departments(draw(view(Departments(), EN), TEN))) == 6


@pytest.mark.parametrize("panel", SCREENS)
def test_names_are_never_smaller_than_can_be_read(panel):
    screen = SCREENS[panel]
    scene = draw(view(Departments(), EN), screen)
    names = {department.names[EN] for department in departments()}
    for text in scene.texts():
        if text.text in names:
            assert screen.mm(text.capital_px) >= (4.4 if screen.height_mm < 100 else 5.8)


@pytest.mark.parametrize("panel", SCREENS)
def test_every_department_is_on_one_of_the_pages(panel):
    seen: set[str] = set()
    for page in range(14):
        seen |= keys(draw(view(Departments(page), EN, departments=many(14)), SCREENS[panel]))
    assert {f"department:{each.id}" for each in many(14)} <= seen


@pytest.mark.parametrize("panel", SCREENS)
def test_pages_can_be_turned_to_the_last_and_back_again(panel):
    screen, page, seen = SCREENS[panel], 0, []
    for _ in range(6):
        seen.append(page)
        arrows = sorted(
            key for key in keys(draw(view(Departments(page), EN, departments=many(14)), screen)) if "page" in key
        )
        if not arrows:
            return
        page = int(arrows[-1].partition(":")[2])
    assert 0 in seen[1:] or max(seen) > 0


def test_a_page_that_is_no_more_shows_the_last_one():
    scene = draw(view(Departments(page=9), EN, departments=many(14)), TEN)
    assert "department:orthopaedics-2" in keys(scene) or "department:laboratory-2" in keys(scene)


def test_who_waits_and_for_how_long_is_said():
    scene = draw(view(Departments(), EN), TEN)
    assert "8 waiting · 35–70 min" in words(scene)


def test_zero_minutes_are_never_said():
    first, *rest = departments()
    soon = replace(first, estimate=replace(first.estimate, low_min=0))
    scene = draw(view(Departments(), EN, departments=(soon, *rest)), TEN)
    assert "up to 70 min" in words(scene)
    assert "0–70" not in words(scene)


def test_a_department_without_an_honest_range_shows_none():
    first, *rest = departments()
    scene = draw(view(Departments(), EN, departments=(replace(first, estimate=None), *rest)), TEN)
    assert "35–70" not in words(scene)


def test_a_closed_department_says_when_it_opens_and_has_no_fill():
    scene = draw(view(Departments(), EN), TEN)
    box = scene.target("department:orthopaedics").box
    assert "opens 14:00" in words(scene)
    panel = next(item for item in scene.items if isinstance(item, Panel) and item.box == box)
    assert panel.dashed
    assert panel.fill is None


def test_an_unknown_pictogram_is_replaced():
    first, *rest = departments()
    odd = replace(first, icon="no-such-drawing")
    assert check(draw(view(Departments(), EN, departments=(odd, *rest)), TEN), TEN) == []


def test_long_names_step_down_before_anything_is_cut():
    scene = draw(view(Departments(), EN, departments=long_names(6)), TEN)
    sizes = {text.text: text.capital_px for text in scene.texts()}
    usual = {text.text: text.capital_px for text in draw(view(Departments(), EN), TEN).texts()}
    assert sizes["Otorhinolaryngology"] < usual["Paediatrics"]


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
@pytest.mark.parametrize("panel", ["7in", "10in", "15in-upright"])
def test_names_of_a_page_have_one_size_or_two_that_are_near_and_none_is_small(panel, language):
    screen = SCREENS[panel]
    least = 4.0 if panel == "7in" else 4.3
    for offered in (departments(6), long_names(14)):
        scene = draw(view(Departments(), language, departments=offered), screen)
        named = {part for one in offered for part in _words_of(one, language)}
        boxes = [target.box for target in of_departments(scene)]
        texts = [text for text in scene.texts() if any(box.encloses(text.box, 3) for box in boxes)]
        sizes = {text.capital_px for text in texts if set(text.text.replace("-", " ").split()) & named}
        assert len(sizes) <= 2, sizes
        assert screen.mm(min(sizes)) >= least
        assert max(sizes) <= 1.36 * min(sizes)


def _words_of(department, language):
    return set(view(Departments(), language).named(department.names)[0].split())


@pytest.mark.parametrize("panel", SCREENS)
def test_a_long_list_lies_within_reach_too(panel):
    screen = SCREENS[panel]
    if screen.height_mm >= 200:
        scene = draw(view(Departments(), EN, departments=many(14)), screen)
        assert min(target.box.y for target in of_departments(scene)) >= screen.height_px / 3 - 1


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
def test_all_cards_of_a_page_say_who_waits_on_as_many_lines(language):
    scene = draw(view(Departments(), language, departments=departments(6, closed=())), TEN)
    dots = {
        sum(text.text == "·" for text in scene.texts() if target.box.encloses(text.box, 3))
        for target in of_departments(scene)
        if target.key != "department:orthopaedics"
    }
    assert len(dots) == 1


@pytest.mark.parametrize("panel", ["10in", "7in", "15in-upright"])
def test_names_side_by_side_stand_on_one_line(panel):
    offered = departments(6, closed=())
    scene = draw(view(Departments(), AR, departments=offered), SCREENS[panel])
    names = {department.names[AR] for department in offered}
    baselines: dict[float, set[int]] = {}
    for text in scene.texts():
        if text.text in names:
            box = next(target.box for target in of_departments(scene) if target.box.encloses(text.box, slack=3))
            lines = len({round(each.box.y) for each in scene.texts() if box.encloses(each.box, slack=3)})
            baselines.setdefault((box.y, lines), set()).add(round(text.box.bottom))
    assert all(max(found) - min(found) <= 3 for found in baselines.values()), baselines


def test_a_name_only_in_another_language_is_set_in_that_languages_script():
    first, *rest = departments()
    arabic = replace(first, names={AR: "الطب العام"})
    scene = draw(view(Departments(), EN, departments=(arabic, *rest)), TEN)
    assert next(text for text in scene.texts() if text.text == "الطب العام").language == AR


# --- keys beside the departments ----------------------------------------------------------------------


def test_languages_have_keys_of_their_own_where_all_keys_have_room_and_the_present_one_a_tick():
    two = site(languages=[EN, HI])
    scene = draw(view(Departments(), EN, site=two), TEN)
    assert {"language:en", "language:hi", "needs", "easier"} <= keys(scene)
    chosen = scene.target("language:en").box
    ticks = [item.box for item in scene.items if isinstance(item, Icon) and item.name == "check"]
    assert len(ticks) == 1
    assert chosen.encloses(ticks[0])


def test_beside_a_language_that_somebody_has_chosen_stands_the_way_to_leave_it():
    two = site(languages=[EN, HI])
    assert {"languages", "leave", "needs", "easier"} <= keys(draw(view(Departments(), HI, site=two), TEN))


def test_more_languages_stand_behind_the_globe():
    six = special(EN)["six-languages"]
    assert "languages" in keys(draw(six, TEN))
    listed = keys(draw(special(EN)["six-languages-list"], TEN))
    assert len({key for key in listed if key.startswith("language:")}) == 6


def test_a_site_with_one_language_has_no_key_for_it():
    found = keys(draw(special(EN)["one-language"], TEN))
    assert found == {f"department:{each.id}" for each in departments()} | {"needs", "easier", "leave"}


@pytest.mark.parametrize("panel", SCREENS)
def test_whatever_has_no_room_beside_the_departments_is_behind_the_key_that_makes_it_easier(panel):
    screen = SCREENS[panel]
    for name in ("departments-whole", "departments-whole-14", "departments-every-language", "attract-whole"):
        assert "easier" in keys(draw(special(EN)[name], screen)), name
    behind = keys(draw(view(Easier(), EN, checks_in=True), screen))
    assert {"needs", "check_in", "contrast", "speech", "back", "leave"} <= behind
    assert ("lower" in behind) == (screen.height_mm >= 200)


@pytest.mark.parametrize("panel", SCREENS)
def test_who_has_an_appointment_finds_the_key_for_it_at_once(panel):
    for name in ("attract-whole", "departments-whole"):
        if name == "attract-whole" or len(many(6)) <= len(of_departments(draw(special(EN)[name], SCREENS[panel]))):
            assert "check_in" in keys(draw(special(EN)[name], SCREENS[panel])), name


def test_needs_that_are_chosen_are_seen_beside_the_departments():
    chosen, none = (draw(view(Departments(), EN, needs=needs), TEN) for needs in ((Need.DEAF,), ()))
    box = chosen.target("needs").box
    assert any(isinstance(item, Icon) and item.name == "check" and box.encloses(item.box) for item in chosen.items)
    assert not any(isinstance(item, Icon) and item.name == "check" and box.encloses(item.box) for item in none.items)


@pytest.mark.parametrize("panel", SCREENS)
def test_the_key_for_reach_is_on_panels_from_two_hundred_millimetres(panel):
    screen = SCREENS[panel]
    for front in (Departments(), fronts(EN)["check_in"], fronts(EN)["phone"]):
        assert ("lower" in keys(draw(view(front, EN), screen))) == (screen.height_mm >= 200), front.name


@pytest.mark.parametrize("name", ["attract", "take_ticket", "trouble-paper_out", "phone_kept", "one_each", "found"])
def test_where_there_is_no_key_for_reach_each_key_reaches_down_to_who_sits(name):
    """As far down as everything lower begins, and a finger's width more."""
    screen = SCREENS["15in-upright"]
    scene = draw(view(next(front for key, front in fronts(EN).items() if key.startswith(name)), EN), screen)
    low = LOWERED_SHARE * screen.height_px + screen.px(20)
    assert {target.key for target in scene.targets if target.box.bottom < low} == {"corner"}


@pytest.mark.parametrize("name", ["check_in", "phone"])
def test_lower_moves_the_keys_of_what_is_typed_down(name):
    screen = SCREENS["15in-upright"]
    usual, lowered = (draw(view(fronts(EN)[name], EN, lowered=on), screen) for on in (False, True))
    first = "char:1" if name == "check_in" else "digit:1"
    assert lowered.target(first).box.y > usual.target(first).box.y + screen.px(20)


def test_one_leaves_the_departments_at_once():
    """Beside them where that has room, else behind `easier`."""
    assert "leave" in keys(draw(view(Departments(), EN), SCREENS["15in-upright"]))
    assert "leave" in keys(draw(view(Easier(), EN), TEN))


@pytest.mark.parametrize("panel", ["10in", "15in", "15in-upright"])
def test_what_somebody_left_behind_is_ended_beside_the_departments(panel):
    for left in ({"needs": (Need.DEAF,)}, {"contrast": True}):
        assert "leave" in keys(draw(view(Departments(), EN, **left), SCREENS[panel])), left
    assert "leave" in keys(draw(view(Departments(), HI), SCREENS[panel]))


def test_lower_moves_the_departments_down():
    screen = SCREENS["15in-upright"]
    usual, lowered = (of_departments(draw(view(Departments(), EN, lowered=on), screen)) for on in (False, True))
    assert min(target.box.y for target in lowered) > min(target.box.y for target in usual) + screen.px(20)
    assert lowered[-1].box.bottom == pytest.approx(usual[-1].box.bottom, abs=2)


KEYS = {
    *("start", "department", "departments", "language", "languages", "page", "back", "lower", "needs", "check_in"),
    *("easier", "contrast", "speech", "visit_type", "need", "take", "char", "digit", "erase", "plus", "look_up"),
    *("copy", "return", "new_number", "one_more", "no", "message", "agree", "test_print", "restart", "more_time"),
    *("done", "repeat", "test_sound", "leave"),
}
"""What the flow knows."""


def test_no_key_does_nothing():
    shown = [*special(EN).values(), *(view(front, EN) for front in fronts(EN).values())]
    for panel in (SCREENS["7in"], SCREENS["15in-upright"]):
        assert {key.partition(":")[0] for one in shown for key in keys(draw(one, panel))} <= KEYS


@pytest.mark.parametrize("panel", SCREENS)
def test_the_keys_for_pages_keep_their_places(panel):
    screen, places = SCREENS[panel], {}
    for number in range(4):
        scene = draw(view(Departments(number), EN, departments=many(14)), screen)
        for target in scene.targets:
            verb, _, page = target.key.partition(":")
            if verb == "page":
                places.setdefault(int(page) > number, set()).add((target.box.x, target.box.y))
    assert all(len(found) == 1 for found in places.values()), places


def test_six_languages_have_six_keys_on_the_resting_screen_of_all_but_small_panels():
    six = special(EN)["six-languages-attract"]
    for screen in (screen for screen in SCREENS.values() if screen.height_mm >= 100):
        assert {f"language:{one}" for one in six.languages} <= keys(draw(six, screen))


def test_the_globe_shows_letters_of_other_scripts_too():
    six = special(EN)["six-languages"]
    for screen in SCREENS.values():
        assert {"A", "अ", "ع"} <= {text.text for text in draw(six, screen).texts()}
    assert "English" in words(draw(six, TEN))


# --- attract ------------------------------------------------------------------------------------------


def test_the_resting_screen_invites_in_every_language():
    scene = draw(view(Attract(), EN), TEN)
    assert keys(scene) == {"start", "language:en", "language:hi", "language:ar", "easier"}
    assert "यहाँ छुएँ" in words(scene)
    assert "لتأخذ رقمك" in words(scene)


def test_one_open_department_is_named_on_the_resting_screen():
    scene = draw(special(EN)["direct"], TEN)
    assert "General Medicine" in words(scene)
    assert "departments" not in keys(scene)


def test_the_closed_ones_can_be_asked_for_where_one_is_open():
    assert "departments" in keys(draw(special(EN)["direct-and-closed"], TEN))
