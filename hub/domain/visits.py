"""The planned steps of a visit: where a token goes next (queue-rules, Next; glossary, visit)."""

from collections.abc import Iterable, Sequence

from hub.domain import checks, estimates, queues
from hub.domain.clinic import Clinic
from hub.domain.configuration import PlanStep
from smartqueue import errors
from smartqueue.terms import DepartmentId, Instant, OperatorId, Priority, VisitTypeId

Plan = tuple[PlanStep, ...]


def next_department(clinic: Clinic, plan: Plan, at: Instant) -> DepartmentId | None:
    """The department of the next step; where the order is free, the one with the shortest wait. None at the end."""
    return shortest(clinic, plan[0].departments, at) if plan else None


def shortest(clinic: Clinic, departments: Sequence[DepartmentId], at: Instant) -> DepartmentId:
    """Open ones first, then the shortest wait of somebody who comes now, then the order in which they are named."""
    if len(departments) == 1:
        return departments[0]
    return min(departments, key=lambda identifier: (identifier not in clinic.open, _wait_s(clinic, identifier, at)))


def _wait_s(clinic: Clinic, department: DepartmentId, at: Instant) -> float:
    """The middle of the estimate; where no room is open, after all others, by how many wait."""
    promise = estimates.newcomer(clinic, department, at)
    if promise is not None:
        return promise.q50
    place = queues.new_place(clinic.rules(department), Priority.NORMAL, at, at)
    return 1e9 + queues.count_before(clinic.queues[department], place)


def after(plan: Plan, department: DepartmentId) -> tuple[Plan, OperatorId | None]:
    """What is left of a plan once a token is on its way to this department, and the doctor of that step."""
    if not plan or department not in plan[0].departments:
        return plan, None
    step, rest = plan[0], plan[1:]
    others = tuple(one for one in step.departments if one != department)
    return ((PlanStep(others, step.doctor), *rest) if others else rest), step.doctor


def of_type(clinic: Clinic, department: DepartmentId, visit_type: VisitTypeId | None) -> Plan:
    """The steps of a department's template. Raises UnknownVisitType."""
    if visit_type is None:
        return ()
    known = {one.id: one.steps for one in clinic.departments[department].visit_types}
    if visit_type not in known:
        raise errors.UnknownVisitType(visit_type=visit_type, department=department, known=sorted(known))
    return known[visit_type]


def of_known_type(clinic: Clinic, department: DepartmentId, visit_type: VisitTypeId | None) -> Plan:
    """The same; no steps where the configuration has lost that type since somebody was promised a place."""
    known = {one.id for one in clinic.departments[department].visit_types}
    return of_type(clinic, department, visit_type) if visit_type in known else ()


def check(clinic: Clinic, plan: Iterable[PlanStep]) -> None:
    """Raises UnknownDepartment, UnknownOperator, DoctorElsewhere for steps that lead nowhere."""
    for step in plan:
        for department in step.departments:
            checks.department(clinic, department)
            if step.doctor is not None:
                checks.doctor(clinic, step.doctor, department)
