"""The board for any browser or TV: who is called where, and how long it takes. No names.

Made whole on the server, so that it is right without a script too; the script asks for it again at every change.
`?on=12,13` puts these announcements into the band; without it, calls of the last seconds stand there.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
from aiohttp import web

from hub import projections
from hub.api.context import HUB
from hub.web.document import Page, document, page_of, response
from hub.web.fitting import bold_em, percent, plain_em
from hub.web.markup import Child, Markup, el, icon
from smartqueue.i18n import Words, entries
from smartqueue.terms import Audience, DepartmentId, RoomId, RoomState
from smartqueue.wire import BoardView, CallView, DepartmentView, EstimateView, RoomView

ON_CALL_S = 12
"""A call stands in the band at least this long (experience.md, Display)."""
MOST_IN_BAND = 4
ROWS = 5
RELOAD_S = 15
"""How often a browser without a script asks again."""
_AWAY_WORDS = ("display.away.minutes", "display.away.hours")
_WORD_EM, _ARROW_EM = 0.41, 1.04
"""Beside a label of one em: size of the word before the room's number; arrow with its gaps."""
_LINE_EM, _ROW_EM, _STANDING_EM = 18.0, 6.7, 7.3
"""Widths in em of their type, as hub/web/fitting.py guesses them: a department's line, a row, and a department's range
where it stands below the name."""


async def board_page(request: web.Request) -> web.Response:
    hub = request.app[HUB]
    service = hub.service
    page = page_of(request, service.published.configured().default_language)
    now = service.moment().at
    view = projections.board(service.published, now, Audience.PUBLIC, insecure_lan=hub.insecure_lan)
    on = _on_call(view, page.now, request.query.get("on"))
    title = f"{page.name(view.site.names)} – {page.words.text('status.board')}"
    live = _live(page, view, on, f"{service.epoch} {hub.version}")
    without_script = el("noscript", el("meta", http_equiv="refresh", content=str(RELOAD_S)))
    made = document(
        page.words,
        title,
        without_script,
        live,
        _away(page),
        style="board.css",
        theme="night",
        kind="board",
        script=True,
    )
    return response(made)


def _live(page: Page, view: BoardView, on: Sequence[CallView], made_by: str) -> Markup:
    return el(
        "div",
        _head(page),
        _band(page, view, on),
        _rows(page, view, on),
        _panel(page, view),
        _notes(page),
        id="live",
        class_="on" if on else "idle",
        data_made_by=made_by,
        data_now=str(int(page.now.timestamp() * 1000)),
        data_on_s=str(ON_CALL_S),
    )


def _head(page: Page) -> Markup:
    local = page.now.astimezone(page.zone)
    offset = local.utcoffset() or timedelta()
    clock = el("time", page.time(page.now), id="clock", data_offset_min=int(offset.total_seconds() // 60))
    return el(
        "header",
        el("h1", icon("clinic"), el("span", page.name(page.site.names)), class_="site"),
        el("p", el("span", page.words.date_day(page.now, page.zone), class_="date"), clock, class_="clock"),
        class_="top",
        data_part="top",
    )


# --- calls --------------------------------------------------------------------------------------------


def _on_call(view: BoardView, now: datetime, asked: str | None) -> list[CallView]:
    """The calls of the band, first called first."""
    if asked is None:
        fresh = [call for call in view.calls if now - call.at < timedelta(seconds=ON_CALL_S)]
        return _once_each(fresh)[:1]
    wanted = set(asked.split(",")[:MOST_IN_BAND])
    return _once_each([call for call in view.calls if call.announcement in wanted])[::-1]


def _once_each(calls: Sequence[CallView]) -> list[CallView]:
    """Newest first; each label only where it was called last."""
    seen: dict[str, CallView] = {}
    for call in calls:
        seen.setdefault(call.label, call)
    return list(seen.values())


def _band(page: Page, view: BoardView, on: Sequence[CallView]) -> Markup:
    calls = [_band_call(page, view, call, len(on)) for call in on]
    return el(
        "section",
        calls,
        class_=f"band of-{len(on)}",
        data_part="band",
        data_on=",".join(call.announcement for call in on),
        aria_live="assertive",
        hidden=not on,
    )


def _band_call(page: Page, view: BoardView, call: CallView, of: int) -> Markup:
    word, number = _place(page, view, call.room)
    return el(
        "div",
        _way(call.label, word, number),
        class_=f"call fit-{_fit(call.label, word, number, of)} tall-{_tall_fit(call.label, word, number, of)}",
    )


def _fit(label: str, word: str, number: str, of: int) -> int:
    """Percent of the full size at which one call fits the band; the label's size is the measure of all."""
    em = bold_em(label) + _WORD_EM * (bold_em(word) + 0.33) + bold_em(number) + _ARROW_EM
    return percent({1: 1700 / 298, 2: 1700 / 150}.get(of, 820 / 118) / em)


def _tall_fit(label: str, word: str, number: str, of: int) -> int:
    """The same on an upright screen, where one call takes two lines: the label, then arrow and room."""
    place = _WORD_EM * (bold_em(word) + 0.33) + bold_em(number)
    if of > 1:
        return percent(920 / 150 / (bold_em(label) + place + _ARROW_EM))
    return percent(860 / 320 / max(bold_em(label), place + 0.6))


def _rows(page: Page, view: BoardView, on: Sequence[CallView]) -> Markup:
    """One row more than stands beside the band: the call that is on, for when the band goes."""
    labels = {call.label for call in on}
    shown = _once_each(view.calls)[:ROWS]
    if not shown:
        return el(
            "p", icon("ticket"), el("span", page.words.text("display.no_calls")), class_="rows none", data_part="rows"
        )
    ways = [(call, *_place(page, view, call.room)) for call in shown]
    rows = [_row(call.label, word, number, on_call=call.label in labels) for call, word, number in ways]
    beside = sum(call.label not in labels for call in shown)
    fit = min(percent(_ROW_EM / _row_em(call.label, word, number)) for call, word, number in ways)
    return el("ol", rows, class_=f"rows beside-{beside} of-{len(rows)} fit-{fit}", data_part="rows")


def _row_em(label: str, word: str, number: str) -> float:
    return max(2.62, bold_em(label)) + 1.1 + 0.64 * plain_em(word) + 0.3 + bold_em(number)


def _row(label: str, word: str, number: str, *, on_call: bool) -> Markup:
    return el(
        "li",
        _way(label, word, number),
        class_="row on-call" if on_call else "row",
    )


def _way(label: str, word: str, number: str) -> Child:
    """Label, arrow, room; with spaces between them for whoever reads or copies it as text."""
    place = el(
        "span", el("span", word, class_="word"), " ", el("span", number, class_="number", dir="ltr"), class_="place"
    )
    return (
        el("span", label, class_="label", dir="ltr"),
        " ",
        el("span", icon("arrow-right"), class_="arrow"),
        " ",
        place,
    )


def _place(page: Page, view: BoardView, identifier: RoomId) -> tuple[str, str]:
    """The word and the number of a room; a room that is gone keeps its id."""
    room = next((one for one in view.rooms if one.id == identifier), None)
    if room is None:
        return page.words.text("display.room"), identifier
    return page.words.text(f"display.{room.kind}"), room.number


# --- departments --------------------------------------------------------------------------------------


def _panel(page: Page, view: BoardView) -> Markup:
    """All lines in one size: that of the longest."""
    said = [
        (one, page.name(one.names), *_standing(page, one, _serving(view.rooms, one.id))) for one in view.departments
    ]
    fit = min((percent(_LINE_EM / _line_em(name, sign, text)) for _, name, sign, text in said), default=100)
    below = min((percent(_STANDING_EM / _standing_em(sign, text)) for _, _, sign, text in said), default=100)
    lines = [_department(*one, below) for one in said]
    return el("ul", lines, class_=f"panel n{min(len(lines), 16)} fit-{max(fit, 60)}", data_part="panel")


def _line_em(name: str, sign: str, text: str) -> float:
    return 1.9 + plain_em(name) + 0.5 + _standing_em(sign, text)


def _standing_em(sign: str, text: str) -> float:
    return plain_em(text) + 1.3 if sign else bold_em(text)


def _department(department: DepartmentView, name: str, sign: str, text: str, below: int) -> Markup:
    return el(
        "li",
        el("span", department.letter, class_=f"chip ground-{department.ground % 8}"),
        el("span", name, class_="name"),
        el("span", icon(sign), text, class_=f"standing fit-{below}{' quiet' if sign else ''}"),
    )


def _standing(page: Page, department: DepartmentView, rooms: Sequence[RoomView]) -> tuple[str, str]:
    """An icon and why there is no range; or no icon and the range."""
    words = page.words
    if not department.open:
        opens = department.opens_at
        return "clock", words.text("display.opens", time=opens) if opens else words.text("display.closed")
    manned = [room for room in rooms if room.state is not RoomState.CLOSED]
    if manned and all(room.state is RoomState.PAUSED for room in manned):
        return "pause", _break(page, manned)
    if department.estimate is not None:
        return "", range_words(words, department.estimate)
    return "people", words.count("display.waiting", department.waiting)


def range_words(words: Words, estimate: EstimateView) -> str:
    """`15–35 min`; never from 0."""
    if not estimate.low_min:
        return words.text("display.up_to", high=estimate.high_min)
    return words.text("display.range", low=estimate.low_min, high=estimate.high_min)


def _break(page: Page, paused: Sequence[RoomView]) -> str:
    back = [room.back_at for room in paused if room.back_at is not None and room.back_at > page.now]
    if not back:
        return page.words.text("display.break")
    return page.words.text("display.break_until", time=page.time(min(back)))


def _serving(rooms: Sequence[RoomView], department: DepartmentId) -> list[RoomView]:
    return [room for room in rooms if department in room.departments]


def _notes(page: Page) -> Markup:
    return el("div", list(_note_lines(page)), class_="notes", data_part="notes")


def _note_lines(page: Page) -> Iterator[Markup]:
    if page.site.insecure_lan:
        yield el("p", icon("warning"), el("span", page.words.text("display.insecure")), class_="note")


# --- when the hub is away -----------------------------------------------------------------------------


def _away(page: Page) -> Markup:
    """Ready in the page, since nothing can be asked for then; the script fills in the age."""
    words = page.words
    forms = {key.rpartition(".")[2]: entries(words.language)[key] for key in _AWAY_WORDS}
    banner = el(
        "section",
        icon("wifi-off"),
        el("div", el("h2", id="age"), el("p", words.text("display.away.hint"))),
        class_="banner",
    )
    lines = (("ticket", "valid"), ("speaker", "listen"), ("clock", "ranges"))
    info = el(
        "ul",
        (el("li", icon(name), el("span", words.text(f"display.away.{key}"))) for name, key in lines),
        class_="info",
    )
    data = el("script", Markup(_for_script(forms)), type="application/json", id="age-words")
    return el("div", banner, info, data, id="away", hidden=True)


def _for_script(value: object) -> str:
    """JSON that can't end the element it stands in."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c")
