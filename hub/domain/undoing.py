"""Undo: what a room's last command was, and taking it back whole (queue-rules, Undo). Part of `evolve`."""

from hub.domain import flows, ordering, queues
from hub.domain.clinic import CALLS_KEPT, Absence, Clinic, Desk, Token, Undoable, token_twin
from hub.domain.events import (
    AvailabilitySet,
    CommandUndone,
    ContactSet,
    Event,
    NoShowMarked,
    RoomClosed,
    RoomOpened,
    RoomPaused,
    ServiceFinished,
    ServiceStarted,
    TokenCalled,
    TokenParked,
    TokenTransferred,
)
from smartqueue.terms import CommandId, Instant, OperatorId, TokenId, TokenState

OF_A_ROOM = (
    TokenCalled,
    ServiceStarted,
    ServiceFinished,
    NoShowMarked,
    TokenParked,
    TokenTransferred,
    RoomOpened,
    RoomPaused,
    RoomClosed,
)
"""Events that a room's command may bring about; without a room (a token parked from the queue) they are nobody's."""


def watch(clinic: Clinic, at: Instant, event: Event, command: CommandId | None) -> Undoable | None:
    """Before an event of a room is applied: notes what it will change. None for every other event."""
    if isinstance(event, AvailabilitySet):
        _watch_absence(clinic, event, command)
        return None
    if command is None or not isinstance(event, OF_A_ROOM) or event.room is None:
        return None
    desk = clinic.desks[event.room]
    if desk.undo is None or desk.undo.command != command:
        desk.undo = Undoable(command, at, desk.current, desk.state, desk.back_at)
    if not isinstance(event, RoomOpened | RoomPaused | RoomClosed):
        desk.undo.tokens.setdefault(event.token, token_twin(clinic.tokens[event.token]))
    return desk.undo


def _watch_absence(clinic: Clinic, event: AvailabilitySet, command: CommandId | None) -> None:
    """Somebody is away, or back, and so was their room just before, by the same command."""
    for desk in clinic.desks.values():
        if desk.undo is not None and desk.undo.command == command:
            desk.undo.absences[event.operator] = clinic.absent.get(event.operator)


def note(clinic: Clinic, seq: int, event: Event, undo: Undoable | None) -> None:
    """After an event: which token it touched last, and that it belongs to the command."""
    token = clinic.tokens.get(getattr(event, "token", TokenId("")))
    if token is not None and not isinstance(event, ContactSet):
        token.touched = seq
    if undo is not None:
        undo.seqs.append(seq)
        if token is not None:
            undo.touched[token.id] = seq


def take_back(clinic: Clinic, seq: int, event: CommandUndone) -> None:
    """The exact earlier states and places come back; what other rooms did meanwhile stays."""
    desk = clinic.desks[event.room]
    undo = desk.undo
    if undo is None:
        raise LookupError(f"nothing to undo in room {event.room}")
    for before in undo.tokens.values():
        _put_back(clinic, before, seq)
    desk.current, desk.state, desk.back_at, desk.undo = current_after(desk, undo), undo.state, undo.back_at, None
    for operator, absence in undo.absences.items():
        _put_back_absence(clinic, operator, absence)
    _take_back_runs(clinic, undo)
    _take_back_figures(clinic, undo)
    _forget_calls(clinic, undo)


def current_after(desk: Desk, undo: Undoable) -> TokenId | None:
    """Who is in the room once it is taken back: what moved nobody, a pause, brings nobody back either."""
    return undo.current if undo.tokens else desk.current


def _put_back(clinic: Clinic, before: Token, seq: int) -> None:
    now = clinic.tokens[before.id]
    if now.state is TokenState.WAITING:
        queues.leave(clinic.queues[now.department], now)
    before.touched = seq
    clinic.tokens[before.id] = before
    if before.state is TokenState.WAITING:
        queues.enter(clinic.queues[before.department], before)


def _put_back_absence(clinic: Clinic, operator: OperatorId, absence: Absence | None) -> None:
    if absence is None:
        clinic.absent.pop(operator, None)
    else:
        clinic.absent[operator] = absence


def _take_back_runs(clinic: Clinic, undo: Undoable) -> None:
    """The cap's counters are as if its calls had not been; those of other rooms since then still count."""
    for department, calls in clinic.counted.items():
        first = next((place for place, call in enumerate(calls) if call.seq in undo.seqs), None)
        if first is None:
            continue
        run = calls[first].before
        kept = calls[:first]
        for call in calls[first:]:
            if call.seq not in undo.seqs:
                kept.append(call._replace(before=run))
                run = ordering.run_after(run, overtook=call.overtook)
        clinic.counted[department], clinic.runs[department] = kept, run


def _take_back_figures(clinic: Clinic, undo: Undoable) -> None:
    for department, departure in undo.departures:
        flows.take_back_departure(clinic.flows[department], departure)
    for department, service_ms in undo.services:
        flows.take_back_service(clinic.flows[department], service_ms)
    for department, held in undo.hits:
        flows.take_back_score(clinic.flows[department], held)


def _forget_calls(clinic: Clinic, undo: Undoable) -> None:
    """The board's history no longer shows calls that were taken back."""
    taken_back = {str(seq) for seq in undo.seqs}
    kept = [call for call in clinic.calls if call.announcement not in taken_back]
    clinic.calls.clear()
    clinic.calls.extend(kept[-CALLS_KEPT:])
