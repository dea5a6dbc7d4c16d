"""The keys beside or below the departments: languages, pages, and the one that brings everything within reach.

Keys keep their places from page to page: going on is always where it was touched last.
"""

from kiosk.screens.pieces import ghost_key, globe_key, language_key, language_width, tall_key
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from smartqueue.look.scene import Box
from smartqueue.terms import Language

LANGUAGE_KEYS = 3
"""As many languages have a key of their own; more stand behind the globe."""
_LEAST_SLOTS = 3
_LEAST_KEY_MM = 20.0


def least_rail(sheet: Sheet) -> float:
    """Height of a rail with as many keys as pages need."""
    return _LEAST_SLOTS * sheet.exact_px(_LEAST_KEY_MM) + (_LEAST_SLOTS - 1) * sheet.gap


def draw_side(sheet: Sheet, side: Box, page: int, pages: int) -> None:
    """Keys one below the other in a rail, side by side in a bar."""
    keys = side_keys(sheet, page, pages)
    if sheet.screen.portrait:
        places = side.columns(*[1.0] * len(keys), gap=sheet.gap)
    else:
        most = max(1, int((side.h + sheet.gap + 1) / (sheet.exact_px(_LEAST_KEY_MM) + sheet.gap)))
        keys = keys[:most]
        places = side.rows(*[1.0] * max(len(keys), min(most, _LEAST_SLOTS)), gap=sheet.gap)
    for key, place in zip(keys, places, strict=False):
        _side_key(sheet, place, key, page)


def side_keys(sheet: Sheet, page: int, pages: int) -> list[str]:
    """Languages, or the globe where they would be too many; back and more where there are pages; the key for reach.
    `back:` and `more:` stand for pages that are not there, nothing for an empty place."""
    languages = sheet.view.languages
    own = [f"language:{language}" for language in languages] if len(languages) > 1 else []
    reach = ["lower"] if sheet.screen.height_mm >= REACH_FROM_MM else []
    if pages < 2:
        return (own if len(own) <= LANGUAGE_KEYS else ["languages"]) + reach
    first = ["languages"] if own else [] if sheet.screen.portrait else [""]
    back = f"page:{page - 1}" if page > 0 else "back:"
    more = f"page:{page + 1}" if page + 1 < pages else "more:"
    return [*first, back, more, *reach]


def names_width(sheet: Sheet, keys: list[str]) -> float:
    """What the languages among the keys need."""
    names = (Language(what) for verb, _, what in (key.partition(":") for key in keys) if verb == "language")
    return max((language_width(sheet, language) for language in names), default=0.0)


def _side_key(sheet: Sheet, box: Box, key: str, page: int) -> None:
    words = sheet.view.words
    verb, _, what = key.partition(":")
    match verb:
        case "":
            pass
        case "language":
            language_key(sheet, box, Language(what))
        case "languages":
            globe_key(sheet, box, key)
        case "back" | "more":
            ghost_key(sheet, box, "arrow-left" if verb == "back" else "arrow-right", directional=True)
        case "page":
            on = int(what) > page
            word = words.text("kiosk.more" if on else "kiosk.back")
            tall_key(sheet, box, key, "arrow-right" if on else "arrow-left", word, directional=True)
        case _:
            raised = sheet.view.lowered
            icon = "arrow-up" if raised else "wheelchair"
            tall_key(sheet, box, key, icon, words.text("kiosk.higher" if raised else "kiosk.lower"))
