"""What do you come for, what do you need, what makes it easier: keys to choose from, all on one screen."""

from collections.abc import Sequence
from math import ceil

from kiosk.fronts import Easier, Needs, VisitTypes
from kiosk.screens.frame import Choice, back_and, choices, frame, grid, question
from kiosk.screens.header import header
from kiosk.screens.languages import turn_bar
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
_SWITCH_MM = (14.0, 8.0)


def draw_needs(sheet: Sheet, front: Needs) -> None:
    words = sheet.view.words
    header(sheet)
    place = frame(sheet)
    title, line = words.text("kiosk.needs.question"), words.text("kiosk.needs.line")
    question(sheet, place.question, title, line, front.department)
    columns = 2 if sheet.screen.portrait else 4
    shown = [
        Choice(f"need:{need}", icon, words.text(f"kiosk.needs.{need}"), chosen=need in sheet.view.needs)
        for need, icon in NEED_ICONS.items()
    ]
    choices(sheet, grid(place.keys, columns, ceil(len(shown) / columns), sheet.gap), shown)
    icon, word = ("ticket", "get_ticket") if front.department is not None else ("check", "continue")
    bar, sides = _sides(sheet, place.bar, lower=True)
    back_and(sheet, bar, "take", icon, words.text(f"kiosk.key.{word}"))
    for name, box in sides.items():
        side_key(sheet, box, name)


def _sides(sheet: Sheet, bar: Box, *, lower: bool) -> tuple[Box, dict[str, Box]]:
    """At the end of the bar the next language, with what is chosen kept, and everything lower; and what is left."""
    names: list[str] = []
    languages, here = sheet.view.languages, sheet.view.language
    if len(languages) > 1:
        at = languages.index(here) if here in languages else -1
        names.append(f"language:{languages[(at + 1) % len(languages)]}")
    if lower and sheet.screen.height_mm >= REACH_FROM_MM:
        names.append("lower")
    wide = max(sheet.exact_px(_SIDE_MM), *(words_width(sheet, [name]) for name in names)) if names else 0.0
    places: dict[str, Box] = {}
    for name in reversed(names):
        bar, places[name] = bar.split_right(wide, sheet.gap)
    return bar, dict(reversed(places.items()))


# --- what makes it easier -----------------------------------------------------------------------------


def draw_easier(sheet: Sheet, _front: Easier) -> None:
    words = sheet.view.words
    header(sheet)
    place = frame(sheet)
    question(sheet, place.question, words.text("kiosk.easier.title"), words.text("kiosk.easier.line"))
    shown = easier_choices(sheet)
    columns = 1 if sheet.screen.portrait else 2 if len(shown) <= 4 else 3
    rows = ceil(len(shown) / columns)
    cells = grid(place.keys, columns, rows, sheet.gap, sheet.px(34 if columns == 1 else 56))
    room = _wish_room(sheet, cells[0])[1]
    size = _wish_size(sheet, room, shown)
    for cell, one in zip(cells, shown, strict=False):
        _wish(sheet, cell, one, size)
    least = max(sheet.exact_px(_SIDE_MM), words_width(sheet, ["leave"]))
    leave, rest = place.bar.split_left(max(least, place.bar.w * 0.2), sheet.gap)
    side_key(sheet, leave, "leave")
    key(sheet, rest, "back", "check", words.text("kiosk.done"), kind="primary")


def easier_choices(sheet: Sheet) -> list[Choice]:
    """What can be switched, with its state, and what had no place elsewhere."""
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
    shown.append(Choice("needs", "person-plus", words.text("kiosk.key.needs"), bool(view.needs)))
    if view.checks_in:
        shown.append(Choice("check_in", "check-in", words.text("kiosk.key.check_in")))
    return shown


def _wish_room(sheet: Sheet, box: Box) -> tuple[Box, Box, Box]:
    """Of a wish: its picture, its words, and its switch or arrow."""
    inner = box.inset(sheet.px(4 if not sheet.small else 2.2), sheet.px(1.6))
    narrow = inner.w < sheet.px(80)
    side = min(sheet.px(16 if not narrow else 10), inner.h * 0.56)
    icon, rest = inner.split_left(side, sheet.px(4 if not narrow else 2))
    states = [sheet.view.words.text(f"kiosk.easier.{state}") for state in ("on", "off")]
    said = max(width(one, word_sizes(sheet)[-1], sheet.style(700)) for one in states) + sheet.px(0.6)
    text, end = rest.split_right(max(sheet.px(_SWITCH_MM[0]), said), sheet.px(4 if not narrow else 2))
    return icon, text, end


def _wish_row(one: Choice, size: float, colour: str = "") -> Row:
    return Row(one.word, (size,), 700, colour, lines=3, tight=True)


def _wish_size(sheet: Sheet, room: Box, shown: Sequence[Choice]) -> float:
    sizes = sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7, 4.4, 4.0, 3.6)[4 if sheet.small else 0 :]
    for size in sizes:
        made = [stacked(sheet, room.w, (_wish_row(one, size),)) for one in shown]
        if all(one.whole and one.height <= room.h for one in made):
            return size
    return sizes[-1]


def _wish(sheet: Sheet, box: Box, one: Choice, size: float) -> None:
    """Something to switch ends in a switch over the word for how it is, a way to another screen in an arrow."""
    edge = sheet.theme.primary if one.chosen else sheet.theme.edge
    sheet.panel(box, edge=edge, thick=2.0 if one.chosen else 1.0)
    sheet.target(box, one.key)
    colour = sheet.theme.primary if one.chosen else sheet.theme.text
    icon, text, end = _wish_room(sheet, box)
    sheet.icon(icon.centred(icon.w, icon.w), one.icon, colour)
    put(sheet, text, stacked(sheet, text.w, (_wish_row(one, size, colour),)))
    if one.state:
        _switch(sheet, end, one)
    else:
        sheet.icon(end.centred(sheet.px(8), sheet.px(8)), "arrow-right", sheet.theme.quiet, directional=True)


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
    shown = types[page * columns * rows : (page + 1) * columns * rows]
    cells = grid(place.keys, columns, rows, sheet.gap, sheet.px(_TALLEST_MM))
    size = _visit_size(sheet, cells[0], shown)
    for cell, one in zip(cells, shown, strict=False):
        _visit_key(sheet, cell, one, size)
    full = pages > 1 and (sheet.small or sheet.screen.portrait)
    bar, sides = (place.bar, {}) if full else _sides(sheet, place.bar, lower=False)
    turn_bar(sheet, bar, page, pages)
    for name, box in sides.items():
        side_key(sheet, box, name)


def _visit_grid(sheet: Sheet, area: Box, count: int) -> tuple[int, int]:
    """Columns and rows: one column where all fit."""
    most = max(1, int((area.h + sheet.gap) / (sheet.px(_ROW_MM) + sheet.gap)))
    columns = 1 if count <= min(most, 4) else 2
    return columns, min(most, max(ceil(count / columns), 1))


def _visit_text(sheet: Sheet, box: Box) -> tuple[Box, Box]:
    """Of the words, and of the arrow after them."""
    inner = box.inset(sheet.px(5 if not sheet.small else 2.6), sheet.px(1.6))
    return inner.split_right(sheet.px(8 if not sheet.small else 5), sheet.px(4 if not sheet.small else 2))


def _visit_row(sheet: Sheet, one: VisitTypeView, sizes: tuple[float, ...]) -> Row:
    name, language = sheet.view.named(one.names)
    return Row(name, sizes, 700, lines=3, language=language)


def _visit_size(sheet: Sheet, box: Box, shown: list[VisitTypeView]) -> float:
    """One for all of a page: names that are too long for the smallest take more lines."""
    text = _visit_text(sheet, box)[0]
    sizes = (
        sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7, 4.4)
        if not sheet.small
        else sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6, 3.2, 3.0)
    )
    sizes = (*sizes, sheet.exact_px(4.4), sheet.exact_px(4.0)) if not sheet.small else sizes
    for size in sizes:
        made = [stacked(sheet, text.w, (_visit_row(sheet, one, (size,)),)) for one in shown]
        if all(one.whole and one.height <= text.h for one in made):
            return size
    return sizes[-1]


def _visit_key(sheet: Sheet, box: Box, one: VisitTypeView, size: float) -> None:
    """The capitals of all keys of a row stand at one height."""
    sheet.panel(box)
    sheet.target(box, f"visit_type:{one.id}")
    text, end = _visit_text(sheet, box)
    made = stacked(sheet, text.w, (_visit_row(sheet, one, (size,)),), text.h)
    first = made.rows[0]
    top = text.y + (text.h - first.set.height_px) / 2 - first.top
    top = max(text.y, min(top, text.bottom - made.height))
    put(sheet, Box(text.x, top, text.w, made.height), made, share=0.0)
    sheet.icon(end.centred(end.w, end.w), "arrow-right", sheet.theme.quiet, directional=True)
