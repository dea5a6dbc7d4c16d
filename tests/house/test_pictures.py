"""The pictures of the documents show what the screens look like now."""

import pytest
from house_imports import ROOT
from house_pictures import FOLDER, PICTURES, file_of, small
from PIL import Image, ImageChops, ImageStat

MOST_DIFFERENCE = 0.5
"""Mean over all points, of 255: room for another release of a library that draws letters, not for another screen."""


def difference(one: Image.Image, other: Image.Image) -> float:
    if one.size != other.size:
        return 255.0
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_what_is_drawn_now(name):
    assert file_of(name).exists(), "run make pictures"
    with Image.open(file_of(name)) as kept:
        assert difference(kept, small(PICTURES[name]())) <= MOST_DIFFERENCE, "run make pictures"


def test_another_language_is_another_picture():
    with Image.open(file_of("kiosk-departments")) as one, Image.open(file_of("kiosk-departments-ar")) as other:
        assert difference(one, other) > MOST_DIFFERENCE


def test_every_picture_that_lies_there_is_one_of_these_and_shown_somewhere():
    kept = {path.stem for path in FOLDER.glob("*.png")}
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = "".join(path.read_text("utf-8") for path in pages)
    assert kept == set(PICTURES)
    assert [name for name in sorted(kept) if f"pictures/{name}.png" not in shown] == []
