"""What screens with a question share: the question under the header, keys within reach, a bar of keys at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.screens.pieces import chip, chip_width, key, least_width, tall_key, tick
from kiosk.screens.sheet import REACH_FROM_MM, Sheet
from kiosk.screens.stack import Row, Stack, put, stack, stacked
from smartqueue.look.scene import Align, Box, Weight
from smartqueue.wire import DepartmentView

_TITLE_SHARE = 0.185
"""Where questions begin on upright panels, share of the height."""
LOWERED_SHARE = 0.42
"""With the key for reach, keys begin no higher than this share of the panel."""
_WORD_MM = (7.3, 6.5, 5.8, 5.2, 4.7, 4.4, 4.0, 3.6)
_UPRIGHT_WORD_MM = (5.5, 5.2, 4.7, 4.4, 4.0, 3.6)
_SMALL_WORD_MM = (4.4, 4.0, 3.6)
_PICTURE_MM, _SMALL_PICTURE_MM = 13.0, 9.0
"""Least pictures over words: words give way to them."""
_NEAR_MM = 0.7
"""So near the sides of a small panel's keys words may come before one of them has two lines."""
_LEAST_ON_ONE_MM, _LEAST_SMALL_MM = 5.2, 3.6
"""On two lines before smaller than this on one."""


@dataclass(frozen=True, slots=True)
class Frame:
    """question: between header and keys. keys: over the bar."""

    question: Box
    keys: Box
    bar: Box


def least_top(sheet: Sheet) -> float:
    """The question's capitals and their air need this much under the header."""
    if sheet.small:
        return sheet.inner.y + sheet.px(6.2) + sheet.exact_px(1.4) + sheet.capitals(5.8) + sheet.exact_px(2.4)
    return sheet.header.bottom + sheet.exact_px(2.0) + sheet.capitals(7.3) + sheet.exact_px(3.2)


def usual_top(sheet: Sheet) -> float:
    """Keys lie in the lower two thirds of panels from 200 mm height, in the lower three quarters below."""
    if sheet.small:
        return least_top(sheet)
    tall = sheet.screen.height_mm >= REACH_FROM_MM
    share = LOWERED_SHARE if tall and sheet.view.lowered else 0.335 if tall else 0.27
    return max(least_top(sheet), share * sheet.screen.height_px)


def put_title(sheet: Sheet, box: Box, made: Stack) -> float:
    """A question with its first capitals at one height on all screens of a panel, where all of it then has room: near
    the keys where they are lowered. Gives the top of its ink."""
    if sheet.small:
        wished = sheet.header.bottom + sheet.exact_px(4.4 if sheet.unheaded else 1.2)
    elif sheet.screen.portrait:
        wished = box.bottom if sheet.view.lowered else _TITLE_SHARE * sheet.screen.height_px
    else:
        wished = sheet.header.bottom + sheet.px(4.8)
    top = max(min(wished - made.rows[0].top, box.bottom - made.height), box.y)
    put(sheet, Box(box.x, top, box.w, made.height), made, share=0.0)
    return top


def frame(sheet: Sheet, top: float | None = None) -> Frame:
    inner, top = sheet.inner, top or usual_top(sheet)
    keys, bar = Box(inner.x, top, inner.w, inner.bottom - top).split_bottom(bar_height(sheet), sheet.gap)
    return Frame(Box(inner.x, sheet.header.bottom, inner.w, top - sheet.header.bottom), keys, bar)


def bar_height(sheet: Sheet) -> float:
    return sheet.px(24 if sheet.screen.portrait else 20)


def grid(area: Box, columns: int, rows: int, gap: float, tallest: float = 0.0, apart: float | None = None) -> list[Box]:
    """Cells in reading order, from the top of the area; tallest: of a row, 0 = as tall as there is room; apart: between
    columns, None = the gap."""
    high, apart = (area.h - gap * (rows - 1)) / rows, gap if apart is None else apart
    high = min(high, tallest) if tallest else high
    block = Box(area.x, area.y, area.w, rows * high + (rows - 1) * gap)
    return [cell for row in block.rows(*[1.0] * rows, gap=gap) for cell in row.columns(*[1.0] * columns, gap=apart)]


# --- the question -------------------------------------------------------------------------------------


def question(sheet: Sheet, box: Box, title: str, line: str = "", department: DepartmentView | None = None) -> None:
    """The department as a chip: on upright panels with its name above the question, else before it."""
    box = box.inset(0, sheet.px(0.4))
    if sheet.screen.portrait:
        _upright(sheet, box, title, line, department)
        return
    start, high = box.x, min(sheet.px(11.2), box.h - sheet.px(2.6 if sheet.small else 1.0))
    if department is not None:
        box = box.split_left(chip_width(sheet, high, department), sheet.px(4))[1]
    sizes = sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7, 4.4) if not sheet.small else sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0)
    large = Row(title, sizes, 700)
    quiet = Row(line, sheet.quiet, 400, sheet.theme.quiet, gap=sheet.px(3.4), lines=1)
    made = stacked(sheet, box.w, (large, quiet), box.h)
    if not line or sheet.small or not made.whole or made.height > box.h:
        made = stacked(sheet, box.w, (large,), box.h)
    top = put_title(sheet, box, made)
    if department is not None:
        middle = top + made.rows[0].top + made.rows[0].set.capital_px / 2
        chip(sheet, Box(start, max(box.y, middle - high / 2), high, high), department)


def _upright(sheet: Sheet, box: Box, title: str, line: str, department: DepartmentView | None) -> None:
    box = box.split_bottom(sheet.px(7))[0]
    rows = [Row(title, sheet.steps(9.6, 8.4, 7.3, 6.5, 5.8), 700)]
    if line:
        rows.append(Row(line, sheet.steps(5.0, 4.4, 4.0), 400, sheet.theme.quiet, gap=sheet.px(4.4), lines=2))
    top = put_title(sheet, box, stacked(sheet, box.w, rows, box.h))
    if department is not None:
        high = sheet.px(11.2)
        place = Box(box.x, top - sheet.px(5) - high, box.w, high)
        name, language = sheet.view.named(department.names)
        rest = place.split_left(chip(sheet, place, department), sheet.px(3.4))[1]
        stack(sheet, rest, (Row(name, sheet.steps(5.0, 4.4, 4.0, 3.6), 700, language=language),))


# --- keys with a picture ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """A key that shows what it stands for. state: a quiet word below, such as on or off; chosen: it is switched on."""

    key: str
    icon: str
    word: str
    chosen: bool = False
    state: str = ""


def choices(sheet: Sheet, cells: Sequence[Box], shown: Sequence[Choice]) -> None:
    """All words in one size: the largest in which each fits on one line, else on two. Pictures and words stand at the
    same height in all; side by side where keys are wide and low and have something to say of their state."""
    if any(one.state for one in shown) and cells[0].w > 1.5 * cells[0].h:
        _choices_beside(sheet, cells, shown)
        return
    picture = sheet.px(_SMALL_PICTURE_MM + 1.6 if sheet.small else _PICTURE_MM + 2.8)
    said, sizes = [one.word for one in shown], _word_sizes(sheet)
    room = _inside(sheet, cells[0])
    size, lines = _common(sheet, room, said, sizes, picture)
    near = Box(cells[0].x, room.y, cells[0].w, room.h).inset(sheet.px(_NEAR_MM), 0)
    if sheet.small and lines > 1 and _common(sheet, near, said, sizes[-1:], picture) == (sizes[-1], 1):
        room, size, lines = near, sizes[-1], 1
    made = [_words(sheet, room, one, size, lines) for one in shown]
    deep = max(one.rows[-1].top + one.rows[-1].set.height_px - one.rows[0].top for one in made)
    tail = max(one.height - one.rows[-1].top - one.rows[-1].set.height_px for one in made)
    ink = max(one.rows[0].top for one in made), deep, tail
    for cell, one, words in zip(cells, shown, made, strict=False):
        _choice(sheet, cell.inset((cell.w - room.w) / 2, 0), _choice_panel(sheet, cell, one), one, words, ink)


def _choices_beside(sheet: Sheet, cells: Sequence[Box], shown: Sequence[Choice]) -> None:
    side = min(sheet.px(18), cells[0].h * 0.56)
    room = cells[0].inset(sheet.px(4 if not sheet.small else 2.4), sheet.px(1.2)).split_left(side, sheet.px(4))[1]
    room = Box(room.x, room.y, room.w - sheet.px(4), room.h)
    size, lines = _common(sheet, room, [one.word for one in shown], _word_sizes(sheet), 0.0)
    for cell, one in zip(cells, shown, strict=False):
        colour = _choice_panel(sheet, cell, one)
        place = cell.inset(sheet.px(4 if not sheet.small else 2.4), sheet.px(1.2))
        icon, rest = place.split_left(side, sheet.px(4))
        sheet.icon(icon.centred(side, side), one.icon, colour)
        put(sheet, Box(rest.x, rest.y, room.w, rest.h), _words(sheet, room, one, size, lines, "start"))


def _choice_panel(sheet: Sheet, box: Box, one: Choice) -> str:
    """Thick edge, tick and colour of what is chosen; gives the colour of what stands on it."""
    edge = sheet.theme.primary if one.chosen else sheet.theme.edge
    sheet.panel(box, edge=edge, thick=2.0 if one.chosen else 1.0)
    sheet.target(box, one.key)
    if one.chosen:
        tick(sheet, box)
    return sheet.theme.primary if one.chosen else sheet.theme.text


def _inside(sheet: Sheet, box: Box) -> Box:
    return box.inset(sheet.px(1.5 if sheet.small else 1.8), sheet.px(1.2))


def _word_sizes(sheet: Sheet) -> tuple[float, ...]:
    mm = _SMALL_WORD_MM if sheet.small else _UPRIGHT_WORD_MM if sheet.screen.portrait else _WORD_MM
    return sheet.steps(*mm)


def _common(
    sheet: Sheet, room: Box, texts: Sequence[str], sizes: tuple[float, ...], picture: float
) -> tuple[float, int]:
    """picture: height that is kept free over the words."""
    high = 0.62 if sheet.small else 0.5
    floor = sheet.capitals(_LEAST_SMALL_MM if sheet.small else _LEAST_ON_ONE_MM)
    large, rest = [one for one in sizes if one >= floor], [one for one in sizes if one < floor]
    tried = [(size, lines) for lines in (1, 2) for size in large] + [(size, lines) for size in rest for lines in (1, 2)]
    for size, lines in tried:
        rows = [Row(text, (size,), 700, lines=lines, tight=lines > 1) for text in texts]
        made = [stacked(sheet, room.w, (row,)) for row in rows]
        most = min(room.h * (high if lines == 1 else 0.62), room.h - picture)
        if all(one.whole and one.height <= most and _ink(one) <= room.w for one in made):
            return size, lines
    return sizes[-1], 2


def _ink(made: Stack) -> float:
    """Width of the widest line, with what stands out beyond its letters."""
    return max(float(one.set.mask.width) for one in made.rows)


def _words(sheet: Sheet, room: Box, one: Choice, size: float, lines: int, align: Align = "center") -> Stack:
    colour = sheet.theme.primary if one.chosen else sheet.theme.text
    rows = [Row(one.word, (size,), 700, colour, align, lines=lines, tight=lines > 1)]
    if one.state:
        rows.append(Row(one.state, (min(size, sheet.capitals(4.4)),), 400, colour, align, gap=sheet.px(2.8)))
    return stacked(sheet, room.w, rows)


def _choice(sheet: Sheet, box: Box, colour: str, one: Choice, words: Stack, ink: tuple[float, float, float]) -> None:
    """box: as wide as the words may be. ink: over the capitals, from them to the last baseline, and under it, px: of
    the words that have most."""
    over, deep, tail = ink
    inner = box.inset(0, sheet.px(1.0 if sheet.small else 1.2))
    gap = max(sheet.px(1.4 if sheet.small else 2.8), over + sheet.px(0.8))
    icon_h = min(sheet.px(18), inner.h - deep - tail - gap)
    y = max(inner.y, inner.y + (inner.h - icon_h - gap - deep - tail * 0.5) / 2)
    y = min(y, inner.bottom - tail - deep - gap - icon_h)
    sheet.icon(Box(inner.x, y, inner.w, icon_h), one.icon, colour)
    put(sheet, Box(inner.x, y + icon_h + gap - words.rows[0].top, inner.w, words.height), words, share=0.0)


# --- the bar ------------------------------------------------------------------------------------------


def back_and(sheet: Sheet, bar: Box, primary: str, icon: str, word: str, share: float = 0.25) -> None:
    """The way back, and beside it the key that goes on. share: of the bar that the way back takes."""
    least = least_width(sheet, sheet.view.words.text("kiosk.back"))
    wide = max(sheet.exact_px(20), least, (bar.w + sheet.gap) * share - sheet.gap)
    back, rest = bar.split_left(wide, sheet.gap)
    back_key(sheet, back)
    key(sheet, rest, primary, icon, word, kind="primary")


def back_key(sheet: Sheet, box: Box) -> None:
    word = sheet.view.words.text("kiosk.back")
    if box.w < 1.6 * box.h:
        tall_key(sheet, box, "back", "back", word, directional=True)
    else:
        key(sheet, box, "back", "back", word, directional=True)


def notice(sheet: Sheet, box: Box, text: str, *, align: Align = "start", trouble: bool = True) -> None:
    """A sentence beside an icon: what did not work, and what to do."""
    colour = sheet.theme.trouble if trouble else sheet.theme.quiet
    sizes = sheet.steps(4.7, 4.4, 4.0, 3.6, 3.4) if not sheet.small else sheet.steps(4.0, 3.6, 3.4, 3.2, 3.0)
    side = min(sheet.px(7), box.h)
    icon, words = box.split_left(side, sheet.px(2.4))
    sheet.icon(icon.centred(side, side), "warning" if trouble else "info", colour)
    low = sheet.small and not sheet.screen.portrait
    weight: Weight = 700 if trouble else 400
    stack(sheet, words, (Row(text, sizes, weight, colour, align, lines=2 if low else 3, tight=low, rather_small=low),))
