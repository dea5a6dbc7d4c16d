"""Commands: what is asked. Each is decided by `decide` and documented in docs/commands-and-events.md."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from hub.domain.configuration import Department, Operator, Room, Site, Unit
from smartqueue.terms import (
    AnnouncementId,
    CancelReason,
    DepartmentId,
    Instant,
    Language,
    Need,
    Outcome,
    Priority,
    RoomId,
    Tick,
    TokenId,
)


class Unchecked(Enum):
    """`after` was left out: the asker (a console) doesn't say which token it believes is current."""

    UNCHECKED = "unchecked"


UNCHECKED: Final = Unchecked.UNCHECKED


@dataclass(frozen=True, slots=True)
class ConfigureSite:
    """The whole configuration at once; refused as a whole with every mistake named."""

    site: Site
    departments: tuple[Department, ...]
    rooms: tuple[Room, ...]
    operators: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class AdmitUnit:
    unit: Unit


@dataclass(frozen=True, slots=True)
class IssueToken:
    """token: a new opaque id. priority: None = as the needs give it. trial: made for trials, left out of reports."""

    token: TokenId
    department: DepartmentId
    language: Language | None = None
    needs: tuple[Need, ...] = ()
    priority: Priority | None = None
    trial: bool = False


@dataclass(frozen=True, slots=True)
class CallNext:
    """The button Next. after: the token that the presser believes is current; None = nobody."""

    room: RoomId
    after: TokenId | Unchecked | None = UNCHECKED
    tick: Tick | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """Repeats the open call in the same room. room: the only one in which the asker may act; None = any."""

    token: TokenId
    tick: Tick | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class StartService:
    token: TokenId
    tick: Tick | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class FinishService:
    token: TokenId
    tick: Tick | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class MarkNoShow:
    token: TokenId
    tick: Tick | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class CancelToken:
    """only_waiting, only_trial: the asker may take back nothing else."""

    token: TokenId
    reason: CancelReason
    tick: Tick | None = None
    only_waiting: bool = False
    only_trial: bool = False


@dataclass(frozen=True, slots=True)
class OpenRoom:
    room: RoomId
    tick: Tick | None = None


@dataclass(frozen=True, slots=True)
class PauseRoom:
    """back_at: expected return."""

    room: RoomId
    back_at: Instant | None = None
    tick: Tick | None = None


@dataclass(frozen=True, slots=True)
class CloseRoom:
    room: RoomId
    tick: Tick | None = None


@dataclass(frozen=True, slots=True)
class AcknowledgeAnnouncement:
    """heard: False = shown, but there was no sound."""

    announcement: AnnouncementId
    heard: bool = True


@dataclass(frozen=True, slots=True)
class FollowClock:
    """Nothing is asked but that the day and the opening hours follow the time."""


Command = (
    ConfigureSite
    | AdmitUnit
    | IssueToken
    | CallNext
    | Recall
    | StartService
    | FinishService
    | MarkNoShow
    | CancelToken
    | OpenRoom
    | PauseRoom
    | CloseRoom
    | AcknowledgeAnnouncement
    | FollowClock
)
