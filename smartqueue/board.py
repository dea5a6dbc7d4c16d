"""What a board says: pure, from the site's public state and the time. Displays and the hub's page say the same.

Never a name: the views have none. Rules: experience.md, Display.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from smartqueue.terms import AnnouncementId, DepartmentId, Label, Language, RoomId, RoomKind, RoomState, TokenState
from smartqueue.wire import BoardView, CallView, DepartmentView, Names, RoomView, SiteView

KEPT: Final = timedelta(minutes=3)
"""A call stays in the history at least this long, and at least until NEWER_CALLS have come after it."""
NEWER_CALLS: Final = 4
PAGE_S: Final = 6.0
"""How long one page stands where there is more than fits."""
QUICK_S: Final = 4.0
HURRIED_S: Final = 3.0
"""How long a page of departments stands where there are more than a few, so that all have had their turn in 20 seconds
or little more."""
SLOW_PAGES: Final = 3
_QUICK_PAGES: Final = 5


Item = TypeVar("Item")


class Layout(StrEnum):
    """How a board is laid out: one call and the last ones; one call as large as it gets; a card for each department;
    the door of one room."""

    RECENT = "recent"
    CALL = "call"
    DEPARTMENTS = "departments"
    DOOR = "door"


class Way(StrEnum):
    """Where a room lies, seen by somebody who looks at the screen."""

    LEFT = "left"
    RIGHT = "right"
    AHEAD = "ahead"
    AHEAD_LEFT = "ahead-left"
    AHEAD_RIGHT = "ahead-right"
    BEHIND = "behind"
    UPSTAIRS = "upstairs"
    DOWNSTAIRS = "downstairs"


class Seen(Protocol):
    """What is known of the site: a unit's Picture, or `seen(view)`. calls: newest first."""

    @property
    def site(self) -> SiteView: ...
    @property
    def departments(self) -> Mapping[DepartmentId, DepartmentView]: ...
    @property
    def rooms(self) -> Mapping[RoomId, RoomView]: ...
    @property
    def calls(self) -> Sequence[CallView]: ...


@dataclass(frozen=True, slots=True)
class _Snapshot:
    site: SiteView
    departments: Mapping[DepartmentId, DepartmentView]
    rooms: Mapping[RoomId, RoomView]
    calls: Sequence[CallView]


def seen(view: BoardView) -> Seen:
    """A snapshot as what is known."""
    return _Snapshot(
        view.site, {one.id: one for one in view.departments}, {one.id: one for one in view.rooms}, view.calls
    )


# --- which part of the site ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Zone:
    """What one board shows: these departments, and whatever happens in these rooms; without any of both, all.

    ways: where rooms lie, seen from there.
    """

    departments: frozenset[DepartmentId] = frozenset()
    rooms: frozenset[RoomId] = frozenset()
    ways: Mapping[RoomId, Way] | None = None

    @property
    def whole(self) -> bool:
        return not self.departments and not self.rooms

    def shows(self, call: CallView) -> bool:
        return self.whole or call.department in self.departments or call.room in self.rooms

    def shows_room(self, room: RoomView) -> bool:
        return self.whole or room.id in self.rooms or not self.departments.isdisjoint(room.departments)

    def shows_department(self, department: DepartmentId, rooms: Mapping[RoomId, RoomView]) -> bool:
        """Its own departments, and those that its rooms work for now."""
        if self.whole or department in self.departments:
            return True
        return any(room in rooms and department in rooms[room].departments for room in self.rooms)

    def unknown(self, known: Seen) -> tuple[str, ...]:
        """What the site does not have: somebody has mistyped it, or it has been closed for good."""
        named = {*self.rooms, *(self.ways or ())}
        return tuple(sorted({*(self.departments - known.departments.keys()), *(named - known.rooms.keys())}))


WHOLE: Final = Zone()


# --- calls --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: the word for `kind`, then the number. pointed: this board says which way its rooms lie; a room whose
    way is not known there has none."""

    room: RoomId
    kind: RoomKind
    number: str
    way: Way | None = None
    pointed: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A label and where it was called to. department: None where nothing asks for it. language: the token's, where the
    call is on."""

    label: Label
    place: Place
    department: DepartmentId | None = None
    language: Language | None = None


def place(room: RoomId, rooms: Mapping[RoomId, RoomView], ways: Mapping[RoomId, Way] | None = None) -> Place:
    """Where a call leads; of a room that is no longer there its id has to say it: `room-3`, `window-12`."""
    view = rooms.get(room)
    way, pointed = (ways or {}).get(room), bool(ways)
    if view is not None:
        return Place(room, view.kind, view.number, way, pointed)
    kind = next((kind for kind in RoomKind if room.startswith(f"{kind}-")), RoomKind.ROOM)
    return Place(room, kind, room.removeprefix(f"{kind}-"), way, pointed)


def history(
    calls: Sequence[CallView], now: datetime, *, rows: int, hidden: Collection[AnnouncementId], on: Collection[Label]
) -> list[CallView]:
    """The calls that stand beside those that are on, newest first; each label once, where it was called last.

    calls: newest first. hidden: calls that still wait for their announcement. on: the labels that are on now; they
    count as newer calls. Fills `rows`; beyond them stand those that have not had NEWER_CALLS after them or are younger
    than KEPT.
    """
    standing: list[CallView] = []
    seen_labels = set(on)
    newer = len(seen_labels)
    for call in calls:
        if call.announcement in hidden or call.label in seen_labels:
            continue
        if len(standing) < rows or newer < NEWER_CALLS or now - call.at < KEPT:
            standing.append(call)
        seen_labels.add(call.label)
        newer += 1
    return standing


def last_of(
    calls: Sequence[CallView], department: DepartmentId, rows: int, must: Collection[AnnouncementId]
) -> list[CallView]:
    """The calls on the card of a department: its last ones, `rows` of them, and those that must stand all the same.

    calls: as `history` gives them for any number of rows, newest first.
    """
    own = [call for call in calls if call.department == department]
    return [call for n, call in enumerate(own) if n < rows or call.announcement in must]


# --- departments --------------------------------------------------------------------------------------


class Wait(StrEnum):
    """What can be said of a department's waiting time."""

    RANGE = "range"
    WAITING = "waiting"
    LAST = "last"
    """It gives out no more tokens today; whoever has one is still called."""
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """One department. low_min, high_min: of a RANGE. waiting: tokens. last: the last label of the day, where known.

    back_at: when a PAUSED one goes on; opens_at: when a CLOSED one opens today, `HH:MM`; None where nobody knows.
    emergency: somebody goes before all others there.
    """

    id: DepartmentId
    letter: str
    ground: int
    names: Names
    wait: Wait
    low_min: int = 0
    high_min: int = 0
    waiting: int = 0
    back_at: datetime | None = None
    opens_at: str | None = None
    last: Label | None = None
    emergency: bool = False


def line(department: DepartmentView, rooms: Mapping[RoomId, RoomView], now: datetime) -> Line:
    """What is said of one department: its range, or why there is none."""
    about = Line(
        id=department.id,
        letter=department.letter,
        ground=department.ground,
        names=department.names,
        wait=Wait.WAITING,
        waiting=department.waiting,
        emergency=department.open and department.emergency,
    )
    if not department.open:
        return replace(about, wait=Wait.CLOSED, opens_at=department.opens_at)
    manned = [room for room in _serving(rooms, department.id) if room.state is not RoomState.CLOSED]
    if manned and all(room.state is RoomState.PAUSED for room in manned):
        return replace(about, wait=Wait.PAUSED, back_at=_back_at(manned, now))
    if not department.issuing:
        return replace(about, wait=Wait.LAST, last=department.last_label)
    if department.estimate is not None:
        low, high = department.estimate.low_min, department.estimate.high_min
        return replace(about, wait=Wait.RANGE, low_min=low, high_min=high)
    return about


def lines(known: Seen, zone: Zone, now: datetime) -> tuple[Line, ...]:
    """Of every department that a board shows, in the site's order."""
    shown = (one for one in known.departments.values() if zone.shows_department(one.id, known.rooms))
    return tuple(line(one, known.rooms, now) for one in shown)


def shut(said: Sequence[Line]) -> bool:
    """Every department is closed."""
    return bool(said) and all(one.wait is Wait.CLOSED for one in said)


def first_opening(said: Sequence[Line]) -> str | None:
    """When the first of the closed departments opens today, `HH:MM`."""
    return min((one.opens_at for one in said if one.opens_at), default=None)


@dataclass(frozen=True, slots=True)
class Break:
    """One room that pauses while others go on. back_at: None where nobody knows."""

    place: Place
    back_at: datetime | None


def breaks(known: Seen, zone: Zone, said: Sequence[Line], now: datetime) -> tuple[Break, ...]:
    """Rooms on a break that no line of a department speaks of. said: those lines."""
    quiet = {one.id for one in said if one.wait in (Wait.PAUSED, Wait.CLOSED)}
    return tuple(
        Break(place(room.id, known.rooms, zone.ways), _back_at([room], now))
        for room in known.rooms.values()
        if room.state is RoomState.PAUSED and zone.shows_room(room) and not quiet.issuperset(room.departments)
    )


# --- a room's door ------------------------------------------------------------------------------------


class DoorState(StrEnum):
    """What goes on behind a door."""

    CALLED = "called"
    SERVING = "serving"
    FREE = "free"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Door:
    """One room. label: whom it is busy with. next: who would be called now; waiting: tokens that it could call."""

    place: Place
    departments: tuple[Names, ...]
    state: DoorState
    label: Label | None = None
    next: Label | None = None
    waiting: int = 0
    back_at: datetime | None = None

    def withdrawn(self) -> "Door":
        """What still holds when the hub has not been heard: nobody knows who is next by now."""
        return replace(self, next=None, waiting=0)


def door(known: Seen, room: RoomId, now: datetime) -> Door | None:
    """None for a room that the site does not have."""
    view = known.rooms.get(room)
    if view is None:
        return None
    names = tuple(known.departments[one].names for one in view.departments if one in known.departments)
    about = Door(place(room, known.rooms), names, _door_state(view), next=view.next, waiting=view.waiting)
    if view.current is not None:
        about = replace(about, label=view.current.label)
    return replace(about, back_at=_back_at([view], now)) if view.state is RoomState.PAUSED else about


def _door_state(view: RoomView) -> DoorState:
    """Whoever is in the room still is when it pauses or closes: that comes first."""
    if view.current is not None:
        return DoorState.CALLED if view.current.state is TokenState.CALLED else DoorState.SERVING
    if view.state is RoomState.OPEN:
        return DoorState.FREE
    return DoorState.PAUSED if view.state is RoomState.PAUSED else DoorState.CLOSED


# --- notices ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notice:
    """One text in one language."""

    text: str
    language: Language


def notices(site: SiteView, language: Language) -> tuple[Notice, ...]:
    """All that the site tells everybody, in the order in which it takes turns: all in the board's own language, then
    all in each other language of the site that they are written in."""
    return tuple(_notices(site, dict.fromkeys((language, site.default_language, *site.languages))))


def _notices(site: SiteView, languages: Collection[Language]) -> Iterator[Notice]:
    for language in languages:
        for one in site.notices:
            if one.get(language):
                yield Notice(one[language], language)
    for one in site.notices:
        if one and not any(one.get(language) for language in languages):
            yield Notice(*next((text, language) for language, text in one.items()))


def page(items: Sequence[Item], fits: int, at_s: float) -> tuple[Sequence[Item], int, int]:
    """The part of `items` that stands at a moment, its page from 0, and how many pages there are.

    Pages take turns, PAGE_S each. Every page is full: the last one repeats some of the page before.
    """
    pages = max(1, -(-len(items) // max(1, fits)))
    which = int(at_s // PAGE_S) % pages
    first = max(0, min(which * fits, len(items) - fits))
    return items[first : first + fits], which, pages


def each_s(pages: int) -> float:
    """How long each of so many pages of departments stands: the more there are the shorter, so that all come soon."""
    return PAGE_S if pages <= SLOW_PAGES else QUICK_S if pages <= _QUICK_PAGES else HURRIED_S


def turn_of(pages: int, at_s: float) -> int:
    """Which of the pages of departments stands, from 0."""
    return int(at_s // each_s(pages)) % pages


def _serving(rooms: Mapping[RoomId, RoomView], department: DepartmentId) -> list[RoomView]:
    return [room for room in rooms.values() if department in room.departments]


def _back_at(paused: Sequence[RoomView], now: datetime) -> datetime | None:
    """The earliest expected return that is still to come."""
    return min((room.back_at for room in paused if room.back_at is not None and room.back_at > now), default=None)
