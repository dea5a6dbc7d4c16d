"""IssueToken: where, with which number, with which priority, and what is promised."""

from collections.abc import Sequence

from hub.domain import checks, clinic_day, estimates, numbering, queues, turning, visits
from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import IssueToken
from hub.domain.configuration import Department, PlanStep
from hub.domain.events import TokenIssued
from hub.domain.results import Decision, Issued
from smartqueue import errors
from smartqueue.terms import DepartmentId, Language, Need, OperatorId, Priority, PriorityReason

HIGH_NEEDS = frozenset({Need.ELDERLY, Need.PREGNANT, Need.INFANT, Need.DISABLED, Need.WHEELCHAIR})
"""Needs that give `high` priority; the others only reach the room."""


def issue(clinic: Clinic, command: IssueToken, moment: Moment) -> Decision:
    """Raises UnknownDepartment, DepartmentClosed, DepartmentFull, UnknownVisitType; with a doctor UnknownOperator,
    DoctorElsewhere, DoctorAway; QuotaReached and LastTokenGiven unless a supervisor overrides.
    """
    if command.override is not None:
        checks.supervisor(clinic, command.override)
    plan = visits.of_type(clinic, checks.department(clinic, command.department).id, command.visit_type)
    asked = tuple(dict.fromkeys((command.department, *command.services)))
    department = _first(clinic, asked, moment)
    others = tuple(one for one in asked if one != department.id)
    if command.doctor is not None:
        _doctor_here(clinic, command.doctor, department.id)
    priority, reason = priority_of(command.needs, command.priority, trial=command.trial)
    event = _event(
        clinic, command, department, ((PlanStep(others),) if others else ()) + plan, priority, reason, moment
    )
    if priority is not Priority.EMERGENCY and command.override is None:
        _accepts(clinic, department, moment)
    wait = estimates.shown(clinic, department.id, event.promise)
    return Decision((event,), Issued(event.token, event.label, department.id, moment.at, event.ahead, wait))


def next_label_number(clinic: Clinic, department: Department) -> int:
    """Raises DepartmentFull."""
    number = numbering.next_number(clinic, department.id)
    if number > numbering.LAST_NUMBER:
        raise errors.DepartmentFull(department=department.id, limit=numbering.LAST_NUMBER)
    return number


def priority_of(
    needs: Sequence[Need], asked: Priority | None = None, *, trial: bool = False
) -> tuple[Priority, PriorityReason]:
    """What an operator asked for, else what the needs give."""
    if asked is not None and asked is not Priority.NORMAL:
        return asked, PriorityReason.TRIAL if trial else PriorityReason.OPERATOR
    if HIGH_NEEDS.intersection(needs):
        return Priority.HIGH, PriorityReason.NEED
    return Priority.NORMAL, PriorityReason.NONE


def language_of(clinic: Clinic, asked: Language | None) -> Language:
    """The asked one where the site speaks it, else the site's default."""
    site = clinic.configured()
    return asked if asked in site.languages else site.default_language


def _first(clinic: Clinic, asked: tuple[DepartmentId, ...], moment: Moment) -> Department:
    """Where a visit begins: of several services the one with the shortest wait."""
    for identifier in asked:
        checks.department(clinic, identifier)
    department = clinic.departments[visits.shortest(clinic, asked, moment.at)]
    if department.id not in clinic.open:
        raise errors.DepartmentClosed(department=department.id)
    return department


def _doctor_here(clinic: Clinic, doctor: OperatorId, department: DepartmentId) -> None:
    found = checks.doctor(clinic, doctor, department)
    if not clinic_day.works_on(found, clinic.day):
        raise errors.DoctorAway(doctor=doctor, day=clinic.day)


def _event(
    clinic: Clinic,
    command: IssueToken,
    department: Department,
    plan: tuple[PlanStep, ...],
    priority: Priority,
    reason: PriorityReason,
    moment: Moment,
) -> TokenIssued:
    number = next_label_number(clinic, department)
    place = queues.new_place(clinic.rules(department.id), priority, moment.at, moment.at)
    doctor = None if priority is Priority.EMERGENCY else command.doctor
    promise = estimates.promise(clinic, department.id, place, moment.at, doctor)
    wait = estimates.shown(clinic, department.id, promise)
    return TokenIssued(
        token=command.token,
        department=department.id,
        label=numbering.label(department.letter, number),
        number=number,
        language=language_of(clinic, command.language),
        needs=command.needs,
        priority=priority,
        priority_reason=reason,
        trial=command.trial,
        ahead=promise.ahead if promise else queues.count_before(clinic.queues[department.id], place),
        low_s=wait.q20 if wait else None,
        high_s=wait.q85 if wait else None,
        promise=promise,
        doctor=command.doctor,
        plan=plan,
        visit_type=command.visit_type,
        override=command.override,
    )


def _accepts(clinic: Clinic, department: Department, moment: Moment) -> None:
    """Raises QuotaReached, LastTokenGiven."""
    if department.quota is not None and clinic.issued.get(department.id, 0) >= department.quota:
        raise errors.QuotaReached(department=department.id, quota=department.quota)
    if department.id in clinic.stopped or turning.is_full(clinic, department, moment.at):
        last = clinic.last_label.get(department.id)
        raise errors.LastTokenGiven(department=department.id, last=last or "-")
