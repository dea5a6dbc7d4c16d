"""The bar under what can be chosen: the way back, the pages, and at its end what helps with every choice."""

from collections.abc import Sequence

from kiosk.screens.frame import back_key
from kiosk.screens.pieces import KEY_MM, key, least_width, tall_key, tall_width
from kiosk.screens.rail import side_key, words_width
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width

_SIDE_MM = 23.0
"""Of a key at the end of a bar."""
_BACK_MM = 50.0
_SIZES_MM = (5.8, 5.2, 4.7, 4.4)
"""Capitals of words beside their pictures; under them where they would be smaller."""
_AROUND_MM = 4.4
PAGE_ICONS = {-1: "page-back", 1: "page-on"}


def helps(sheet: Sheet) -> list[str]:
    """Keys that help with every choice: what makes it easier; where there is a key for reach, that one."""
    return ["lower" if sheet.screen.height_mm >= REACH_FROM_MM else "easier"]


def languages_and_helps(sheet: Sheet) -> list[str]:
    """The way to the languages before them: of two, the other one itself."""
    others = [one for one in sheet.view.languages if one != sheet.view.language]
    if not others:
        return helps(sheet)
    return [f"language:{others[0]}" if len(sheet.view.languages) == 2 else "languages", *helps(sheet)]


def low_top(sheet: Sheet) -> float | None:
    """Where keys with pictures begin on low panels whose title stands in the header's place: under it, since a picture
    that is seen is worth more than a hand's way down; None = where they usually do."""
    if not sheet.unheaded:
        return None
    return sheet.inner.y + sheet.exact_px(1.8) + sheet.capitals(5.8) + sheet.exact_px(4.2)


def end_keys(sheet: Sheet, bar: Box, names: Sequence[str], least: float = 0.0) -> Box:
    """Draws them at the end of the bar, the last ones only where the least width is left; gives what is left."""
    shown = list(names)
    while len(shown) > 1 and not _all_fit(sheet, bar, shown, least):
        shown.pop()
    for name in reversed(shown):
        bar, place = bar.split_right(_end_width(sheet, name), sheet.gap)
        side_key(sheet, place, name)
    return bar


def _all_fit(sheet: Sheet, bar: Box, names: Sequence[str], least: float) -> bool:
    return bar.w - sum(_end_width(sheet, name) + sheet.gap for name in names) >= least


def _end_width(sheet: Sheet, name: str) -> float:
    side = sheet.exact_px(KEY_MM if sheet.small else _SIDE_MM)
    return max(side if sheet.screen.portrait else side * sheet.growth, words_width(sheet, [name]))


def turn_bar(sheet: Sheet, bar: Box, page: int, pages: int, ends: Sequence[str] = ()) -> None:
    """The way back; then which page this is between the keys to the one before and the one after, where there are. All
    words of it have one size. ends: keys at its end, which matter more than the number of the page."""
    if pages < 2:
        bar = end_keys(sheet, bar, ends, sheet.px(_BACK_MM))
        back_key(sheet, bar.split_left(min(bar.w, max(sheet.px(_BACK_MM), bar.w / 3)), 0)[0])
        return
    text = sheet.view.words.text("kiosk.page", page=page + 1, pages=pages)
    longest = sheet.view.words.text("kiosk.page", page=pages, pages=pages)
    size = sheet.capitals(4.4)
    mark_w = max(width(one, size, sheet.style()) for one in (text, longest)) + 2 + sheet.gap
    wished, least = _under_widths(sheet)
    ways = ((wished, mark_w), (least, mark_w), (0.0, mark_w), (wished, 0.0), (least, 0.0))
    tried = [(kept, *one) for kept in (ends, ends[:1]) for one in ways]
    fits = (one for one in tried if _all_fit(sheet, bar, one[0], _three(sheet, *one[1:])))
    ends, under, mark_w = next(fits, tried[-1])
    bar = end_keys(sheet, bar, ends)
    if not under:
        _own_turn_bar(sheet, bar, page, pages, (text, size, mark_w))
        return
    room = (bar.w - mark_w - 2 * sheet.gap) / 3
    mm = next((one for one in _SIZES_MM if _beside_width(sheet, one) <= room), 0.0)
    unit = min(room, max(_beside_width(sheet, mm), sheet.px(_BACK_MM) * 0.8)) if mm else min(room, under * 1.2)
    back, rest = bar.split_left(unit, sheet.gap)
    rest, after = rest.split_right(unit, sheet.gap)
    rest, mark = rest.split_right(max(0.0, mark_w - sheet.gap), sheet.gap if mark_w else 0.0)
    before = rest.split_right(unit)[1]
    smallest = under < wished
    _key(sheet, back, "back", "back", "back", mm, least=smallest)
    if mark_w:
        sheet.text(mark, text, (size,), colour=sheet.theme.quiet, align="center")
    for step, box in ((-1, before), (1, after)):
        if 0 <= page + step < pages:
            word = "previous" if step < 0 else "next"
            _key(sheet, box, f"page:{page + step}", PAGE_ICONS[step], word, mm, least=smallest)


def _own_turn_bar(sheet: Sheet, bar: Box, page: int, pages: int, mark: tuple[str, float, float]) -> None:
    """Where there is no room for keys of one width, each has its word's. mark: its text, capitals and width, px."""
    text, size, wide = mark
    own = _own_widths(sheet)
    back, rest = bar.split_left(own[0], sheet.gap)
    before, rest = rest.split_left(own[1], sheet.gap)
    rest, after = rest.split_right(own[2], sheet.gap)
    _key(sheet, back, "back", "back", "back", 0.0, least=True)
    sheet.text(rest.split_left(wide - sheet.gap)[0], text, (size,), colour=sheet.theme.quiet, align="center")
    for step, box, word in ((-1, before, "previous"), (1, after, "next")):
        if 0 <= page + step < pages:
            _key(sheet, box, f"page:{page + step}", PAGE_ICONS[step], word, 0.0, least=True)


def _own_widths(sheet: Sheet) -> list[float]:
    return [max(sheet.exact_px(KEY_MM), least_width(sheet, word)) for word in _words(sheet)]


def _three(sheet: Sheet, each: float, mark: float) -> float:
    """each: 0 = as wide as its word."""
    return (3 * each or sum(_own_widths(sheet))) + 2 * sheet.gap + mark


def _key(sheet: Sheet, box: Box, name: str, icon: str, word: str, mm: float, *, least: bool) -> None:
    """mm: of words beside their pictures; 0 = under them."""
    text = sheet.view.words.text(f"kiosk.{word}")
    if mm:
        key(sheet, box, name, icon, text, directional=True, mm=mm)
    else:
        tall_key(sheet, box, name, icon, text, directional=True, least=least)


def _words(sheet: Sheet) -> list[str]:
    return [sheet.view.words.text(f"kiosk.{word}") for word in ("back", "previous", "next")]


def _under_widths(sheet: Sheet) -> tuple[float, float]:
    """Of keys with their words under their pictures: as large as they like to be, and as small as they may be."""
    least = sheet.exact_px(KEY_MM)
    ways = (tall_width, least_width)
    wished, least = (max(least, *(one(sheet, word) for word in _words(sheet))) for one in ways)
    return max(wished, least), min(wished, least)


def _beside_width(sheet: Sheet, mm: float) -> float:
    widest = max(width(word, sheet.capitals(mm), sheet.style(700)) for word in _words(sheet))
    return widest + sheet.px(mm * 2.4 + _AROUND_MM) + 6
