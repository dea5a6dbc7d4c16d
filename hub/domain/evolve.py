"""`evolve`: the state after an event. The only code that changes a Clinic; deterministic, never refuses."""

from collections import deque
from typing import assert_never

from hub.domain import clinic_day, ordering
from hub.domain.clinic import CALLS_KEPT, Call, Clinic, Desk, Queue, Step, Token
from hub.domain.configuration import Department, Operator, Room, Site
from hub.domain.events import (
    AnnouncementPlayed,
    DayClosed,
    DayOpened,
    DepartmentClosed,
    DepartmentOpened,
    Event,
    NoShowMarked,
    RoomClosed,
    RoomOpened,
    RoomPaused,
    ServiceFinished,
    ServiceStarted,
    SiteConfigured,
    TokenCalled,
    TokenCancelled,
    TokenIssued,
    UnitAdmitted,
)
from smartqueue.terms import AnnouncementId, Instant, RoomId, RoomState, TokenState


def evolve(clinic: Clinic, seq: int, at: Instant, event: Event) -> None:  # noqa: PLR0912 - one line an event
    """Applies one event of the journal, in the order of `seq`."""
    match event:
        case TokenIssued():
            _issued(clinic, seq, at, event)
        case TokenCalled():
            _called(clinic, seq, at, event)
        case ServiceStarted():
            _enter(clinic.tokens[event.token], TokenState.SERVING, at, event.room)
        case ServiceFinished():
            _end(clinic, clinic.tokens[event.token], TokenState.SERVED, at)
        case NoShowMarked():
            _end(clinic, clinic.tokens[event.token], TokenState.NO_SHOW, at)
        case TokenCancelled():
            _end(clinic, clinic.tokens[event.token], TokenState.CANCELLED, at)
        case AnnouncementPlayed():
            _played(clinic, event)
        case RoomOpened():
            _set_room(clinic, event.room, RoomState.OPEN, None)
        case RoomPaused():
            _set_room(clinic, event.room, RoomState.PAUSED, event.back_at)
        case RoomClosed():
            _set_room(clinic, event.room, RoomState.CLOSED, None)
        case DepartmentOpened():
            clinic.open.add(event.department)
            _look_ahead(clinic, at)
        case DepartmentClosed():
            clinic.open.discard(event.department)
            _look_ahead(clinic, at)
        case SiteConfigured():
            _configure(clinic, event.site, event.departments, event.rooms, event.operators)
            _keep_hours(clinic, at)
        case UnitAdmitted():
            clinic.units[event.unit.name] = event.unit
        case DayClosed():
            for token in event.unserved:
                _end(clinic, clinic.tokens[token], TokenState.UNSERVED, at)
        case DayOpened():
            _open_day(clinic, at, event)
        case _:
            assert_never(event)


def _issued(clinic: Clinic, seq: int, at: Instant, event: TokenIssued) -> None:
    token = Token(
        id=event.token,
        label=event.label,
        department=event.department,
        language=event.language,
        needs=event.needs,
        priority=event.priority,
        trial=event.trial,
        issued_at=at,
        entered_at=at,
        entry=seq,
        base=at,
    )
    token.timeline.append(Step(at, TokenState.WAITING))
    clinic.tokens[token.id] = token
    clinic.last_number[event.department] = event.number
    ordering.enter(clinic.queues[event.department], token)


def _called(clinic: Clinic, seq: int, at: Instant, event: TokenCalled) -> None:
    token = clinic.tokens[event.token]
    if token.state is TokenState.WAITING:
        ordering.leave(clinic.queues[token.department], token)
    token.called_at, token.attempt = at, event.attempt
    _enter(token, TokenState.CALLED, at, event.room)
    clinic.desks[event.room].current = token.id
    clinic.calls.append(Call(AnnouncementId(str(seq)), token.id, event.room, at, event.attempt))


def _enter(token: Token, state: TokenState, at: Instant, room: RoomId | None) -> None:
    token.state, token.room = state, room
    token.timeline.append(Step(at, state, room, token.attempt if state is TokenState.CALLED else 0))


def _end(clinic: Clinic, token: Token, state: TokenState, at: Instant) -> None:
    """The token leaves wherever it is: its queue, its room."""
    if token.state is TokenState.WAITING:
        ordering.leave(clinic.queues[token.department], token)
    if token.room is not None and clinic.desks[token.room].current == token.id:
        clinic.desks[token.room].current = None
    _enter(token, state, at, None)


def _played(clinic: Clinic, event: AnnouncementPlayed) -> None:
    for call in clinic.calls:
        if call.announcement == event.announcement:
            call.heard = event.heard


def _set_room(clinic: Clinic, room: RoomId, state: RoomState, back_at: Instant | None) -> None:
    clinic.desks[room].state, clinic.desks[room].back_at = state, back_at


def _configure(
    clinic: Clinic,
    site: Site,
    departments: tuple[Department, ...],
    rooms: tuple[Room, ...],
    operators: tuple[Operator, ...],
) -> None:
    clinic.site = site
    clinic.departments = {department.id: department for department in departments}
    clinic.rooms = {room.id: room for room in rooms}
    clinic.operators = {operator.id: operator for operator in operators}
    clinic.queues = {d.id: clinic.queues.get(d.id, Queue()) for d in departments}
    clinic.desks = {r.id: clinic.desks.get(r.id, Desk()) for r in rooms}
    clinic.serving_rooms = {d.id: tuple(r.id for r in rooms if d.id in r.departments) for d in departments}


def _open_day(clinic: Clinic, at: Instant, event: DayOpened) -> None:
    """A day begins empty; only what the event carries lives on."""
    clinic.tokens, clinic.queues, clinic.desks, clinic.last_number = {}, {}, {}, {}
    clinic.calls = deque(maxlen=CALLS_KEPT)
    _configure(clinic, event.site, event.departments, event.rooms, event.operators)
    clinic.units = {unit.name: unit for unit in event.units}
    clinic.desks = {room.id: Desk(event.room_states.get(room.id, RoomState.OPEN)) for room in event.rooms}
    clinic.day = event.day
    _keep_hours(clinic, at)


def _keep_hours(clinic: Clinic, at: Instant) -> None:
    """Departments are open by their hours from now on. Before the first day nothing opens."""
    if clinic.day:
        departments, site = clinic.departments.values(), clinic.configured()
        clinic.open = {d.id for d in departments if clinic_day.is_open(d, at, site)}
        _look_ahead(clinic, at)


def _look_ahead(clinic: Clinic, at: Instant) -> None:
    clinic.next_turn = clinic_day.next_turn(at, clinic.configured(), tuple(clinic.departments.values()))
