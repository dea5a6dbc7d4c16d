"""The newest of the last calls stays while others take turns."""

import pytest
from display_clinic import CALLS, call, picture
from display_gallery import view

from display.board import Layout
from display.screens import draw, grid
from display.screens.turns import newest_stays
from smartqueue.terms import LANGUAGES

SHAPES = [(1920, 1080), (1080, 1920)]
MANY = tuple(call(40 - n, f"A{40 - n:03}", "room-3", ago_s=5 * n, played=True) for n in range(8))


def labels(scene, known) -> list[str]:
    """Of calls, from above."""
    own = {one.label for one in known.calls}
    return [one.text for one in sorted(scene.texts(), key=lambda one: one.box.y) if one.text in own]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_newest_call_stands_above_the_others_in_every_turn(shape, layout, language):
    known, seen = picture(MANY), set()
    for turn in range(10):
        shown = labels(draw(view(known, language, layout, at_s=6.0 * turn), grid(*shape, layout)), known)
        assert shown[0] == "A040"
        assert len(shown) == len(set(shown)) == (5 if layout is Layout.RECENT else 3)
        seen |= set(shown)
    assert seen == {one.label for one in MANY}


def test_one_place_for_several_calls_is_shared_by_all_of_them():
    assert [newest_stays(CALLS[:2], 1, 6.0 * n)[0] for n in range(3)] == [CALLS[0], CALLS[1], CALLS[0]]


def test_calls_that_all_fit_stand_in_their_order():
    assert tuple(newest_stays(CALLS[:3], 4, 600.0)) == CALLS[:3]
    assert tuple(newest_stays((), 4, 600.0)) == ()
