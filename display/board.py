"""What stands on the board: pure, from the site's public state, the announcement that is on and the time.

Never a name: a BoardView has none. Rules: experience.md, Display.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from display.announcer import Announcement
from smartqueue.picture import Picture
from smartqueue.terms import AnnouncementId, DepartmentId, Label, RoomId, RoomKind, RoomState
from smartqueue.wire import CallView, DepartmentView, Names, RoomView

Item = TypeVar("Item")

KEPT: Final = timedelta(minutes=3)
"""A call stays in the history at least this long, and at least until NEWER_CALLS have come after it."""
NEWER_CALLS: Final = 4
PULSE_S: Final = 5.0
PULSE_PERIOD_S: Final = 1.0
PAGE_S: Final = 6.0
"""How long one page stands where there is more than fits."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: the word for `kind`, then the number."""

    room: RoomId
    kind: RoomKind
    number: str


@dataclass(frozen=True, slots=True)
class Call:
    """A label and where it was called to."""

    label: Label
    place: Place


@dataclass(frozen=True, slots=True)
class Now:
    """The calls that are on, first called first. ring: the pulse's ring is drawn at this moment; they are steady."""

    calls: tuple[Call, ...]
    ring: bool

    @property
    def call(self) -> Call:
        """The first one; most often the only one."""
        return self.calls[0]


class Wait(StrEnum):
    """What can be said of a department's waiting time."""

    RANGE = "range"
    WAITING = "waiting"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """One department. low_min, high_min: of a RANGE. waiting: tokens.

    back_at: when a PAUSED one goes on; opens_at: when a CLOSED one opens today, `HH:MM`; None where nobody knows.
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


@dataclass(frozen=True, slots=True)
class Board:
    """now: called now. history: earlier calls, newest first, as many as have to stand or fit. away_since: the moment
    that the picture is of, while the hub is away; the ranges are then withdrawn (departments is empty)."""

    now: Now | None
    history: tuple[Call, ...]
    departments: tuple[Line, ...]
    away_since: datetime | None


def hub_time(picture: Picture, now_s: float, wall: datetime) -> datetime:
    """The hub's time at the monotonic moment `now_s`; our own wall clock's while the hub was not heard yet."""
    if picture.received_at is None:
        return wall
    return picture.hub_now + timedelta(seconds=now_s - picture.received_at)


def place(room: RoomId, rooms: Mapping[RoomId, RoomView]) -> Place:
    """Where a call leads; of a room that is no longer there its id has to say it: `room-3`, `window-12`."""
    view = rooms.get(room)
    if view is not None:
        return Place(room, view.kind, view.number)
    kind = next((kind for kind in RoomKind if room.startswith(f"{kind}-")), RoomKind.ROOM)
    return Place(room, kind, room.removeprefix(f"{kind}-"))


def pulse(standing_s: float) -> bool:
    """Whether the ring is drawn: on in the first half of each second, five times, then never again."""
    return 0 <= standing_s < PULSE_S and standing_s % PULSE_PERIOD_S < PULSE_PERIOD_S / 2


def next_pulse_s(standing_s: float) -> float | None:
    """Seconds until the ring changes; None when the pulse is over."""
    if standing_s >= PULSE_S:
        return None
    half = PULSE_PERIOD_S / 2
    return half - standing_s % half


def history(
    calls: Sequence[CallView], now: datetime, *, rows: int, hidden: Collection[AnnouncementId], on: Collection[Label]
) -> list[CallView]:
    """The calls that stand beside the one that is on, newest first; each label once, where it was called last.

    calls: newest first. hidden: calls that still wait for their announcement. on: the labels that are on now; they
    count as newer calls. Fills `rows`; beyond them stand those that have not had NEWER_CALLS after them or are younger
    than KEPT.
    """
    standing: list[CallView] = []
    seen = set(on)
    newer = len(seen)
    for call in calls:
        if call.announcement in hidden or call.label in seen:
            continue
        if len(standing) < rows or newer < NEWER_CALLS or now - call.at < KEPT:
            standing.append(call)
        seen.add(call.label)
        newer += 1
    return standing


def line(department: DepartmentView, rooms: Mapping[RoomId, RoomView], now: datetime) -> Line:
    """What is said of one department: its range, or why there is none."""
    about = Line(
        id=department.id,
        letter=department.letter,
        ground=department.ground,
        names=department.names,
        wait=Wait.WAITING,
        waiting=department.waiting,
    )
    if not department.open:
        return replace(about, wait=Wait.CLOSED, opens_at=department.opens_at)
    serving = [room for room in rooms.values() if department.id in room.departments]
    manned = [room for room in serving if room.state is not RoomState.CLOSED]
    if manned and all(room.state is RoomState.PAUSED for room in manned):
        return replace(about, wait=Wait.PAUSED, back_at=_back_at(manned, now))
    if department.estimate is not None:
        low, high = department.estimate.low_min, department.estimate.high_min
        return replace(about, wait=Wait.RANGE, low_min=low, high_min=high)
    return about


def board(
    picture: Picture,
    now: datetime,
    *,
    rows: int,
    on: tuple[Announcement, float] | None = None,
    pending: Collection[AnnouncementId] = (),
    away: bool = False,
) -> Board:
    """The board at a moment. now: the hub's time. on: the announcement that stands and for how many seconds.

    rows: how many earlier calls the screen shows at once. pending: announcements that wait for their turn.
    """
    standing = None
    if on is not None:
        announcement, for_s = on
        summoned = tuple(Call(one.label, place(one.room, picture.rooms)) for one in announcement.calls)
        standing = Now(summoned, pulse(for_s))
    called = [call.label for call in standing.calls] if standing is not None else []
    earlier = history(picture.calls, now, rows=rows, hidden=pending, on=called)
    return Board(
        now=standing,
        history=tuple(Call(call.label, place(call.room, picture.rooms)) for call in earlier),
        departments=() if away else tuple(line(one, picture.rooms, now) for one in picture.departments.values()),
        away_since=picture.hub_now if away else None,
    )


def page(items: Sequence[Item], fits: int, at_s: float) -> tuple[Sequence[Item], int, int]:
    """The part of `items` that stands at a moment, its page from 0, and how many pages there are.

    Pages take turns, PAGE_S each. Every page is full: the last one repeats some of the page before.
    """
    pages = max(1, -(-len(items) // max(1, fits)))
    which = int(at_s // PAGE_S) % pages
    first = max(0, min(which * fits, len(items) - fits))
    return items[first : first + fits], which, pages


def _back_at(paused: Sequence[RoomView], now: datetime) -> datetime | None:
    """The earliest expected return that is still to come."""
    return min((room.back_at for room in paused if room.back_at is not None and room.back_at > now), default=None)
