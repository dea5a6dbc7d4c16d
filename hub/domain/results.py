"""Results: what a command gives its asker, before `hub/answers.py` puts it on the wire."""

from dataclasses import dataclass

from hub.domain.events import Event
from smartqueue.terms import AnnouncementId, DepartmentId, Instant, Label, RoomId, RoomState, TokenId, TokenState


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Seconds until the call, unrounded. method: `cold` = configured minutes (queue-rules, Estimates)."""

    low_s: int
    high_s: int
    method: str = "cold"


@dataclass(frozen=True, slots=True)
class Issued:
    token: TokenId
    label: Label
    department: DepartmentId
    issued_at: Instant
    ahead: int
    wait: WaitRange | None


@dataclass(frozen=True, slots=True)
class Called:
    """The room's current token after the command. repeated: nothing changed, the same press was obeyed before."""

    room: RoomId
    token: TokenId | None
    label: Label | None
    attempt: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class TokenNow:
    token: TokenId
    label: Label
    state: TokenState
    room: RoomId | None


@dataclass(frozen=True, slots=True)
class RoomNow:
    room: RoomId
    state: RoomState


@dataclass(frozen=True, slots=True)
class Acknowledged:
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing to tell but that it is done."""


Result = Issued | Called | TokenNow | RoomNow | Acknowledged | Done


@dataclass(frozen=True, slots=True)
class Decision:
    """events: what will have happened once they are durable; may be empty."""

    events: tuple[Event, ...]
    result: Result
