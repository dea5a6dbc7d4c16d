"""What a finger meets: words on keys as large as they must be, with air around them, in all ten languages."""

from dataclasses import replace as replace_view

import pytest
from kiosk_gallery import MORE_TYPES, SCREENS, VISIT_TYPES, fronts, special, view
from kiosk_panels import keys
from kiosk_worlds import EN, departments, site
from msgspec.structs import replace

from kiosk.fronts import Attract, CheckIn, Departments, Easier, Front, Languages, Needs, Phone, VisitTypes
from kiosk.screens import View, draw
from kiosk.screens.choosing import NEED_ICONS
from kiosk.screens.frame import LOWERED_SHARE
from kiosk.screens.pieces import letter_of
from smartqueue.i18n import Words, own_name
from smartqueue.look.paint import place
from smartqueue.look.scene import Box, Icon, Scene, Text
from smartqueue.look.scene_check import ink_box
from smartqueue.look.screen import Screen
from smartqueue.terms import LANGUAGES, Language, Need

WORD_MM = 3.6
AIR_MM = 1.5
WHOLE_NEED_MM = 1.0
"""A need of one long word comes nearer to its key's sides on low panels rather than be broken."""
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
        "phone-typed": fronts(language)["phone-typed"],
    }
    return {name: view(front, language, site=EVERY, checks_in=True) for name, front in made.items()}


def words_on(scene: Scene, box: Box) -> list[Text]:
    return [text for text in scene.texts() if text.text.strip() and box.encloses(text.box, slack=4)]


def crowded(scene: Scene, screen: Screen) -> list[str]:
    """Words on keys that are small, broken within, cut, or near an edge; the departments have tests of their own."""
    found, low = [], screen.height_mm < 100
    for target in scene.targets:
        if target.key.partition(":")[0] in {"department", "start", "corner"}:
            continue
        for text in words_on(scene, target.box):
            block, ink = place(text)[0], ink_box(text)
            if screen.mm(block.capital_px) < WORD_MM - 0.05:
                found.append(f"{target.key}: {text.text} is small")
            if block.cut:
                found.append(f"{target.key}: {text.text} is cut")
            least = WHOLE_NEED_MM if low and target.key.startswith("need:") else AIR_MM
            if min(ink.x - target.box.x, target.box.right - ink.right) < screen.px(least) - 1:
                found.append(f"{target.key}: {text.text} is near a side")
            if min(ink.y - target.box.y, target.box.bottom - ink.bottom) < screen.px(0.8) - 1:
                found.append(f"{target.key}: {text.text} is near top or bottom")
    return found


def small_pictures(scene: Scene, screen: Screen, language: str) -> list[str]:
    """Pictures that who cannot read would find last: words give way to them."""
    found, low = [], screen.height_mm < 100
    for target in scene.targets:
        verb = target.key.partition(":")[0]
        if verb not in {"easier", "languages", "lower", "leave", "back", "page", "need", "check_in"}:
            continue
        inside = [item for item in scene.items if isinstance(item, Icon) and target.box.encloses(item.box, slack=4)]
        side = screen.mm(max((min(item.box.w, item.box.h) for item in inside), default=0.0))
        needs = 12.0 if not low else 6.4 if language == "ta" else 8.2
        if inside and side < (needs if verb == "need" else 8.4):
            found.append(f"{target.key}: its picture has {side:.1f} mm")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_words_on_keys_are_large_and_whole_and_have_air_and_pictures_are_large(panel, language):
    screen, made = SCREENS[panel], {}
    for name, one in shown(Language(language)).items():
        scene = draw(one, screen)
        made[name] = [*crowded(scene, screen), *(small_pictures(scene, screen, language) if name != "phone" else [])]
    assert {name: found for name, found in made.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_needs_are_read_from_where_one_stands(language):
    screen = SCREENS["10in"]
    scene = draw(shown(Language(language))["needs"], screen)
    for need in Need:
        for text in words_on(scene, scene.target(f"need:{need}").box):
            assert screen.mm(place(text)[0].capital_px) >= 4.3, text.text


@pytest.mark.parametrize("panel", SCREENS)
def test_names_of_languages_are_large_and_on_one_line_across(panel):
    screen = SCREENS[panel]
    for page in (0, 1):
        scene = draw(view(Languages(page), EN, site=EVERY), screen)
        names = [text for text in scene.texts() if text.text in {own_name(Language(one)) for one in LANGUAGES}]
        least = 5.2 if screen.height_mm < 100 else 5.8
        assert len(names) == (6, 4)[page]
        assert len({text.capital_px for text in names}) == 1
        assert min(screen.mm(text.capital_px) for text in names) >= least
        rows = {round(target.box.y) for target in scene.targets if target.key.startswith("language:")}
        assert len({text.box.y for text in names}) == len(rows)


@pytest.mark.parametrize("panel", SCREENS)
def test_what_one_comes_for_has_one_size_on_all_pages_and_a_long_name_makes_no_other_small(panel):
    screen = SCREENS[panel]
    long = replace(VISIT_TYPES[0], names={EN: "Certificate of fitness for work, school or travel abroad"})
    first, sizes = replace(departments()[0], visit_types=[long, *VISIT_TYPES[1:], *MORE_TYPES]), set()
    for page in range(4):
        scene = draw(view(VisitTypes(first, page), EN), screen)
        for target in scene.targets:
            if target.key.startswith("visit_type:") and target.key != f"visit_type:{long.id}":
                sizes |= {text.capital_px for text in words_on(scene, target.box)}
    assert len(sizes) == 1
    assert screen.mm(min(sizes)) >= (4.6 if screen.height_mm < 100 else 5.8)


@pytest.mark.parametrize("panel", SCREENS)
@pytest.mark.parametrize("lowered", [False, True])
def test_what_is_chosen_from_lies_within_reach(panel, lowered):
    """From 200 mm in the lower two thirds, and lower with the key for that, which is on each of these screens."""
    screen = SCREENS[panel]
    if screen.height_mm < 200:
        return
    for name in ("languages", "languages-2", "needs", "visit_types", "visit_types-2", "easier"):
        scene = draw(replace_view(shown(EN)[name], lowered=lowered), screen)
        own = [one.box.y for one in scene.targets if one.key.partition(":")[0] in {"language", "need", "visit_type"}]
        assert min(own, default=screen.height_px) >= (LOWERED_SHARE if lowered else 1 / 3) * screen.height_px - 1, name
        assert "lower" in keys(scene), name


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", SCREENS)
def test_needs_and_reasons_can_be_read_in_every_language_and_made_easier(panel, language):
    """On a low panel with pages, longer words leave no place for what makes it easier."""
    screen, views = SCREENS[panel], shown(Language(language))
    helps = {"lower"} if screen.height_mm >= 200 else {"easier"}
    for name in ("needs", "visit_types", "visit_types-2", "languages", "languages-2"):
        offered = keys(draw(views[name], screen))
        assert "languages" in offered or name.startswith("languages"), name
        assert helps <= offered or (screen.height_mm < 100 and name.startswith("visit_types")), name


def test_of_two_languages_the_other_one_is_one_touch_away():
    here = site(languages=[EN, Language("hi")])
    for front in (fronts(EN)["needs-department"], fronts(EN)["visit_types"]):
        assert "language:hi" in keys(draw(view(front, EN, site=here), SCREENS["7in"]))


@pytest.mark.parametrize("panel", SCREENS)
def test_the_globe_stands_for_languages_without_a_key_of_their_own(panel):
    scene = draw(view(Attract(), EN, site=EVERY, checks_in=True), SCREENS[panel])
    own = {letter_of(Language(key.partition(":")[2])) for key in keys(scene) if key.startswith("language:")}
    letters = {text.text for text in words_on(scene, scene.target("languages").box)}
    assert letters
    assert not letters & own
    assert letters <= {letter_of(Language(one)) for one in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_helps_is_named_and_drawn_unlike_a_need(language):
    scene = draw(view(Attract(), Language(language)), SCREENS["10in"])
    said = {text.text for text in scene.texts()}
    assert Words(Language(language)).text("kiosk.key.easier") in said
    icons = {item.name for item in scene.items if hasattr(item, "name")}
    assert "see-hear" in icons - set(NEED_ICONS.values())
