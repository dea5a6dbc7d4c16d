"""What time alone brings about: days end and begin, departments open and close, shifts turn, issuing stops."""

from collections.abc import Iterator

from hub.domain import clinic_day, estimates, flows
from hub.domain.carry_over import CarriedToken, KnownLease
from hub.domain.clinic import Clinic, Lease, Token
from hub.domain.configuration import Department
from hub.domain.events import (
    DayClosed,
    DayOpened,
    DepartmentClosed,
    DepartmentOpened,
    Event,
    IssuingStopped,
    ShiftBegan,
    ShiftEnded,
)
from smartqueue.terms import Day, Instant, TokenState

OPEN_STATES = (TokenState.WAITING, TokenState.CALLED, TokenState.SERVING, TokenState.PARKED)


def due(clinic: Clinic, at: Instant) -> Iterator[Event]:
    """Events of the calendar that are due at `at`. Each must have evolved before the next is asked for."""
    if clinic.site is None or at < clinic.next_turn:
        return
    day = clinic_day.day_of(at, clinic.site)
    if clinic.day < day:
        if clinic.day:
            yield _closing(clinic, clinic_day.start_of(day, clinic.site))
        yield _opening(clinic, day)
    yield from _hours(clinic, at)
    yield from _shifts(clinic, at)


def is_watching(clinic: Clinic, at: Instant) -> bool:
    """Whether `due` or `stops` may have something to say at `at`: then FollowClock is worth asking for."""
    if clinic.site is None:
        return False
    return at >= clinic.next_turn or any(_may_stop(clinic, department) for department in clinic.departments.values())


def stops(clinic: Clinic, at: Instant) -> tuple[IssuingStopped, ...]:
    """Departments whose backlog no longer fits before they close (queue-rules, Next)."""
    return tuple(
        IssuingStopped(department.id, clinic.last_label.get(department.id), full=True)
        for department in clinic.departments.values()
        if is_full(clinic, department, at)
    )


def is_full(clinic: Clinic, department: Department, at: Instant) -> bool:
    """Whether somebody who comes now would probably (q85) be called only after the department has closed."""
    if not _may_stop(clinic, department):
        return False
    closes = clinic_day.closes_at(department, at, clinic.configured())
    promise = estimates.until_closing(clinic, department.id, at)
    return closes is not None and promise is not None and at + promise.q85 * 1000 > closes


def _may_stop(clinic: Clinic, department: Department) -> bool:
    has_hours = bool(department.hours) or department.closes is not None or department.opens is not None
    going_on = department.id in clinic.open and department.id not in clinic.stopped
    return has_hours and going_on and department.id not in clinic.kept_open


def _closing(clinic: Clinic, begins: Instant) -> DayClosed:
    """begins: of the new day; there may have been days without a hub in between."""
    still_open = [token for token in clinic.tokens.values() if token.state in OPEN_STATES]
    waited_for = [known for known in clinic.appointments.values() if known.token is None and not known.cancelled]
    return DayClosed(
        clinic.day,
        unserved=tuple(token.id for token in still_open if not _lives_on(clinic, token)),
        carried=tuple(token.id for token in still_open if _lives_on(clinic, token)),
        missed=tuple(known.booked.id for known in waited_for if known.booked.at < begins),
    )


def _lives_on(clinic: Clinic, token: Token) -> bool:
    return clinic.departments[token.department].always_open


def _opening(clinic: Clinic, day: Day) -> DayOpened:
    """Blocks of the last day that there was still count, too: their kiosk may be back only now."""
    site, last = clinic.configured(), min(clinic.day or day, clinic_day.day_before(day))
    begins = clinic_day.start_of(day, site)
    return DayOpened(
        day=day,
        site=site,
        departments=tuple(clinic.departments.values()),
        rooms=tuple(clinic.rooms.values()),
        operators=tuple(clinic.operators.values()),
        units=tuple(clinic.units.values()),
        room_states={room: desk.state for room, desk in clinic.desks.items()},
        carried=tuple(_carried(token) for token in clinic.tokens.values() if token.state in OPEN_STATES),
        leases=tuple(_known(lease) for lease in clinic.leases.values() if lease.day >= last),
        appointments=tuple(
            known.booked
            for known in clinic.appointments.values()
            if known.token is None and not known.cancelled and known.booked.at >= begins
        ),
        learned={identifier: flows.learned(flow) for identifier, flow in clinic.flows.items()},
    )


def _carried(token: Token) -> CarriedToken:
    """After DayClosed only those are open that live on."""
    return CarriedToken(**{name: getattr(token, name) for name in CarriedToken.__slots__})


def _known(lease: Lease) -> KnownLease:
    values = {name: getattr(lease, name) for name in KnownLease.__slots__}
    return KnownLease(**{**values, "used": dict(lease.used)})


def _hours(clinic: Clinic, at: Instant) -> Iterator[Event]:
    for department in list(clinic.departments.values()):
        should = clinic_day.is_open(department, at, clinic.configured())
        if should and department.id not in clinic.open:
            yield DepartmentOpened(department.id)
        elif not should and department.id in clinic.open:
            yield DepartmentClosed(department.id)


def _shifts(clinic: Clinic, at: Instant) -> Iterator[Event]:
    """Ends before beginnings, so that a room is free for whoever comes next."""
    site = clinic.configured()
    scheduled = [operator for operator in clinic.operators.values() if operator.schedule]
    now = {operator.id: clinic_day.workplace(operator, at, site) for operator in scheduled}
    for operator, place in now.items():
        if operator in clinic.on_shift and place is None:
            yield ShiftEnded(operator)
    for operator, place in now.items():
        if place is not None and (operator not in clinic.on_shift or clinic.on_shift[operator] != place[0]):
            yield ShiftBegan(operator, place[0])
