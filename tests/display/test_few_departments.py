"""Few departments beside the last calls: large, the range before all, no hole, how many wait where there is room."""

import pytest
from display_clinic import DEPARTMENTS, picture
from display_gallery import LONG, few, ordinary, replace_names, view

from display.screens import draw, grid
from smartqueue.look.paint import place
from smartqueue.look.scene import Panel, Scene
from smartqueue.look.scene_check import check
from smartqueue.look.theme import NIGHT
from smartqueue.terms import LANGUAGES

SIZES = [(1920, 1080), (1080, 1920)]


def shown(known, language="en", size=(1920, 1080), **about) -> Scene:
    return draw(view(known, language, **about), grid(*size))


def capitals(scene: Scene, wanted) -> list[float]:
    return [place(item)[0].capital_px for item in scene.texts() if wanted(item)]


def long_names(count: int):
    names = list(LONG.values())
    return picture((), tuple(replace_names(one, names[n % 3]) for n, one in enumerate(DEPARTMENTS[:count])))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_ranges_are_of_one_size_and_no_smaller_than_any_name(count, size, language):
    scene = shown(few(count), language, size)
    words = view(ordinary(), language).words
    known = [words.text("display.range", low=one[0], high=one[1]) for one in ((15, 35), (20, 40))]
    ranges = capitals(scene, lambda item: item.text in known)
    names = {view(ordinary(), language).named(one.names).text for one in DEPARTMENTS}
    named = capitals(scene, lambda item: item.text.replace("\n", " ") in names)
    assert len(ranges) == min(2, count)
    assert len(set(ranges)) == 1
    assert len(named) == count
    assert ranges[0] > max(named)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_between_the_departments_and_the_note_below_them_is_no_hole(count, size, language):
    for known in (few(count), long_names(count)):
        scene = shown(known, language, size)
        assert [str(defect) for defect in check(scene)] == []
        note = next(item.box for item in scene.items if isinstance(item, Panel) and item.edge == NIGHT.edge)
        cards = [item.box for item in scene.items if isinstance(item, Panel) and item.fill == NIGHT.card]
        above = max((box for box in cards if box.x == note.x and box.bottom <= note.y), key=lambda box: box.bottom)
        assert note.y - above.bottom == pytest.approx(grid(*size).gap)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_one_department_says_how_many_wait_and_two_long_names_are_not_cut(size):
    assert [item.text for item in shown(few(1), size=size).texts()].count("4 waiting") == 1
    said = [item.text.replace("\n", " ") for item in shown(long_names(2), size=size).texts()]
    assert LONG["K"]["en"] in said
    assert LONG["R"]["en"] in said
