"""What every decision asks first: does it exist, is the press fresh, is the state right. Raises Refusals."""

from hub.domain.clinic import Clinic, Moment, Token
from hub.domain.configuration import Department, Operator, Room
from smartqueue import errors
from smartqueue.terms import DepartmentId, OperatorId, Role, RoomId, Tick, TokenId, TokenState, UnitName

PRESS_LIMIT_MS = 3000

VERBS_IN: dict[TokenState, tuple[str, ...]] = {
    TokenState.WAITING: ("call", "park", "transfer", "cancel", "set-priority", "any-doctor"),
    TokenState.CALLED: ("recall", "start", "finish", "no-show", "park", "transfer", "cancel", "set-priority"),
    TokenState.SERVING: ("finish", "park", "transfer", "set-priority"),
    TokenState.PARKED: ("resume", "cancel", "set-priority", "any-doctor"),
    TokenState.NO_SHOW: ("return",),
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


def operator(clinic: Clinic, identifier: OperatorId) -> Operator:
    if identifier not in clinic.operators:
        raise errors.UnknownOperator(operator=identifier, known=sorted(clinic.operators))
    return clinic.operators[identifier]


def unit(clinic: Clinic, identifier: UnitName) -> None:
    if identifier not in clinic.units:
        raise errors.UnknownUnit(unit=identifier, known=sorted(clinic.units))


def doctor(clinic: Clinic, identifier: OperatorId, department: DepartmentId) -> Operator:
    """Somebody for whom a token of this department may wait. Raises UnknownOperator, DoctorElsewhere."""
    found = operator(clinic, identifier)
    if found.departments and department not in found.departments:
        raise errors.DoctorElsewhere(doctor=identifier, department=department)
    return found


def supervisor(clinic: Clinic, identifier: OperatorId) -> None:
    """Raises NotASupervisor. An administrator is one."""
    found = operator(clinic, identifier)
    if not found.supervisor and found.role is not Role.ADMINISTRATOR:
        raise errors.NotASupervisor(operator=identifier)


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


def may(subject: Token, verb: str) -> bool:
    """Whether `possible` would let it through."""
    return verb in VERBS_IN.get(subject.state, ())


def in_room(subject: Token, room: RoomId | None) -> None:
    """A caller unit acts only on tokens of its own room. room: None = any."""
    if room is not None and subject.room != room:
        raise errors.TokenElsewhere(label=subject.label, room=subject.room or "")


def room_of(subject: Token) -> RoomId:
    """Where a token was called to; only for tokens that `possible` let through for a verb of a room."""
    if subject.room is None:
        raise LookupError(f"token {subject.id} is {subject.state} without a room")
    return subject.room
