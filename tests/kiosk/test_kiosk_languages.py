"""The kiosk in every language that is shipped, on a usual and on a small panel: nothing cut, crowded or too small."""

import pytest
from kiosk_gallery import SCREENS, fronts, special, view
from kiosk_worlds import site

from kiosk.screens import draw
from smartqueue.look import fonts
from smartqueue.look.scene_check import check
from smartqueue.terms import LANGUAGES, Language

RARE = (
    "departments-4",
    "departments-9",
    "direct",
    "notices",
    "notices-attract",
    "ticket-next-code",
    "ticket-long-no-code",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", ["10in", "7in"])
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


@pytest.mark.parametrize("panel", ["10in", "7in"])
def test_all_languages_can_be_offered_at_once(panel: str) -> None:
    shipped = [language for language in LANGUAGES if fonts.drawable(language)]
    here, screen = site(languages=shipped), SCREENS[panel]
    for name in ("attract", "languages", "departments"):
        assert check(draw(view(fronts(shipped[0])[name], shipped[0], site=here), screen), screen) == []
