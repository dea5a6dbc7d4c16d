"""Results: what a command gives its asker, before `hub/answers.py` puts it on the wire."""

from dataclasses import dataclass

from hub.domain.events import Event, Promise
from smartqueue.terms import (
    AnnouncementId,
    AppointmentId,
    CommandId,
    Day,
    DepartmentId,
    Instant,
    Label,
    LeaseId,
    OperatorId,
    Priority,
    RoomId,
    RoomState,
    TokenId,
    TokenState,
)


@dataclass(frozen=True, slots=True)
class Issued:
    token: TokenId
    label: Label
    department: DepartmentId
    issued_at: Instant
    ahead: int
    wait: Promise | None


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
class Prioritised:
    """A token and its priority after the command."""

    token: TokenId
    label: Label
    priority: Priority


@dataclass(frozen=True, slots=True)
class RoomNow:
    room: RoomId
    state: RoomState


@dataclass(frozen=True, slots=True)
class RoomStaffed:
    """Who works in a room and for which departments."""

    room: RoomId
    operator: OperatorId | None
    departments: tuple[DepartmentId, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """current: the room's token now, after its last command was taken back."""

    room: RoomId
    current: TokenId | None
    label: Label | None


@dataclass(frozen=True, slots=True)
class OperatorNow:
    operator: OperatorId
    available: bool
    back_at: Instant | None


@dataclass(frozen=True, slots=True)
class IssuingNow:
    """last: label of the last token of the day, where issuing has stopped."""

    department: DepartmentId
    issuing: bool
    last: Label | None


@dataclass(frozen=True, slots=True)
class Leased:
    """A block of numbers. used: those that have been taken over already."""

    lease: LeaseId
    department: DepartmentId
    day: Day
    letter: str
    first: int
    last: int
    skip: tuple[int, ...]
    used: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """One token of a kiosk's block. joined: it has a place; False = its day was over, it ended unserved.

    repeated: it had been taken over before. conflict: its number is not one of the block, or another token has it; it
    has no place, and somebody must look after the person. token: None where it has none.
    """

    number: int
    command_id: CommandId
    label: Label
    token: TokenId | None
    joined: bool
    repeated: bool
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class MergeDone:
    lease: LeaseId
    tokens: tuple[Merged, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    appointment: AppointmentId
    department: DepartmentId
    at: Instant


@dataclass(frozen=True, slots=True)
class Imported:
    """How many were new, how many changed one that was known, how many were there already just so."""

    booked: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Acknowledged:
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing to tell but that it is done."""


Result = (
    Issued
    | Called
    | TokenNow
    | Prioritised
    | RoomNow
    | RoomStaffed
    | Undone
    | OperatorNow
    | IssuingNow
    | Leased
    | MergeDone
    | Booked
    | Imported
    | Acknowledged
    | Done
)


@dataclass(frozen=True, slots=True)
class Decision:
    """events: what will have happened once they are durable; may be empty."""

    events: tuple[Event, ...]
    result: Result
