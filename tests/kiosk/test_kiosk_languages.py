"""The kiosk in every language that is shipped, on every panel: nothing cut, crowded or too small."""

import pytest
from kiosk_gallery import SCREENS, fronts, special, view
from kiosk_panels import LANGUAGES as TRIED_ELSEWHERE
from kiosk_worlds import site

from kiosk.screens import draw
from smartqueue.look import fonts
from smartqueue.look.scene_check import check
from smartqueue.terms import LANGUAGES, Language

RARE = (
    "one-language",
    "departments-3",
    "giant-direct",
    "closed-long",
    "departments-4",
    "departments-9",
    "departments-whole",
    "departments-states",
    "attract-whole",
    "attract-direct-whole",
    "direct",
    "easier-on",
    "easier-check_in",
    "needs-chosen",
    "visit_types-8",
    "phone-prefix",
    "take-message",
    "notices",
    "notices-attract",
    "ticket-next-code",
    "ticket-long-no-code",
    "away-trouble",
    "away-closed",
    "away-ticket",
    "check_in-reader",
)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one not in TRIED_ELSEWHERE])
@pytest.mark.parametrize("panel", SCREENS)
def test_no_screen_has_a_defect_in_any_language(panel: str, language: Language) -> None:
    if not fonts.drawable(language):
        pytest.skip(fonts.remedy(fonts.script(language)))
    here, screen = (
        site(languages=list(dict.fromkeys([language, *LANGUAGES[:2]])), default_language=language),
        SCREENS[panel],
    )
    rare = special(language)
    shown = {
        **{name: view(front, language, site=here) for name, front in fronts(language).items()},
        **{name: rare[name] for name in RARE},
    }
    found = {name: defects for name, one in shown.items() if (defects := check(draw(one, screen), screen))}
    assert found == {}


@pytest.mark.parametrize("panel", SCREENS)
def test_all_languages_can_be_offered_at_once(panel: str) -> None:
    shipped = [language for language in LANGUAGES if fonts.drawable(language)]
    here, screen = site(languages=shipped), SCREENS[panel]
    for name in ("attract", "languages", "departments"):
        assert check(draw(view(fronts(shipped[0])[name], shipped[0], site=here), screen), screen) == []


@pytest.mark.parametrize("panel", SCREENS)
def test_every_language_is_on_one_of_the_pages(panel: str) -> None:
    here, seen = site(languages=list(LANGUAGES)), set()
    for name in ("languages-every", "languages-second"):
        scene = draw(special(LANGUAGES[0])[name], SCREENS[panel])
        assert sum(target.key.startswith("language:") for target in scene.targets) <= 6
        seen |= {target.key for target in scene.targets}
    assert {f"language:{one}" for one in here.languages} <= seen
