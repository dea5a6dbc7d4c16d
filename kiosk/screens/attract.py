"""The resting screen: one large key that gives a number, in every language of the site, and the languages."""

from dataclasses import replace
from itertools import product

from kiosk.screens.department_card import card_words, how_said, stands
from kiosk.screens.frame import least_top, put_title
from kiosk.screens.header import header
from kiosk.screens.pieces import chip, chip_width, key, tall_key
from kiosk.screens.rail import extra_keys, side_key
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stacked
from smartqueue.i18n import Words, shipped
from smartqueue.look.scene import Align, Box
from smartqueue.look.typeset import width
from smartqueue.terms import Language
from smartqueue.wire import DepartmentView

MOST_LANGUAGE_KEYS = 6
"""As many languages have a key of their own here."""
_KEY_MM = 27.0
"""Least width of a key in the bar."""
_MOST_IN_ROW = 7
_CARD_SHARES = (1.0, 1.2, 1.4, 1.6, 1.8)
"""Heights of the one department's card, of the usual one."""
_CHIP_SHARES = (1.0, 0.6)
"""Of its chip: a long name has more room beside a smaller one."""


def draw(sheet: Sheet) -> None:
    header(sheet)
    inner, gap = sheet.inner, sheet.gap
    top = least_top(sheet) if sheet.small else sheet.header.bottom + sheet.px(12)
    if not sheet.small or sheet.screen.portrait:
        top = max(top, _share(sheet) * sheet.screen.height_px)
    _welcome(sheet, Box(inner.x, sheet.header.bottom, inner.w, top - sheet.header.bottom))
    area = Box(inner.x, top, inner.w, inner.bottom - top)
    rows = _rows(sheet)
    high = sheet.px(20.0 if sheet.small or len(rows) > 1 else 24.0)
    area, bar = area.split_bottom(len(rows) * high + (len(rows) - 1) * gap, gap)
    for place, row in zip(bar.rows(*[1.0] * len(rows), gap=gap), rows, strict=True):
        for box, name in zip(place.columns(*[1.0] * len(row), gap=gap), row, strict=True):
            _bar_key(sheet, box, name)
    _start(sheet, area)


def _rows(sheet: Sheet) -> list[list[str]]:
    """Keys of the bar, in one row or two; where not all languages fit, as many as do, and a globe."""
    most = min(_MOST_IN_ROW, max(1, int((sheet.inner.w + sheet.gap) / (sheet.px(_KEY_MM) + sheet.gap))))
    others = _others(sheet)
    for name in ("needs", "check_in"):
        if sheet.small and len(others) >= most and name in others:
            others.remove(name)
    room = most if sheet.small else 2 * most
    every = [*_languages(sheet, room - len(others)), *others]
    if len(every) <= most:
        return [every]
    half = (len(every) + 1) // 2
    return [every[:half], every[half:]]


def _languages(sheet: Sheet, room: int) -> list[str]:
    """room: for as many keys. The present one is among them."""
    languages = list(sheet.view.languages)
    if len(languages) < 2:
        return []
    if len(languages) <= min(room, MOST_LANGUAGE_KEYS):
        return [f"language:{language}" for language in languages]
    kept = languages[: max(0, min(room, MOST_LANGUAGE_KEYS + 1) - 1)]
    if kept and sheet.view.language in languages and sheet.view.language not in kept:
        kept[-1] = sheet.view.language
    return [*(f"language:{language}" for language in kept), "languages"]


def _others(sheet: Sheet) -> list[str]:
    """Needs only where the next touch gives a ticket: else they are beside the departments."""
    direct = sheet.view.direct is not None
    every = ["departments"] if direct and len(sheet.view.departments) > 1 else []
    return [*every, *(name for name in extra_keys(sheet) if name not in {"lower", *([] if direct else ["needs"])})]


def _welcome(sheet: Sheet, box: Box) -> None:
    words = sheet.view.words
    if not sheet.screen.portrait:
        sizes = sheet.steps(5.8, 5.2, 4.7) if sheet.small else sheet.steps(7.3, 5.8, 4.7)
        box = box.inset(0, sheet.px(0.4))
        put_title(sheet, box, stacked(sheet, box.w, (Row(words.text("kiosk.welcome"), sizes, 700),), box.h))
        return
    line = Row(words.text("kiosk.welcome_line"), sheet.quiet, 400, sheet.theme.quiet, lines=2, gap=sheet.px(4.4))
    rows = (Row(words.text("kiosk.welcome"), sheet.steps(11.4, 9.1), 700), line)
    box = box.split_bottom(sheet.px(9))[0]
    put_title(sheet, box, stacked(sheet, box.w, rows, box.h))


def _share(sheet: Sheet) -> float:
    return 0.335 if sheet.screen.portrait else 0.235


# --- the large key ------------------------------------------------------------------------------------


def _start(sheet: Sheet, box: Box) -> None:
    sheet.panel(box, fill=sheet.theme.primary, edge=sheet.theme.primary)
    sheet.target(box, "start")
    inner = box.inset(sheet.px(6 if not sheet.small else 3), sheet.px(4 if not sheet.small else 2.2))
    direct = sheet.view.direct
    if direct is not None:
        inner = _with_direct(sheet, inner, direct)
    if sheet.screen.portrait and direct is None:
        icon, words = inner.split_top(min(inner.h * 0.42, sheet.px(60)), sheet.px(3))
    else:
        icon, words = inner.split_left(min(inner.h, sheet.px(44)), sheet.px(6))
    sheet.icon(icon, "touch", sheet.theme.on_primary)
    _invitations(sheet, words)


def _invitations(sheet: Sheet, box: Box) -> None:
    """In the language of the screen, and smaller in the site's others."""
    language = sheet.view.language
    others = [one for one in sheet.view.languages if one != language and shipped(one) == one.split("-")[0]][:2]
    align: Align = "center" if sheet.screen.portrait and not sheet.view.direct else "start"
    here, others = Words(language).text("kiosk.start"), [] if sheet.view.direct else others
    small = sheet.steps(4.4, 4.2, 4.0) if sheet.small else sheet.steps(5.8, 4.7, 4.4)
    big = sheet.steps(9.1, 7.3, 5.8)
    while True:
        rows = [Row(here, big, 700, sheet.theme.on_primary, align, lines=2)]
        for number, one in enumerate(others):
            rows.append(_other(sheet, one, small, align, sheet.px(5 if number else 8)))
        made = stacked(sheet, box.w, rows, box.h)
        if made.whole and made.height <= box.h:
            break
        if not others:
            sizes = (*big, *sheet.steps(5.2, 4.7, 4.4, 4.0))
            made = stacked(sheet, box.w, [replace(rows[0], text=here.replace("\n", " "), sizes=sizes)], box.h)
            break
        others = []
    put(sheet, box, made)


def _other(sheet: Sheet, language: Language, sizes: tuple[float, ...], align: Align, gap: float) -> Row:
    text = Words(language).text("kiosk.start").replace("\n", " ")
    return Row(text, sizes, 400, sheet.theme.on_primary, align, language=language, gap=gap)


def _with_direct(sheet: Sheet, inner: Box, department: DepartmentView) -> Box:
    """The one department that is open, on a white card inside the key, higher for a long name; gives what is left."""
    usual = sheet.px(17.5 if sheet.small else 34 if sheet.screen.portrait else 26)
    for share, smaller in product(_CARD_SHARES, _CHIP_SHARES):
        most = inner.h * (0.64 if share < _CARD_SHARES[-1] else 0.74)
        left, box = inner.split_bottom(min(usual * share, most), sheet.px(2))
        place = box.inset(sheet.px(4), sheet.px(1.2))
        high = min(place.h * 0.75, sheet.px(22) if not sheet.small else usual * 0.65) * smaller
        words = place.split_left(chip_width(sheet, high, department), sheet.px(4))[1]
        place = place.centred(place.w, high)
        how = how_said(sheet, (department,), words, lines=4 if sheet.screen.portrait else 3)
        least = sheet.capitals(4.0) if sheet.screen.portrait else 0.0
        large = how.names[0] >= sheet.exact_px(5.8) and how.size >= least
        if stands(sheet, department, words, how) and (sheet.small or large):
            break
    sheet.panel(box, fill=sheet.theme.card, edge=None)
    chip(sheet, place, department)
    card_words(sheet, words, department, how)
    return left


# --- the bar ------------------------------------------------------------------------------------------


def _bar_key(sheet: Sheet, box: Box, name: str) -> None:
    if name != "departments":
        side_key(sheet, box, name)
        return
    word = sheet.view.words.text("kiosk.all_departments")
    room = box.w - sheet.px(18)
    if width(word, sheet.capitals(4.7), sheet.style(700)) <= room:
        key(sheet, box, name, "clinic", word)
    else:
        tall_key(sheet, box, name, "clinic", word)
