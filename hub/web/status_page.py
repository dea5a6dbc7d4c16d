"""The patient's own page, found by the ticket's QR code or short code. It shows and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiohttp import web

from hub import projections
from hub.api.context import HUB
from hub.api.reading import patients_token
from hub.domain.clinic import Clinic
from hub.web.board_lines import range_words
from hub.web.document import Page, document, page_of, response, site_head
from hub.web.enter_page import gone_page
from hub.web.fitting import bold_em, label_fit, percent
from hub.web.markup import Markup, el, icon
from smartqueue.errors import TooManyRequests, UnknownToken
from smartqueue.terms import Audience, Instant, RoomKind, RoomState, TokenState
from smartqueue.wire import DepartmentView, EstimateView, RoomView, StatusAnswer, TimelineEntry

RETURN_MIN = 60
"""How long somebody who missed the call may show the number at the desk (queue-rules, Who is next)."""
_ALARM_WORDS = (("allow", ""), ("on", "_on"), ("stop", "_off"))
RELOAD_S = 20
"""How often a browser without a script asks again."""
_FACTS_EM, _CAPTION_EM, _ROOM_EM = 8.8, 3.1, 3.9
"""Room for both facts, for the first one's caption and for the room's name, in em of their full size."""
_AWAITS_CALL = frozenset({TokenState.WAITING, TokenState.CALLED, TokenState.PARKED})
"""Only before the room may the phone be asked to make a sound."""
_OVER = frozenset({TokenState.SERVED, TokenState.NO_SHOW, TokenState.CANCELLED, TokenState.UNSERVED})


@dataclass(frozen=True, slots=True)
class Own:
    """All that the page shows of one token."""

    page: Page
    status: StatusAnswer
    department: DepartmentView
    rooms: dict[str, RoomView]


async def status_page(request: web.Request) -> web.Response:
    try:
        token = patients_token(request, request.match_info["secret"])
    except (UnknownToken, TooManyRequests) as refused:
        return gone_page(request, refused)
    service = request.app[HUB].service
    clinic, at = service.published, service.moment().at
    own = Own(
        page_of(request, token.language),
        projections.status(clinic, token, at, request.app[HUB].shown),
        projections.department(clinic, clinic.departments[token.department], at),
        _rooms(clinic, at),
    )
    return response(_document(own))


def _rooms(clinic: Clinic, at: Instant) -> dict[str, RoomView]:
    return {room.id: projections.room(clinic, room, at, Audience.PUBLIC) for room in clinic.rooms.values()}


def _document(own: Own) -> Markup:
    page, called = own.page, own.status.state is TokenState.CALLED
    live = el(
        "main",
        _called(own) if called else _card(own),
        None if called else _timeline(own),
        id="live",
        class_="called" if called else "card-page",
        data_label=own.status.label,
        data_department=own.status.department,
        data_alarm="yes" if own.status.state in _AWAITS_CALL else "no",
    )
    return document(
        page.words,
        f"{own.status.label} – {page.name(page.site.names)}",
        el("noscript", el("meta", http_equiv="refresh", content=str(RELOAD_S))),
        site_head(page, languages=True),
        live,
        _alarm(page),
        _foot(page),
        styles=("phone.css",),
        kind="status",
        scripts=("live.js",),
        colour=page.site.colour,
    )


def _foot(page: Page) -> Markup:
    """As old as what stands above; the script says so when the hub can't be reached."""
    time = page.time(page.now)
    fresh = el("span", icon("recall"), el("span", page.words.text("status.up_to_date", time=time)), class_="fresh")
    old = el("span", icon("wifi-off"), el("span", page.words.text("status.as_of", time=time)), class_="old")
    return el("footer", fresh, old, data_part="foot", role="status")


def _alarm(page: Page) -> Markup:
    """Shown by the script while a call may come, where the phone can make a sound or vibrate."""
    words = {f"data_{name}": page.words.text(f"status.sound{key}") for name, key in _ALARM_WORDS}
    return el("button", icon("bell"), el("span"), type="button", id="alarm", class_="key", hidden=True, **words)


# --- called -------------------------------------------------------------------------------------------


def _called(own: Own) -> Markup:
    page, call = own.page, own.status.timeline[-1]
    key = "status.called_again_at" if call.attempt > 1 else "status.called_at"
    room = _room_words(own, call)
    return el(
        "section",
        el("h1", page.words.text("status.come_now")),
        el("p", own.status.label, class_=f"label fit-{label_fit(own.status.label)}", dir="ltr"),
        el("p", icon("arrow-down"), class_="arrow"),
        el("p", room, class_=f"room fit-{percent(_ROOM_EM / bold_em(room))}"),
        el("p", page.words.text(key, time=page.time(call.at)), class_="way"),
        el("p", page.words.text("status.missed", minutes=RETURN_MIN), class_="rule"),
    )


def _room_words(own: Own, entry: TimelineEntry) -> str:
    room = own.rooms.get(entry.room or "")
    if room is None:
        return entry.room or ""
    return own.page.words.text(f"status.{room.kind}", number=room.number)


# --- the card -----------------------------------------------------------------------------------------


def _card(own: Own) -> Markup:
    chip = el(
        "span",
        icon(own.department.icon),
        el("span", own.department.letter),
        class_=f"chip ground-{own.department.ground % 8}",
    )
    return el(
        "section",
        el("div", chip, el("h1", own.page.name(own.department.names)), class_="department"),
        el("p", own.status.label, class_=f"label fit-{label_fit(own.status.label)}", dir="ltr"),
        _facts(own),
        class_=f"card state-{own.status.state}",
    )


def _facts(own: Own) -> Markup:
    """What this person wants to know now."""
    words, status = own.page.words, own.status
    match status.state:
        case TokenState.WAITING:
            return _waiting_facts(own)
        case TokenState.CALLED | TokenState.SERVING:
            return el("p", _room_words(own, status.timeline[-1]), class_="line strong")
        case TokenState.NO_SHOW:
            call = _last_call(own)
            place, time = _room_words(own, call), own.page.time(call.at)
            return el("p", words.text("status.no_show_line", place=place, time=time, minutes=RETURN_MIN), class_="line")
        case TokenState.CANCELLED | TokenState.UNSERVED:
            return el("p", words.text(f"status.{status.state}_line"), class_="line")
        case _:
            return el("p", words.text("status.finished_line"), class_="line")


def _waiting_facts(own: Own) -> Markup:
    """Two values in one size, that of the longer, each over its caption."""
    words, ahead = own.page.words, own.status.ahead or 0
    before = (str(ahead), words.text("status.before_you"))
    if not ahead:
        before = words.text("status.next"), words.text("status.next_caption")
    until = _until_call(own)
    fit = percent((_FACTS_EM - max(_CAPTION_EM, bold_em(before[0]))) / bold_em(until[0]))
    facts = (el("div", el("b", value), el("span", caption)) for value, caption in (before, until))
    return el("div", facts, class_=f"facts fit-{max(fit, 65)}")


def _until_call(own: Own) -> tuple[str, str]:
    """When this person may be called, and what that is."""
    words, estimate, paused = own.page.words, own.status.estimate, _on_break(own)
    if paused:
        return _break(own, paused), words.text("status.break_caption")
    if estimate is None:
        return words.text("status.no_range"), words.text("status.no_range_caption")
    return range_words(words, estimate), words.text("status.until_call")


def _on_break(own: Own) -> list[RoomView]:
    """All manned rooms of the department when every one of them is on a break, else none."""
    rooms = [room for room in own.rooms.values() if own.department.id in room.departments]
    manned = [room for room in rooms if room.state is not RoomState.CLOSED]
    return manned if all(room.state is RoomState.PAUSED for room in manned) else []


def _break(own: Own, paused: list[RoomView]) -> str:
    back = [room.back_at for room in paused if room.back_at is not None and room.back_at > own.page.now]
    if not back:
        return own.page.words.text("status.break")
    return own.page.words.text("status.break_until", time=own.page.time(min(back)))


def _last_call(own: Own) -> TimelineEntry:
    calls = (entry for entry in reversed(own.status.timeline) if entry.state is TokenState.CALLED)
    return next(calls, own.status.timeline[-1])


# --- timeline -----------------------------------------------------------------------------------------


def _timeline(own: Own) -> Markup:
    return el("ol", list(_past(own)), list(_future(own)), class_="timeline")


def _past(own: Own) -> Iterator[Markup]:
    """What was, the last of it being what is now; a recall is no step of its own."""
    page, entries = own.page, own.status.timeline
    yield _step("done", page.words.text("status.taken"), page.time(entries[0].at))
    steps = [entry for entry in entries if entry.attempt <= 1]
    for place, entry in enumerate(steps):
        if entry.state is TokenState.WAITING and place + 1 < len(steps):
            continue
        yield _step(_look(own, last=place + 1 == len(steps)), _state_words(own, entry), _beside(own, entry))


def _look(own: Own, *, last: bool) -> str:
    """Class of a step: done, now, or how it ended otherwise."""
    if not last or own.status.state is TokenState.SERVED:
        return "done"
    return "ended" if own.status.state in _OVER else "now"


def _beside(own: Own, entry: TimelineEntry) -> str:
    if entry.state is TokenState.WAITING:
        return own.page.name(own.department.areas)
    if entry.state is TokenState.CALLED:
        place, time = _room_words(own, entry), own.page.time(entry.at)
        return own.page.words.text("status.place_at", place=place, time=time)
    return own.page.time(entry.at)


def _future(own: Own) -> Iterator[Markup]:
    """What is still to come."""
    words, state, estimate = own.page.words, own.status.state, own.status.estimate
    if state is TokenState.WAITING:
        times = _times(own, estimate) if estimate and not _on_break(own) else ""
        yield _step("todo", words.text("status.called"), times)
        yield _step("todo", _inside_words(own, None), "")
    elif state is TokenState.SERVING:
        yield _step("todo", words.text("status.finished"), "")


def _times(own: Own, estimate: EstimateView) -> str:
    """The range by the clock, without what is past already."""
    key = "status.between" if estimate.earliest > own.page.now else "status.by"
    earliest, latest = own.page.time(estimate.earliest), own.page.time(estimate.latest)
    return own.page.words.text(key, earliest=earliest, latest=latest)


def _state_words(own: Own, entry: TimelineEntry) -> str:
    if entry.state is TokenState.SERVING:
        return _inside_words(own, entry.room)
    keys = {TokenState.SERVED: "finished", TokenState.PARKED: "waiting"}
    return own.page.words.text(f"status.{keys.get(entry.state, entry.state.value)}")


def _inside_words(own: Own, room: str | None) -> str:
    """In the room or at the window; as all rooms of the department are while nobody knows which."""
    rooms = [one for one in own.rooms.values() if own.department.id in one.departments]
    kinds = {own.rooms[room].kind} if room in own.rooms else {one.kind for one in rooms}
    return own.page.words.text("status.at_window" if kinds == {RoomKind.WINDOW} else "status.in_room")


def _step(state: str, what: str, beside: str) -> Markup:
    dot = el("span", icon({"done": "check", "ended": "cross"}.get(state, "")), class_="dot")
    current = "step" if state == "now" else None
    return el(
        "li",
        dot,
        el("span", what, class_="what"),
        el("span", beside, class_="beside"),
        class_=state,
        aria_current=current,
    )
