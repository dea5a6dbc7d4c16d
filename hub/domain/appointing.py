"""Appointments: book, import, cancel, check in (queue-rules, Who is next, 1 and 4)."""

from collections.abc import Iterator
from itertools import islice

from hub.domain import clinic_day, estimates, issuing, numbering, queues, visits
from hub.domain.carry_over import KnownAppointment
from hub.domain.clinic import Appointment, Clinic, Moment
from hub.domain.commands import BookAppointment, CancelAppointment, CheckIn, ImportAppointments
from hub.domain.events import (
    AppointmentBooked,
    AppointmentCancelled,
    TokenIssued,
)
from hub.domain.results import Booked, Decision, Done, Imported, Issued
from smartqueue import errors
from smartqueue.terms import AppointmentId, Instant

FURTHEST_MS = 2 * 366 * 24 * 3_600_000
"""How far ahead one may book."""


def book(clinic: Clinic, command: BookAppointment, moment: Moment) -> Decision:
    """A reference that is known already changes that appointment. Raises BadAppointment with every mistake."""
    identifier = _known_id(clinic, command)
    booked = Booked(identifier, command.department, command.at)
    if _as_known(clinic, command) and not clinic.appointments[identifier].cancelled:
        return Decision((), booked)
    mistakes = list(_mistakes(clinic, command, moment))
    if mistakes:
        raise errors.BadAppointment(errors=mistakes)
    return Decision((_event(command, identifier),), booked)


def take_over(clinic: Clinic, command: ImportAppointments, moment: Moment) -> Decision:
    """All or none; what was cancelled here stays so. Raises InvalidImport with the row or line of every mistake."""
    mistakes = list(_import_mistakes(clinic, command, moment))
    if mistakes:
        raise errors.InvalidImport(errors=mistakes)
    rows = [row for row in command.appointments if not _as_known(clinic, row)]
    changed = sum(_known_id(clinic, row) in clinic.appointments for row in rows)
    events = tuple(_event(row, _known_id(clinic, row)) for row in rows)
    return Decision(events, Imported(len(rows) - changed, changed, len(command.appointments) - len(rows)))


def cancel(clinic: Clinic, command: CancelAppointment) -> Decision:
    """Raises UnknownAppointment, AppointmentSettled."""
    known = _find(clinic, command.appointment)
    if known.token is not None:
        raise errors.AppointmentSettled(state="checked_in")
    return Decision(() if known.cancelled else (AppointmentCancelled(command.appointment),), Done())


def check_in(clinic: Clinic, command: CheckIn, moment: Moment) -> Decision:
    """Not subject to quota and last token: the place was promised when it was booked.

    Raises UnknownAppointment, AppointmentSettled, AppointmentOtherDay, AppointmentTooEarly, DepartmentFull.
    """
    known = _find(clinic, command.appointment)
    _may_check_in(clinic, known, moment)
    event = _token(clinic, command, known.booked, moment)
    wait = estimates.shown(clinic, event.department, event.promise)
    return Decision((event,), Issued(event.token, event.label, event.department, moment.at, event.ahead, wait))


def are_expected(clinic: Clinic) -> bool:
    """Whether anybody has an appointment today or tomorrow, or had one today."""
    return next(_expected(clinic), None) is not None


def is_first_expected(clinic: Clinic, appointment: AppointmentId) -> bool:
    """Whether this one is expected, and no other: the newest are asked first, so that long lists take no time."""
    first = list(islice(_expected(clinic), 2))
    return first == [appointment]


def _expected(clinic: Clinic) -> Iterator[AppointmentId]:
    """Newest first."""
    if not clinic.day:
        return
    ends = clinic_day.end_of(clinic_day.day_after(clinic.day), clinic.configured())
    for known in reversed(clinic.appointments.values()):
        if not known.cancelled and known.booked.at < ends:
            yield known.booked.id


def referred_to(clinic: Clinic, typed: str) -> tuple[AppointmentId, ...]:
    """Appointments of today with this reference; as somebody types it, if none has it just so: without its spaces
    and hyphens, and then with digits for letters that no keypad of ours has."""
    site = clinic.configured()
    today = [known.booked for known in clinic.appointments.values() if known.booked.reference]
    today = [booked for booked in today if clinic_day.day_of(booked.at, site) == clinic.day]
    for read in (str, _plain, _as_digits):
        found = tuple(booked.id for booked in today if read(typed) and read(booked.reference) == read(typed))
        if found:
            return found
    return ()


def _plain(reference: str) -> str:
    """Small or capital, spaces and hyphens: a keypad has not all of them."""
    return "".join(one for one in reference.casefold() if one.isalnum())


def _as_digits(reference: str) -> str:
    """The letters O and I are taken for 0 and 1, and the other way round."""
    return _plain(reference).translate(_TAKEN_FOR)


_TAKEN_FOR = str.maketrans("oi", "01")


def base_of(clinic: Clinic, booked: KnownAppointment, at: Instant) -> Instant:
    """The booked time for whoever comes early or up to `late_min` late, else the arrival."""
    late_ms = clinic.rules(booked.department).late_min * 60_000
    return booked.at if at <= booked.at + late_ms else at


def _may_check_in(clinic: Clinic, known: Appointment, moment: Moment) -> None:
    if known.token is not None or known.cancelled:
        raise errors.AppointmentSettled(state="cancelled" if known.cancelled else "checked_in")
    site, booked = clinic.configured(), known.booked
    day = clinic_day.day_of(booked.at, site)
    if day != clinic.day:
        raise errors.AppointmentOtherDay(day=day)
    early_min = clinic.rules(booked.department).early_min
    if early_min is not None and moment.at < booked.at - early_min * 60_000:
        first = Instant(booked.at - early_min * 60_000)
        raise errors.AppointmentTooEarly(time=clinic_day.local_time(first, site))


def _token(clinic: Clinic, command: CheckIn, booked: KnownAppointment, moment: Moment) -> TokenIssued:
    department = clinic.departments[booked.department]
    number = issuing.next_label_number(clinic, department)
    needs = tuple(dict.fromkeys((*booked.needs, *command.needs)))
    priority, reason = issuing.priority_of(needs)
    base = base_of(clinic, booked, moment.at)
    place = queues.new_place(clinic.rules(department.id), priority, base, moment.at)
    promise = estimates.promise(clinic, department.id, place, moment.at, booked.doctor)
    wait = estimates.shown(clinic, department.id, promise)
    return TokenIssued(
        token=command.token,
        department=department.id,
        label=numbering.label(department.letter, number),
        number=number,
        language=issuing.language_of(clinic, command.language or booked.language),
        needs=needs,
        priority=priority,
        priority_reason=reason,
        trial=False,
        ahead=promise.ahead if promise else queues.count_before(clinic.queues[department.id], place),
        low_s=wait.q20 if wait else None,
        high_s=wait.q85 if wait else None,
        promise=promise,
        base=base,
        entered_at=Instant(max(base, moment.at)),
        doctor=booked.doctor,
        plan=visits.of_known_type(clinic, department.id, booked.visit_type),
        visit_type=booked.visit_type,
        appointment=booked.id,
    )


def _find(clinic: Clinic, identifier: AppointmentId) -> Appointment:
    if identifier not in clinic.appointments:
        raise errors.UnknownAppointment()
    return clinic.appointments[identifier]


def _known_id(clinic: Clinic, command: BookAppointment) -> AppointmentId:
    return clinic.references.get(command.reference, command.appointment) if command.reference else command.appointment


def _known(command: BookAppointment, identifier: AppointmentId) -> KnownAppointment:
    return KnownAppointment(
        identifier,
        command.department,
        command.at,
        command.doctor,
        command.language,
        command.needs,
        command.visit_type,
        command.reference,
    )


def _as_known(clinic: Clinic, command: BookAppointment) -> bool:
    """Whether it is known already just so."""
    identifier = _known_id(clinic, command)
    before = clinic.appointments.get(identifier)
    return before is not None and before.booked == _known(command, identifier)


def _event(command: BookAppointment, identifier: AppointmentId) -> AppointmentBooked:
    known = _known(command, identifier)
    return AppointmentBooked(*(getattr(known, name) for name in KnownAppointment.__slots__))


def _import_mistakes(clinic: Clinic, command: ImportAppointments, moment: Moment) -> Iterator[str]:
    seen: dict[str, str] = {}
    for place, appointment in enumerate(command.appointments):
        row = f"line {command.lines[place]}" if command.lines else f"row {place + 1}"
        if not _as_known(clinic, appointment):
            yield from (f"{row}: {mistake}" for mistake in _mistakes(clinic, appointment, moment))
        if appointment.reference and appointment.reference in seen:
            yield f"{row}: reference {appointment.reference!r} is that of {seen[appointment.reference]}, too"
        seen.setdefault(appointment.reference, row)


def _mistakes(clinic: Clinic, command: BookAppointment, moment: Moment) -> Iterator[str]:
    """Only to be asked of what is news: a list that is imported again may hold times that have gone by."""
    before = clinic.appointments.get(_known_id(clinic, command))
    department = clinic.departments.get(command.department)
    if department is None:
        known = ", ".join(sorted(clinic.departments)) or "none"
        yield f"no department {command.department!r}; there are: {known}"
    elif command.visit_type is not None and command.visit_type not in {one.id for one in department.visit_types}:
        yield f"no visit type {command.visit_type!r} in department {command.department!r}"
    if not moment.at <= command.at <= moment.at + FURTHEST_MS:
        yield "the booked time must lie ahead, within two years"
    else:
        if department is not None and not clinic_day.is_open(department, command.at, clinic.configured()):
            yield f"department {department.id!r} is closed at that time"
        if command.doctor is not None:
            yield from _doctor_mistakes(clinic, command)
    if before is not None and before.token is not None:
        yield "this appointment has checked in already"


def _doctor_mistakes(clinic: Clinic, command: BookAppointment) -> Iterator[str]:
    doctor = clinic.operators.get(command.doctor) if command.doctor is not None else None
    if doctor is None:
        known = ", ".join(sorted(clinic.operators)) or "none"
        yield f"no operator {command.doctor!r}; there are: {known}"
    elif doctor.departments and command.department not in doctor.departments:
        yield f"operator {doctor.id!r} does not work for department {command.department!r}"
    elif not clinic_day.works(doctor, command.at, clinic.configured()):
        yield f"operator {doctor.id!r} does not work at that time, by schedule or leave"
