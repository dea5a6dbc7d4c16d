"""Who is next: eligibility, emergencies, department, order inside it, run cap (queue-rules, Who is next)."""

from bisect import bisect_left
from dataclasses import dataclass
from heapq import merge

from hub.domain.clinic import Clinic, Desk, Token
from hub.domain.configuration import Department, Room
from hub.domain.queues import eligible_count, entry_of, lanes_of, rank_of
from smartqueue.terms import CallReason, DepartmentId, EntryKind, Instant, OperatorId, Priority, TokenId


@dataclass(frozen=True, slots=True)
class Choice:
    """overtook: normal tokens of the same queue that entered earlier and that this room could have called.

    capped: it is the oldest `normal` one because too many had been overtaken in a row. lead_s: by how much its rank
    lies before its entry.
    """

    token: TokenId
    reason: CallReason
    overtook: tuple[TokenId, ...]
    capped: bool = False
    lead_s: int = 0


def choose(clinic: Clinic, room: Room, at: Instant) -> Choice | None:
    """The token that this room calls next, with the reason; None when nobody eligible waits."""
    desk = clinic.desks[room.id]
    found = _next(clinic, desk, at)
    if found is None:
        return None
    token, capped = found
    overtook = _overtaken(clinic, token, desk.operator)
    return Choice(token.id, _reason(clinic, token, overtook), overtook, capped, _lead_s(token))


def next_in_line(clinic: Clinic, room: Room, at: Instant) -> Token | None:
    """The same token, without the reason: that costs a look at everybody whom it overtakes."""
    found = _next(clinic, clinic.desks[room.id], at)
    return found[0] if found is not None else None


def chosen(clinic: Clinic, room: Room, token: Token) -> Choice:
    """An operator's own choice; it leaves the run cap alone."""
    overtook = _overtaken(clinic, token, clinic.desks[room.id].operator)
    return Choice(token.id, CallReason.CHOSEN, overtook, lead_s=_lead_s(token))


def counts(clinic: Clinic, token: Token, reason: CallReason, operator: OperatorId | None) -> bool:
    """Whether the run cap counts this call (queue-rules, Who is next, 5).

    Not an operator's choice, and not while no `normal` token waits that the room could call, this one included.
    """
    chosen = reason in (CallReason.EMERGENCY, CallReason.CHOSEN)
    return not chosen and _oldest_normal(clinic, token.department, operator) is not None


def run_after(before: int, *, overtook: bool) -> int:
    """Overtakes in a row after a call that counts."""
    return before + 1 if overtook else 0


def _next(clinic: Clinic, desk: Desk, at: Instant) -> tuple[Token, bool] | None:
    """Steps 2 to 5: the token, and whether the cap put it first."""
    emergency = _emergency(clinic, desk)
    if emergency is not None:
        return emergency, False
    department = choose_department(clinic, desk, at)
    if department is None:
        return None
    capped = _capped(clinic, department, desk.operator)
    return capped or _first(clinic, department, desk.operator), capped is not None


def _emergency(clinic: Clinic, desk: Desk) -> Token | None:
    """Step 2: emergencies across all the room's departments, first in first out; they wait for nobody."""
    queues = (clinic.queues[identifier].emergencies for identifier in desk.departments)
    heads = [emergencies[0] for emergencies in queues if emergencies]
    return clinic.tokens[min(heads)[-1]] if heads else None


def choose_department(clinic: Clinic, desk: Desk, at: Instant) -> DepartmentId | None:
    """Step 3: the largest (wait of its earliest-entered eligible token) / (target wait) x weight; ties by entry."""
    best: tuple[float, tuple[int, int, TokenId]] | None = None
    found: DepartmentId | None = None
    for identifier in desk.departments:
        if not eligible_count(clinic.queues[identifier], desk.operator):
            continue
        earliest = _earliest(clinic, identifier, desk.operator)
        urgency = _urgency(clinic.departments[identifier], earliest, at)
        if best is None or (-urgency, entry_of(earliest)) < best:
            best, found = (-urgency, entry_of(earliest)), identifier
    return found


def _urgency(department: Department, earliest: Token, at: Instant) -> float:
    return max(at - earliest.entered_at, 0) / (department.target_min * 60_000) * department.weight


def _earliest(clinic: Clinic, department: DepartmentId, operator: OperatorId | None) -> Token:
    """The eligible token that entered first; only asked where there is one and no emergency."""
    lanes = lanes_of(clinic.queues[department], operator)
    return clinic.tokens[min(lane.entries[0] for lane in lanes)[-1]]


def _first(clinic: Clinic, department: DepartmentId, operator: OperatorId | None) -> Token:
    """Step 4: the smallest base - credit among the eligible; only asked where there is one and no emergency."""
    lanes = lanes_of(clinic.queues[department], operator)
    return clinic.tokens[min(lane.order[0] for lane in lanes)[-1]]


def _capped(clinic: Clinic, department: DepartmentId, operator: OperatorId | None) -> Token | None:
    """Step 5: the earliest-entered normal token, once too many calls in a row have overtaken one. None = no cap now."""
    rules = clinic.rules(department)
    if rules.strict or clinic.runs.get(department, 0) < rules.run_cap:
        return None
    oldest = _oldest_normal(clinic, department, operator)
    return oldest if oldest is not None and oldest is not _first(clinic, department, operator) else None


def _oldest_normal(clinic: Clinic, department: DepartmentId, operator: OperatorId | None) -> Token | None:
    heads = [lane.normal[0] for lane in lanes_of(clinic.queues[department], operator) if lane.normal]
    return clinic.tokens[min(heads)[-1]] if heads else None


def _overtaken(clinic: Clinic, token: Token, operator: OperatorId | None) -> tuple[TokenId, ...]:
    """Step 5: the eligible normal tokens that entered this queue earlier, in that order."""
    entry, lanes = entry_of(token), lanes_of(clinic.queues[token.department], operator)
    earlier = merge(*(lane.normal[: bisect_left(lane.normal, entry)] for lane in lanes))
    return tuple(item[-1] for item in earlier)


def _reason(clinic: Clinic, token: Token, overtook: tuple[TokenId, ...]) -> CallReason:
    """Step 7: that it is an emergency, or what put it before those whom it overtakes; `oldest` if it overtakes nobody.

    A walk-in without credit is the oldest, too, before somebody whose first base lies ahead: an appointment that was
    called early and then transferred.
    """
    if token.priority is Priority.EMERGENCY:
        return CallReason.EMERGENCY
    if not overtook:
        return CallReason.OLDEST
    without_credit = token.base, *entry_of(token)
    if token.credit_ms and any(rank_of(clinic.tokens[other]) < without_credit for other in overtook):
        return CallReason.CREDIT
    return _BY_ENTRY[token.came_by]


_BY_ENTRY = {
    EntryKind.ISSUE: CallReason.OLDEST,
    EntryKind.APPOINTMENT: CallReason.APPOINTMENT,
    EntryKind.TRANSFER: CallReason.TRANSFER,
    EntryKind.RETURN: CallReason.RETURN,
}


def _lead_s(token: Token) -> int:
    return (token.entered_at - token.base + token.credit_ms) // 1000
