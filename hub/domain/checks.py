"""What every decision asks first: does it exist, is the press fresh, is the state right. Raises Refusals."""

from hub.domain.clinic import Clinic, Moment, Token
from hub.domain.configuration import Department, Room
from smartqueue import errors
from smartqueue.terms import DepartmentId, RoomId, Tick, TokenId, TokenState

PRESS_LIMIT_MS = 3000

VERBS_IN: dict[TokenState, tuple[str, ...]] = {
    TokenState.WAITING: ("cancel",),
    TokenState.CALLED: ("recall", "start", "finish", "no-show", "cancel"),
    TokenState.SERVING: ("finish",),
}
"""What can be done with a token in a state, by the API's words; nothing in the others."""


def department(clinic: Clinic, identifier: DepartmentId) -> Department:
    if identifier not in clinic.departments:
        raise errors.UnknownDepartment(department=identifier, known=sorted(clinic.departments))
    return clinic.departments[identifier]


def room(clinic: Clinic, identifier: RoomId) -> Room:
    if identifier not in clinic.rooms:
        raise errors.UnknownRoom(room=identifier, known=sorted(clinic.rooms))
    return clinic.rooms[identifier]


def token(clinic: Clinic, identifier: TokenId) -> Token:
    if identifier not in clinic.tokens:
        raise errors.UnknownToken()
    return clinic.tokens[identifier]


def fresh(tick: Tick | None, moment: Moment) -> None:
    """A press may be 3 s old at most; a tick before this start of the hub, or from ahead, is refused."""
    if tick is None:
        return
    if not moment.boot_tick <= tick <= moment.tick or moment.tick - tick > PRESS_LIMIT_MS:
        raise errors.PressTooOld(limit_s=PRESS_LIMIT_MS // 1000)


def possible(subject: Token, verb: str) -> None:
    allowed = VERBS_IN.get(subject.state, ())
    if verb not in allowed:
        raise errors.ImpossibleTransition(
            label=subject.label, state=subject.state.value, verb=verb, possible=list(allowed)
        )


def in_room(subject: Token, room: RoomId | None) -> None:
    """A caller unit acts only on tokens of its own room. room: None = any."""
    if room is not None and subject.room != room:
        raise errors.TokenElsewhere(label=subject.label, room=subject.room or "")


def room_of(subject: Token) -> RoomId:
    """Where a token was called to; only for tokens that `possible` let through for a verb of a room."""
    if subject.room is None:
        raise LookupError(f"token {subject.id} is {subject.state} without a room")
    return subject.room
