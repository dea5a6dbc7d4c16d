"""Pieces that several screens share: keys, time bars, departments' tiles and chips."""

from typing import Literal

from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stack, stacked
from smartqueue.i18n import Words, entries, own_name, shipped
from smartqueue.look.inline import Part
from smartqueue.look.inline import Words as InLine
from smartqueue.look.scene import START_CORNERS, Box
from smartqueue.look.theme import ON_DEPARTMENT, department_ground
from smartqueue.look.typeset import width
from smartqueue.terms import Language
from smartqueue.wire import DepartmentView, EstimateView

KEY_MM = 20.0
_USUAL_WORD_MM = 26.0
NAME_SIZES_MM = (7.3, 6.5, 5.8, 5.2, 4.7)
_AROUND_NAME_MM, _BESIDE_NAME_MM = 0.6, 1.8
SMALL_NAME_MM = 4.4
"""Least capitals of names on a 7-inch panel."""


# --- keys ---------------------------------------------------------------------------------------------

Kind = Literal["plain", "primary"]


def key(
    sheet: Sheet,
    box: Box,
    name: str,
    icon: str,
    word: str,
    *,
    kind: Kind = "plain",
    directional: bool = False,
    mm: float = 5.8,
) -> None:
    """A key with its icon before its word, or above a word that is too long. mm: height of its capitals, wished."""
    colour = key_panel(sheet, box, name, kind)
    icon_w, gap = min(sheet.px(mm * 1.9), box.h * 0.6), sheet.px(mm * 0.5)
    room = box.w - 2 * sheet.px(2) - icon_w - gap
    size = sheet.shared_size([word], sheet.style(700), sheet.steps(mm, mm * 0.8, 4.7, 4.4, 4.0, 3.6), room)
    word_w = width(word, size, sheet.style(700))
    if word_w > room + 0.5:
        _word_below(sheet, box, icon, word, colour, directional=directional)
        return
    content = box.centred(icon_w + gap + word_w + 2, box.h)
    icon_box, word_box = content.split_left(icon_w, gap)
    sheet.icon(icon_box, icon, colour, directional=directional)
    sheet.text(word_box, word, (size,), weight=700, colour=colour)


def tall_key(
    sheet: Sheet, box: Box, name: str, icon: str, word: str, *, directional: bool = False, chosen: bool = False
) -> None:
    """A key with its word under its icon, for rails and bars. chosen: something of it is set."""
    colour = key_panel(sheet, box, name)
    if chosen:
        colour = sheet.theme.primary
        sheet.panel(box, edge=colour, thick=2.0)
    _word_below(sheet, box, icon, word, colour, directional=directional)
    if chosen:
        tick(sheet, box)


def tall_width(sheet: Sheet, word: str) -> float:
    """Of a key with its word under its icon; on two lines where one would be long."""
    style, size, air = sheet.style(700), sheet.capitals(3.4), 2 * sheet.px(1.8)
    whole = width(word, size, style) + air
    roomy = whole <= sheet.px(_USUAL_WORD_MM) and not sheet.small
    return whole if roomy else max(width(one, size, style) for one in word.split()) + air


def _word_below(sheet: Sheet, box: Box, icon: str, word: str, colour: str, *, directional: bool) -> None:
    inner = box.inset(sheet.px(0.8), sheet.px(1.2))
    made = stacked(sheet, inner.w, (Row(word, sheet.steps(3.6, 3.4), 700, colour, "center", lines=2),))
    icon_h = min(sheet.px(12), inner.h - made.height - sheet.px(1.2))
    content = inner.centred(inner.w, icon_h + sheet.px(2.0) + made.height)
    icon_box, word_box = content.split_top(icon_h, min(sheet.px(2.0), inner.h - made.height - icon_h))
    sheet.icon(icon_box.centred(icon_h, icon_h), icon, colour, directional=directional)
    put(sheet, word_box, made, share=0.0)


def globe_key(sheet: Sheet, box: Box, name: str) -> None:
    """The way to the languages, in as many scripts as there is room for: who can't read this one finds it too."""
    colour = key_panel(sheet, box, name, "plain")
    inner = box.inset(sheet.px(0.8), sheet.px(1.2))
    rows = _language_rows(sheet, colour)
    while True:
        made = stacked(sheet, inner.w, rows)
        if len(rows) == 1 or made.height + sheet.px(1.2) + sheet.px(5.5) <= inner.h:
            break
        rows = rows[:-1]
    gap = sheet.px(1.2 if len(rows) > 1 else 2.0)
    icon_h = min(sheet.px(12), inner.h - made.height - gap)
    content = inner.centred(inner.w, icon_h + gap + made.height)
    icon_box, word_box = content.split_top(icon_h, gap)
    sheet.icon(icon_box.centred(icon_h, icon_h), "globe", colour)
    put(sheet, word_box, made, share=0.0)


def _language_rows(sheet: Sheet, colour: str) -> list[Row]:
    """The word for language, in the present one first."""
    here = sheet.view.language
    known = [one for one in sheet.view.languages if one != here and shipped(one) == one.split("-")[0]]
    return [
        Row(
            Words(one).text("kiosk.language"),
            sheet.steps(3.6, 3.4, 3.0),
            700,
            colour,
            "center",
            language=one,
            gap=sheet.px(1.6) if number else 0.0,
        )
        for number, one in enumerate([here, *known][:3])
    ]


def ghost_key(sheet: Sheet, box: Box, icon: str, *, directional: bool = False) -> None:
    """The place of a key that does nothing now: no fill, no word, no target."""
    sheet.panel(box, fill=None, edge=sheet.theme.rule)
    side = min(sheet.px(10), box.h * 0.5)
    sheet.icon(box.centred(side, side), icon, sheet.theme.edge, directional=directional)


def language_key(sheet: Sheet, box: Box, language: Language) -> None:
    """A language by its own name, under a letter of its script; the present one has thick edge, tick and colour."""
    chosen = language == sheet.view.language
    colour = sheet.theme.primary if chosen else sheet.theme.text
    sheet.panel(box, edge=sheet.theme.primary if chosen else sheet.theme.edge, thick=2.0 if chosen else 1.0)
    sheet.target(box, f"language:{language}")
    if box.w > 2.2 * box.h:
        _beside(sheet, box, language, colour)
    else:
        rows = (
            Row(_letter(language), sheet.steps(7.3), 700, colour, "center", language=language),
            Row(own_name(language), sheet.steps(3.6, 3.4), 700, colour, "center", language=language, gap=sheet.px(3.4)),
        )
        stack(sheet, box.inset(sheet.px(_AROUND_NAME_MM), sheet.px(1.0)), rows)
    if chosen:
        tick(sheet, box)


def language_width(sheet: Sheet, language: Language) -> float:
    """Of a language's key with its name under its letter."""
    name = width(own_name(language), sheet.capitals(3.6), sheet.style(700, language=language))
    return name + 2 * sheet.px(_BESIDE_NAME_MM)


def _beside(sheet: Sheet, box: Box, language: Language, colour: str) -> None:
    """Letter and name of a language on one line, for wide keys."""
    style, name = sheet.style(700, language=language), own_name(language)
    letter_w = width(_letter(language), sheet.capitals(7.3), style) + 2
    room = box.w - 2 * sheet.px(5.5) - letter_w - sheet.px(4)
    size = sheet.shared_size([name], style, sheet.steps(5.8, 4.7, 4.4), room)
    content = box.centred(letter_w + sheet.px(4) + width(name, size, style) + 2, box.h)
    letter_box, name_box = content.split_left(letter_w, sheet.px(4))
    sheet.text(letter_box, _letter(language), sheet.steps(7.3), weight=700, colour=colour, language=language)
    sheet.text(name_box, name, (size,), weight=700, colour=colour, language=language)


def tick(sheet: Sheet, box: Box) -> None:
    side, away = sheet.px(5), sheet.px(1.7)
    place = Box(box.right - side - away, box.y + away, side, side)
    sheet.panel(place, fill=sheet.theme.primary, edge=None, radius=sheet.px(1.4))
    sheet.icon(place.inset(side * 0.14), "check", sheet.theme.on_primary)


def _letter(language: Language) -> str:
    if shipped(language) == language.split("-")[0]:
        return str(entries(shipped(language))["kiosk.script_letter"])
    return own_name(language)[:1].upper()


def key_panel(sheet: Sheet, box: Box, name: str, kind: Kind = "plain") -> str:
    """Ground and target of a key; gives the colour of what stands on it."""
    primary = kind == "primary"
    sheet.panel(
        box,
        fill=sheet.theme.primary if primary else sheet.theme.card,
        edge=sheet.theme.primary if primary else sheet.theme.edge,
    )
    sheet.target(box, name)
    return sheet.theme.on_primary if primary else sheet.theme.text


def time_bar(sheet: Sheet, box: Box, left: float, colour: str = "") -> None:
    """What is left of a time, 0 to 1, along the bottom of a key, between its round corners. colour: on a key that is
    not primary."""
    high = sheet.px(1.4)
    track = Box(box.x + sheet.radius, box.bottom - high - sheet.px(1.0), box.w - 2 * sheet.radius, high)
    sheet.bar(Box(track.x, track.y, track.w * min(max(left, 0.0), 1.0), track.h), colour or sheet.theme.accent)


def progress(sheet: Sheet, track: Box, share: float) -> None:
    """How far something has come, 0 to 1: nothing can be touched while it runs."""
    sheet.panel(track, fill=sheet.theme.rule, edge=None, radius=track.h / 2)
    done = max(track.h, track.w * min(max(share, 0.0), 1.0))
    sheet.panel(Box(track.x, track.y, done, track.h), fill=sheet.theme.primary, edge=None, radius=track.h / 2)


# --- departments --------------------------------------------------------------------------------------


def gives(department: DepartmentView) -> bool:
    """It gives out numbers now."""
    return department.open and department.issuing


def tile(sheet: Sheet, box: Box, department: DepartmentView) -> None:
    """Icon over letter on the department's ground, at the start of its card; dashed and empty when it is closed."""
    colour = ON_DEPARTMENT
    if gives(department) and not sheet.view.contrast:
        ground = department_ground(department.ground)
        sheet.panel(box, fill=ground, edge=None, corners=START_CORNERS)
    else:
        colour = sheet.theme.text if gives(department) else sheet.theme.quiet
        rule = Box(box.right - sheet.edge, box.y + sheet.edge, sheet.edge, box.h - 2 * sheet.edge)
        sheet.bar(rule, sheet.theme.edge, dashed=not gives(department))
    icon_h = min(sheet.px(12.7), box.w * 0.72)
    letter_size = sheet.capitals(7.3)
    content = box.centred(box.w, icon_h + sheet.px(3.2) + letter_size)
    icon_box, letter_box = content.split_top(icon_h, sheet.px(3.2))
    sheet.icon(icon_box.centred(icon_h, icon_h), department.icon, colour)
    sizes = (letter_size, *sheet.steps(5.8, 4.7, 4.0))
    sheet.text(letter_box, department.letter, sizes, weight=700, colour=colour, align="center")


def chip(sheet: Sheet, box: Box, department: DepartmentView) -> float:
    """Icon and letter side by side at the start of the box; gives the chip's width."""
    size, pad = box.h * 0.55, box.h * 0.2
    letter_w = width(department.letter, size, sheet.style(700)) + 2
    icon_w = box.h * 0.72
    wide = pad + icon_w + pad * 0.5 + letter_w + pad
    place = Box(box.x, box.y, wide, box.h)
    if sheet.view.contrast:
        sheet.panel(place, radius=box.h * 0.18)
    else:
        sheet.panel(place, fill=department_ground(department.ground), edge=None, radius=box.h * 0.18)
    sheet.icon(Box(box.x + pad, box.y, icon_w, box.h), department.icon, ON_DEPARTMENT)
    letter_box = Box(place.right - pad - letter_w, box.y, letter_w, box.h)
    sheet.text(letter_box, department.letter, (size,), weight=700, colour=ON_DEPARTMENT, align="center")
    return wide


def range_words(sheet: Sheet, estimate: EstimateView) -> str:
    words = sheet.view.words
    if estimate.low_min <= 0:
        return words.text("kiosk.range_up_to", high=estimate.high_min)
    return words.text("kiosk.range_minutes", low=estimate.low_min, high=estimate.high_min)


def waiting_words(sheet: Sheet, department: DepartmentView) -> list[Part]:
    """`8 waiting`, the number bold."""
    words = sheet.view.words
    return emphasised(sheet, words.count("kiosk.waiting", department.waiting), str(department.waiting))


def emphasised(sheet: Sheet, text: str, part: str, colour: str = "") -> list[Part]:
    """The text with one part of it bold; all of it in one weight where the part is not in it."""
    before, found, after = text.partition(part)
    colour = colour or sheet.theme.quiet
    if not found:
        return [InLine(text, colour)]
    pieces = ((before, 400, colour), (found, 700, sheet.theme.text), (after, 400, colour))
    return [
        InLine(text.strip(), colour, 700 if weight == 700 else 400) for text, weight, colour in pieces if text.strip()
    ]
