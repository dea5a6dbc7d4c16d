"""The feed (WebSocket): what the hub sends to a reader."""

from datetime import datetime

from smartqueue.terms import Day, RoomId, Tick, UnitKind, UnitName
from smartqueue.wire.base import Message
from smartqueue.wire.views import BoardView, CallView, DepartmentView, RoomView, SiteView


class UnitView(Message, frozen=True, kw_only=True):
    """The unit that reads this feed, as its key says. room: the one a caller acts for; None for other kinds."""

    name: UnitName
    kind: UnitKind
    room: RoomId | None = None


class Hello(Message, tag="hello", frozen=True, kw_only=True):
    """First message of every connection. unit: who the hub takes the reader for; None for the public.

    insecure_lan: as in SiteView, for readers who go on from what they know and get no snapshot.
    """

    schema: int
    site: str
    epoch: str
    seq: int
    now: datetime
    unit: UnitView | None = None
    insecure_lan: bool = False


class Snapshot(Message, tag="snapshot", frozen=True, kw_only=True):
    """The state after `seq`; what follows continues from there."""

    seq: int
    board: BoardView


class Change(Message, tag="change", frozen=True, kw_only=True):
    """One event: what happened, and the new views of what it touched. Views replace those of the same id.

    kind: the event's name in lower case with underscores, e.g. `token_called`. call: set for a call or recall, and when
    one has been played. day: set when a new clinic day began; readers then forget all calls.
    """

    seq: int
    at: datetime
    kind: str
    call: CallView | None = None
    departments: list[DepartmentView] = []
    rooms: list[RoomView] = []
    site: SiteView | None = None
    day: Day | None = None


class Heartbeat(Message, tag="heartbeat", frozen=True, kw_only=True):
    """Units every second, others every 15. seq: the last one sent to this reader's audience."""

    seq: int
    tick: Tick
    now: datetime


class Identify(Message, tag="identify", frozen=True, kw_only=True):
    """To one unit alone: show which one you are. Asked for by `POST /units/{unit}/identify`; no event tells of it."""


FeedMessage = Hello | Snapshot | Change | Heartbeat | Identify
