"""The unit's room as the feed shows it: pure, from the client's picture."""

from dataclasses import dataclass

from smartqueue.picture import Picture
from smartqueue.terms import Care, Label, RoomId, RoomState, Tick, TokenId, TokenState
from smartqueue.wire import RoomView

SILENT_S = 3.0
"""A hub whose last heartbeat is older is away: it would refuse the tick of a press."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A heartbeat of the hub. at: monotonic seconds when it was heard."""

    at: float
    tick: Tick


@dataclass(frozen=True, slots=True)
class Seen:
    """The room as it was last known.

    away: no hub is heard, what follows may be old. beats: the last heartbeats, oldest first; none while the link is
    down. called: the token was summoned and is not in the room yet. called_age_s: since its last call or recall. care:
    what the token's needs ask for.
    """

    away: bool = True
    beats: tuple[Beat, ...] = ()
    room: RoomId | None = None
    state: RoomState = RoomState.CLOSED
    token: TokenId | None = None
    label: Label | None = None
    called: bool = False
    called_age_s: float = 0.0
    attempt: int = 0
    waiting: int = 0
    care: Care | None = None

    @property
    def heard_at(self) -> float:
        """Monotonic seconds of the last heartbeat; minus infinity without one."""
        return self.beats[-1].at if self.beats else float("-inf")

    def tick_at(self, at: float) -> Tick | None:
        """Of the last heartbeat that had been heard at that time: what a press that was made then carries.

        A newer one would make the press look younger to the hub than it is.
        """
        return next((beat.tick for beat in reversed(self.beats) if beat.at <= at), None)


NOTHING = Seen()


def seen(picture: Picture | None, room: RoomId | None, beats: tuple[Beat, ...], now: float) -> Seen:
    """The room at that time. beats: as in `Seen`."""
    view = picture.rooms.get(room) if picture is not None and room is not None else None
    if picture is None or view is None:
        return NOTHING
    away = not beats or now - beats[-1].at >= SILENT_S
    current = view.current
    if current is None:
        return Seen(away, beats, view.id, view.state, waiting=view.waiting)
    return Seen(
        away=away,
        beats=beats,
        room=view.id,
        state=view.state,
        token=TokenId(current.token) if current.token else None,
        label=current.label,
        called=current.state is TokenState.CALLED,
        called_age_s=_called_age_s(picture, view, now),
        attempt=current.attempt,
        waiting=view.waiting,
        care=current.care,
    )


def _called_age_s(picture: Picture, view: RoomView, now: float) -> float:
    """By the hub's clock, which goes on since it was last heard."""
    if view.current is None or picture.received_at is None:
        return 0.0
    hub_now_age_s = max(0.0, now - picture.received_at)
    return max(0.0, (picture.hub_now - view.current.called_at).total_seconds() + hub_now_age_s)
