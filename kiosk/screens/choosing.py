"""What do you come for, what do you need, what makes it easier: keys to choose from, all on one screen."""

from collections.abc import Sequence
from math import ceil

from kiosk.fronts import Easier, Needs, VisitTypes
from kiosk.screens.bar import end_keys, languages_and_helps, low_top, turn_bar
from kiosk.screens.frame import Choice, back_and, choices, frame, grid, question
from kiosk.screens.header import header
from kiosk.screens.pieces import key, word_sizes
from kiosk.screens.rail import side_key, words_width
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from kiosk.screens.stack import Row, put, stacked
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width
from smartqueue.terms import Need
from smartqueue.wire import VisitTypeView

NEED_ICONS = {
    Need.ELDERLY: "elderly",
    Need.PREGNANT: "pregnant",
    Need.INFANT: "baby",
    Need.DISABLED: "accessibility",
    Need.WHEELCHAIR: "wheelchair",
    Need.SLOW_WALKING: "walker",
    Need.DEAF: "deaf",
    Need.BLIND: "blind",
}
"""In the order in which they are shown."""
_ROW_MM, _TALLEST_MM = 20.0, 34.0
_SIDE_MM = 24.0
"""Of a key beside those that go back and on."""
_SWITCH_MM, _ARROW_MM = (14.0, 8.0), 8.0
_LEAST_MM, _LEAST_SMALL_MM = 5.8, 4.7
"""Capitals of what one comes for."""


def draw_needs(sheet: Sheet, front: Needs) -> None:
    words = sheet.view.words
    header(sheet)
    place = frame(sheet, low_top(sheet))
    title, line = words.text("kiosk.needs.question"), words.text("kiosk.needs.line")
    question(sheet, place.question, title, line, front.department)
    columns = 2 if sheet.screen.portrait else 4
    shown = [
        Choice(f"need:{need}", icon, words.text(f"kiosk.needs.{need}"), chosen=need in sheet.view.needs)
        for need, icon in NEED_ICONS.items()
    ]
    choices(sheet, grid(place.keys, columns, ceil(len(shown) / columns), sheet.gap), shown)
    icon, word = ("ticket", "get_ticket") if front.department is not None else ("check", "continue")
    bar = end_keys(sheet, place.bar, languages_and_helps(sheet))
    back_and(sheet, bar, "take", icon, words.text(f"kiosk.key.{word}"))


# --- what makes it easier -----------------------------------------------------------------------------


def draw_easier(sheet: Sheet, front: Easier) -> None:
    words = sheet.view.words
    header(sheet)
    place = frame(sheet)
    question(sheet, place.question, words.text("kiosk.easier.title"), words.text("kiosk.easier.line"))
    shown = easier_choices(sheet, front)
    columns = 1 if sheet.screen.portrait else 2 if len(shown) <= 4 else 3
    rows = ceil(len(shown) / columns)
    cells = grid(place.keys, columns, rows, sheet.gap, sheet.px(34 if columns == 1 else 56))
    size = _wish_size(sheet, cells[0], shown)
    for cell, one in zip(cells, shown, strict=False):
        _wish(sheet, cell, one, size)
    least = max(sheet.exact_px(_SIDE_MM), words_width(sheet, ["leave"]))
    leave, rest = place.bar.split_left(max(least, place.bar.w * 0.2), sheet.gap)
    side_key(sheet, leave, "leave")
    key(sheet, rest, "back", "check", words.text("kiosk.done"), kind="primary")


def easier_choices(sheet: Sheet, front: Easier) -> list[Choice]:
    """What can be switched, with its state, and what had no place elsewhere; nothing that leads away from a question
    which waits for its answer."""
    view, words = sheet.view, sheet.view.words
    switches = [("contrast", "contrast", view.contrast)]
    if view.speaks:
        switches.append(("speech", "speech", view.speech))
    if sheet.screen.height_mm >= REACH_FROM_MM:
        switches.append(("lower", "wheelchair", view.lowered))
    shown = [
        Choice(name, icon, words.text(f"kiosk.easier.{name}"), on, words.text(f"kiosk.easier.{'on' if on else 'off'}"))
        for name, icon, on in switches
    ]
    if front.under is not None:
        return shown
    shown.append(Choice("needs", "person-plus", words.text("kiosk.key.needs"), bool(view.needs)))
    if view.checks_in:
        shown.append(Choice("check_in", "check-in", words.text("kiosk.key.check_in")))
    return shown


def _wish_room(sheet: Sheet, box: Box, one: Choice) -> tuple[Box, Box, Box]:
    """Of a wish: its picture, its words, and its switch or arrow."""
    inner = box.inset(sheet.px(4 if not sheet.small else 2.2), sheet.px(1.6))
    narrow = inner.w < sheet.px(80)
    side = min(sheet.px(16 if not narrow else 10), inner.h * 0.56)
    icon, rest = inner.split_left(side, sheet.px(4 if not narrow else 2))
    states = [sheet.view.words.text(f"kiosk.easier.{state}") for state in ("on", "off")]
    said = max(width(one, word_sizes(sheet)[-1], sheet.style(700)) for one in states) + sheet.px(0.6)
    end_w = max(sheet.px(_SWITCH_MM[0]), said) if one.state else sheet.px(_ARROW_MM)
    text, end = rest.split_right(end_w, sheet.px(4 if not narrow else 2))
    return icon, text, end


def _wish_row(one: Choice, size: float, colour: str = "") -> Row:
    return Row(one.word, (size,), 700, colour, lines=3, tight=True)


def _wish_size(sheet: Sheet, box: Box, shown: Sequence[Choice]) -> float:
    rooms = [_wish_room(sheet, box, one)[1] for one in shown]
    sizes = sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7, 4.4, 4.0, 3.6)[4 if sheet.small else 0 :]
    for size in sizes:
        made = [stacked(sheet, room.w, (_wish_row(one, size),)) for room, one in zip(rooms, shown, strict=True)]
        if all(one.whole and one.height <= rooms[0].h for one in made):
            return size
    return sizes[-1]


def _wish(sheet: Sheet, box: Box, one: Choice, size: float) -> None:
    """Something to switch ends in a switch over the word for how it is, a way to another screen in an arrow."""
    edge = sheet.theme.primary if one.chosen else sheet.theme.edge
    sheet.panel(box, edge=edge, thick=2.0 if one.chosen else 1.0)
    sheet.target(box, one.key)
    colour = sheet.theme.primary if one.chosen else sheet.theme.text
    icon, text, end = _wish_room(sheet, box, one)
    sheet.icon(icon.centred(icon.w, icon.w), one.icon, colour)
    put(sheet, text, stacked(sheet, text.w, (_wish_row(one, size, colour),)))
    if one.state:
        _switch(sheet, end, one)
    else:
        sheet.icon(end.centred(end.w, end.w), "arrow-right", sheet.theme.quiet, directional=True)


def _switch(sheet: Sheet, box: Box, one: Choice) -> None:
    wide, high = (sheet.px(each) for each in _SWITCH_MM)
    row = Row(one.state, word_sizes(sheet), 700, sheet.theme.text, "center")
    made = stacked(sheet, box.w, (row,))
    content = box.centred(wide, high + sheet.px(1.6) + made.height)
    track, below = content.split_top(high, sheet.px(1.6))
    fill = sheet.theme.primary if one.chosen else sheet.theme.card
    sheet.panel(track, fill=fill, edge=sheet.theme.primary if one.chosen else sheet.theme.edge, radius=high / 2)
    knob = track.inset(high * 0.18).split_right(high * 0.64)[1] if one.chosen else track.inset(high * 0.18)
    knob = Box(knob.x, knob.y, high * 0.64, high * 0.64)
    colour = sheet.theme.on_primary if one.chosen else sheet.theme.edge
    sheet.panel(knob, fill=colour, edge=None, radius=knob.w / 2)
    put(sheet, Box(box.x, below.y, box.w, below.h), made, share=0.0)


# --- what one comes for -------------------------------------------------------------------------------


def draw_visit_types(sheet: Sheet, front: VisitTypes) -> None:
    words, types = sheet.view.words, front.department.visit_types
    header(sheet)
    place = frame(sheet)
    question(sheet, place.question, words.text("kiosk.visit_types.question"), "", front.department)
    columns, rows = _visit_grid(sheet, place.keys, len(types))
    pages = max(1, ceil(len(types) / (columns * rows)))
    page = min(front.page, pages - 1)
    cells = grid(place.keys, columns, rows, sheet.gap, sheet.px(_TALLEST_MM) if columns == 1 else 0.0)
    size = _visit_size(sheet, cells[0], types)
    for cell, one in zip(cells, types[page * columns * rows :], strict=False):
        _visit_key(sheet, cell, one, size)
    turn_bar(sheet, place.bar, page, pages, languages_and_helps(sheet))


def _visit_grid(sheet: Sheet, area: Box, count: int) -> tuple[int, int]:
    """Columns and rows: one column where all fit; where pages are needed, about as much on each."""
    most = max(1, int((area.h + sheet.gap) / (sheet.px(_ROW_MM) + sheet.gap)))
    columns = 1 if count <= min(most, 4) else 2
    pages = max(1, ceil(count / (columns * most)))
    return columns, min(most, max(ceil(ceil(count / pages) / columns), 1))


def _visit_text(sheet: Sheet, box: Box) -> tuple[Box, Box]:
    """Of the words, and of the arrow after them."""
    narrow = sheet.small or box.w < sheet.px(80)
    inner = box.inset(sheet.px(5 if not narrow else 2.6), sheet.px(1.6))
    return inner.split_right(sheet.px(8 if not narrow else 5), sheet.px(4 if not narrow else 2))


def _visit_row(sheet: Sheet, one: VisitTypeView, size: float) -> Row:
    name, language = sheet.view.named(one.names)
    return Row(name, (size,), 700, lines=3, tight=True, language=language)


def _visit_fits(sheet: Sheet, text: Box, one: VisitTypeView, size: float, *, broken: bool = False) -> bool:
    """broken: a word may be hyphenated."""
    made = stacked(sheet, text.w, (_visit_row(sheet, one, size),))
    first = made.rows[0].set
    whole = made.whole or (broken and not first.cut and not first.squeezed)
    return whole and made.height <= text.h and first.mask.width <= text.w


def _visit_size(sheet: Sheet, box: Box, types: Sequence[VisitTypeView]) -> float:
    """One for all pages, as large as all allow; not under the least for the sake of one that is very long."""
    text = _visit_text(sheet, box)[0]
    sizes = sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7, 4.4)[0 if not sheet.small else 2 :]
    least = sheet.exact_px(_LEAST_SMALL_MM if sheet.small else _LEAST_MM)
    tried = [*(one for one in sizes if one > least), least]
    fits = (size for size in tried if all(_visit_fits(sheet, text, one, size) for one in types))
    return next(fits, least)


def _own_size(sheet: Sheet, text: Box, one: VisitTypeView, size: float) -> float:
    """The size of all, or of a name that is too long for it."""
    tried = (size, *(step for step in sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6) if step < size))
    broken = (each for each in tried if _visit_fits(sheet, text, one, each, broken=True))
    return next(broken, tried[-1])


def _visit_key(sheet: Sheet, box: Box, one: VisitTypeView, size: float) -> None:
    """The capitals of all keys of a row stand at one height."""
    sheet.panel(box)
    sheet.target(box, f"visit_type:{one.id}")
    text, end = _visit_text(sheet, box)
    made = stacked(sheet, text.w, (_visit_row(sheet, one, _own_size(sheet, text, one, size)),), text.h)
    first = made.rows[0]
    top = text.y + (text.h - first.set.height_px) / 2 - first.top
    top = max(text.y, min(top, text.bottom - made.height))
    put(sheet, Box(text.x, top, text.w, made.height), made, share=0.0)
    sheet.icon(end.centred(end.w, end.w), "arrow-right", sheet.theme.quiet, directional=True)
