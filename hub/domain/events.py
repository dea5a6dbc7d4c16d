"""Events: what has happened, for ever. A field never changes its meaning; new fields come with a default.

No names, phone numbers or free text: those lie in side tables. Documented in docs/commands-and-events.md.
"""

from dataclasses import dataclass, field

from hub.domain.configuration import Department, Operator, Room, Site, Unit
from smartqueue.terms import (
    AnnouncementId,
    CallReason,
    CancelReason,
    Day,
    DepartmentId,
    Instant,
    Label,
    Language,
    Need,
    Priority,
    PriorityReason,
    RoomId,
    RoomState,
    TokenId,
)


@dataclass(frozen=True, slots=True)
class SiteConfigured:
    site: Site
    departments: tuple[Department, ...]
    rooms: tuple[Room, ...]
    operators: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class UnitAdmitted:
    unit: Unit


@dataclass(frozen=True, slots=True)
class DayClosed:
    """unserved: every token that was still open; they end so."""

    day: Day
    unserved: tuple[TokenId, ...]


@dataclass(frozen=True, slots=True)
class DayOpened:
    """The first event of a clinic day. It carries all that outlives a day: the replay of a day starts here."""

    day: Day
    site: Site
    departments: tuple[Department, ...]
    rooms: tuple[Room, ...]
    operators: tuple[Operator, ...]
    units: tuple[Unit, ...]
    room_states: dict[RoomId, RoomState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DepartmentOpened:
    department: DepartmentId


@dataclass(frozen=True, slots=True)
class DepartmentClosed:
    department: DepartmentId


@dataclass(frozen=True, slots=True)
class TokenIssued:
    """ahead, low_s, high_s: what was promised; None where no range could be given."""

    token: TokenId
    department: DepartmentId
    label: Label
    number: int
    language: Language
    needs: tuple[Need, ...]
    priority: Priority
    priority_reason: PriorityReason
    trial: bool
    ahead: int
    low_s: int | None
    high_s: int | None


@dataclass(frozen=True, slots=True)
class TokenCalled:
    """A token was summoned to a room. attempt: 1 = call, 2.. = recalls; reason: why this one (queue-rules, rule 7).

    overtook: normal tokens that had entered this queue earlier and could have been called.
    """

    token: TokenId
    room: RoomId
    attempt: int
    reason: CallReason
    overtook: tuple[TokenId, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceStarted:
    """implied: nobody pressed Start; left out of service-time statistics."""

    token: TokenId
    room: RoomId
    implied: bool = False


@dataclass(frozen=True, slots=True)
class ServiceFinished:
    token: TokenId
    room: RoomId


@dataclass(frozen=True, slots=True)
class NoShowMarked:
    """Called and did not come."""

    token: TokenId
    room: RoomId


@dataclass(frozen=True, slots=True)
class TokenCancelled:
    token: TokenId
    reason: CancelReason


@dataclass(frozen=True, slots=True)
class RoomOpened:
    room: RoomId


@dataclass(frozen=True, slots=True)
class RoomPaused:
    room: RoomId
    back_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class RoomClosed:
    room: RoomId


@dataclass(frozen=True, slots=True)
class AnnouncementPlayed:
    """The first display that played it; heard: False = shown without sound."""

    announcement: AnnouncementId
    heard: bool


Event = (
    SiteConfigured
    | UnitAdmitted
    | DayClosed
    | DayOpened
    | DepartmentOpened
    | DepartmentClosed
    | TokenIssued
    | TokenCalled
    | ServiceStarted
    | ServiceFinished
    | NoShowMarked
    | TokenCancelled
    | RoomOpened
    | RoomPaused
    | RoomClosed
    | AnnouncementPlayed
)
