"""Choose your language: each by its own name in its own script, six at most on a page."""

from dataclasses import replace
from math import ceil

from kiosk.screens.frame import back_key, bar_height
from kiosk.screens.header import header
from kiosk.screens.pieces import key, letter_of, tick
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stacked
from smartqueue.i18n import Words, own_name, shipped
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width
from smartqueue.terms import Language

PER_PAGE = 6
_AROUND_MM = 2.0
_MOST_WORDS = 4
"""In as many languages the word for language stands in the title."""


def draw(sheet: Sheet, page: int) -> None:
    """The keys keep their places from page to page."""
    header(sheet)
    inner, gap = sheet.inner, sheet.gap
    every = sheet.view.languages
    pages = max(1, ceil(len(every) / PER_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = every[page * PER_PAGE : (page + 1) * PER_PAGE]
    top = max(sheet.body.y + sheet.px(8.5), (0.21 if sheet.small else 0.26) * sheet.screen.height_px)
    _title(sheet, Box(inner.x, sheet.header.bottom, inner.w, top - sheet.header.bottom))
    area, bar = Box(inner.x, top, inner.w, inner.bottom - top).split_bottom(bar_height(sheet), gap)
    cells = _cells(sheet, area, min(len(every), PER_PAGE))
    size = _name_size(sheet, cells[0], every)
    for cell, language in zip(cells, shown, strict=False):
        _language(sheet, cell, language, size)
    turn_bar(sheet, bar, page, pages)


def _title(sheet: Sheet, box: Box) -> None:
    """A globe and the word for language, also in scripts that who can't read the present one may read."""
    side = min(sheet.px(9), box.h - sheet.px(1.6))
    share = 0.5 if sheet.small else 0.55
    icon, rest = box.split_left(side, sheet.px(3))
    sheet.icon(Box(icon.x, box.y + (box.h - side) * share, side, side), "globe", sheet.theme.primary)
    here, row = sheet.view.language, sheet.px(5)
    others = [one for one in sheet.view.languages if one != here and shipped(one) == one.split("-")[0]]
    sizes = sheet.steps(5.8, 5.2, 4.7, 4.4) if sheet.small else sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7)
    for number, one in enumerate([here, *others][:_MOST_WORDS]):
        text = Words(one).text("kiosk.language")
        made = stacked(sheet, rest.w, (Row(text, sizes, 700 if number == 0 else 400, language=one),), rest.h)
        wide = made.rows[0].set.width_px + 2
        if number and (wide > rest.w or not made.whole):
            return
        put(sheet, Box(rest.x, rest.y, wide, rest.h), made, share=share)
        rest = rest.split_left(wide, row)[1]


def _cells(sheet: Sheet, area: Box, count: int) -> list[Box]:
    """In reading order: two rows, on upright panels as many as needed; they fill the area."""
    columns = (1 if count <= 4 else 2) if sheet.screen.portrait else min(2 if count == 4 else 3, max(count, 1))
    rows, gap = ceil(count / columns), sheet.gap
    high = min(sheet.px(76), (area.h - gap * (rows - 1)) / rows)
    block = Box(area.x, area.y, area.w, rows * high + (rows - 1) * gap)
    return [cell for row in block.rows(*[1.0] * rows, gap=gap) for cell in row.columns(*[1.0] * columns, gap=gap)]


def _name_size(sheet: Sheet, cell: Box, every: tuple[Language, ...]) -> float:
    """One for all pages."""
    room = _name_room(sheet, cell)
    sizes = sheet.steps(9.1, 8.2, 7.3, 6.5, 5.8, 5.2, 4.7, 4.4, 4.0)
    names = [(own_name(one), sheet.style(700, language=one)) for one in every]
    fits = (size for size in sizes if all(width(name, size, style) <= room for name, style in names))
    return next(fits, sizes[-1])


def _name_room(sheet: Sheet, cell: Box) -> float:
    beside = _slot(sheet) if _beside(cell) else 0.0
    return cell.w - 2 * sheet.px(_AROUND_MM) - beside


def _slot(sheet: Sheet) -> float:
    """Of a letter before its name."""
    return sheet.px(11 if sheet.small else 17)


def _beside(cell: Box) -> bool:
    return cell.w > 2.2 * cell.h


def _language(sheet: Sheet, box: Box, language: Language, size: float) -> None:
    """Its own name large, with a letter of its script."""
    chosen = language == sheet.view.language
    colour = sheet.theme.primary if chosen else sheet.theme.text
    sheet.panel(box, edge=sheet.theme.primary if chosen else sheet.theme.edge, thick=2.0 if chosen else 1.0)
    sheet.target(box, f"language:{language}")
    name = Row(own_name(language), (size,), 700, colour, "center", language=language)
    letter = Row(letter_of(language), sheet.steps(14.0, 12.0, 10.0, 9.1, 7.3), 700, colour, "center", language=language)
    inner = box.inset(sheet.px(_AROUND_MM), sheet.px(2))
    if _beside(box):
        place, rest = inner.split_left(_slot(sheet) - sheet.px(1.6), sheet.px(1.6))
        put(
            sheet,
            place,
            stacked(sheet, place.w, (replace(letter, sizes=sheet.steps(9.1, 8.2, 7.3, 6.5, 5.8)),), place.h),
        )
        put(sheet, rest, stacked(sheet, rest.w, (Row(name.text, (size,), 700, colour, language=language),)))
    else:
        under = stacked(sheet, inner.w, (name,))
        high = min(sheet.px(26), inner.h - under.height - sheet.px(2))
        content = inner.centred(inner.w, high + sheet.px(2) + under.height)
        over, below = content.split_top(high, sheet.px(2))
        put(sheet, over, stacked(sheet, over.w, (letter,), over.h))
        put(sheet, below, under)
    if chosen:
        tick(sheet, box)


def turn_bar(sheet: Sheet, bar: Box, page: int, pages: int) -> None:
    """The way back; then which page this is between the keys to the one before and the one after, where there are."""
    words = sheet.view.words
    if pages < 2:
        back_key(sheet, bar.split_left(min(bar.w, max(sheet.px(50), bar.w / 3)), 0)[0])
        return
    place = words.text("kiosk.page", page=page + 1, pages=pages)
    sizes = (*sheet.steps(4.7, 4.0), sheet.exact_px(3.6))
    wide = width(place, sizes[-1], sheet.style()) + sheet.px(2)
    unit = (bar.w - wide - 3 * sheet.gap) / 3
    back, before, mark, after = bar.columns(unit, unit, wide, unit, gap=sheet.gap)
    back_key(sheet, back)
    sheet.text(mark, place, sizes, colour=sheet.theme.quiet, align="center")
    for step, box in ((-1, before), (1, after)):
        icon, word = ("arrow-left", "previous") if step < 0 else ("arrow-right", "next")
        if 0 <= page + step < pages:
            key(sheet, box, f"page:{page + step}", icon, words.text(f"kiosk.{word}"), directional=True)
