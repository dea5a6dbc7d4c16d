"""The waiting tokens of a department, kept in calling order (queue-rules, Who is next, 4)."""

from bisect import bisect_left, insort
from dataclasses import dataclass

from hub.domain.clinic import Clinic, Queue, Token
from hub.domain.configuration import Rules
from smartqueue.terms import Instant, OperatorId, Priority, TokenId

MINUTE_MS = 60_000
STRICT_MS = 400 * 24 * 60 * MINUTE_MS
"""Credit that puts everybody of `high` priority first, whenever they came (queue-rules, Who is next, 6)."""
LAST_ENTRY = 1 << 62
"""Behind everybody who entered by now."""


def enter(queue: Queue, token: Token) -> None:
    insort(queue.entries, entry_of(token))
    if token.priority is Priority.EMERGENCY:
        insort(queue.emergencies, entry_of(token))
    else:
        insort(queue.order, rank_of(token))
    doctor = bound_to(token)
    if doctor is not None:
        queue.bound[doctor] = queue.bound.get(doctor, 0) + 1


def leave(queue: Queue, token: Token) -> None:
    del queue.entries[bisect_left(queue.entries, entry_of(token))]
    if token.priority is Priority.EMERGENCY:
        del queue.emergencies[bisect_left(queue.emergencies, entry_of(token))]
    else:
        del queue.order[bisect_left(queue.order, rank_of(token))]
    doctor = bound_to(token)
    if doctor is not None:
        queue.bound[doctor] -= 1
        if not queue.bound[doctor]:
            del queue.bound[doctor]


def credit_ms(rules: Rules, priority: Priority) -> int:
    """Seniority that a priority gives."""
    if priority is not Priority.HIGH:
        return 0
    return STRICT_MS if rules.strict else rules.credit_min * MINUTE_MS


def rank_of(token: Token) -> tuple[int, int, int, TokenId]:
    """Base - credit, ties by entry."""
    return token.base - token.credit_ms, token.entered_at, token.entry, token.id


def entry_of(token: Token) -> tuple[int, int, TokenId]:
    return token.entered_at, token.entry, token.id


def waiting_in_order(queue: Queue) -> list[TokenId]:
    return [item[-1] for item in queue.emergencies] + [item[-1] for item in queue.order]


def bound_to(token: Token) -> OperatorId | None:
    """The doctor for whom it waits; an emergency waits for nobody (docs/decisions/0012)."""
    return None if token.priority is Priority.EMERGENCY else token.doctor


def eligible(token: Token, operator: OperatorId | None) -> bool:
    """Whether a room in which this operator works may call it (queue-rules, Who is next, 1)."""
    return bound_to(token) in (None, operator)


def eligible_count(queue: Queue, operator: OperatorId | None) -> int:
    """How many of a queue such a room may call."""
    if not queue.bound:
        return len(queue.entries)
    others = sum(count for doctor, count in queue.bound.items() if doctor != operator)
    return len(queue.entries) - others


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands, or would stand, in a queue. entry, rank: as in `entry_of` and `rank_of`."""

    emergency: bool
    entry: tuple[int, int, TokenId]
    rank: tuple[int, int, int, TokenId]


def place_of(token: Token) -> Place:
    return Place(token.priority is Priority.EMERGENCY, entry_of(token), rank_of(token))


def new_place(rules: Rules, priority: Priority, base: Instant, at: Instant) -> Place:
    """Of somebody who enters now, behind all who are there already."""
    entry = max(base, at), LAST_ENTRY, TokenId("")
    return Place(priority is Priority.EMERGENCY, entry, (base - credit_ms(rules, priority), *entry))


def before(queue: Queue, place: Place) -> list[TokenId]:
    """Those who are called before that place, by the order alone."""
    emergencies = queue.emergencies
    if place.emergency:
        return [item[-1] for item in emergencies[: bisect_left(emergencies, place.entry)]]
    order = queue.order[: bisect_left(queue.order, place.rank)]
    return [item[-1] for item in emergencies] + [item[-1] for item in order]


def count_before(queue: Queue, place: Place) -> int:
    """How many those are."""
    if place.emergency:
        return bisect_left(queue.emergencies, place.entry)
    return len(queue.emergencies) + bisect_left(queue.order, place.rank)


def return_base(clinic: Clinic, token: Token, at: Instant) -> Instant:
    """Base of a no-show who is back: the place of the third who waits, or the end (queue-rules, Who is next, 4)."""
    rules = clinic.rules(token.department)
    waiting = waiting_in_order(clinic.queues[token.department])
    late = at - token.no_show_at > rules.return_min * MINUTE_MS
    if late or token.returns >= rules.returns or len(waiting) < rules.return_place:
        return at
    third = clinic.tokens[waiting[rules.return_place - 1]]
    return Instant(min(third.base - third.credit_ms, at))
