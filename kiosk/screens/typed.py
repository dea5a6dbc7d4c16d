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
    OFF_PLUS,
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
from kiosk.screens.pieces import key, least_width, tall_width
from kiosk.screens.rail import lower_beside
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stack, stacked
from kiosk.screens.view import View
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
    place = desk(sheet, 72 if sheet.small or sheet.screen.portrait else 58, TARGET_MM)
    wide = not sheet.screen.portrait and fits(sheet, place.keys, _COLUMNS, _ROWS)
    said, where = place.words, place.field
    if not low:
        least = least_width(sheet, sheet.view.words.text("kiosk.key.erase"))
        where, beside = where.split_right(max(sheet.exact_px(TARGET_MM), where.h, least), sheet.gap)
        erase_key(sheet, beside)
    if wide:
        back, said = _back_before(sheet, said, where)
        back_key(sheet, back)
    _code_words(sheet, said, front, low=low)
    field(sheet, where, grouped(front.typed))
    if wide:
        _wide_keys(sheet, place.keys)
        return
    rows, bar = place.keys.split_bottom(bar_height(sheet), sheet.gap)
    bar = lower_beside(sheet, bar)
    whole = [DIGITS[:5], DIGITS[5:], *(LETTERS[at : at + 5] for at in range(0, len(LETTERS), 5))]
    if sheet.screen.portrait and fits(sheet, rows, _UPRIGHT_COLUMNS, len(whole)):
        draw_cells(sheet, rows, [[char(one) for one in line] for line in whole])
        _code_bar(sheet, bar, -1, erase=False)
        return
    _paged_keys(sheet, rows, front.page)
    _code_bar(sheet, bar, front.page, erase=low)


def _back_before(sheet: Sheet, said: Box, where: Box) -> tuple[Box, Box]:
    """Where all keys are in rows, the way back is none of them: it stands between the words and the field."""
    wide = max(sheet.exact_px(TARGET_MM), tall_width(sheet, sheet.view.words.text("kiosk.back")))
    said, place = Box(said.x, said.y, where.x - sheet.gap - said.x, said.h).split_right(wide, sheet.px(4))
    return Box(place.x, where.y, wide, where.h), said


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
    if low and front.page:
        title = words.text("kiosk.check_in.digits")  # who looks for a letter reads where it is
    lines = [] if low else check_in_lines(sheet.view)
    _titled(sheet, box, title, lines, problem, low=low)


def check_in_lines(view: View) -> list[str]:
    """The reader where there is one, what takes the place of letters that the keypad lacks, and where the code stands;
    the first ones where not all have room."""
    names = ("reader", "digits", "line") if view.reads_codes else ("line", "digits")
    return [view.words.text(f"kiosk.check_in.{name}") for name in names]


def _titled(sheet: Sheet, box: Box, title: str, lines: list[str], problem: str, *, low: bool = False) -> None:
    """A title over quiet lines; a problem takes their place."""
    upright = sheet.screen.portrait
    sizes = sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6) if low else sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7)
    head = Row(title, sheet.steps(9.6, 8.4, 7.3, 6.5, 5.8) if upright else sizes, 700, lines=2 if low else 1, tight=low)
    share = 1.0 if upright else 0.5 if low else 0.0
    if problem:
        over, under = box.split_top(box.h * 0.46, sheet.px(2))
        stack(sheet, over, (head,), share=share)
        notice(sheet, under, problem)
        return
    quiet = sheet.steps(5.0, 4.4, 4.0) if upright else sheet.quiet
    rows = [Row(line, quiet, 400, sheet.theme.quiet, lines=2 if upright else 1, gap=sheet.px(3.2)) for line in lines]
    placed(sheet, box, [head, *rows], share=share if lines or upright else 0.5)


def _wide_keys(sheet: Sheet, area: Box) -> None:
    """All in four rows; the last one ends with the key that goes on, twice as wide."""
    chars, words = DIGITS + LETTERS, sheet.view.words
    for number, row in enumerate(area.rows(*[1.0] * _ROWS, gap=sheet.gap)):
        boxes = row.columns(*[1.0] * _COLUMNS, gap=sheet.gap)
        line = chars[number * _COLUMNS : (number + 1) * _COLUMNS]
        draw_row(sheet, boxes[: len(line)], [char(one) for one in line])
    last = Box(boxes[len(line)].x + sheet.gap, row.y, boxes[-1].right - boxes[len(line)].x - sheet.gap, row.h)
    key(sheet, last, "look_up", "search", words.text("kiosk.key.look_up"), kind="primary")


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
    problem = front.problem and words.text(
        "kiosk.phone.problem." + ("bad" if front.problem == "bad_phone" else "failed")
    )
    title, consent = words.text("kiosk.phone.title"), words.text("kiosk.phone.consent")
    if low or sheet.screen.portrait:
        place = desk(sheet, 76)
        if low and problem:
            notice(sheet, place.words, problem)
        else:
            upright = [consent] if sheet.screen.portrait and not problem else []
            _phone_title(sheet, place.words, title, upright, problem or "", low=low)
        _phone_field(sheet, place.field, front)
        _phone_keys(sheet, place.keys, front, consent, low=low)
        return
    said, pad = _halves(sheet)
    where, keys = pad.split_top(sheet.exact_px(18), sheet.gap)
    _phone_field(sheet, where, front)
    number_pad(sheet, keys, _corners(front), off=front.asked)
    said, bar = said.split_bottom((keys.h - 3 * sheet.gap) / 4, sheet.gap)
    head = Row(title, sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7), 700, lines=2)
    over, under = said.split_top(sheet.px(26), sheet.px(2))
    stack(sheet, over, (head,), share=0.6)
    if problem:
        shown, under = under.split_top(sheet.px(20), sheet.px(2))
        notice(sheet, shown, problem)
    _consent(sheet, under, consent)
    _phone_bar(sheet, bar, front, 0.3)


def _halves(sheet: Sheet) -> tuple[Box, Box]:
    """What is said, and at the end the keys under what they type."""
    inner, header_ = sheet.inner, sheet.header
    area = Box(inner.x, header_.bottom + sheet.px(3), inner.w, inner.bottom - header_.bottom - sheet.px(3))
    return area.split_right(area.w * 0.44, sheet.px(8))


def _phone_field(sheet: Sheet, box: Box, front: Phone) -> None:
    prefix = (sheet.view.site.phone_prefix if sheet.view.site else None) or ""
    own = front.typed.startswith("+")
    field(sheet, box, phone_groups(front.typed, prefix), "" if own else prefix)


def _corners(front: Phone) -> tuple[Cell, Cell]:
    return (OFF_PLUS, OFF_ERASE) if front.asked else (PLUS, ERASE)


def phone_groups(typed: str, prefix: str = "") -> str:
    """As numbers of the country are written: `+44 7700 900123`; in threes where that is not known. prefix: of the
    country of what has none of its own."""
    own = typed.startswith("+")
    digits = typed.removeprefix("+")
    code = _country(digits) if own else prefix.removeprefix("+")
    rest = digits[len(code) :] if own else digits
    parts = [f"+{code}"] if own else []
    sizes = list(_GROUPS.get(code, ()))
    if sizes and not own and rest.startswith("0"):
        sizes[0] += 1
    for size in sizes:
        parts, rest = [*parts, rest[:size]], rest[size:]
    while len(rest) > GROUP_MOST:
        parts, rest = [*parts, rest[:3]], rest[3:]
    return " ".join(part for part in (*parts, rest) if part)


def _country(digits: str) -> str:
    """The country's code at the start of an international number (ITU-T E.164)."""
    if digits[:1] in {"1", "7"}:
        return digits[:1]
    return digits[: 2 if digits[:2] in _TWO_DIGITS else 3]


_GROUPS = {
    **{"1": (3, 3, 4), "7": (3, 3, 4), "20": (2, 4, 4), "27": (2, 3, 4), "33": (1, 2, 2, 2, 2), "34": (3, 3, 3)},
    **{"44": (4, 6), "52": (2, 4, 4), "55": (2, 5, 4), "86": (3, 4, 4), "91": (5, 5), "92": (3, 7), "94": (2, 3, 4)},
    **{"212": (3, 6), "254": (3, 3, 3), "255": (3, 3, 3), "351": (3, 3, 3), "880": (4, 6), "966": (2, 3, 4)},
    **{"971": (2, 3, 4), "977": (3, 3, 4)},
}
_TWO_DIGITS = frozenset(
    map(str, (20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67), 81, 82, 84, 86))
) | frozenset(map(str, (*range(90, 96), 98)))
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
    if not low:
        rows, bar = area.split_bottom(bar_height(sheet), sheet.gap)
        number_pad(sheet, rows, _corners(front), off=front.asked)
        _phone_bar(sheet, lower_beside(sheet, bar), front, 0.3)
        return
    pad, side = area.split_left(4 * sheet.exact_px(TARGET_MM) + 3 * sheet.gap, sheet.gap)
    low_number_pad(sheet, pad, _corners(front)[::-1], off=front.asked)
    text, bar = side.split_bottom((area.h - 2 * sheet.gap) / 3, sheet.gap)
    _consent(sheet, text, consent)
    _phone_bar(sheet, bar, front, 0.3)


def _phone_bar(sheet: Sheet, bar: Box, front: Phone, share: float) -> None:
    """The way back, which always goes; while the hub is told, what was agreed to is on its way."""
    least = max(sheet.exact_px(TARGET_MM), tall_width(sheet, sheet.view.words.text("kiosk.back")))
    back, agree = bar.split_left(max(min(least, bar.w * 0.42), bar.w * share), sheet.gap)
    back_key(sheet, back)
    words = sheet.view.words
    if not front.asked:
        key(sheet, agree, "agree", "message", words.text("kiosk.key.agree"), kind="primary")
        return
    sheet.panel(agree, fill=None, edge=sheet.theme.rule)
    text = Row(words.text("kiosk.asking.title"), sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6), 700, lines=2)
    rest, roomy = agree.inset(sheet.px(1.7), sheet.px(1.5)), agree.w > sheet.px(50)
    if roomy or not stacked(sheet, rest.w, (text,), rest.h).whole:
        icon, rest = rest.split_left(min(sheet.px(12), agree.h * 0.5) if roomy else rest.w, sheet.px(3))
        sheet.icon(icon.centred(icon.w, min(sheet.px(12), icon.h)), "clock", sheet.theme.primary)
    if rest.w > 0:
        stack(sheet, rest, (text,))


def _consent(sheet: Sheet, box: Box, text: str) -> None:
    """Plain words right above the key that means yes to them."""
    sizes = sheet.steps(4.4, 4.2, 4.0, 3.8, 3.6) if sheet.small else sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0)
    stack(sheet, box.inset(0, sheet.px(0.8)), (Row(text, sizes, 400, lines=9),), share=0.5)
