"""What do you come for, what do you need, what makes it easier: keys to choose from, all on one screen."""

from math import ceil

from kiosk.fronts import Easier, Needs, VisitTypes
from kiosk.screens.frame import Choice, back_and, back_key, choices, frame, grid, question
from kiosk.screens.header import header
from kiosk.screens.pieces import ghost_key, key
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from kiosk.screens.stack import Row, put, stacked
from smartqueue.look.scene import Box
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
    back_and(sheet, place.bar, "take", icon, words.text(f"kiosk.key.{word}"))


# --- what makes it easier -----------------------------------------------------------------------------


def draw_easier(sheet: Sheet, _front: Easier) -> None:
    words = sheet.view.words
    header(sheet)
    place = frame(sheet)
    question(sheet, place.question, words.text("kiosk.easier.title"), words.text("kiosk.easier.line"))
    shown = easier_choices(sheet)
    columns = 1 if sheet.screen.portrait else 2 if len(shown) <= 4 else 3
    rows = ceil(len(shown) / columns)
    choices(sheet, grid(place.keys, columns, rows, sheet.gap, sheet.px(34 if columns == 1 else 56)), shown)
    back_key(sheet, place.bar.split_left(min(place.bar.w, max(sheet.px(60), place.bar.w * 0.3)))[0])


def easier_choices(sheet: Sheet) -> list[Choice]:
    """What can be switched, and what had no place elsewhere."""
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
    _visit_bar(sheet, place.bar, page, pages)


def _visit_grid(sheet: Sheet, area: Box, count: int) -> tuple[int, int]:
    """Columns and rows: one column where all fit."""
    most = max(1, int((area.h + sheet.gap) / (sheet.px(_ROW_MM) + sheet.gap)))
    columns = 1 if count <= min(most, 4) else 2
    return columns, min(most, max(ceil(count / columns), 1))


def _visit_text(sheet: Sheet, box: Box) -> tuple[Box, Box]:
    """Of the words, and of the arrow after them where there is room."""
    inner = box.inset(sheet.px(5 if not sheet.small else 3.4), sheet.px(1.6))
    arrow = sheet.px(8) if box.w >= sheet.px(80) else 0.0
    return inner.split_right(arrow, sheet.px(3) if arrow else 0.0)


def _visit_row(sheet: Sheet, one: VisitTypeView, sizes: tuple[float, ...]) -> Row:
    name, language = sheet.view.named(one.names)
    return Row(name, sizes, 700, lines=2, tight=True, language=language)


def _visit_size(sheet: Sheet, box: Box, shown: list[VisitTypeView]) -> float:
    """The largest for all of a page; only what is too long for the smallest is set smaller."""
    text = _visit_text(sheet, box)[0]
    sizes = sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7) if not sheet.small else sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0)
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
    made = stacked(sheet, text.w, (_visit_row(sheet, one, (size, size * 0.9, size * 0.8, size * 0.7)),), text.h)
    first = made.rows[0]
    top = text.y + (text.h - first.set.height_px) / 2 - first.top
    top = max(text.y, min(top, text.bottom - made.height))
    put(sheet, Box(text.x, top, text.w, made.height), made, share=0.0)
    if end.w:
        sheet.icon(end.centred(end.w, end.w), "arrow-right", sheet.theme.quiet, directional=True)


def _visit_bar(sheet: Sheet, bar: Box, page: int, pages: int) -> None:
    words = sheet.view.words
    wide = max(sheet.px(50), (bar.w + sheet.gap) / 3 - sheet.gap)
    back, rest = bar.split_left(min(wide, bar.w), sheet.gap)
    back_key(sheet, back)
    if pages < 2:
        return
    before, after = rest.columns(1.0, 1.0, gap=sheet.gap)
    if page > 0:
        place = words.text("kiosk.page", page=page, pages=pages)
        key(sheet, before, f"page:{page - 1}", "arrow-left", place, directional=True)
    else:
        ghost_key(sheet, before, "arrow-left", directional=True)
    if page + 1 < pages:
        place = words.text("kiosk.page", page=page + 2, pages=pages)
        key(sheet, after, f"page:{page + 1}", "arrow-right", place, directional=True)
    else:
        ghost_key(sheet, after, "arrow-right", directional=True)
