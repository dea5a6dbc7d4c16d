"""Choose your language: each by its own name in its own script, for sites with more than fit beside the departments."""

from math import ceil

from kiosk.screens.pieces import header, key, language_key
from kiosk.screens.sheet import Sheet
from smartqueue.look.scene import Box

MOST_COLUMNS = 3


def draw(sheet: Sheet) -> None:
    header(sheet)
    inner, gap = sheet.inner, sheet.gap
    body, bar = inner.split_bottom(sheet.px(20), gap)
    top = max(sheet.body.y + sheet.px(11), 0.26 * sheet.screen.height_px)
    title = Box(inner.x, sheet.header.bottom, inner.w, top - sheet.header.bottom)
    sheet.text(title, sheet.view.words.text("kiosk.language_question"), sheet.steps(7.3, 5.8, 4.7), weight=700)
    languages = sheet.view.languages
    columns = 2 if sheet.screen.portrait else min(MOST_COLUMNS, max(len(languages), 1))
    rows = ceil(len(languages) / columns)
    area = Box(inner.x, top, inner.w, body.bottom - top)
    high = min(sheet.px(40), (area.h - gap * (rows - 1)) / rows)
    block = Box(area.x, area.y, area.w, rows * high + (rows - 1) * gap)
    cells = [cell for row in block.rows(*[1.0] * rows, gap=gap) for cell in row.columns(*[1.0] * columns, gap=gap)]
    for cell, language in zip(cells, languages, strict=False):
        language_key(sheet, cell, language)
    back = bar.split_left(min(bar.w, sheet.px(60)))[0]
    key(sheet, back, "back", "back", sheet.view.words.text("kiosk.back"), directional=True)
