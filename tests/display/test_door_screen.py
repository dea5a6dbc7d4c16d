"""A room's door: what stands on one line, where lines begin, and what it says while the hub is away."""

import pytest
from display_clinic import DEPARTMENTS, ROOMS
from display_gallery import LONG, busy, crowded, view
from msgspec import structs

from display.board import Layout, Zone
from display.screens import draw, grid
from smartqueue.i18n import Words
from smartqueue.look.paint import place
from smartqueue.look.scene import Icon, Panel, Scene, Text
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.theme import NIGHT
from smartqueue.terms import LANGUAGES, Label, RoomId, TokenState

SIZES = [(800, 480), (600, 1024)]
OURS = RoomId("room-3")
NEXT = {"next": Label("A013"), "waiting": 4}


def door(known, language="en", size=(800, 480), **about) -> Scene:
    zone = Zone(rooms=frozenset({OURS}))
    return draw(view(known, language, Layout.DOOR, room=OURS, zone=zone, **about), grid(*size, Layout.DOOR))


def text(scene: Scene, wanted: str) -> Text:
    return next(item for item in scene.texts() if item.text == wanted)


def baseline(item: Text) -> int:
    return place(item)[2]


def start(scene: Scene, *, right: bool) -> float:
    """Where reading begins at the foot: distance of the first ink from the edge of its box."""
    foot = max((item.box for item in scene.items if isinstance(item, Panel)), key=lambda box: box.y)
    inks = [ink_box(item) for item in scene.items if isinstance(item, Text | Icon) and foot.encloses(item.box, 4)]
    return foot.right - max(ink.right for ink in inks) if right else min(ink.x for ink in inks) - foot.x


@pytest.mark.parametrize("language", LANGUAGES)
def test_room_department_and_clock_stand_on_one_baseline_and_so_do_next_and_how_many_wait(language):
    scene, words = door(busy("A012", **NEXT), language), Words(language)
    department = view(busy("A012"), language).named(DEPARTMENTS[0].names).text
    head = (words.text("display.room"), "3", department, "10:31")
    foot = (words.text("display.door.next"), "A013", words.count("display.waiting", 4))
    assert len({baseline(text(scene, one)) for one in head}) == 1
    lines = [baseline(text(scene, one)) for one in foot]
    assert max(lines) - min(lines) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_whatever_stands_at_the_foot_begins_at_one_place(size, language):
    right = Words(language).direction == "rtl"
    scenes = [
        door(busy("A012", **NEXT), language, size),
        door(busy("A012"), language, size),
        door(busy("A012", **NEXT), language, size, away=True, late=9),
        door(busy("A012", **NEXT), language, size, sound=False, at_s=6.0),
    ]
    starts = [start(scene, right=right) for scene in scenes]
    assert max(starts) - min(starts) < 6
    assert [str(defect) for scene in scenes for defect in check(scene)] == []
    for scene in scenes:
        foot = max((item.box for item in scene.items if isinstance(item, Panel)), key=lambda box: box.y)
        said = [item for item in scene.texts() if foot.encloses(item.box, 4)]
        assert all(foot.inset(0, 3).encloses(ink_box(item)) for item in said)
        assert all(not place(item)[0].hyphenated for item in said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", ["K", "R", "X"])
def test_a_long_name_keeps_off_what_stands_below_it(letter, language):
    rooms = [structs.replace(one, departments=[crowded_of(letter).id]) if one.id == OURS else one for one in ROOMS]
    known = structs.replace(crowded(), rooms={one.id: one for one in rooms})
    scene = door(known, language)
    card = min((item.box for item in scene.items if isinstance(item, Panel)), key=lambda box: box.y)
    name = view(known, language).named(LONG[letter]).text
    item = next(one for one in scene.texts() if one.text == name)
    assert card.y - ink_box(item).bottom >= 6
    assert ink_box(item).y >= 4


def crowded_of(letter: str):
    return next(one for one in crowded().departments.values() if one.letter == letter)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("token", [TokenState.CALLED, TokenState.SERVING])
def test_with_the_hub_away_a_label_is_no_fact_any_more_and_staff_call_in_person(token, size, language):
    scene, words = door(busy("A012", token, **NEXT), language, size, away=True, late=9), Words(language)
    said = " ".join(item.text for item in scene.texts()).replace("\n", " ")
    assert text(scene, "A012").colour == NIGHT.quiet
    assert words.text("display.door.last") in said
    assert words.text("display.door.staff").replace(" ", "") in said.replace(" ", "")
    assert words.text("display.door.inside") not in said
    assert words.text("display.door.come") not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_hub_away_nobody_is_asked_to_wait_for_a_call_that_the_door_can_not_show(language):
    scene, words = door(busy(None), language, away=True, late=9), Words(language)
    said = "".join(item.text for item in scene.texts()).replace("\n", "").replace(" ", "")
    assert said.count(words.text("display.door.staff").replace(" ", "")) == 1
    assert words.text("display.door.free").replace(" ", "") not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("token", ["en", "hi", "ar", "ta", "sw"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_call_asks_in_both_languages_and_names_the_room_in_both_and_its_label_stays_the_largest(
    size, token, language
):
    """What is spoken is written."""
    for label in ("A012", "HK1000"):
        known = busy(label, TokenState.CALLED, **NEXT)
        scene = door(known, language, size, on=(label, "room-3"), token=token)
        assert [str(defect) for defect in check(scene)] == []
        said = [item.text.replace("\n", " ") for item in scene.texts()]
        for words in {language: Words(language), token: Words(token)}.values():
            assert said.count(words.text("display.door.come")) == 1
            assert words.text("display.room") in said
        sizes = {item.text: place(item)[0].capital_px for item in scene.texts()}
        assert sizes.pop(label) > 1.6 * max(sizes.values())
