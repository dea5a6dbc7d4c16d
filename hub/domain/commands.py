"""Commands: what is asked. Each is decided by `decide` and documented in docs/commands-and-events.md."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from hub.domain.configuration import Department, Operator, PlanStep, Room, Site, Unit
from smartqueue.terms import (
    AnnouncementId,
    AppointmentId,
    CancelReason,
    ChoiceReason,
    CommandId,
    ContactId,
    DepartmentId,
    Instant,
    Language,
    LeaseId,
    Need,
    OperatorId,
    Outcome,
    ParkReason,
    Priority,
    PriorityReason,
    RoomId,
    Tick,
    TokenId,
    UnitName,
    VisitTypeId,
)


class Unchecked(Enum):
    """`after` was left out: the asker (a console) doesn't say which token it believes is current."""

    UNCHECKED = "unchecked"


UNCHECKED: Final = Unchecked.UNCHECKED


# --- the site -----------------------------------------------------------------------------------------


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
class ForgetUnit:
    """The unit belongs to the site no more; a kiosk's blocks of numbers are revoked."""

    unit: UnitName


@dataclass(frozen=True, slots=True)
class BindUnit:
    """The caller unit acts for that room from now on, and for no other."""

    unit: UnitName
    room: RoomId


@dataclass(frozen=True, slots=True)
class SetAvailability:
    """Whether an operator is there now. back_at: expected return, if not."""

    operator: OperatorId
    available: bool
    back_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class StopIssuing:
    """The department gives out no more tokens today; whoever waits is still called."""

    department: DepartmentId


@dataclass(frozen=True, slots=True)
class ResumeIssuing:
    """The department gives out tokens again, for the rest of the day whatever the estimates say. by: a supervisor."""

    department: DepartmentId
    by: OperatorId | None = None


@dataclass(frozen=True, slots=True)
class FollowClock:
    """Nothing is asked but that the day and the opening hours follow the time."""


# --- tokens -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IssueToken:
    """token: a new opaque id. priority: None = as the needs give it. trial: made for trials, left out of reports.

    services: more departments to visit, in any order; the one with the shortest wait comes first. visit_type: of
    `department`, its steps follow. doctor: only this one may call. override: a supervisor issues in spite of quota and
    last token of the day.
    """

    token: TokenId
    department: DepartmentId
    language: Language | None = None
    needs: tuple[Need, ...] = ()
    priority: Priority | None = None
    trial: bool = False
    services: tuple[DepartmentId, ...] = ()
    visit_type: VisitTypeId | None = None
    doctor: OperatorId | None = None
    override: OperatorId | None = None


@dataclass(frozen=True, slots=True)
class CancelToken:
    """only_waiting, only_trial: the asker may take back nothing else."""

    token: TokenId
    reason: CancelReason
    tick: Tick | None = None
    only_waiting: bool = False
    only_trial: bool = False


@dataclass(frozen=True, slots=True)
class ReturnToken:
    """Somebody who was called and did not come is here now."""

    token: TokenId


@dataclass(frozen=True, slots=True)
class ParkToken:
    """Out of the queue for a reason and with a claim. room: the only one in which the asker may act; None = any."""

    token: TokenId
    reason: ParkReason
    tick: Tick | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class ResumeToken:
    token: TokenId


@dataclass(frozen=True, slots=True)
class TransferToken:
    """Same token, same label, next department. department: None = the next planned step.

    doctor: only this one there. plan: what follows after it, instead of what was planned. room: as in ParkToken.
    """

    token: TokenId
    department: DepartmentId | None = None
    doctor: OperatorId | None = None
    plan: tuple[PlanStep, ...] | None = None
    tick: Tick | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class SetPriority:
    token: TokenId
    priority: Priority
    reason: PriorityReason


@dataclass(frozen=True, slots=True)
class ReleaseDoctor:
    """A token that waits for one doctor may be called by any doctor."""

    token: TokenId


@dataclass(frozen=True, slots=True)
class SetContact:
    """Where messages about a token go, with the person's consent. language: of the messages; None = the token's."""

    token: TokenId
    contact: ContactId
    language: Language | None = None


# --- rooms --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallNext:
    """The button Next. after: the token that the presser believes is current; None = nobody."""

    room: RoomId
    after: TokenId | Unchecked | None = UNCHECKED
    tick: Tick | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class CallToken:
    """Calls this token and not the next one. The room's current token ends as with CallNext."""

    token: TokenId
    room: RoomId
    reason: ChoiceReason
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
    """With a planned next step the token goes on to it."""

    token: TokenId
    tick: Tick | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class MarkNoShow:
    token: TokenId
    tick: Tick | None = None
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class UndoLast:
    """Takes the room's last command back whole. command: its id, so that nothing else is undone by mistake."""

    room: RoomId
    command: CommandId
    tick: Tick | None = None


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
class AssignRoom:
    """Who works in a room, and for which departments, until it is said otherwise or the clinic day ends.

    operator: None = nobody in particular. departments: None = as configured.
    """

    room: RoomId
    operator: OperatorId | None
    departments: tuple[DepartmentId, ...] | None = None


@dataclass(frozen=True, slots=True)
class AcknowledgeAnnouncement:
    """heard: False = shown, but there was no sound."""

    announcement: AnnouncementId
    heard: bool = True


# --- leases -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GrantLease:
    """A block of numbers from which a kiosk may issue while the hub is away. lease: a new id, if one is needed.

    tomorrow: for the next clinic day.
    """

    lease: LeaseId
    kiosk: UnitName
    department: DepartmentId
    tomorrow: bool = False


@dataclass(frozen=True, slots=True)
class OfflineToken:
    """What a kiosk issued from its block while it was away. command_id: of the touch; token: a new id.

    issued_at: by the kiosk's clock.
    """

    token: TokenId
    command_id: CommandId
    number: int
    issued_at: Instant
    language: Language | None = None
    needs: tuple[Need, ...] = ()
    visit_type: VisitTypeId | None = None


@dataclass(frozen=True, slots=True)
class MergeTokens:
    """last_contact: hub time that the kiosk heard last before it was alone."""

    lease: LeaseId
    kiosk: UnitName
    last_contact: Instant
    tokens: tuple[OfflineToken, ...]


# --- appointments -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BookAppointment:
    """appointment: a new opaque id. at: the booked time. reference: its key in the system that it comes from."""

    appointment: AppointmentId
    department: DepartmentId
    at: Instant
    doctor: OperatorId | None = None
    language: Language | None = None
    needs: tuple[Need, ...] = ()
    visit_type: VisitTypeId | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ImportAppointments:
    """Many at once, all or none. One whose reference is known already changes that appointment.

    lines: where each stands in the file that they come from; empty = they are counted from 1.
    """

    appointments: tuple[BookAppointment, ...]
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    appointment: AppointmentId


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The person is here: the appointment becomes a token. token: a new opaque id."""

    appointment: AppointmentId
    token: TokenId
    language: Language | None = None
    needs: tuple[Need, ...] = ()


Command = (
    ConfigureSite
    | AdmitUnit
    | ForgetUnit
    | BindUnit
    | SetAvailability
    | StopIssuing
    | ResumeIssuing
    | FollowClock
    | IssueToken
    | CancelToken
    | ReturnToken
    | ParkToken
    | ResumeToken
    | TransferToken
    | SetPriority
    | ReleaseDoctor
    | SetContact
    | CallNext
    | CallToken
    | Recall
    | StartService
    | FinishService
    | MarkNoShow
    | UndoLast
    | OpenRoom
    | PauseRoom
    | CloseRoom
    | AssignRoom
    | AcknowledgeAnnouncement
    | GrantLease
    | MergeTokens
    | BookAppointment
    | ImportAppointments
    | CancelAppointment
    | CheckIn
)
