"""The resting screen: one large key that gives a number, in every language of the site, and the languages."""

from kiosk.screens.departments import LANGUAGE_KEYS
from kiosk.screens.pieces import chip, emphasised, header, key, language_key, range_words, tall_key
from kiosk.screens.sheet import Run, Sheet
from smartqueue.i18n import Words, own_name, shipped
from smartqueue.look.scene import Align, Box
from smartqueue.look.theme import LIGHT
from smartqueue.look.typeset import Fit, fit, leading_em, width
from smartqueue.terms import Language
from smartqueue.wire import DepartmentView


def draw(sheet: Sheet) -> None:
    header(sheet)
    inner, gap = sheet.inner, sheet.gap
    top = max(sheet.header.bottom + sheet.px(12 if not sheet.small else 10), _share(sheet) * sheet.screen.height_px)
    _welcome(sheet, Box(inner.x, sheet.header.bottom, inner.w, top - sheet.header.bottom))
    area = Box(inner.x, top, inner.w, inner.bottom - top)
    keys = _bar_keys(sheet)
    if keys:
        area, bar = area.split_bottom(max(sheet.px(24), sheet.exact_px(20)), gap)
        for box, name in zip(bar.columns(*[1.0] * len(keys), gap=gap), keys, strict=True):
            _bar_key(sheet, box, name)
    _start(sheet, area)


def _welcome(sheet: Sheet, box: Box) -> None:
    words = sheet.view.words
    if not sheet.screen.portrait:
        sheet.text(box, words.text("kiosk.welcome"), sheet.steps(7.3, 5.8), weight=700)
        return
    big, line, rest = sheet.capitals(11.4), sheet.capitals(4.4), sheet.px(9)
    box = box.split_bottom(big + sheet.below_name() + line * 2 + rest)[1].split_bottom(rest)[0]
    title, below = box.split_top(big, sheet.below_name())
    sheet.text(title, words.text("kiosk.welcome"), (big, *sheet.steps(9.1, 7.3)), weight=700)
    text = words.text("kiosk.welcome_line")
    sheet.text(below, text, (line, sheet.capitals(4.0)), colour=LIGHT.quiet, valign="top", lines=2)


def _share(sheet: Sheet) -> float:
    return 0.335 if sheet.screen.portrait else 0.235


# --- the large key ------------------------------------------------------------------------------------


def _start(sheet: Sheet, box: Box) -> None:
    sheet.panel(box, fill=LIGHT.primary, edge=LIGHT.primary)
    sheet.target(box, "start")
    inner = box.inset(sheet.px(6), sheet.px(4))
    direct = sheet.view.direct
    if direct is not None:
        place, inner = inner.split_bottom(sheet.px(22 if not sheet.small else 16), sheet.px(2))
        _direct(sheet, inner, direct)
        inner = place
    if sheet.screen.portrait and direct is None:
        icon, words = inner.split_top(min(inner.h * 0.42, sheet.px(60)), sheet.px(3))
    else:
        icon, words = inner.split_left(min(inner.h, sheet.px(44)), sheet.px(6))
    sheet.icon(icon, "touch", LIGHT.on_primary)
    _invitations(sheet, words)


def _invitations(sheet: Sheet, box: Box) -> None:
    """In the language of the screen, and smaller in the site's others."""
    language = sheet.view.language
    others = [one for one in sheet.view.languages if one != language and shipped(one) == one.split("-")[0]][:2]
    align: Align = "center" if sheet.screen.portrait and not sheet.view.direct else "start"
    here = Words(language).text("kiosk.start")
    if sheet.view.direct:
        others, here = [], here.replace("\n", " ")
    small = sheet.steps(5.8, 4.7, 4.4) if not sheet.small else sheet.steps(4.4)
    pitch = small[0] * 2.2
    chosen, others = _fitted(sheet, here, others, box, pitch)
    big_h = chosen.capital_px * (1 + (len(chosen.lines) - 1) * leading_em(sheet.style(700)) / 0.714)
    content = box.centred(box.w, big_h + pitch * len(others) + (sheet.px(3) if others else 0))
    first, rest = content.split_top(big_h)
    sheet.text(
        first, here, (chosen.capital_px,), weight=700, colour=LIGHT.on_primary, align=align, lines=2, valign="top"
    )
    for number, one in enumerate(others):
        text = Words(one).text("kiosk.start").replace("\n", " ")
        row = Box(rest.x, rest.bottom - pitch * (len(others) - number), rest.w, pitch)
        sheet.text(row, text, small, colour=LIGHT.on_primary, align=align, valign="bottom", language=one)


def _fitted(sheet: Sheet, here: str, others: list[Language], box: Box, pitch: float) -> tuple[Fit, list[Language]]:
    """The invitation as large as can be, and as many others as leave it clearly the largest."""
    big = sheet.steps(9.1, 7.3, 5.8)
    while True:
        room = box.h - pitch * len(others) - (sheet.px(3) if others else 0)
        chosen = fit(here, sheet.style(700), big, box.w, 2, room)
        if not others or not (chosen.cut or chosen.hyphenated):
            return chosen, others
        others = others[:-1]


def _direct(sheet: Sheet, box: Box, department: DepartmentView) -> None:
    """The one department that is open, on a white card inside the key."""
    sheet.panel(box, fill=LIGHT.card, edge=None)
    inner = box.inset(sheet.px(4), sheet.px(2))
    chip_h = min(inner.h * 0.62, sheet.px(22))
    place = inner.centred(inner.w, chip_h)
    wide = chip(sheet, place, department)
    words = place.split_left(wide, sheet.px(4))[1]
    name_box, meta_box = words.rows(1.2, 1.0)
    name, language = sheet.view.named(department.names)
    sheet.text(name_box, name, sheet.steps(7.3, 5.8, 4.7, 4.4), weight=700, language=language)
    sheet.runs(meta_box, *_meta(sheet, department, meta_box.w))


def _meta(sheet: Sheet, department: DepartmentView, room: float) -> tuple[list[Run], float]:
    words = sheet.view.words
    runs = emphasised(words.count("kiosk.waiting", department.waiting), str(department.waiting))
    if department.estimate is not None:
        runs += [Run(" · ", 400, LIGHT.quiet), Run(range_words(sheet, department.estimate), 400, LIGHT.quiet)]
    size = next((s for s in sheet.steps(4.4, 4.0) if sheet.run_width(runs, s) <= room), sheet.capitals(3.6))
    return runs, size


# --- the bar ------------------------------------------------------------------------------------------


def _bar_keys(sheet: Sheet) -> list[str]:
    languages = sheet.view.languages
    keys: list[str] = []
    if len(languages) > LANGUAGE_KEYS:
        keys.append("languages")
    elif len(languages) > 1:
        keys += [f"language:{language}" for language in languages]
    if sheet.view.direct is not None and len(sheet.view.departments) > 1:
        keys.append("departments")
    return keys


def _bar_key(sheet: Sheet, box: Box, name: str) -> None:
    verb, _, what = name.partition(":")
    if verb == "language":
        language = next(one for one in sheet.view.languages if one == what)
        language_key(sheet, box, language)
    elif verb == "languages":
        tall_key(sheet, box, name, "globe", own_name(sheet.view.language))
    else:
        word = sheet.view.words.text("kiosk.all_departments")
        room = box.w - sheet.px(18)
        if width(word, sheet.capitals(4.7), sheet.style(700)) <= room:
            key(sheet, box, name, "clinic", word)
        else:
            tall_key(sheet, box, name, "clinic", word)
