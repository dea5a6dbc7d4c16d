"""What operators may read and nobody else: needs, reasons, who works where, appointments, notes."""

from datetime import datetime

from smartqueue.terms import (
    AppointmentId,
    Day,
    DepartmentId,
    EntryKind,
    Label,
    Language,
    Need,
    OperatorId,
    Priority,
    PriorityReason,
    Role,
    RoomId,
    TokenId,
    VisitTypeId,
)
from smartqueue.wire.base import Message
from smartqueue.wire.requests import PlannedStep


class WaitingView(Message, frozen=True, kw_only=True):
    """One who waits. since: of the entry into this queue. came_by: how it entered. doctor: only this one may call."""

    token: TokenId
    label: Label
    language: Language
    needs: list[Need]
    priority: Priority
    priority_reason: PriorityReason
    issued_at: datetime
    since: datetime
    came_by: EntryKind
    doctor: OperatorId | None
    any_doctor: bool
    """It has waited so long for its doctor that any doctor should be offered."""
    grace_s: int
    """How long this person gets to arrive after a call."""
    returns: int
    """How often it came back after a missed call."""


class WaitingAnswer(Message, frozen=True, kw_only=True):
    """`GET /departments/{id}/waiting`, in the order of calling."""

    department: DepartmentId
    waiting: list[WaitingView]


class TokenStaffView(Message, frozen=True, kw_only=True):
    """What operators learn of a token beside what units may know. plan: steps that follow."""

    language: Language
    needs: list[Need]
    priority: Priority
    priority_reason: PriorityReason
    trial: bool
    issued_at: datetime
    since: datetime
    came_by: EntryKind
    doctor: OperatorId | None
    any_doctor: bool
    grace_s: int
    returns: int
    plan: list[PlannedStep]


class AppointmentView(Message, frozen=True, kw_only=True):
    """code: eight characters for checking in; empty once they are forgotten. token: what it became."""

    appointment: AppointmentId
    department: DepartmentId
    at: datetime
    doctor: OperatorId | None
    language: Language | None
    needs: list[Need]
    visit_type: VisitTypeId | None
    reference: str
    code: str
    token: TokenId | None
    cancelled: bool


class AppointmentsAnswer(Message, frozen=True, kw_only=True):
    """`GET /appointments`: those of one clinic day, by time."""

    day: Day
    appointments: list[AppointmentView]


class OperatorView(Message, frozen=True, kw_only=True):
    """room: where they work now. on_shift: by their schedule. back_at: expected return of somebody who is away."""

    operator: OperatorId
    role: Role
    departments: list[DepartmentId]
    room: RoomId | None
    on_shift: bool
    available: bool
    back_at: datetime | None
    supervisor: bool


class OperatorsAnswer(Message, frozen=True, kw_only=True):
    """`GET /operators`."""

    operators: list[OperatorView]


class NoteView(Message, frozen=True, kw_only=True):
    """text: null where the note has been erased. by: the operator who wrote it."""

    at: datetime
    by: OperatorId
    text: str | None


class NotesAnswer(Message, frozen=True, kw_only=True):
    """`GET /tokens/{id}/note`, oldest first."""

    token: TokenId
    notes: list[NoteView]
