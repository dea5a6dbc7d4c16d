"""From the touch to the ticket in the hand: one moment, printing, take your ticket, and the number without a ticket."""

from kiosk.fronts import Asking, PhoneKept, Printing, TakeTicket, Unprinted
from kiosk.screens.band import halves, head, large_enough
from kiosk.screens.header import header
from kiosk.screens.number import Places, done, hint, keys, number_card, page_address, phone_card, places
from kiosk.screens.pieces import progress
from kiosk.screens.sheet import Sheet
from kiosk.screens.view import View
from kiosk.terms import Pending
from smartqueue.look.scene import Box

AT_ONCE_S = 0.7
"""A hub that answers within this time is not worth a word."""


def draw_asking(sheet: Sheet, front: Asking) -> None:
    """Like printing while the hub answers as it should: most people see one screen, in which the number appears."""
    words = sheet.view.words
    where = _frame(sheet, front.pending)
    waited = sheet.view.now - front.since
    icon, name = ("printer", "printing") if waited < AT_ONCE_S else ("clock", "asking")
    head(sheet, where.head, icon, words.text(f"kiosk.{name}.title"), words.text(f"kiosk.{name}.line"))
    _progress(sheet, where, "ticket", waited / sheet.view.rules.ask_s)


def draw_printing(sheet: Sheet, front: Printing) -> None:
    words = sheet.view.words
    where = _frame(sheet, front.pending)
    head(sheet, where.head, "printer", words.text("kiosk.printing.title"), words.text("kiosk.printing.line"))
    _progress(sheet, where, "ticket", front.fraction)


def draw_take(sheet: Sheet, front: TakeTicket) -> None:
    words = sheet.view.words
    where = _frame(sheet, front.pending)
    message = sheet.view.asks_phone and not front.pending.away
    head(sheet, where.head, "arrow-down", words.text("kiosk.take.title"), words.text("kiosk.take.line"))
    if not message:
        hint(sheet, where.hint, words.text("kiosk.hint"))
    keys(sheet, where, (front.until - sheet.view.now) / front.span, message=message)


def draw_phone_kept(sheet: Sheet, front: PhoneKept) -> None:
    words = sheet.view.words
    where = _frame(sheet, front.pending)
    head(sheet, where.head, "message", words.text("kiosk.phone_kept.title"), words.text("kiosk.phone_kept.line"))
    hint(sheet, where.hint, words.text("kiosk.hint"))
    whole = Box(where.second.x, where.second.y, where.primary.right - where.second.x, where.second.h)
    done(sheet, whole, (front.until - sheet.view.now) / front.span)


def draw_unprinted(sheet: Sheet, front: Unprinted) -> None:
    words = sheet.view.words
    where = _frame(sheet, front.pending)
    line = words.text(trouble_line(sheet.view, front))
    title = words.text(f"kiosk.trouble.{front.trouble}.title")
    low = not sheet.screen.portrait and (sheet.small or not large_enough(sheet, where.head, title))
    title, second = halves(title) if low else (title, line)
    head(sheet, where.head, "printer-x", title, second, trouble=True, second=low)
    hint(sheet, where.hint, line if low else words.text("kiosk.hint"))
    keys(sheet, where, (front.until - sheet.view.now) / front.span)


def trouble_line(view: View, front: Unprinted) -> str:
    """Key of what to do: staff know of it by the hub, unless it is away."""
    told = "_told" if view.picture_age_s is None and not front.pending.away else ""
    return f"kiosk.trouble.line{'' if page_address(front.pending) else '_no_code'}{told}"


def _frame(sheet: Sheet, pending: Pending) -> Places:
    header(sheet)
    phone = page_address(pending) is not None
    where = places(sheet, phone=phone)
    number_card(sheet, where.number, pending)
    if where.phone is not None:
        phone_card(sheet, where.phone, pending)
    return where


def _progress(sheet: Sheet, where: Places, name: str, share: float) -> None:
    """Across the places of the keys, on a ground of its own: nothing can be touched while it runs."""
    first = where.hint if where.hint.y == where.primary.y else where.second
    place = Box(first.x, where.primary.y, where.primary.right - first.x, where.primary.h)
    sheet.panel(place, edge=sheet.theme.rule)
    icon, track = place.inset(sheet.px(5), 0).split_left(sheet.px(11), sheet.px(5))
    sheet.icon(icon.centred(icon.w, icon.w), name, sheet.theme.primary)
    progress(sheet, track.centred(track.w, sheet.px(5)), share)
