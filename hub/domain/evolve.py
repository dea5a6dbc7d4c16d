"""`evolve`: the state after an event. The only code that changes a Clinic; deterministic, never refuses."""

from dataclasses import replace
from typing import assert_never

from hub.domain import contacting, day_moves, token_moves, undoing
from hub.domain.carry_over import KnownAppointment
from hub.domain.clinic import Absence, Appointment, Clinic, Lease
from hub.domain.events import (
    AnnouncementPlayed,
    AppointmentBooked,
    AppointmentCancelled,
    AvailabilitySet,
    CommandUndone,
    ContactSet,
    DayClosed,
    DayOpened,
    DepartmentClosed,
    DepartmentOpened,
    DoctorReleased,
    Event,
    IssuingResumed,
    IssuingStopped,
    LateTokensReported,
    LeaseGranted,
    LeaseRevoked,
    NoShowMarked,
    PrioritySet,
    RoomAssigned,
    RoomClosed,
    RoomOpened,
    RoomPaused,
    ServiceFinished,
    ServiceStarted,
    ShiftBegan,
    ShiftEnded,
    SiteConfigured,
    TokenCalled,
    TokenCancelled,
    TokenIssued,
    TokenParked,
    TokenResumed,
    TokenReturned,
    TokenTransferred,
    UnitAdmitted,
    UnitBound,
    UnitForgotten,
)
from smartqueue.terms import CommandId, Instant, RoomId, RoomState, TokenId, TokenState

SiteEvent = (
    SiteConfigured
    | UnitAdmitted
    | UnitForgotten
    | UnitBound
    | DayClosed
    | DayOpened
    | DepartmentOpened
    | DepartmentClosed
    | IssuingStopped
    | IssuingResumed
    | ShiftBegan
    | ShiftEnded
    | AvailabilitySet
    | RoomAssigned
    | LeaseGranted
    | LeaseRevoked
    | LateTokensReported
    | AppointmentBooked
    | AppointmentCancelled
)


def evolve(  # noqa: PLR0912 - one line an event
    clinic: Clinic, seq: int, at: Instant, event: Event, command: CommandId | None = None
) -> None:
    """Applies one event of the journal, in the order of `seq`. command: that asked for it; undo goes by it."""
    undo = undoing.watch(clinic, at, event, command)
    match event:
        case TokenIssued():
            token_moves.issued(clinic, seq, at, event)
        case TokenCalled():
            token_moves.called(clinic, seq, at, event, undo)
        case ServiceStarted():
            token_moves.started(clinic, at, event)
        case ServiceFinished():
            token_moves.finished(clinic, seq, at, event, undo)
        case NoShowMarked():
            token_moves.no_show(clinic, at, event, undo)
        case TokenReturned():
            token_moves.returned(clinic, seq, at, event)
        case TokenParked():
            token_moves.parked(clinic, at, event, undo)
        case TokenResumed():
            token_moves.resumed(clinic, at, event)
        case TokenTransferred():
            token_moves.transferred(clinic, seq, at, event, undo)
        case PrioritySet():
            token_moves.reprioritised(clinic, event)
        case DoctorReleased():
            token_moves.released(clinic, event)
        case TokenCancelled():
            token_moves.ended(clinic, clinic.tokens[event.token], TokenState.CANCELLED, at)
        case ContactSet():
            contacting.is_set(clinic, event)
        case AnnouncementPlayed():
            _played(clinic, event)
        case RoomOpened():
            _set_room(clinic, event.room, RoomState.OPEN, None)
        case RoomPaused():
            _set_room(clinic, event.room, RoomState.PAUSED, event.back_at)
        case RoomClosed():
            _set_room(clinic, event.room, RoomState.CLOSED, None)
        case CommandUndone():
            undoing.take_back(clinic, seq, event)
        case _:
            _of_the_site(clinic, at, event)
    undoing.note(clinic, seq, event, undo)


def _of_the_site(clinic: Clinic, at: Instant, event: SiteEvent) -> None:  # noqa: PLR0912 - one line an event
    match event:
        case SiteConfigured():
            day_moves.reconfigured(clinic, at, event)
        case UnitAdmitted():
            clinic.units[event.unit.name] = event.unit
        case UnitForgotten():
            clinic.units.pop(event.unit, None)
        case UnitBound():
            clinic.units[event.unit] = replace(clinic.units[event.unit], room=event.room)
        case DayClosed():
            for token in event.unserved:
                token_moves.ended(clinic, clinic.tokens[token], TokenState.UNSERVED, at)
        case DayOpened():
            day_moves.opened(clinic, at, event)
        case DepartmentOpened():
            clinic.open.add(event.department)
            clinic.stopped.pop(event.department, None)
            clinic.kept_open.discard(event.department)
            day_moves.look_ahead(clinic, at)
        case DepartmentClosed():
            clinic.open.discard(event.department)
            day_moves.look_ahead(clinic, at)
        case IssuingStopped():
            clinic.stopped[event.department] = event.last
            clinic.kept_open.discard(event.department)
        case IssuingResumed():
            clinic.stopped.pop(event.department, None)
            clinic.kept_open.add(event.department)
        case ShiftBegan():
            day_moves.shift_began(clinic, at, event)
        case ShiftEnded():
            clinic.on_shift.pop(event.operator, None)
            day_moves.look_ahead(clinic, at)
        case AvailabilitySet():
            _set_availability(clinic, event)
        case RoomAssigned():
            departments = clinic.rooms[event.room].departments if event.departments is None else event.departments
            day_moves.staff(clinic, event.room, event.operator, departments)
        case LeaseGranted():
            clinic.leases[event.lease] = Lease(
                event.lease, event.kiosk, event.department, event.day, event.first, event.last, at
            )
        case LeaseRevoked():
            clinic.leases[event.lease].revoked = True
        case LateTokensReported():
            _late(clinic, event)
        case AppointmentBooked():
            _booked(clinic, event)
        case AppointmentCancelled():
            clinic.appointments[event.appointment].cancelled = True
        case _:
            assert_never(event)


def _played(clinic: Clinic, event: AnnouncementPlayed) -> None:
    for call in clinic.calls:
        if call.announcement == event.announcement:
            call.heard = event.heard


def _set_room(clinic: Clinic, room: RoomId, state: RoomState, back_at: Instant | None) -> None:
    clinic.desks[room].state, clinic.desks[room].back_at = state, back_at


def _set_availability(clinic: Clinic, event: AvailabilitySet) -> None:
    if event.available:
        clinic.absent.pop(event.operator, None)
    else:
        clinic.absent[event.operator] = Absence(event.back_at)


def _late(clinic: Clinic, event: LateTokensReported) -> None:
    """The numbers are known from now on, so that sending them again changes nothing."""
    used = clinic.leases[event.lease].used
    for number, command in zip(event.numbers, event.commands, strict=True):
        used[number] = command, TokenId("")


def _booked(clinic: Clinic, event: AppointmentBooked) -> None:
    known = KnownAppointment(
        event.appointment,
        event.department,
        event.at,
        event.doctor,
        event.language,
        event.needs,
        event.visit_type,
        event.reference,
    )
    clinic.appointments[known.id] = Appointment(known)
    if known.reference:
        clinic.references[known.reference] = known.id
