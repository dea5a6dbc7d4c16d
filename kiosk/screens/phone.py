"""A telephone number is typed: what it is for, the number as large as it fits with places for what it still lacks, and
a key that wakes when it may be whole."""

from kiosk.fronts import Phone
from kiosk.phone_groups import grouped, lacking, may_be_whole
from kiosk.screens.frame import back_key, bar_height
from kiosk.screens.header import header
from kiosk.screens.keypad import ERASE, OFF_ERASE, OFF_PLUS, PLUS, Cell, field, low_number_pad, number_pad
from kiosk.screens.pad import low_pad, pad_beside, said_beside
from kiosk.screens.pieces import key, tall_width
from kiosk.screens.rail import lower_beside
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, stack, stacked
from kiosk.screens.typed import KEY_MM, desk, fits_beside, low, on_line, told, top_line
from smartqueue.look.scene import Box
from smartqueue.look.theme import TARGET_MM

_BACK_MM = 24.0


def draw_phone(sheet: Sheet, front: Phone) -> None:
    if low(sheet):
        _low_phone(sheet, front)
        return
    header(sheet)
    if sheet.screen.portrait:
        _upright_phone(sheet, front)
        return
    place = pad_beside(sheet)
    _number(sheet, place.field, front)
    number_pad(sheet, place.keys, _corners(front), off=front.asked)
    said_beside(sheet, place.said, _title(sheet), _consent(sheet), _problem(sheet, front))
    _bar(sheet, place.bar, front)


def _upright_phone(sheet: Sheet, front: Phone) -> None:
    place, problem = desk(sheet), _problem(sheet, front)
    said = place.words
    if problem:
        said, under = said.split_bottom(sheet.px(9), sheet.px(3))
        told(sheet, under, problem, lines=1)
    head = Row(_title(sheet), sheet.steps(9.6, 8.4, 7.3, 6.5, 5.8), 700)
    quiet = sheet.steps(4.7, 4.4, 4.0, 3.6)
    text = Row(_consent(sheet), quiet, 400, sheet.theme.quiet, lines=5, gap=sheet.px(4.4))
    whole = stacked(sheet, said.w, (head, text), said.h).height <= said.h
    stack(sheet, said, (head, text) if whole or not problem else (text,), share=1.0)
    _number(sheet, place.field, front)
    rows, bar = place.keys.split_bottom(bar_height(sheet), sheet.gap)
    number_pad(sheet, rows, _corners(front), off=front.asked)
    _bar(sheet, lower_beside(sheet, bar), front)


def _low_phone(sheet: Sheet, front: Phone) -> None:
    """The title, or what did not work, has the header's line. The way back is not beside the digits."""
    problem = _problem(sheet, front)
    line = top_line(sheet, timed=not problem)
    if problem:
        told(sheet, line, problem, lines=1, share=1.0)
    else:
        on_line(sheet, line, Row(_title(sheet), sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6, 3.4), 700))
    place = low_pad(sheet, line)
    _number(sheet, place.field, front)
    low_number_pad(sheet, place.keys, _corners(front)[::-1], off=front.asked)
    said, back = place.said.split_bottom(place.bar.h, sheet.gap)
    said, sizes = said.split_top(sheet.px(1.2))[1], sheet.steps(4.4, 4.2, 4.0, 3.8, 3.6)
    stack(sheet, said, (Row(_consent(sheet), sizes, 400, lines=9),), share=0.0)
    back_key(sheet, back.split_left(max(back.w * 0.58, _least_back(sheet)))[0])
    _agree(sheet, place.bar, front)


# --- what is said -------------------------------------------------------------------------------------


def _title(sheet: Sheet) -> str:
    return sheet.view.words.text("kiosk.phone.title")


def _consent(sheet: Sheet) -> str:
    return sheet.view.words.text("kiosk.phone.consent")


def _problem(sheet: Sheet, front: Phone) -> str:
    if not front.problem:
        return ""
    return sheet.view.words.text("kiosk.phone.problem." + ("bad" if front.problem == "bad_phone" else "failed"))


# --- what is typed ------------------------------------------------------------------------------------


def _prefix(sheet: Sheet) -> str:
    return (sheet.view.site.phone_prefix if sheet.view.site else None) or ""


def _number(sheet: Sheet, box: Box, front: Phone) -> None:
    prefix, typed = _prefix(sheet), front.typed
    own = typed.startswith("+")
    field(sheet, box, grouped(typed, prefix), "" if own else prefix, _after(typed, prefix))


def _after(typed: str, prefix: str) -> str:
    """Places for what is not there yet."""
    places = lacking(typed, prefix)
    return places if typed else f" {places}" if places else ""


def _corners(front: Phone) -> tuple[Cell, Cell]:
    return (OFF_PLUS, OFF_ERASE) if front.asked else (PLUS, ERASE)


# --- the keys that lead on ----------------------------------------------------------------------------


def _least_back(sheet: Sheet) -> float:
    return max(sheet.exact_px(TARGET_MM), tall_width(sheet, sheet.view.words.text("kiosk.back")))


def _bar(sheet: Sheet, bar: Box, front: Phone) -> None:
    back, agree = bar.split_left(max(_least_back(sheet), sheet.px(_BACK_MM)), sheet.gap)
    back_key(sheet, back)
    _agree(sheet, agree, front)


def _agree(sheet: Sheet, box: Box, front: Phone) -> None:
    """What was agreed to is on its way while the hub is told. Who listens hears what is missing: for them it is never
    asleep."""
    if front.asked:
        _asked(sheet, box)
        return
    words = sheet.view.words
    wakes = may_be_whole(front.typed, _prefix(sheet)) or sheet.view.speech
    said = words.text("kiosk.key.agree"), words.text("kiosk.key.agree_short")
    mm, word = next(((mm, one) for mm in KEY_MM for one in said if fits_beside(sheet, box, one, mm)), (4.4, said[1]))
    key(sheet, box, "agree", "message", word, kind="primary" if wakes else "asleep", mm=mm)


def _asked(sheet: Sheet, box: Box) -> None:
    sheet.panel(box, fill=None, edge=sheet.theme.rule)
    text = Row(sheet.view.words.text("kiosk.asking.title"), sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6), 700, lines=2)
    rest, roomy = box.inset(sheet.px(1.7), sheet.px(1.5)), box.w > sheet.px(50)
    if roomy or not stacked(sheet, rest.w, (text,), rest.h).whole:
        icon, rest = rest.split_left(min(sheet.px(12), box.h * 0.5) if roomy else rest.w, sheet.px(3))
        sheet.icon(icon.centred(icon.w, min(sheet.px(12), icon.h)), "clock", sheet.theme.primary)
    if rest.w > 0:
        stack(sheet, rest, (text,))
