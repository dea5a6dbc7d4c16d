"""The layout by department: nothing twice, no holes, every department seen, the newest call of each always there."""

from itertools import pairwise

import pytest
from display_clinic import CALLS, DEPARTMENTS, call, picture
from display_gallery import crowded, few, ordinary, view
from msgspec import structs

from display.board import Layout
from display.screens import draw, grid
from display.screens.turns import even_pages
from smartqueue.look.paint import place
from smartqueue.look.scene import Panel, Scene
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.theme import NIGHT
from smartqueue.terms import LANGUAGES

SIZES = [(1920, 1080), (1280, 720), (1080, 1920)]
ON = ("A012", "room-3")
LETTERS = [one.letter for one in DEPARTMENTS]


def shown(known, language="en", size=(1920, 1080), **about) -> Scene:
    return draw(view(known, language, Layout.DEPARTMENTS, **about), grid(*size, Layout.DEPARTMENTS))


def texts(scene: Scene) -> list[str]:
    return [item.text for item in scene.texts()]


def badges(scene: Scene) -> list[str]:
    """Letters of departments, from above."""
    boxes = [item.box for item in scene.items if isinstance(item, Panel) and item.edge == NIGHT.quiet]
    return [item.text for item in scene.texts() if any(box.encloses(item.box) for box in boxes)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_on_an_ordinary_day_all_six_departments_stand_below_a_call(size, language):
    scene = shown(ordinary(), language, size, on=ON)
    assert badges(scene) == LETTERS
    assert {"A011", "K007", "H019", "M004"} <= set(texts(scene))
    assert [str(defect) for defect in check(scene)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_between_calls_the_newest_call_is_never_smaller_than_older_ones_and_stands_clear_of_its_card(size, language):
    scene, panel = shown(ordinary(), language, size), grid(*size, Layout.DEPARTMENTS)
    labels = [item for item in scene.texts() if item.text in {one.label for one in CALLS}]
    assert [one.text for one in labels] == ["A012", "A011", "K007", "H019", "M004"]
    sizes = {place(one)[0].capital_px for one in labels}
    assert len(sizes) == 1
    assert sizes.pop() >= 62 * panel.unit
    cards = [one.box for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.card]
    for label in labels:
        card = next(box for box in cards if box.encloses(label.box))
        assert card.bottom - ink_box(label).bottom >= panel.px(15)
    assert [str(defect) for defect in check(scene)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES[::2], ids=str)
@pytest.mark.parametrize("on", [None, ON])
def test_no_department_stands_on_two_pages_and_every_page_is_filled_with_calls_of_one_size(size, language, on):
    scenes = [shown(crowded(), language, size, on=on, at_s=6.0 * n) for n in range(6)]
    pages, panel = [badges(one) for one in scenes], grid(*size, Layout.DEPARTMENTS)
    count = next((n for n in range(1, 6) if pages[n] == pages[0]), 6)
    seen = [letter for one in pages[:count] for letter in one]
    assert sorted(seen) == sorted(one.letter for one in crowded().departments.values())
    assert min(map(len, pages)) >= 3
    foot = panel.body.bottom - (0 if on else panel.px(80) + panel.gap)
    for scene in scenes[:count]:
        cards = [one.box for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.card]
        assert max(card.bottom for card in cards) >= foot - panel.px(52)
        assert max(card.h for card in cards) < 4.5 * min(card.h for card in cards)
        dots = [one.box for one in scene.items if isinstance(one, Panel) and one.radius_px == one.box.w / 2]
        assert all(any(card.encloses(dot) for card in cards) for dot in dots if dot.y < foot)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES[::2], ids=str)
def test_nothing_is_said_twice_of_a_department(size, language):
    quiet = [structs.replace(one, waiting=7 + n, estimate=None) for n, one in enumerate(DEPARTMENTS)]
    for known in (picture(departments=tuple(quiet)), picture(calls=(), departments=tuple(quiet))):
        said = texts(shown(known, language, size))
        numbers = [n + 7 for n, one in enumerate(quiet)]
        assert all(sum(str(n) in one.split() for one in said) <= 1 for n in numbers)
    nobody = [structs.replace(one, waiting=0, estimate=None) for one in DEPARTMENTS]
    scene = shown(picture(CALLS[:1], tuple(nobody)), language, size)
    last_word = view(ordinary(), language).words.count("display.waiting", 0).split()[-1]
    words = [one for one in texts(scene) if one.split()[-1:] == [last_word]]
    assert len(words) == sum(one.open and one.letter != "R" for one in nobody)


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
def test_a_card_without_a_call_says_how_many_wait_where_its_first_line_does_not(size):
    assert texts(shown(ordinary(), "en", size)).count("4 waiting") == 2


@pytest.mark.parametrize("count", [3, 4, 5])
def test_few_departments_stand_across_the_whole_width_each_with_its_newest_call_in_one_size(count):
    scene = shown(few(count))
    panels = [item.box for item in scene.items if isinstance(item, Panel) and item.fill == NIGHT.card]
    assert [panel.w for panel in panels] == [grid(1920, 1080).body.w]
    labels = [place(item)[0].capital_px for item in scene.texts() if item.text in ("A012", "K007", "H019")]
    assert len(labels) == (2 if count < 5 else 3)
    assert len(set(labels)) == 1
    assert labels[0] >= (87 if count < 5 else 70)


@pytest.mark.parametrize("layout", [Layout.CALL, Layout.DEPARTMENTS])
@pytest.mark.parametrize("size", SIZES[::2], ids=str)
def test_where_all_is_closed_and_nothing_else_is_said_the_cards_fill_the_board(size, layout):
    shut = tuple(structs.replace(one, open=False, opens_at=None, waiting=0, estimate=None) for one in DEPARTMENTS)
    panel = grid(*size, layout)
    scene = draw(view(picture(calls=(), departments=shut), "en", layout), panel)
    cards = [one.box for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.card]
    assert max(card.bottom for card in cards) == pytest.approx(panel.body.bottom, abs=2)
    assert [str(defect) for defect in check(scene)] == []


@pytest.mark.parametrize("on", [None, ON])
def test_a_department_that_is_alone_fills_the_board_also_without_a_call(on):
    known = picture(calls=(), departments=DEPARTMENTS[:1])
    scene, panel = shown(known, on=on), grid(1920, 1080, Layout.DEPARTMENTS)
    card = max((item.box for item in scene.items if isinstance(item, Panel)), key=lambda box: box.w * box.h)
    if on is not None:
        card = next(item.box for item in scene.items if isinstance(item, Panel) and item.fill == NIGHT.card)
    strip = panel.px(80) + panel.gap if on is None else 0
    assert card.bottom == pytest.approx(panel.body.bottom - strip, abs=2)
    assert [str(defect) for defect in check(scene)] == []


def test_labels_are_the_larger_the_fewer_departments_there_are():
    heights = [
        next(place(item)[0].capital_px for item in shown(few(n)).texts() if item.text == "A012") for n in (3, 4, 5)
    ]
    assert all(more >= less for more, less in pairwise(heights))
    assert heights[0] > heights[-1]


@pytest.mark.parametrize("size", SIZES[::2], ids=str)
@pytest.mark.parametrize("on", [None, ON])
def test_the_newest_call_of_a_department_stands_all_the_time(size, on):
    """Older ones that need not be seen any more never take its place."""
    old = tuple(call(40 - n, f"A{n:03}", ago_s=200 + 60 * n, played=True) for n in range(6))
    newer = tuple(call(60 - n, f"K{n:03}", ago_s=190 - n, played=True) for n in range(4))
    pages = [texts(shown(picture((*newer, *old)), "en", size, on=on, at_s=6.0 * n)) for n in range(6)]
    assert all("A000" in said for said in pages)


def test_departments_share_as_few_pages_as_there_is_room_for_as_evenly_as_that_goes():
    assert even_pages([10] * 14, 0, 60, 0) == (range(5), range(5, 10), range(10, 14))
    assert even_pages([10] * 6, 0, 60, 20) == (range(6),)
    assert even_pages([10] * 7, 0, 60, 20) == (range(4), range(4, 7))
    assert even_pages([10, 50, 10, 10], 0, 60, 0) == (range(2), range(2, 4))
    assert even_pages([100], 0, 60, 0) == (range(1),)
