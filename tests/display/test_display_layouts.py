"""Every layout in every size and language: what a real screen would show wrong; and what is in none of the others."""

from dataclasses import replace

import pytest
from display_clinic import CALLS, DEPARTMENTS, NOON, ROOMS, call, picture, site
from display_gallery import (
    FLU,
    FOUR,
    KEY_CASES,
    LANGUAGES,
    LONG_NOTICE,
    WAYS,
    busy,
    crowded,
    eventful,
    few,
    grids,
    ordinary,
    scenes,
    view,
)
from msgspec import structs

from display.board import Layout, Zone
from display.screens import TURN_S, draw, grid
from smartqueue.i18n import Words
from smartqueue.look import paint
from smartqueue.look.scene import Icon, Panel, Scene, Text
from smartqueue.look.scene_check import check
from smartqueue.look.theme import NIGHT
from smartqueue.terms import LANGUAGES as ALL_LANGUAGES
from smartqueue.terms import Label, RoomId, RoomState, TokenState

FREE_BELOW = {layout: 0.9 for layout in Layout} | {Layout.DOOR: 0.96}
DOOR = {"room": RoomId("room-3"), "zone": Zone(rooms=frozenset({RoomId("room-3")}))}
ALL_SIZES = [(layout, n) for layout in Layout for n in range(5)]


def texts(scene: Scene) -> list[str]:
    return [item.text for item in scene.items if isinstance(item, Text)]


def flat(scene: Scene) -> str:
    """All words, wherever lines end."""
    return " ".join(texts(scene)).replace("\n", " ")


def icons(scene: Scene) -> list[str]:
    return [item.name for item in scene.items if isinstance(item, Icon)]


def calls_on(scene: Scene) -> list[Panel]:
    return [item for item in scene.items if isinstance(item, Panel) and item.fill == NIGHT.call]


def is_dot(item) -> bool:
    return isinstance(item, Panel) and item.box.w == item.box.h == 2 * item.radius_px


def shown(known, language: str = "en", layout: Layout = Layout.RECENT, size=(1920, 1080), **about) -> Scene:
    return draw(view(known, language, layout, **about), grid(*size, layout))


def door(known, language: str = "en", size=(1024, 600), **about) -> Scene:
    return shown(known, language, Layout.DOOR, size, **DOOR, **about)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("layout", "which"), ALL_SIZES, ids=str)
def test_no_screen_has_a_defect(layout, which, language):
    size = list(grids(layout))[which]
    found = []
    for case in scenes(size, language):
        if which < 2 or case.name in KEY_CASES:
            found += [f"{case.name}: {defect}" for defect in check(case.scene)]
            lowest = max(item.box.bottom for item in case.scene.items)
            if lowest > FREE_BELOW[layout] * size.height_px + 1:
                found.append(f"{case.name}: something reaches down to {lowest}")
    assert found == []


# --- several calls at once ---------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.DEPARTMENTS])
@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=["landscape", "portrait"])
def test_calls_that_are_announced_together_share_the_screen(layout, count, size):
    scene = shown(ordinary(), "en", layout, size, on=FOUR[:count])
    assert scene.name == "display-split"
    assert len(calls_on(scene)) == count
    assert [one for one in texts(scene) if one in dict(FOUR)] == [label for label, _ in FOUR[:count]]
    areas = [one.box for one in calls_on(scene)]
    assert not any(a.overlaps(b) for n, a in enumerate(areas) for b in areas[n + 1 :])


def test_in_landscape_labels_that_share_the_screen_are_as_high_as_promised():
    scene = shown(ordinary(), on=FOUR)
    for label, _ in FOUR:
        item = next(item for item in scene.texts() if item.text == label)
        assert paint.place(item)[0].capital_px >= 0.18 * 1080


def test_where_only_one_call_is_large_enough_several_take_turns_and_all_have_one_in_twelve_seconds():
    seen = []
    for turn in range(4):
        scene = shown(ordinary(), "en", Layout.CALL, on=FOUR, standing_s=TURN_S * turn)
        assert len(calls_on(scene)) == 1
        seen += [one for one in texts(scene) if one in dict(FOUR)]
        dots = [one for one in scene.items if is_dot(one) and one.edge == NIGHT.on_call]
        assert [one.fill is not None for one in dots] == [n == turn for n in range(4)]
    assert seen == [label for label, _ in FOUR]
    assert 4 * TURN_S <= 12.0


def test_while_calls_share_the_screen_the_hubs_absence_and_missing_sound_are_said_above_them():
    assert "Board as of 10:31" in texts(shown(ordinary(), on=FOUR, away=True, late=0.1))
    assert "No sound: watch this screen" in texts(shown(ordinary(), on=FOUR, sound=False))


# --- which way to go ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_arrow_points_to_where_a_room_lies_whichever_way_people_read(language):
    scene = shown(ordinary(), language, zone=Zone(ways=WAYS))
    assert icons(scene)[1:6] == ["arrow-up-left", "arrow-right", "stairs-up", "arrow-left", "turn-back"]
    assert not any(item.flipped for item in scene.items if isinstance(item, Icon) and item.name in WAYS_ICONS)


WAYS_ICONS = {"arrow-up-left", "arrow-right", "stairs-up", "arrow-left", "turn-back"}


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
def test_a_call_points_to_its_room_too(layout):
    scene = shown(ordinary(), "en", layout, on=("A012", "room-3"), zone=Zone(ways=WAYS))
    assert "arrow-up-left" in icons(scene)


def test_where_ways_are_known_a_room_without_one_has_no_arrow_that_would_mislead():
    ways = {RoomId("room-2"): WAYS[RoomId("room-2")]}
    scene = shown(ordinary(), on=("A012", "room-3"), zone=Zone(ways=ways))
    large = [item for item in scene.items if isinstance(item, Icon) and item.box.w > 100]
    assert large == []


# --- one call at a time ------------------------------------------------------------------------------


def test_one_call_stands_alone_and_fills_the_screen():
    scene = shown(ordinary(), "en", Layout.CALL, on=("A012", "room-3"))
    (band,) = calls_on(scene)
    assert band.box.h > 0.55 * 1080
    assert all(item.box.y > band.box.bottom for item in scene.texts() if item.text in ("K007", "H019", "A011"))


def test_below_one_call_those_before_it_have_their_turns_beside_notes():
    def labels(known) -> list[str]:
        pages = [texts(shown(known, "en", Layout.CALL, on=("A012", "room-3"), at_s=6.0 * n)) for n in range(6)]
        return [next((one for one in said if one in ("K007", "H019", "A011")), "") for said in pages]

    assert labels(ordinary()) == ["K007", "H019", "A011"] * 2
    told = picture(about=structs.replace(site(), notices=[{"en": FLU["en"]}]))
    assert labels(told) == ["K007", "H019", "A011"] * 2
    assert FLU["en"] in flat(shown(told, "en", Layout.CALL, on=("A012", "room-3")))
    long = picture(about=structs.replace(site(), notices=[{"en": "The lift is out of order this week. " * 3}]))
    assert labels(long) == ["", "K007", "", "H019", "", "A011"]


def test_between_calls_three_stand_large_and_the_others_have_their_turn():
    seen = set()
    for turn in range(3):
        labels = [one for one in texts(shown(ordinary(), "en", Layout.CALL, at_s=6.0 * turn)) if one[1:].isdigit()]
        assert len(labels) == 3
        seen |= set(labels)
    assert {"A012", "K007", "H019"} <= seen


def test_with_the_hub_away_the_far_board_says_how_old_it_is_first():
    scene = shown(ordinary(), "en", Layout.CALL, away=True, late=9)
    assert scene.name == "display-away"
    assert "Board as of 10:31, 9 minutes old" in texts(scene)
    assert "A012" in texts(scene)


# --- by department -----------------------------------------------------------------------------------


def test_each_department_has_a_card_with_its_wait_and_its_last_call():
    scene = shown(ordinary(), "en", Layout.DEPARTMENTS, late=5)
    assert scene.name == "display-departments"
    said = texts(scene)
    assert {"General Medicine", "15–35 min", "A012", "Paediatrics", "20–40 min", "K007"} <= set(said)
    assert said.index("General Medicine") < said.index("A012") < said.index("Paediatrics") < said.index("K007")


def test_a_card_shows_only_calls_of_its_department_and_more_where_cards_are_few():
    said = texts(shown(few(2), "en", Layout.DEPARTMENTS))
    assert said.index("A012") < said.index("A011") < said.index("A010") < said.index("Paediatrics") < said.index("K007")


def test_during_a_call_the_cards_stand_below_it():
    scene = shown(ordinary(), "en", Layout.DEPARTMENTS, on=("A012", "room-3"))
    (band,) = calls_on(scene)
    names = [item for item in scene.texts() if item.text == "General Medicine"]
    assert names[0].box.y > band.box.bottom
    assert paint.place(next(item for item in scene.texts() if item.text == "A012"))[0].capital_px >= 0.18 * 1080


def test_every_card_has_its_turn():
    letters = {one.letter for one in crowded().departments.values()}
    pages = [texts(shown(crowded(), "en", Layout.DEPARTMENTS, at_s=6.0 * n)) for n in range(6)]
    assert letters <= {one for said in pages for one in said}


def test_calls_that_must_still_be_seen_have_their_turn_on_a_card():
    calls = tuple(call(40 - n, f"A{n:03}", ago_s=5 * n, played=True) for n in range(8))
    pages = [texts(shown(picture(calls), "en", Layout.DEPARTMENTS, at_s=6.0 * n)) for n in range(8)]
    assert {f"A{n:03}" for n in range(8)} <= {one for said in pages for one in said}


# --- the door of a room ------------------------------------------------------------------------------

NEXT = {"next": Label("A013"), "waiting": 4}


def test_a_door_shows_its_room_whom_it_is_busy_with_and_who_is_next():
    said = texts(door(busy("A012", **NEXT)))
    assert {"Room", "3", "General Medicine", "In the room now", "A012", "Next", "A013", "4 waiting"} <= set(said)


def test_a_call_stands_on_the_door_in_the_colour_of_calls():
    scene = door(busy("A012", TokenState.CALLED, **NEXT), on=("A012", "room-3"))
    assert len(calls_on(scene)) == 1
    assert {"Please come in", "A012", "A013"} <= set(texts(scene))


def test_whoever_was_called_and_has_not_come_is_still_asked_in():
    scene = door(busy("A012", TokenState.CALLED))
    assert calls_on(scene) == []
    assert "Please come in" in texts(scene)


def test_a_door_whose_room_is_free_paused_or_closed_says_so():
    back = {"back_at": NOON.replace(minute=45)}
    assert "Please wait until your number is called" in flat(door(busy(None)))
    assert "On a break Back at 10:45" in flat(door(busy(None, state=RoomState.PAUSED, **back)))
    assert "Closed" in texts(door(busy(None, state=RoomState.CLOSED)))


def test_with_the_hub_away_a_door_says_how_old_it_is_and_names_nobody_as_next():
    scene = door(busy("A012", **NEXT), away=True, late=9)
    assert "Board as of 10:31, 9 minutes old" in flat(scene)
    assert "A012" in texts(scene)
    assert "A013" not in texts(scene)


def test_a_door_that_the_hub_does_not_have_is_out_of_service_and_says_why():
    lost = {"room": RoomId("room-77"), "zone": Zone(rooms=frozenset({RoomId("room-77")}))}
    scene = shown(ordinary(), "en", Layout.DOOR, **lost)
    assert scene.name == "display-no-room"
    assert Words("en").text("display.no_room.note") in flat(scene)


# --- what concerns everybody -------------------------------------------------------------------------


def test_an_emergency_is_explained_and_the_department_named():
    for layout in (Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS):
        assert "An emergency goes first in A" in flat(shown(eventful(), "en", layout))


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.DEPARTMENTS])
def test_the_department_with_an_emergency_has_a_sign_of_its_own_too(layout):
    scene = shown(eventful(), "en", layout)
    signs = [item.box.centre[1] for item in scene.items if isinstance(item, Icon) and item.name == "warning"]
    badge = next(item for item in scene.texts() if item.text == "A")
    assert len(signs) == 2
    assert any(sign == pytest.approx(badge.box.centre[1], abs=2) for sign in signs)


EVERY_LAYOUT = [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS]


@pytest.mark.parametrize("sound", [True, False])
@pytest.mark.parametrize("layout", EVERY_LAYOUT)
@pytest.mark.parametrize("on", [None, ("A012", "room-3")])
def test_an_emergency_stands_all_the_time_while_notices_take_turns(layout, on, sound):
    """Only other trouble may take turns with it."""
    told = structs.replace(eventful(), site=structs.replace(site(), notices=[FLU, {"en": "Closed tomorrow"}]))
    pages = [flat(shown(told, "en", layout, at_s=6.0 * n, on=on, sound=sound)) for n in range(8)]
    trouble = ["emergency" in said or "No sound" in said for said in pages]
    assert all(trouble)
    assert all("emergency" in said for said in pages) or not sound
    assert sum("emergency" in said for said in pages) >= 4
    if not on and layout is not Layout.CALL:
        assert any(FLU["en"] in said for said in pages)
        assert any("Closed tomorrow" in said for said in pages)


@pytest.mark.parametrize("language", ALL_LANGUAGES)
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=["landscape", "portrait"])
@pytest.mark.parametrize("layout", EVERY_LAYOUT)
def test_trouble_that_stands_has_room_in_every_language(layout, size, language):
    told = structs.replace(eventful(), site=site(insecure_lan=True))
    for n in range(3):
        scene = shown(told, language, layout, size, sound=False, at_s=6.0 * n)
        assert [str(defect) for defect in check(scene)] == []


def test_a_department_that_gives_out_no_more_numbers_names_its_last_one():
    assert "up to H045 today" in texts(shown(eventful()))
    assert "up to H045 today" in texts(shown(eventful(), "en", Layout.DEPARTMENTS))


def test_a_room_on_a_break_beside_open_ones_is_told():
    pages = [flat(shown(eventful(), at_s=6.0 * n)) for n in range(6)]
    assert any("Room\u00a012: break until 10:55" in said for said in pages)
    assert not any("Room\u00a04" in said for said in pages)  # its department says so itself


def test_notices_take_turns_in_the_display_s_language_first_and_then_in_the_other_languages():
    told = picture(about=structs.replace(site(), notices=[FLU, {"hi": "कल बंद"}]))
    said = [flat(shown(told, "ar", at_s=6.0 * n)) for n in range(4)]
    order = [FLU["ar"], FLU["en"], FLU["hi"], "कल बंद"]
    assert [next(one for one in order if one in page) for page in said] == order


def test_a_notice_is_set_in_its_own_language():
    told = picture(about=structs.replace(site(), notices=[{"hi": FLU["hi"]}]))
    item = next(item for item in shown(told).texts() if item.text == FLU["hi"])
    assert item.language == "hi"


@pytest.mark.parametrize(
    ("layout", "on"),
    [
        *((layout, None) for layout in (Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS)),
        *((layout, ("A012", "room-3")) for layout in (Layout.RECENT, Layout.CALL)),
    ],
)
def test_a_long_notice_is_told_in_parts_and_no_word_of_it_is_missing(layout, on):
    told = picture(about=structs.replace(site(), notices=[{"en": LONG_NOTICE["en"]}]))
    parts, dots = [], []
    for n in range(8):
        scene = shown(told, "en", layout, on=on, at_s=(12.0 if on and layout is Layout.CALL else 6.0) * n)
        note = next(one for one in scene.texts() if part_of(one) in LONG_NOTICE["en"] and len(part_of(one)) > 3)
        if part_of(note) in parts:
            break
        parts.append(part_of(note))
        frame = next(one for one in scene.items if isinstance(one, Panel) and one.box.encloses(note.box) and one.edge)
        dots.append([one.fill is not None for one in scene.items if is_dot(one) and frame.box.encloses(one.box)])
    assert " ".join(parts) == LONG_NOTICE["en"]
    few_dots = min(len(parts), 4)
    assert all(len(one) == few_dots and sum(one) == 1 for one in dots)
    assert [one.index(True) for one in dots] == [n * few_dots // len(parts) for n in range(len(parts))]


def part_of(item: Text) -> str:
    return item.text.replace("\n", " ").removesuffix("…")


def test_with_the_hub_away_notices_and_breaks_are_withdrawn():
    told = structs.replace(eventful(), site=structs.replace(site(), notices=[FLU]))
    pages = [flat(shown(told, away=True, late=9, at_s=6.0 * n)) for n in range(3)]
    assert not any("emergency" in said or "break until" in said or FLU["en"] in said for said in pages)


def test_what_the_settings_name_and_the_site_does_not_have_is_told_to_the_technician():
    scene = shown(ordinary(), zone=Zone(frozenset({"cardiology", "urology"})))
    assert "urology" in flat(scene)
    assert "cardiology" not in flat(scene)


@pytest.mark.parametrize("language", ALL_LANGUAGES)
@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL])
@pytest.mark.parametrize("opens_at", [None, "14:00"])
def test_where_all_is_closed_the_board_says_so_and_when_it_opens_and_promises_no_number(layout, opens_at, language):
    later = structs.replace(DEPARTMENTS[0], open=False, opens_at="16:00", estimate=None, waiting=0)
    first = structs.replace(DEPARTMENTS[1], open=False, opens_at=opens_at, estimate=None, waiting=0)
    known = picture((), (structs.replace(later, opens_at=opens_at and "16:00"), first))
    scene, words = shown(known, language, layout), Words(language)
    told = words.text("display.shut_until", time=opens_at) if opens_at else words.text("display.shut")
    assert told.replace(" ", "") in flat(scene).replace(" ", "")
    assert words.text("display.no_calls") not in flat(scene)
    assert words.text("display.hint") not in flat(scene)
    assert [str(defect) for defect in check(scene)] == []


# --- zones -------------------------------------------------------------------------------------------


def test_a_display_of_one_department_shows_its_calls_and_its_wait_alone():
    said = texts(shown(ordinary(), zone=Zone(frozenset({"general-medicine"}))))
    assert [one for one in said if one[1:].isdigit() and len(one) == 4] == ["A012", "A011", "A010"]
    assert "General Medicine" in [one.replace("\n", " ") for one in said]
    assert "Paediatrics" not in said


def test_few_departments_stand_large():
    few_, many = (shown(known) for known in (few(2), ordinary()))
    capitals = [
        next(paint.place(item)[0].capital_px for item in scene.texts() if item.text == "15–35 min")
        for scene in (few_, many)
    ]
    assert capitals[0] > 1.5 * capitals[1]


def test_calls_to_unknown_rooms_still_say_where():
    scene = shown(picture(CALLS, rooms=ROOMS[:1]), "en", Layout.CALL)
    assert {"A012", "3"} <= set(texts(scene))


# --- languages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("token", "word"), [("hi", "कमरा"), ("ar", "غرفة")])
def test_the_room_of_a_call_is_written_in_the_token_s_language_too(token, word):
    """What is spoken is written."""
    scene = shown(ordinary(), on=("A012", "room-3"), token=token)
    first, second = (next(item for item in scene.texts() if item.text == one) for one in ("Room", word))
    assert (second.language, first.language) == (token, "en")
    assert paint.place(second)[0].capital_px >= 0.7 * paint.place(first)[0].capital_px
    assert second.box.bottom <= first.box.y or second.box.bottom < paint.place(first)[2]


def test_in_the_display_s_own_language_the_room_is_written_once():
    def large(token: str) -> list[str]:
        scene = shown(ordinary(), on=("A012", "room-3"), token=token)
        return [item.text for item in scene.texts() if item.colour == NIGHT.on_call]

    assert large("en") == ["A012", "Room", "3"]
    assert large("hi") == ["A012", "Room", "कमरा", "3"]


def test_a_language_that_this_machine_has_no_letters_for_is_left_out_and_breaks_nothing():
    names = {one.id: structs.replace(one, names={"zh": "内科", **one.names}) for one in DEPARTMENTS}
    told = structs.replace(site(), notices=[{"zh": "今天", "en": "Today"}, {"zh": "明天"}], languages=["en", "zh"])
    known = structs.replace(picture(about=told), departments=names)
    about = [view(known, "en", at_s=6.0 * n, on=("A012", "room-3"), token="zh") for n in range(3)]
    said = [texts(draw(replace(one, letters=lambda language: language != "zh"), grid(1280, 720))) for one in about]
    assert not any("今天" in one or "明天" in one or "内科" in one for one in said)
    assert any("Today" in one for one in said)
    assert "General Medicine" in said[0]
