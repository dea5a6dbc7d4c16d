"""Who is next: emergencies, then the department, then the order inside it (queue-rules, Who is next).

The run cap, appointments, returns, transfers and doctor-bound tokens join here with the complete rules.
"""

from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TypeVar

from hub.domain.clinic import Clinic, Queue, Token
from hub.domain.configuration import Department, Room
from smartqueue.terms import CallReason, DepartmentId, Instant, Priority, TokenId

Item = TypeVar("Item", tuple[int, TokenId], tuple[int, int, TokenId])

CREDIT_MS = 20 * 60_000
"""Seniority that `high` priority gives."""
LAST_ENTRY = 1 << 62
"""Behind everybody who entered by now."""


@dataclass(frozen=True, slots=True)
class Choice:
    """overtook: normal tokens of the same queue that entered earlier."""

    token: TokenId
    reason: CallReason
    overtook: tuple[TokenId, ...]


def enter(queue: Queue, token: Token) -> None:
    insort(queue.entries, (token.entry, token.id))
    if token.priority is Priority.EMERGENCY:
        insort(queue.emergencies, (token.entry, token.id))
    else:
        insort(queue.order, _rank(token))


def leave(queue: Queue, token: Token) -> None:
    _remove(queue.entries, (token.entry, token.id))
    if token.priority is Priority.EMERGENCY:
        _remove(queue.emergencies, (token.entry, token.id))
    else:
        _remove(queue.order, _rank(token))


def ahead_of_newcomer(queue: Queue, priority: Priority, at: Instant) -> int:
    """How many would be ordered before somebody who is issued a token now."""
    if priority is Priority.EMERGENCY:
        return len(queue.emergencies)
    return len(queue.emergencies) + bisect_left(queue.order, (at - _credit(priority), LAST_ENTRY, TokenId("")))


def ahead_of(queue: Queue, token: Token) -> int:
    """How many of the queue are ordered before this token, which stands in it."""
    if token.priority is Priority.EMERGENCY:
        return bisect_left(queue.emergencies, (token.entry, token.id))
    return len(queue.emergencies) + bisect_left(queue.order, _rank(token))


def waiting_in_order(queue: Queue) -> list[TokenId]:
    return [token for _, token in queue.emergencies] + [token for _, _, token in queue.order]


def choose(clinic: Clinic, room: Room, at: Instant) -> Choice | None:
    """The token that this room calls next, with the reason; None when nobody eligible waits."""
    return _emergency(clinic, room) or _by_department(clinic, room, at)


def _emergency(clinic: Clinic, room: Room) -> Choice | None:
    """Step 2: emergencies across all the room's departments, first in first out."""
    heads = [clinic.queues[d].emergencies[0] for d in room.departments if clinic.queues[d].emergencies]
    if not heads:
        return None
    _, token = min(heads)
    return Choice(token, CallReason.EMERGENCY, _overtaken(clinic, clinic.tokens[token]))


def _by_department(clinic: Clinic, room: Room, at: Instant) -> Choice | None:
    department = choose_department(clinic, room, at)
    if department is None:
        return None
    _, _, token = clinic.queues[department].order[0]
    overtook = _overtaken(clinic, clinic.tokens[token])
    return Choice(token, CallReason.CREDIT if overtook else CallReason.OLDEST, overtook)


def choose_department(clinic: Clinic, room: Room, at: Instant) -> DepartmentId | None:
    """Step 3: the largest (wait of its earliest-entered token) / (target wait) x weight; ties by entry."""
    best: tuple[float, int] | None = None
    chosen: DepartmentId | None = None
    for identifier in room.departments:
        queue = clinic.queues[identifier]
        if not queue.entries:
            continue
        entry, first = queue.entries[0]
        urgency = _urgency(clinic.departments[identifier], clinic.tokens[first], at)
        if best is None or (-urgency, entry) < best:
            best, chosen = (-urgency, entry), identifier
    return chosen


def _urgency(department: Department, earliest: Token, at: Instant) -> float:
    return max(at - earliest.entered_at, 0) / (department.target_min * 60_000) * department.weight


def _overtaken(clinic: Clinic, token: Token) -> tuple[TokenId, ...]:
    queue = clinic.queues[token.department]
    earlier = queue.entries[: bisect_left(queue.entries, (token.entry, token.id))]
    return tuple(other for _, other in earlier if clinic.tokens[other].priority is Priority.NORMAL)


def _rank(token: Token) -> tuple[int, int, TokenId]:
    """Step 4: base - credit, ties by entry."""
    return token.base - _credit(token.priority), token.entry, token.id


def _credit(priority: Priority) -> int:
    return CREDIT_MS if priority is Priority.HIGH else 0


def _remove(items: list[Item], item: Item) -> None:
    del items[bisect_left(items, item)]
