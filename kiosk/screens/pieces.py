"""Pieces that several screens share: keys, time bars, departments' tiles and chips."""

from collections.abc import Sequence
from typing import Literal

from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, Stack, put, stacked
from smartqueue.i18n import entries, own_name, shipped
from smartqueue.look.inline import Part
from smartqueue.look.inline import Words as InLine
from smartqueue.look.scene import START_CORNERS, Box
from smartqueue.look.theme import ON_DEPARTMENT, department_ground
from smartqueue.look.typeset import width
from smartqueue.terms import Language
from smartqueue.wire import DepartmentView, EstimateView

KEY_MM = 20.0
WORD_MM, ICON_MM = 3.6, 12.0
"""Least capitals of a word under an icon, and that icon where there is room."""
AIR_MM = 1.7
"""Between the words of a key and its edges."""
_AIR_OVER_MM, _UNDER_ICON_MM = 1.5, 1.9
_USUAL_WORD_MM = 26.0
_MOST_LETTERS = 4
_SPARE_PX = 4.0
"""Of a word set again in a box of its width."""
NAME_SIZES_MM = (7.3, 6.5, 5.8, 5.2, 4.7)
SMALL_NAME_MM = 4.4
"""Least capitals of names on a 7-inch panel."""


# --- keys ---------------------------------------------------------------------------------------------

Kind = Literal["plain", "primary", "asleep"]
"""asleep: it is seen where it will be, and can't be touched yet."""


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
    room = Box(0, 0, box.w - 2 * sheet.px(AIR_MM) - icon_w - gap - 2, box.h - 2 * sheet.px(_AIR_OVER_MM))
    made = _word_beside(sheet, room, word, colour, mm)
    if made is None:
        _word_below(sheet, box, icon, word, colour, directional=directional)
        return
    wide = min(max(max(one.set.width_px, one.set.mask.width) for one in made.rows) + _SPARE_PX, room.w) + 2
    content = box.centred(icon_w + gap + wide, box.h)
    icon_box, word_box = content.split_left(icon_w, gap)
    sheet.icon(icon_box, icon, colour, directional=directional)
    if len(made.rows[0].set.lines) == 1:
        sheet.text(word_box, word, (made.rows[0].set.capital_px,), weight=700, colour=colour)
    else:
        put(sheet, word_box, made)


def _word_beside(sheet: Sheet, room: Box, word: str, colour: str, mm: float) -> Stack | None:
    """On one line, on two before it becomes small; None: it fits on neither."""
    for limits, lines in (((4.4, mm), 1), ((4.4, 5.8), 2), ((3.6, 4.3), 1), ((3.6, 4.3), 2)):
        for size in (mm, mm * 0.8, 5.2, 4.7, 4.4, 4.0, 3.6):
            if not limits[0] <= size <= min(limits[1], mm):
                continue
            row = Row(word, (sheet.capitals(size),), 700, colour, lines=lines, tight=lines > 1)
            made = stacked(sheet, room.w - _SPARE_PX, (row,))
            if made.whole and made.rows[0].set.width_px <= room.w - _SPARE_PX and made.height <= room.h:
                return made
    return None


def tall_key(
    sheet: Sheet,
    box: Box,
    name: str,
    icon: str,
    word: str,
    *,
    directional: bool = False,
    chosen: bool = False,
    least: bool = False,
) -> None:
    """A key with its word under its icon, for rails and bars. chosen: something of it is set; least: its word is as
    small as one may be, as that of another key beside it has to be."""
    colour = key_panel(sheet, box, name)
    if chosen:
        colour = sheet.theme.primary
        sheet.panel(box, edge=colour, thick=2.0)
    _word_below(sheet, box, icon, word, colour, directional=directional, least=least)
    if chosen:
        tick(sheet, box)


def tall_width(sheet: Sheet, word: str) -> float:
    """Of a key with its word under its icon; on two lines where one would be long."""
    style, size, air = sheet.style(700), sheet.capitals(WORD_MM), 2 * sheet.px(AIR_MM) + 2
    whole = width(word, size, style) + air
    parts = word.split()
    if whole <= sheet.px(_USUAL_WORD_MM) or len(parts) == 1:
        return whole
    ends = range(1, len(parts))
    lines = [(" ".join(parts[:end]), " ".join(parts[end:])) for end in ends]
    return min(max(width(one, size, style) for one in pair) for pair in lines) + air


def least_width(sheet: Sheet, word: str) -> float:
    """Of a key with its word on one line under its icon, as small as it may be."""
    return width(word, word_sizes(sheet)[-1], sheet.style(700)) + 2 * sheet.px(AIR_MM) + 2


def word_sizes(sheet: Sheet) -> tuple[float, ...]:
    """Of a word under an icon: grown, then its least height."""
    sizes = {sheet.capitals(WORD_MM), sheet.exact_px(4.2), sheet.capitals(WORD_MM * 0.9), sheet.exact_px(WORD_MM)}
    least = float(sheet.screen.capital_px(WORD_MM))
    return (*sorted((one for one in sizes if least < one <= sheet.capitals(WORD_MM)), reverse=True), least)


def _word_below(
    sheet: Sheet, box: Box, icon: str, word: str, colour: str, *, directional: bool, least: bool = False
) -> None:
    inner, sizes = box.inset(sheet.px(AIR_MM), sheet.px(_AIR_OVER_MM)), word_sizes(sheet)[-1 if least else 0 :]
    made = stacked(sheet, inner.w, (Row(word, sizes, 700, colour, "center"),))
    if not made.whole or made.rows[0].set.mask.width > inner.w:
        made = stacked(sheet, inner.w, (Row(word, sizes, 700, colour, "center", lines=2, tight=True),))
    over, start = _under(sheet, box, made)
    sheet.icon(over, icon, colour, directional=directional)
    put(sheet, Box(inner.x, start, inner.w, made.height), made, share=0.0)


def _under(sheet: Sheet, box: Box, made: Stack) -> tuple[Box, float]:
    """The place of a picture over words, and the top of their ink. The words of keys of one height stand on one line,
    whatever their script."""
    inner = box.inset(sheet.px(AIR_MM), sheet.px(_AIR_OVER_MM))
    first, gap, size = made.rows[0], sheet.px(_UNDER_ICON_MM), sheet.capitals(WORD_MM)
    deep, tail = made.height - first.top, max(sheet.px(1.2), made.height - first.top - first.set.height_px)
    many = first.set.height_px + tail if len(first.set.lines) > 1 or len(made.rows) > 1 else size + sheet.px(1.2)
    side = min(sheet.px(ICON_MM), inner.h - many - gap)
    capitals = min(inner.y + (inner.h - side - gap - many) / 2 + side + gap, inner.bottom - deep)
    bottom = capitals - max(gap, first.top + sheet.px(0.6))
    top = max(inner.y, bottom - side)
    return Box(inner.x, top, inner.w, bottom - top), capitals - first.top


def globe_key(sheet: Sheet, box: Box, name: str) -> None:
    """The way to the languages: a globe over letters of the scripts of those behind it, so that who can't read the
    present one finds it too; with the present one's own name where it has no key and there is room for both, or where
    all have one script."""
    colour = key_panel(sheet, box, name, "plain")
    inner, letters = box.inset(sheet.px(AIR_MM), sheet.px(_AIR_OVER_MM)), _letters(sheet)
    name_row = Row(own_name(sheet.view.language), word_sizes(sheet), 700, colour, "center")
    marks = [_mark(sheet, letter, one, colour) for letter, one in letters]
    mark = max(marks, key=lambda one: stacked(sheet, inner.w, (one,)).height)
    rows = [mark] if len(letters) > 1 and f"language:{sheet.view.language}" in _drawn(sheet) else [name_row, mark]
    rows = rows if len(letters) > 1 else [name_row]
    made = stacked(sheet, inner.w, rows)
    if len(rows) > 1 and not (made.whole and made.height + sheet.px(ICON_MM + _UNDER_ICON_MM) <= inner.h):
        rows = [mark]
        made = stacked(sheet, inner.w, rows)
    over, start = _under(sheet, box, made)
    sheet.icon(over, "globe", colour)
    for placed in made.rows:
        line = Box(inner.x, start + placed.top, inner.w, placed.set.height_px)
        if placed.row is mark:
            _scripts(sheet, line, letters, colour)
        else:
            sheet.text(line, placed.row.text, (placed.set.capital_px,), weight=700, colour=colour, align="center")


def _mark(sheet: Sheet, letter: str, language: Language, colour: str) -> Row:
    return Row(letter, word_sizes(sheet), 700, colour, "center", language=language, gap=sheet.px(2.6))


def globe_width(sheet: Sheet) -> float:
    """Where all languages have one script, it needs a name's."""
    return language_width(sheet, sheet.view.language) if len(_letters(sheet)) < 2 else 0.0


def _drawn(sheet: Sheet) -> set[str]:
    return {target.key for target in sheet.targets}


def _letters(sheet: Sheet) -> list[tuple[str, Language]]:
    """One of each script, of the present one first, of as many languages as have no key of their own; four at most."""
    here, drawn = sheet.view.language, _drawn(sheet)
    found: dict[str, Language] = {}
    for one in (here, *(one for one in sheet.view.languages if one != here)):
        if f"language:{one}" not in drawn:
            found.setdefault(letter_of(one), one)
    return list(found.items())[:_MOST_LETTERS]


def _scripts(sheet: Sheet, line: Box, letters: Sequence[tuple[str, Language]], colour: str) -> None:
    size, apart = line.h, sheet.px(2.2)
    widths = [width(letter, size, sheet.style(700, language=one)) + 2 for letter, one in letters]
    while len(widths) > 1 and sum(widths) + apart * (len(widths) - 1) > line.w:
        widths.pop()
    place = line.centred(sum(widths) + apart * (len(widths) - 1), line.h)
    for wide, (letter, one) in zip(widths, letters, strict=False):
        box, place = place.split_left(wide, apart)
        sheet.text(box, letter, (size,), weight=700, colour=colour, align="center", language=one)


def language_key(sheet: Sheet, box: Box, language: Language) -> None:
    """A language by its own name, under a letter of its script; the present one has thick edge, tick and colour."""
    chosen = language == sheet.view.language
    colour = sheet.theme.primary if chosen else sheet.theme.text
    sheet.panel(box, edge=sheet.theme.primary if chosen else sheet.theme.edge, thick=2.0 if chosen else 1.0)
    sheet.target(box, f"language:{language}")
    if box.w > 2.2 * box.h:
        _beside(sheet, box, language, colour)
    else:
        inner = box.inset(sheet.px(AIR_MM), 0)
        made = stacked(
            sheet, inner.w, (Row(own_name(language), word_sizes(sheet), 700, colour, "center", language=language),)
        )
        over, start = _under(sheet, box, made)
        letter = Row(letter_of(language), sheet.steps(7.3, 6.5), 700, colour, "center", language=language)
        put(sheet, over, stacked(sheet, over.w, (letter,), over.h))
        put(sheet, Box(inner.x, start, inner.w, made.height), made, share=0.0)
    if chosen:
        tick(sheet, box)


def language_width(sheet: Sheet, language: Language) -> float:
    """Of a language's key with its name under its letter."""
    name = width(own_name(language), sheet.capitals(3.6), sheet.style(700, language=language))
    return name + 2 * sheet.px(AIR_MM) + 2


def _beside(sheet: Sheet, box: Box, language: Language, colour: str) -> None:
    """Letter and name of a language on one line, for wide keys."""
    style, name = sheet.style(700, language=language), own_name(language)
    letter_w = width(letter_of(language), sheet.capitals(7.3), style) + 2
    room = box.w - 2 * sheet.px(5.5) - letter_w - sheet.px(4)
    size = sheet.shared_size([name], style, sheet.steps(5.8, 4.7, 4.4), room)
    content = box.centred(letter_w + sheet.px(4) + width(name, size, style) + 2, box.h)
    letter_box, name_box = content.split_left(letter_w, sheet.px(4))
    sheet.text(letter_box, letter_of(language), sheet.steps(7.3), weight=700, colour=colour, language=language)
    sheet.text(name_box, name, (size,), weight=700, colour=colour, language=language)


def tick(sheet: Sheet, box: Box) -> None:
    side, away = max(sheet.px(5), min(sheet.px(7), box.h * 0.24)), sheet.px(1.7)
    place = Box(box.right - side - away, box.y + away, side, side)
    sheet.panel(place, fill=sheet.theme.primary, edge=None, radius=sheet.px(1.4))
    sheet.icon(place.inset(side * 0.14), "check", sheet.theme.on_primary)


def letter_of(language: Language) -> str:
    """Of its script."""
    if shipped(language) == language.split("-")[0]:
        return str(entries(shipped(language))["kiosk.script_letter"])
    return own_name(language)[:1].upper()


def key_panel(sheet: Sheet, box: Box, name: str, kind: Kind = "plain") -> str:
    """Ground and target of a key; gives the colour of what stands on it."""
    if kind == "asleep":
        sheet.panel(box, fill=None, edge=sheet.theme.rule)
        return sheet.theme.quiet
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
    icon_w, wide = box.h * 0.72, chip_width(sheet, box.h, department)
    place = Box(box.x, box.y, wide, box.h)
    if sheet.view.contrast:
        sheet.panel(place, radius=box.h * 0.18)
    else:
        sheet.panel(place, fill=department_ground(department.ground), edge=None, radius=box.h * 0.18)
    sheet.icon(Box(box.x + pad, box.y, icon_w, box.h), department.icon, ON_DEPARTMENT)
    letter_box = Box(place.right - pad - letter_w, box.y, letter_w, box.h)
    sheet.text(letter_box, department.letter, (size,), weight=700, colour=ON_DEPARTMENT, align="center")
    return wide


def chip_width(sheet: Sheet, high: float, department: DepartmentView) -> float:
    return high * 1.22 + width(department.letter, high * 0.55, sheet.style(700)) + 2


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
