"""How events move tokens between queues, rooms and states. Part of `evolve`: only it calls what changes a Clinic."""

from hub.domain import flows, ordering, queues, visits
from hub.domain.carry_over import CarriedToken
from hub.domain.clinic import UNDO_MS, Call, Clinic, Counted, Departure, Step, Token, Undoable
from hub.domain.events import (
    DoctorReleased,
    NoShowMarked,
    PrioritySet,
    ServiceFinished,
    ServiceStarted,
    TokenCalled,
    TokenIssued,
    TokenParked,
    TokenResumed,
    TokenReturned,
    TokenTransferred,
)
from smartqueue.terms import AnnouncementId, DepartmentId, EntryKind, Instant, RoomId, TokenState


def issued(clinic: Clinic, seq: int, at: Instant, event: TokenIssued) -> None:
    base = event.base if event.base is not None else at
    token = Token(
        id=event.token,
        label=event.label,
        department=event.department,
        language=event.language,
        needs=event.needs,
        priority=event.priority,
        trial=event.trial,
        issued_at=event.entered_at if event.lease is not None and event.entered_at is not None else at,
        entered_at=event.entered_at if event.entered_at is not None else at,
        entry=seq,
        base=base,
        first_base=base,
        credit_ms=queues.credit_ms(clinic.rules(event.department), event.priority),
        came_by=EntryKind.APPOINTMENT if event.appointment is not None else EntryKind.ISSUE,
        doctor=event.doctor,
        plan=event.plan,
        priority_reason=event.priority_reason,
        promise=event.promise,
    )
    token.timeline.append(Step(token.issued_at, TokenState.WAITING, department=token.department))
    clinic.tokens[token.id] = token
    flows.forget(clinic.flows[event.department], at)
    _numbered(clinic, event)
    queues.enter(clinic.queues[event.department], token)


def _numbered(clinic: Clinic, event: TokenIssued) -> None:
    """The number is gone: from the series, or from the kiosk's block."""
    clinic.issued[event.department] = clinic.issued.get(event.department, 0) + 1
    if event.lease is None:
        clinic.last_number[event.department] = event.number
        clinic.last_label[event.department] = event.label
    elif event.offline_id is not None:
        clinic.leases[event.lease].used[event.number] = event.offline_id, event.token
    if event.appointment is not None:
        clinic.appointments[event.appointment].token = event.token


def carried(clinic: Clinic, at: Instant, known: CarriedToken) -> None:
    """A token of the day before lives on, in the place where it was."""
    token = Token(**{name: getattr(known, name) for name in CarriedToken.__slots__})
    token.timeline.append(Step(token.issued_at, TokenState.WAITING, department=token.department))
    if token.state is not TokenState.WAITING:
        token.timeline.append(Step(at, token.state, token.room, token.attempt))
    clinic.tokens[token.id] = token
    clinic.carried.add(token.label)
    if token.state is TokenState.WAITING:
        queues.enter(clinic.queues[token.department], token)
    if token.room is not None:
        clinic.desks[token.room].current = token.id


def called(clinic: Clinic, seq: int, at: Instant, event: TokenCalled, undo: Undoable | None) -> None:
    token = clinic.tokens[event.token]
    if token.state is TokenState.WAITING:
        _count_run(clinic, seq, at, token, event)
        _score(clinic, token, at, undo)
        queues.leave(clinic.queues[token.department], token)
        token.first_called_at = at
    token.called_at, token.attempt = at, event.attempt
    enter(token, TokenState.CALLED, at, event.room)
    clinic.desks[event.room].current = token.id
    clinic.calls.append(Call(AnnouncementId(str(seq)), token.id, event.room, at, event.attempt))


def _count_run(clinic: Clinic, seq: int, at: Instant, token: Token, event: TokenCalled) -> None:
    if not ordering.counts(clinic, token, event.reason, event.operator):
        return
    before, overtook = clinic.runs.get(token.department, 0), bool(event.overtook)
    clinic.runs[token.department] = ordering.run_after(before, overtook=overtook)
    recent = [call for call in clinic.counted.get(token.department, ()) if at - call.at <= UNDO_MS]
    clinic.counted[token.department] = [*recent, Counted(seq, at, before, overtook)]


def _score(clinic: Clinic, token: Token, at: Instant, undo: Undoable | None) -> None:
    """Whether the promise of its issue held, at its first call in the department for which it was made."""
    if token.promise is None or token.trial:
        return
    held = flows.score(clinic.flows[token.department], token.promise, at - token.issued_at)
    token.promise = None
    if undo is not None and held is not None:
        undo.hits.append((token.department, held))


def started(clinic: Clinic, at: Instant, event: ServiceStarted) -> None:
    token = clinic.tokens[event.token]
    token.started_at = at if not event.implied else Instant(0)
    enter(token, TokenState.SERVING, at, event.room)


def finished(clinic: Clinic, seq: int, at: Instant, event: ServiceFinished, undo: Undoable | None) -> None:
    token = clinic.tokens[event.token]
    _leave_room(clinic, token, at, undo)
    if event.next is None:
        enter(token, TokenState.SERVED, at, None)
    else:
        move_on(clinic, token, event.next, seq, at)
        queues.enter(clinic.queues[token.department], token)


def move_on(clinic: Clinic, token: Token, department: DepartmentId, seq: int, at: Instant) -> None:
    """The token waits for its next step; it must then enter that queue."""
    token.plan, token.doctor = visits.after(token.plan, department)
    _wait_in(clinic, token, department, seq, at)


def no_show(clinic: Clinic, at: Instant, event: NoShowMarked, undo: Undoable | None) -> None:
    token = clinic.tokens[event.token]
    _leave_room(clinic, token, at, undo)
    token.no_show_at = at
    enter(token, TokenState.NO_SHOW, at, None)


def returned(clinic: Clinic, seq: int, at: Instant, event: TokenReturned) -> None:
    """Never with credit (queue-rules, Who is next, 4)."""
    token = clinic.tokens[event.token]
    token.returns += 1
    token.base, token.credit_ms, token.came_by = event.base, 0, EntryKind.RETURN
    token.entered_at, token.entry, token.promise = at, seq, None
    _back_in_queue(clinic, token, at)


def parked(clinic: Clinic, at: Instant, event: TokenParked, undo: Undoable | None) -> None:
    token = clinic.tokens[event.token]
    token.promise = None
    _leave(clinic, token, at, undo)
    enter(token, TokenState.PARKED, at, None)


def resumed(clinic: Clinic, at: Instant, event: TokenResumed) -> None:
    """With its own base and entry."""
    _back_in_queue(clinic, clinic.tokens[event.token], at)


def transferred(clinic: Clinic, seq: int, at: Instant, event: TokenTransferred, undo: Undoable | None) -> None:
    token = clinic.tokens[event.token]
    _leave(clinic, token, at, undo)
    token.plan, token.doctor = event.plan, event.doctor
    _wait_in(clinic, token, event.department, seq, at)
    queues.enter(clinic.queues[token.department], token)


def reprioritised(clinic: Clinic, event: PrioritySet) -> None:
    """An operator's decision gives credit also to somebody who came back as a no-show."""
    token = clinic.tokens[event.token]
    waits = token.state is TokenState.WAITING
    if waits:
        queues.leave(clinic.queues[token.department], token)
    token.priority, token.priority_reason = event.priority, event.reason
    token.credit_ms = queues.credit_ms(clinic.rules(token.department), event.priority)
    if waits:
        queues.enter(clinic.queues[token.department], token)


def released(clinic: Clinic, event: DoctorReleased) -> None:
    token = clinic.tokens[event.token]
    waits = token.state is TokenState.WAITING
    if waits:
        queues.leave(clinic.queues[token.department], token)
    token.doctor = None
    if waits:
        queues.enter(clinic.queues[token.department], token)


def ended(clinic: Clinic, token: Token, state: TokenState, at: Instant) -> None:
    """The token leaves wherever it is, for good."""
    _leave(clinic, token, at, None)
    enter(token, state, at, None)


def enter(token: Token, state: TokenState, at: Instant, room: RoomId | None) -> None:
    token.state, token.room = state, room
    attempt = token.attempt if state is TokenState.CALLED else 0
    department = token.department if state is TokenState.WAITING else None
    token.timeline.append(Step(at, state, room, attempt, department))


def _wait_in(clinic: Clinic, token: Token, department: DepartmentId, seq: int, at: Instant) -> None:
    """Transfer and next step: the visit's first base, a new entry (queue-rules, Who is next, 4 and 5)."""
    token.department, token.came_by = department, EntryKind.TRANSFER
    token.entered_at, token.entry, token.base = at, seq, token.first_base
    token.credit_ms = queues.credit_ms(clinic.rules(department), token.priority)
    token.promise = None
    enter(token, TokenState.WAITING, at, None)


def _back_in_queue(clinic: Clinic, token: Token, at: Instant) -> None:
    enter(token, TokenState.WAITING, at, None)
    queues.enter(clinic.queues[token.department], token)


def _leave(clinic: Clinic, token: Token, at: Instant, undo: Undoable | None) -> None:
    if token.state is TokenState.WAITING:
        queues.leave(clinic.queues[token.department], token)
    else:
        _leave_room(clinic, token, at, undo)


def _leave_room(clinic: Clinic, token: Token, at: Instant, undo: Undoable | None) -> None:
    """Frees the room, and counts the departure (queue-rules, Estimates)."""
    if token.room is None:
        return
    clinic.desks[token.room].current = None
    if token.trial:
        return
    flow = clinic.flows[token.department]
    departure = Departure(at, token.id, token.room, at - token.first_called_at)
    if flows.depart(flow, departure) and undo is not None:
        undo.departures.append((token.department, departure))
    if token.state is TokenState.SERVING and token.started_at:
        service_ms = at - token.started_at
        if flows.serve(flow, service_ms) and undo is not None:
            undo.services.append((token.department, service_ms))
