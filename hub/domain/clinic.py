"""The state of a site: configuration and one clinic day. Changed only by `evolve`."""

from collections import deque
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from hub.domain.carry_over import KnownAppointment
from hub.domain.configuration import Department, Operator, PlanStep, Room, Rules, Site, Unit
from hub.domain.events import (
    Promise,
)
from smartqueue.terms import (
    AnnouncementId,
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
    RoomState,
    Tick,
    TokenId,
    TokenState,
    UnitName,
)

CALLS_KEPT = 200
"""Calls and recalls of the day that can be acknowledged: displays may be minutes behind when many come at once."""
CALLS_SHOWN = 20
"""The newest of them: what the board remembers."""
HITS_KEPT = 200
"""Promises whose coverage is watched (queue-rules, Estimates)."""
SERVICES_KEPT = 100
"""Service times from which it is told what is unusually long."""


UNDO_MS = 15_000
"""For so long a room's last command may be taken back (queue-rules, Undo)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as the hub sees it. at: never decreases. tick: monotonic. boot_tick: of this start of the hub."""

    at: Instant
    tick: Tick
    boot_tick: Tick


class Step(NamedTuple):
    """One entry of a token's timeline. A tuple, because a busy day makes tens of thousands of them."""

    at: Instant
    state: TokenState
    room: RoomId | None = None
    attempt: int = 0
    department: DepartmentId | None = None


@dataclass(slots=True)
class Token:
    """One person's place. entered_at, entry: instant and `seq` of its entry into this queue; they decide ties.

    base: instant its seniority counts from; first_base: of the whole visit. credit_ms: what its priority is worth.
    came_by: how it entered. called_at: of the last call or recall, first_called_at: of the open call. returns: how
    often it came back as a no-show. doctor: only this one may call. plan: what follows. promise: what was said when it
    was issued, as long as it can be held to that. touched: `seq` of the last event that changed it.
    contact, contact_language: where messages about it go, and in which language.
    """

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
    credit_ms: int = 0
    came_by: EntryKind = EntryKind.ISSUE
    state: TokenState = TokenState.WAITING
    room: RoomId | None = None
    called_at: Instant = Instant(0)
    first_called_at: Instant = Instant(0)
    started_at: Instant = Instant(0)
    attempt: int = 0
    returns: int = 0
    no_show_at: Instant = Instant(0)
    doctor: OperatorId | None = None
    plan: tuple[PlanStep, ...] = ()
    priority_reason: PriorityReason = PriorityReason.NONE
    contact: ContactId | None = None
    contact_language: Language | None = None
    promise: Promise | None = None
    touched: int = 0
    timeline: list[Step] = field(default_factory=list)


Rank = tuple[int, int, int, TokenId]
"""base - credit, entered_at, entry, token."""
Entry = tuple[int, int, TokenId]
"""entered_at, entry, token."""


@dataclass(slots=True)
class Lane:
    """Those of a queue, but for emergencies, who wait for the same doctor, or for any; each list ascending.

    So that nobody has to look at all who wait for others: these may be hundreds at the head of a queue.
    """

    order: list[Rank] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    normal: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Queue:
    """The waiting tokens of one department, kept in calling order.

    order: of everybody but emergencies, ascending. emergencies: by entry. entries: of all of them. lanes: the same
    people, by the doctor for whom they wait; None = any.
    """

    order: list[Rank] = field(default_factory=list)
    emergencies: list[Entry] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    lanes: dict[OperatorId | None, Lane] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.entries)


class Departure(NamedTuple):
    """A token left a room. busy_ms: from its call until then."""

    at: Instant
    token: TokenId
    room: RoomId
    busy_ms: int


@dataclass(slots=True)
class Flow:
    """What a department's estimates rest on. departures: of the last hour; busy_ms, by_room (their number and busy
    time) are sums over them.

    mean_s, learned: what earlier days taught (`events.Learned`). served, busy_today_ms: departures of today and their
    time. services: the last service times in ms, implied starts left out. hits: as in `events.Learned`.
    """

    departures: deque[Departure] = field(default_factory=deque)
    busy_ms: int = 0
    by_room: dict[RoomId, tuple[int, int]] = field(default_factory=dict)
    mean_s: float = 0.0
    learned: int = 0
    served: int = 0
    busy_today_ms: int = 0
    services: deque[int] = field(default_factory=lambda: deque(maxlen=SERVICES_KEPT))
    hits: deque[bool] = field(default_factory=lambda: deque(maxlen=HITS_KEPT))


@dataclass(frozen=True, slots=True)
class Absence:
    """An operator is away. back_at: expected return."""

    back_at: Instant | None


class Counted(NamedTuple):
    """A call that the run cap has counted. seq: of its event. before: overtakes in a row until then."""

    seq: int
    at: Instant
    before: int
    overtook: bool


@dataclass(slots=True)
class Undoable:
    """What it takes to take a room's last command back. seqs: of its events; tokens: as they were before, by id.

    touched: what `Token.touched` must still be for each of them. current, state, back_at: of the room before. absences:
    of its operator before. departures, services, hits: what it added to the figures of departments.
    """

    command: CommandId
    at: Instant
    current: TokenId | None
    state: RoomState
    back_at: Instant | None
    seqs: list[int] = field(default_factory=list)
    tokens: dict[TokenId, Token] = field(default_factory=dict)
    touched: dict[TokenId, int] = field(default_factory=dict)
    absences: dict[OperatorId, Absence | None] = field(default_factory=dict)
    departures: list[tuple[DepartmentId, Departure]] = field(default_factory=list)
    services: list[tuple[DepartmentId, int]] = field(default_factory=list)
    hits: list[tuple[DepartmentId, bool]] = field(default_factory=list)


@dataclass(slots=True)
class Desk:
    """What a room is doing. current: the token called to it or being served in it. departments: it works for now.

    operator: who works there. undo: its last command, while that can be taken back.
    """

    state: RoomState = RoomState.OPEN
    back_at: Instant | None = None
    current: TokenId | None = None
    operator: OperatorId | None = None
    departments: tuple[DepartmentId, ...] = ()
    undo: Undoable | None = None


@dataclass(slots=True)
class Call:
    """A call or recall that displays announce. heard: None = not yet played, else whether it was heard."""

    announcement: AnnouncementId
    token: TokenId
    room: RoomId
    at: Instant
    attempt: int
    heard: bool | None = None


@dataclass(slots=True)
class Lease:
    """A kiosk's block of numbers. used: command of the touch and token, by number."""

    id: LeaseId
    kiosk: UnitName
    department: DepartmentId
    day: Day
    first: int
    last: int
    granted_at: Instant
    used: dict[int, tuple[CommandId, TokenId]] = field(default_factory=dict)
    revoked: bool = False


@dataclass(slots=True)
class Appointment:
    """booked: what was arranged. token: what it became. cancelled: it will not come."""

    booked: KnownAppointment
    token: TokenId | None = None
    cancelled: bool = False


@dataclass(slots=True)
class Clinic:
    """next_turn: instant at which day, opening hours or shifts change next; 0 = at once (nothing opened yet).

    stopped: departments that give out no more tokens today, with the label of the last. kept_open: those that go on
    whatever the estimates say. on_shift: operators at work by their schedule -> room. runs: overtakes in a row
    (queue-rules, run cap), counted: the last calls that count in them, while undo may take them back. carried: labels
    of an earlier day that are still alive.
    """

    site: Site | None = None
    departments: dict[DepartmentId, Department] = field(default_factory=dict)
    rooms: dict[RoomId, Room] = field(default_factory=dict)
    operators: dict[OperatorId, Operator] = field(default_factory=dict)
    units: dict[UnitName, Unit] = field(default_factory=dict)
    day: Day = Day("")
    next_turn: Instant = Instant(0)
    open: set[DepartmentId] = field(default_factory=set)
    stopped: dict[DepartmentId, Label | None] = field(default_factory=dict)
    kept_open: set[DepartmentId] = field(default_factory=set)
    on_shift: dict[OperatorId, RoomId | None] = field(default_factory=dict)
    absent: dict[OperatorId, Absence] = field(default_factory=dict)
    tokens: dict[TokenId, Token] = field(default_factory=dict)
    queues: dict[DepartmentId, Queue] = field(default_factory=dict)
    runs: dict[DepartmentId, int] = field(default_factory=dict)
    counted: dict[DepartmentId, list[Counted]] = field(default_factory=dict)
    flows: dict[DepartmentId, Flow] = field(default_factory=dict)
    desks: dict[RoomId, Desk] = field(default_factory=dict)
    serving_rooms: dict[DepartmentId, tuple[RoomId, ...]] = field(default_factory=dict)
    last_number: dict[DepartmentId, int] = field(default_factory=dict)
    last_label: dict[DepartmentId, Label] = field(default_factory=dict)
    issued: dict[DepartmentId, int] = field(default_factory=dict)
    carried: set[Label] = field(default_factory=set)
    leases: dict[LeaseId, Lease] = field(default_factory=dict)
    appointments: dict[AppointmentId, Appointment] = field(default_factory=dict)
    references: dict[str, AppointmentId] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))

    def configured(self) -> Site:
        """The site's configuration; only to be asked once there is one (the first event of every journal)."""
        if self.site is None:
            raise LookupError("the site has not been configured yet")
        return self.site

    def shown_calls(self) -> list[Call]:
        """Of the board, newest first."""
        return list(islice(reversed(self.calls), CALLS_SHOWN))

    def rules(self, department: DepartmentId) -> Rules:
        """Those of the department, else those of the site."""
        return self.departments[department].rules or self.configured().rules


def twin(clinic: Clinic) -> Clinic:
    """A second state that equals this one and shares nothing with it that ever changes."""
    copied = replace(clinic)
    copied.tokens = {identifier: token_twin(token) for identifier, token in clinic.tokens.items()}
    copied.queues = {identifier: _queue_twin(queue) for identifier, queue in clinic.queues.items()}
    copied.flows = {identifier: _flow_twin(flow) for identifier, flow in clinic.flows.items()}
    copied.desks = {identifier: _desk_twin(desk) for identifier, desk in clinic.desks.items()}
    copied.leases = {identifier: replace(lease, used=dict(lease.used)) for identifier, lease in clinic.leases.items()}
    copied.appointments = {identifier: replace(known) for identifier, known in clinic.appointments.items()}
    copied.counted = {identifier: list(calls) for identifier, calls in clinic.counted.items()}
    copied.calls = deque((replace(call) for call in clinic.calls), maxlen=CALLS_KEPT)
    for name in _PLAIN_DICTS:
        setattr(copied, name, dict(getattr(clinic, name)))
    copied.open, copied.kept_open, copied.carried = set(clinic.open), set(clinic.kept_open), set(clinic.carried)
    return copied


_PLAIN_DICTS = ("units", "absent", "stopped", "on_shift", "runs", "last_number", "last_label", "issued", "references")
_token_fields = attrgetter(*(one.name for one in fields(Token)))


def token_twin(token: Token) -> Token:
    copied = Token(*_token_fields(token))
    copied.timeline = list(token.timeline)
    return copied


def _flow_twin(flow: Flow) -> Flow:
    return replace(
        flow,
        departures=deque(flow.departures),
        by_room=dict(flow.by_room),
        services=deque(flow.services, maxlen=SERVICES_KEPT),
        hits=deque(flow.hits, maxlen=HITS_KEPT),
    )


def _queue_twin(queue: Queue) -> Queue:
    lanes = {
        doctor: Lane(list(lane.order), list(lane.entries), list(lane.normal)) for doctor, lane in queue.lanes.items()
    }
    return Queue(list(queue.order), list(queue.emergencies), list(queue.entries), lanes)


def _desk_twin(desk: Desk) -> Desk:
    return replace(desk, undo=_undo_twin(desk.undo) if desk.undo is not None else None)


def _undo_twin(undo: Undoable) -> Undoable:
    return replace(
        undo,
        seqs=list(undo.seqs),
        tokens={identifier: token_twin(token) for identifier, token in undo.tokens.items()},
        touched=dict(undo.touched),
        absences=dict(undo.absences),
        departures=list(undo.departures),
        services=list(undo.services),
        hits=list(undo.hits),
    )
