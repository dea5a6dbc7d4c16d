"""Answers to requests."""

from datetime import datetime
from typing import Literal

from smartqueue.terms import (
    AnnouncementId,
    AppointmentId,
    CommandId,
    Day,
    DepartmentId,
    Label,
    LeaseId,
    OperatorId,
    Priority,
    Role,
    RoomId,
    RoomState,
    TokenId,
    TokenState,
    UnitKind,
    UnitName,
)
from smartqueue.wire.base import Message
from smartqueue.wire.staff import TokenStaffView
from smartqueue.wire.views import DepartmentView, EstimateView


class IssuedAnswer(Message, frozen=True, kw_only=True):
    """201 of `POST /tokens`. ahead: tokens before this one. status_url: path or address of the patient's page."""

    token: TokenId
    label: Label
    department: DepartmentId
    issued_at: datetime
    ahead: int
    estimate: EstimateView | None
    status_url: str
    short_code: str
    """Eight characters that find the same page when typed, e.g. `7H4K2MPX`."""


class TicketAnswer(Message, frozen=True, kw_only=True):
    """`POST /tickets/find`: a ticket of this clinic day, as a kiosk tells it; no personal data.

    may_return: after a missed call, into the queue again. status_url, short_code: for a copy; only for who presented
    the ticket's own code, never by its label.
    """

    token: TokenId
    label: Label
    department: DepartmentId
    issued_at: datetime
    state: TokenState
    room: RoomId | None
    ahead: int | None
    estimate: EstimateView | None
    may_return: bool = False
    status_url: str | None = None
    short_code: str | None = None


class CalledAnswer(Message, frozen=True, kw_only=True):
    """Of `call-next`: the room's current token after the command, or null when nobody waits.

    repeated: nothing changed, the same press had been obeyed before.
    """

    token: TokenId | None
    label: Label | None
    room: RoomId
    attempt: int
    repeated: bool


class TokenAnswer(Message, frozen=True, kw_only=True):
    """Of token verbs: the state it is in now."""

    token: TokenId
    label: Label
    state: TokenState
    room: RoomId | None


class TimelineEntry(Message, frozen=True, kw_only=True):
    at: datetime
    state: TokenState
    room: RoomId | None = None
    attempt: int = 0
    department: DepartmentId | None = None
    """Of the queue, where it waits."""


class TokenDetail(Message, frozen=True, kw_only=True):
    """`GET /tokens/{id}`, for units and operators. staff: for operators alone."""

    token: TokenId
    label: Label
    department: DepartmentId
    state: TokenState
    room: RoomId | None
    ahead: int | None
    estimate: EstimateView | None
    timeline: list[TimelineEntry]
    staff: TokenStaffView | None = None


class StatusAnswer(Message, frozen=True, kw_only=True):
    """`GET /status/{secret}`: one patient's own token, no personal data."""

    label: Label
    department: DepartmentId
    state: TokenState
    room: RoomId | None
    ahead: int | None
    estimate: EstimateView | None
    timeline: list[TimelineEntry]


class RoomAnswer(Message, frozen=True, kw_only=True):
    room: RoomId
    state: RoomState


class PriorityAnswer(Message, frozen=True, kw_only=True):
    token: TokenId
    label: Label
    priority: Priority


class StaffedAnswer(Message, frozen=True, kw_only=True):
    """Of `assign`: who works in the room now, and for which departments."""

    room: RoomId
    operator: OperatorId | None
    departments: list[DepartmentId]


class UndoneAnswer(Message, frozen=True, kw_only=True):
    """The room's current token after its last command was taken back; null when there is none."""

    room: RoomId
    token: TokenId | None
    label: Label | None


class AvailabilityAnswer(Message, frozen=True, kw_only=True):
    operator: OperatorId
    available: bool
    back_at: datetime | None


class IssuingAnswer(Message, frozen=True, kw_only=True):
    """last: label of the last token of the day, where issuing has stopped."""

    department: DepartmentId
    issuing: bool
    last: Label | None


class HoursView(Message, frozen=True, kw_only=True):
    """From `begins` on, and no more at `ends`."""

    begins: datetime
    ends: datetime


class LeaseAnswer(Message, frozen=True, kw_only=True):
    """A block of numbers, first and last included. skip: never on a label. used: have been taken over already.

    begins, ends: of the clinic day; nothing is issued from the block before or after. hours: when the department is
    open on that day.
    """

    lease: LeaseId
    department: DepartmentId
    day: Day
    letter: str
    first: int
    last: int
    skip: list[int]
    used: list[int]
    begins: datetime
    ends: datetime
    hours: list[HoursView]


class MergedTicket(Message, frozen=True, kw_only=True):
    """joined: it has a place; false = its day was over, it ended unserved. repeated: it had been taken over before.

    conflict: its number is not one of the block, or another token has it; it has no place, somebody must look after the
    person. status_url, short_code: empty where another token of today has that secret or code, or it has no place.
    """

    number: int
    command_id: CommandId
    label: Label
    token: TokenId | None
    joined: bool
    repeated: bool
    conflict: bool
    status_url: str
    short_code: str


class MergeAnswer(Message, frozen=True, kw_only=True):
    """Of `POST /leases/{id}/tokens`, in the order in which they were sent."""

    lease: LeaseId
    tokens: list[MergedTicket]


class BookedAnswer(Message, frozen=True, kw_only=True):
    """code: eight characters with which the person checks in."""

    appointment: AppointmentId
    department: DepartmentId
    at: datetime
    code: str


class ImportAnswer(Message, frozen=True, kw_only=True):
    """How many were new, how many changed one that was known, how many were there already just so."""

    booked: int
    changed: int
    unchanged: int


class LabelAnswer(Message, frozen=True, kw_only=True):
    """`GET /labels/{label}`: the token of today that has it."""

    token: TokenId
    label: Label
    department: DepartmentId
    state: TokenState
    room: RoomId | None


class DoneAnswer(Message, frozen=True, kw_only=True):
    """Nothing to tell but that it is done."""


class AckAnswer(Message, frozen=True, kw_only=True):
    announcement: AnnouncementId


class DepartmentsAnswer(Message, frozen=True, kw_only=True):
    departments: list[DepartmentView]


class QueueAnswer(Message, frozen=True, kw_only=True):
    """`GET /departments/{id}/queue`: labels only."""

    serving: list[Label]
    called: list[Label]
    waiting: list[Label]
    estimate: EstimateView | None


class Health(Message, frozen=True, kw_only=True):
    status: Literal["ok", "starting"]
    version: str
    seq: int


class Problem(Message, frozen=True, kw_only=True):
    """RFC 9457 problem document. code: stable; detail: says what to do; errors: one line for each mistake."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[str] = []
    values: dict[str, str | int] = {}


class SetupUnit(Message, frozen=True, kw_only=True):
    name: UnitName
    kind: UnitKind
    room: RoomId | None
    key: str


class SetupOperator(Message, frozen=True, kw_only=True):
    operator: OperatorId
    role: Role
    key: str


class SetupReport(Message, frozen=True, kw_only=True):
    """What `smartqueue setup --json` prints."""

    site: str
    setup_code: str
    units: list[SetupUnit]
    operators: list[SetupOperator] = []
