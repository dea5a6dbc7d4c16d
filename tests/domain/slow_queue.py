"""A second, slow reading of who is eligible in a queue: a look at everybody, each time."""

from collections.abc import Iterable

from hub.domain.clinic import Clinic, Lane, Queue, Token
from hub.domain.queues import Place, bound_to, entry_of, rank_of
from smartqueue.terms import DepartmentId, OperatorId, Priority, TokenId


def slow_lanes(waiting: Iterable[Token]) -> dict[OperatorId | None, Lane]:
    """waiting: in any order."""
    lanes: dict[OperatorId | None, Lane] = {}
    for token in waiting:
        if token.priority is Priority.EMERGENCY:
            continue
        lane = lanes.setdefault(token.doctor, Lane())
        lane.order = sorted([*lane.order, rank_of(token)])
        lane.entries = sorted([*lane.entries, entry_of(token)])
        if token.priority is Priority.NORMAL:
            lane.normal = sorted([*lane.normal, entry_of(token)])
    return lanes


def eligible(token: Token, operator: OperatorId | None) -> bool:
    return bound_to(token) in (None, operator)


def slow_count(clinic: Clinic, department: DepartmentId, operator: OperatorId | None) -> int:
    return sum(eligible(token, operator) for token in by_entry(clinic, department))


def slow_earliest(clinic: Clinic, department: DepartmentId, operator: OperatorId | None) -> Token:
    return next(token for token in by_entry(clinic, department) if eligible(token, operator))


def slow_first(clinic: Clinic, department: DepartmentId, operator: OperatorId | None) -> Token:
    tokens = (clinic.tokens[item[-1]] for item in clinic.queues[department].order)
    return next(token for token in tokens if eligible(token, operator))


def slow_oldest_normal(clinic: Clinic, department: DepartmentId, operator: OperatorId | None) -> Token | None:
    return next((one for one in by_entry(clinic, department) if _normal(one) and eligible(one, operator)), None)


def slow_overtaken(clinic: Clinic, token: Token, operator: OperatorId | None) -> tuple[TokenId, ...]:
    earlier = [one for one in by_entry(clinic, token.department) if entry_of(one) < entry_of(token)]
    return tuple(one.id for one in earlier if _normal(one) and eligible(one, operator))


def slow_before(
    clinic: Clinic, department: DepartmentId, place: Place, operators: set[OperatorId | None]
) -> tuple[int, int]:
    """How many are ordered before that place and wait for any doctor; how many for one of these."""
    earlier = [bound_to(clinic.tokens[identifier]) for identifier in _ordered_before(clinic.queues[department], place)]
    return sum(doctor is None for doctor in earlier), sum(doctor in operators for doctor in earlier if doctor)


def by_entry(clinic: Clinic, department: DepartmentId) -> list[Token]:
    return [clinic.tokens[item[-1]] for item in clinic.queues[department].entries]


def _ordered_before(queue: Queue, place: Place) -> list[TokenId]:
    emergencies = [item[-1] for item in queue.emergencies if not place.emergency or item < place.entry]
    return emergencies if place.emergency else emergencies + [item[-1] for item in queue.order if item < place.rank]


def _normal(token: Token) -> bool:
    return token.priority is Priority.NORMAL
