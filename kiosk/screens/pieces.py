"""Pieces that several screens share: header, keys, time bars, departments' tiles and chips, bands."""

from typing import Literal

from kiosk.screens.sheet import Run, Sheet
from smartqueue.i18n import entries, own_name, shipped
from smartqueue.look.scene import ALL_CORNERS, START_CORNERS, Box
from smartqueue.look.theme import LIGHT, ON_DEPARTMENT, department_ground
from smartqueue.look.typeset import width
from smartqueue.terms import Language
from smartqueue.wire import DepartmentView, EstimateView

KEY_MM = 20.0
NAME_SIZES_MM = (7.3, 5.8, 4.7)
SMALL_NAME_MM = 4.4
"""Least capitals of names on a 7-inch panel."""


# --- header -------------------------------------------------------------------------------------------


def header(sheet: Sheet) -> None:
    """The clinic's name and the clock; between them what is not as it should be."""
    box = sheet.header
    clock, size = sheet.view.clock, sheet.capitals(4.4)
    clock_w = width(clock, size, sheet.style()) + 2 if clock else 0.0
    box, clock_box = box.split_right(clock_w, sheet.px(4))
    if clock:
        sheet.text(clock_box, clock, (size,), align="end")
    icon, box = box.split_left(box.h, sheet.px(1.6))
    sheet.icon(icon, "clinic", LIGHT.primary)
    box = _notices(sheet, box)
    if sheet.view.site is not None and box.w > sheet.px(15):
        name, language = sheet.view.named(sheet.view.site.names)
        sheet.text(box, name, sheet.steps(3.6), weight=700, language=language)


def _notices(sheet: Sheet, box: Box) -> Box:
    """Notices at the end of the box, first the graver one; gives what is left of it."""
    size, words = sheet.capitals(3.6), sheet.view.words
    notices: list[tuple[str, str]] = []
    if sheet.view.picture_age_s is not None:
        notices.append(("wifi-off", words.text("kiosk.notice_away", age=_age(sheet, sheet.view.picture_age_s))))
    if sheet.view.site is not None and sheet.view.site.insecure_lan:
        notices.append(("warning", words.text("kiosk.notice_insecure")))
    for icon, text in reversed(notices):
        icon_w, gap = box.h * 0.85, sheet.px(1.2)
        wide = icon_w + gap + width(text, size, sheet.style(700)) + 2
        box, place = box.split_right(wide, sheet.px(4))
        icon_box, text_box = place.split_left(icon_w, gap)
        sheet.icon(icon_box, icon, LIGHT.trouble)
        sheet.text(text_box, text, (size,), weight=700, colour=LIGHT.trouble)
    return box


def _age(sheet: Sheet, seconds: int) -> str:
    if seconds < 100:
        return sheet.view.words.text("kiosk.seconds", n=seconds)
    return sheet.view.words.text("kiosk.minutes", n=seconds // 60)


# --- keys ---------------------------------------------------------------------------------------------

Kind = Literal["plain", "primary"]


def key(
    sheet: Sheet, box: Box, name: str, icon: str, word: str, *, kind: Kind = "plain", directional: bool = False
) -> None:
    """A key with its icon before its word, capitals 5.8 mm."""
    colour = _key_panel(sheet, box, name, kind)
    icon_w, gap = min(sheet.px(11), box.h * 0.6), sheet.px(3)
    room = box.w - 2 * sheet.px(2) - icon_w - gap
    size = next((s for s in sheet.steps(5.8, 4.7) if width(word, s, sheet.style(700)) <= room), sheet.capitals(4.0))
    word_w = min(width(word, size, sheet.style(700)) + 2, room)
    content = box.centred(icon_w + gap + word_w, box.h)
    icon_box, word_box = content.split_left(icon_w, gap)
    sheet.icon(icon_box, icon, colour, directional=directional)
    sheet.text(word_box, word, (size,), weight=700, colour=colour)


def tall_key(sheet: Sheet, box: Box, name: str, icon: str, word: str, *, directional: bool = False) -> None:
    """A key with its word under its icon, for rails and bars."""
    colour = _key_panel(sheet, box, name, "plain")
    icon_box, word_box = _stacked(sheet, box)
    sheet.icon(icon_box, icon, colour, directional=directional)
    sheet.text(word_box, word, sheet.steps(3.6), weight=700, colour=colour, align="center")


def language_key(sheet: Sheet, box: Box, language: Language) -> None:
    """A language by its own name, under a letter of its script; the present one has thick edge, tick and colour."""
    chosen = language == sheet.view.language
    colour = LIGHT.primary if chosen else LIGHT.text
    sheet.panel(box, edge=LIGHT.primary if chosen else LIGHT.edge, thick=2.0 if chosen else 1.0)
    sheet.target(box, f"language:{language}")
    if box.w > 2.2 * box.h:
        letter, name_size = sheet.steps(7.3), sheet.steps(5.8, 4.7, 4.4)
        name_w = width(own_name(language), name_size[0], sheet.style(700, language=language)) + 2
        letter_w = width(_letter(language), letter[0], sheet.style(700, language=language)) + 2
        content = box.centred(min(letter_w + sheet.px(4) + name_w, box.w - 2 * sheet.px(3)), box.h)
        letter_box, word_box = content.split_left(letter_w, sheet.px(4))
    else:
        letter, name_size = sheet.steps(7.3), sheet.steps(3.6)
        letter_box, word_box = _stacked(sheet, box)
    for place, text, sizes in ((letter_box, _letter(language), letter), (word_box, own_name(language), name_size)):
        sheet.text(place, text, sizes, weight=700, colour=colour, align="center", language=language)
    if chosen:
        tick(sheet, box)


def tick(sheet: Sheet, box: Box) -> None:
    side, away = sheet.px(5), sheet.px(1.7)
    place = Box(box.right - side - away, box.y + away, side, side)
    sheet.panel(place, fill=LIGHT.primary, edge=None, radius=sheet.px(1.4))
    sheet.icon(place.inset(side * 0.14), "check", LIGHT.on_primary)


def _letter(language: Language) -> str:
    if shipped(language) == language.split("-")[0]:
        return str(entries(shipped(language))["kiosk.script_letter"])
    return own_name(language)[:1].upper()


def _stacked(sheet: Sheet, box: Box) -> tuple[Box, Box]:
    """Places of an icon and the word under it, in the middle of a key."""
    icon_h, word_h, gap = sheet.px(12), sheet.px(5), sheet.px(1.5)
    content = box.centred(box.w - 2 * sheet.px(0.8), min(icon_h + gap + word_h, box.h - 2 * sheet.px(0.8)))
    icon, word = content.split_bottom(word_h, min(gap, sheet.px(0.5) + max(0.0, content.h - icon_h - word_h)))
    return icon.centred(min(icon.w, icon_h), min(icon.h, icon_h)), word


def _key_panel(sheet: Sheet, box: Box, name: str, kind: Kind) -> str:
    primary = kind == "primary"
    sheet.panel(box, fill=LIGHT.primary if primary else LIGHT.card, edge=LIGHT.primary if primary else LIGHT.edge)
    sheet.target(box, name)
    return LIGHT.on_primary if primary else LIGHT.text


def time_bar(sheet: Sheet, box: Box, left: float, colour: str = LIGHT.accent) -> None:
    """What is left of a time, 0 to 1, along the bottom of a key, between its round corners."""
    high = sheet.px(1.4)
    track = Box(box.x + sheet.radius, box.bottom - high - sheet.px(1.0), box.w - 2 * sheet.radius, high)
    sheet.bar(Box(track.x, track.y, track.w * min(max(left, 0.0), 1.0), track.h), colour)


# --- departments --------------------------------------------------------------------------------------


def tile(sheet: Sheet, box: Box, department: DepartmentView) -> None:
    """Icon over letter on the department's ground, at the start of its card; dashed and empty when it is closed."""
    colour = ON_DEPARTMENT
    if department.open:
        ground = department_ground(department.ground)
        sheet.panel(box, fill=ground, edge=None, corners=START_CORNERS)
    else:
        colour = LIGHT.quiet
        rule = Box(box.right - sheet.edge, box.y + sheet.edge, sheet.edge, box.h - 2 * sheet.edge)
        sheet.bar(rule, LIGHT.edge, dashed=True)
    icon_h = min(sheet.px(12.7), box.w * 0.72)
    letter_size = sheet.capitals(7.3)
    content = box.centred(box.w, icon_h + sheet.px(3.2) + letter_size)
    icon_box, letter_box = content.split_top(icon_h, sheet.px(3.2))
    sheet.icon(icon_box.centred(icon_h, icon_h), department.icon, colour)
    sheet.text(letter_box, department.letter, (letter_size,), weight=700, colour=colour, align="center")


def chip(sheet: Sheet, box: Box, department: DepartmentView) -> float:
    """Icon and letter side by side at the start of the box; gives the chip's width."""
    size, pad = box.h * 0.55, box.h * 0.2
    letter_w = width(department.letter, size, sheet.style(700)) + 2
    icon_w = box.h * 0.72
    wide = pad + icon_w + pad * 0.5 + letter_w + pad
    place = Box(box.x, box.y, wide, box.h)
    sheet.panel(place, fill=department_ground(department.ground), edge=None, radius=box.h * 0.18, corners=ALL_CORNERS)
    sheet.icon(Box(box.x + pad, box.y, icon_w, box.h), department.icon, ON_DEPARTMENT)
    letter_box = Box(place.right - pad - letter_w, box.y, letter_w, box.h)
    sheet.text(letter_box, department.letter, (size,), weight=700, colour=ON_DEPARTMENT, align="center")
    return wide


def range_words(sheet: Sheet, estimate: EstimateView) -> str:
    return sheet.view.words.text("kiosk.range_minutes", low=estimate.low_min, high=estimate.high_min)


def emphasised(text: str, part: str, quiet: str = LIGHT.quiet, strong: str = LIGHT.text) -> list[Run]:
    """The text as runs with one part of it bold; as it is where the part is not in it."""
    before, found, after = text.partition(part)
    if not found:
        return [Run(text, 400, quiet)]
    return [run for run in (Run(before, 400, quiet), Run(found, 700, strong), Run(after, 400, quiet)) if run.text]


# --- bands --------------------------------------------------------------------------------------------


def head(sheet: Sheet, box: Box, icon: str, title: str, line: str, *, trouble: bool = False) -> None:
    """What happened in large words and what to do in smaller ones, beside an icon; a full band in trouble."""
    if trouble:
        sheet.panel(box, fill=LIGHT.trouble_ground, edge=None)
    colour = LIGHT.on_trouble if trouble else LIGHT.text
    square = box.split_left(box.h)[0]
    if trouble:
        sheet.icon(square.centred(box.h * 0.62, box.h * 0.62), icon, colour)
    else:
        sheet.panel(square, fill=LIGHT.primary, edge=None)
        sheet.icon(square.centred(box.h * 0.7, box.h * 0.7), icon, LIGHT.on_primary)
    text = Box(square.right + sheet.px(4), box.y, box.right - square.right - sheet.px(4 + (4 if trouble else 0)), box.h)
    _head_words(sheet, text, title, line, colour, LIGHT.on_trouble if trouble else LIGHT.quiet)


def _head_words(sheet: Sheet, box: Box, title: str, line: str, colour: str, quiet: str) -> None:
    low = sheet.capitals(4.4)
    rows = 1 if width(line, low, sheet.style()) <= box.w else 2
    space, below = sheet.below_name(), low * (1 if rows == 1 else 3)
    fitting = [size for size in sheet.steps(7.3, 5.8, 4.7) if size + space + below <= box.h - sheet.px(1)]
    big = sheet.shared_size([title], sheet.style(700), tuple(fitting) or sheet.steps(4.7), box.w)
    content = box.centred(box.w, big + space + below)
    title_box, line_box = content.split_top(big, space)
    sheet.text(title_box, title, (big,), weight=700, colour=colour)
    sheet.text(line_box, line, (low, sheet.capitals(4.0)), colour=quiet, lines=rows, valign="top")
