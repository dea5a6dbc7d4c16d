"""The number full-screen, with the phone's code and the keys: the same places while it prints, when it is printed and
when it could not be printed, so that nobody searches for it."""

from dataclasses import dataclass

from kiosk.screens.pieces import chip, key, range_words, time_bar
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, Stack, put, stack, stacked
from kiosk.terms import Pending
from kiosk.ticket_facts import status_address
from smartqueue.look import qr
from smartqueue.look.scene import Box, Qr
from smartqueue.look.typeset import block, width
from smartqueue.terms import Label, Language
from smartqueue.wire import DepartmentView, EstimateView

_LATIN = Language("en")
"""Labels, codes and addresses read from left to right in Latin letters everywhere."""
LABEL_MM = 34.0
_MODULE_MM = 0.5
"""Least side of a QR code's module that phones read from a screen."""
UPRIGHT_HEAD_MM = 36.0
"""Height of the band on upright panels, where its words need more lines."""


@dataclass(frozen=True, slots=True)
class Places:
    """phone: of the QR card, None when the ticket has none. hint: beside or above the keys."""

    head: Box
    number: Box
    phone: Box | None
    hint: Box
    second: Box
    primary: Box


def places(sheet: Sheet, *, phone: bool) -> Places:
    return _upright(sheet, phone=phone) if sheet.screen.portrait else _across(sheet, phone=phone)


def _across(sheet: Sheet, *, phone: bool) -> Places:
    body, gap = sheet.body, sheet.gap
    body, keys = body.split_bottom(max(sheet.exact_px(20), sheet.px(20)), gap)
    head_h = max(0.163 * sheet.screen.height_px, sheet.px(15.8))
    head, cards = body.split_top(head_h, gap)
    end_w = max(0.25 * sheet.screen.width_px, sheet.px(44 if not sheet.small else 40))
    number, side = cards.split_right(end_w, gap)
    rest, primary = keys.split_right(end_w, gap)
    hint, second = rest.columns(1.05 if sheet.small else 1.0, 1.0, gap=gap)
    return Places(head, number if phone else cards, side if phone else None, hint, second, primary)


def _upright(sheet: Sheet, *, phone: bool) -> Places:
    body, gap = sheet.body, sheet.gap
    body, keys = body.split_bottom(sheet.px(24), gap)
    head, rest = body.split_top(sheet.px(UPRIGHT_HEAD_MM), gap)
    rest, hint = rest.split_bottom(sheet.px(16), gap)
    second, primary = keys.columns(1.0, 1.0, gap=gap)
    if not phone:
        return Places(head, rest, None, hint, second, primary)
    number, side = rest.rows(1.15, 0.85, gap=gap)
    return Places(head, number, side, hint, second, primary)


# --- the number ---------------------------------------------------------------------------------------


def number_card(sheet: Sheet, box: Box, pending: Pending) -> None:
    """Department, label as high as fits, and what waiting means. Without an answer yet a ticket to be."""
    answer = pending.answer
    if answer is None:
        ticket_card(sheet, box, pending.department, None, [])
        return
    facts = _away_facts(sheet) if pending.away else waiting_facts(sheet, answer.ahead, answer.estimate)
    ticket_card(sheet, box, pending.department, answer.label, facts)


def ticket_card(
    sheet: Sheet, box: Box, department: DepartmentView | None, label: Label | None, facts: list["Fact"]
) -> None:
    """department: None where nobody knows it any more. label: None while there is none."""
    sheet.panel(box)
    inner = box.inset(sheet.px(5 if not sheet.small else 4), sheet.px(3.2 if not sheet.small else 1.9))
    if department is not None:
        high, air = _department_line(sheet, inner, department), sheet.px(3.4 if not sheet.small else 1.6)
        inner = inner.split_top(high, air)[1]
    if label is None:
        side = min(inner.h * 0.62, inner.w * 0.4)
        sheet.icon(inner.centred(side, side), "ticket", sheet.theme.edge)
        return
    beside = inner.h < sheet.px(30) or inner.w > 3.2 * inner.h
    if facts:
        inner = _facts_beside(sheet, inner, facts) if beside else _facts_below(sheet, inner, facts)
    _label(sheet, inner, label)


def _department_line(sheet: Sheet, box: Box, department: DepartmentView) -> float:
    """Chip, name and area at the top of the box; the area under the name where a line is too short for both. Gives
    their height: what they need is the label's loss."""
    usual = sheet.px(11.2 if not sheet.small else 9.6)
    name, language = sheet.view.named(department.names)
    area, area_language = sheet.view.named(department.areas)
    line = box.split_top(usual)[0]
    rest = line.split_left(chip(sheet, line, department), sheet.px(3))[1]
    bold, quiet, gap = sheet.style(700, language=language), sheet.style(language=area_language), sheet.px(3)
    for size in sheet.steps(4.6, 4.4, 4.0) if sheet.small else sheet.steps(4.6, 4.4):
        name_w, area_w = width(name, size, bold) + 2, width(area, size, quiet) + 2
        if name_w + gap + area_w <= rest.w:
            name_box, area_box = rest.split_left(name_w, gap)
            sheet.text(name_box, name, (size,), weight=700, language=language)
            if area:
                sheet.text(area_box, area, (size,), colour=sheet.theme.quiet, language=area_language)
            return usual
    made = _department_lines(sheet, rest.w, department)
    put(sheet, Box(rest.x, line.y, rest.w, max(usual, made.height)), made)
    return max(usual, made.height)


def _department_lines(sheet: Sheet, wide: float, department: DepartmentView) -> Stack:
    """Name over area, each on one line in any of its sizes before on two."""
    name, language = sheet.view.named(department.names)
    area, area_language = sheet.view.named(department.areas)
    sizes = sheet.steps(4.4, 4.0, 3.6, 3.4, 3.2) if sheet.small else sheet.steps(4.6, 4.4)
    under = sheet.steps(4.0, 3.6, 3.4, 3.2, 3.2) if sheet.small else sheet.steps(4.4, 4.4)
    for lines in (1, 2):
        rows = [Row(name, sizes, 700, lines=lines, tight=lines > 1, language=language)]
        if area:
            rows.append(Row(area, under, 400, sheet.theme.quiet, lines=lines, language=area_language))
        made = stacked(sheet, wide, rows)
        if made.whole:
            break
    return made


def _label(sheet: Sheet, box: Box, label: Label) -> None:
    """As high as fits; letter and digits as one word, never broken. Its ink, not its bearing, stands on the margin."""
    style = sheet.style(700, tight=True, language=_LATIN)
    size = float(int(max(1.0, min(box.h, box.w / _label_share(sheet, label), sheet.px(LABEL_MM * 1.6)))))
    ink = block(label, style, (size,))
    bearing = ink.x if sheet.view.words.direction == "ltr" else ink.width_px - ink.x - ink.mask.width
    sheet.text(box.moved(-bearing, 0), label, (size,), weight=700, tight=True, language=_LATIN)


def _label_share(sheet: Sheet, label: Label) -> float:
    """Width of the label for each pixel of its height."""
    return width(label, 100.0, sheet.style(700, tight=True, language=_LATIN)) / 99.0


Fact = tuple[str, str]


def waiting_facts(sheet: Sheet, ahead: int, estimate: EstimateView | None) -> list[Fact]:
    facts = [("people", sheet.view.words.count("kiosk.before_you", ahead))]
    if estimate is not None:
        facts.append(("clock", range_words(sheet, estimate)))
    return facts


def _away_facts(sheet: Sheet) -> list[Fact]:
    """As on the ticket: nobody knows how many are before."""
    return [("wifi-off", sheet.view.words.text("kiosk.away_wait"))]


def _fact_width(sheet: Sheet, fact: Fact, size: float) -> float:
    return size * 1.2 + sheet.px(1.6) + width(fact[1], size, sheet.style(700, tight=True)) + 2


def _fact(sheet: Sheet, box: Box, fact: Fact, size: float) -> None:
    icon_box, text_box = box.split_left(size * 1.2, sheet.px(1.6))
    sheet.icon(icon_box.centred(icon_box.w, icon_box.w), fact[0], sheet.theme.quiet)
    sheet.text(text_box, fact[1], (size,), weight=700, tight=True)


def _facts_below(sheet: Sheet, box: Box, facts: list[Fact]) -> Box:
    """Side by side under the label, in letters as large as both can have; gives what is left for the label."""
    for size in sheet.steps(7.3, 5.8, 4.7, 4.0):
        widths = [_fact_width(sheet, fact, size) for fact in facts]
        if sum(widths) + sheet.px(3) * (len(facts) - 1) <= box.w:
            break
    made = [stacked(sheet, box.w, (Row(text, (size,), 700, tight=True),)) for _, text in facts]
    over, high = max(one.rows[0].top for one in made), max(one.height - one.rows[0].top for one in made)
    label_box, line = box.split_bottom(over + high, max(sheet.px(1.6), sheet.px(3.6) - over))
    for number, (fact, wide) in enumerate(zip(facts, widths, strict=True)):
        place = line.split_left(wide)[0] if number == 0 else line.split_right(wide)[1]
        _fact(sheet, Box(place.x, place.y + over, place.w, size), fact, size)
    return label_box


def _facts_beside(sheet: Sheet, box: Box, facts: list[Fact]) -> Box:
    """One below the other at the end of a low card; gives what is left for the label."""
    size = next(
        (
            s
            for s in sheet.steps(7.3, 5.8, 4.7, 4.0)
            if max(_fact_width(sheet, f, s) for f in facts) <= 0.4 * box.w and 4 * s <= box.h
        ),
        max(1.0, min(sheet.capitals(3.6), box.h / 3.6)),
    )
    wide = max(_fact_width(sheet, fact, size) for fact in facts)
    label_box, column = box.split_right(wide, sheet.px(4))
    places = column.centred(column.w, size * (3.4 if len(facts) > 1 else 1.2)).rows(*[1.0] * len(facts), gap=size)
    for place, fact in zip(places, facts, strict=True):
        _fact(sheet, place, fact, size)
    return label_box


# --- the phone's code ---------------------------------------------------------------------------------


def page_address(pending: Pending) -> str | None:
    """What the QR code holds; None where there is no answer yet or phones can't reach the page."""
    return status_address(pending.site, pending.answer) if pending.answer is not None else None


def phone_card(sheet: Sheet, box: Box, pending: Pending) -> None:
    address, answer = page_address(pending), pending.answer
    if address is None or answer is None:
        return
    sheet.panel(box)
    inner = box.inset(sheet.px(1.6), sheet.px(3.0))
    code = f"{answer.short_code[:4]} {answer.short_code[4:]}"
    host = (pending.site.public_url or "").partition("://")[2].rstrip("/")
    low = sheet.small and not sheet.screen.portrait
    if not low and (sheet.screen.portrait or box.w > box.h * 1.3):
        code_box, words_box = inner.split_left(inner.h, sheet.px(3))
        _qr(sheet, code_box, address)
        rows = (
            Row(sheet.view.words.text("kiosk.on_phone"), sheet.steps(5.8, 5.2, 4.6, 4.4), 700),
            Row(code, sheet.steps(5.2, 5.2, 4.6, 4.4), language=_LATIN, gap=sheet.px(5.4)),
            Row(host, sheet.steps(4.4, 4.0, 3.6, 3.2, 2.8), 400, sheet.theme.quiet, language=_LATIN, gap=sheet.px(4.4)),
        )
        stack(sheet, words_box, rows)
        return
    if low:
        inner = box.inset(sheet.px(1.6), sheet.px(2.2))
        row = Row(code, sheet.steps(4.0, 3.6), align="center", language=_LATIN)
        rest = inner.split_bottom(stacked(sheet, inner.w, (row,)).height, sheet.px(1.6))[0]
        if sheet.screen.mm(qr.module_px(address, min(rest.w, rest.h))) >= _MODULE_MM:
            stack(sheet, inner, (row,), share=1.0)
            inner = rest
        _qr(sheet, inner, address)
        return
    title = Row(sheet.view.words.text("kiosk.on_phone"), sheet.steps(4.4, 4.0, 3.6), 700, align="center")
    code_rows = [
        Row(code, sheet.steps(4.4), align="center", language=_LATIN),
        Row(host, sheet.steps(3.6, 3.2, 2.8), 400, sheet.theme.quiet, "center", language=_LATIN, gap=sheet.px(2.4)),
    ]
    over = stack(sheet, inner, (title,), share=0.0)
    rest = inner.split_top(over.height)[1]
    under = stack(sheet, rest, code_rows, share=1.0)
    _qr(sheet, rest.split_bottom(under.height)[0], address)


def _qr(sheet: Sheet, box: Box, address: str) -> None:
    """On the card's own white: the quiet zone needs no frame."""
    side = min(box.w, box.h)
    if qr.module_px(address, side) > 0:
        sheet.items.append(Qr(box.centred(side, side), address))


# --- below the number ---------------------------------------------------------------------------------


def hint(sheet: Sheet, box: Box, text: str, lines: int = 0) -> None:
    """What happens next, in quiet words beside an icon."""
    icon_box, words = box.split_left(sheet.px(9), sheet.px(3))
    sheet.icon(icon_box, "info", sheet.theme.quiet)
    sizes = (*sheet.quiet, *sheet.steps(3.4, 3.2)) if sheet.small else sheet.quiet
    row = Row(text, sizes, 400, sheet.theme.quiet, lines=lines or (2 if sheet.small else 3))
    stack(sheet, words, (row,))


def keys(sheet: Sheet, where: Places, left: float, *, message: bool = False) -> None:
    """More time and Done; the bar in Done is the time that is left. message: also the key that asks for messages."""
    words, second, primary = sheet.view.words, where.second, where.primary
    if message and where.hint.y == primary.y:
        key(sheet, where.hint, "message", "message", words.text("kiosk.key.message"))
    elif message:
        whole = Box(second.x, second.y, primary.right - second.x, second.h)
        first, second, primary = whole.columns(1.0, 1.0, 1.0, gap=sheet.gap)
        key(sheet, first, "message", "message", words.text("kiosk.key.message"))
    key(sheet, second, "more_time", "clock", words.text("kiosk.more_time"))
    done(sheet, primary, left)


def done(sheet: Sheet, box: Box, left: float) -> None:
    key(sheet, box, "done", "check", sheet.view.words.text("kiosk.done"), kind="primary")
    time_bar(sheet, box, left)
