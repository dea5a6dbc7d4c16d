"""What time alone brings about: the clinic day ends and begins, departments open and close."""

from collections.abc import Iterator

from hub.domain import clinic_day
from hub.domain.clinic import Clinic
from hub.domain.events import DayClosed, DayOpened, DepartmentClosed, DepartmentOpened, Event
from smartqueue.terms import Instant, TokenState

OPEN_STATES = (TokenState.WAITING, TokenState.CALLED, TokenState.SERVING, TokenState.PARKED)


def due(clinic: Clinic, at: Instant) -> Iterator[Event]:
    """Events that are due at `at`. Each must have evolved before the next is asked for."""
    if clinic.site is None or at < clinic.next_turn:
        return
    if clinic.day != clinic_day.day_of(at, clinic.site):
        if clinic.day:
            yield DayClosed(clinic.day, tuple(t.id for t in clinic.tokens.values() if t.state in OPEN_STATES))
        yield _opening(clinic, at)
    yield from _hours(clinic, at)


def _opening(clinic: Clinic, at: Instant) -> DayOpened:
    site = clinic.configured()
    return DayOpened(
        day=clinic_day.day_of(at, site),
        site=site,
        departments=tuple(clinic.departments.values()),
        rooms=tuple(clinic.rooms.values()),
        operators=tuple(clinic.operators.values()),
        units=tuple(clinic.units.values()),
        room_states={room: desk.state for room, desk in clinic.desks.items()},
    )


def _hours(clinic: Clinic, at: Instant) -> Iterator[Event]:
    for department in list(clinic.departments.values()):
        should = clinic_day.is_open(department, at, clinic.configured())
        if should and department.id not in clinic.open:
            yield DepartmentOpened(department.id)
        elif not should and department.id in clinic.open:
            yield DepartmentClosed(department.id)
