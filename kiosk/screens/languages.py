"""Choose your language: each by its own name in its own script, six at most on a page."""

from math import ceil

from kiosk.screens.frame import bar_height
from kiosk.screens.header import header
from kiosk.screens.pieces import ghost_key, key, language_key, tall_key
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stack
from smartqueue.look.scene import Box

PER_PAGE = 6


def draw(sheet: Sheet, page: int) -> None:
    """The keys keep their places from page to page; on small panels the way back is one of them."""
    header(sheet)
    inner, gap = sheet.inner, sheet.gap
    every = sheet.view.languages
    pages = max(1, ceil(len(every) / PER_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = every[page * PER_PAGE : (page + 1) * PER_PAGE]
    top = max(sheet.body.y + sheet.px(8.5), (0.21 if sheet.small else 0.26) * sheet.screen.height_px)
    title = Box(inner.x, sheet.header.bottom, inner.w, top - sheet.header.bottom)
    row = Row(sheet.view.words.text("kiosk.language_question"), sheet.steps(7.3, 5.8, 4.7), 700)
    stack(sheet, title, (row,), share=0.55)
    area, bar = Box(inner.x, top, inner.w, inner.bottom - top).split_bottom(bar_height(sheet), gap)
    for cell, language in zip(_cells(sheet, area, min(len(every), PER_PAGE)), shown, strict=False):
        language_key(sheet, cell, language)
    _bar(sheet, bar, page, pages)


def _cells(sheet: Sheet, area: Box, count: int) -> list[Box]:
    """In reading order: two rows, on upright panels as many as needed."""
    columns = (1 if count <= 4 else 2) if sheet.screen.portrait else min(3, max(count, 1))
    rows, gap = ceil(count / columns), sheet.gap
    high = min(sheet.px(48), (area.h - gap * (rows - 1)) / rows)
    block = Box(area.x, area.y, area.w, rows * high + (rows - 1) * gap)
    return [cell for row in block.rows(*[1.0] * rows, gap=gap) for cell in row.columns(*[1.0] * columns, gap=gap)]


def _bar(sheet: Sheet, bar: Box, page: int, pages: int) -> None:
    words = sheet.view.words
    back, *turns = bar.columns(1.0, 1.0, 1.0, gap=sheet.gap)
    key(sheet, back, "back", "back", words.text("kiosk.back"), directional=True)
    if pages < 2:
        return
    for step, box in zip((-1, 1), turns, strict=True):
        icon, to = "arrow-left" if step < 0 else "arrow-right", page + step
        if 0 <= to < pages:
            name = words.text("kiosk.page", page=to + 1, pages=pages)
            tall_key(sheet, box, f"page:{to}", icon, name, directional=True)
        else:
            ghost_key(sheet, box, icon, directional=True)
