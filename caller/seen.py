"""The unit's room as the feed shows it: pure, from the client's picture."""

from dataclasses import dataclass

from smartqueue.picture import Picture
from smartqueue.terms import Label, RoomId, RoomState, Tick, TokenId, TokenState
from smartqueue.wire import RoomView

SILENT_S = 3.0
"""A hub whose last heartbeat is older is away: it would refuse the tick of a press."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The room as it was last known.

    away: no hub is heard, what follows may be old. heard_at: monotonic seconds of the last heartbeat. called: the token
    was summoned and is not in the room yet. called_age_s: since its last call or recall.
    """

    away: bool = True
    heard_at: float = float("-inf")
    tick: Tick | None = None
    room: RoomId | None = None
    state: RoomState = RoomState.CLOSED
    token: TokenId | None = None
    label: Label | None = None
    called: bool = False
    called_age_s: float = 0.0
    attempt: int = 0
    waiting: int = 0

    @property
    def can_order(self) -> bool:
        return not self.away and self.room is not None and self.tick is not None


NOTHING = Seen()


def seen(picture: Picture | None, room: RoomId | None, heard_at: float, now: float) -> Seen:
    """The room at that time. heard_at: of the last heartbeat, minus infinity while the link is not up."""
    view = picture.rooms.get(room) if picture is not None and room is not None else None
    if picture is None or view is None:
        return NOTHING
    away = now - heard_at >= SILENT_S
    current = view.current
    if current is None:
        return Seen(away, heard_at, picture.tick, view.id, view.state, waiting=view.waiting)
    return Seen(
        away=away,
        heard_at=heard_at,
        tick=picture.tick,
        room=view.id,
        state=view.state,
        token=TokenId(current.token) if current.token else None,
        label=current.label,
        called=current.state is TokenState.CALLED,
        called_age_s=_called_age_s(picture, view, now),
        attempt=current.attempt,
        waiting=view.waiting,
    )


def _called_age_s(picture: Picture, view: RoomView, now: float) -> float:
    """By the hub's clock, which goes on since it was last heard."""
    if view.current is None or picture.received_at is None:
        return 0.0
    hub_now_age_s = max(0.0, now - picture.received_at)
    return max(0.0, (picture.hub_now - view.current.called_at).total_seconds() + hub_now_age_s)
