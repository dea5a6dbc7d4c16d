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


def test_a_notice_parts_between_sentences_and_a_longer_sentence_after_a_comma_or_colon():
    assert parts("en", 600, 2) == (
        "The lift is out of order this week.",
        "Whoever can't take the stairs, please ask at the desk:",
        "somebody will come with you through the other building.",
        "We are sorry for the long way and the time it takes.",
    )


def test_only_a_part_that_ends_between_words_has_an_ellipsis():
    told = parts("en", 420, 1)
    assert told[:2] == ("The lift is out of…", "order this week.")
    assert {part[-1] for part in told} == set(".,:…")


def test_a_notice_that_fits_is_not_parted():
    assert parts("zh", 5000, 1) == (CHINESE,)
