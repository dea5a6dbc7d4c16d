"""Where the parts of a call stand, and that looking for their sizes is quick and finds the largest."""

from itertools import product

import pytest
from display_gallery import FOUR, crowded, ordinary, view

from display.board import Layout
from display.screens import draw, grid
from display.screens.band import shared
from display.screens.call import together
from display.screens.fitting import Fitting, saying
from smartqueue.look.scene import Icon, Panel, Scene, Text
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.theme import NIGHT
from smartqueue.terms import LANGUAGES

HARD = (("HK1000", "room-100"), ("GY1203", "room-101"), ("PH0999", "room-107"), ("M004", "window-6"))
SHAPES = pytest.mark.parametrize("shape", [(1920, 1080), (1080, 1920)], ids=["landscape", "upright"])
LAYOUTS = pytest.mark.parametrize("layout", [Layout.RECENT, Layout.DEPARTMENTS])


def bands(scene: Scene) -> list[Panel]:
    return [one for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.call]


def texts_in(scene: Scene, panel: Panel) -> list[Text]:
    return [item for item in scene.texts() if panel.box.encloses(item.box, 2)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("on", [HARD[0], ("K1204", "window-12b"), ("MW9999", "window-1000")], ids=lambda on: on[0])
@LAYOUTS
def test_a_word_above_its_number_stands_with_it_in_the_middle_of_the_band_as_the_label_does(layout, on, language):
    scene = draw(view(crowded(), language, layout, on=on), grid(1920, 1080, layout))
    (band,) = bands(scene)
    label, word, number = texts_in(scene, band)
    middle = band.box.centre[1]
    assert ink_box(label).centre[1] == pytest.approx(middle, abs=12)
    if ink_box(word).bottom <= ink_box(number).y:
        room = min(ink_box(word).y, ink_box(number).y), max(ink_box(word).bottom, ink_box(number).bottom)
        assert sum(room) / 2 == pytest.approx(middle, abs=12)


@pytest.mark.parametrize("on", [FOUR, HARD], ids=["usual", "hard"])
@pytest.mark.parametrize("token", ["ar", "ta", "es"])
@pytest.mark.parametrize("count", [2, 3, 4])
@LAYOUTS
def test_upright_calls_with_both_words_keep_their_arrows_in_one_place(layout, count, token, on):
    scene = draw(view(ordinary(), "en", layout, on=on[:count], token=token), grid(1080, 1920, layout))
    assert [str(defect) for defect in check(scene)] == []
    for band in bands(scene):
        (arrow,) = [one for one in scene.items if isinstance(one, Icon) and band.box.encloses(one.box, 2)]
        assert arrow.box.w >= 90
        label = next(item for item in texts_in(scene, band) if item.text in dict(on))
        assert arrow.box.centre[1] > ink_box(label).bottom
        assert arrow.box.right < band.box.centre[0]


class Exhaustive(Fitting):
    """Measures every way."""

    def _narrow(self, *_: object) -> bool:
        return True


@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize(("language", "token"), [("en", "en"), ("en", "ar"), ("ta", "sw"), ("fr", "ta")])
@SHAPES
def test_what_is_reckoned_before_it_is_measured_never_leaves_out_what_would_fit(shape, language, token, count):
    size = grid(*shape)
    box = together(size).rows(*(1,) * count)[0]
    for on in (FOUR, HARD):
        about = view(ordinary(), language, on=on[:count], token=token)
        assert about.board.now is not None
        said = [saying(about, call, 700) for call in about.board.now.calls]
        quick, slow = (kind(size, box.w, box.h, said).best(size.calls(count)) for kind in (Fitting, Exhaustive))
        assert quick == slow


def test_calls_that_stand_are_not_fitted_anew_for_every_frame():
    size = grid(1920, 1080)
    about = view(ordinary(), "en", on=FOUR, token="ar")
    assert about.board.now is not None
    first, again = (shared(about, size, together(size), about.board.now.calls)[1] for _ in range(2))
    assert first.fitting is again.fitting


def test_reckoning_measures_few_of_the_ways():
    """The check of the settings and a new call would wait for it."""
    tried = 0

    class Counting(Fitting):
        def _wide(self, one):
            nonlocal tried
            tried += 1
            return super()._wide(one)

    for layout, on in product((Layout.RECENT, Layout.CALL), (FOUR[:1], HARD[:1])):
        size = grid(1920, 1080, layout)
        about = view(ordinary(), "ta", on=on, token="es")
        assert about.board.now is not None
        said = [saying(about, call, 700) for call in about.board.now.calls]
        Counting(size, size.body.w, 365, said).best(size.calls(1))
    assert tried < 60
