"""An emergency goes to the head rather than take the place of departments."""

import pytest
from display_gallery import eventful, view

from display.screens import draw, grid
from smartqueue.i18n import Words
from smartqueue.look.scene import Panel, Scene
from smartqueue.look.theme import NIGHT

LETTERS = {"A", "K", "R", "X", "H", "M"}


def texts(scene: Scene) -> set[str]:
    return {item.text for item in scene.texts()}


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=["landscape", "portrait"])
def test_during_a_call_an_emergency_stands_in_the_head_and_takes_no_department_s_place(size, language):
    scene = draw(view(eventful(), language, on=("A012", "room-3")), grid(*size))
    call = next(item for item in scene.items if isinstance(item, Panel) and item.fill == NIGHT.call)
    told = Words(language).text("display.emergency", letters=["A"])
    item = next(item for item in scene.texts() if told in item.text)
    assert item.box.bottom < call.box.y
    assert texts(scene) >= LETTERS


def test_between_calls_an_emergency_leaves_the_head_to_the_date_unless_departments_would_take_turns():
    english, tamil = (draw(view(eventful(), language), grid(1920, 1080)) for language in ("en", "ta"))
    assert "Monday 2 March" in texts(english)
    assert all(texts(scene) >= LETTERS for scene in (english, tamil))
    (told,) = [item for item in tamil.texts() if Words("ta").text("display.emergency", letters=["A"]) in item.text]
    assert told.box.bottom < 125
