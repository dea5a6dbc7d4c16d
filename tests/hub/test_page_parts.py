"""What pages are made of: markup that escapes, sizes that fit."""

import re

import pytest

from hub.web import assets
from hub.web.fitting import bold_em, label_fit, percent
from hub.web.markup import Markup, el, icon


def test_markup_escapes_texts_and_attributes_and_leaves_out_what_is_none():
    made = el("a", "<b>", el("i", "x"), None, ["&", Markup("<u>")], href='"', class_="c", hidden=True, id=None)
    assert made == '<a href="&quot;" class="c" hidden>&lt;b&gt;<i>x</i>&amp;<u></a>'
    assert el("br") == "<br>"
    assert icon("no such icon") == ""


@pytest.mark.parametrize(("share", "expected"), [(2, 100), (1, 100), (0.999, 95), (0.5, 50), (0.01, 20)])
def test_sizes_go_down_in_steps_that_the_style_sheets_know(share, expected):
    assert percent(share) == expected
    assert f".fit-{expected} " in assets._assets()["board.css"].body.decode() or expected == 100


def test_wide_letters_and_long_labels_are_set_smaller():
    assert label_fit("A012") == 100
    assert label_fit("M002") < 100
    assert label_fit("A1000") < label_fit("A012")
    assert bold_em("WW") > bold_em("AA") > bold_em("11")


@pytest.mark.parametrize("file", ["board.css", "board-layouts.css"])
def test_style_sheets_of_the_board_ask_nothing_of_televisions_that_those_of_2020_lack(file):
    sheet = assets._assets()[file].body.decode()
    new = r"(?<![-\w])(?:inset|inset-inline|padding-inline|margin-inline|padding-block):|:is\(|\dlh\b"
    assert re.findall(new, sheet) == []
