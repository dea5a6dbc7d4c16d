"""What stands on one display: pure, from the site's public state, the announcement that is on and the time.

What a board says of calls, departments and doors is the same for all boards: smartqueue/board.py.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from display.announcer import Announcement, Called
from smartqueue.board import (
    HURRIED_S,
    KEPT,
    PAGE_S,
    QUICK_S,
    SLOW_PAGES,
    WHOLE,
    Break,
    Call,
    Door,
    DoorState,
    Layout,
    Line,
    Place,
    Wait,
    Way,
    Zone,
    breaks,
    door,
    first_opening,
    history,
    last_of,
    line,
    lines,
    page,
    place,
    shut,
    turn_of,
)
from smartqueue.picture import Picture
from smartqueue.terms import AnnouncementId, RoomId
from smartqueue.wire import CallView

__all__ = [
    "HURRIED_S",
    "PAGE_S",
    "QUICK_S",
    "SLOW_PAGES",
    "Board",
    "Break",
    "Call",
    "Card",
    "Door",
    "DoorState",
    "Layout",
    "Line",
    "Now",
    "Place",
    "Wait",
    "Way",
    "Zone",
    "board",
    "history",
    "hub_time",
    "line",
    "next_pulse_s",
    "page",
    "place",
    "pulse",
    "turn_of",
]

PULSE_S: Final = 5.0
PULSE_PERIOD_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Now:
    """The calls that are on, first called first. ring: the pulse's ring is drawn at this moment; they are steady."""

    calls: tuple[Call, ...]
    ring: bool

    @property
    def call(self) -> Call:
        """The first one; most often the only one."""
        return self.calls[0]


@dataclass(frozen=True, slots=True)
class Card:
    """A department and its last calls, newest first. must: so many of them have to be seen; others may."""

    line: Line
    calls: tuple[Call, ...]
    must: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """now: called now. history: earlier calls, newest first, as many as have to stand or fit. away_since: the moment
    that the picture is of, while the hub is away; what would be wrong by now is then withdrawn (departments, cards and
    breaks are empty, a door has no next). unknown: what this display is set to show and the site does not have."""

    now: Now | None
    history: tuple[Call, ...]
    departments: tuple[Line, ...]
    away_since: datetime | None
    cards: tuple[Card, ...] = ()
    breaks: tuple[Break, ...] = ()
    door: Door | None = None
    unknown: tuple[str, ...] = ()
    recent: bool = False
    """Somebody may still be looking for the last call."""

    @property
    def emergencies(self) -> tuple[str, ...]:
        """Letters of the departments in which somebody goes before all others."""
        return tuple(one.letter for one in self.departments if one.emergency)

    @property
    def shut(self) -> bool:
        """Every department is closed."""
        return shut(self.departments)

    @property
    def opens_at(self) -> str | None:
        """When the first of the closed departments opens today, `HH:MM`."""
        return first_opening(self.departments)


def hub_time(picture: Picture, now_s: float, wall: datetime) -> datetime:
    """The hub's time at the monotonic moment `now_s`; our own wall clock's while the hub was not heard yet."""
    if picture.received_at is None:
        return wall
    return picture.hub_now + timedelta(seconds=now_s - picture.received_at)


def pulse(standing_s: float) -> bool:
    """Whether the ring is drawn: on in the first half of each second, five times, then never again."""
    return 0 <= standing_s < PULSE_S and standing_s % PULSE_PERIOD_S < PULSE_PERIOD_S / 2


def next_pulse_s(standing_s: float) -> float | None:
    """Seconds until the ring changes; None when the pulse is over."""
    if standing_s >= PULSE_S:
        return None
    half = PULSE_PERIOD_S / 2
    return half - standing_s % half


def _summoned(called: Called, picture: Picture, zone: Zone) -> Call:
    return Call(called.label, place(called.room, picture.rooms, zone.ways), language=called.language)


def board(
    picture: Picture,
    now: datetime,
    *,
    rows: int,
    on: tuple[Announcement, float] | None = None,
    pending: Collection[AnnouncementId] = (),
    away: bool = False,
    zone: Zone = WHOLE,
    room: RoomId | None = None,
) -> Board:
    """The board at a moment. now: the hub's time. on: the announcement that stands and for how many seconds.

    rows: how many earlier calls the screen shows at once, on a card for each of them. pending: announcements that wait
    for their turn. room: the one at whose door this display hangs.
    """
    standing = None
    if on is not None:
        announcement, for_s = on
        standing = Now(tuple(_summoned(one, picture, zone) for one in announcement.calls), pulse(for_s))
    called = {call.label for call in standing.calls} if standing is not None else set()
    ours = [call for call in picture.calls if zone.shows(call)]
    said = lines(picture, zone, now)

    def earlier(most: int) -> list[CallView]:
        return history(ours, now, rows=most, hidden=pending, on=called)

    def shown(calls: Sequence[CallView]) -> tuple[Call, ...]:
        return tuple(Call(one.label, place(one.room, picture.rooms, zone.ways), one.department) for one in calls)

    must = {call.announcement for call in earlier(0)}
    whole = earlier(len(ours))

    def card(about: Line) -> Card:
        own = last_of(whole, about.id, rows, must)
        return Card(about, shown(own), sum(call.announcement in must for call in own))

    here = door(picture, room, now) if room is not None else None
    return Board(
        now=standing,
        history=shown(earlier(rows)),
        departments=() if away else said,
        away_since=picture.hub_now if away else None,
        cards=() if away else tuple(card(one) for one in said),
        breaks=() if away else breaks(picture, zone, said, now),
        door=here.withdrawn() if here is not None and away else here,
        unknown=zone.unknown(picture),
        recent=any(now - call.at < KEPT for call in ours),
    )
