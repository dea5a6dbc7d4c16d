"""The display in every language that is shipped, on a usual screen: nothing cut, crowded or too small."""

import pytest
from display_gallery import scenes

from display.board import Layout
from display.screens import grid
from smartqueue.look import fonts
from smartqueue.look.scene_check import check
from smartqueue.terms import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", Layout)
def test_no_screen_has_a_defect_in_any_language(layout: Layout, language: Language) -> None:
    if not fonts.drawable(language):
        pytest.skip(fonts.remedy(fonts.script(language)))
    size = grid(*((1280, 800) if layout is Layout.DOOR else (1920, 1080)), layout)
    found = {case.name: defects for case in scenes(size, language) if (defects := check(case.scene))}
    assert found == {}
