"""Where do you want to go? Departments as large keys, with who waits and for how long; a rail of further keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf

from kiosk.screens.department_card import card, how_said, tile_width, too_long, words_box
from kiosk.screens.frame import LOWERED_SHARE, least_top, put_title
from kiosk.screens.header import header
from kiosk.screens.pieces import key
from kiosk.screens.rail import EXTRA_ICONS, draw_side, least_rail, side_keys, words_width
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from kiosk.screens.stack import Row, stacked
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width
from smartqueue.terms import DepartmentId
from smartqueue.wire import DepartmentView

ROW_MM = 30.0
"""Least height of a department's key."""
TALLEST_ROW_MM = 48.0
COLUMN_MM = 56.0
"""Least width of a department's key in two columns."""
BAR_MM = 30.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the keys go. area: of the departments; side: of the rail or bar."""

    area: Box
    side: Box
    rows: int
    columns: int

    @property
    def capacity(self) -> int:
        return self.rows * self.columns


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands side by side; None is the key to check in. wide: one alone, whose name needs all of the width."""

    shown: tuple[DepartmentView | None, ...]
    wide: bool = False


def draw(sheet: Sheet, page: int) -> None:
    grid, pages = _laid_out(sheet)
    page = min(page, len(pages) - 1)
    header(sheet)
    _question(sheet, grid, page, len(pages))
    _shelves(sheet, grid, pages[page])
    draw_side(sheet, grid.side, page, len(pages))


def _shelves(sheet: Sheet, grid: Grid, shelves: Sequence[Shelf]) -> None:
    """Names of the wide ones are no larger than others are: they are long, not important."""
    places = _places(sheet, grid)
    cell = places[0][0]
    cards = sheet.limited(cell.h / sheet.exact_px(ROW_MM))
    tile = tile_width(cards, cell)
    usual = tuple(one for shelf in shelves if not shelf.wide for one in shelf.shown if one is not None)
    how = how_said(cards, usual, words_box(cards, cell)) if usual else None
    for shelf, row in zip(shelves, places, strict=False):
        for one, place in zip(shelf.shown, row, strict=False):
            if one is None:
                key(cards, place, "check_in", EXTRA_ICONS["check_in"], sheet.view.words.text("kiosk.key.check_in"))
            elif how is not None and not shelf.wide:
                card(cards, place, one, how)
            else:
                whole = Box(place.x, place.y, grid.area.w, place.h)
                most = how.names[0] if how else inf
                card(cards, whole, one, how_said(cards, (one,), words_box(cards, whole, tile), most=most, tile=tile))


# --- pages --------------------------------------------------------------------------------------------


def _laid_out(sheet: Sheet) -> tuple[Grid, list[list[Shelf]]]:
    """The key to check in stands among the departments where it has no place beside them."""
    departments = sheet.view.departments
    grid = _grid(sheet, len(departments))
    cell = _places(sheet, grid)[0][0]
    cards = sheet.limited(cell.h / sheet.exact_px(ROW_MM))
    wide = too_long(cards, departments, words_box(cards, cell)) if grid.columns > 1 else frozenset()
    grid = _grid(sheet, len(departments) + len(wide)) if wide else grid
    pages = _paged(departments, wide, grid)
    if not sheet.view.checks_in or "check_in" in side_keys(sheet, 0, len(pages)):
        return grid, pages
    grid = _grid(sheet, len(departments) + len(wide) + 1)
    return grid, _with_check_in(departments, wide, grid)


def _with_check_in(
    departments: tuple[DepartmentView, ...], wide: frozenset[DepartmentId], grid: Grid
) -> list[list[Shelf]]:
    """As the last of the first page."""
    for place in range(min(grid.capacity - 1, len(departments)), -1, -1):
        pages = _paged((*departments[:place], None, *departments[place:]), wide, grid)
        if any(None in shelf.shown for shelf in pages[0]):
            break
    return pages


def _paged(shown: tuple[DepartmentView | None, ...], wide: frozenset[DepartmentId], grid: Grid) -> list[list[Shelf]]:
    """In their order, but for one that fills the place which a wide one after it would leave empty."""
    waiting, shelves = list(shown), list[Shelf]()
    while waiting:
        first = waiting.pop(0)
        row, alone = [first], first is not None and first.id in wide
        for one in () if alone else tuple(waiting):
            if len(row) < grid.columns and (one is None or one.id not in wide):
                waiting.remove(one)
                row.append(one)
        shelves.append(Shelf(tuple(row), alone))
    return [shelves[at : at + grid.rows] for at in range(0, len(shelves), grid.rows)] or [[]]


# --- places -------------------------------------------------------------------------------------------


def _grid(sheet: Sheet, count: int) -> Grid:
    inner, gap = sheet.inner, sheet.gap
    if sheet.screen.portrait:
        area, side = inner.split_bottom(sheet.px(BAR_MM), gap)
    else:
        area, side = inner.split_right(_rail_width(sheet, count), gap)
    row = sheet.exact_px(ROW_MM)
    highest = max(least_top(sheet), _wished_top(sheet)) if _tall(sheet) else least_top(sheet)
    most = max(1, int((area.bottom - highest + gap) / (row + gap)))
    columns = _columns(sheet, area, count, most)
    rows = min(most, max(1, ceil(count / columns)))
    top = max(highest, min(_wished_top(sheet), area.bottom - rows * (row + gap) + gap))
    if sheet.small and not sheet.screen.portrait:
        top = max(highest, min(top, side.bottom - least_rail(sheet)))
    if sheet.view.lowered and _tall(sheet):
        top = max(top, LOWERED_SHARE * sheet.screen.height_px, area.bottom - rows * (row * 1.35 + gap) + gap)
        top = min(top, area.bottom - rows * (row + gap) + gap)
    area = Box(area.x, top, area.w, area.bottom - top)
    if not sheet.screen.portrait:
        side = Box(side.x, top, side.w, side.bottom - top)
    return Grid(area, side, rows, columns)


def _rail_width(sheet: Sheet, count: int) -> float:
    """As wide as the words of its keys need, where the departments keep two columns: the same on every page."""
    usual = max(sheet.exact_px(21), 0.109 * sheet.screen.width_px)
    area = sheet.inner.split_right(usual, sheet.gap)[0]
    turns = [] if _fits(sheet, area, count) else ["page:0", "page:1"]
    wished = max(usual, words_width(sheet, [*side_keys(sheet, 0, 2 if turns else 1), *turns]))
    area = sheet.inner.split_right(wished, sheet.gap)[0]
    return wished if area.w >= 2 * sheet.exact_px(COLUMN_MM) + sheet.gap else usual


def _fits(sheet: Sheet, area: Box, count: int) -> bool:
    """Everything has a place on one page when nothing stands beside it."""
    most = max(1, int((area.bottom - least_top(sheet) + sheet.gap) / (sheet.exact_px(ROW_MM) + sheet.gap)))
    return count <= most * _columns(sheet, area, count, most)


def _columns(sheet: Sheet, area: Box, count: int, most_rows: int) -> int:
    if count <= min(most_rows, 4 if sheet.screen.portrait else 3):
        return 1
    return 2 if area.w >= 2 * sheet.exact_px(COLUMN_MM) + sheet.gap else 1


def _wished_top(sheet: Sheet) -> float:
    """Keys lie in the lower two thirds of panels from 200 mm height, in the lower three quarters below."""
    return (0.335 if _tall(sheet) else 0.258) * sheet.screen.height_px


def _tall(sheet: Sheet) -> bool:
    return sheet.screen.height_mm >= REACH_FROM_MM


def _places(sheet: Sheet, grid: Grid) -> list[list[Box]]:
    """Rows of cells. Pages of one site have equal cells; a short list has taller ones."""
    tallest = sheet.px(TALLEST_ROW_MM)
    high = min(tallest, (grid.area.h - (grid.rows - 1) * sheet.gap) / grid.rows)
    used = grid.rows * high + (grid.rows - 1) * sheet.gap
    block = Box(grid.area.x, grid.area.bottom - used, grid.area.w, used) if sheet.screen.portrait else grid.area
    block = block.split_top(used)[0] if not sheet.screen.portrait else block
    rows = block.rows(*[1.0] * grid.rows, gap=sheet.gap)
    return [list(row.columns(*[1.0] * grid.columns, gap=sheet.gap)) for row in rows]


def _question(sheet: Sheet, grid: Grid, page: int, pages: int) -> None:
    """Halfway between header and keys; on upright panels near the keys, with a line that says what happens."""
    words = sheet.view.words
    box = Box(sheet.inner.x, sheet.header.bottom, sheet.inner.w, grid.area.y - sheet.header.bottom).inset(
        0, sheet.px(0.4)
    )
    place, roomy = "", box.h > sheet.capitals(7.3) + sheet.px(40)
    if pages > 1:
        place = words.text("kiosk.page", page=page + 1, pages=pages)
    if place and not roomy:
        box, end = box.split_right(width(place, sheet.capitals(4.4), sheet.style()) + 2, sheet.px(3))
        sheet.text(end, place, sheet.steps(4.4), colour=sheet.theme.quiet, align="end")
    sizes = sheet.steps(7.3, 6.5, 5.8, 4.7)
    rows = [Row(words.text("kiosk.question"), sizes, 700)]
    if roomy:
        rows.append(Row(words.text("kiosk.question_line"), sheet.quiet, 400, sheet.theme.quiet, gap=sheet.px(4)))
        box = box.split_bottom(sheet.px(9))[0]
    top = put_title(sheet, box, stacked(sheet, box.w, rows, box.h))
    if place and roomy:
        over = Box(box.x, top - sheet.px(9), box.w, sheet.capitals(4.4))
        sheet.text(over, place, sheet.steps(4.4), colour=sheet.theme.quiet)
