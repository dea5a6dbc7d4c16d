"""Notices that are too long to stand whole."""

import pytest
from display_gallery import LONG_NOTICE

from display.screens.parted import parted
from smartqueue.look import linebreak, typeset
from smartqueue.terms import Language

CHINESE = "本周电梯停用。不能走楼梯的患者，请到服务台询问：工作人员会陪您从另一栋楼过去。路程较长，敬请谅解。"
NOTICES = {**LONG_NOTICE, Language("zh"): CHINESE}
CAPITAL = 28.0


def parts(language, width_px, most):
    return parted(NOTICES[language], CAPITAL, typeset.Style(language), width_px, most)


@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("width_px", [420, 600, 1500])
@pytest.mark.parametrize("language", sorted(NOTICES))
def test_all_parts_fit_and_together_they_are_the_notice(language, width_px, most):
    told = parts(language, width_px, most)
    lines = [len(typeset.wrap(part, CAPITAL, typeset.Style(language), width_px)) for part in told]
    assert max(lines) <= most
    assert linebreak.joined([part.removesuffix("…") for part in told]) == NOTICES[language]


def words(part: str) -> int:
    return len(list(linebreak.pieces(part)))


@pytest.mark.parametrize("most", [1, 2])
@pytest.mark.parametrize("width_px", [420, 480, 540, 600, 700, 860, 1500])
@pytest.mark.parametrize("language", sorted(NOTICES))
def test_every_part_but_the_last_is_well_filled_and_the_last_is_no_word_alone(language, width_px, most):
    told = parts(language, width_px, most)
    style = typeset.Style(language)
    filled = [typeset.width(part, CAPITAL, style) / (width_px * most) for part in told]
    assert all(one >= 0.6 for one in filled[:-1])
    assert all(words(part) > 1 for part in told)
    assert len(told) <= 1 + sum(filled) / 0.6


def test_of_well_filled_parts_those_that_end_with_a_sentence_or_after_a_comma_are_taken():
    assert parts("en", 600, 2) == (
        "The lift is out of order this week. Whoever…",
        "can't take the stairs, please ask at the desk:",
        "somebody will come with you through the other building.",
        "We are sorry for the long way and the time it takes.",
    )
    assert parts("en", 1500, 2)[-1] == "We are sorry for the long way and the time it takes."


def test_a_long_notice_is_parted_in_time_for_a_call():
    """It is reckoned word by word, not by setting every possible part."""
    told = " ".join(NOTICES[Language("en")] for _ in range(4))
    before = typeset.width.cache_info().misses
    assert len(parted(told, CAPITAL, typeset.Style(Language("en")), 480.5, 2)) > 12
    assert typeset.width.cache_info().misses - before < 12 * len(told.split())


def test_only_a_part_that_ends_between_words_has_an_ellipsis():
    told = parts("en", 420, 1)
    assert told[:2] == ("The lift is out of…", "order this week.")
    assert {part[-1] for part in told} == set(".,:…")
    assert all(part.endswith("…") == (part.removesuffix("…")[-1].isalpha()) for part in told)


def test_a_notice_that_fits_is_not_parted():
    assert parts("zh", 5000, 1) == (CHINESE,)
