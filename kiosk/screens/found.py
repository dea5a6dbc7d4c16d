"""A ticket of today that was looked up, what was read and is not for here, and whether one number for each is meant."""

from kiosk.fronts import Found, OneEach, Seeking, Strange
from kiosk.screens.band import halves, head
from kiosk.screens.header import header
from kiosk.screens.notices import thirds
from kiosk.screens.number import Fact, ticket_card, waiting_facts
from kiosk.screens.pieces import key, progress, time_bar
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stacked
from smartqueue.look.scene import Box
from smartqueue.terms import TokenState
from smartqueue.wire import TicketAnswer

_ICONS = {
    "waiting": "check",
    "back": "check",
    "called": "bell",
    "serving": "bell",
    "parked": "pause",
    "no_show": "person-x",
    "missed": "person-x",
    "served": "check",
    "over": "info",
}
_STATES = {
    TokenState.WAITING: "waiting",
    TokenState.CALLED: "called",
    TokenState.SERVING: "serving",
    TokenState.PARKED: "parked",
    TokenState.SERVED: "served",
}


def draw_seeking(sheet: Sheet, front: Seeking) -> None:
    words = sheet.view.words
    header(sheet)
    rows = (
        Row(words.text("kiosk.seeking.title"), sheet.steps(9.1, 7.3, 5.8), 700, align="center"),
        Row(words.text("kiosk.seeking.line"), sheet.steps(5.8, 4.7), align="center", gap=sheet.px(7), lines=2),
    )
    content = _middle(sheet, sheet.body, "clock", rows)
    share = (sheet.view.now - front.since) / sheet.view.rules.ask_s
    wide = min(sheet.body.w, sheet.px(130))
    track = Box(sheet.body.x + (sheet.body.w - wide) / 2, content.bottom + sheet.px(10), wide, sheet.px(4))
    progress(sheet, track, share)


def _middle(sheet: Sheet, area: Box, icon: str, rows: tuple[Row, ...]) -> Box:
    """An icon over words, in the middle of the area; gives where they are."""
    wide = min(area.w, sheet.px(200))
    icon_h, air = min(sheet.px(34), area.h * 0.3), sheet.px(6)
    made = stacked(sheet, wide, rows, area.h - icon_h - air)
    content = area.centred(wide, icon_h + air + made.height)
    place, texts = content.split_top(icon_h, air)
    sheet.icon(place, icon, sheet.theme.primary)
    put(sheet, texts, made)
    return content


# --- a ticket that was found --------------------------------------------------------------------------


def found_state(front: Found) -> str:
    """Name of the words that say how it is with the ticket."""
    if front.came_back:
        return "back"
    if front.ticket.state is TokenState.NO_SHOW:
        return "no_show" if front.ticket.may_return else "missed"
    return _STATES.get(front.ticket.state, "over")


def found_keys(front: Found) -> list[str]:
    """In reading order; what goes on is the last one, or the one before it."""
    again = found_state(front) == "no_show" and not front.asked
    return [*(["copy"] if front.ticket.short_code else []), *(["return"] if again else []), "done"]


def draw_found(sheet: Sheet, front: Found) -> None:
    words, state = sheet.view.words, found_state(front)
    header(sheet)
    band, middle, bottom = thirds(sheet)
    title, line = words.text(f"kiosk.found.{state}.title"), words.text(f"kiosk.found.{state}.line")
    if front.problem:
        line = words.text("kiosk.found.problem")
    head(sheet, band, _ICONS[state], title, line)
    ticket = front.ticket
    department = next((one for one in sheet.view.departments if one.id == ticket.department), None)
    ticket_card(sheet, middle, department, ticket.label, _facts(sheet, ticket, state))
    _found_keys(sheet, bottom, front)


def _facts(sheet: Sheet, ticket: TicketAnswer, state: str) -> list[Fact]:
    if state not in {"waiting", "back"} or ticket.ahead is None:
        return []
    return waiting_facts(sheet, ticket.ahead, ticket.estimate)


def _found_keys(sheet: Sheet, bottom: Box, front: Found) -> None:
    words, names = sheet.view.words, found_keys(front)
    going = "return" if "return" in names else "done"
    shares = [1.25 if name == going else 1.0 if name == "copy" else 0.85 for name in names]
    for box, name in zip(bottom.columns(*shares, gap=sheet.gap), names, strict=True):
        icon, word = {
            "copy": ("copy", "kiosk.key.copy"),
            "return": ("turn-back", "kiosk.key.return"),
            "done": ("check", "kiosk.done"),
        }[name]
        key(sheet, box, name, icon, words.text(word), kind="primary" if name == going else "plain")
        if name == "done":
            left = (front.until - sheet.view.now) / front.span
            time_bar(sheet, box, left, sheet.theme.accent if going == name else sheet.theme.primary)


# --- what is not for here -----------------------------------------------------------------------------


def draw_strange(sheet: Sheet, front: Strange) -> None:
    words = sheet.view.words
    header(sheet)
    body, bottom = sheet.body.split_bottom(sheet.px(20), sheet.gap)
    first, rest = halves(words.text(front.words_key))
    rows = (
        Row(first, sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7, 4.4), 700, align="center", lines=3),
        *(
            [Row(rest, sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6), align="center", lines=4, gap=sheet.px(7))]
            if rest
            else []
        ),
    )
    _middle(sheet, body, "barcode", rows)
    key(sheet, bottom, "done", "check", words.text("kiosk.done"), kind="primary")
    time_bar(sheet, bottom, (front.until - sheet.view.now) / front.span)


def draw_one_each(sheet: Sheet, _front: OneEach) -> None:
    words = sheet.view.words
    header(sheet)
    upright = sheet.screen.portrait
    high = sheet.px(64 if upright else 26 if sheet.small else 34)
    body, bottom = sheet.body.split_bottom(high, sheet.gap)
    rows = (
        Row(words.text("kiosk.one_each.title"), sheet.steps(9.1, 7.3, 6.5, 5.8), 700, align="center", lines=2),
        Row(
            words.text("kiosk.one_each.line"),
            sheet.steps(5.8, 4.7, 4.4),
            400,
            sheet.theme.quiet,
            "center",
            lines=2,
            gap=sheet.px(6),
        ),
    )
    _middle(sheet, body, "people", rows)
    places = (bottom.rows if upright else bottom.columns)(1.0, 1.0, gap=sheet.gap)
    key(sheet, places[0], "no", "cross", words.text("kiosk.key.no"), mm=7.3)
    key(sheet, places[1], "one_more", "ticket", words.text("kiosk.key.one_more"), kind="primary", mm=7.3)
