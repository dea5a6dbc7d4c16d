"""How events change the site and turn its days. Part of `evolve`: only it calls what changes a Clinic."""

from collections import deque
from datetime import date

from hub.domain import clinic_day, flows, queues, token_moves
from hub.domain.carry_over import KnownLease
from hub.domain.clinic import CALLS_KEPT, Appointment, Clinic, Desk, Flow, Lease, Queue, Token
from hub.domain.configuration import Department, Operator, Room, Site
from hub.domain.events import (
    DayOpened,
    ShiftBegan,
    SiteConfigured,
)
from smartqueue.terms import DepartmentId, EntryKind, Instant, OperatorId, RoomId, RoomState, TokenState


def reconfigured(clinic: Clinic, at: Instant, event: SiteConfigured) -> None:
    """Rooms keep who works in them and for which departments, where those are still there."""
    before = clinic.rooms
    _configure(clinic, event.site, event.departments, event.rooms, event.operators)
    for room in event.rooms:
        desk = clinic.desks[room.id]
        changed = room.id not in before or before[room.id].departments != room.departments
        if changed or not set(desk.departments) <= set(clinic.departments):
            desk.departments = room.departments
        if desk.operator not in clinic.operators:
            desk.operator = None
    scheduled = {operator.id for operator in event.operators if operator.schedule}
    clinic.on_shift = {operator: room for operator, room in clinic.on_shift.items() if operator in scheduled}
    _give_credit_anew(clinic)
    _serve(clinic)
    _at_home(clinic)
    _keep_hours(clinic, at)


def opened(clinic: Clinic, at: Instant, event: DayOpened) -> None:
    """A day begins empty; only what the event carries lives on."""
    clinic.tokens, clinic.queues, clinic.desks, clinic.carried = {}, {}, {}, set()
    clinic.runs, clinic.counted = {}, {}
    clinic.last_number, clinic.last_label, clinic.issued = {}, {}, {}
    clinic.stopped, clinic.kept_open, clinic.on_shift, clinic.absent = {}, set(), {}, {}
    clinic.calls = deque(maxlen=CALLS_KEPT)
    clinic.flows = {identifier: flows.begin(known) for identifier, known in event.learned.items()}
    clinic.day = event.day
    _configure(clinic, event.site, event.departments, event.rooms, event.operators)
    clinic.units = {unit.name: unit for unit in event.units}
    for room in event.rooms:
        desk = clinic.desks[room.id]
        desk.state, desk.departments = event.room_states.get(room.id, RoomState.OPEN), room.departments
    clinic.leases = {known.id: _lease(known) for known in event.leases}
    clinic.appointments = {known.id: Appointment(known) for known in event.appointments}
    clinic.references = {known.reference: known.id for known in event.appointments if known.reference}
    for token in event.carried:
        token_moves.carried(clinic, at, token)
    _serve(clinic)
    _at_home(clinic)
    _keep_hours(clinic, at)


def shift_began(clinic: Clinic, at: Instant, event: ShiftBegan) -> None:
    clinic.on_shift[event.operator] = event.room
    if event.room is not None:
        staff(clinic, event.room, event.operator, clinic.desks[event.room].departments)
    look_ahead(clinic, at)


def staff(clinic: Clinic, room: RoomId, operator: OperatorId | None, departments: tuple[DepartmentId, ...]) -> None:
    """Who works in a room, for which departments; somebody who moves leaves the other room."""
    for desk in clinic.desks.values():
        if operator is not None and desk.operator == operator:
            desk.operator = None
    clinic.desks[room].operator, clinic.desks[room].departments = operator, departments
    _serve(clinic)


def look_ahead(clinic: Clinic, at: Instant) -> None:
    """When time alone brings something about next; at once, where a new configuration has made it due."""
    site, operators = clinic.configured(), clinic.operators.values()
    is_due = clinic.day < clinic_day.day_of(at, site) or any(_turned(clinic, operator, at) for operator in operators)
    following = clinic_day.next_turn(at, site, clinic.departments.values(), operators, clinic.day)
    clinic.next_turn = at if is_due else following


def _turned(clinic: Clinic, operator: Operator, at: Instant) -> bool:
    """Whether an operator's shift is another one than is known."""
    known = (clinic.on_shift[operator.id],) if operator.id in clinic.on_shift else None
    return bool(operator.schedule) and known != clinic_day.workplace(operator, at, clinic.configured())


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
    clinic.flows = {d.id: clinic.flows.get(d.id, Flow()) for d in departments}
    clinic.desks = {r.id: clinic.desks.get(r.id) or Desk(departments=r.departments) for r in rooms}


def _give_credit_anew(clinic: Clinic) -> None:
    """What a priority is worth follows the new rules, for whoever waits and whoever may wait again."""
    for token in clinic.tokens.values():
        waits = token.state is TokenState.WAITING
        if waits:
            queues.leave(clinic.queues[token.department], token)
        token.credit_ms = _credit_by_rules(clinic, token)
        token.base = _base_by_rules(clinic, token)
        if waits:
            queues.enter(clinic.queues[token.department], token)
    for desk in clinic.desks.values():
        for before in desk.undo.tokens.values() if desk.undo is not None else ():
            before.credit_ms = _credit_by_rules(clinic, before)
            before.base = _base_by_rules(clinic, before)


def _base_by_rules(clinic: Clinic, token: Token) -> Instant:
    """Who came back as a no-show among those whom `strict` put first has no such place once it is off."""
    taken_on = token.base < token.entered_at - queues.STRICT_MS // 2
    return token.entered_at if taken_on and not clinic.rules(token.department).strict else token.base


def _credit_by_rules(clinic: Clinic, token: Token) -> int:
    """A no-show who is back without credit stays so (queue-rules, Who is next, 4)."""
    if token.came_by is EntryKind.RETURN and not token.credit_ms:
        return 0
    return queues.credit_ms(clinic.rules(token.department), token.priority)


def _serve(clinic: Clinic) -> None:
    """Which rooms call for a department, by what the rooms work for now."""
    clinic.serving_rooms = {
        identifier: tuple(room for room in clinic.rooms if identifier in clinic.desks[room].departments)
        for identifier in clinic.departments
    }


def _at_home(clinic: Clinic) -> None:
    """Operators without a schedule work in their own room, unless they are on leave or somebody is there."""
    if not clinic.day:
        return
    today = date.fromisoformat(clinic.day)
    busy = {desk.operator for desk in clinic.desks.values()}
    for operator in clinic.operators.values():
        if operator.schedule or operator.room is None or operator.id in busy or clinic_day.on_leave(operator, today):
            continue
        if clinic.desks[operator.room].operator is None:
            clinic.desks[operator.room].operator = operator.id


def _lease(known: KnownLease) -> Lease:
    values = {name: getattr(known, name) for name in KnownLease.__slots__}
    return Lease(**{**values, "used": dict(known.used)})


def _keep_hours(clinic: Clinic, at: Instant) -> None:
    """Departments are open by their hours from now on. Before the first day nothing opens."""
    if clinic.day:
        departments, site = clinic.departments.values(), clinic.configured()
        clinic.open = {d.id for d in departments if clinic_day.is_open(d, at, site)}
        look_ahead(clinic, at)
