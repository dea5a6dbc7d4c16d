"""The number full-screen, with the phone's code and the keys: the same places while it prints, when it is printed and
when it could not be printed, so that nobody searches for it."""

from dataclasses import dataclass

from kiosk.screens.band import LOW_HEAD_MM
from kiosk.screens.key_row import Keyed, key_row
from kiosk.screens.number_card import LATIN, away_facts, ticket_card, waiting_facts
from kiosk.screens.pieces import key, time_bar
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stack, stacked
from kiosk.terms import Pending
from kiosk.ticket_facts import status_address
from smartqueue.look import qr
from smartqueue.look.scene import Box, Qr

UPRIGHT_HEAD_MM = 42.0
"""Height of the band on upright panels, where its words need more lines."""
_LOW_AIR_MM = 2.0
"""Between band, cards and keys of small panels: nothing there is touched by mistake, and the phone's code needs it."""
_LOW_PHONE_MM = 38.0
"""Width of the phone's card there."""
_LOW_CODE_MM, _UNDER_CODE_MM = 3.6, 1.5
"""Capitals of the short code there, and the white under it."""


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
    air = gap if not sheet.small else sheet.exact_px(_LOW_AIR_MM)
    body, keys = body.split_bottom(max(sheet.exact_px(20), sheet.px(20)), air)
    low = LOW_HEAD_MM if sheet.unheaded else 15.0
    head_h = max(0.163 * sheet.screen.height_px, sheet.px(15.8)) if not sheet.small else sheet.px(low)
    head, cards = body.split_top(head_h, air)
    end_w = max(0.25 * sheet.screen.width_px, sheet.px(44 if not sheet.small else 42))
    number, side = cards.split_right(end_w if not sheet.small else sheet.px(_LOW_PHONE_MM), gap)
    rest, primary = keys.split_right(end_w, gap)
    hint, second = rest.columns(1.05 if sheet.small else 1.0, 1.0, gap=gap)
    return Places(head, number if phone else cards, side if phone else None, hint, second, primary)


def _upright(sheet: Sheet, *, phone: bool) -> Places:
    body, gap = sheet.body, sheet.gap
    body, keys = body.split_bottom(sheet.px(24), gap)
    head, rest = body.split_top(sheet.px(UPRIGHT_HEAD_MM), gap)
    rest, hint = rest.split_bottom(max(sheet.px(16), sheet.exact_px(20)), gap)
    second, primary = keys.columns(1.0, 1.0, gap=gap)
    if not phone:
        return Places(head, rest, None, hint, second, primary)
    number, side = rest.rows(1.15, 0.85, gap=gap)
    return Places(head, number, side, hint, second, primary)


def number_card(sheet: Sheet, box: Box, pending: Pending) -> None:
    """Department, label, and what waiting means. Without an answer yet a ticket to be."""
    answer = pending.answer
    if answer is None:
        ticket_card(sheet, box, pending.department, None, [])
        return
    facts = away_facts(sheet) if pending.away else waiting_facts(sheet, answer.ahead, answer.estimate)
    ticket_card(sheet, box, pending.department, answer.label, facts)


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
            Row(code, sheet.steps(5.2, 5.2, 4.6, 4.4), language=LATIN, gap=sheet.px(5.4)),
            Row(host, sheet.steps(4.4, 4.0, 3.6, 3.2, 2.8), 400, sheet.theme.quiet, language=LATIN, gap=sheet.px(4.4)),
        )
        stack(sheet, words_box, rows)
        return
    if low:
        _low_phone_card(sheet, box, address, code)
        return
    title = Row(sheet.view.words.text("kiosk.on_phone"), sheet.steps(4.4, 4.0, 3.6), 700, align="center")
    code_rows = [
        Row(code, sheet.steps(4.4), align="center", language=LATIN),
        Row(host, sheet.steps(3.6, 3.2, 2.8), 400, sheet.theme.quiet, "center", language=LATIN, gap=sheet.px(2.4)),
    ]
    over = stack(sheet, inner, (title,), share=0.0)
    rest = inner.split_top(over.height)[1]
    under = stack(sheet, rest, code_rows, share=1.0)
    _qr(sheet, rest.split_bottom(under.height)[0], address)


def _low_phone_card(sheet: Sheet, box: Box, address: str, code: str) -> None:
    """The QR code as large as the card, whose white is its quiet zone, over the short code, which a picture of a phone
    explains: words for that would cost the code its size."""
    white = box.inset(sheet.edge, sheet.edge)
    size = float(sheet.screen.capital_px(_LOW_CODE_MM))
    row = Row(code, (size,), 700, language=LATIN)
    under = white.split_bottom(size + sheet.exact_px(_UNDER_CODE_MM))[1]
    made, side, apart = stacked(sheet, white.w, (row,)), size * 1.2, sheet.exact_px(1.0)
    _qr(sheet, white.split_bottom(under.h + side - size)[0], address)
    line = Box(under.x, under.y, under.w, size)
    wide = max(one.set.mask.width for one in made.rows) + 4.0
    both = line.centred(min(side + apart + wide, line.w), size)
    icon, words = both.split_left(side, apart)
    sheet.icon(icon.centred(side, side), "phone", sheet.theme.quiet)
    put(sheet, words, made)


def _qr(sheet: Sheet, box: Box, address: str) -> None:
    """On the card's own white: the quiet zone needs no frame."""
    side = min(box.w, box.h)
    if qr.module_px(address, side) > 0:
        sheet.items.append(Qr(box.centred(side, side), address))


# --- below the number ---------------------------------------------------------------------------------


def hint(sheet: Sheet, box: Box, text: str) -> None:
    """What happens next, in quiet words beside an icon."""
    icon_box, words = box.split_left(sheet.px(9 if not sheet.small else 7), sheet.px(3 if not sheet.small else 2))
    sheet.icon(icon_box, "info", sheet.theme.quiet)
    rows = [Row(text, (size,), 400, sheet.theme.quiet, lines=3, tight=sheet.small) for size in sheet.quiet]
    made = [stacked(sheet, words.w, (row,)) for row in rows]
    fits = (row for row, one in zip(rows, made, strict=True) if one.whole and one.height <= words.h)
    stack(sheet, words, (next(fits, rows[-1]),))


def keys(sheet: Sheet, where: Places, left: float, *, message: bool = False) -> None:
    """More time and Done; the bar in Done is the time that is left. message: also the key that asks for messages; on
    upright panels it stands above Done, in the hint's place."""
    words = sheet.view.words
    last = Keyed("done", "check", words.text("kiosk.done"), primary=True, timed=True)
    others = [
        *([Keyed("message", "message", words.text("kiosk.key.message"))] if message else []),
        Keyed("more_time", "clock", words.text("kiosk.more_time")),
    ]
    beside = where.hint.y == where.primary.y
    if message and not beside:
        key_row(sheet, where.hint, others)
        done(sheet, _across_both(where), left)
        return
    start = where.hint if message else where.second
    box = Box(start.x, start.y, where.primary.right - start.x, start.h)
    places = [where.hint, where.second, where.primary][-len(others) - 1 :]
    time_bar(sheet, key_row(sheet, box, [*others, last], places)[-1], left)


def _across_both(where: Places) -> Box:
    return Box(where.second.x, where.second.y, where.primary.right - where.second.x, where.second.h)


def done(sheet: Sheet, box: Box, left: float) -> None:
    mm = 7.3 if sheet.screen.portrait else 5.8
    key(sheet, box, "done", "check", sheet.view.words.text("kiosk.done"), kind="primary", mm=mm)
    time_bar(sheet, box, left)
