"""The promised contrasts hold, and pages get the same values as screens."""

import re

import pytest

from smartqueue.look import theme
from smartqueue.look.theme import CONTRAST, LIGHT, NIGHT, contrast

THEMES = [LIGHT, NIGHT, CONTRAST]


def test_black_on_white_has_the_greatest_contrast_and_the_order_does_not_matter():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_a_known_pair_has_the_contrast_that_the_guidelines_give():
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", THEMES, ids=lambda colours: colours.name)
def test_words_have_seven_to_one_on_ground_and_card(colours):
    for ink in (colours.text, colours.quiet, colours.trouble, colours.primary):
        for ground in (colours.ground, colours.card):
            assert contrast(ink, ground) >= 7, (ink, ground)


@pytest.mark.parametrize("colours", THEMES, ids=lambda colours: colours.name)
def test_words_on_coloured_grounds_have_seven_to_one(colours):
    assert contrast(colours.on_primary, colours.primary) >= 7
    assert contrast(colours.on_call, colours.call) >= 7
    assert contrast(colours.on_trouble, colours.trouble_ground) >= 7


@pytest.mark.parametrize("colours", THEMES, ids=lambda colours: colours.name)
def test_edges_have_three_to_one_on_ground_and_card(colours):
    assert contrast(colours.edge, colours.ground) >= 3
    assert contrast(colours.edge, colours.card) >= 3


def test_high_contrast_has_fifteen_to_one_for_words_and_edges():
    words = (CONTRAST.text, CONTRAST.quiet, CONTRAST.trouble, CONTRAST.primary, CONTRAST.edge)
    assert min(contrast(ink, ground) for ink in words for ground in (CONTRAST.ground, CONTRAST.card)) >= 15
    assert contrast(CONTRAST.on_primary, CONTRAST.primary) >= 15
    assert contrast(CONTRAST.on_trouble, CONTRAST.trouble_ground) >= 15


def test_white_letters_have_seven_to_one_on_every_department_ground():
    for ground in theme.DEPARTMENT_GROUNDS:
        assert contrast(theme.ON_DEPARTMENT, ground) >= 7, ground


def test_the_measured_contrasts_are_those_of_the_design():
    assert contrast(LIGHT.text, LIGHT.ground) == pytest.approx(15, abs=0.5)
    assert contrast(LIGHT.quiet, LIGHT.ground) == pytest.approx(7.2, abs=0.1)
    assert contrast(LIGHT.edge, LIGHT.ground) == pytest.approx(3.3, abs=0.1)
    assert contrast(NIGHT.text, NIGHT.ground) == pytest.approx(15.6, abs=0.2)
    assert contrast(LIGHT.call, LIGHT.on_call) == pytest.approx(11.7, abs=0.2)


def test_department_grounds_start_again_after_the_last_and_the_red_one_is_last():
    assert theme.department_ground(0) == "#0B4F8A"
    assert theme.department_ground(len(theme.DEPARTMENT_GROUNDS)) == theme.department_ground(0)
    assert theme.DEPARTMENT_GROUNDS[-1] == "#8A1C2B"
    assert len(set(theme.DEPARTMENT_GROUNDS)) == 8


def test_pages_get_every_colour_of_both_themes_as_custom_properties():
    sheet = theme.css()
    light, night = sheet.strip().splitlines()
    assert "--trouble-ground: #A3121F;" in light
    assert f"--ground: {NIGHT.ground};" in night
    assert "--department-7: #8A1C2B;" in light
    used = set(re.findall(r"#[0-9A-F]{6}", light))
    assert used >= {getattr(LIGHT, name) for name in theme.Theme.__slots__ if name != "name"}


@pytest.mark.parametrize("wrong", ["#FFF", "white", "FFFFFF", "#GGGGGG", ""])
def test_what_is_no_colour_is_refused(wrong):
    with pytest.raises(ValueError, match=r".+"):
        theme.rgb(wrong)


def test_a_step_of_the_scale_is_a_quarter_more():
    assert theme.step(16, 1) == 20
    assert theme.step(20, -1) == 16
    assert theme.space(16, 3) == 6
