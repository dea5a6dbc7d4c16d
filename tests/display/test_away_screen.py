"""The hub away: how old the board is stands out, and advice is as large as its room."""

from itertools import pairwise

import pytest
from display_clinic import CALLS, picture
from display_gallery import view

from display.board import Layout
from display.screens import draw, grid
from smartqueue.i18n import Words
from smartqueue.look import paint
from smartqueue.look.scene import Panel
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.theme import NIGHT
from smartqueue.parting import sentences
from smartqueue.terms import LANGUAGES

HD = grid(1920, 1080)
UPRIGHT = grid(1080, 1920)
LABELS = {call.label for call in CALLS}


def squeezed(text: str) -> str:
    """Wherever its lines end."""
    return text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("size", [HD, UPRIGHT, grid(1280, 720)], ids=["landscape", "portrait", "small"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_advice_fills_its_room_in_one_size_and_its_parts_stand_farther_apart_than_their_lines(size, language):
    words = Words(language)
    keys = {squeezed(words.text(f"display.away.{key}")) for key in ("valid", "listen", "ranges")}
    scene = draw(view(picture(), language, away=True, late=9), size)
    assert [str(defect) for defect in check(scene)] == []
    said = [item for item in scene.texts() if squeezed(item.text) in keys]
    placed = [paint.place(item)[0] for item in said]
    assert len(said) == 3
    assert len({block.capital_px for block in placed}) == 1
    lines = max(after - before for block in placed for before, after in pairwise((*block.baselines, block.height_px)))
    for above, below in pairwise(said):
        end = paint.place(above)[2] + paint.place(above)[0].baselines[-1]
        assert paint.place(below)[2] - end > lines


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_notes_advice_is_as_large_as_the_line_below_the_age_of_the_board(language):
    """As large as in the pictures that this display is to reach."""
    scene = draw(view(picture(), language, away=True, late=9), HD)
    first = view(picture(), language).words.text("display.away.listen")
    said = next(item for item in scene.texts() if squeezed(item.text) == squeezed(first))
    assert paint.place(said)[0].capital_px >= 36


@pytest.mark.parametrize("language", LANGUAGES)
def test_upright_the_age_of_the_board_is_larger_than_what_stands_below_it_and_set_apart(language):
    scene = draw(view(picture(), language, away=True, late=9), UPRIGHT)
    title, below = (item for item in scene.texts() if 192 < item.box.y < 192 + 450)
    upper, lower = (paint.place(item)[0] for item in (title, below))
    assert upper.capital_px >= 1.3 * lower.capital_px
    assert not upper.hyphenated
    assert not lower.hyphenated
    steps = [after - before for before, after in pairwise(upper.baselines)]
    assert all(step >= 1.25 * upper.capital_px for step in steps)
    assert ink_box(below).y > ink_box(title).bottom


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=str)
@pytest.mark.parametrize("late", [9, 137, 1500])
def test_from_far_away_the_age_of_the_board_stands_whole_in_its_frame_and_larger_than_the_rest(late, size, language):
    panel = grid(*size, Layout.CALL)
    scene = draw(view(picture(), language, Layout.CALL, away=True, late=late), panel)
    frame = next(item.box for item in scene.items if isinstance(item, Panel) and item.edge == NIGHT.trouble)
    title, below = (item for item in scene.texts() if frame.encloses(item.box))
    upper, lower = (paint.place(item)[0] for item in (title, below))
    assert not any(block.hyphenated or block.cut or block.squeezed for block in (upper, lower))
    assert upper.capital_px >= lower.capital_px
    assert below.text.split("\n")[0].count(" ") or language == "zh"
    assert len({item.text for item in scene.texts()} & LABELS) == 3
    assert all(frame.inset(panel.px(8)).encloses(ink_box(item)) for item in (title, below))
    assert ink_box(below).y > ink_box(title).bottom


def test_sentences_of_what_absence_means_begin_on_lines_of_their_own_where_that_takes_no_more():
    """Tamil has four lines either way."""
    for language in ("en", "es", "ta", "ar"):
        scene = draw(view(picture(), language, Layout.CALL, away=True, late=9), grid(1080, 1920, Layout.CALL))
        told = sentences(Words(language).text("display.away.hint"))
        said = next(item.text for item in scene.texts() if squeezed(item.text) == squeezed("".join(told)))
        lines = said.split("\n")
        assert all(any(one.startswith(line) for line in lines) for one in told)
