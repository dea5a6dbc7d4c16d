"""Tickets look as they were last looked at, in every language, on both papers, and on slow lines."""

import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from ticket_goldens import FOLDER, LAYOUTS, NAMES, can_be_drawn, difference, file_of, printed

import smartqueue

MOST_DIFFERENCE = 0.3
"""Room for another release of the letters or of what draws them, not for another ticket."""


def golden(name: str) -> Image.Image:
    with Image.open(file_of(name)) as kept:
        return kept.convert("1")


@pytest.mark.parametrize("name", NAMES)
def test_a_ticket_looks_as_it_was_last_looked_at(name):
    if not can_be_drawn(name):
        pytest.skip("the letters of this language are not on this machine")
    piece = printed(name)
    assert piece.problems == ()
    assert difference(golden(name), piece.image) <= MOST_DIFFERENCE, "look at it, then run make pictures"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_another_number_a_missing_line_and_another_language_are_seen(layout):
    kept = golden(f"en-{layout}")
    assert difference(kept, printed(f"en-{layout}", label="A013").image) > MOST_DIFFERENCE
    assert difference(kept, printed(f"en-{layout}", ahead=None).image) > MOST_DIFFERENCE
    assert difference(kept, printed(f"hi-{layout}").image) > MOST_DIFFERENCE


def test_what_another_release_of_the_letters_may_change_is_not_seen():
    kept = golden("en-80mm")
    assert 0 < difference(kept, ImageChops.offset(kept, 1, 1)) <= MOST_DIFFERENCE


def test_every_language_with_words_has_its_pictures_and_nothing_else_lies_there():
    languages = {path.stem for path in (Path(smartqueue.__file__).parent / "locales").glob("*.toml")}
    assert {path.stem for path in FOLDER.glob("*.png")} == {f"{one}-{two}" for one in languages for two in LAYOUTS}
    assert all(re.fullmatch(r"[a-z]{2}-(80|58)mm(-slim)?", name) for name in NAMES)
