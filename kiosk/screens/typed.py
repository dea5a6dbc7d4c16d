"""A code is typed: what was typed large, keys, and what the key that goes on will do."""

from dataclasses import dataclass, replace

from kiosk.fronts import HUB_AWAY, CheckIn
from kiosk.screens.frame import back_key, bar_height, usual_top
from kiosk.screens.header import header
from kiosk.screens.keypad import (
    DIGITS,
    LETTERS,
    Cell,
    char,
    draw_cells,
    draw_row,
    erase_key,
    field,
    fits,
    fitting,
    grouped,
    page_name,
    pages_of_keys,
    placed,
)
from kiosk.screens.pieces import AIR_MM, key, least_width, tall_width
from kiosk.screens.rail import lower_beside
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stacked
from kiosk.screens.view import View
from smartqueue.look.scene import Box
from smartqueue.look.theme import TARGET_MM
from smartqueue.look.typeset import width

_COLUMNS, _ROWS = 9, 4
_UPRIGHT_COLUMNS = 5
_FIELD_MM, _LOW_FIELD_MM = 58.0, 62.0
"""Width of what was typed, beside the words; the least of it on low panels."""
KEY_MM = (5.8, 5.2, 4.7, 4.4)
"""Capitals of the key that goes on."""
_LINE_MM = 6.2
"""Height of the line at the top of low panels."""
_UNDER_TITLE_MM, _UNDER_FIELD_MM = 1.5, 1.0
"""White over the keys of low panels."""
_PROBLEMS = {
    "unknown_ticket": "unknown",
    "unknown_appointment": "unknown",
    "unknown_label": "unknown",
    "unknown_token": "unknown",
    "unreadable": "unknown",
    "unknown": "unknown",
    "appointment_other_day": "other_day",
    "appointment_too_early": "too_early",
    "appointment_settled": "settled",
    "too_many_requests": "wait",
    HUB_AWAY: "away",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where what is typed and its keys go. words: title and what else there is to say."""

    words: Box
    field: Box
    keys: Box


def low(sheet: Sheet) -> bool:
    """So low that keys for a finger leave hardly a line above them."""
    return sheet.small and not sheet.screen.portrait


def desk(sheet: Sheet, beside_mm: float = 0.0) -> Desk:
    """What is typed above its keys; beside the words where the panel is wide, below them where it is high. beside_mm:
    of a key beside the field."""
    inner, top = sheet.inner, usual_top(sheet)
    if sheet.screen.portrait:
        over = Box(inner.x, sheet.header.bottom, inner.w, top - sheet.gap - sheet.header.bottom)
        words, place = over.split_bottom(sheet.px(20), sheet.px(5))
        return Desk(words.inset(0, sheet.px(1)), place, Box(inner.x, top, inner.w, inner.bottom - top))
    finger = sheet.exact_px(TARGET_MM)
    top = min(inner.bottom - _ROWS * (finger + sheet.gap) + sheet.gap, sheet.header.bottom + sheet.px(31))
    lower = max(0.0, 2 * finger + sheet.gap - top)  # the clinic's mark and the way back are each a finger high
    top += lower
    over = Box(inner.x, sheet.header.bottom, inner.w, top - sheet.gap - sheet.header.bottom)
    high = max(finger, min(over.h - sheet.px(7.4), over.bottom - finger))
    beside = sheet.px(beside_mm) + sheet.gap if beside_mm else 0.0
    words, place = over.split_right(sheet.px(_FIELD_MM) + beside, sheet.px(4))
    return Desk(words, place.split_bottom(high)[1], Box(inner.x, top, inner.w, inner.bottom + lower - top))


def told(
    sheet: Sheet, box: Box, text: str, *, lines: int = 2, share: float = 0.5, sizes: tuple[float, ...] = ()
) -> None:
    """What did not work and what to do, as large as what else is to be read. On one line its ink may stand out of the
    box a little. sizes: of its capitals, px, where they are known."""
    colour, large = sheet.theme.trouble, (4.7, 4.4) if not sheet.small else (4.4,)
    sizes = sizes or sheet.steps(*large, 4.2, 4.0, 3.8, 3.6)
    icon, words = box.split_left(min(sheet.px(7), box.h), sheet.px(2.4))
    row = Row(text, sizes, 700, colour, lines=lines, tight=lines > 1)
    most = words.h if lines > 1 else 0.0 if sheet.small else words.h + sheet.px(1.0)
    made = stacked(sheet, words.w, (row,), most)
    first, spare = made.rows[0], (words.h - made.height) * share
    middle = words.y + spare + first.top + first.set.height_px / 2
    sheet.icon(Box(icon.x, middle - icon.w / 2, icon.w, icon.w), "warning", colour)
    put(sheet, words, made, share=share)


def top_line(sheet: Sheet, *, timed: bool = True, noticed: bool = False) -> Box:
    """Of a low panel: where others have their header. timed: with the clock, noticed: with notices, where there is a
    header."""
    box = header(sheet, bare=True, timed=timed, noticed=noticed)
    return sheet.inner.split_top(sheet.px(_LINE_MM))[0] if sheet.unheaded else box


def on_line(sheet: Sheet, line: Box, row: Row, under_mm: float = 0.9) -> None:
    """In the line at the top, its capitals in the middle where no ink then stands further out below. under_mm: as much
    of it may."""
    made = stacked(sheet, line.w, (row,))
    first = made.rows[0]
    middle = line.centred(line.w, first.set.capital_px).y - first.top
    top = min(middle, line.bottom + sheet.px(under_mm) - made.height)
    put(sheet, Box(line.x, top, line.w, made.height), made, share=0.0)


def fits_beside(sheet: Sheet, box: Box, word: str, mm: float) -> bool:
    """The word of a key on one line, with its icon before it."""
    icon, gap = min(sheet.px(mm * 1.9), box.h * 0.6), sheet.px(mm * 0.5)
    room = box.w - 2 * sheet.px(AIR_MM) - icon - gap - 6
    return width(word, sheet.capitals(mm), sheet.style(700)) <= room


# --- a code -------------------------------------------------------------------------------------------


def draw_check_in(sheet: Sheet, front: CheckIn) -> None:
    if low(sheet):
        _low_check_in(sheet, front)
        return
    header(sheet)
    place = desk(sheet, TARGET_MM)
    least = least_width(sheet, sheet.view.words.text("kiosk.key.erase"))
    where, beside = place.field.split_right(max(sheet.exact_px(TARGET_MM), place.field.h, least), sheet.gap)
    erase_key(sheet, beside)
    field(sheet, where, grouped(front.typed))
    if not sheet.screen.portrait and fits(sheet, place.keys, _COLUMNS, _ROWS):
        back, said = _back_before(sheet, place.words, where)
        back_key(sheet, back)
        _code_words(sheet, said, front)
        _wide_keys(sheet, place.keys)
        return
    _code_words(sheet, place.words, front)
    rows, bar = place.keys.split_bottom(bar_height(sheet), sheet.gap)
    bar = lower_beside(sheet, bar)
    whole = [DIGITS[:5], DIGITS[5:], *(LETTERS[at : at + 5] for at in range(0, len(LETTERS), 5))]
    if sheet.screen.portrait and fits(sheet, rows, _UPRIGHT_COLUMNS, len(whole)):
        draw_cells(sheet, rows, [[char(one) for one in line] for line in whole])
        _code_bar(sheet, bar, -1, erase=False)
        return
    _paged_keys(sheet, rows, front.page)
    _code_bar(sheet, bar, front.page, erase=False)


def _low_check_in(sheet: Sheet, front: CheckIn) -> None:
    """Title and field share the line above the keys. The one over it says what did not work, else what to type for
    letters that have no key where those are, else where the code is to be found."""
    words, inner = sheet.view.words, sheet.inner
    top = max(usual_top(sheet), inner.bottom - bar_height(sheet) - 2 * (sheet.exact_px(TARGET_MM) + sheet.gap))
    line = top_line(sheet, timed=not front.problem, noticed=not front.problem)
    if front.problem:
        told(sheet, line, words.text(problem_key(front.problem)), lines=1, share=1.0)
    else:
        hint = (
            words.text("kiosk.check_in.digits")
            if front.page
            else check_in_lines(sheet.view)[int(sheet.view.reads_codes)]
        )
        row = Row(hint, sheet.steps(4.0, 3.8, 3.6), 400, sheet.theme.quiet)
        if stacked(sheet, line.w, (row,)).whole:  # speech has its words there, and says this too
            on_line(sheet, line, row, 0.0)
    start = line.bottom + sheet.px(0.4)
    over = Box(inner.x, start, inner.w, top - sheet.exact_px(_UNDER_FIELD_MM) - start)
    title = (Row(words.text("kiosk.check_in.title"), sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0), 700),)
    made = stacked(sheet, over.w - sheet.px(_LOW_FIELD_MM + 4), title)
    said, where = over.split_left(made.rows[0].set.width_px + 1, sheet.px(4))
    lowest = top - sheet.exact_px(_UNDER_TITLE_MM) - made.height
    start = max(min(said.y + (said.h - made.height) / 2, lowest), said.y)
    put(sheet, Box(said.x, start, said.w, made.height), made, share=0.0)
    field(sheet, where, grouped(front.typed))
    rows, bar = Box(inner.x, top, inner.w, inner.bottom - top).split_bottom(bar_height(sheet), sheet.gap)
    _paged_keys(sheet, rows, front.page)
    _code_bar(sheet, bar, front.page, erase=True)


def _back_before(sheet: Sheet, said: Box, where: Box) -> tuple[Box, Box]:
    """Where all keys are in rows, the way back is none of them: it stands before the words, away from what is typed."""
    wide = max(sheet.exact_px(TARGET_MM), tall_width(sheet, sheet.view.words.text("kiosk.back")))
    place, said = said.split_left(wide, sheet.px(4))
    return Box(place.x, where.y, wide, where.h), said


def problem_key(problem: str) -> str:
    """Of the sentence for this code of a refusal."""
    return f"kiosk.check_in.problem.{_PROBLEMS.get(problem, 'failed')}"


def check_in_lines(view: View) -> list[str]:
    """Where the code stands, the reader where there is one, and what takes the place of letters that the keypad lacks;
    the first ones where not all have room."""
    names = ("line", "reader", "digits") if view.reads_codes else ("line", "digits")
    return [view.words.text(f"kiosk.check_in.{name}") for name in names]


def _code_words(sheet: Sheet, box: Box, front: CheckIn) -> None:
    """What did not work stands in the place of hints."""
    words = sheet.view.words
    title, problem = words.text("kiosk.check_in.title"), front.problem and words.text(problem_key(front.problem))
    if not problem:
        titled(sheet, box, title, check_in_lines(sheet.view))
        return
    if sheet.screen.portrait:
        titled(sheet, box, title, [words.text("kiosk.check_in.digits")], problem)
    else:
        _wrong(sheet, box, title, problem)


def _wrong(sheet: Sheet, box: Box, title: str, problem: str) -> None:
    """On wide panels: what did not work in the place of the hints under the title, which stays where it is."""
    box = Box(box.x, box.y + sheet.px(3.0), box.w, box.h - sheet.px(3.0))
    rows = _title_and(sheet, box, title, check_in_lines(sheet.view))
    made = fitting(sheet, box, rows)
    head = stacked(sheet, box.w, (replace(rows[0], sizes=(made.rows[0].set.capital_px,)),))
    top, rest = Box(box.x, box.y + (box.h - made.height) / 2, box.w, made.height).split_top(head.height, sheet.px(1.4))
    put(sheet, top, head, share=0.0)
    told(sheet, Box(rest.x, rest.y, rest.w, box.bottom - rest.y), problem, share=0.0)


def titled(sheet: Sheet, box: Box, title: str, lines: list[str], problem: str = "") -> None:
    """A title over quiet lines, and under them what did not work."""
    upright = sheet.screen.portrait
    if problem:
        box, under = box.split_bottom(sheet.px(14), sheet.px(2))
        told(sheet, under, problem)
    elif not upright:
        box = Box(box.x, box.y + sheet.px(3.0), box.w, box.h - sheet.px(3.0))
    placed(sheet, box, _title_and(sheet, box, title, lines), share=1.0 if upright else 0.5)


def _title_and(sheet: Sheet, box: Box, title: str, lines: list[str]) -> list[Row]:
    """The quiet lines that have room for their width."""
    upright = sheet.screen.portrait
    head = Row(title, sheet.steps(9.6, 8.4, 7.3, 6.5, 5.8) if upright else sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7), 700)
    quiet, gap = sheet.steps(5.0, 4.4, 4.0) if upright else sheet.quiet, sheet.px(3.2 if upright else 2.6)
    most = 2 if upright else 1
    rows = [Row(line, quiet, 400, sheet.theme.quiet, lines=most, gap=gap) for line in lines]
    return [head, *(row for row in rows if stacked(sheet, box.w, (row,)).whole)]


def _wide_keys(sheet: Sheet, area: Box) -> None:
    """All in four rows; the last one ends with the key that goes on, twice as wide."""
    chars = DIGITS + LETTERS
    for number, row in enumerate(area.rows(*[1.0] * _ROWS, gap=sheet.gap)):
        boxes = row.columns(*[1.0] * _COLUMNS, gap=sheet.gap)
        line = chars[number * _COLUMNS : (number + 1) * _COLUMNS]
        draw_row(sheet, boxes[: len(line)], [char(one) for one in line])
    last = Box(boxes[len(line)].x, row.y, boxes[-1].right - boxes[len(line)].x, row.h)
    _find_key(sheet, last)


def _paged_keys(sheet: Sheet, area: Box, page: int) -> None:
    """No place in the rows stays empty for long: digits in rows of five."""
    pages = pages_of_keys()
    shown = pages[min(max(page, 0), len(pages) - 1)]
    wide = 6 if not sheet.screen.portrait else 3 if not fits(sheet, area, _UPRIGHT_COLUMNS, 3) else 4
    if shown == DIGITS and wide != 3:
        wide = 5
    rows = [shown[at : at + wide] for at in range(0, len(shown), wide)]
    draw_cells(sheet, area, [list(map(char, row)) for row in rows])


def _code_bar(sheet: Sheet, bar: Box, page: int, *, erase: bool) -> None:
    """Back, the other pages of keys, and the key that goes on; page -1: all keys are there."""
    pages = pages_of_keys()
    others = [number for number in range(len(pages)) if number != page] if page >= 0 else []
    slots = 1 + len(others) + (1 if erase else 0)
    room = (bar.w - slots * sheet.gap) / sheet.exact_px(TARGET_MM) - slots
    shares = [1.0] * slots + [max(1.0, min(2.0, room))]
    places = bar.columns(*shares, gap=sheet.gap)
    back_key(sheet, places[0])
    for number, place in zip(others, places[1:], strict=False):
        draw_row(sheet, [place], [Cell(f"page:{number}", show=page_name(pages[number]))])
    if erase:
        erase_key(sheet, places[-2])
    _find_key(sheet, places[-1])


def _find_key(sheet: Sheet, box: Box) -> None:
    word = sheet.view.words.text("kiosk.key.look_up")
    mm = next((mm for mm in KEY_MM if fits_beside(sheet, box, word, mm)), KEY_MM[-1])
    key(sheet, box, "look_up", "search", word, kind="primary", mm=mm)
