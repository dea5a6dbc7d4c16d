"""The first calls of a day: nothing waits empty for calls that nobody made yet, and few calls are large."""

from itertools import pairwise

import pytest
from display_clinic import CALLS, DEPARTMENTS, picture
from display_gallery import LONG_NOTICE, few, ordinary, view
from msgspec import structs

from display.board import Layout
from display.screens import draw, grid
from display.screens.history import height
from smartqueue.look.paint import place
from smartqueue.look.scene import Icon, Panel, Scene, Text
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.theme import NIGHT
from smartqueue.terms import LANGUAGES
from smartqueue.wire import Names

SHAPES = pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=["landscape", "upright"])
ON = ("A012", "room-3")
FIRST = picture(calls=())
YOURS = "Your number will appear here."


def shown(known, layout: Layout, size, language: str = "en", **about) -> Scene:
    return draw(view(known, language, layout, **about), grid(*size, layout))


def said(item: Text) -> str:
    return item.text.replace("\n", " ")


def named(scene: Scene, names: Names, language: str) -> Text:
    wanted = view(ordinary(), language).named(names).text
    return next(item for item in scene.texts() if said(item) == wanted)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.DEPARTMENTS])
@SHAPES
def test_below_the_first_call_of_a_day_departments_have_the_whole_width(size, layout, count, language):
    known, panel = picture((), DEPARTMENTS[:count]), grid(*size, layout)
    scene = shown(known, layout, size, language, on=ON)
    assert [str(defect) for defect in check(scene)] == []
    below = [one.box for one in scene.items if isinstance(one, Panel) and one.box.y > panel.body.y + 200]
    cards = [one.box for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.card]
    assert cards
    assert {(box.x, box.w) for box in cards} == {(panel.body.x, panel.body.w)}
    assert max(box.bottom for box in below) == pytest.approx(panel.body.bottom, abs=2)
    if language in ("en", "hi", "ar"):
        names = [place(named(scene, one.names, language))[0].capital_px for one in DEPARTMENTS[:count]]
        assert min(names) > panel.rest * 1.08


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
@SHAPES
def test_by_department_too_it_is_said_where_numbers_will_appear(size, count, language):
    """And a name and what is said of its wait stand so near each other that the eye finds the way."""
    known, panel = picture((), DEPARTMENTS[:count]), grid(*size, Layout.DEPARTMENTS)
    scene = shown(known, Layout.DEPARTMENTS, size, language)
    words = view(known, language).words
    if language == "en":
        name = named(scene, DEPARTMENTS[0].names, language)
        assert place(name)[0].capital_px >= panel.rest * 1.08
    assert [str(defect) for defect in check(scene)] == []
    told = next(
        item for item in scene.texts() if said(item).replace(" ", "") == words.text("display.no_calls").replace(" ", "")
    )
    name = max(
        (one for one in scene.texts() if one.box.right < panel.width_px and one.text == "A"), key=lambda one: one.box.w
    )
    wait = next(item for item in scene.texts() if item.text == words.text("display.range", low=15, high=35))
    assert place(told)[0].capital_px >= panel.rest
    assert abs(ink_box(wait).centre[0] - ink_box(name).centre[0]) < panel.body.w * (0.9 if panel.portrait else 0.45)


def rows_of(scene: Scene, labels: set[str]) -> list[Panel]:
    """Cards of calls, from above."""
    found = [item.box for item in scene.texts() if item.text in labels]
    cards = [one for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.card]
    return [one for one in cards if any(one.box.encloses(box) for box in found) and one.box.h < 750]


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL])
@SHAPES
def test_between_calls_few_are_larger_and_the_rest_says_what_will_stand_there(size, layout):
    panel = grid(*size, layout)
    usual, fits = panel.rows("idle"), panel.fits("idle")
    top, tall = panel.body.y, height(usual, fits)
    labels = [one.label for one in CALLS]
    for count in range(1, fits + 1):
        scene = shown(picture(CALLS[:count]), layout, size)
        assert [str(defect) for defect in check(scene)] == []
        rows = rows_of(scene, set(labels))
        filler = [item for item in scene.texts() if said(item) == YOURS]
        assert len(rows) == count
        assert len({row.box.h for row in rows}) == 1
        assert all(below.box.y - above.box.bottom == pytest.approx(usual.gap) for above, below in pairwise(rows))
        assert filler or rows[-1].box.bottom == pytest.approx(top + tall, abs=2)
        assert len(filler) == (count == 1 or (count == 2 and fits == 5))
        label = next(item for item in scene.texts() if item.text == labels[0])
        assert (place(label)[0].capital_px > usual.label * 1.05) == (count < fits)


def test_during_a_call_few_earlier_ones_are_larger_too_and_smaller_than_it():
    for count in (1, 2, 3):
        scene = shown(picture(CALLS[: count + 1]), Layout.RECENT, (1920, 1080), on=ON)
        sizes = [place(item)[0].capital_px for item in scene.texts() if item.text in {one.label for one in CALLS}]
        assert len(sizes) == count + 1
        assert 60.5 < max(sizes[1:]) < 0.6 * max(sizes)


def dots(scene: Scene) -> list[bool]:
    """Of the mark beside calls that take turns: which of them is filled."""
    found = [one for one in scene.items if isinstance(one, Panel) and one.radius_px == one.box.w / 2 == one.box.h / 2]
    return [one.fill is not None for one in sorted(found, key=lambda one: one.box.y)]


def turned(count: int) -> tuple[list[str], list[list[str]], list[list[bool]]]:
    """So many calls of one department that have to be seen; labels from above on eight pages, and their marks."""
    own = tuple(
        structs.replace(CALLS[0], announcement=str(90 - n), label=f"A{90 - n}", played=True) for n in range(count)
    )
    labels = [one.label for one in own]
    scenes = [shown(picture(own, DEPARTMENTS[:4]), Layout.DEPARTMENTS, (1920, 1080), at_s=6.0 * n) for n in range(8)]
    seen = [[i.text for i in sorted(one.texts(), key=lambda i: i.box.y) if i.text in labels] for one in scenes]
    return labels, seen, [dots(one) for one in scenes]


def test_by_department_the_newest_call_stays_others_take_turns_below_it_and_a_mark_says_so():
    labels, seen, marks = turned(4)
    assert {page[0] for page in seen} == {labels[0]}
    assert {label for page in seen for label in page} == set(labels)
    assert all(len(mark) > 1 and sum(mark) == 1 for mark in marks)
    assert len({tuple(mark) for mark in marks}) == len(marks[0])
    _, seen, marks = turned(2)
    assert {tuple(page) for page in seen} == {("A90", "A89")}
    assert marks[0] == []


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL])
@SHAPES
def test_calls_that_take_turns_have_a_mark_clear_of_their_numbers(size, layout):
    own = tuple(structs.replace(CALLS[0], announcement=str(90 - n), label=f"A{90 - n}", played=True) for n in range(8))
    for on in (None, ("B001", "room-1")):
        scenes = [shown(picture(own), layout, size, on=on, at_s=6.0 * n) for n in range(8)]
        marks = [dots(one) for one in scenes]
        assert all(sum(mark) == 1 and len(mark) > 1 for mark in marks)
        assert len({tuple(mark) for mark in marks}) == len(marks[0])
        for scene in scenes:
            assert [str(defect) for defect in check(scene)] == []
            marked = [one.box for one in scene.items if isinstance(one, Panel) and one.radius_px == one.box.w / 2]
            inks = [ink_box(item) for item in scene.texts()]
            assert not any(dot.inset(-2).overlaps(ink) for dot in marked for ink in inks)


@SHAPES
@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.DEPARTMENTS])
def test_few_departments_are_spread_over_their_panel_with_even_air(layout, count, size):
    """Neither crammed at the top nor with a hole of a third below."""
    for known in (few(count), structs.replace(few(count), site=structs.replace(few(1).site, notices=[LONG_NOTICE]))):
        for on in (None, ON):
            scene = shown(known, layout, size, on=on)
            assert [str(defect) for defect in check(scene)] == []
            for panel in [one for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.card]:
                inks = [ink_box(i) for i in scene.items if isinstance(i, Text | Icon) and panel.box.encloses(i.box, 2)]
                above = min(box.y for box in inks) - panel.box.y
                below = panel.box.bottom - max(box.bottom for box in inks)
                assert abs(above - below) < 0.22 * panel.box.h
                assert below < panel.box.h / 3 + 20
