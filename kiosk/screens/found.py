"""A ticket of today that was looked up, what was read and is not for here, and whether a number is still needed."""

from kiosk.fronts import Found, OneEach, Seeking, Strange
from kiosk.screens.band import halves, head
from kiosk.screens.header import header
from kiosk.screens.key_row import Keyed, key_row
from kiosk.screens.notices import middled, thirds
from kiosk.screens.number_card import LABEL_MM, Fact, ticket_card, waiting_facts
from kiosk.screens.pieces import Kind, chip, chip_width, key, progress, time_bar
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, put, stacked
from kiosk.screens.view import View
from kiosk.screens.way import way_card
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width
from smartqueue.terms import TokenState
from smartqueue.wire import DepartmentView, TicketAnswer

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
_KEYS = {
    "copy": ("copy", "kiosk.key.copy"),
    "return": ("turn-back", "kiosk.key.return"),
    "new_number": ("ticket", "kiosk.key.new_number"),
    "done": ("check", "kiosk.done"),
}
EXPECTED = frozenset({"called", "serving"})
"""States in which a room expects the person."""
_ENDED = frozenset({"served", "over"})
"""States in which the number is of no use any more."""
_NOTHING_DONE = _ENDED | {"no_show", "missed", "parked"}
_LABELS_MM = {False: (LABEL_MM, 18.0), True: (17.0, 10.0)}
"""Capitals of the number: while it is of use, and then. True: on small panels."""
_UPRIGHT_CARD_MM = {False: 108.0, True: 74.0}
"""Most height of the card on upright panels, while the number is of use, and then."""
_UPRIGHT_LABEL_MM = 46.0
"""Capitals of a number there that is of use."""
_UPRIGHT_KEYS_MM = 64.0
"""Height of the keys there, one above the other."""


def draw_seeking(sheet: Sheet, front: Seeking) -> None:
    words = sheet.view.words
    header(sheet)
    rows = (
        Row(words.text("kiosk.seeking.title"), sheet.steps(9.1, 7.3, 5.8), 700, align="center"),
        Row(words.text("kiosk.seeking.line"), sheet.steps(5.8, 4.7), align="center", gap=sheet.px(7), lines=2),
    )
    bar, air = sheet.px(5), sheet.px(5 if sheet.small else 10)
    content = middled(sheet, sheet.body.split_bottom(bar, air)[0], "search", rows)
    share = (sheet.view.now - front.since) / sheet.view.rules.ask_s
    wide = min(sheet.body.w, sheet.px(130))
    track = Box(sheet.body.x + (sheet.body.w - wide) / 2, content.bottom + air, wide, bar)
    progress(sheet, track, share)


# --- a ticket that was found --------------------------------------------------------------------------


def found_state(front: Found) -> str:
    """Name of the words that say how it is with the ticket."""
    if front.came_back:
        return "back"
    if front.ticket.state is TokenState.NO_SHOW:
        return "no_show" if front.ticket.may_return else "missed"
    return _STATES.get(front.ticket.state, "over")


def found_line(view: View, state: str) -> str:
    """Key of the sentence below the title."""
    to = state in EXPECTED and view.room is not None
    return f"kiosk.found.{state}.line_to" if to else f"kiosk.found.{state}.line"


def found_keys(front: Found) -> list[str]:
    """In reading order."""
    state = found_state(front)
    if state in _ENDED:
        return ["done", "new_number"]
    again = state == "no_show" and not front.asked
    return [*(["copy"] if front.ticket.short_code else []), *(["return"] if again else []), "done"]


def draw_found(sheet: Sheet, front: Found) -> None:
    words, state = sheet.view.words, found_state(front)
    header(sheet)
    band, middle, bottom = thirds(sheet)
    if sheet.screen.portrait:
        middle, bottom = _upright(sheet, middle, bottom, state)
    title, line = words.text(f"kiosk.found.{state}.title"), words.text(found_line(sheet.view, state))
    if front.problem:
        line = words.text("kiosk.found.problem")
    head(sheet, band, _ICONS[state], title, line, call=state == "called", plain=state in _NOTHING_DONE)
    _card(sheet, middle, front.ticket, state)
    _found_keys(sheet, bottom, front)


def _upright(sheet: Sheet, middle: Box, bottom: Box, state: str) -> tuple[Box, Box]:
    """Keys one above the other, near what is said, and a card no higher than what stands on it."""
    rest = Box(middle.x, middle.y, middle.w, bottom.bottom - middle.y)
    rest, keys = rest.split_bottom(sheet.px(_UPRIGHT_KEYS_MM), sheet.gap)
    high = min(rest.h, sheet.px(_UPRIGHT_CARD_MM[state in _ENDED]))
    return rest.split_top(high)[0], keys


def _card(sheet: Sheet, box: Box, ticket: TicketAnswer, state: str) -> None:
    if state in EXPECTED and sheet.view.room is not None:
        way_card(sheet, box, ticket.label, sheet.view.room, call=state == "called")
        return
    ended = state in _ENDED
    most = _UPRIGHT_LABEL_MM if sheet.screen.portrait and not ended else _LABELS_MM[sheet.small][ended]
    colour = sheet.theme.quiet if ended else sheet.theme.text
    department = next((one for one in sheet.view.departments if one.id == ticket.department), None)
    facts = _facts(sheet, ticket, state)
    ticket_card(sheet, box, department, ticket.label, facts, most_mm=most, centred=True, colour=colour)


def _facts(sheet: Sheet, ticket: TicketAnswer, state: str) -> list[Fact]:
    if state not in {"waiting", "back"} or ticket.ahead is None:
        return []
    return waiting_facts(sheet, ticket.ahead, ticket.estimate)


def _found_keys(sheet: Sheet, bottom: Box, front: Found) -> None:
    words, names = sheet.view.words, found_keys(front)
    going = next((name for name in ("return", "new_number") if name in names), "done")
    if found_state(front) == "called":
        going = ""
    row = [
        Keyed(name, _KEYS[name][0], words.text(_KEYS[name][1]), primary=name == going, timed=name == "done")
        for name in names
    ]
    placed = _above(sheet, bottom, row) if sheet.screen.portrait else key_row(sheet, bottom, row)
    for box, one in zip(placed, row, strict=True):
        if one.timed:
            left = (front.until - sheet.view.now) / front.span
            time_bar(sheet, box, left, sheet.theme.accent if one.primary else sheet.theme.primary)


def _above(sheet: Sheet, box: Box, row: list[Keyed]) -> list[Box]:
    """The key that goes on across the bottom, the others above it; gives their places."""
    last = next((one for one in row if one.primary), row[-1])
    others = [one for one in row if one is not last]
    upper, lower = box.rows(1.0, 1.0, gap=sheet.gap) if others else (box, box.split_bottom(sheet.px(30))[1])
    places = dict(zip(others, key_row(sheet, upper, others), strict=True)) if others else {}
    kind: Kind = "primary" if last.primary else "plain"
    key(sheet, lower, last.name, last.icon, last.word, kind=kind, mm=7.3 if last.primary else 5.8)
    return [places.get(one, lower) for one in row]


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
    middled(sheet, body, "barcode", rows)
    key(sheet, bottom, "done", "back", words.text("kiosk.back"), kind="primary", directional=True)
    time_bar(sheet, bottom, (front.until - sheet.view.now) / front.span)


def draw_one_each(sheet: Sheet, front: OneEach) -> None:
    words = sheet.view.words
    header(sheet)
    upright = sheet.screen.portrait
    body, bottom = sheet.body.split_bottom(sheet.px(64 if upright else 26 if sheet.small else 34), sheet.gap)
    title = Row(
        words.text("kiosk.one_each.title"),
        sheet.steps(9.1, 7.3, 6.5, 5.8, 5.2),
        700,
        align="center",
        lines=2,
        tight=True,
    )
    line = Row(
        words.text("kiosk.one_each.line"),
        sheet.steps(5.8, 4.7, 4.4),
        400,
        sheet.theme.quiet,
        "center",
        lines=2,
        gap=sheet.px(6),
    )
    high, air = sheet.px(9.6 if sheet.small else 13), sheet.px(4 if sheet.small else 8)
    made = stacked(sheet, body.w, (title, line), body.h - high - air)
    content = body.centred(body.w, high + air + made.height)
    place, texts = content.split_top(high, air)
    _named(sheet, place, front.department)
    put(sheet, texts, made)
    no, more = words.text("kiosk.key.no"), words.text("kiosk.key.one_more")
    if upright:
        places = bottom.rows(1.0, 1.0, gap=sheet.gap)
        key(sheet, places[0], "no", "cross", no, mm=7.3)
        key(sheet, places[1], "one_more", "ticket", more, kind="primary", mm=7.3)
    else:
        row = [Keyed("no", "cross", no), Keyed("one_more", "ticket", more, primary=True)]
        key_row(sheet, bottom, row, bottom.columns(1.0, 1.0, gap=sheet.gap))


def _named(sheet: Sheet, box: Box, department: DepartmentView) -> None:
    """Chip and name in the middle of the box."""
    name, language = sheet.view.named(department.names)
    style, first, air = sheet.style(700, language=language), chip_width(sheet, box.h, department), sheet.px(3)
    size = sheet.shared_size([name], style, sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6), box.w - first - air - 2)
    both = box.centred(first + air + width(name, size, style) + 2, box.h)
    rest = both.split_left(chip(sheet, both, department), air)[1]
    sheet.text(rest, name, (size,), weight=700, language=language)
