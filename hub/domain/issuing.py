"""IssueToken and CancelToken."""

from hub.domain import checks, estimates, numbering, ordering
from hub.domain.clinic import Clinic, Moment
from hub.domain.commands import CancelToken, IssueToken
from hub.domain.events import TokenCancelled, TokenIssued
from hub.domain.results import Decision, Issued, TokenNow
from smartqueue import errors
from smartqueue.terms import Language, Need, Priority, PriorityReason, TokenState

HIGH_NEEDS = frozenset({Need.ELDERLY, Need.PREGNANT, Need.INFANT, Need.DISABLED, Need.WHEELCHAIR})
"""Needs that give `high` priority; the others only reach the room."""


def issue(clinic: Clinic, command: IssueToken, moment: Moment) -> Decision:
    """Raises UnknownDepartment, DepartmentClosed, DepartmentFull."""
    department = checks.department(clinic, command.department)
    if department.id not in clinic.open:
        raise errors.DepartmentClosed(department=department.id)
    number = numbering.next_number(clinic.last_number.get(department.id, 0))
    if number > numbering.LAST_NUMBER:
        raise errors.DepartmentFull(department=department.id, limit=numbering.LAST_NUMBER)
    priority, reason = _priority(command)
    ahead = ordering.ahead_of_newcomer(clinic.queues[department.id], priority, moment.at)
    wait = estimates.wait_range(clinic, department.id, ahead)
    event = TokenIssued(
        token=command.token,
        department=department.id,
        label=numbering.label(department.letter, number),
        number=number,
        language=_language(clinic, command),
        needs=command.needs,
        priority=priority,
        priority_reason=reason,
        trial=command.trial,
        ahead=ahead,
        low_s=wait.low_s if wait else None,
        high_s=wait.high_s if wait else None,
    )
    return Decision((event,), Issued(event.token, event.label, department.id, moment.at, ahead, wait))


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


def _priority(command: IssueToken) -> tuple[Priority, PriorityReason]:
    if command.priority is not None and command.priority is not Priority.NORMAL:
        return command.priority, PriorityReason.TRIAL if command.trial else PriorityReason.OPERATOR
    if HIGH_NEEDS.intersection(command.needs):
        return Priority.HIGH, PriorityReason.NEED
    return Priority.NORMAL, PriorityReason.NONE


def _language(clinic: Clinic, command: IssueToken) -> Language:
    """The asked one where the site speaks it, else the site's default."""
    site = clinic.configured()
    return command.language if command.language in site.languages else site.default_language
