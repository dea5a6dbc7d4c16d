"""Choose your language: each by its own name in its own script, for sites with more than fit beside the departments."""

from math import ceil

from kiosk.screens.header import header
from kiosk.screens.pieces import key, language_key
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stack
from smartqueue.look.scene import Box

MOST_COLUMNS = 3
MANY = 9
"""More keys than this get a column more, so that each is still as high as a finger needs."""


def draw(sheet: Sheet) -> None:
    header(sheet)
    inner, gap = sheet.inner, sheet.gap
    body, bar = inner.split_bottom(sheet.px(20), gap)
    top = max(sheet.body.y + sheet.px(8.5), (0.21 if sheet.small else 0.26) * sheet.screen.height_px)
    title = Box(inner.x, sheet.header.bottom, inner.w, top - sheet.header.bottom)
    row = Row(sheet.view.words.text("kiosk.language_question"), sheet.steps(7.3, 5.8, 4.7), 700)
    stack(sheet, title, (row,), share=0.55)
    languages = sheet.view.languages
    cells = _cells(sheet, Box(inner.x, top, inner.w, (inner if sheet.small else body).bottom - top), len(languages))
    for cell, language in zip(cells, languages, strict=False):
        language_key(sheet, cell, language)
    back = cells[len(languages)] if sheet.small else bar.split_left(min(bar.w, sheet.px(60)))[0]
    key(sheet, back, "back", "back", sheet.view.words.text("kiosk.back"), directional=True)


def _cells(sheet: Sheet, area: Box, languages: int) -> list[Box]:
    """In reading order; on small panels with one more, for the way back."""
    count = languages + (1 if sheet.small else 0)
    most = MOST_COLUMNS if count <= MANY else MOST_COLUMNS + 1
    columns = (1 if count <= 4 else 2) if sheet.screen.portrait else min(most, max(count, 1))
    rows = ceil(count / columns)
    gap = sheet.gap
    high = min(sheet.px(48), (area.h - gap * (rows - 1)) / rows)
    block = Box(area.x, area.y, area.w, rows * high + (rows - 1) * gap)
    return [cell for row in block.rows(*[1.0] * rows, gap=gap) for cell in row.columns(*[1.0] * columns, gap=gap)]
