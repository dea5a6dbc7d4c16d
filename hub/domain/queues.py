"""The waiting tokens of a department, kept in calling order (queue-rules, Who is next, 4)."""

from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TypeVar

from hub.domain.clinic import Clinic, Entry, Lane, Queue, Rank, Token
from hub.domain.configuration import Rules
from smartqueue.terms import Instant, OperatorId, Priority, TokenId

MINUTE_MS = 60_000
STRICT_MS = 400 * 24 * 60 * MINUTE_MS
"""Credit that puts everybody of `high` priority first, whenever they came (queue-rules, Who is next, 6)."""
LAST_ENTRY = 1 << 62
"""Behind everybody who entered by now."""
Item = TypeVar("Item", Rank, Entry)


def enter(queue: Queue, token: Token) -> None:
    entry = entry_of(token)
    insort(queue.entries, entry)
    if token.priority is Priority.EMERGENCY:
        insort(queue.emergencies, entry)
        return
    rank, lane = rank_of(token), queue.lanes.setdefault(token.doctor, Lane())
    insort(queue.order, rank)
    insort(lane.order, rank)
    insort(lane.entries, entry)
    if token.priority is Priority.NORMAL:
        insort(lane.normal, entry)


def leave(queue: Queue, token: Token) -> None:
    entry = entry_of(token)
    _remove(queue.entries, entry)
    if token.priority is Priority.EMERGENCY:
        _remove(queue.emergencies, entry)
        return
    rank, lane = rank_of(token), queue.lanes[token.doctor]
    _remove(queue.order, rank)
    _remove(lane.order, rank)
    _remove(lane.entries, entry)
    if token.priority is Priority.NORMAL:
        _remove(lane.normal, entry)
    if not lane.order:
        del queue.lanes[token.doctor]


def _remove(items: list[Item], item: Item) -> None:
    del items[bisect_left(items, item)]


def credit_ms(rules: Rules, priority: Priority) -> int:
    """Seniority that a priority gives."""
    if priority is not Priority.HIGH:
        return 0
    return STRICT_MS if rules.strict else rules.credit_min * MINUTE_MS


def rank_of(token: Token) -> Rank:
    """Base - credit, ties by entry."""
    return token.base - token.credit_ms, token.entered_at, token.entry, token.id


def entry_of(token: Token) -> Entry:
    return token.entered_at, token.entry, token.id


def waiting_in_order(queue: Queue) -> list[TokenId]:
    return [item[-1] for item in queue.emergencies] + [item[-1] for item in queue.order]


def bound_to(token: Token) -> OperatorId | None:
    """The doctor for whom it waits; an emergency waits for nobody (docs/decisions/0012)."""
    return None if token.priority is Priority.EMERGENCY else token.doctor


def lanes_of(queue: Queue, operator: OperatorId | None) -> list[Lane]:
    """Of those, but for emergencies, whom a room may call in which this operator works (queue-rules, rule 1)."""
    doctors = (None,) if operator is None else (None, operator)
    return [queue.lanes[doctor] for doctor in doctors if doctor in queue.lanes]


def eligible_count(queue: Queue, operator: OperatorId | None) -> int:
    """How many of a queue such a room may call."""
    return len(queue.emergencies) + sum(len(lane.entries) for lane in lanes_of(queue, operator))


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands, or would stand, in a queue. entry, rank: as in `entry_of` and `rank_of`."""

    emergency: bool
    entry: Entry
    rank: Rank


def place_of(token: Token) -> Place:
    return Place(token.priority is Priority.EMERGENCY, entry_of(token), rank_of(token))


def new_place(rules: Rules, priority: Priority, base: Instant, at: Instant) -> Place:
    """Of somebody who enters now, behind all who are there already."""
    entry = max(base, at), LAST_ENTRY, TokenId("")
    return Place(priority is Priority.EMERGENCY, entry, (base - credit_ms(rules, priority), *entry))


def count_before(queue: Queue, place: Place) -> int:
    """How many those are."""
    if place.emergency:
        return bisect_left(queue.emergencies, place.entry)
    return len(queue.emergencies) + bisect_left(queue.order, place.rank)


def count_in_lane(queue: Queue, place: Place, doctor: OperatorId | None) -> int:
    """How many of those wait for this doctor, or (None) for any; emergencies wait for nobody."""
    if place.emergency:
        return bisect_left(queue.emergencies, place.entry) if doctor is None else 0
    lane = queue.lanes.get(doctor)
    inside = bisect_left(lane.order, place.rank) if lane is not None else 0
    return inside + len(queue.emergencies) if doctor is None else inside


def return_base(clinic: Clinic, token: Token, at: Instant) -> Instant:
    """Base of a no-show who is back: the place of the third who waits, or the end (queue-rules, Who is next, 4)."""
    rules = clinic.rules(token.department)
    waiting = waiting_in_order(clinic.queues[token.department])
    late = at - token.no_show_at > rules.return_min * MINUTE_MS
    if late or token.returns >= rules.returns or len(waiting) < rules.return_place:
        return at
    third = clinic.tokens[waiting[rules.return_place - 1]]
    return Instant(min(third.base - third.credit_ms, at))
