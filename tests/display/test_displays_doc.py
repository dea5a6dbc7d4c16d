"""docs/displays.md says from how far displays are read, and which settings there are: as the code has it."""

import math
import re
from pathlib import Path

import pytest

from display.board import Layout, Way
from display.screens import grid, legible
from display.settings import DisplaySettings
from smartqueue.config import describe

DOC = (Path(__file__).parents[2] / "docs" / "displays.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) inches \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", DOC, re.MULTILINE)


def reach_m(inches: float, layout: Layout, width: int, height: int) -> float:
    return math.floor(legible.farthest_m(grid(width, height, layout), inches) * 10) / 10


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} inches")
def test_the_table_of_distances_is_what_a_display_accepts(row):
    inches, *said = map(float, row)
    wide, tall = (1920, 1080), (1080, 1920)
    assert said == [
        *(reach_m(inches, layout, *wide) for layout in (Layout.RECENT, Layout.CALL)),
        *(reach_m(inches, layout, *tall) for layout in (Layout.RECENT, Layout.CALL)),
    ]
    for shape in (wide, tall):
        assert reach_m(inches, Layout.RECENT, *shape) == reach_m(inches, Layout.DEPARTMENTS, *shape)


def test_the_table_holds_the_usual_screens():
    assert [row[0] for row in ROWS] == ["32", "43", "55", "65", "75"]


def test_a_door_is_read_from_where_the_document_says():
    for inches, size, said in ((7, (800, 480), 1.4), (10.1, (1024, 600), 2.0)):
        assert f"from {said:g} m on {inches:.0f} inches" in DOC
        legible.check(grid(*size, Layout.DOOR), inches, said)


def test_every_layout_and_every_way_is_explained():
    assert [one for one in Layout if f'layout = "{one}"' not in DOC] == []
    assert [one for one in Way if f"`{one}`" not in DOC] == []


def test_settings_of_the_example_exist():
    (example,) = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)
    known = {row.key for row in describe(DisplaySettings)}
    assert set(re.findall(r"^\[?([a-z_]+)\]?(?: =|$)", example, re.MULTILINE)) <= known
