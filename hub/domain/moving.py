"""What takes a token elsewhere: cancel, return, park, resume, transfer, and what changes its place there."""

from hub.domain import checks, queues, visits
from hub.domain.clinic import Clinic, Moment, Token
from hub.domain.commands import (
    CancelToken,
    ParkToken,
    ReleaseDoctor,
    ResumeToken,
    ReturnToken,
    SetPriority,
    TransferToken,
)
from hub.domain.events import (
    DoctorReleased,
    PrioritySet,
    TokenCancelled,
    TokenParked,
    TokenResumed,
    TokenReturned,
    TokenTransferred,
)
from hub.domain.results import Decision, Prioritised, TokenNow
from smartqueue import errors
from smartqueue.terms import DepartmentId, TokenState


def cancel(clinic: Clinic, command: CancelToken, moment: Moment) -> Decision:
    """Raises UnknownToken, PressTooOld, ImpossibleTransition, NotPermitted."""
    token = checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    checks.possible(token, "cancel")
    if command.only_waiting and token.state is not TokenState.WAITING:
        raise errors.NotPermitted(kind=command.reason.value, action=f"cancel, {token.state}")
    if command.only_trial and not token.trial:
        raise errors.NotPermitted(kind=command.reason.value, action="cancel, trial = false")
    event = TokenCancelled(token.id, command.reason)
    return Decision((event,), TokenNow(token.id, token.label, TokenState.CANCELLED, None))


def come_back(clinic: Clinic, command: ReturnToken, moment: Moment) -> Decision:
    """Of a no-show (queue-rules, Who is next, 4, and "Not arrived"). Raises UnknownToken, ImpossibleTransition."""
    token = checks.token(clinic, command.token)
    checks.possible(token, "return")
    event = TokenReturned(token.id, queues.return_base(clinic, token, moment.at))
    return Decision((event,), TokenNow(token.id, token.label, TokenState.WAITING, None))


def park(clinic: Clinic, command: ParkToken, moment: Moment) -> Decision:
    """Raises UnknownToken, PressTooOld, ImpossibleTransition, TokenElsewhere."""
    token = checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    checks.possible(token, "park")
    checks.in_room(token, command.room)
    event = TokenParked(token.id, command.reason, token.room)
    return Decision((event,), TokenNow(token.id, token.label, TokenState.PARKED, None))


def resume(clinic: Clinic, command: ResumeToken, moment: Moment) -> Decision:
    """Raises UnknownToken, ImpossibleTransition."""
    token = checks.token(clinic, command.token)
    checks.possible(token, "resume")
    return Decision((TokenResumed(token.id),), TokenNow(token.id, token.label, TokenState.WAITING, None))


def transfer(clinic: Clinic, command: TransferToken, moment: Moment) -> Decision:
    """Raises UnknownToken, PressTooOld, ImpossibleTransition, TokenElsewhere, NoPlannedStep, SameDepartment,
    UnknownDepartment; with a doctor UnknownOperator, DoctorElsewhere.
    """
    token = checks.token(clinic, command.token)
    checks.fresh(command.tick, moment)
    checks.possible(token, "transfer")
    checks.in_room(token, command.room)
    department = _destination(clinic, token, command, moment)
    plan, doctor = visits.after(token.plan, department)
    if command.plan is not None:
        visits.check(clinic, command.plan)
        plan = command.plan
    if command.doctor is not None:
        doctor = checks.doctor(clinic, command.doctor, department).id
    if token.state is TokenState.WAITING and (department, doctor) == (token.department, token.doctor):
        raise errors.SameDepartment(label=token.label, department=department)
    event = TokenTransferred(token.id, department, token.room, doctor, plan)
    return Decision((event,), TokenNow(token.id, token.label, TokenState.WAITING, None))


def _destination(clinic: Clinic, token: Token, command: TransferToken, moment: Moment) -> DepartmentId:
    if command.department is not None:
        return checks.department(clinic, command.department).id
    planned = visits.next_department(clinic, token.plan, moment.at)
    if planned is None:
        raise errors.NoPlannedStep(label=token.label)
    return planned


def set_priority(clinic: Clinic, command: SetPriority) -> Decision:
    """The same again is no news, unless it gives credit back to somebody who returned. Raises UnknownToken,
    ImpossibleTransition.
    """
    token = checks.token(clinic, command.token)
    checks.possible(token, "set-priority")
    event = PrioritySet(token.id, command.priority, command.reason)
    credit_ms = queues.credit_ms(clinic.rules(token.department), command.priority)
    same = (token.priority, token.credit_ms) == (command.priority, credit_ms)
    return Decision(() if same else (event,), Prioritised(token.id, token.label, command.priority))


def release_doctor(clinic: Clinic, command: ReleaseDoctor) -> Decision:
    """Nothing happens to a token that any doctor may call. Raises UnknownToken, ImpossibleTransition."""
    token = checks.token(clinic, command.token)
    checks.possible(token, "any-doctor")
    events = (DoctorReleased(token.id),) if token.doctor is not None else ()
    return Decision(events, TokenNow(token.id, token.label, token.state, None))
