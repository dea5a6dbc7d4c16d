"""Events: what has happened, for ever. A field never changes its meaning; new fields come with a default.

No names, phone numbers or free text: those lie in side tables. Documented in docs/commands-and-events.md.
"""

from dataclasses import dataclass, field

from hub.domain.carry_over import CarriedToken, KnownAppointment, KnownLease, Learned
from hub.domain.configuration import Department, Operator, PlanStep, Room, Site, Unit
from smartqueue.terms import (
    AnnouncementId,
    AppointmentId,
    CallReason,
    CancelReason,
    ChoiceReason,
    CommandId,
    ContactId,
    Day,
    DepartmentId,
    EstimateMethod,
    Instant,
    Label,
    Language,
    LeaseId,
    Need,
    OperatorId,
    ParkReason,
    Priority,
    PriorityReason,
    RoomId,
    RoomState,
    TokenId,
    UnitName,
    VisitTypeId,
)

# --- the site and its days ----------------------------------------------------------------------------


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
class UnitForgotten:
    unit: UnitName


@dataclass(frozen=True, slots=True)
class UnitBound:
    """room: the one that this caller unit acts for from now on."""

    unit: UnitName
    room: RoomId


@dataclass(frozen=True, slots=True)
class DayClosed:
    """unserved: every token that was still open; they end so. carried: those that live on. missed: appointments."""

    day: Day
    unserved: tuple[TokenId, ...]
    carried: tuple[TokenId, ...] = ()
    missed: tuple[AppointmentId, ...] = ()


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
    carried: tuple[CarriedToken, ...] = ()
    leases: tuple[KnownLease, ...] = ()
    appointments: tuple[KnownAppointment, ...] = ()
    learned: dict[DepartmentId, Learned] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DepartmentOpened:
    department: DepartmentId


@dataclass(frozen=True, slots=True)
class DepartmentClosed:
    department: DepartmentId


@dataclass(frozen=True, slots=True)
class IssuingStopped:
    """No more tokens today. last: label of the last one. full: because who waits fills the time until closing."""

    department: DepartmentId
    last: Label | None
    full: bool


@dataclass(frozen=True, slots=True)
class IssuingResumed:
    """Tokens again, whatever the estimates say, for the rest of the day."""

    department: DepartmentId


# --- people -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShiftBegan:
    """An operator's working hours began. room: where."""

    operator: OperatorId
    room: RoomId | None


@dataclass(frozen=True, slots=True)
class ShiftEnded:
    operator: OperatorId


@dataclass(frozen=True, slots=True)
class AvailabilitySet:
    operator: OperatorId
    available: bool
    back_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class RoomAssigned:
    """operator: leaves the room where it worked before. departments: None = as configured."""

    room: RoomId
    operator: OperatorId | None
    departments: tuple[DepartmentId, ...] | None = None


# --- tokens -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Promise:
    """What was said about the wait when a token was issued: seconds until the call, at these quantiles."""

    q10: int
    q20: int
    q50: int
    q85: int
    q90: int
    method: EstimateMethod
    ahead: int


@dataclass(frozen=True, slots=True)
class TokenIssued:
    """ahead, low_s, high_s: what was shown; None where no range could be given. promise: the same in full.

    base: instant its seniority counts from, entered_at: of its entry into the queue; None = now. appointment: it was
    one. lease: it was issued by a kiosk that was alone. plan: what follows. override: who put aside quota or closing.
    offline_id: the command of the touch, for a token from a lease.
    """

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
    promise: Promise | None = None
    base: Instant | None = None
    entered_at: Instant | None = None
    doctor: OperatorId | None = None
    plan: tuple[PlanStep, ...] = ()
    visit_type: VisitTypeId | None = None
    appointment: AppointmentId | None = None
    lease: LeaseId | None = None
    offline_id: CommandId | None = None
    override: OperatorId | None = None


@dataclass(frozen=True, slots=True)
class TokenCalled:
    """A token was summoned to a room. attempt: 1 = call, 2.. = recalls; reason: why this one (queue-rules, rule 7).

    overtook: normal tokens that had entered this queue earlier and could have been called. chosen: why an operator
    chose it. operator: who works in the room. capped: called because too many had been overtaken in a row. lead_s: by
    how much its base - credit lies before its entry; what `credit`, `appointment`, `return`, `transfer` were worth.
    """

    token: TokenId
    room: RoomId
    attempt: int
    reason: CallReason
    overtook: tuple[TokenId, ...] = ()
    chosen: ChoiceReason | None = None
    operator: OperatorId | None = None
    capped: bool = False
    lead_s: int = 0


@dataclass(frozen=True, slots=True)
class ServiceStarted:
    """implied: nobody pressed Start; left out of service-time statistics."""

    token: TokenId
    room: RoomId
    implied: bool = False


@dataclass(frozen=True, slots=True)
class ServiceFinished:
    """next: the department of the planned step that it goes on to, waiting; None = the visit is over."""

    token: TokenId
    room: RoomId
    next: DepartmentId | None = None


@dataclass(frozen=True, slots=True)
class NoShowMarked:
    """Called and did not come."""

    token: TokenId
    room: RoomId


@dataclass(frozen=True, slots=True)
class TokenReturned:
    """A no-show waits again. base: the instant its seniority counts from now on, without credit."""

    token: TokenId
    base: Instant


@dataclass(frozen=True, slots=True)
class TokenParked:
    """room: that it left; None when it waited."""

    token: TokenId
    reason: ParkReason
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class TokenResumed:
    token: TokenId


@dataclass(frozen=True, slots=True)
class TokenTransferred:
    """room: that it left; None when it waited. plan: what follows after this department."""

    token: TokenId
    department: DepartmentId
    room: RoomId | None = None
    doctor: OperatorId | None = None
    plan: tuple[PlanStep, ...] = ()


@dataclass(frozen=True, slots=True)
class PrioritySet:
    token: TokenId
    priority: Priority
    reason: PriorityReason


@dataclass(frozen=True, slots=True)
class DoctorReleased:
    """Any doctor may call it."""

    token: TokenId


@dataclass(frozen=True, slots=True)
class TokenCancelled:
    token: TokenId
    reason: CancelReason


# --- rooms --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContactSet:
    """Messages about the token go there. contact: opaque; the number lies in a side table, sealed."""

    token: TokenId
    contact: ContactId
    language: Language


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
class CommandUndone:
    """A room's last command, taken back whole. command: its id; tokens: those that are back where they were."""

    room: RoomId
    command: CommandId
    tokens: tuple[TokenId, ...]


@dataclass(frozen=True, slots=True)
class AnnouncementPlayed:
    """The first display that played it; heard: False = shown without sound."""

    announcement: AnnouncementId
    heard: bool


# --- leases and appointments --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeaseGranted:
    """A kiosk may issue `first` to `last` of this department and day while the hub is away; nobody else may."""

    lease: LeaseId
    kiosk: UnitName
    department: DepartmentId
    day: Day
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LeaseRevoked:
    """What was not used of it is burnt."""

    lease: LeaseId


@dataclass(frozen=True, slots=True)
class LateTokensReported:
    """A kiosk came back after the day was over: these numbers had been given out and ended unserved.

    commands: of the touches, one for each number.
    """

    lease: LeaseId
    day: Day
    department: DepartmentId
    numbers: tuple[int, ...]
    commands: tuple[CommandId, ...] = ()


@dataclass(frozen=True, slots=True)
class AppointmentBooked:
    """Booked, or changed where the id is known already. at: the booked time."""

    appointment: AppointmentId
    department: DepartmentId
    at: Instant
    doctor: OperatorId | None = None
    language: Language | None = None
    needs: tuple[Need, ...] = ()
    visit_type: VisitTypeId | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentCancelled:
    appointment: AppointmentId


Event = (
    SiteConfigured
    | UnitAdmitted
    | UnitForgotten
    | UnitBound
    | DayClosed
    | DayOpened
    | DepartmentOpened
    | DepartmentClosed
    | IssuingStopped
    | IssuingResumed
    | ShiftBegan
    | ShiftEnded
    | AvailabilitySet
    | RoomAssigned
    | TokenIssued
    | TokenCalled
    | ServiceStarted
    | ServiceFinished
    | NoShowMarked
    | TokenReturned
    | TokenParked
    | TokenResumed
    | TokenTransferred
    | PrioritySet
    | DoctorReleased
    | TokenCancelled
    | ContactSet
    | RoomOpened
    | RoomPaused
    | RoomClosed
    | CommandUndone
    | AnnouncementPlayed
    | LeaseGranted
    | LeaseRevoked
    | LateTokensReported
    | AppointmentBooked
    | AppointmentCancelled
)
