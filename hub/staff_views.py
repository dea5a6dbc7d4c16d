"""What operators may know and nobody else: needs, reasons, who works where, appointments."""

from hub.domain import clinic_day, queues
from hub.domain.clinic import Appointment, Clinic, Token
from hub.domain.configuration import Operator, PlanStep
from hub.private import Private
from hub.projections import when
from smartqueue import wire
from smartqueue.terms import Day, DepartmentId, Instant, RoomId, TokenState

MINUTE_MS = 60_000


def waiting(clinic: Clinic, department: DepartmentId, at: Instant) -> wire.WaitingAnswer:
    """Everybody who waits there, in the order of calling."""
    order = queues.waiting_in_order(clinic.queues[department])
    return wire.WaitingAnswer(
        department=department, waiting=[_waiting(clinic, clinic.tokens[token], at) for token in order]
    )


def token(clinic: Clinic, found: Token, at: Instant) -> wire.TokenStaffView:
    return wire.TokenStaffView(
        language=found.language,
        needs=list(found.needs),
        priority=found.priority,
        priority_reason=found.priority_reason,
        trial=found.trial,
        issued_at=when(found.issued_at),
        since=when(found.entered_at),
        came_by=found.came_by,
        doctor=found.doctor,
        any_doctor=offers_any_doctor(clinic, found, at),
        grace_s=grace_s(clinic, found),
        returns=found.returns,
        plan=[_step(step) for step in found.plan],
    )


def grace_s(clinic: Clinic, found: Token) -> int:
    """How long this person gets to arrive; every need lengthens it (queue-rules, Not arrived)."""
    rules = clinic.rules(found.department)
    return rules.slow_grace_s if found.needs else rules.grace_s


def offers_any_doctor(clinic: Clinic, found: Token, at: Instant) -> bool:
    """Waiting for one doctor has taken so long that any other should be offered (queue-rules, Who is next, 1)."""
    waits = found.state is TokenState.WAITING and found.doctor is not None
    return waits and at - found.entered_at >= clinic.rules(found.department).any_doctor_min * MINUTE_MS


def appointments(clinic: Clinic, private: Private, day: Day) -> wire.AppointmentsAnswer:
    """Those of one clinic day, by time; none of days that are over."""
    site = clinic.configured()
    begins, ends = clinic_day.start_of(day, site), clinic_day.end_of(day, site)
    found = (known for known in clinic.appointments.values() if begins <= known.booked.at < ends)
    by_time = sorted(found, key=lambda known: (known.booked.at, known.booked.id))
    return wire.AppointmentsAnswer(day=day, appointments=[_appointment(known, private) for known in by_time])


def operators(clinic: Clinic) -> wire.OperatorsAnswer:
    rooms = {desk.operator: room for room, desk in clinic.desks.items() if desk.operator is not None}
    return wire.OperatorsAnswer(
        operators=[_operator(clinic, operator, rooms.get(operator.id)) for operator in clinic.operators.values()]
    )


def _operator(clinic: Clinic, operator: Operator, room: RoomId | None) -> wire.OperatorView:
    absence = clinic.absent.get(operator.id)
    return wire.OperatorView(
        operator=operator.id,
        role=operator.role,
        departments=list(operator.departments),
        room=room,
        on_shift=operator.id in clinic.on_shift or not operator.schedule,
        available=absence is None,
        back_at=when(absence.back_at) if absence is not None and absence.back_at is not None else None,
        supervisor=operator.supervisor,
    )


def _waiting(clinic: Clinic, found: Token, at: Instant) -> wire.WaitingView:
    return wire.WaitingView(
        token=found.id,
        label=found.label,
        language=found.language,
        needs=list(found.needs),
        priority=found.priority,
        priority_reason=found.priority_reason,
        issued_at=when(found.issued_at),
        since=when(found.entered_at),
        came_by=found.came_by,
        doctor=found.doctor,
        any_doctor=offers_any_doctor(clinic, found, at),
        grace_s=grace_s(clinic, found),
        returns=found.returns,
    )


def _appointment(known: Appointment, private: Private) -> wire.AppointmentView:
    booked = known.booked
    return wire.AppointmentView(
        appointment=booked.id,
        department=booked.department,
        at=when(booked.at),
        doctor=booked.doctor,
        language=booked.language,
        needs=list(booked.needs),
        visit_type=booked.visit_type,
        reference=booked.reference,
        code=private.codes_by_appointment.get(booked.id, ""),
        token=known.token,
        cancelled=known.cancelled,
    )


def _step(step: PlanStep) -> wire.PlannedStep:
    return wire.PlannedStep(departments=list(step.departments), doctor=step.doctor)
