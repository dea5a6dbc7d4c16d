"""A code is typed, or a telephone number: what was typed large, keys, and what the key that goes on will do."""

from dataclasses import dataclass

from kiosk.fronts import HUB_AWAY, CheckIn, Phone
from kiosk.screens.frame import back_key, bar_height, notice, usual_top
from kiosk.screens.header import header
from kiosk.screens.keypad import (
    DIGITS,
    ERASE,
    LETTERS,
    OFF_ERASE,
    PLUS,
    Cell,
    char,
    draw_cells,
    draw_row,
    erase_key,
    field,
    fits,
    grouped,
    low_number_pad,
    number_pad,
    page_name,
    pages_of_keys,
    placed,
)
from kiosk.screens.pieces import key
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stack
from smartqueue.look.scene import Box
from smartqueue.look.theme import TARGET_MM

_COLUMNS, _ROWS = 9, 4
_UPRIGHT_COLUMNS = 5
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
_BACK = Cell("back", "icon", "back")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where what is typed and its keys go. words: title and what else there is to say."""

    words: Box
    field: Box
    keys: Box


def desk(sheet: Sheet, field_mm: float, beside_mm: float = 0.0) -> Desk:
    """field_mm: width of the field where it stands beside the words; beside_mm: of a key beside the field."""
    inner = sheet.inner
    if sheet.small and not sheet.screen.portrait:
        top = usual_top(sheet)
        over = Box(inner.x, sheet.header.bottom, inner.w, top - sheet.header.bottom).inset(0, sheet.px(0.3))
        words, place = over.split_right(sheet.px(62), sheet.px(3))
        return Desk(words, place, Box(inner.x, top, inner.w, inner.bottom - top))
    if sheet.screen.portrait:
        top = usual_top(sheet)
        over = Box(inner.x, sheet.header.bottom, inner.w, top - sheet.gap - sheet.header.bottom)
        words, place = over.split_bottom(sheet.px(20), sheet.px(5))
        return Desk(words.inset(0, sheet.px(1)), place, Box(inner.x, top, inner.w, inner.bottom - top))
    least = _ROWS * sheet.exact_px(TARGET_MM) + (_ROWS - 1) * sheet.gap
    top = min(inner.bottom - least, sheet.header.bottom + sheet.px(31))
    over = Box(inner.x, sheet.header.bottom, inner.w, top - sheet.gap - sheet.header.bottom)
    high = max(sheet.exact_px(TARGET_MM), over.h - sheet.px(7.4))
    beside = sheet.px(beside_mm) + sheet.gap if beside_mm else 0.0
    words, place = over.split_right(sheet.px(field_mm) + beside, sheet.px(5))
    words = Box(words.x, words.y + sheet.px(3.4), words.w, words.h - sheet.px(3.4))
    return Desk(words, place.split_bottom(high)[1], Box(inner.x, top, inner.w, inner.bottom - top))


# --- a code -------------------------------------------------------------------------------------------


def draw_check_in(sheet: Sheet, front: CheckIn) -> None:
    header(sheet)
    low = sheet.small and not sheet.screen.portrait
    place = desk(sheet, 72, TARGET_MM)
    _code_words(sheet, place.words, front, low=low)
    where = place.field
    if not low:
        where, beside = where.split_right(max(sheet.exact_px(TARGET_MM), where.h), sheet.gap)
        erase_key(sheet, beside)
    field(sheet, where, grouped(front.typed))
    if not sheet.screen.portrait and fits(sheet, place.keys, _COLUMNS, _ROWS):
        _wide_keys(sheet, place.keys)
        return
    rows, bar = place.keys.split_bottom(bar_height(sheet), sheet.gap)
    whole = [DIGITS[:5], DIGITS[5:], *(LETTERS[at : at + 5] for at in range(0, len(LETTERS), 5))]
    if sheet.screen.portrait and fits(sheet, rows, _UPRIGHT_COLUMNS, len(whole)):
        draw_cells(sheet, rows, [[char(one) for one in line] for line in whole])
        _code_bar(sheet, bar, -1, erase=False)
        return
    _paged_keys(sheet, rows, front.page)
    _code_bar(sheet, bar, front.page, erase=low)


def problem_key(problem: str) -> str:
    """Of the sentence for this code of a refusal."""
    return f"kiosk.check_in.problem.{_PROBLEMS.get(problem, 'failed')}"


def _code_words(sheet: Sheet, box: Box, front: CheckIn, *, low: bool) -> None:
    words = sheet.view.words
    problem = words.text(problem_key(front.problem)) if front.problem else ""
    title = words.text("kiosk.check_in.title")
    if low and problem:
        notice(sheet, box, problem)
        return
    lines = [words.text("kiosk.check_in.line")]
    if sheet.view.reads_codes:
        lines.append(words.text("kiosk.check_in.reader"))
    _titled(sheet, box, title, lines, problem, low=low)


def _titled(sheet: Sheet, box: Box, title: str, lines: list[str], problem: str, *, low: bool = False) -> None:
    """A title over quiet lines; a problem takes their place."""
    upright = sheet.screen.portrait
    sizes = sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6) if low else sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7)
    head = Row(title, sheet.steps(9.6, 8.4, 7.3, 6.5, 5.8) if upright else sizes, 700, lines=1)
    share = 1.0 if upright else 0.5 if low else 0.0
    if problem:
        over, under = box.split_top(box.h * 0.46, sheet.px(2))
        stack(sheet, over, (head,), share=share)
        notice(sheet, under, problem)
        return
    quiet = sheet.steps(5.0, 4.4, 4.0) if upright else sheet.quiet
    rows = [Row(line, quiet, 400, sheet.theme.quiet, lines=2 if upright else 1, gap=sheet.px(3.2)) for line in lines]
    placed(sheet, box, [head, *([] if low else rows)], share=share if lines or upright else 0.5)


def _wide_keys(sheet: Sheet, area: Box) -> None:
    """All in four rows; the last one begins with the way back and ends with the key that goes on."""
    chars, words = DIGITS + LETTERS, sheet.view.words
    rows = area.rows(*[1.0] * _ROWS, gap=sheet.gap)
    for number, row in enumerate(rows):
        boxes = row.columns(*[1.0] * _COLUMNS, gap=sheet.gap)
        line = chars[number * _COLUMNS : (number + 1) * _COLUMNS]
        inner = boxes if number + 1 < _ROWS else boxes[1 : 1 + len(line)]
        draw_row(sheet, inner, [char(one) for one in line])
    boxes, used = rows[-1].columns(*[1.0] * _COLUMNS, gap=sheet.gap), len(chars) - (_ROWS - 1) * _COLUMNS
    back_key(sheet, boxes[0])
    last = Box(boxes[1 + used].x, boxes[0].y, boxes[-1].right - boxes[1 + used].x, boxes[0].h)
    key(sheet, last, "look_up", "search", words.text("kiosk.key.look_up"), kind="primary")


def _paged_keys(sheet: Sheet, area: Box, page: int) -> None:
    pages = pages_of_keys()
    shown = pages[min(max(page, 0), len(pages) - 1)]
    wide = 6 if not sheet.screen.portrait else 3 if not fits(sheet, area, _UPRIGHT_COLUMNS, 3) else _UPRIGHT_COLUMNS
    rows = [shown[at : at + wide] for at in range(0, max(map(len, pages)), wide)]
    draw_cells(sheet, area, [list(map(char, row)) for row in rows])


def _code_bar(sheet: Sheet, bar: Box, page: int, *, erase: bool) -> None:
    """Back, the other pages of keys, and the key that goes on; page -1: all keys are there."""
    words, pages = sheet.view.words, pages_of_keys()
    others = [number for number in range(len(pages)) if number != page] if page >= 0 else []
    slots = 1 + len(others) + (1 if erase else 0)
    shares = [1.0] * slots + [2.0] if others else [1.0, 2.0]
    places = bar.columns(*shares, gap=sheet.gap)
    back_key(sheet, places[0])
    for number, place in zip(others, places[1:], strict=False):
        draw_row(sheet, [place], [Cell(f"page:{number}", show=page_name(pages[number]))])
    if erase:
        erase_key(sheet, places[-2])
    key(sheet, places[-1], "look_up", "search", words.text("kiosk.key.look_up"), kind="primary")


# --- a telephone number -------------------------------------------------------------------------------


def draw_phone(sheet: Sheet, front: Phone) -> None:
    header(sheet)
    words = sheet.view.words
    low = sheet.small and not sheet.screen.portrait
    place = desk(sheet, 106)
    problem = front.problem and words.text(
        "kiosk.phone.problem." + ("bad" if front.problem == "bad_phone" else "failed")
    )
    title, consent = words.text("kiosk.phone.title"), words.text("kiosk.phone.consent")
    if low and problem:
        notice(sheet, place.words, problem)
    else:
        upright = [consent] if sheet.screen.portrait and not problem else []
        _phone_title(sheet, place.words, title, upright, problem or "", low=low)
    prefix = (sheet.view.site.phone_prefix if sheet.view.site else None) or ""
    own = front.typed.startswith("+")
    field(sheet, place.field, phone_groups(front.typed), "" if own else prefix)
    _phone_keys(sheet, place.keys, front, consent, low=low)


def phone_groups(typed: str) -> str:
    """`98765 43210` as `987 654 3210`: in threes, the last ones up to four."""
    sign, digits = ("+", typed[1:]) if typed.startswith("+") else ("", typed)
    groups = []
    while len(digits) > GROUP_MOST:
        groups.append(digits[:3])
        digits = digits[3:]
    return sign + " ".join([*groups, digits] if digits else groups)


GROUP_MOST = 4


def _phone_title(sheet: Sheet, box: Box, title: str, lines: list[str], problem: str, *, low: bool) -> None:
    if not lines:
        _titled(sheet, box, title, [], problem, low=low)
        return
    head = Row(title, sheet.steps(9.6, 8.4, 7.3, 6.5, 5.8), 700)
    quiet, colour, gap = sheet.steps(4.7, 4.4, 4.0, 3.6), sheet.theme.quiet, sheet.px(4.4)
    rows = [Row(line, quiet, 400, colour, lines=5, gap=gap) for line in lines]
    stack(sheet, box, [head, *rows], share=1.0)


def _phone_keys(sheet: Sheet, area: Box, front: Phone, consent: str, *, low: bool) -> None:
    plus, off = not front.typed, front.asked
    if sheet.screen.portrait:
        rows, bar = area.split_bottom(bar_height(sheet), sheet.gap)
        number_pad(sheet, rows, (PLUS, OFF_ERASE if off else ERASE), off=off)
        _phone_bar(sheet, bar, 0.3)
        return
    if low:
        pad, side = area.split_left(4 * sheet.exact_px(TARGET_MM) + 3 * sheet.gap, sheet.gap)
        low_number_pad(sheet, pad, (PLUS if plus else ERASE, _BACK), off=off)
        text, bottom = side.split_bottom((area.h - 2 * sheet.gap) / 3, sheet.gap)
        _consent(sheet, text, consent)
        key(sheet, bottom, "agree", "message", sheet.view.words.text("kiosk.key.agree"), kind="primary")
        return
    pad, side = area.split_left(area.w * 0.4, sheet.px(6))
    number_pad(sheet, pad, (PLUS, OFF_ERASE if off else ERASE), off=off)
    text, bar = side.split_bottom((area.h - 3 * sheet.gap) / 4, sheet.gap)
    _consent(sheet, text, consent)
    _phone_bar(sheet, bar, 0.24)


def _phone_bar(sheet: Sheet, bar: Box, share: float) -> None:
    back, agree = bar.split_left(max(sheet.exact_px(TARGET_MM), bar.w * share), sheet.gap)
    back_key(sheet, back)
    key(sheet, agree, "agree", "message", sheet.view.words.text("kiosk.key.agree"), kind="primary")


def _consent(sheet: Sheet, box: Box, text: str) -> None:
    """Plain words right above the key that means yes to them."""
    sizes = sheet.steps(4.4, 4.0, 3.6, 3.4, 3.2, 3.0) if sheet.small else sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0)
    stack(sheet, box.inset(0, sheet.px(0.8)), (Row(text, sizes, 400, lines=9),), share=0.5)
