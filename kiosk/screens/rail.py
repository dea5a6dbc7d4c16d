"""The keys beside or below the departments: languages, pages, needs, check-in, and the way to what makes it easier.

Where not all have room, the rest is behind the last but one: `easier` shows it too. Keys keep their places from page to
page: going on is always where it was touched last.
"""

from kiosk.screens.frame import usual_top
from kiosk.screens.pieces import (
    globe_key,
    globe_width,
    language_key,
    language_width,
    least_width,
    tall_key,
    tall_width,
)
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from smartqueue.look.scene import Box
from smartqueue.terms import Language

LANGUAGE_KEYS = 3
"""As many languages have a key of their own; more stand behind the globe."""
MOST_SLOTS = 5
_LEAST_KEY_MM = 20.0
_BAR_KEY_MM = 22.0
_TURNS_FROM = 4
"""With fewer places one key turns the pages, on and on: after the last comes the first."""
_REACH_KEY_MM, _ROOMY_KEY_MM = 24.0, 28.0
_WHOLE_WORD_MM = 30.0
"""As wide a key may be for its words to stand on one line, over a large picture."""
EXTRA_ICONS = {"check_in": "check-in", "needs": "person-plus", "easier": "see-hear"}


def slots(sheet: Sheet) -> int:
    """As many keys have room."""
    inner, gap = sheet.inner, sheet.gap
    if sheet.screen.portrait:
        return max(2, min(MOST_SLOTS, int((inner.w + gap + 1) / (sheet.px(_BAR_KEY_MM) + gap))))
    high = inner.bottom - usual_top(sheet)
    return max(2, min(MOST_SLOTS, int((high + gap + 1) / (sheet.px(_LEAST_KEY_MM) + gap))))


def least_rail(sheet: Sheet) -> float:
    """Height of a rail with all its keys."""
    count = slots(sheet)
    return count * sheet.exact_px(_LEAST_KEY_MM) + (count - 1) * sheet.gap


def draw_side(sheet: Sheet, side: Box, page: int, pages: int) -> None:
    """Keys one below the other in a rail, side by side in a bar."""
    keys = side_keys(sheet, page, pages)
    if sheet.screen.portrait:
        places = side.columns(*[1.0] * len(keys), gap=sheet.gap)
    else:
        places = side.rows(*[1.0] * max(len(keys), min(slots(sheet), 3)), gap=sheet.gap)
    for key, place in zip(keys, places, strict=False):
        side_key(sheet, place, key, page)


def side_keys(sheet: Sheet, page: int, pages: int) -> list[str]:
    """From the first to the last. `back:` and `more:` keep the places of keys for pages that are not there."""
    most = slots(sheet)
    turns = _turns(page, pages, most)
    languages = [f"language:{language}" for language in sheet.view.languages]
    extras = extra_keys(sheet)
    globe = ["languages"] if len(languages) > 1 else []
    own = languages if 1 < len(languages) <= LANGUAGE_KEYS and not turns else globe
    leave = 1 if sheet.screen.portrait or _wanted(sheet) else 0
    if len(own) + len(turns) + len(extras) + leave > most:
        own = globe
    room = most - len(own) - len(turns)
    kept = _kept(extras, room)
    turns = _without_hole(turns, [name for name in ("check_in", "needs") if name in extras and name not in kept])
    keys = [*own, *turns, *kept]
    roomy = _wanted(sheet) or _has_room(sheet, len(keys) + 1)
    return [*keys, "leave"] if len(extras) < room and roomy else keys


def _wanted(sheet: Sheet) -> bool:
    """Something is not as usual: who finds it so, and did not wish it, ends it."""
    view = sheet.view
    usual = view.site.default_language if view.site else view.language
    return bool(view.needs or view.contrast or view.speech or view.lowered or view.language != usual)


def _without_hole(turns: list[str], others: list[str]) -> list[str]:
    """On the first page what has no other place stands where later ones have the way back; never where the way on is:
    who touches that again and again would meet it on the last."""
    return [others[0], *turns[1:]] if others and turns[:1] == ["back:"] else turns


def _has_room(sheet: Sheet, count: int) -> bool:
    """So many keys stay as high as their words and pictures like to be."""
    high = sheet.inner.bottom - usual_top(sheet)
    return sheet.screen.portrait or (high + sheet.gap) / count - sheet.gap >= sheet.px(_ROOMY_KEY_MM)


def _turns(page: int, pages: int, most: int) -> list[str]:
    if pages < 2:
        return []
    if most < _TURNS_FROM:
        return [f"page:{(page + 1) % pages}"]
    back = f"page:{page - 1}" if page > 0 else "back:"
    more = f"page:{page + 1}" if page + 1 < pages else "more:"
    return [back, more]


def extra_keys(sheet: Sheet) -> list[str]:
    """In the order in which they are shown."""
    lower = ["lower"] if sheet.screen.height_mm >= REACH_FROM_MM else []
    return ["needs", *(["check_in"] if sheet.view.checks_in else []), "easier", *lower]


def lower_beside(sheet: Sheet, bar: Box) -> Box:
    """At the end of a bar, on panels from 200 mm height, the key that moves everything lower; gives what is left."""
    if sheet.screen.height_mm < REACH_FROM_MM:
        return bar
    wide = max(sheet.exact_px(_REACH_KEY_MM), words_width(sheet, ["lower"]))
    rest, place = bar.split_right(wide, sheet.gap)
    side_key(sheet, place, "lower")
    return rest


def _kept(extras: list[str], room: int) -> list[str]:
    """What has a place. The way to the others, and what brings everything within reach, never go."""
    kept = list(extras)
    for name in ("needs", "check_in"):
        if len(kept) > room and name in kept:
            kept.remove(name)
    return kept


def words_width(sheet: Sheet, keys: list[str]) -> float:
    """What the words of the keys need, on as many lines as they may have."""
    widths = [0.0]
    for key in keys:
        verb, _, what = key.partition(":")
        if verb == "language":
            widths.append(language_width(sheet, Language(what)))
        elif verb == "page":
            widths.append(tall_width(sheet, turn_word(sheet, on=what == "1")))
        elif verb == "languages":
            widths.append(globe_width(sheet))
        elif verb == "lower":
            widths += (tall_width(sheet, sheet.view.words.text(f"kiosk.{word}")) for word in ("lower", "higher"))
        elif verb in EXTRA_ICONS or verb == "leave":
            word = sheet.view.words.text(f"kiosk.key.{verb}")
            whole = least_width(sheet, word)
            widths.append(whole if whole <= sheet.px(_WHOLE_WORD_MM) else tall_width(sheet, word))
    return max(widths)


def turn_word(sheet: Sheet, *, on: bool) -> str:
    """Where one key turns the pages, on and on, it says on the last that it leads to the first."""
    words = sheet.view.words
    if slots(sheet) < _TURNS_FROM:
        return words.text("kiosk.more") if on else words.text("kiosk.say.page", page=1)
    return words.text("kiosk.next" if on else "kiosk.previous")


def side_key(sheet: Sheet, box: Box, key: str, page: int = 0) -> None:
    words = sheet.view.words
    verb, _, what = key.partition(":")
    match verb:
        case "language":
            language_key(sheet, box, Language(what))
        case "languages":
            globe_key(sheet, box, key)
        case "back" | "more":
            pass
        case "page":
            on = int(what) > page
            word = turn_word(sheet, on=on)
            tall_key(sheet, box, key, "page-on" if on else "page-back", word, directional=True)
        case "lower":
            raised = sheet.view.lowered
            icon = "arrow-up" if raised else "wheelchair"
            tall_key(sheet, box, key, icon, words.text("kiosk.higher" if raised else "kiosk.lower"))
        case "leave":
            tall_key(sheet, box, key, "cross", words.text("kiosk.key.leave"))
        case _:
            chosen = verb == "needs" and bool(sheet.view.needs)
            tall_key(sheet, box, key, EXTRA_ICONS[verb], words.text(f"kiosk.key.{verb}"), chosen=chosen)
