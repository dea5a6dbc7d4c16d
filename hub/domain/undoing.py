"""Undo: what a room's last command was, and taking it back whole (queue-rules, Undo). Part of `evolve`."""

from hub.domain import flows, queues
from hub.domain.clinic import CALLS_KEPT, Clinic, Token, Undoable, token_twin
from hub.domain.events import (
    CommandUndone,
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
from smartqueue.terms import CommandId, Instant, TokenId, TokenState

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
    if command is None or not isinstance(event, OF_A_ROOM) or event.room is None:
        return None
    desk = clinic.desks[event.room]
    if desk.undo is None or desk.undo.command != command:
        desk.undo = Undoable(command, at, desk.current, desk.state, desk.back_at)
    if not isinstance(event, RoomOpened | RoomPaused | RoomClosed):
        desk.undo.tokens.setdefault(event.token, token_twin(clinic.tokens[event.token]))
    return desk.undo


def note(clinic: Clinic, seq: int, event: Event, undo: Undoable | None) -> None:
    """After an event: which token it touched last, and that it belongs to the command."""
    token = clinic.tokens.get(getattr(event, "token", TokenId("")))
    if token is not None:
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
    desk.current, desk.state, desk.back_at, desk.undo = undo.current, undo.state, undo.back_at, None
    _take_back_figures(clinic, undo)
    _forget_calls(clinic, undo)


def _put_back(clinic: Clinic, before: Token, seq: int) -> None:
    now = clinic.tokens[before.id]
    if now.state is TokenState.WAITING:
        queues.leave(clinic.queues[now.department], now)
    before.touched = seq
    clinic.tokens[before.id] = before
    if before.state is TokenState.WAITING:
        queues.enter(clinic.queues[before.department], before)


def _take_back_figures(clinic: Clinic, undo: Undoable) -> None:
    for department, (before, after) in undo.runs.items():
        now = clinic.runs.get(department, 0)
        if now == after:
            clinic.runs[department] = before
        elif now > after > before:
            clinic.runs[department] = now - 1
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
