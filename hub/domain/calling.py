"""CallNext with its table "Next, in a room with current token T", CallToken and Recall."""

from collections.abc import Iterator
from contextlib import contextmanager

from hub.domain import checks, ordering, queues, visits
from hub.domain.clinic import Clinic, Moment, Token, token_twin
from hub.domain.commands import CallNext, CallToken, Recall, Unchecked
from hub.domain.configuration import Room
from hub.domain.events import Event, NoShowMarked, ServiceFinished, ServiceStarted, TokenCalled
from hub.domain.ordering import Choice
from hub.domain.results import Called, Decision, TokenNow
from hub.domain.token_moves import move_on
from smartqueue import errors
from smartqueue.terms import CallReason, ChoiceReason, Outcome, RoomState, TokenState

SAME_PRESS_MS = 2_000
IN_ROOM_MS = 15_000


def call_next(clinic: Clinic, command: CallNext, moment: Moment) -> Decision:
    """Checked in the order of queue-rules: tick, the < 2 s row, `after`, then the table.

    Raises UnknownRoom, PressTooOld, RoomPaused, RoomClosed, ConfirmNoShow, NothingToConfirm.
    """
    room = checks.room(clinic, command.room)
    checks.fresh(command.tick, moment)
    current = current_of(clinic, room)
    if _obeyed_before(current, command, moment):
        return _repeated(room, current)
    _accepting(clinic, room)
    ending = _ending(clinic, room, current, command.outcome, moment)
    with _ended(clinic, current, ending, moment):
        choice = ordering.choose(clinic, room, moment.at)
        return _calling(clinic, room, ending, choice, None)


def call_token(clinic: Clinic, command: CallToken, moment: Moment) -> Decision:
    """As CallNext, but the operator says who. Raises also UnknownToken, ImpossibleTransition, TokenNotForRoom."""
    room, token = checks.room(clinic, command.room), checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    current = current_of(clinic, room)
    if current is token or _obeyed_before(current, command, moment):
        return _repeated(room, current)
    checks.possible(token, "call")
    if token.department not in clinic.desks[room.id].departments:
        raise errors.TokenNotForRoom(label=token.label, department=token.department, room=room.id)
    _accepting(clinic, room)
    ending = _ending(clinic, room, current, command.outcome, moment)
    with _ended(clinic, current, ending, moment):
        return _calling(clinic, room, ending, ordering.chosen(clinic, room, token), command.reason)


def recall(clinic: Clinic, command: Recall, moment: Moment) -> Decision:
    """Raises UnknownToken, PressTooOld, ImpossibleTransition, TokenElsewhere."""
    token = checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    checks.possible(token, "recall")
    checks.in_room(token, command.room)
    room = checks.room_of(token)
    event = TokenCalled(token.id, room, token.attempt + 1, CallReason.CHOSEN, operator=clinic.desks[room].operator)
    return Decision((event,), TokenNow(token.id, token.label, TokenState.CALLED, room))


def current_of(clinic: Clinic, room: Room) -> Token | None:
    """The token that a room is busy with."""
    identifier = clinic.desks[room.id].current
    return clinic.tokens[identifier] if identifier is not None else None


def finished(clinic: Clinic, current: Token, moment: Moment) -> tuple[Event, ...]:
    """How a token in its room ends: with an implied start if nobody pressed Start; on to its next step, if any."""
    room = checks.room_of(current)
    going_on = visits.next_department(clinic, current.plan, moment.at)
    events: tuple[Event, ...] = (ServiceFinished(current.id, room, going_on),)
    if current.state is TokenState.CALLED:
        events = (ServiceStarted(current.id, room, implied=True), *events)
    return events


def _obeyed_before(current: Token | None, command: CallNext | CallToken, moment: Moment) -> bool:
    """The same press again: within 2 s of the call, or the room has moved on from what the presser saw."""
    if current is not None and current.state is TokenState.CALLED and moment.at - current.called_at < SAME_PRESS_MS:
        return True
    believed = command.after
    return not isinstance(believed, Unchecked) and believed != (current.id if current else None)


def _repeated(room: Room, current: Token | None) -> Decision:
    if current is None:
        return Decision((), Called(room.id, None, None, 0, repeated=True))
    return Decision((), Called(room.id, current.id, current.label, current.attempt, repeated=True))


def _accepting(clinic: Clinic, room: Room) -> None:
    state = clinic.desks[room.id].state
    if state is RoomState.PAUSED:
        raise errors.RoomPaused(room=room.id)
    if state is RoomState.CLOSED:
        raise errors.RoomClosed(room=room.id)


def _ending(
    clinic: Clinic, room: Room, current: Token | None, outcome: Outcome | None, moment: Moment
) -> tuple[Event, ...]:
    """How the room's current token ends before the next is called."""
    awaited = current is not None and current.state is TokenState.CALLED
    if outcome is not None and not awaited:
        raise errors.NothingToConfirm(room=room.id)
    if current is None:
        return ()
    if awaited and outcome is Outcome.NO_SHOW:
        return (NoShowMarked(current.id, room.id),)
    if awaited and moment.at - current.called_at <= IN_ROOM_MS:
        raise errors.ConfirmNoShow(label=current.label, room=room.id)
    return finished(clinic, current, moment)


@contextmanager
def _ended(clinic: Clinic, current: Token | None, ending: tuple[Event, ...], moment: Moment) -> Iterator[None]:
    """Lets the next be chosen as if the current token were at its next step already: this room may serve that, too."""
    last = ending[-1] if ending else None
    if current is None or not isinstance(last, ServiceFinished) or last.next is None:
        yield
        return
    moved = token_twin(current)
    move_on(clinic, moved, last.next, queues.LAST_ENTRY, moment.at)
    clinic.tokens[moved.id] = moved
    queues.enter(clinic.queues[moved.department], moved)
    try:
        yield
    finally:
        queues.leave(clinic.queues[moved.department], moved)
        clinic.tokens[current.id] = current


def _calling(
    clinic: Clinic, room: Room, ending: tuple[Event, ...], choice: Choice | None, why: ChoiceReason | None
) -> Decision:
    if choice is None:
        return Decision(ending, Called(room.id, None, None, 0, repeated=False))
    token = clinic.tokens[choice.token]
    called = TokenCalled(
        token.id,
        room.id,
        1,
        choice.reason,
        choice.overtook,
        chosen=why,
        operator=clinic.desks[room.id].operator,
        capped=choice.capped,
        lead_s=choice.lead_s,
    )
    return Decision((*ending, called), Called(room.id, token.id, token.label, 1, repeated=False))
