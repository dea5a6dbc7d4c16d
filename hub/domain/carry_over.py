"""What one clinic day leaves to the next: parts of `DayOpened`, for ever, as events are."""

from dataclasses import dataclass, field

from hub.domain.configuration import PlanStep
from smartqueue.terms import (
    AppointmentId,
    CommandId,
    ContactId,
    Day,
    DepartmentId,
    EntryKind,
    Instant,
    Label,
    Language,
    LeaseId,
    Need,
    OperatorId,
    Priority,
    PriorityReason,
    RoomId,
    TokenId,
    TokenState,
    UnitName,
    VisitTypeId,
)


@dataclass(frozen=True, slots=True)
class CarriedToken:
    """A token of an `always_open` department as the old day leaves it to the new one. Fields as in `clinic.Token`."""

    id: TokenId
    label: Label
    department: DepartmentId
    language: Language
    needs: tuple[Need, ...]
    priority: Priority
    trial: bool
    issued_at: Instant
    entered_at: Instant
    entry: int
    base: Instant
    first_base: Instant
    credit_ms: int
    came_by: EntryKind
    state: TokenState
    room: RoomId | None
    called_at: Instant
    first_called_at: Instant
    attempt: int
    returns: int
    no_show_at: Instant
    doctor: OperatorId | None
    plan: tuple[PlanStep, ...]
    priority_reason: PriorityReason = PriorityReason.NONE
    contact: ContactId | None = None
    contact_language: Language | None = None


@dataclass(frozen=True, slots=True)
class KnownLease:
    """A block of numbers that still counts when a day opens. used: command of the touch -> token, by number."""

    id: LeaseId
    kiosk: UnitName
    department: DepartmentId
    day: Day
    first: int
    last: int
    granted_at: Instant
    used: dict[int, tuple[CommandId, TokenId]] = field(default_factory=dict)
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class KnownAppointment:
    """An appointment of today or later when a day opens. Fields as in `AppointmentBooked`."""

    id: AppointmentId
    department: DepartmentId
    at: Instant
    doctor: OperatorId | None
    language: Language | None
    needs: tuple[Need, ...]
    visit_type: VisitTypeId | None
    reference: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What earlier days taught about a department. mean_s: of one departure's busy time; served: how many it rests on.

    hits: for the last 200 calls, oldest first, whether the unrounded q10-q90 that was promised held.
    """

    mean_s: float
    served: int
    hits: tuple[bool, ...] = ()
