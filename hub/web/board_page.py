"""The board for any browser or TV: who is called where, and how long it takes. No names.

What it says is decided where displays decide it (smartqueue/board.py). Made whole on the server, so that it is right
without a script too; the script asks for it again at every change, and for every page of what takes turns.
`?on=12,13` puts these announcements into the band; without it, calls of the last seconds stand there.
"""

from dataclasses import replace

import msgspec
from aiohttp import web

from hub import projections
from hub.api.context import HUB
from hub.web.board_calls import alone, band, is_first, rows, turns
from hub.web.board_door import door_part
from hub.web.board_head import head
from hub.web.board_notes import Notes, notes, notes_part
from hub.web.board_parts import bound
from hub.web.board_side import side, side_parts
from hub.web.board_table import calls_turn, department_turns, departments, turns_each_s
from hub.web.board_turns import TURN_S
from hub.web.board_view import MOST_IN_BAND, ON_CALL_S, Sight, asked, sight, slot_ms
from hub.web.document import Page, document, page_of, response
from hub.web.markup import Markup, el, icon
from smartqueue.board import Layout, each_s, seen
from smartqueue.i18n import entries
from smartqueue.terms import Audience

RELOAD_S = 15
"""How often a browser without a script asks again; where parts take turns, at every turn."""
_AWAY_WORDS = ("display.away.minutes", "display.away.hours")
_SOUND_WORDS = ("allow", "on", "chime_only")
_INFO_EM, _HINT_EM = 10.0, 20.0
"""Widths of lines while the hub is away, about."""
_TAKEN_STEP, _MOST_TAKEN = 25, 500


async def board_page(request: web.Request) -> web.Response:
    hub = request.app[HUB]
    service = hub.service
    page = page_of(request, service.published.configured().default_language)
    now = service.moment().at
    view = projections.board(service.published, now, Audience.PUBLIC, **hub.about)
    return response(made(sight(page, seen(view), asked(request)), f"{service.epoch} {hub.version}"))


def made(shown: Sight, made_by: str) -> Markup:
    """The whole page. made_by: which hub, of which version; a page of another one loads itself anew."""
    page = shown.page
    title = f"{page.name(page.site.names)} – {page.words.text('status.board')}"
    layout, told = shown.asked.layout, _notes(shown)
    shown = replace(shown, bare=not told.standing)
    changing = _changes(shown, told)
    reload_s = int(_each_s(shown, told)) if changing else RELOAD_S
    again = el("noscript", el("meta", http_equiv="refresh", content=str(reload_s)))
    return document(
        page.words,
        title,
        again,
        _live(shown, told, made_by, changing=changing),
        _away(page),
        _sound(page),
        styles=("board.css",) if layout is Layout.RECENT else ("board.css", "board-layouts.css"),
        theme="night",
        kind=f"board by-{layout}",
        scripts=("sound.js", "fit.js", "live.js"),
    )


def _live(shown: Sight, told: Notes, made_by: str, *, changing: bool) -> Markup:
    """zone: for the script, which leaves calls alone that this board does not show."""
    zone = shown.zone
    return el(
        "div",
        head(shown, told.above),
        band(shown),
        _parts(shown, told),
        id="live",
        class_=f"{_state(shown)}{_bare(shown)} taken-{_taken(told)}",
        data_made_by=f"{made_by} {shown.asked.layout}",
        data_now=str(int(shown.page.now.timestamp() * 1000)),
        data_on_s=str(ON_CALL_S),
        data_together=str(MOST_IN_BAND if shown.asked.layout in (Layout.RECENT, Layout.DEPARTMENTS) else 1),
        data_zone=_for_script(None if zone.whole else {"departments": [*zone.departments], "rooms": [*zone.rooms]}),
        data_turn_ms=str(slot_ms(shown, _each_s(shown, told))) if changing else None,
    )


def _state(shown: Sight) -> str:
    """Several calls share the whole screen, one stands above the others, or alone where that would be too small."""
    if not shown.on:
        return "idle"
    split = len(shown.on) > 1 and shown.asked.layout is not Layout.CALL
    return " ".join(filter(None, ("on", "split" if split else "", "alone" if alone(shown) else "")))


def _bare(shown: Sight) -> str:
    """A call has the place of a note that does not stand: the last one, or else the one that is on."""
    if shown.asked.layout not in (Layout.CALL, Layout.DEPARTMENTS) or not shown.bare:
        return ""
    return " bare first" if is_first(shown) else " bare"


def _taken(told: Notes) -> int:
    """Units that notes take, in steps that the style sheet knows."""
    return min(_MOST_TAKEN, -(-told.taken // _TAKEN_STEP) * _TAKEN_STEP)


def _notes(shown: Sight) -> Notes:
    """In one place where departments would have to take turns otherwise."""
    told = notes(shown)
    if shown.asked.layout is Layout.RECENT and side_parts(shown, told.taken) > 1:
        return notes(shown, crowded=True)
    return told


def _changes(shown: Sight, told: Notes) -> bool:
    """Whether another part has its turn after this one."""
    match shown.asked.layout:
        case Layout.RECENT:
            more = side_parts(shown, told.taken) > 1
        case Layout.DEPARTMENTS:
            more = department_turns(shown) > 1 or calls_turn(shown)
        case _:
            more = False
    return more or told.turns or turns(shown)


def _each_s(shown: Sight, told: Notes) -> float:
    """How long a part stands."""
    match shown.asked.layout:
        case Layout.RECENT:
            return each_s(side_parts(shown, told.taken))
        case Layout.DEPARTMENTS:
            return turns_each_s(shown)
        case _:
            return TURN_S


def _parts(shown: Sight, told: Notes) -> tuple[Markup, ...]:
    match shown.asked.layout:
        case Layout.DOOR:
            return (door_part(shown),)
        case Layout.DEPARTMENTS:
            return rows(shown), departments(shown), notes_part(shown, told)
        case Layout.CALL:
            return rows(shown), notes_part(shown, told)
        case Layout.RECENT:
            return rows(shown), el("div", side(shown, told.taken), notes_part(shown, told), class_="side")


def _sound(page: Page) -> Markup:
    """A browser plays nothing before somebody has touched something; the script shows the key where it can help."""
    said = {f"data_{key}": page.words.text(f"display.sound.{key}") for key in _SOUND_WORDS}
    label = el("span", page.words.text("display.sound.allow"), class_="saying")
    signs = el("span", icon("speaker-off"), class_="sign off"), el("span", icon("speaker"), class_="sign")
    return el("button", signs, label, id="sound", type="button", hidden=True, autofocus=True, **said)


# --- when the hub is away -----------------------------------------------------------------------------


def _away(page: Page) -> Markup:
    """Ready in the page, since nothing can be asked for then; the script fills in the age."""
    words = page.words
    forms = {key.rpartition(".")[2]: entries(words.language)[key] for key in _AWAY_WORDS}
    banner = el(
        "section",
        icon("wifi-off"),
        el("div", el("h2", id="age"), el("p", bound(words.text("display.away.hint"), _HINT_EM))),
        class_="banner",
    )
    lines = (("ticket", "valid"), ("speaker", "listen"), ("clock", "ranges"))
    info = el(
        "ul",
        (el("li", icon(name), el("span", bound(words.text(f"display.away.{key}"), _INFO_EM))) for name, key in lines),
        class_="info",
    )
    data = el("script", Markup(_for_script(forms)), type="application/json", id="age-words")
    return el("div", banner, info, data, id="away", hidden=True)


def _for_script(value: object) -> str:
    """JSON that can't end the element it stands in."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c")
