"""CallNext with its table "Next, in a room with current token T", and Recall."""

from hub.domain import checks, ordering
from hub.domain.clinic import Clinic, Moment, Token
from hub.domain.commands import CallNext, Recall, Unchecked
from hub.domain.configuration import Room
from hub.domain.events import Event, NoShowMarked, ServiceFinished, ServiceStarted, TokenCalled
from hub.domain.results import Called, Decision, TokenNow
from smartqueue import errors
from smartqueue.terms import CallReason, Outcome, RoomState, TokenState

SAME_PRESS_MS = 2_000
IN_ROOM_MS = 15_000


def call_next(clinic: Clinic, command: CallNext, moment: Moment) -> Decision:
    """Checked in the order of queue-rules: tick, the < 2 s row, `after`, then the table.

    Raises UnknownRoom, PressTooOld, RoomPaused, RoomClosed, ConfirmNoShow, NothingToConfirm.
    """
    room = checks.room(clinic, command.room)
    checks.fresh(command.tick, moment)
    current = _current(clinic, room)
    if current is not None and _just_called(current, moment):
        return _repeated(room, current)
    if not isinstance(command.after, Unchecked) and command.after != (current.id if current else None):
        return _repeated(room, current)
    _accepting(clinic, room)
    ending = _ending(room, current, command.outcome, moment)
    return _next(clinic, room, ending, moment)


def recall(clinic: Clinic, command: Recall, moment: Moment) -> Decision:
    """Raises UnknownToken, PressTooOld, ImpossibleTransition, TokenElsewhere."""
    token = checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    checks.possible(token, "recall")
    checks.in_room(token, command.room)
    room = checks.room_of(token)
    event = TokenCalled(token.id, room, token.attempt + 1, CallReason.CHOSEN)
    return Decision((event,), TokenNow(token.id, token.label, TokenState.CALLED, room))


def _current(clinic: Clinic, room: Room) -> Token | None:
    identifier = clinic.desks[room.id].current
    return clinic.tokens[identifier] if identifier is not None else None


def _just_called(current: Token, moment: Moment) -> bool:
    return current.state is TokenState.CALLED and moment.at - current.called_at < SAME_PRESS_MS


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


def _ending(room: Room, current: Token | None, outcome: Outcome | None, moment: Moment) -> tuple[Event, ...]:
    """How the room's current token ends before the next is called."""
    awaited = current is not None and current.state is TokenState.CALLED
    if outcome is not None and not awaited:
        raise errors.NothingToConfirm(room=room.id)
    if current is None:
        return ()
    if not awaited:
        return (ServiceFinished(current.id, room.id),)
    if outcome is Outcome.NO_SHOW:
        return (NoShowMarked(current.id, room.id),)
    if moment.at - current.called_at <= IN_ROOM_MS:
        raise errors.ConfirmNoShow(label=current.label, room=room.id)
    return ServiceStarted(current.id, room.id, implied=True), ServiceFinished(current.id, room.id)


def _next(clinic: Clinic, room: Room, ending: tuple[Event, ...], moment: Moment) -> Decision:
    choice = ordering.choose(clinic, room, moment.at)
    if choice is None:
        return Decision(ending, Called(room.id, None, None, 0, repeated=False))
    token = clinic.tokens[choice.token]
    called = TokenCalled(token.id, room.id, 1, choice.reason, choice.overtook)
    return Decision((*ending, called), Called(room.id, token.id, token.label, 1, repeated=False))
