"""The state of a site: configuration and one clinic day. Changed only by `evolve`."""

from collections import deque
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import NamedTuple

from hub.domain.configuration import Department, Operator, Room, Site, Unit
from smartqueue.terms import (
    AnnouncementId,
    Day,
    DepartmentId,
    Instant,
    Label,
    Language,
    Need,
    OperatorId,
    Priority,
    RoomId,
    RoomState,
    Tick,
    TokenId,
    TokenState,
    UnitName,
)

CALLS_KEPT = 20
"""Calls and recalls that the board remembers."""


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


@dataclass(slots=True)
class Token:
    """entry: the `seq` of its entry into the queue; decides ties. base: instant its seniority counts from."""

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
    state: TokenState = TokenState.WAITING
    room: RoomId | None = None
    called_at: Instant = Instant(0)
    attempt: int = 0
    timeline: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class Queue:
    """The waiting tokens of one department, kept in calling order.

    order: (base - credit, entry, token) of everybody but emergencies, ascending. emergencies: (entry, token).
    entries: (entry, token) of all of them by entry.
    """

    order: list[tuple[int, int, TokenId]] = field(default_factory=list)
    emergencies: list[tuple[int, TokenId]] = field(default_factory=list)
    entries: list[tuple[int, TokenId]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.entries)


@dataclass(slots=True)
class Desk:
    """What a room is doing. current: the token called to it or being served in it."""

    state: RoomState = RoomState.OPEN
    back_at: Instant | None = None
    current: TokenId | None = None


@dataclass(slots=True)
class Call:
    """A call or recall that displays announce. played: None = not yet, else whether it was heard."""

    announcement: AnnouncementId
    token: TokenId
    room: RoomId
    at: Instant
    attempt: int
    heard: bool | None = None


@dataclass(slots=True)
class Clinic:
    """next_turn: instant at which day or opening hours change next; 0 = at once (nothing opened yet)."""

    site: Site | None = None
    departments: dict[DepartmentId, Department] = field(default_factory=dict)
    rooms: dict[RoomId, Room] = field(default_factory=dict)
    operators: dict[OperatorId, Operator] = field(default_factory=dict)
    units: dict[UnitName, Unit] = field(default_factory=dict)
    day: Day = Day("")
    next_turn: Instant = Instant(0)
    open: set[DepartmentId] = field(default_factory=set)
    tokens: dict[TokenId, Token] = field(default_factory=dict)
    queues: dict[DepartmentId, Queue] = field(default_factory=dict)
    desks: dict[RoomId, Desk] = field(default_factory=dict)
    serving_rooms: dict[DepartmentId, tuple[RoomId, ...]] = field(default_factory=dict)
    last_number: dict[DepartmentId, int] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))

    def configured(self) -> Site:
        """The site's configuration; only to be asked once there is one (the first event of every journal)."""
        if self.site is None:
            raise LookupError("the site has not been configured yet")
        return self.site


def twin(clinic: Clinic) -> Clinic:
    """A second state that equals this one and shares nothing with it that ever changes."""
    copied = replace(clinic)
    copied.tokens = {identifier: _token_twin(token) for identifier, token in clinic.tokens.items()}
    copied.queues = {
        identifier: Queue(list(queue.order), list(queue.emergencies), list(queue.entries))
        for identifier, queue in clinic.queues.items()
    }
    copied.desks = {identifier: replace(desk) for identifier, desk in clinic.desks.items()}
    copied.calls = deque((replace(call) for call in clinic.calls), maxlen=CALLS_KEPT)
    copied.units, copied.last_number, copied.open = dict(clinic.units), dict(clinic.last_number), set(clinic.open)
    return copied


_token_fields = attrgetter(*(one.name for one in fields(Token)))


def _token_twin(token: Token) -> Token:
    copied = Token(*_token_fields(token))
    copied.timeline = list(token.timeline)
    return copied
