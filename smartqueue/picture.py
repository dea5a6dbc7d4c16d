"""The picture a unit has of its site: a pure reducer of feed messages.

A reader keeps one `Picture` and replaces it by `reduce(...)` for each message. Nothing here knows a clock or a socket.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from smartqueue.terms import Day, DepartmentId, RoomId, Tick
from smartqueue.wire import (
    CallView,
    Change,
    DepartmentView,
    FeedMessage,
    Heartbeat,
    Hello,
    Identify,
    RoomView,
    SiteView,
    Snapshot,
)

CALLS_KEPT = 20


class Gap(Exception):
    """Messages are missing between the picture and the feed: connect again and take a snapshot."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """The site as of `seq`. departments and rooms keep the site's order; calls are newest first, at most 20."""

    epoch: str
    seq: int
    tick: Tick | None
    """Of the last heartbeat; None before the first one and after a start from the store."""
    hub_now: datetime
    """The hub's wall clock when it was last heard; what "as of 10:42" shows."""
    received_at: float | None
    """Monotonic seconds of the last message; None after a start from the store."""
    site: SiteView
    day: Day
    departments: dict[DepartmentId, DepartmentView]
    rooms: dict[RoomId, RoomView]
    calls: tuple[CallView, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a message changed. everything: a snapshot replaced it all, whatever it was before."""

    everything: bool = False
    site: bool = False
    day: bool = False
    departments: frozenset[DepartmentId] = field(default_factory=frozenset)
    rooms: frozenset[RoomId] = field(default_factory=frozenset)
    call: CallView | None = None

    def __bool__(self) -> bool:
        parts = (self.everything, self.site, self.day, self.departments, self.rooms, self.call)
        return any(bool(part) for part in parts)


NOTHING = Changed()


def resumes(picture: Picture | None, hello: Hello) -> bool:
    """Whether this hub's feed can go on from the picture. If not, a snapshot must follow."""
    if picture is None:
        return False
    return picture.epoch == hello.epoch and picture.site.id == hello.site and picture.seq <= hello.seq


def reduce(picture: Picture | None, hello: Hello, message: FeedMessage, at: float) -> tuple[Picture | None, Changed]:
    """The picture after this message of the feed that began with `hello`, and what changed.

    at: monotonic seconds of arrival. Until a needed snapshot has come the old picture stays as it is.
    Raises Gap when messages are missing.
    """
    match message:
        case Hello():
            return _after_hello(picture, message, at)
        case Snapshot():
            return _from_snapshot(hello, message, at), Changed(everything=True)
        case Change():
            return _after_change(_continued(picture, hello), message, at)
        case Heartbeat():
            return _after_heartbeat(_continued(picture, hello), message, at), NOTHING
        case Identify():
            return picture, NOTHING


def _after_hello(picture: Picture | None, hello: Hello, at: float) -> tuple[Picture | None, Changed]:
    """Whether the hub listens without TLS is no event: only the greeting tells it to who has missed nothing."""
    if picture is None or not resumes(picture, hello):
        return picture, NOTHING
    after = msgspec.structs.replace(picture, hub_now=hello.now, received_at=at)
    if hello.insecure_lan == picture.site.insecure_lan:
        return after, NOTHING
    site = msgspec.structs.replace(picture.site, insecure_lan=hello.insecure_lan)
    return msgspec.structs.replace(after, site=site), Changed(site=True)


def _continued(picture: Picture | None, hello: Hello) -> Picture:
    """The picture that this feed goes on from; by now it may be ahead of where the hub was at its hello."""
    if picture is None or (picture.epoch, picture.site.id) != (hello.epoch, hello.site):
        raise Gap("The feed goes on without the snapshot that this reader needs.")
    return picture


def _from_snapshot(hello: Hello, snapshot: Snapshot, at: float) -> Picture:
    board = snapshot.board
    return Picture(
        epoch=hello.epoch,
        seq=snapshot.seq,
        tick=None,
        hub_now=hello.now,
        received_at=at,
        site=board.site,
        day=board.day,
        departments={view.id: view for view in board.departments},
        rooms={view.id: view for view in board.rooms},
        calls=tuple(board.calls[:CALLS_KEPT]),
    )


def _after_change(picture: Picture, change: Change, at: float) -> tuple[Picture, Changed]:
    if change.seq <= picture.seq:
        return msgspec.structs.replace(picture, received_at=at), NOTHING
    new_day = change.day is not None and change.day != picture.day
    after = msgspec.structs.replace(
        picture,
        seq=change.seq,
        hub_now=max(change.at, picture.hub_now),
        received_at=at,
        site=change.site or picture.site,
        day=change.day or picture.day,
        departments=picture.departments | {view.id: view for view in change.departments},
        rooms=picture.rooms | {view.id: view for view in change.rooms},
        calls=_calls(() if new_day else picture.calls, change.call),
    )
    return after, Changed(
        site=change.site is not None,
        day=new_day,
        departments=frozenset(view.id for view in change.departments),
        rooms=frozenset(view.id for view in change.rooms),
        call=change.call,
    )


def _after_heartbeat(picture: Picture, beat: Heartbeat, at: float) -> Picture:
    if beat.seq > picture.seq:
        raise Gap(f"The hub has sent up to {beat.seq}, this reader has {picture.seq}.")
    return msgspec.structs.replace(picture, tick=beat.tick, hub_now=beat.now, received_at=at)


def _calls(calls: Iterable[CallView], call: CallView | None) -> tuple[CallView, ...]:
    """With this call: in its old place when it is only news of one already there, else in front."""
    kept = tuple(calls)
    if call is None:
        return kept
    if any(one.announcement == call.announcement for one in kept):
        return tuple(call if one.announcement == call.announcement else one for one in kept)
    return (call, *kept)[:CALLS_KEPT]


def dump(picture: Picture) -> dict[str, object]:
    """For the unit's store: plain JSON values, without what means nothing in another process."""
    plain: dict[str, object] = msgspec.to_builtins(msgspec.structs.replace(picture, tick=None, received_at=None))
    return plain


def restore(plain: object) -> Picture | None:
    """A stored picture, or None when there is none or an older build wrote it differently."""
    try:
        return msgspec.convert(plain, Picture) if plain is not None else None
    except msgspec.ValidationError:
        return None
