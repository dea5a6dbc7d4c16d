"""What a browser asks to see of the board, by its address, and what is known then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aiohttp import web

from hub.web.board_turns import ms_left, turn
from hub.web.document import Page
from smartqueue.board import Layout, Line, Place, Seen, Way, Zone, lines, place
from smartqueue.terms import DepartmentId, Label, RoomId
from smartqueue.wire import CallView

ON_CALL_S = 12
"""A call stands in the band at least this long (experience.md, Display)."""
MOST_IN_BAND = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """on: announcements that are to stand in the band; None: calls of the last seconds. room: of a door. earlier,
    later: how many turns calls have that came together with these, but did not fit beside them."""

    layout: Layout
    zone: Zone
    on: frozenset[str] | None
    room: RoomId | None
    earlier: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """One moment of the board. on: the calls of the band, first called first. lines: of the departments it shows. bare:
    no note stands, so that for far seats a call more has its place."""

    page: Page
    known: Seen
    asked: Asked
    on: tuple[CallView, ...]
    lines: tuple[Line, ...]
    bare: bool = False

    @property
    def at_s(self) -> float:
        """Seconds since 1970, for what takes turns."""
        return self.page.now.timestamp()

    @property
    def turn(self) -> int:
        """What decides which part stands where there is more than fits."""
        return turn(self.at_s)

    @property
    def zone(self) -> Zone:
        return self.asked.zone

    @property
    def calls(self) -> Sequence[CallView]:
        """Those that this board shows, newest first."""
        return [call for call in self.known.calls if self.zone.shows(call)]

    def place(self, room: RoomId) -> Place:
        return place(room, self.known.rooms, self.zone.ways)


def asked(request: web.Request) -> Asked:
    """From `?layout=door&rooms=room-3&departments=a,b&ways=room-1:left`; what is not understood is left out."""
    query = request.query
    rooms = tuple(RoomId(one) for one in _list(query.get("rooms", "")))
    departments = frozenset(DepartmentId(one) for one in _list(query.get("departments", "")))
    layout = Layout(query["layout"]) if query.get("layout", "") in list(Layout) else Layout.RECENT
    if layout is Layout.DOOR and len(rooms) != 1:
        layout = Layout.RECENT
    on = query.get("on")
    return Asked(
        layout,
        Zone(departments, frozenset(rooms), _ways(query.get("ways", ""))),
        None if on is None else frozenset(on.split(",")[:MOST_IN_BAND]),
        rooms[0] if layout is Layout.DOOR else None,
        earlier=_turns(query.get("earlier", "")),
        later=_turns(query.get("later", "")),
    )


def _turns(text: str) -> int:
    """Of the calls that came together, as the page has counted them; whatever else is asked for counts as none."""
    return min(int(text), MOST_IN_BAND - 1) if text.isascii() and text.isdecimal() else 0


def sight(page: Page, known: Seen, wanted: Asked) -> Sight:
    """The board at the page's moment. One department alone stands beside its calls."""
    shown = lines(known, wanted.zone, page.now)
    if wanted.layout is Layout.DEPARTMENTS and len(shown) == 1:
        wanted = replace(wanted, layout=Layout.RECENT)
    ours = [call for call in known.calls if wanted.zone.shows(call)]
    on = _on_call(ours, page.now, wanted.on)
    return Sight(page, known, wanted, tuple(on), shown)


def slot_ms(sight: Sight, each_s: float) -> int:
    """Milliseconds until what takes turns is another one. each_s: how long a part of departments stands."""
    return ms_left(sight.at_s, each_s)


def _on_call(calls: Sequence[CallView], now: datetime, wanted: frozenset[str] | None) -> list[CallView]:
    if wanted is None:
        fresh = [call for call in calls if now - call.at < timedelta(seconds=ON_CALL_S)]
        return _once_each(fresh)[:1]
    return _once_each([call for call in calls if call.announcement in wanted])[::-1]


def _once_each(calls: Sequence[CallView]) -> list[CallView]:
    """Newest first; each label only where it was called last."""
    seen: dict[Label, CallView] = {}
    for call in calls:
        seen.setdefault(call.label, call)
    return list(seen.values())


def _list(text: str) -> list[str]:
    return [one for one in text.split(",") if one]


def _ways(text: str) -> Mapping[RoomId, Way] | None:
    pairs = (one.partition(":") for one in _list(text))
    found = {RoomId(room): Way(way) for room, _, way in pairs if way in list(Way)}
    return found or None
