"""OpenRoom, PauseRoom, CloseRoom, AssignRoom and UndoLast; availability of operators; issuing stopped and resumed."""

from hub.domain import checks, undoing
from hub.domain.clinic import UNDO_MS, Clinic, Moment
from hub.domain.commands import (
    AssignRoom,
    CloseRoom,
    OpenRoom,
    PauseRoom,
    ResumeIssuing,
    SetAvailability,
    StopIssuing,
    UndoLast,
)
from hub.domain.events import (
    AvailabilitySet,
    CommandUndone,
    Event,
    IssuingResumed,
    IssuingStopped,
    RoomAssigned,
    RoomClosed,
    RoomOpened,
    RoomPaused,
)
from hub.domain.results import Decision, IssuingNow, OperatorNow, RoomNow, RoomStaffed, Undone
from smartqueue import errors
from smartqueue.terms import Instant, OperatorId, RoomState

LONGEST_PAUSE_H = 24


def open_room(clinic: Clinic, command: OpenRoom, moment: Moment) -> Decision:
    return _change(clinic, command, moment, RoomState.OPEN, RoomOpened(command.room))


def pause_room(clinic: Clinic, command: PauseRoom, moment: Moment) -> Decision:
    """Pausing again with another time of return is news; the current token may be finished meanwhile.

    Raises BadReturnTime when the return is past or more than a day ahead.
    """
    _return_time(command.back_at, moment)
    return _change(clinic, command, moment, RoomState.PAUSED, RoomPaused(command.room, command.back_at))


def close_room(clinic: Clinic, command: CloseRoom, moment: Moment) -> Decision:
    return _change(clinic, command, moment, RoomState.CLOSED, RoomClosed(command.room))


def assign(clinic: Clinic, command: AssignRoom) -> Decision:
    """A doctor who moves leaves the other room. Raises UnknownRoom, UnknownOperator, UnknownDepartment."""
    room = checks.room(clinic, command.room)
    if command.operator is not None:
        checks.operator(clinic, command.operator)
    for department in command.departments or ():
        checks.department(clinic, department)
    departments = room.departments if command.departments is None else tuple(dict.fromkeys(command.departments))
    desk = clinic.desks[room.id]
    same = (desk.operator, desk.departments) == (command.operator, departments)
    event = RoomAssigned(room.id, command.operator, None if command.departments is None else departments)
    return Decision(() if same else (event,), RoomStaffed(room.id, command.operator, departments))


def undo(clinic: Clinic, command: UndoLast, moment: Moment) -> Decision:
    """Raises UnknownRoom, PressTooOld, NothingToUndo, UndoTooLate."""
    room = checks.room(clinic, command.room)
    checks.fresh(command.tick, moment)
    last = clinic.desks[room.id].undo
    if last is None:
        raise errors.NothingToUndo(room=room.id)
    moved = any(clinic.tokens[identifier].touched != seq for identifier, seq in last.touched.items())
    if last.command != command.command or moment.at - last.at > UNDO_MS or moved:
        raise errors.UndoTooLate(room=room.id, limit_s=UNDO_MS // 1000)
    current = undoing.current_after(clinic.desks[room.id], last)
    label = clinic.tokens[current].label if current is not None else None
    return Decision((CommandUndone(room.id, last.command, tuple(last.tokens)),), Undone(room.id, current, label))


def set_availability(clinic: Clinic, command: SetAvailability, moment: Moment) -> Decision:
    """The room where the operator works is paused, or opened again, with it. Raises UnknownOperator, BadReturnTime."""
    operator = checks.operator(clinic, command.operator)
    back_at = None if command.available else command.back_at
    _return_time(back_at, moment)
    absence = clinic.absent.get(operator.id)
    same = absence is None if command.available else absence is not None and absence.back_at == back_at
    event = AvailabilitySet(operator.id, command.available, back_at)
    events = () if same else (*_room_follows(clinic, operator.id, back_at, available=command.available), event)
    return Decision(events, OperatorNow(operator.id, command.available, back_at))


def _room_follows(
    clinic: Clinic, operator: OperatorId, back_at: Instant | None, *, available: bool
) -> tuple[Event, ...]:
    for identifier, desk in clinic.desks.items():
        if desk.operator == operator and desk.state is not RoomState.CLOSED:
            return (RoomOpened(identifier),) if available else (RoomPaused(identifier, back_at),)
    return ()


def stop_issuing(clinic: Clinic, command: StopIssuing) -> Decision:
    """Raises UnknownDepartment."""
    department = checks.department(clinic, command.department).id
    last = clinic.last_label.get(department)
    events = () if department in clinic.stopped else (IssuingStopped(department, last, full=False),)
    return Decision(events, IssuingNow(department, issuing=False, last=clinic.stopped.get(department, last)))


def resume_issuing(clinic: Clinic, command: ResumeIssuing) -> Decision:
    """Raises UnknownDepartment, NotASupervisor."""
    department = checks.department(clinic, command.department).id
    if command.by is not None:
        checks.supervisor(clinic, command.by)
    same = department not in clinic.stopped and department in clinic.kept_open
    return Decision(() if same else (IssuingResumed(department),), IssuingNow(department, issuing=True, last=None))


def _return_time(back_at: Instant | None, moment: Moment) -> None:
    """Raises BadReturnTime when the return is past or more than a day ahead."""
    if back_at is not None and not moment.at < back_at <= moment.at + LONGEST_PAUSE_H * 3_600_000:
        raise errors.BadReturnTime(hours=LONGEST_PAUSE_H)


def _change(
    clinic: Clinic, command: OpenRoom | PauseRoom | CloseRoom, moment: Moment, state: RoomState, event: Event
) -> Decision:
    """Nothing happens to a room that is in that state already. Raises UnknownRoom, PressTooOld."""
    room = checks.room(clinic, command.room)
    checks.fresh(command.tick, moment)
    desk = clinic.desks[room.id]
    back_at = event.back_at if isinstance(event, RoomPaused) else None
    same = desk.state is state and desk.back_at == back_at
    return Decision(() if same else (event,), RoomNow(room.id, state))
