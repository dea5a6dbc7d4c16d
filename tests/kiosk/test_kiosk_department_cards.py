"""Departments' cards: names large, whole and alike, all about waiting said; what stands beside them never goes."""

import pytest
from kiosk_gallery import GIANT_NAME, SCREENS, giant, many, special, view
from kiosk_panels import LANGUAGES, LANGUAGES_OF_SCREENS, TEN, keys, of_departments, words
from kiosk_worlds import AR, EN, departments, site
from msgspec.structs import replace

from kiosk.fronts import Departments
from kiosk.screens import View, draw
from smartqueue.i18n import Words
from smartqueue.look.paint import place
from smartqueue.look.scene import Icon, Panel, Scene, Target, Text
from smartqueue.look.scene_check import check, ink_box

SMALL = SCREENS["7in"]


def in_card(scene: Scene, card: Target) -> list[Text]:
    """But for its letter."""
    texts = [text for text in scene.texts() if text.text.strip() and card.box.encloses(text.box, slack=3)]
    return [text for text in texts if text.align != "center"]


def said(scene: Scene, card: Target) -> str:
    return " ".join(line for text in in_card(scene, card) for line in place(text)[0].lines)


def names(scene: Scene, shown: View) -> dict[str, float]:
    """Capitals of the names, px."""
    found = {}
    for card in of_departments(scene):
        department = next(one for one in shown.departments if card.key.endswith(f":{one.id}"))
        name = shown.named(department.names)[0].split()[0]
        texts = [text for text in in_card(scene, card) if text.text.startswith(name[:6])]
        found[card.key] = max(place(text)[0].capital_px for text in texts)
    return found


# --- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
def test_the_usual_names_are_large_on_a_ten_inch_panel_and_have_one_size(language):
    shown = view(Departments(), language)
    sizes = set(names(draw(shown, TEN), shown).values())
    assert len(sizes) == 1
    assert TEN.mm(min(sizes)) >= 5.8


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
def test_names_on_a_seven_inch_panel_are_never_small_and_near_in_size(language):
    shown = view(Departments(), language)
    sizes = names(draw(shown, SMALL), shown).values()
    assert SMALL.mm(min(sizes)) >= 4.4
    assert max(sizes) <= 1.2 * min(sizes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_a_name_too_long_for_a_card_gets_all_of_the_width_and_makes_no_other_smaller(panel, language):
    screen = SCREENS[panel]
    shown, usual = (view(Departments(), language, departments=offered) for offered in (giant(6), many(6)))
    scene = draw(shown, screen)
    first, *others = of_departments(scene)
    assert GIANT_NAME[language] in said(scene, first).replace("- ", "-")
    assert "240" in said(scene, first)
    sizes, alone = names(scene, shown), names(draw(usual, screen), usual)
    assert screen.mm(sizes[first.key]) >= (4.4 if screen.height_mm < 100 else 4.7)
    least = min(0.8 * min(alone.values()), screen.px(5.8))
    assert all(sizes[one.key] >= least for one in others)


def test_a_long_name_leaves_no_hole_before_it():
    scene = draw(view(Departments(), EN, departments=giant(6, 1)), TEN)
    assert [card.key.partition(":")[2] for card in of_departments(scene)][:3] == [
        "general-medicine",
        "cardiology",
        "paediatrics",
    ]


@pytest.mark.parametrize("panel", SCREENS)
def test_departments_with_long_names_are_all_on_one_of_the_pages(panel):
    offered = giant(9, 4)
    pages = [draw(view(Departments(page), EN, departments=offered), SCREENS[panel]) for page in range(9)]
    assert {f"department:{one.id}" for one in offered} <= {key for page in pages for key in keys(page)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_the_one_department_on_the_resting_screen_stays_within_its_card(panel, language):
    for name in ("giant-direct", "direct"):
        shown = special(language)[name]
        scene = draw(shown, SCREENS[panel])
        start = scene.target("start").box
        card = next(
            item.box
            for item in scene.items
            if isinstance(item, Panel) and item.box != start and start.encloses(item.box)
        )
        inside = [text for text in scene.texts() if start.encloses(text.box, 3) and text.box.y > card.y - 2]
        assert "min" in words(scene) or language != EN
        assert all(card.encloses(ink_box(text)) for text in inside), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_long_names_are_no_smaller_where_one_stands_alone_or_beside_a_closed_one(panel, language):
    screen = SCREENS[panel]
    for name in ("giant-direct", "closed-long"):
        shown = special(language)[name]
        called = {shown.named(one.names)[0] for one in shown.departments}
        sizes = [
            place(text)[0].capital_px
            for text in draw(shown, screen).texts()
            if text.text.replace("-\n", "").replace("\n", " ") in called
        ]
        assert sizes, name
        assert screen.mm(min(sizes)) >= (4.35 if screen.height_mm < 100 else 4.65), name


# --- what waiting means -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES_OF_SCREENS)
@pytest.mark.parametrize("panel", ["7in", "10in", "15in-upright"])
def test_all_about_waiting_is_said_and_nothing_of_it_is_small(panel, language):
    screen = SCREENS[panel]
    states = special(language)["departments-states"].departments
    for shown in (
        view(Departments(), language),
        view(Departments(), language, departments=states),
        view(Departments(), language, away=True, picture_age_s=754),
    ):
        scene = draw(shown, screen)
        for card in of_departments(scene):
            assert all(screen.mm(text.capital_px) >= 3.55 for text in in_card(scene, card)), said(scene, card)
            department = next(one for one in shown.departments if card.key.endswith(f":{one.id}"))
            assert _expected(shown, department) <= set(said(scene, card).split()), said(scene, card)


def _expected(shown, department) -> set[str]:
    """Words that its card must have; a picture may say who waits."""
    said = Words(shown.language)
    if department.open and not department.issuing:
        return set(said.text("kiosk.full").split())
    if not department.open:
        return set(said.text("kiosk.opens_at", time="14:00").replace("14:00", "14:00 ").split())
    if shown.away:
        return set(said.text("kiosk.away_wait").split())
    if department.emergency:
        return {str(department.waiting)}
    low, high = department.estimate.low_min, department.estimate.high_min
    return {str(department.waiting), *said.text("kiosk.range_minutes", low=low, high=high).split()}


# --- what stands beside them --------------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 9, 14])
@pytest.mark.parametrize("panel", SCREENS)
def test_who_has_an_appointment_finds_where_to_check_in(panel, count):
    screen = SCREENS[panel]
    for lowered in (False, True):
        shown = view(Departments(), EN, departments=many(count), checks_in=True, lowered=lowered)
        scene = draw(shown, screen)
        assert "check_in" in keys(scene)
        assert check(scene, screen) == []


@pytest.mark.parametrize("language", [EN, AR])
@pytest.mark.parametrize("panel", SCREENS)
def test_languages_help_and_reach_are_beside_every_page(panel, language):
    screen = SCREENS[panel]
    every = site(languages=list(LANGUAGES_OF_SCREENS))
    wanted = {"languages", "easier", *(["lower"] if screen.height_mm >= 200 else [])}
    for page in range(4):
        scene = draw(view(Departments(page), language, departments=many(14), checks_in=True, site=every), screen)
        assert wanted <= keys(scene), page


def test_departments_are_all_there_where_the_key_to_check_in_stands_among_them():
    offered, seen = many(9), set()
    for page in range(3):
        seen |= keys(draw(view(Departments(page), EN, departments=offered, checks_in=True), SMALL))
    assert {f"department:{one.id}" for one in offered} <= seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_one_key_turns_the_pages_it_says_on_the_last_that_it_leads_to_the_first(language):
    first, last = (draw(view(Departments(page), language, departments=many(14)), SMALL) for page in (0, 3))
    for scene, key, word, icon in (
        (first, "page:1", "kiosk.more", "page-on"),
        (last, "page:0", "kiosk.say.page", "page-back"),
    ):
        box = scene.target(key).box
        assert Words(language).text(word, page=1) in {text.text for text in scene.texts() if box.encloses(text.box, 3)}
        assert any(isinstance(item, Icon) and item.name == icon and box.encloses(item.box, 3) for item in scene.items)


def test_a_department_that_has_no_more_numbers_says_so_in_one_line():
    first, *rest = departments()
    ended = replace(first, issuing=False, estimate=None)
    scene = draw(view(Departments(), EN, departments=(ended, *rest)), TEN)
    assert said(scene, of_departments(scene)[0]) == "General Medicine no numbers left"
