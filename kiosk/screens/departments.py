"""Where do you want to go? Departments as large keys, with who waits and for how long; a rail of further keys."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from kiosk.screens.frame import LOWERED_SHARE, least_top, put_title
from kiosk.screens.header import header
from kiosk.screens.pieces import NAME_SIZES_MM, SMALL_NAME_MM, emphasised, gives, range_words, tile, waiting_words
from kiosk.screens.rail import draw_side, least_rail, side_keys, words_width
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from kiosk.screens.stack import AIR_MM, Row, Stack, line_ink, put, stacked
from kiosk.screens.stack import below as ink_below
from smartqueue.look.inline import Part, Sign, Words
from smartqueue.look.inline import width as width_of
from smartqueue.look.scene import Box, Weight
from smartqueue.look.typeset import width
from smartqueue.wire import DepartmentView

ROW_MM = 30.0
"""Least height of a department's key."""
TALLEST_ROW_MM = 48.0
COLUMN_MM = 56.0
"""Least width of a department's key in two columns."""
BAR_MM = 30.0
_AIR_MM = 3.0
"""From a name's baseline to the capitals under it."""
_ROOMY_MM = 33.0
"""From this height a card has place for a name on two lines over two lines about waiting."""
_LINE_MM = 2.5
"""Between two lines about waiting."""
_AIR_LINES_MM = 0.3
_LEAST_MM = 4.4
"""Capitals of names that leave no room for what is said of waiting at 4.7 mm."""
_STEP = 1.28
"""Between the two sizes of names that a page may have."""


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


def draw(sheet: Sheet, page: int) -> None:
    departments = sheet.view.departments
    grid = _grid(sheet, len(departments))
    pages = max(1, ceil(len(departments) / grid.capacity))
    page = min(page, pages - 1)
    shown = departments[page * grid.capacity : (page + 1) * grid.capacity]
    header(sheet)
    _question(sheet, grid, page, pages)
    places = _places(sheet, grid, len(departments))
    cards = sheet.limited(places[0].h / sheet.exact_px(ROW_MM))
    how = how_said(cards, shown, words_box(cards, places[0]))
    for box, department in zip(places, shown, strict=False):
        card(cards, box, department, how)
    draw_side(sheet, grid.side, page, pages)


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


def _places(sheet: Sheet, grid: Grid, count: int) -> list[Box]:
    """Cells in reading order. Pages of one site have equal cells; a short list has taller ones."""
    tallest = sheet.px(TALLEST_ROW_MM)
    high = min(tallest, (grid.area.h - (grid.rows - 1) * sheet.gap) / grid.rows)
    used = grid.rows * high + (grid.rows - 1) * sheet.gap
    block = Box(grid.area.x, grid.area.bottom - used, grid.area.w, used) if sheet.screen.portrait else grid.area
    block = block.split_top(used)[0] if not sheet.screen.portrait else block
    return [
        cell
        for row in block.rows(*[1.0] * grid.rows, gap=sheet.gap)
        for cell in row.columns(*[1.0] * grid.columns, gap=sheet.gap)
    ][: max(count, 1)]


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


# --- a department -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class How:
    """How a page says its departments. names: the sizes of its names' capitals, px: of most, and of those that are
    too long for that; at most two."""

    names: tuple[float, ...]
    size: float
    """Capitals of the lines about waiting, px."""
    apart: bool = False
    """Who waits and for how long have a line each."""
    terse: bool = False
    """The hour at which a department opens stands without its words: cards are too narrow for them."""
    closed: str = "kiosk.closed"
    """Words for a department that is closed and tells no time."""
    lead: float = 0.0
    """From a name's last baseline to the capitals under it, px."""
    over: float = 0.0
    """Ink over names' capitals, px: of the name that has most."""
    under: float = 0.0
    """Ink under the last baseline, px: of the line that has most."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What stands in one card. fits: nothing of it is broken or too high."""

    name: Stack
    lines: list[list[Part]]
    fits: bool


def how_said(sheet: Sheet, departments: tuple[DepartmentView, ...], box: Box, closed: str = "kiosk.closed") -> How:
    """box: of the words in a card. Lines about waiting are the same in all; names have one size, or two."""
    first = _waiting(sheet, departments, box.w, How((), 0.0, closed=closed))
    steps = _name_steps(sheet)
    for start in range(len(steps)):
        how = _with_names(sheet, departments, box, first, steps[start:])
        sayings = [_saying(sheet, box, each, how) for each in departments]
        how = replace(
            how,
            lead=max(_lead(sheet, saying, how.size) for saying in sayings),
            over=max(saying.name.rows[0].top for saying in sayings),
            under=max(line_ink(sheet, saying.lines[-1], first.size)[1] for saying in sayings),
        )
        if all(_stands(sheet, box, saying, how) for saying in sayings if saying.fits):
            break
    return how


def _stands(sheet: Sheet, box: Box, saying: Saying, how: How) -> bool:
    """With the places of all others of the page."""
    deep, high = saying.name.rows[0].set.height_px, _high(sheet, saying.lines, how.size)
    return how.over + deep + how.lead + high + how.under <= box.h + 0.5


def _lead(sheet: Sheet, saying: Saying, size: float) -> float:
    over = line_ink(sheet, saying.lines[0], size)[0]
    return max(sheet.px(_AIR_MM), ink_below(saying.name.rows[-1].set) + sheet.px(AIR_MM) + over)


def _waiting(sheet: Sheet, departments: tuple[DepartmentView, ...], room: float, how: How) -> How:
    """With the largest lines at which all stand on one, down to 4.0 mm; else at which the parts of all do, each on a
    line of its own, down to 3.6 mm."""
    sizes = sheet.steps(4.4, 4.2, 4.0)
    language = sheet.view.language
    every = [_parts(sheet, each, how) for each in departments]
    for size in sizes:
        if all(width_of(_joined(sheet, parts), language, size) <= room for parts in every):
            return replace(how, size=size)
    pieces = [part for parts in every for part in parts]
    for size in (*sizes, *(sheet.exact_px(mm) for mm in (4.4, 4.0)), sheet.capitals(3.6), sheet.exact_px(3.6)):
        if all(width_of(part, language, size) <= room for part in pieces):
            return replace(how, size=size, apart=True)
    if not how.terse:
        return _waiting(sheet, departments, room, replace(how, terse=True))
    small = [sheet.exact_px(mm) for mm in (3.4, 3.2)]
    fits = (size for size in small if all(width_of(part, language, size) <= room for part in pieces))
    return replace(how, size=next(fits, small[-1]), apart=True)


def _with_names(
    sheet: Sheet, departments: tuple[DepartmentView, ...], box: Box, how: How, steps: tuple[float, ...]
) -> How:
    """The largest size for all, if it is not small; else one for most and one, a step smaller, for those that are too
    long for it: who reads a list takes size for importance."""
    every = steps[-1]
    fits: dict[float, int] = {}
    for size in steps:
        fitting = sum(_saying(sheet, box, each, replace(how, names=(size,))).fits for each in departments)
        fits[size] = fitting
        if fitting == len(departments):
            every = size
            break
    if every >= sheet.exact_px(5.8):
        return replace(how, names=(every,))
    near = [size for size in steps if every <= size <= every * _STEP]
    most = next((size for size in near if 2 * fits[size] >= len(departments)), every)
    return replace(how, names=(most, every) if most > every else (every,))


def _name_steps(sheet: Sheet) -> tuple[float, ...]:
    every = {*sheet.steps(*NAME_SIZES_MM), *(sheet.exact_px(mm) for mm in (7.3, 6.5, 5.8, 5.2, 4.7, _LEAST_MM))}
    if sheet.small:
        every = {*(size for size in every if size <= sheet.exact_px(5.8)), sheet.capitals(SMALL_NAME_MM)}
    return tuple(sorted(every, reverse=True))


def _saying(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> Saying:
    """In the first of the page's sizes that fits: a name on one line or two, then on three over one line about
    waiting. A word that is too long for its card is broken at last."""
    parts = _parts(sheet, department, how)
    joined = [_joined(sheet, parts)]
    lines = parts if how.apart else joined
    whole = width_of(joined[0], sheet.view.language, how.size) <= box.w
    short = joined if whole else parts[:1]
    roomy, one_line = box.h >= sheet.exact_px(_ROOMY_MM), len(lines) == 1
    usual = sheet.exact_px(SMALL_NAME_MM if sheet.small else 7.3)
    fits = stacked(sheet, box.w, (_name_row(sheet, department, (usual,), 1),)).whole
    ways = [(1, lines), *([(2, lines)] if not fits and (one_line or sheet.small or roomy) else [])]
    for size in how.names:
        for deep, told in ways if size > _least_name(sheet) else [*ways, (2, short), (3, short)]:
            saying = _tried(sheet, box, told, _name_row(sheet, department, (size,), deep), how)
            if saying.fits:
                return saying
    return replace(_broken(sheet, box, department, how, (lines, short)), fits=False)


def _least_name(sheet: Sheet) -> float:
    return sheet.capitals(SMALL_NAME_MM) if sheet.small else sheet.exact_px(_LEAST_MM)


def _broken(
    sheet: Sheet, box: Box, department: DepartmentView, how: How, told: tuple[list[list[Part]], list[list[Part]]]
) -> Saying:
    """told: all about waiting, and the shortest. Names of more words than a card holds are set smaller at last."""
    last = how.names[-1] if how.names else _least_name(sheet)
    small = [sheet.exact_px(mm) for mm in (4.0, 3.6)]
    if sheet.small:
        saying = _tried(sheet, box, told[0], _name_row(sheet, department, (small[0],), 2), how)
        if saying.fits:
            return saying
    for size in (last, *(size for size in small if size < last)):
        for deep, lines in ((2, told[0]), (2, told[1]), (3, told[1]), (4, told[1])):
            saying = _tried(sheet, box, lines, _name_row(sheet, department, (size,), deep), how, broken=True)
            if saying.fits:
                return saying
    return saying


def _tried(sheet: Sheet, box: Box, lines: list[list[Part]], row: Row, how: How, *, broken: bool = False) -> Saying:
    """broken: a word may be broken, where it would be broken in a bold name: the same word the same way."""
    made = stacked(sheet, box.w, (row,))
    if broken and made.rows[0].set.hyphenated:
        bold = stacked(sheet, box.w, (replace(row, weight=700),)).rows[0].set
        made = stacked(sheet, box.w, (replace(row, text="\n".join(bold.lines)),))
        whole = not bold.cut and not bold.squeezed
    else:
        whole = made.whole
    saying = Saying(made, lines, fits=True)
    under = line_ink(sheet, lines[-1], how.size)[1]
    high = (
        made.rows[0].top
        + made.rows[0].set.height_px
        + _lead(sheet, saying, how.size)
        + _high(sheet, lines, how.size)
        + under
    )
    return replace(saying, fits=whole and high <= box.h + 0.5)


def _name_row(sheet: Sheet, department: DepartmentView, sizes: tuple[float, ...], lines: int = 2) -> Row:
    name, language = sheet.view.named(department.names)
    weight: Weight = 700 if gives(department) else 400
    colour = sheet.theme.text if gives(department) else sheet.theme.quiet
    return Row(name, sizes, weight, colour, lines=lines, tight=True, language=language)


def card(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> None:
    """A department's key: tile, name, and what waiting there means."""
    sheet.panel(
        box, fill=sheet.theme.card if gives(department) else None, edge=sheet.theme.edge, dashed=not gives(department)
    )
    tile(sheet, box.split_left(_tile_width(sheet, box))[0], department)
    card_words(sheet, words_box(sheet, box), department, how)
    sheet.target(box, f"department:{department.id}")


def _narrow(sheet: Sheet, box: Box) -> bool:
    return box.w < sheet.px(70)


def _tile_width(sheet: Sheet, box: Box) -> float:
    return sheet.px(13.5 if _narrow(sheet, box) else 18)


def words_box(sheet: Sheet, box: Box) -> Box:
    rest = box.split_left(_tile_width(sheet, box))[1]
    pad = sheet.px(2.2 if _narrow(sheet, box) else 3.1)
    return Box(rest.x + pad, rest.y + sheet.px(1.6), rest.w - pad - sheet.px(2.0), rest.h - sheet.px(3.2))


def card_words(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> None:
    """Name over one or two quiet lines, together in the middle of the box from the first capitals to the last
    baseline."""
    saying = _saying(sheet, box, department, how)
    name, lines = saying.name, saying.lines
    over, under = name.rows[0].top, line_ink(sheet, lines[-1], how.size)[1]
    deep, high = name.rows[0].set.height_px, _high(sheet, lines, how.size)
    least = _lead(sheet, saying, how.size)
    lead = max(least, min(how.lead, box.h - how.over - deep - high - how.under))
    y = box.y + (box.h - deep - lead - high) / 2
    y = max(min(y, box.bottom - how.under - high - lead - deep), box.y + how.over)
    y = max(min(y, box.bottom - under - high - lead - deep), box.y + over)
    put(sheet, Box(box.x, y - over, box.w, name.height), name, share=0.0)
    y += deep + lead
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        sheet.line(Box(box.x, y, box.w, how.size), line, how.size)
        y += _pitch(sheet, line, after, how.size) if after is not None else 0.0


def _high(sheet: Sheet, lines: list[list[Part]], size: float) -> float:
    """Of lines about waiting, from the first capitals to the last baseline."""
    return size + sum(_pitch(sheet, one, other, size) for one, other in pairwise(lines))


def _pitch(sheet: Sheet, upper: list[Part], lower: list[Part], size: float) -> float:
    """From baseline to baseline, so that the ink of one never touches that of the other."""
    ink = line_ink(sheet, upper, size)[1] + sheet.px(_AIR_LINES_MM) + line_ink(sheet, lower, size)[0]
    return size + max(sheet.px(_LINE_MM), ink)


# --- what waiting means -------------------------------------------------------------------------------


def _joined(sheet: Sheet, parts: list[list[Part]]) -> list[Part]:
    if len(parts) == 1:
        return parts[0]
    return [*parts[0], Words("·", sheet.theme.quiet), *parts[1]]


def _parts(sheet: Sheet, department: DepartmentView, how: How) -> list[list[Part]]:
    words = sheet.view.words
    if department.open and not department.issuing:
        return _ended(sheet, department)
    if not department.open:
        text = words.text(how.closed)
        if department.opens_at is not None:
            text = department.opens_at if how.terse else words.text("kiosk.opens_at", time=department.opens_at)
        return [
            [Sign("clock", sheet.theme.text), *emphasised(sheet, text, department.opens_at or text, sheet.theme.text)]
        ]
    if sheet.view.away:
        return [[Words(words.text("kiosk.away_wait"), sheet.theme.quiet)]]
    parts = [waiting_words(sheet, department)]
    if department.emergency:
        trouble, short = sheet.theme.trouble, "_short" if how.terse else ""
        return [*parts, [Sign("emergency", trouble), Words(words.text(f"kiosk.emergency{short}"), trouble, 700)]]
    if department.estimate is not None:
        parts.append([Words(range_words(sheet, department.estimate), sheet.theme.quiet)])
    return parts


def _ended(sheet: Sheet, department: DepartmentView) -> list[list[Part]]:
    """It is open, but the last number of today has been given."""
    words, quiet = sheet.view.words, sheet.theme.text
    parts: list[list[Part]] = [[Words(words.text("kiosk.full"), quiet)]]
    if department.last_label:
        text = words.text("kiosk.last", label=department.last_label)
        short: list[Part] = [Sign("ticket", quiet), Words(department.last_label, quiet, 700)]
        parts.append(short if sheet.small else emphasised(sheet, text, department.last_label))
    return parts
