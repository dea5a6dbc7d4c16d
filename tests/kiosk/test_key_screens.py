"""What a finger meets: words on keys as large as they must be, with air around them, in all ten languages."""

import pytest
from kiosk_gallery import SCREENS, VISIT_TYPES, fronts, special, view
from kiosk_panels import keys
from kiosk_worlds import EN, departments, site
from msgspec.structs import replace

from kiosk.fronts import Attract, CheckIn, Departments, Easier, Front, Languages, Needs, Phone, VisitTypes
from kiosk.screens import View, draw
from smartqueue.i18n import Words, own_name
from smartqueue.look.paint import place
from smartqueue.look.scene import Box, Scene, Text
from smartqueue.look.scene_check import ink_box
from smartqueue.look.screen import Screen
from smartqueue.terms import LANGUAGES, Language, Need

WORD_MM = 3.6
AIR_MM = 1.5
EVERY = site(languages=list(map(Language, LANGUAGES)), phone_prefix="+91")


def shown(language: Language) -> dict[str, View]:
    """Screens to choose and to type on."""
    first = replace(departments()[0], visit_types=VISIT_TYPES)
    made: dict[str, Front] = {
        "attract": Attract(),
        "languages": Languages(),
        "languages-2": Languages(1),
        "departments": Departments(),
        "needs": Needs(first),
        "easier": Easier(),
        "visit_types": VisitTypes(first),
        "visit_types-2": VisitTypes(first, 1),
        "check_in": CheckIn("7H4K"),
        "phone": fronts(language)["phone"],
    }
    return {name: view(front, language, site=EVERY, checks_in=True) for name, front in made.items()}


def words_on(scene: Scene, box: Box) -> list[Text]:
    return [text for text in scene.texts() if text.text.strip() and box.encloses(text.box, slack=4)]


def crowded(scene: Scene, screen: Screen) -> list[str]:
    """Words on keys that are small, broken within, cut, or near an edge; the departments have tests of their own."""
    found = []
    for target in scene.targets:
        if target.key.partition(":")[0] in {"department", "start", "corner"}:
            continue
        for text in words_on(scene, target.box):
            block, ink = place(text)[0], ink_box(text)
            if screen.mm(block.capital_px) < WORD_MM - 0.05:
                found.append(f"{target.key}: {text.text} is small")
            if block.cut:
                found.append(f"{target.key}: {text.text} is cut")
            if min(ink.x - target.box.x, target.box.right - ink.right) < screen.px(AIR_MM) - 1:
                found.append(f"{target.key}: {text.text} is near a side")
            if min(ink.y - target.box.y, target.box.bottom - ink.bottom) < screen.px(0.8) - 1:
                found.append(f"{target.key}: {text.text} is near top or bottom")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_words_on_keys_are_large_and_whole_and_have_air(panel, language):
    screen = SCREENS[panel]
    made = {name: crowded(draw(one, screen), screen) for name, one in shown(Language(language)).items()}
    assert {name: found for name, found in made.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_needs_are_read_from_where_one_stands(language):
    screen = SCREENS["10in"]
    scene = draw(shown(Language(language))["needs"], screen)
    for need in Need:
        for text in words_on(scene, scene.target(f"need:{need}").box):
            assert screen.mm(place(text)[0].capital_px) >= 4.3, text.text


@pytest.mark.parametrize("panel", SCREENS)
def test_names_of_languages_are_large_where_they_are_what_one_looks_for(panel):
    screen = SCREENS[panel]
    for page in (0, 1):
        scene = draw(view(Languages(page), EN, site=EVERY), screen)
        names = [text for text in scene.texts() if text.text in {own_name(Language(one)) for one in LANGUAGES}]
        least = 3.9 if screen.height_mm < 100 else 5.8
        assert len(names) == (6, 4)[page]
        assert len({text.capital_px for text in names}) == 1
        assert min(screen.mm(text.capital_px) for text in names) >= least


@pytest.mark.parametrize("panel", SCREENS)
def test_the_way_out_has_its_word_wherever_something_is_typed(panel):
    for name in ("phone", "phone-typed", "phone-foreign", "check_in", "check_in-letters"):
        scene = draw(view(fronts(EN)[name], EN), SCREENS[panel])
        assert [text.text for text in words_on(scene, scene.target("back").box)] == ["Back"], name


@pytest.mark.parametrize("panel", SCREENS)
def test_plus_and_erase_keep_their_places(panel):
    front = fronts(EN)["phone"]
    assert isinstance(front, Phone)
    places = []
    for typed in ("", "98"):
        scene = draw(view(Phone(front.pending, typed), EN), SCREENS[panel])
        assert {"plus", "erase"} <= keys(scene)
        places.append((scene.target("plus").box, scene.target("erase").box))
    assert places[0] == places[1]


def test_pages_are_turned_by_words_that_do_not_mean_to_leave():
    for name, screen in SCREENS.items():
        scene = draw(special(EN)["visit_types-more"], screen)
        texts = [text.text for text in scene.texts()]
        assert "Previous" in texts, name
        assert sum(" / " in text for text in texts) == 1, name
    first = draw(view(Languages(), EN, site=EVERY), SCREENS["10in"])
    assert "Previous" not in {text.text for text in first.texts()}


def test_needs_and_reasons_can_be_read_in_the_next_language():
    for front in (fronts(EN)["needs-department"], fronts(EN)["visit_types"]):
        for screen in SCREENS.values():
            assert "language:hi" in keys(draw(view(front, EN), screen))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_helps_is_named_and_drawn_unlike_a_need(language):
    scene = draw(view(Attract(), Language(language)), SCREENS["10in"])
    said = {text.text for text in scene.texts()}
    assert Words(Language(language)).text("kiosk.key.easier") in said
    icons = {item.name for item in scene.items if hasattr(item, "name")}
    needs = {item.name for item in draw(view(Needs(), EN), SCREENS["10in"]).items if hasattr(item, "name")}
    assert "see-hear" in icons - needs
