"""Notices that are too long to stand whole."""

import pytest
from display_gallery import LONG_NOTICE

from display.screens.parted import parted
from smartqueue.look import linebreak, typeset
from smartqueue.parting import sentences
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
@pytest.mark.parametrize("width_px", [480, 560, 640, 700, 860, 1500])
@pytest.mark.parametrize("language", sorted(NOTICES))
def test_no_part_is_cut_inside_a_sentence_that_fits_and_none_is_a_word_alone(language, width_px, most):
    told, style = parts(language, width_px, most), typeset.Style(language)
    whole = [one for one in sentences(NOTICES[language]) if fits(one, style, width_px, most)]
    assert all(any(one in part for part in told) for one in whole)
    assert all(words(part) > 1 for part in told)


def fits(text: str, style: typeset.Style, width_px: float, most: int) -> bool:
    return len(typeset.wrap(text, CAPITAL, style, width_px)) <= most


@pytest.mark.parametrize("width_px", [560, 640])
@pytest.mark.parametrize("language", sorted(NOTICES))
def test_a_sentence_that_does_not_fit_ends_its_parts_after_a_colon_however_long_they_are(language, width_px):
    told = parts(language, width_px, 2)
    assert ["end" if part[-1] in ".।。" else part[-1] for part in told] == ["end", told[1][-1], "end", "end"]
    assert told[1][-1] in ":："


def test_a_long_notice_is_parted_in_time_for_a_call():
    """It is reckoned word by word, not by setting every possible part."""
    told = " ".join(NOTICES[Language("en")] for _ in range(4))
    before = typeset.width.cache_info().misses
    assert len(parted(told, CAPITAL, typeset.Style(Language("en")), 480.5, 2)) > 12
    assert typeset.width.cache_info().misses - before < 12 * len(told.split())


def test_only_a_part_that_ends_between_words_has_an_ellipsis():
    told = parts("en", 420, 1)
    assert told[:2] == ("The lift is out of…", "order this week.")
    assert {part[-1] for part in told} >= set(".…")
    assert all(part.endswith("…") == (part.removesuffix("…")[-1].isalpha()) for part in told)


def test_a_notice_that_fits_is_not_parted():
    assert parts("zh", 5000, 1) == (CHINESE,)
