"""Calls of every length, alone and together, in every language: how large they are set, and that all are set alike."""

from itertools import pairwise

import pytest
from display_clinic import picture, site
from display_gallery import FLU, LONG_NOTICE, ordinary, view
from msgspec import structs

from display.announcer import Announcement, Called
from display.board import Layout, Now, Way, Zone, board
from display.screens import draw, grid, legible
from display.screens.band import shared
from display.screens.call import above, together
from display.screens.single import areas
from display.screens.sizes import Lines
from smartqueue.i18n import Words
from smartqueue.look import paint
from smartqueue.look.scene import Icon, Panel, Scene, Text
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.theme import NIGHT
from smartqueue.terms import LANGUAGES, Language, RoomId

HD, UPRIGHT = (1920, 1080), (1080, 1920)
SHAPES = pytest.mark.parametrize("shape", [HD, UPRIGHT], ids=["landscape", "portrait"])
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
CALLS = {
    "ordinary": (("A012", "room-3"), ("K007", "room-2"), ("H019", "room-5"), ("M004", "window-6")),
    "long": (("A1000", "window-12"), ("A999", "room-12b"), ("K1204", "window-12b"), ("M004", "window-6")),
    "longest": (("HK1000", "room-100"), ("MW9999", "window-1000"), ("PH0999", "room-107"), ("M004", "window-6")),
}
AROUND_PX = 8
"""From ink to the edge of what it stands in, at least."""


def calling(on, language: str, layout: Layout, shape, **about) -> Scene:
    return draw(view(picture(), language, layout, on=on, **about), grid(*shape, layout))


def bands(scene: Scene) -> list[Panel]:
    return [item for item in scene.items if isinstance(item, Panel) and item.fill == NIGHT.call]


def within(scene: Scene, panel: Panel, kind=Text) -> list:
    return [item for item in scene.items if isinstance(item, kind) and panel.box.encloses(item.box, 2)]


def capital(item: Text) -> float:
    return paint.place(item)[0].capital_px


def parts(scene: Scene, panel: Panel, on) -> tuple[Text, Text]:
    """Of a call: its label and its number."""
    rooms = {label: room.partition("-")[2].upper() for label, room in on}
    texts = within(scene, panel)
    label = next(one for one in texts if one.text in rooms)
    return label, next(one for one in texts if one.text.upper() == rooms[label.text])


@EVERY_LANGUAGE
@pytest.mark.parametrize("kind", CALLS)
@pytest.mark.parametrize("count", [1, 2, 3, 4])
@SHAPES
def test_calls_together_are_large_alike_and_clear_of_their_edges(shape, count, kind, language):
    on = CALLS[kind][:count]
    for turn in range(2):
        scene = calling(on, language, Layout.RECENT, shape, standing_s=3.0 * turn)
        found = [parts(scene, panel, on) for panel in bands(scene)]
        least = 0.18 * 1080 if shape == HD else 0.15 * 1080
        assert all(capital(label) >= least for label, _ in found)
        assert all(capital(number) <= capital(label) for label, number in found)
        assert len({(capital(label), capital(number)) for label, number in found}) == 1
        for panel in bands(scene):
            free = panel.box.inset(AROUND_PX)
            assert all(free.encloses(ink_box(item)) for item in within(scene, panel, Text | Icon))
        assert [str(one) for one in check(scene)] == []


@EVERY_LANGUAGE
@SHAPES
def test_the_labels_of_calls_side_by_side_stand_on_one_line(shape, language):
    scene = calling(CALLS["ordinary"], language, Layout.RECENT, shape)
    tops = [paint.place(parts(scene, panel, CALLS["ordinary"])[0])[2] - panel.box.y for panel in bands(scene)]
    assert max(tops) - min(tops) <= 1


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL])
@pytest.mark.parametrize("kind", CALLS)
@SHAPES
def test_a_call_has_its_arrow_or_else_a_clear_distance_to_the_room(shape, kind, layout):
    for on in CALLS[kind]:
        scene = calling(on, "en", layout, shape)
        (panel,) = bands(scene)
        arrows = within(scene, panel, Icon)
        assert all(one.box.w >= 100 for one in arrows)
        if arrows:
            continue
        label, *others = sorted((ink_box(one) for one in within(scene, panel)), key=lambda box: box.y)
        assert all(one.y >= label.bottom or one.x - label.right >= 60 for one in others)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
@pytest.mark.parametrize(("token", "word"), [("hi", "कमरा"), ("ar", "غرفة"), ("ta", "அறை")])
@SHAPES
def test_whatever_is_spoken_is_written_beside_every_call(shape, token, word, layout, count):
    on = (("A012", "room-3"), ("K007", "room-2"), ("H019", "room-5"), ("A999", "room-12b"))[:count]
    scene = calling(on, "en", layout, shape, token=token)
    for panel in bands(scene):
        second = [one for one in within(scene, panel) if one.text == word]
        assert [one.language for one in second] == [token]
        first = next(one for one in within(scene, panel) if one.text == "Room")
        assert capital(second[0]) >= 0.7 * capital(first)
    assert [str(one) for one in check(scene)] == []


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
@pytest.mark.parametrize("on", [("A012", "room-3"), ("HK1000", "room-100")], ids=str)
@pytest.mark.parametrize(("language", "tokens"), [("en", LANGUAGES), ("ar", ("ta", "es")), ("ta", ("ar", "es"))])
@SHAPES
def test_the_word_of_the_token_s_language_leaves_the_arrow_its_place(shape, language, tokens, on, layout):
    for token in tokens:
        scene = calling(on, language, layout, shape, token=token)
        (panel,) = bands(scene)
        assert len(within(scene, panel, Icon)) == 1
        assert [str(one) for one in check(scene)] == []


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
@pytest.mark.parametrize("on", [("A012", "window-6"), ("HK1000", "room-100"), ("MW9999", "window-1000")], ids=str)
@pytest.mark.parametrize(("language", "token"), [("ta", "es"), ("es", "ta"), ("ar", "sw"), ("bn", "fr")])
@SHAPES
def test_both_words_for_the_room_are_read_from_as_far_as_the_check_measured(shape, language, token, on, layout):
    size = grid(*shape, layout)
    measured = next(one for one in legible.measures(size) if "the token's language" in one.what)
    assert measured.needed == legible.WORD_MM_PER_M
    scene = calling(on, language, layout, shape, token=token)
    (panel,) = bands(scene)
    kind = on[1].partition("-")[0]
    words = {Words(Language(one)).text(f"display.{kind}") for one in (language, token)}
    found = [one for one in within(scene, panel) if one.text in words]
    assert {one.text for one in found} == words
    assert min(map(capital, found)) >= measured.capital_px > 0
    assert [str(one) for one in check(scene)] == []


def test_four_calls_that_are_too_wide_for_two_columns_have_their_turns_and_dots_say_which():
    seen = []
    for turn in range(2):
        scene = calling(CALLS["longest"], "en", Layout.RECENT, HD, standing_s=3.0 * turn)
        seen += [parts(scene, panel, CALLS["longest"])[0].text for panel in bands(scene)]
        dots = [item for item in scene.items if isinstance(item, Panel) and item.box.w == 2 * item.radius_px]
        assert [dot.fill is not None for dot in dots] == [n == turn for n in range(2)]
    assert seen == [label for label, _ in CALLS["longest"]]


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
@SHAPES
def test_no_call_of_any_language_needs_a_last_resort(shape, layout):
    """Of two letters and four digits, to a room of four: what the check of the settings measures is what is drawn."""
    size = grid(*shape, layout)
    for count in (1,) if layout is Layout.CALL else range(1, 5):
        box = areas(size)[0] if layout is Layout.CALL else above(size)[0] if count == 1 else together(size)
        for language in LANGUAGES:
            for room in ("room-1000", "window-1000"):
                on = Announcement(tuple(Called((str(n),), "MW9999", room, language) for n in range(count)))
                known = view(picture(), language, layout)
                now = board(picture(), known.clock, rows=3, on=(on, 1.0)).now
                assert isinstance(now, Now)
                assert shared(known, size, box, now.calls)[1].chosen.fits


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
@SHAPES
def test_the_longest_calls_are_not_smaller_than_what_the_check_of_the_settings_measured(shape, layout):
    measured = {one.what: one.capital_px for one in legible.measures(grid(*shape, layout))}
    for count in range(1, 5):
        on = CALLS["longest"][:count]
        scene = calling(on, "es", layout, shape)
        for panel in bands(scene):
            label, number = parts(scene, panel, on)
            word = next(one for one in within(scene, panel) if one.text in ("Sala", "Ventanilla"))
            assert capital(label) >= measured["the label on call"]
            assert capital(number) >= measured["the room's number on call"]
            assert capital(word) >= measured["the word for the room on call"]


@pytest.mark.parametrize("shape", [(1280, 1024), (1024, 768), (800, 600), (768, 1024), (2560, 1080)], ids=str)
@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL])
def test_screens_of_any_shape_show_the_longest_calls_whole(layout, shape):
    for language in ("en", "ta", "es"):
        for count in (1, 3, 4):
            assert [str(one) for one in check(calling(CALLS["longest"][:count], language, layout, shape))] == []


def test_a_room_with_a_way_of_its_own_is_set_like_one_without():
    ways = {RoomId("room-3"): Way.AHEAD_LEFT}
    scene = calling(CALLS["ordinary"], "en", Layout.RECENT, HD, zone=Zone(ways=ways))
    sizes = {capital(parts(scene, panel, CALLS["ordinary"])[0]) for panel in bands(scene)}
    assert len(sizes) == 1
    assert [len(within(scene, panel, Icon)) for panel in bands(scene)] == [1, 0, 0, 0]


# --- one call at a time ------------------------------------------------------------------------------


@EVERY_LANGUAGE
@SHAPES
def test_beside_one_call_date_notes_and_earlier_calls_stay_clear_of_edges(shape, language):
    told = picture(about=structs.replace(site(), notices=[LONG_NOTICE, FLU]))
    size = grid(*shape, Layout.CALL)
    for about in ({"on": ("A012", "room-3"), "for_s": 0.1}, {}):
        for n in range(4):
            scene = draw(view(told, language, Layout.CALL, at_s=6.0 * n, **about), size)
            assert [str(one) for one in check(scene)] == []
            head = [ink_box(one) for one in scene.texts() if one.box.y < size.top - 30]
            assert max(box.bottom for box in head) < size.top - 12
            for panel in (one for one in scene.items if isinstance(one, Panel) and one.box.h > 100):
                free = panel.box.inset(AROUND_PX)
                assert [item for item in within(scene, panel, Text | Icon) if not free.encloses(ink_box(item))] == []


@EVERY_LANGUAGE
def test_below_one_call_a_short_note_and_the_last_calls_stand_beside_each_other(language):
    measured = {one.what: one.capital_px for one in legible.measures(grid(*HD, Layout.CALL))}
    told = picture(about=structs.replace(site(), notices=[FLU]))
    scene = draw(view(told, language, Layout.CALL, on=("A012", "room-3")), grid(*HD, Layout.CALL))
    row = next(one for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.card)
    label = next(one for one in within(scene, row) if one.text == "K007")
    assert capital(label) >= measured["labels of earlier calls"]
    assert len(within(scene, row, Icon)) == 1
    assert any("12" in one.text and "9" in one.text for one in scene.texts())
    assert [str(one) for one in check(scene)] == []


def test_one_call_at_a_time_is_as_large_as_its_label_allows():
    heights = []
    for label in ("A012", "A1000", "HK1000", "MW9999"):
        scene = calling((label, "room-3"), "en", Layout.CALL, HD)
        heights.append(capital(parts(scene, bands(scene)[0], ((label, "room-3"),))[0]))
    assert heights[0] >= 0.28 * 1080
    assert all(longer <= shorter for shorter, longer in pairwise(heights))


# --- earlier calls -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rooms", [("3", "2", "5"), ("100", "3", "107"), ("1000", "3", "12B")])
@pytest.mark.parametrize("labels", [("A012", "K007", "M004"), ("HK1000", "A012", "MW9999")])
@EVERY_LANGUAGE
@SHAPES
def test_rows_of_earlier_calls_have_their_arrows_in_one_column_or_none_has(shape, language, labels, rooms):
    calls = [
        structs.replace(one, label=label, room=RoomId(f"room-{number.lower()}"))
        for one, label, number in zip(picture().calls, labels, rooms, strict=False)
    ]
    scene = draw(view(structs.replace(picture(), calls=tuple(calls)), language), grid(*shape))
    arrows = [item for item in scene.items if isinstance(item, Icon) and item.name == "arrow-right"]
    assert len(arrows) in (0, 3)
    assert len({(one.box.x, one.box.w) for one in arrows}) <= 1
    assert len({capital(one) for one in scene.texts() if one.text in labels}) == 1
    assert [str(one) for one in check(scene)] == []


def test_an_ordinary_day_has_an_arrow_in_every_row():
    scene = draw(view(ordinary(), "en"), grid(*HD))
    assert len([item for item in scene.items if isinstance(item, Icon) and item.name == "arrow-right"]) == 5


def test_no_way_to_set_a_call_lets_its_number_be_higher_than_its_label():
    for layout in (Layout.RECENT, Layout.CALL):
        for shape in (HD, UPRIGHT):
            for count in range(1, 5):
                for one in grid(*shape, layout).calls(count):
                    assert one.lines in Lines
                    assert not one.number or min(one.number) <= min(one.label)
